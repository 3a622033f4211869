"""The pages of the desks, and the same as files."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hearth.web.access import audit
from hearth.web.access.signed_in import person
from hearth.web.work.desks import DESKS
from hearth.web.work.desks.desk import order, rows
from hearth.web.work.exporting import FORMS, as_file

ON_A_PAGE = 50


def desk(request: HttpRequest, page: str) -> HttpResponse:
    """A profession's table, fifty children a page, the most urgent first."""
    shown = DESKS[page]
    user = person(request)
    pages = Paginator(order(shown, user, page), ON_A_PAGE)
    here = pages.get_page(request.GET.get("page"))
    found = rows(shown, list(here))
    audit.record_list(user, audit.READ, [row.child for row in found], page=page)
    said = {"desk": shown, "rows": found, "here": here, "total": pages.count}
    return render(request, "work/desk.html", said)


def desk_export(request: HttpRequest, page: str, form: str) -> HttpResponse:
    """The whole table as a file; noted in the log for each child."""
    if form not in FORMS:
        raise Http404
    shown = DESKS[page]
    user = person(request)
    found = rows(shown, order(shown, user, shown.export_page))
    audit.record_list(user, audit.EXPORTED, [row.child for row in found], page=shown.export_page)
    body = [[row.child.name, row.child.child_id, *(cell.words for cell in row.cells)] for row in found]
    return as_file(page.replace("_", "-"), form, ("Child", "Identifier", *shown.columns), body)
