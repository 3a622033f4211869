"""How a worklist is grouped: by day, by child, by brothers and sisters, by kind of thing owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Generic, TypeVar

from hearth.web.design.words import monday
from hearth.web.work.lines import InOrder, Line

BY = {"day": "Day", "child": "Child", "family": "Brothers and sisters", "kind": "What is owed"}
"""The groupings, in words."""
L = TypeVar("L", bound=InOrder)
Key = tuple[object, str]
"""What lines have in common, and its heading."""
OLD = "Overdue for more than a year"
SPANS = ("Overdue", "This week", "Next week", "In the next four weeks", "Later", OLD, "No day known")
A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Group(Generic[L]):
    """Lines under one heading, and those of them that stand on the page; ``place``: which group of all it is."""

    heading: str
    lines: tuple[L, ...]
    shown: tuple[L, ...]
    place: int = 0

    @property
    def overdue(self) -> int:
        """How many of them are overdue."""
        return sum(line.status == "overdue" for line in self.lines)


def grouped(lines: Iterable[Line], by: str, day: date) -> list[Group[Line]]:
    """The lines in groups, each in the order given; the group with the most urgent line first, spans of days in order.

    Raises KeyError for a grouping that there is not.
    """
    return by_day(lines, day) if by == "day" else by_key(lines, lambda line: KEYS[by](line, day))


def by_day(lines: Iterable[L], day: date) -> list[Group[L]]:
    """Lines of whomever by how soon they are due; what was missed long ago comes last."""
    found = by_key(lines, lambda line: ("", _span_words(line, day)))
    return sorted(found, key=lambda group: SPANS.index(group.heading))


def by_key(lines: Iterable[L], key: Callable[[L], Key]) -> list[Group[L]]:
    """Lines of whomever by what they have in common, in the order of the first line of each group."""
    found: defaultdict[Key, list[L]] = defaultdict(list)
    for line in lines:
        found[key(line)].append(line)
    return [Group(one[1], tuple(some), tuple(some)) for one, some in found.items()]


def portion(groups: Iterable[Group[L]], start: int, stop: int) -> list[Group[L]]:
    """The groups of which a line stands on a page, which shows the lines from ``start`` up to ``stop`` of all."""
    found, at = [], 0
    for place, group in enumerate(groups, 1):
        some = group.lines[max(0, start - at) : max(0, stop - at)]
        at += len(group.lines)
        if some:
            found.append(replace(group, shown=some, place=place))
    return found


def contents(groups: Iterable[Group[L]], size: int) -> list[tuple[int, str, int, int]]:
    """Of each group its place, heading and number of lines, and on which page of ``size`` lines it begins."""
    found, at = [], 0
    for place, group in enumerate(groups, 1):
        found.append((place, group.heading, len(group.lines), at // size + 1))
        at += len(group.lines)
    return found


def is_old(status: str, due_on: date | None, day: date) -> bool:
    """Whether it was missed so long ago that it no longer leads the day's work: by more than a year."""
    return status == "overdue" and due_on is not None and day - due_on > A_YEAR


def _span_words(line: InOrder, day: date) -> str:
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
    "child": _child,
    "family": _family,
    "kind": lambda line, _: (line.owed.duty, line.title),
}
