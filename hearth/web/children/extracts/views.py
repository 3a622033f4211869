"""The pages of extracts: those there are, one begun, its entries chosen, one read, locked, printed, made a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hearth.web.access.signed_in import person
from hearth.web.children.extracts import actions, files
from hearth.web.children.extracts.forms import ExtractForm, FileForm
from hearth.web.children.extracts.reading import document, events_named
from hearth.web.children.models import Extract, ExtractEntry, ExtractFile
from hearth.web.children.reading import chronology
from hearth.web.children.reading.forms import NarrowingForm
from hearth.web.children.reading.looking import Look, look

EVENTS_A_PAGE = 50
LONGEST_WHY = 1000


def extracts(request: HttpRequest, child_pk: int) -> HttpResponse:
    """The extracts of a child's chronology, drafts first."""
    reading = look(request, child_pk)
    rows = Extract.objects.filter(child=child_pk).select_related("locked_by", "recorded_by", "follows").order_by("-pk")
    said = {"drafts": [row for row in rows if not row.is_locked], "locked": [row for row in rows if row.is_locked]}
    return render(request, "extracts/extracts.html", _given(reading) | said)


def extract_begun(request: HttpRequest, child_pk: int) -> HttpResponse:
    """Begins an extract."""
    reading = look(request, child_pk)
    form = ExtractForm(request.POST or None, child=reading.child)
    if form.is_valid():
        made = actions.begin_extract(child=reading.child, by=person(request), **form.cleaned_data)
        messages.success(request, "The extract is begun. Choose the entries that matter.")
        return redirect("extract_chosen", child_pk, made.pk)
    return render(request, "extracts/begun.html", _given(reading) | {"form": form})


def extract(request: HttpRequest, child_pk: int, extract_pk: int) -> HttpResponse:
    """An extract: a draft with what is still to do, or a locked one as it stood."""
    reading, found = _found(request, child_pk, extract_pk)
    return _extract(request, reading, found, FileForm())


def _extract(request: HttpRequest, reading: Look, found: Extract, form: FileForm) -> HttpResponse:
    made = ExtractFile.objects.filter(extract=found).select_related("recorded_by").order_by("-pk")
    said = {"extract": found, "document": document(reading, found), "form": form, "files": made}
    return render(request, "extracts/extract.html", _given(reading) | said)


@require_POST
def extract_file(request: HttpRequest, child_pk: int, extract_pk: int) -> HttpResponse:
    """The extract as a file for somebody: who made it, for whom and why is on each page, in the record and the log."""
    reading, found = _found(request, child_pk, extract_pk)
    form, lines = FileForm(request.POST), document(reading, found)
    if not lines.lines:
        messages.error(request, "Choose at least one entry before you make a file of the extract.")
        return redirect("extract", child_pk, extract_pk)
    if not form.is_valid():
        return _extract(request, reading, found, form)
    return files.answer(actions.make_file(found, by=person(request), **form.cleaned_data), lines)


def extract_printed(request: HttpRequest, child_pk: int, extract_pk: int) -> HttpResponse:
    """The extract as one clean document to print or to save as PDF."""
    reading, found = _found(request, child_pk, extract_pk)
    said = {"extract": found, "document": document(reading, found)}
    return render(request, "extracts/printed.html", _given(reading) | said)


def extract_chosen(request: HttpRequest, child_pk: int, extract_pk: int) -> HttpResponse:
    """The chronology, narrowed as asked, to choose entries from, with a line of why for each."""
    reading, found = _found(request, child_pk, extract_pk)
    if found.is_locked:
        messages.info(request, "The extract is locked: begin another that follows it.")
        return redirect("extract", child_pk, extract_pk)
    form = NarrowingForm(request.GET or None, kinds=chronology.kinds(reading))
    page = Paginator(chronology.events(reading, form.narrowing()), EVENTS_A_PAGE).get_page(request.GET.get("page"))
    held = {entry.key: entry for entry in ExtractEntry.objects.filter(extract=found)}
    if request.method == "POST":
        number = _keep(request, reading, found, set(held))
        messages.success(request, f"Kept: the extract has {number} entr{'y' if number == 1 else 'ies'}.")
        is_done = "done" in request.POST
        return redirect("extract", child_pk, extract_pk) if is_done else redirect(request.get_full_path())
    offered = [(event, held.get(event.key)) for event in page]
    said = {"extract": found, "narrowing": form, "page": page, "offered": offered, "number": len(held)}
    return render(request, "extracts/chosen.html", _given(reading) | said)


def _keep(request: HttpRequest, reading: Look, found: Extract, held: set[str]) -> int:
    """Keeps what was ticked, or given a reason, of the events that the page showed; takes out what was unticked."""
    shown = set(request.POST.getlist("shown"))
    why = {key: request.POST.get(f"why-{key}", "").strip()[:LONGEST_WHY] for key in shown}
    ticked = set(request.POST.getlist("take"))
    taken = {key: said for key, said in why.items() if key in ticked or (said and key not in held)}
    return actions.choose(found, by=person(request), shown=events_named(reading, shown).values(), taken=taken)


@require_POST
def extract_locked(request: HttpRequest, child_pk: int, extract_pk: int) -> HttpResponse:
    """Locks a draft for good."""
    reading, found = _found(request, child_pk, extract_pk)
    keys = {entry.key for entry in ExtractEntry.objects.filter(extract=found)}
    try:
        actions.lock_extract(found, by=person(request), events=events_named(reading, keys))
    except ValidationError as refused:
        messages.error(request, f"Not locked. {refused.messages[0]}.")
    else:
        messages.success(request, "The extract is locked: it stays as it is, whatever changes in the record.")
    return redirect("extract", child_pk, extract_pk)


@require_POST
def extract_dropped(request: HttpRequest, child_pk: int, extract_pk: int) -> HttpResponse:
    """Throws a draft away."""
    _, found = _found(request, child_pk, extract_pk)
    try:
        actions.withdraw_draft(found, by=person(request))
    except ValidationError as refused:
        messages.error(request, f"{refused.messages[0]}.")
        return redirect("extract", child_pk, extract_pk)
    messages.success(request, "The draft was thrown away.")
    return redirect("child_extracts", child_pk)


def _found(request: HttpRequest, child_pk: int, extract_pk: int) -> tuple[Look, Extract]:
    reading = look(request, child_pk)
    rows = Extract.objects.select_related("locked_by", "recorded_by", "follows")
    return reading, get_object_or_404(rows, pk=extract_pk, child=child_pk)


def _given(reading: Look) -> dict[str, Any]:
    return {"child": reading.child, "look": reading}
