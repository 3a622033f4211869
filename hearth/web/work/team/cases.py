"""Whose children a team's are today: the one definition behind every number of the boards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from hearth.web.access.models import Post, Team, User
from hearth.web.access.policy import Reach, reaches
from hearth.web.access.standing import standing
from hearth.web.children.holding import CARRYING, HOLDING, held_last, teamless
from hearth.web.children.models import Allocation, Child, Episode
from hearth.web.children.reach import among
from hearth.web.config.today import today
from hearth.web.work.models import Stage

K = TypeVar("K")
V = TypeVar("V")
MOST_KEPT = 8
"""Days of which a question is kept as it is put to the database, without any answer."""
Worker = tuple[str, str]
"""A worker's identifier, and the role in which children are held."""
Allocated = tuple[int, str, str, str]
"""An allocation: the child, the worker, the role, the team in whose name it is."""


@dataclass(frozen=True)
class Cases:
    """The children of some teams, by key.

    A team's children are those held today in its name or by its people (``by_worker``), and of those whose case nobody
    carries (``nobodys``) the ones whom it had last and who are in care or in a journey that stands still. What a team
    had and gave up counts no more. ``teamless``: whom no team has, and who are carried by a worker of no team, in care
    or standing still; asked for by whoever answers for a service. ``without``: in care without a social worker.
    ``closed``: how many are nobody's and were the teams' last, but restricted to others than the reader.
    """

    by_team: Mapping[str, frozenset[int]]
    by_worker: Mapping[Worker, frozenset[int]]
    workers_of: Mapping[str, frozenset[str]]
    nobodys: frozenset[int]
    without: frozenset[int]
    teamless: frozenset[int] = frozenset()
    closed: int = 0

    @cached_property
    def children(self) -> frozenset[int]:
        """All of them, each once."""
        return self.teamless.union(*self.by_team.values())

    @cached_property
    def twice(self) -> int:
        """How many have two workers here, and so stand in two rows of workers."""
        return sum(map(len, self.by_worker.values())) + len(self.nobodys) - len(self.children)

    @cached_property
    def of_two_teams(self) -> int:
        """By how many the sum over the teams exceeds the children: those of two teams stand in two rows."""
        return sum(map(len, self.by_team.values())) + len(self.teamless) - len(self.children)


def current(day: date) -> Q:
    """Allocations, episodes and the like in force on the day."""
    return Q(started_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day))


def teams_of(user: User, page: str) -> list[Team]:
    """The teams that the person answers for on the page: their own, or all of their service, by name."""
    found: set[Team] = set()
    for post, reach in reaches(standing(user), page):
        if post.team is None or reach not in (Reach.TEAM, Reach.SERVICE):
            continue
        same_service = Team.objects.filter(service=post.team.service, ended_on=None)
        found |= {post.team} if reach == Reach.TEAM else set(same_service)
    return sorted(found, key=lambda team: team.name)


def answers_for_teamless(user: User, page: str) -> bool:
    """Whether the person answers on the page for the children whom no team has: as manager of a service."""
    return any(post.team and reach == Reach.SERVICE for post, reach in reaches(standing(user), page))


def cases(user: User, page: str, teams: Sequence[Team], *, with_teamless: bool = False) -> Cases:
    """The children of the teams whom the person sees on the page, and where asked for those whom no team has."""
    day, names = today(), frozenset(team.name for team in teams)
    posted = _posted(teams, day)
    held, last = _held(names, posted, day), _last_held(names, posted, day)
    loose = _teamless(day) if with_teamless else frozenset[int]()
    asked = among({*loose, *(row[0] for row in held), *(row[0] for row in last)})
    seen = frozenset(Child.objects.visible_to(user, page).filter(pk__in=asked).values_list("pk", flat=True))
    loose &= seen
    by_team = defaultdict[str, set[int]](set)
    by_worker, workers_of = defaultdict[Worker, set[int]](set), defaultdict[str, set[str]](set)
    for child, worker, role, team in (row for row in held if row[0] in seen):
        by_worker[worker, role].add(child)
        for name in _teams(team, worker, names, posted):
            by_team[name].add(child)
            workers_of[name].add(worker)
    for child, name in ((child, name) for child, of in last if child in seen for name in of):
        by_team[name].add(child)
    carried = _carried(loose, day)
    for child, worker, role, _ in carried:
        by_worker[worker, role].add(child)
    theirs = frozenset(row[0] for row in last)
    nobodys = (theirs & seen) | (loose - {row[0] for row in carried})
    without = _without(loose.union(*by_team.values()), day)
    whole = {name: frozenset(by_team[name]) for name in names}
    return Cases(whole, _frozen(by_worker), _frozen(workers_of), nobodys, without, loose, len(theirs - seen))


