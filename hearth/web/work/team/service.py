"""The service's board: a row for each team, and what waits for a service manager."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Count, QuerySet

from hearth.web.access.models import Post, Team, User
from hearth.web.access.policy import Reach, reaches
from hearth.web.access.standing import standing
from hearth.web.children.models import Allocation, Child
from hearth.web.config.today import today
from hearth.web.work.models import ForecastWeek, Stage
from hearth.web.work.team.ahead import hard_weeks
from hearth.web.work.team.board import CARRYING, counts, current

T = TypeVar("T")
Cases = defaultdict[str, set[T]]


@dataclass(frozen=True)
class Row:
    """One team: its workers and children, what is overdue and soon due, what stands still, the weeks too full."""

    team: Team
    workers: int
    children: int
    overdue: int
    soon: int
    still: int
    oldest: date | None
    hard: Sequence[ForecastWeek]


def teams_of(user: User, page: str) -> list[Team]:
    """The teams that the person answers for on the page: their own, or all of their service, by name."""
    found: set[Team] = set()
    for post, reach in reaches(standing(user), page):
        if post.team is None:
            continue
        same_service = Team.objects.filter(service=post.team.service, ended_on=None)
        found |= {post.team} if reach == Reach.TEAM else set(same_service)
    return sorted(found, key=lambda team: team.name)


def _cases(teams: Sequence[Team], seen: QuerySet[Child], day: date) -> tuple[Cases[int], Cases[str]]:
    """By team, the children held in its name or by its people, and the workers who hold them: as its own board says."""
    posted: defaultdict[str, set[str]] = defaultdict(set)
    for post in Post.objects.held_on(day).filter(team__in=teams).select_related("user", "team"):
        posted[post.user.worker_id or ""].add(post.team.name if post.team else "")
    children, workers = Cases[int](set), Cases[str](set)
    held = Allocation.objects.filter(current(day), child__in=seen, role__in=CARRYING)
    for child, worker, held_by in held.values_list("child_id", "worker_id", "team"):
        for name in {held_by or ""} | posted.get(worker, set()):
            children[name].add(child)
            workers[name].add(worker)
    return children, workers


def rows(teams: Sequence[Team], seen: QuerySet[Child]) -> list[Row]:
    """The rows of these teams, the most overdue first; a child counts for the teams that hold the case."""
    day = today()
    children, workers = _cases(teams, seen, day)
    late, soon, oldest = counts({child for found in children.values() for child in found}, day)
    still = Counter(
        dict(Stage.objects.still_on(day).filter(child__in=seen).values_list("child_id").annotate(n=Count("pk")))
    )
    hard = hard_weeks("team", [team.name for team in teams])
    made = [
        Row(
            team=team,
            workers=len(workers[team.name]),
            children=len(children[team.name]),
            overdue=sum(late[child] for child in children[team.name]),
            soon=sum(soon[child] for child in children[team.name]),
            still=sum(still[child] for child in children[team.name]),
            oldest=min((oldest[child] for child in children[team.name] if child in oldest), default=None),
            hard=hard.get(team.name, ()),
        )
        for team in teams
    ]
    return sorted(made, key=lambda row: (-row.overdue, row.team.name))
