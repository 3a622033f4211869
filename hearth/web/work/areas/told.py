"""What the pages of one area are made of: lists of children with what is said of each, in words, and their numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from hearth.web.access.models import User
from hearth.web.access.roles import Role
from hearth.web.children.models import Child
from hearth.web.children.reach import among
from hearth.web.config.today import today
from hearth.web.work.lines import Line, area_of, lines_of
from hearth.web.work.models import Owed

SHOWN = 12
"""How many of a list are shown before all are asked for."""
Row = tuple[Any, ...]
"""The key of a child, and the facts that are said of it."""


@dataclass(frozen=True)
class Said:
    """What is said of a child, when, the colour of a tag where it is urgent, and the day by which lists are sorted."""

    what: str
    when: str
    colour: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Told:
    """A child, or who else it is about where there is no child, with what is said."""

    child: Child | None
    said: Said
    who: str = ""


@dataclass(frozen=True)
class Listed:
    """A list under a heading: ``found`` its rows, ``say`` the facts of a row in words; ``nothing``: where it is empty.

    ``page`` and ``code`` are its address; as many rows as ``len`` says stand there.
    """

    page: str
    code: str
    heading: str
    found: Sequence[Row]
    say: Callable[..., Said]
    nothing: str = "Nobody is listed."
    counted: str = "child,children"

    def __len__(self) -> int:
        return len(self.found)

    @property
    def url(self) -> str:
        """Where all of it stands."""
        return f"{reverse(self.page)}?{urlencode({'of': self.code})}"

    @property
    def is_long(self) -> bool:
        """Whether there is more than is shown at once."""
        return len(self.found) > SHOWN

    def told(self, rows: Iterable[Row], children: Mapping[int, Child]) -> list[Told]:
        """Some of the rows in words."""
        return [Told(children[key], self.say(*facts)) for key, *facts in rows if key in children]

    def among(self, seen: Collection[int]) -> Listed:
        """The rows of children who are seen."""
        return replace(self, found=[row for row in self.found if row[0] in seen])

    def only(self, code: str, heading: str, is_in: Callable[..., bool]) -> Listed:
        """The rows of whose facts it holds."""
        return replace(self, code=code, heading=heading, found=[row for row in self.found if is_in(*row[1:])])


def seen_of(user: User, page: str, found: Iterable[Iterable[Row]]) -> frozenset[int]:
    """Of the children in the rows, those whom the person sees on the page: one question for all of them."""
    keys = {row[0] for rows in found for row in rows}
    visible: QuerySet[Child] = Child.objects.visible_to(user, page).filter(pk__in=among(keys))
    return frozenset(visible.values_list("pk", flat=True))


def first_of(lists: Iterable[Listed]) -> list[tuple[Listed, list[Told]]]:
    """Each list with the rows shown at once, in words."""
    shown = [(one, one.found[:SHOWN]) for one in lists]
    children = Child.objects.in_bulk({row[0] for _, rows in shown for row in rows})
    return [(one, one.told(rows, children)) for one, rows in shown]


def owed_by_child(role: Role) -> list[Row]:
    """What is owed in the role's area: for each child how much, and how much of it is overdue."""
    day = today()
    rows = Owed.objects.open_on(day).filter(duty__in=area_of(role)).order_by().values_list("child_id")
    late = Count("pk", filter=Q(is_known=True, due_on__lt=day))
    return [tuple(row) for row in rows.annotate(total=Count("pk"), late=late)]


@dataclass(frozen=True)
class Owing:
    """What is owed in an area to the children seen: how much, how much of it is overdue, what has waited longest."""

    page: str
    total: int
    overdue: int
    lines: Sequence[Line] = ()

    @property
    def url(self) -> str:
        """Where all of it stands."""
        return f"{reverse(self.page)}?of=owed"

    @property
    def overdue_url(self) -> str:
        """Where all that is overdue stands."""
        return f"{reverse(self.page)}?of=overdue"


def owing(role: Role, page: str, user: User, counted: Iterable[Row], seen: Collection[int]) -> Owing:
    """What is owed in the role's area to those of the children who are seen."""
    mine = [row for row in counted if row[0] in seen]
    first = list(owed_rows(role, [row[0] for row in mine], "owed").filter(is_known=True)[:SHOWN])
    lines = lines_of(user, first, Child.objects.in_bulk({row.child_id for row in first}))
    return Owing(page, sum(row[1] for row in mine), sum(row[2] for row in mine), lines)


def owed_rows(role: Role, children: Collection[int], code: str) -> QuerySet[Owed]:
    """All that is owed in the role's area to the children, or what of it is overdue; the longest waiting first."""
    rows = Owed.objects.overdue_on(today()) if code == "overdue" else Owed.objects.open_on(today())
    asked = rows.filter(child__in=among(children), duty__in=area_of(role))
    return asked.order_by(F("due_on").asc(nulls_last=True), "pk")
