"""The pages of the desks, and the same as files."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hearth.web.access import audit
from hearth.web.access.models import User
from hearth.web.access.signed_in import person
from hearth.web.children.models import Child
from hearth.web.work.desks import DESKS
from hearth.web.work.desks.desk import Cell, Desk, Row, narrowed, rows
from hearth.web.work.exporting import FORMS, as_file
from hearth.web.work.lines import Line, lines_of

ON_A_PAGE = 50


def desk(request: HttpRequest, page: str) -> HttpResponse:
    """A profession's table, fifty children a page, the most urgent first; ``show``: what it is narrowed to."""
    shown, pick = DESKS[page], request.GET.get("show", "")
    user = person(request)
    pages = Paginator(narrowed(shown, user, page, pick), ON_A_PAGE)
    here = pages.get_page(request.GET.get("page"))
    found = rows(shown, list(here))
    audit.record_list(user, audit.READ, [row.child for row in found], page=page)
    said = {
        "desk": shown,
        "rows": _shown(user, shown, found),
        "here": here,
        "total": pages.count,
        "pick": pick if pick in shown.picks else "",
    }
    return render(request, "work/desk.html", said)


def desk_export(request: HttpRequest, page: str, form: str) -> HttpResponse:
    """The table as a file, narrowed as the page is; noted in the log for each child."""
    if form not in FORMS:
        raise Http404
    shown = DESKS[page]
    user = person(request)
    found = rows(shown, narrowed(shown, user, shown.export_page, request.GET.get("show", "")))
    audit.record_list(user, audit.EXPORTED, [row.child for row in found], page=shown.export_page)
    body = [[row.child.name, row.child.child_id, row.title, *(cell.words for cell in row.cells)] for row in found]
    return as_file(page.replace("_", "-"), form, ("Child", "Identifier", "What is due", *shown.columns), body)


def _shown(user: User, shown: Desk, found: Sequence[Row]) -> list[tuple[Child, Line | None, list[tuple[str, Cell]]]]:
    """Each child, what is due first (what it is, and the form that answers it), and the cells under their columns."""
    children = {row.child.pk: row.child for row in found}
    lines = {line.child.pk: line for line in lines_of(user, [row.owed for row in found if row.owed], children)}
    return [(row.child, lines.get(row.child.pk), list(zip(shown.columns, row.cells, strict=True))) for row in found]
