"""The team's board: each worker's children, what is overdue and due in two weeks; children without a worker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q
from django.utils.http import urlencode

from hearth.web.access.models import User
from hearth.web.children.models import Child
from hearth.web.children.reach import among
from hearth.web.config.today import today
from hearth.web.work import drifting
from hearth.web.work.models import ForecastWeek, Owed
from hearth.web.work.team.ahead import hard_weeks
from hearth.web.work.team.cases import Cases

NOBODY = ""
"""Stands for the worker of children whom nobody holds."""


@dataclass(frozen=True)
class Tally:
    """What is owed to some children and stands still: how much is overdue and soon due, and since when."""

    children: int = 0
    overdue: int = 0
    soon: int = 0
    still: int = 0
    oldest: date | None = None


@dataclass(frozen=True)
class Load:
    """What one worker carries."""

    worker_id: str
    name: str
    role: str
    tally: Tally
    query: str
    """What asks for the worker's children in the address of a list."""
    hard: Sequence[ForecastWeek] = ()

    @property
    def role_said(self) -> str:
        """The role in words."""
        return self.role.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Board:
    """The team: all of it once, its workers with the fullest first, and whom nobody holds (None: there are none)."""

    cases: Cases
    whole: Tally
    loads: Sequence[Load]
    nobodys: Load | None
    without: Sequence[Child]
    still: Sequence[drifting.Journey]


class Tallies:
    """What is owed to each of the children, counted in the database; summed up for any of them."""

    def __init__(self, children: Collection[int]) -> None:
        day = today()
        near = Owed.objects.near_on(day).filter(child__in=among(children)).order_by().values_list("child_id")
        late = Count("pk", filter=Q(due_on__lt=day))
        self._near = {child: row for child, *row in near.annotate(many=Count("pk"), late=late, on=Min("due_on"))}
        self.still = drifting.still(children)
        self._still = Counter(child for child, *_ in self.still)

    def of(self, children: Collection[int]) -> Tally:
        """The sum over some of the children."""
        near = [self._near[child] for child in children if child in self._near]
        return Tally(
            children=len(children),
            overdue=sum(late for _, late, _ in near),
            soon=sum(many - late for many, late, _ in near),
            still=sum(self._still[child] for child in children),
            oldest=min((on for _, late, on in near if late), default=None),
        )


def board(found: Cases, query: str = "") -> Board:
    """The board of these children; ``query`` asks for their team in an address."""
    tallies = Tallies(found.children)
    asked = _query(query, NOBODY, "")
    nobodys = Load(NOBODY, "Nobody now", "", tallies.of(found.nobodys), asked) if found.nobodys else None
    without = Child.objects.filter(pk__in=among(found.without)).order_by("last_names", "pk")
    return Board(
        found, tallies.of(found.children), _loads(found, tallies, query), nobodys, list(without), tallies.still
    )


def _query(query: str, worker: str, role: str) -> str:
    return "&".join(filter(None, (query, urlencode({"worker": worker, "role": role}))))


def _loads(found: Cases, tallies: Tallies, query: str) -> list[Load]:
    names = names_of(worker for worker, _ in found.by_worker)
    hard: Mapping[str, Sequence[ForecastWeek]] = hard_weeks("worker", names)
    loads = [
        Load(worker, names[worker], role, tallies.of(children), _query(query, worker, role), hard.get(worker, ()))
        for (worker, role), children in found.by_worker.items()
    ]
    return sorted(loads, key=lambda load: (-load.tally.overdue, -load.tally.children, load.name))


def names_of(workers: Iterable[str]) -> dict[str, str]:
    """The names of workers by identifier; the identifier itself where nobody signs in with it."""
    asked = set(workers)
    known = dict(User.objects.filter(worker_id__in=asked).values_list("worker_id", "name"))
    return {worker: known.get(worker, worker) for worker in asked}
