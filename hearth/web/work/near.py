"""What of what is owed a list shows at first: what falls due soon and what was missed lately; and how much is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Value

from hearth.web.config.questions import kept
from hearth.web.work.grouping import A_YEAR
from hearth.web.work.lines import owed_on
from hearth.web.work.models import Owed

EVERYTHING, OVERDUE = "all", "0"
"""The choices that show what was missed long ago too: whenever it is due, and what is overdue alone."""


@dataclass(frozen=True)
class Near:
    """The rows to show; how many more are due later, and how many were missed long ago."""

    rows: list[Owed]
    later: int
    old: int


def near(day: date, children: list[int], duties: frozenset[str] | None, within: str) -> Near:
    """What is owed to the children on the day, ``within`` so many days or one of the choices."""
    oldest = day - A_YEAR
    (total, old), *_ = _counted(day, oldest, children, duties=duties) or [(0, 0)]
    if within == EVERYTHING:
        return Near(owed_on(day, children, duties=duties), 0, 0)
    if within == OVERDUE:
        rows = _overdue(day, children, duties=duties)
        return Near(rows, total - len(rows), 0)
    rows = _between(day, oldest, day + timedelta(days=int(within)), children, duties=duties)
    return Near(rows, total - len(rows) - old, old)


@kept
def _between(
    day: date, first: date, last: date, children: list[int], *, duties: frozenset[str] | None
) -> QuerySet[Owed]:
    return Owed.objects.open_on(day).of(children, duties).due_between(first, last)


@kept
def _overdue(day: date, children: list[int], *, duties: frozenset[str] | None) -> QuerySet[Owed]:
    return Owed.objects.open_on(day).of(children, duties).filter(is_known=True, due_on__lt=day)


@kept
def _counted(
    day: date, oldest: date, children: list[int], *, duties: frozenset[str] | None
) -> QuerySet[Owed, tuple[int, int]]:
    """How many there are, and how many were due before the oldest day that a list begins with."""
    together = Owed.objects.open_on(day).of(children, duties).annotate(one=Value(1)).order_by().values("one")
    is_old = Q(is_known=True, due_on__lt=oldest)
    return together.annotate(total=Count("pk"), old=Count("pk", filter=is_old)).values_list("total", "old")
