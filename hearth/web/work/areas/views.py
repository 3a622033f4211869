"""The pages of those who see one area, placements and participation, and the lists behind their numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hearth.web.access import audit
from hearth.web.access.models import User
from hearth.web.access.roles import Role
from hearth.web.access.signed_in import person
from hearth.web.children.models import Child
from hearth.web.work.areas import carers
from hearth.web.work.areas import participation as voices
from hearth.web.work.areas import placements as places
from hearth.web.work.areas.told import Listed, Owing, Told, first_of, owed_rows
from hearth.web.work.lines import lines_of

ON_A_PAGE = 50
OWED = {"owed": "What is owed", "overdue": "Overdue"}


@dataclass(frozen=True)
class Area:
    """One area: its page and the page of its lists, the role whose it is, and its lists for a person."""

    page: str
    list_page: str
    role: Role
    found: Callable[[User], places.Places | voices.Voice]
    first: str
    """The list shown where the address names none."""


AREAS = {
    one.list_page: one
    for one in (
        Area(places.PAGE, places.LIST, Role.PLACEMENTS, places.places, "placed"),
        Area(voices.PAGE, voices.LIST, Role.PARTICIPATION, voices.voice, "reviews"),
    )
}


def placements(request: HttpRequest) -> HttpResponse:
    """Where children live, what ends or may not be, and what is due of carers and homes."""
    user = person(request)
    found = places.places(user)
    shown = first_of(found.lists)
    _note(user, places.PAGE, shown, found.owed)
    said = {"placed": found, "lists": shown, "owed": found.owed, "carers": carers.by_kind()}
    said["elsewhere"] = carers.owed(user)
    return render(request, "work/placements.html", said)


def participation(request: HttpRequest) -> HttpResponse:
    """How children take part, who was not heard, and who waits."""
    user = person(request)
    found = voices.voice(user)
    shown = first_of(found.lists)
    _note(user, voices.PAGE, shown, found.owed)
    said = {"voice": found, "lists": shown, "unheard": found.lists[0], "owed": found.owed}
    return render(request, "work/participation.html", said)


def _note(user: User, page: str, shown: Sequence[tuple[Listed, Sequence[Told]]], owed: Owing) -> None:
    """Notes in the log every child whom the page names."""
    named = [one.child for _, rows in shown for one in rows if one.child]
    audit.record_list(user, audit.READ, [*named, *(line.child for line in owed.lines)], page=page)


def area_list(request: HttpRequest, page: str) -> HttpResponse:
    """The list behind a number of the area's page: as many rows as the number says."""
    user, area = person(request), AREAS[page]
    code = request.GET.get("of", area.first)
    given = {"back": reverse(area.page)}
    if page == places.LIST and (said := _about_carers(code)):
        return _answer(request, page, {**given, **said})
    found = area.found(user)
    if code in OWED:
        return _answer(request, page, {**given, **_owed(request, area, found.seen, code)})
    listed = found.every.get(code)
    if listed is None:
        raise Http404
    here = Paginator(listed.found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = listed.told(here, Child.objects.in_bulk({row[0] for row in here}))
    said = {"heading": listed.heading, "counted": listed.counted, "nothing": listed.nothing}
    return _answer(request, page, {**given, **said, "page": here, "rows": rows})


def _owed(request: HttpRequest, area: Area, seen: frozenset[int], code: str) -> dict[str, object]:
    """What is owed in the area, or what of it is overdue."""
    here = Paginator(owed_rows(area.role, seen, code), ON_A_PAGE).get_page(request.GET.get("page"))
    lines = lines_of(person(request), here, Child.objects.in_bulk({row.child_id for row in here}))
    said = {"heading": OWED[code], "counted": "thing,things", "nothing": "Nothing is owed in this area."}
    return {**said, "page": here, "lines": lines}


def _about_carers(code: str) -> Mapping[str, object] | None:
    """The households approved in a kind; None where it is not that which is asked for."""
    kind, _, which = code.partition("-")
    if kind != "approved":
        return None
    rows, heading = carers.households(which), "Approved foster carers"
    return {"heading": heading, "counted": "household,households", "rows": rows, "nothing": "No such household."}


def _answer(request: HttpRequest, page: str, said: Mapping[str, object]) -> HttpResponse:
    """The page of a list; the children it names are noted in the log."""
    rows, lines = said.get("rows", ()), said.get("lines", ())
    named = [one.child for one in (*rows, *lines) if one.child]  # type: ignore[misc]  # rows and lines of children
    audit.record_list(person(request), audit.READ, named, page=page)
    here = said.get("page")
    total = here.paginator.count if here else len(rows)  # type: ignore[attr-defined,arg-type]  # a page or rows
    return render(request, "work/behind.html", {"total": total, **said})
