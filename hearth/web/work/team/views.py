"""The manager's pages: the team's board, the service's, what stands still, and the children behind each number."""

from __future__ import annotations

from collections import Counter

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from hearth.timescales.drift.catalogue import DRIFTS
from hearth.web.access import audit
from hearth.web.access.models import Team, User
from hearth.web.access.signed_in import person
from hearth.web.children.models import Child
from hearth.web.children.reach import among
from hearth.web.work import daily, drifting, owing
from hearth.web.work.elsewhere import AUTHORITY, owed_elsewhere, told
from hearth.web.work.numbers import Number, words_of
from hearth.web.work.signing.waiting import awaited
from hearth.web.work.team import ahead, behind
from hearth.web.work.team.asking import Asked, asked
from hearth.web.work.team.board import Board, Tally, board
from hearth.web.work.team.cases import teams_of
from hearth.web.work.team.service import side_by_side

TEAM, SERVICE, LIST, DRIFT, SIGN_OFFS = "my_team", "my_service", "team_list", "drift", "sign_offs"
SHOWN = 8
"""How many journeys that stand still the board shows before the whole list."""
ON_A_PAGE = 50


def my_team(request: HttpRequest) -> HttpResponse:
    """A team: overdue and due by worker, the weeks ahead, what stands still, what waits for the manager."""
    user, reckoned = person(request), daily.current()
    here = asked(request, TEAM)
    found = board(here.cases, here.query)
    waiting = awaited(here.cases.children).count()
    shown = drifting.told(found.still[:SHOWN], owing.limits())
    audit.record_list(user, audit.READ, [*found.without, *(one.child for one in shown)], page=TEAM)
    said = {
        "board": found,
        "tiles": _tiles(found.whole, waiting, len(found.without), here.query),
        "query": here.query,
        "team": here.team,
        "teams": here.teams if len(here.teams) > 1 or here.may_ask_none else (),
        "here": here,
        "drift": shown,
        "ahead": _ahead(request.GET.get("worker", ""), found, here.team),
        "reckoned": reckoned,
    }
    return render(request, "work/my_team.html", said)


def _ahead(worker: str, found: Board, team: Team | None) -> ahead.Ahead | None:
    """The weeks of one worker of the board, else of the team."""
    load = next((load for load in found.loads if load.worker_id == worker), None)
    if load is not None:
        return ahead.of_worker(worker, load.name)
    return ahead.of_team(team.name) if team else None


def _tiles(whole: Tally, waiting: int, without: int, query: str) -> list[Number]:
    """The numbers at the head of a board, each with its list."""
    listed, still, answers = reverse(LIST), reverse(DRIFT), reverse(SIGN_OFFS)
    return [
        Number(whole.children, words_of(whole.children, "child", "children"), f"{listed}?what=children&{query}"),
        Number(whole.overdue, "overdue", f"{listed}?what=overdue&{query}", is_bad=whole.overdue > 0),
        Number(whole.still, "in drift", f"{still}?{query}"),
        Number(waiting, words_of(waiting, "waits", "wait") + " for a sign-off", f"{answers}?{query}"),
        Number(without, "without a social worker", f"{listed}?what=without&{query}", is_bad=without > 0),
    ]


def my_service(request: HttpRequest) -> HttpResponse:
    """The teams of a service side by side, each a way into its board."""
    user, reckoned = person(request), daily.current()
    here = asked(request, SERVICE)
    whole, rows = side_by_side(here.teams, here.cases)
    without = list(Child.objects.filter(pk__in=among(here.cases.without)).order_by("last_names", "pk"))
    audit.record_list(user, audit.READ, without, page=SERVICE)
    said = {
        "rows": rows,
        "tiles": _tiles(whole, awaited(here.cases.children).count(), len(without), here.query),
        "cases": here.cases,
        "services": sorted({team.service for team in here.teams}),
        "without": without,
        "council": told(owed_elsewhere(AUTHORITY)),
        "reckoned": reckoned,
    }
    return render(request, "work/my_service.html", said)


def team_list(request: HttpRequest) -> HttpResponse:
    """The children behind a number of a board, or what is owed to them: as many lines as the number says."""
    user, here = person(request), asked(request, LIST)
    shown = behind.LISTS.get(request.GET.get("what", "children"))
    if shown is None:
        raise Http404
    page = Paginator(shown.found(here.cases, here.children), ON_A_PAGE).get_page(request.GET.get("page"))
    rows, lines = shown.told(user, here.cases, list(page))
    audit.record_list(
        user, audit.READ, [*(row.child for row in rows if row.child), *(line.child for line in lines)], page=LIST
    )
    said = {
        "heading": shown.heading,
        "whose": here.whose,
        "total": page.paginator.count,
        "counted": shown.counted,
        "rows": rows,
        "lines": lines,
        "page": page,
        "nothing": shown.nothing,
        "back": _back(here),
    }
    return render(request, "work/behind.html", said)


def _back(here: Asked) -> str:
    """The board on which the number stands."""
    return f"{reverse(TEAM)}?{here.query}" if here.query else reverse(TEAM)


def drift(request: HttpRequest) -> HttpResponse:
    """Every journey that stands still, the longest first, by the rule asked for."""
    user = person(request)
    children, whose = _standing_still(request, user)
    found = drifting.still(children)
    counted = Counter(rule for _, rule, *_ in found)
    rule = request.GET.get("rule", "")
    shown = [one for one in found if rule in ("", one[1])]
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    still = drifting.told(list(page), owing.limits())
    audit.record_list(user, audit.READ, [one.child for one in still], page=DRIFT)
    query = request.GET.copy()
    for name in ("rule", "page"):
        query.pop(name, None)
    said = {
        "page": page,
        "still": still,
        "rules": [(one, DRIFTS[one].title, many) for one, many in counted.most_common()],
        "asked": rule,
        "total": len(found),
        "whose": whose,
        "query": query.urlencode(),
    }
    return render(request, "work/drift.html", said)


def _standing_still(request: HttpRequest, user: User) -> tuple[frozenset[int], str]:
    """The children of the page: a manager's as the boards count them, another's as far as they see."""
    if teams_of(user, DRIFT):
        here = asked(request, DRIFT)
        return here.children, here.whose
    return frozenset(Child.objects.visible_to(user, DRIFT).values_list("pk", flat=True)), ""
