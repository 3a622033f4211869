"""What a desk is: a table of children in the order of what is due, with the facts that its profession asks for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Max, OuterRef, QuerySet, Subquery

from hearth.web.access.models import User
from hearth.web.children.models import Child
from hearth.web.children.records import ChildRecord
from hearth.web.config.today import today
from hearth.web.design import words
from hearth.web.work.models import Owed

R = TypeVar("R", bound=ChildRecord)
OVERDUE = "overdue"
"""The pick of what is late."""


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: words, the colour of a tag where they are a status, and the picks that find it."""

    words: str
    colour: str = ""
    picks: Collection[str] = ()


@dataclass(frozen=True)
class Row:
    """A child with its cells, and what is due first of the desk's duties (None: nothing)."""

    child: Child
    owed: Owed | None
    cells: Sequence[Cell]

    @property
    def title(self) -> str:
        """What is due first, in words; "" for nothing."""
        return self.owed.words.title if self.owed else ""

    def is_picked(self, pick: str) -> bool:
        """Whether one of its cells is what the pick looks for."""
        return any(pick in cell.picks for cell in self.cells)


Facts = Callable[[Sequence[Child], Mapping[int, Owed | None], date], Mapping[int, Sequence[Cell]]]


@dataclass(frozen=True)
class Desk:
    """One desk.

    ``duties``: those whose earliest open one orders the table; ``within``: how many days ahead it looks (None: all the
    children seen, also those to whom nothing is due); ``counted``: what one and many of them are called; ``facts``
    gives the cells under ``columns`` for some children; ``picks``: what the table may be narrowed to, by the code that
    cells say, in words.
    """

    page: str
    title: str
    about: str
    duties: frozenset[str]
    columns: Sequence[str]
    facts: Facts
    nothing: str
    picks: Mapping[str, str]
    counted: str = "child,children"
    within: int | None = None
    among: Callable[[QuerySet[Child], date], QuerySet[Child]] | None = None

    @property
    def export_page(self) -> str:
        """The name of the address of the table as a file."""
        return f"{self.page}_export"


def order(desk: Desk, user: User, page: str) -> list[tuple[int, Owed | None]]:
    """The keys of the desk's children, the most urgent first, each with what is due first."""
    day = today()
    seen = Child.objects.visible_to(user, page)
    among = desk.among(seen, day) if desk.among else seen
    first: dict[int, Owed | None] = {}
    rows = Owed.objects.open_on(day).filter(child__in=among, duty__in=desk.duties)
    for row in sorted(rows, key=lambda one: one.due_on or date.max):
        first.setdefault(row.child_id, row)
    if desk.within is not None:
        return [(key, row) for key, row in first.items() if row and _is_near(row, day, desk.within)]
    others = among.exclude(pk__in=first).order_by("last_names", "first_names", "pk").values_list("pk", flat=True)
    return [*first.items(), *((key, None) for key in others)]


def _is_near(row: Owed, day: date, days: int) -> bool:
    return row.due_on is None or (row.due_on - day).days <= days


def rows(desk: Desk, wanted: Sequence[tuple[int, Owed | None]]) -> list[Row]:
    """The rows of these children, in the order given."""
    children = Child.objects.in_bulk([key for key, _ in wanted])
    owed = dict(wanted)
    cells = desk.facts(list(children.values()), owed, today())
    return [Row(children[key], row, cells[key]) for key, row in wanted if key in children]


def narrowed(desk: Desk, user: User, page: str, pick: str) -> list[tuple[int, Owed | None]]:
    """As ``order``; of it only what the pick looks for, where it is one of the desk's."""
    whole = order(desk, user, page)
    if pick not in desk.picks:
        return whole
    return [(row.child.pk, row.owed) for row in rows(desk, whole) if row.is_picked(pick)]


def open_of(duty: str, children: Sequence[Child], day: date) -> dict[int, Owed]:
    """What is open of a duty on the day, by child."""
    keys = [child.pk for child in children]
    return {row.child_id: row for row in Owed.objects.open_on(day).filter(child__in=keys, duty=duty).order_by("due_on")}


def latest(found: Iterable[R], on: str, day: date) -> dict[int, R]:
    """For each child the row with the latest day in the column, up to the day."""
    kept: dict[int, R] = {}
    for row in found:
        value = getattr(row, on)
        if (
            value is not None
            and value <= day
            and (row.child_id not in kept or value >= getattr(kept[row.child_id], on))
        ):
            kept[row.child_id] = row
    return kept


def newest(model: type[R], children: Sequence[Child], on: str, day: date, **conditions: Any) -> dict[int, R]:
    """As ``latest`` of the rows of a model, of which the database gives the last of each child alone."""
    mine = model.objects.filter(child=OuterRef("child"), **{f"{on}__lte": day}, **conditions)
    last = mine.order_by().values("child").annotate(last=Max(on)).values("last")
    return latest(of(model, children, **{on: Subquery(last)}, **conditions), on, day)


def of(model: type[R], children: Sequence[Child], **conditions: Any) -> QuerySet[R]:
    """The standing rows of a model for these children."""
    found: QuerySet[R] = model.objects.filter(child__in=[child.pk for child in children], **conditions)
    return found


def due_cell(row: Owed | None, day: date) -> Cell:
    """When something is due, in words and colour; picked by its duty, and as overdue."""
    if row is None:
        return Cell("Nothing due", "grey")
    if not row.is_known or row.due_on is None:
        return Cell("Day not known", "grey", (row.duty,))
    left = (row.due_on - day).days
    said = words.due(row.due_on, day)
    picks = (row.duty, OVERDUE) if left < 0 else (row.duty,)
    return Cell(said[:1].upper() + said[1:], "red" if left < 0 else "yellow" if left <= 14 else "blue", picks)


def day_cell(value: date | None, day: date, nothing: str = "None recorded") -> Cell:
    """How long ago something was, with the day."""
    if value is None:
        return Cell(nothing, "orange")
    ago = words.ago(value, day)
    return Cell(ago if ago == words.day(value) else f"{words.day(value)} ({ago})")
