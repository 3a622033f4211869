"""The lists behind the numbers of the boards: each as long as its number says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hearth.web.access.models import User
from hearth.web.children.models import Child
from hearth.web.children.reach import among
from hearth.web.config.today import today
from hearth.web.work.areas.told import Said, Told
from hearth.web.work.lines import Line, lines_of
from hearth.web.work.models import Owed
from hearth.web.work.team.board import names_of
from hearth.web.work.team.cases import Cases

Children = frozenset[int]


@dataclass(frozen=True)
class Behind:
    """A list: what it is called, ``counted`` what one and many of its lines are, what is said where it is empty.

    ``found`` gives its lines of some of the children (as few of each as can be), ``told`` some of them in words.
    """

    heading: str
    counted: str
    nothing: str
    found: Callable[[Cases, Children], Sequence[Any]]
    told: Callable[[User, Cases, Sequence[Any]], tuple[Sequence[Told], Sequence[Line]]]


def _children(_: Cases, children: Children) -> Sequence[int]:
    rows = Child.objects.filter(pk__in=among(children)).order_by("last_names", "first_names", "pk")
    return list(rows.values_list("pk", flat=True))


def _without(cases: Cases, children: Children) -> Sequence[int]:
    return _children(cases, cases.without & children)


def _told_children(_: User, cases: Cases, keys: Sequence[int]) -> tuple[Sequence[Told], Sequence[Line]]:
    """The children with whoever holds them, and how much is overdue to each."""
    held = defaultdict[int, list[tuple[str, str]]](list)
    for worker, some in cases.by_worker.items():
        for key in some.intersection(keys):
            held[key].append(worker)
    names = names_of({worker for workers in held.values() for worker, _ in workers})
    late = _late(keys)
    children = Child.objects.in_bulk(keys)
    return [_told(children[key], held[key], names, late[key]) for key in keys if key in children], ()


def _late(keys: Sequence[int]) -> Mapping[int, int]:
    late = defaultdict[int, int](int)
    for key in Owed.objects.overdue_on(today()).filter(child__in=among(keys)).values_list("child_id", flat=True):
        late[key] += 1
    return late


def _told(child: Child, held: Sequence[tuple[str, str]], names: Mapping[str, str], late: int) -> Told:
    who = "; ".join(f"{names[worker]}, {role.replace('_', ' ')}" for worker, role in sorted(held))
    when = f"{late} overdue" if late else "nothing overdue"
    return Told(child, Said(who or "Nobody now", when, "red" if late else ""))


def _overdue(_: Cases, children: Children) -> Sequence[Owed]:
    return list(Owed.objects.overdue_on(today()).filter(child__in=among(children)).order_by("due_on", "pk"))


def _soon(_: Cases, children: Children) -> Sequence[Owed]:
    return list(Owed.objects.soon_on(today()).filter(child__in=among(children)).order_by("due_on", "pk"))


def _told_owed(user: User, _: Cases, rows: Sequence[Owed]) -> tuple[Sequence[Told], Sequence[Line]]:
    return (), lines_of(user, rows, Child.objects.in_bulk({row.child_id for row in rows}))


LISTS: Mapping[str, Behind] = {
    "children": Behind("Children", "child,children", "No child is held here today.", _children, _told_children),
    "without": Behind(
        "In care without a social worker",
        "child,children",
        "Every child in care has a social worker.",
        _without,
        _told_children,
    ),
    "overdue": Behind("Overdue", "thing,things", "Nothing is overdue.", _overdue, _told_owed),
    "soon": Behind("Due in 14 days", "thing,things", "Nothing is due in 14 days.", _soon, _told_owed),
}
"""By the word in the address."""