def _frozen(found: Mapping[K, set[V]]) -> dict[K, frozenset[V]]:
    return {key: frozenset(value) for key, value in found.items()}


def _posted(teams: Sequence[Team], day: date) -> Mapping[str, frozenset[str]]:
    """The teams to which each worker belongs today, by the worker's identifier."""
    held = Post.objects.belonging_on(day).filter(team__in=teams).exclude(user__worker_id=None)
    found = defaultdict[str, set[str]](set)
    for worker, team in held.values_list("user__worker_id", "team__name"):
        found[str(worker)].add(str(team))
    return {worker: frozenset(names) for worker, names in found.items()}


def _teams(name: str, worker: str, names: Collection[str], posted: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The teams whose the allocation is."""
    return posted.get(worker, frozenset()) | ({name} & set(names))


def _held(names: Collection[str], posted: Mapping[str, frozenset[str]], day: date) -> list[Allocated]:
    """The allocations in force in the teams' names or to their people."""
    theirs = Q(team__in=names) | Q(worker_id__in=list(posted))
    return _allocated(Allocation.objects.filter(theirs, current(day), role__in=HOLDING))


def _last_held(
    names: Collection[str], posted: Mapping[str, frozenset[str]], day: date
) -> list[tuple[int, frozenset[str]]]:
    """The children whose case nobody carries and the teams carried last, each with those of the teams that did."""
    nobodys = Q(child__in=RawSQL(*_nobodys(day)))  # the words are Django's own  # noqa: S611  # nosec B611
    rows = held_last(day, nobodys).values_list("child_id", "worker_id", "team")
    known = frozenset(Team.objects.values_list("name", flat=True))
    found = [
        (child, frozenset({team} & set(names)) if team in known else posted.get(worker, frozenset[str]()))
        for child, worker, team in rows
    ]
    return [(child, of) for child, of in found if of]


def _teamless(day: date) -> frozenset[int]:
    """Whom no team has: in care, in a journey that stands still, or carried by a worker of no team."""
    nobodys = Q(pk__in=RawSQL(*_nobodys(day)))  # the words are Django's own  # noqa: S611  # nosec B611
    carried = Q(pk__in=Allocation.objects.filter(current(day), role__in=CARRYING).order_by().values("child"))
    added = Q(batch=None) & ~Q(pk__in=Allocation.objects.filter(role__in=CARRYING).order_by().values("child"))
    return frozenset(Child.objects.filter(teamless(day), nobodys | carried | added).values_list("pk", flat=True))


def _carried(children: Collection[int], day: date) -> list[Allocated]:
    """The allocations by which the case of these children is carried."""
    return _allocated(Allocation.objects.filter(current(day), child__in=among(children), role__in=CARRYING))


@lru_cache(maxsize=MOST_KEPT)
def _nobodys(day: date) -> tuple[str, tuple[Any, ...]]:
    """The question for children in care or standing still whose case nobody carries; put together once for a day."""
    in_force = Allocation.objects.filter(current(day), child=OuterRef("child"), role__in=CARRYING)
    in_care = Episode.objects.filter(~Exists(in_force), current(day)).order_by().values("child")
    stand_still = Stage.objects.still_on(day).filter(~Exists(in_force)).order_by().values("child")
    sql, values = in_care.query.sql_with_params()
    more_sql, more_values = stand_still.query.sql_with_params()
    return f"{sql} UNION {more_sql}", (*values, *more_values)


def _allocated(rows: QuerySet[Allocation]) -> list[Allocated]:
    found = rows.order_by().values_list("child_id", "worker_id", "role", "team")
    return [(child, worker, role or "", team or "") for child, worker, role, team in found]


def _without(children: Iterable[int], day: date) -> frozenset[int]:
    """Those in care who have no social worker today."""
    has_worker = Allocation.objects.filter(current(day), child=OuterRef("child"), role="social_worker")
    rows = Episode.objects.filter(~Exists(has_worker), current(day), child__in=among(children))
    return frozenset(rows.order_by().values_list("child_id", flat=True))
