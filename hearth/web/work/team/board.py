"""The team's board: each worker's children, what is overdue and due in two weeks; children without a worker."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from hearth.web.access.models import User
from hearth.web.children.models import Allocation, Child
from hearth.web.children.models.care import Episode
from hearth.web.config.today import today
from hearth.web.work.models import ForecastWeek, Owed
from hearth.web.work.team.ahead import hard_weeks

CARRYING = ("social_worker", "personal_adviser")
"""The roles in which a worker carries a child's case."""
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Load:
    """What one worker carries."""

    worker_id: str
    name: str
    role: str
    children: int
    overdue: int
    soon: int
    oldest: date | None
    hard: Sequence[ForecastWeek] = ()


@dataclass(frozen=True)
class Board:
    """The team: its workers, the fullest first, and the looked-after children who have no social worker."""

    loads: Sequence[Load]
    without: Sequence[Child]
    children: int
    overdue: int
    """All that is overdue, counted once however many workers a child has."""


def current(day: date) -> Q:
    """Allocations in force on the day."""
    return Q(started_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day))


def board(seen: QuerySet[Child]) -> Board:
    """The board of these children: of those whom the manager sees, or of one team among them."""
    day = today()
    held = list(Allocation.objects.filter(current(day), child__in=seen, role__in=CARRYING))
    late, soon, oldest = counts({row.child_id for row in held}, day)
    children = {row.child_id for row in held}
    return Board(_loads(held, late, soon, oldest), without_worker(seen, day), len(children), sum(late.values()))


def counts(children: Iterable[int], day: date) -> tuple[Counter[int], Counter[int], dict[int, date]]:
    """By child: what is overdue, what is due in two weeks, and the day of what is overdue longest."""
    rows = Owed.objects.open_on(day).filter(child__in=children, is_known=True, due_on__lte=day + SOON)
    late, soon, oldest = Counter[int](), Counter[int](), dict[int, date]()
    for child, due in rows.values_list("child_id", "due_on"):
        if due is None or due >= day:
            soon[child] += 1
            continue
        late[child] += 1
        oldest[child] = min(due, oldest.get(child, due))
    return late, soon, oldest


def _loads(
    held: Sequence[Allocation], late: Mapping[int, int], soon: Mapping[int, int], oldest: Mapping[int, date]
) -> list[Load]:
    by_worker: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for row in held:
        by_worker[row.worker_id, row.role or ""].add(row.child_id)
    names = names_of(worker for worker, _ in by_worker)
    hard = hard_weeks("worker", names)
    loads = [
        Load(
            worker_id=worker,
            name=names[worker],
            role=role.replace("_", " ").capitalize(),
            children=len(children),
            overdue=sum(late.get(child, 0) for child in children),
            soon=sum(soon.get(child, 0) for child in children),
            oldest=min((oldest[child] for child in children if child in oldest), default=None),
            hard=hard.get(worker, ()),
        )
        for (worker, role), children in by_worker.items()
    ]
    return sorted(loads, key=lambda load: (-load.overdue, -load.children, load.name))


def names_of(workers: Iterable[str]) -> dict[str, str]:
    """The names of workers by identifier; the identifier itself where nobody signs in with it."""
    asked = set(workers)
    known = dict(User.objects.filter(worker_id__in=asked).values_list("worker_id", "name"))
    return {worker: known.get(worker, worker) for worker in asked}


def without_worker(seen: QuerySet[Child], day: date) -> Sequence[Child]:
    """Those in care who have no social worker on the day."""
    of_child = Q(child=OuterRef("pk"))
    in_care = Exists(Episode.objects.filter(of_child & current(day)))
    has_worker = Exists(Allocation.objects.filter(of_child & current(day), role="social_worker"))
    return list(seen.filter(in_care, ~has_worker).order_by("last_names", "pk"))
