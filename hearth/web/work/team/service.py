"""The service's board: a row for each team, and what waits for a service manager."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from hearth.web.access.models import Team, User
from hearth.web.access.policy import Reach, reaches
from hearth.web.access.standing import standing
from hearth.web.children.models import Allocation, Child
from hearth.web.config.today import today
from hearth.web.work.models import ForecastWeek, Stage
from hearth.web.work.team.ahead import hard_weeks
from hearth.web.work.team.board import CARRYING, counts, current


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


def rows(teams: Sequence[Team], seen: QuerySet[Child]) -> list[Row]:
    """The rows of these teams, the most overdue first; a child counts for the team that holds the case."""
    day = today()
    held = Allocation.objects.filter(current(day), child__in=seen, role__in=CARRYING, team__in=[t.name for t in teams])
    children: defaultdict[str, set[int]] = defaultdict(set)
    workers: defaultdict[str, set[str]] = defaultdict(set)
    for child, worker, team in held.values_list("child_id", "worker_id", "team"):
        children[team or ""].add(child)
        workers[team or ""].add(worker)
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
