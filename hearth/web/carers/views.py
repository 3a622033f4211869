"""The pages of carers, homes and the council: the list of what is owed, and each of them."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from hearth.web.access import audit
from hearth.web.access.policy import opened_to, pages
from hearth.web.access.signed_in import person
from hearth.web.access.standing import standing
from hearth.web.carers import lines as owed
from hearth.web.carers import reading
from hearth.web.carers.explaining import explained
from hearth.web.carers.lines import COUNCIL_PAGE
from hearth.web.carers.listing import COLUMNS, Listing, exported
from hearth.web.carers.placed import Placed, placed_with
from hearth.web.carers.subjects import (
    Elsewhere,
    Home,
    Household,
    find_council,
    find_home,
    find_household,
)
from hearth.web.children.reading.rows import versions
from hearth.web.children.sheets import begun
from hearth.web.work.elsewhere import CONCERNS_PAGE, may_see_concerns
from hearth.web.work.exporting import FORMS, as_file

LIST, EXPORT = "carers_and_homes", "carers_and_homes_export"
MINE, MINE_EXPORT = "my_carers", "my_carers_export"
NEW = ("record_carer", "record_home")


def carers_and_homes(request: HttpRequest) -> HttpResponse:
    """Each carer and home with what is owed, overdue first; what the council owes."""
    return _list(request, LIST, EXPORT)


def my_carers(request: HttpRequest) -> HttpResponse:
    """The same of the carers whom the person supervises."""
    return _list(request, MINE, MINE_EXPORT)


def _list(request: HttpRequest, page: str, export: str) -> HttpResponse:
    user = person(request)
    listing = Listing(request, user, page)
    said = {
        "list": listing,
        "page_name": page,
        "heading": pages()[page].menu,
        "export": export,
        "drafts": begun.elsewhere(user),
        "new": [name for name in NEW if name in opened_to(standing(user).roles)],
        "is_whole": may_see_concerns(user),
        "query": request.GET.urlencode(),
        "all": _whenever(request),
    }
    audit.record_list(user, audit.READ, listing.children(), page=page)
    return render(request, "carers/list.html", said)


def carers_and_homes_export(request: HttpRequest, form: str) -> HttpResponse:
    """The list as a file."""
    return _exported(request, form, EXPORT)


def my_carers_export(request: HttpRequest, form: str) -> HttpResponse:
    """The list of the carers whom the person supervises as a file."""
    return _exported(request, form, MINE_EXPORT)


def _exported(request: HttpRequest, form: str, page: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    user = person(request)
    rows = exported(Listing(request, user, page))
    audit.record(user, audit.EXPORTED, page=page, details={"rows": len(rows)})
    return as_file("carers-and-homes", form, COLUMNS, rows)


def _whenever(request: HttpRequest) -> str:
    """The query of the same list, whenever it is due."""
    asked = request.GET.copy()
    asked.pop("page", None)
    asked["within"] = "all"
    return asked.urlencode()


def carer(request: HttpRequest, carer_pk: int) -> HttpResponse:
    """A fostering household: who they are, what is owed and why, who lives there, what is recorded."""
    return _page(request, find_household(request, carer_pk), Household.page)


def carer_concerns(request: HttpRequest, carer_pk: int) -> HttpResponse:
    """The complaints and allegations by and about a household, which not everybody may know of."""
    found = find_household(request, carer_pk)
    shown = reading.shown(person(request), found, CONCERNS_PAGE, request.GET.get("all", ""))
    said = {"subject": found, "sections": shown}
    return render(request, "carers/concerns.html", said)


def childrens_home(request: HttpRequest, home_pk: int) -> HttpResponse:
    """A children's home: what is owed and why, who lives there, what is recorded."""
    return _page(request, find_home(request, home_pk), Home.page)


def corporate_parent(request: HttpRequest) -> HttpResponse:
    """The council as corporate parent: its reports to the board and its local offers, and what is owed next."""
    return _page(request, find_council(request), COUNCIL_PAGE)


def _page(request: HttpRequest, subject: Elsewhere, page: str) -> HttpResponse:
    user = person(request)
    own = owed.lines(user, subject.sort, {subject.identifier: subject}, of=[subject])
    why = explained(user, subject, own)
    placed = placed_with(user, subject.sort, only=[subject]).get((subject.authority, subject.identifier), Placed())
    opens = opened_to(standing(user).roles)
    lists = LIST if LIST in opens else MINE
    said = {
        "subject": subject,
        "list_page": lists,
        "list_words": pages()[lists].menu,
        "lines": own,
        "reasons": [(line.title, why[line.owed.duty]) for line in _first_of_each(own)],
        "placed": placed,
        "sections": reading.shown(user, subject, page, request.GET.get("all", "")),
        "opens": opens,
        "is_whole": may_see_concerns(user) or subject.sort != Household.sort,
    }
    audit.record_list(user, audit.READ, placed.children, page=page)
    return render(request, "carers/subject.html", said)


def _first_of_each(some: list[owed.Line]) -> list[owed.Line]:
    """One line of each duty."""
    return list({line.owed.duty: line for line in reversed(some)}.values())[::-1]


def carer_versions(request: HttpRequest, carer_pk: int, section: str, row_pk: int) -> HttpResponse:
    """A row about a household with every earlier version of it."""
    return _versions(request, find_household(request, carer_pk), Household.page, section, row_pk)


def concern_versions(request: HttpRequest, carer_pk: int, section: str, row_pk: int) -> HttpResponse:
    """A complaint or allegation with every earlier version of it."""
    return _versions(request, find_household(request, carer_pk), CONCERNS_PAGE, section, row_pk)


def home_versions(request: HttpRequest, home_pk: int, section: str, row_pk: int) -> HttpResponse:
    """A row about a home with every earlier version of it."""
    return _versions(request, find_home(request, home_pk), Home.page, section, row_pk)


def council_versions(request: HttpRequest, section: str, row_pk: int) -> HttpResponse:
    """A report or a local offer with every earlier version of it."""
    return _versions(request, find_council(request), COUNCIL_PAGE, section, row_pk)


def paper(request: HttpRequest, page: str, paper_pk: int, **key: int) -> FileResponse:
    """A paper kept with a row that the page shows, as a download; opening it is noted in the log."""
    subject = reading.ABOUT[page].find(request, *key.values())
    found = get_object_or_404(reading.papers_of(page, subject), pk=paper_pk)
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=found.file_name)


def _versions(request: HttpRequest, subject: Elsewhere, page: str, section: str, row_pk: int) -> HttpResponse:
    part: Any = next((one for one in reading.sections_of(page) if one.name == section), None)
    if part is None:
        raise Http404
    about = part.about.identity(subject)
    row = get_object_or_404(part.model.everything.select_related("recorded_by", "batch"), pk=row_pk, **about)
    entry = reading.entries(person(request), subject, part, [row])[0]
    back = subject.url if page != CONCERNS_PAGE else f"{subject.url}/concerns"
    said = {"subject": subject, "section": part, "entry": entry, "versions": versions(row), "back": back}
    return render(request, "carers/versions.html", said)
