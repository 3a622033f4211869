"""The pages on which a child's record is read."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from hearth.web.children.derived import status_of
from hearth.web.children.models import Address
from hearth.web.children.reading import chronology as events
from hearth.web.children.reading import genogram, identity, rows
from hearth.web.children.reading.areas import NETWORK, Area
from hearth.web.children.reading.forms import NarrowingForm
from hearth.web.children.reading.journey import journey as drawn
from hearth.web.children.reading.looking import Look, look
from hearth.web.children.reading.owed import owed_to, soon, untold_to

AT_FIRST = 10
"""Rows of a section shown until all are asked for."""
EVENTS_A_PAGE = 50
ON_PAPER = 10
"""Lines of what is owed that one sheet of A4 holds beside the rest."""


def child(request: HttpRequest, child_pk: int) -> HttpResponse:
    """Who the child is, how things stand and why, what is owed, whom to turn to."""
    reading = look(request, child_pk)
    who = identity.identity_of(reading)
    now, later = soon(owed_to(reading), reading.day)
    said = {
        "identity": who,
        "status": who.status,
        "people": identity.key_people(reading, who),
        "siblings": identity.siblings(reading),
        "addresses": identity.addresses_now(reading),
        "owed": now,
        "later": later,
        "untold": untold_to(reading),
        "often": identity.often(reading, who.status),
        "change": next(iter(identity.kinds_of_child(reading)), None),
    }
    return render(request, "reading/overview.html", _given(reading) | said)


def area(request: HttpRequest, child_pk: int, shown: Area) -> HttpResponse:
    """An area of the record: its records, newest first, with who recorded them."""
    reading = look(request, child_pk)
    whole = request.GET.get("all", "")
    found = [
        rows.listed(reading, shown, section, None if section.name == whole else AT_FIRST) for section in shown.sections
    ]
    filled = [part for part in found if part.total or part.withdrawn]
    vacant = [part for part in found if not (part.total or part.withdrawn)]
    said = _given(reading) | {"area": shown, "filled": filled, "vacant": vacant}
    if shown is NETWORK:
        return render(request, "reading/network.html", said | {"genogram": genogram.of(reading)})
    return render(request, "reading/area.html", said)


def versions(request: HttpRequest, child_pk: int, shown: Area, section: str, row_pk: int) -> HttpResponse:
    """A row of the record with every earlier version of it."""
    reading = look(request, child_pk)
    part = shown.section(section)
    if part is None:
        raise Http404
    row = get_object_or_404(part.model.everything.select_related("recorded_by", "batch"), pk=row_pk, child=child_pk)
    entry = rows.entries(reading, shown, part, [row])[0]
    said = {"area": shown, "section": part, "entry": entry, "versions": rows.versions(row)}
    return render(request, "reading/versions.html", _given(reading) | said)


def confidential_address(request: HttpRequest, child_pk: int, row_pk: int) -> HttpResponse:
    """An address that is left out of every other page, alone; opening it is noted in the log."""
    reading = look(request, child_pk)
    row = get_object_or_404(Address.objects.select_related("member", "recorded_by", "batch"), pk=row_pk, child=child_pk)
    said = {"address": row, "origin": rows.origin(row)}
    return render(request, "reading/confidential.html", _given(reading) | said)


def journey(request: HttpRequest, child_pk: int) -> HttpResponse:
    """The journey as a drawing, and the same in words."""
    reading = look(request, child_pk)
    status = status_of(reading.child, reading.day)
    return render(request, "reading/journey.html", _given(reading) | {"journey": drawn(reading, status)})


def chronology(request: HttpRequest, child_pk: int) -> HttpResponse:
    """Everything that happened, by day, narrowed as asked."""
    reading = look(request, child_pk)
    form = NarrowingForm(request.GET or None, kinds=events.kinds(reading))
    found = events.events(reading, form.narrowing())
    page = Paginator(found, EVENTS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reading/chronology.html", _given(reading) | {"narrowing": form, "page": page})


def paper(request: HttpRequest, child_pk: int) -> HttpResponse:
    """One sheet to carry: who this is, how things stand, whom to call, what is owed and when."""
    reading = look(request, child_pk)
    who = identity.identity_of(reading)
    owed, later = soon(owed_to(reading), reading.day)
    said = {
        "identity": who,
        "status": who.status,
        "people": identity.key_people(reading, who),
        "owed": owed[:ON_PAPER],
        "more": len(owed[ON_PAPER:]) + len(later),
    }
    return render(request, "reading/print.html", _given(reading) | said)


def _given(reading: Look) -> dict[str, Any]:
    return {"child": reading.child, "look": reading}
