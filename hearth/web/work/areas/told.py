"""What the pages of one area are made of: lists of children with what is said of each, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from hearth.web.access.models import User
from hearth.web.access.roles import Role
from hearth.web.children.models import Child
from hearth.web.config.today import today
from hearth.web.work.lines import Line, area_of, lines_of
from hearth.web.work.models import Owed

SHOWN = 12
"""How many of a list are shown before it is opened."""


@dataclass(frozen=True)
class Told:
    """A child, what is said, when, and the colour of a tag where it is urgent."""

    child: Child
    what: str
    when: str
    colour: str = ""


@dataclass(frozen=True)
class Listed:
    """A list under a heading; ``nothing`` is said where it is empty."""

    heading: str
    rows: Sequence[Told]
    nothing: str

    @property
    def first(self) -> Sequence[Told]:
        """Those shown at once."""
        return self.rows[:SHOWN]

    @property
    def rest(self) -> Sequence[Told]:
        """Those shown when the list is opened."""
        return self.rows[SHOWN:]

    @property
    def rest_said(self) -> str:
        """What opens the rest."""
        return f"{len(self.rest)} more"

    @property
    def rest_heading(self) -> str:
        """What the rest is called, for whoever hears the page."""
        return f"{self.heading}: the others"


@dataclass(frozen=True)
class Owing:
    """What is owed in an area: how much, how much of it is overdue, and what has waited longest."""

    total: int
    overdue: int
    lines: Sequence[Line]


def owed_in(role: Role, user: User, seen: QuerySet[Child]) -> Owing:
    """What is owed in the role's area to these children."""
    day = today()
    rows = Owed.objects.open_on(day).filter(child__in=seen, duty__in=area_of(role))
    late = Count("pk", filter=Q(is_known=True, due_on__lt=day))
    counted = rows.aggregate(total=Count("pk"), overdue=late)
    first = list(rows.filter(is_known=True).order_by("due_on", "pk")[:SHOWN])
    children = Child.objects.in_bulk({row.child_id for row in first})
    return Owing(counted["total"], counted["overdue"], lines_of(user, first, children))


def children_of(found: Iterable[Listed], owed: Owing) -> list[Child]:
    """Every child that the page names."""
    return [*(row.child for one in found for row in one.rows), *(line.child for line in owed.lines)]
