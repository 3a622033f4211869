"""How a worklist is grouped: by day, by child, by brothers and sisters, by kind of thing owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from hearth.web.design.words import monday
from hearth.web.work.lines import Line

BY = {"day": "Day", "child": "Child", "family": "Brothers and sisters", "kind": "What is owed"}
"""The groupings, in words."""
Key = tuple[object, str]
"""What lines have in common, and its heading."""
OLD = "Overdue for more than a year"
SPANS = ("Overdue", "This week", "Next week", "In the next four weeks", "Later", OLD, "No day known")
A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Group:
    """Lines under one heading."""

    heading: str
    lines: tuple[Line, ...]

    @property
    def overdue(self) -> int:
        """How many of them are overdue."""
        return sum(line.status == "overdue" for line in self.lines)


def grouped(lines: Iterable[Line], by: str, day: date) -> list[Group]:
    """The lines in groups, each in the order given; the group with the most urgent line first, spans of days in order.

    Raises KeyError for a grouping that there is not.
    """
    key = KEYS[by]
    found: defaultdict[Key, list[Line]] = defaultdict(list)
    for line in lines:
        found[key(line, day)].append(line)
    ordered = sorted(found, key=lambda one: SPANS.index(one[1])) if by == "day" else list(found)
    return [Group(one[1], tuple(found[one])) for one in ordered]


def is_old(status: str, due_on: date | None, day: date) -> bool:
    """Whether it was missed so long ago that it no longer leads the day's work: by more than a year."""
    return status == "overdue" and due_on is not None and day - due_on > A_YEAR


def _span(line: Line, day: date) -> Key:
    return "", _span_words(line, day)


def _span_words(line: Line, day: date) -> str:
    if is_old(line.status, line.due_on, day):
        return OLD
    if line.status != "due" or line.due_on is None:
        return "Overdue" if line.status == "overdue" else "No day known"
    week = monday(line.due_on) - monday(day)
    if week < timedelta(days=14):
        return "This week" if not week else "Next week"
    return "In the next four weeks" if line.due_on <= day + timedelta(weeks=4) else "Later"


def _child(line: Line, _: date) -> Key:
    return line.child.pk, line.child.name


def _family(line: Line, day: date) -> Key:
    family = line.child.family_id
    surname = line.child.last_names or line.child.name
    return ((line.child.authority, family), f"{surname} family") if family else _child(line, day)


KEYS: dict[str, Callable[[Line, date], Key]] = {
    "day": _span,
    "child": _child,
    "family": _family,
    "kind": lambda line, _: (line.owed.duty, line.title),
}
