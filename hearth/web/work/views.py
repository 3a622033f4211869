"""The pages of a day's work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hearth.web.access import audit
from hearth.web.access.models import User
from hearth.web.access.policy import may_open
from hearth.web.access.signed_in import person
from hearth.web.access.standing import standing
from hearth.web.children.models import Child
from hearth.web.children.sheets import begun
from hearth.web.config.today import today
from hearth.web.work import news, owing
from hearth.web.work.exporting import FORMS, as_file
from hearth.web.work.forms import Narrowed, narrowed
from hearth.web.work.grouping import contents, grouped, portion
from hearth.web.work.lines import Line, duties_of, known, known_to, lines_of, seen_by
from hearth.web.work.near import near
from hearth.web.work.signing.waiting import sent_back

MY_WORK, MY_WORK_EXPORT = "my_work", "my_work_export"
LANDINGS = (
    "my_service",
    "my_team",
    "my_reviews",
    "health_clock",
    "education_plans",
    "my_young_people",
    MY_WORK,
    "placements",
    "participation",
    "my_carers",
    "figures",
    "board",
)
"""The first of these that a person may open is where they land."""
LINES_A_PAGE = 200
COLUMNS = ("Child", "Identifier", "What is owed", "Due", "How it stands", "Why", "Whose")


def home(request: HttpRequest) -> HttpResponse:
    """The first page: the person's work, or where they may go."""
    held = standing(person(request))
    landing = next((page for page in LANDINGS if may_open(held, page)), None)
    return redirect(landing) if landing else render(request, "work/home.html")


def my_work(request: HttpRequest) -> HttpResponse:
    """What is owed to the person's children, overdue first."""
    user, chosen = person(request), narrowed(request.GET)
    seen = seen_by(user, MY_WORK)
    shown, later, old = _lines(user, seen, chosen)
    known_of = () if known_to(standing(user).roles) is not None else news.since_yesterday(user, seen)
    page = Paginator(range(len(shown)), LINES_A_PAGE).get_page(request.GET.get("page"))
    whole = grouped(shown, chosen.by, today())
    groups = portion(whole, page.start_index() - 1, page.end_index())
    named = (line.child for group in groups for line in group.shown)
    audit.record_list(user, audit.READ, [*named, *(act.child for act in known_of)], page=MY_WORK)
    said = {
        "groups": groups,
        "contents": contents(whole, LINES_A_PAGE) if chosen.by == "day" else [],
        "news": known_of,
        "page": page,
        "by": chosen.by,
        "narrowing": chosen.form,
        "overdue": sum(line.status == "overdue" for line in shown),
        "total": len(shown),
        "later": later,
        "old": old,
        "sent_back": sent_back(user, seen),
        "drafts": begun.of(user, seen.keys()),
        "is_stale": owing.is_stale(),
        "query": request.GET.urlencode(),
    }
    return render(request, "work/my_work.html", said)


def my_work_export(request: HttpRequest, form: str) -> HttpResponse:
    """The same list as a file."""
    if form not in FORMS:
        raise Http404
    user = person(request)
    shown, *_ = _lines(user, seen_by(user, MY_WORK_EXPORT), narrowed(request.GET))
    audit.record_list(user, audit.EXPORTED, _children(shown), page=MY_WORK_EXPORT)
    return as_file("my-work", form, COLUMNS, [_row(line) for line in shown])


def _lines(user: User, seen: Mapping[int, Child], chosen: Narrowed) -> tuple[list[Line], int, int]:
    """The lines asked for, how many more are due later, and how many were missed long ago."""
    mine = duties_of(standing(user).roles) if chosen.whose == "mine" else None
    found = near(today(), list(seen), known(user, mine), chosen.within)
    return lines_of(user, found.rows, seen), found.later, found.old


def _children(shown: Iterable[Line]) -> list[Child]:
    return [line.child for line in shown]


def _row(line: Line) -> list[object]:
    owner = line.owed.words.responsible_role
    return [line.child.name, line.child.child_id, line.title, line.due_on, line.when, line.why, owner]
