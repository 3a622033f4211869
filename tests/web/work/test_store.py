"""A store is made the same as what was worked out, and what stood already is left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hearth.web.children.models import Child
from hearth.web.work.models import Stage
from hearth.web.work.store import make_same

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
COLUMNS = ("drift", "opened_on", "ended_on", "moved_on", "still_from")


def stage(rule: str, opened: date, still: date | None = None) -> tuple[object, ...]:
    return (rule, opened, None, None, still)


def keep(child: Child, rows: list[tuple[object, ...]], rules: list[str]) -> None:
    make_same(Stage, COLUMNS, [(child.pk, *row) for row in rows], children=[child.pk], drift=rules)


def kept(child: Child) -> dict[tuple[object, ...], list[int]]:
    found: dict[tuple[object, ...], list[int]] = {}
    for key, *row in Stage.objects.filter(child=child).order_by("pk").values_list("pk", *COLUMNS):
        found.setdefault(tuple(row), []).append(key)
    return found


FIRST, SECOND = stage("a", date(2026, 1, 5)), stage("a", date(2026, 2, 5), date(2026, 3, 1))
OTHER = stage("b", date(2026, 1, 5))


@pytest.mark.parametrize(
    ("before", "after", "rules", "stands"),
    [
        ([FIRST, SECOND], [FIRST, SECOND], ["a"], [FIRST, SECOND]),
        ([FIRST, SECOND], [SECOND], ["a"], [SECOND]),
        ([FIRST], [FIRST, SECOND], ["a"], [FIRST, SECOND]),
        ([FIRST, FIRST], [FIRST], ["a"], [FIRST]),
        ([FIRST], [FIRST, FIRST], ["a"], [FIRST, FIRST]),
        ([FIRST, OTHER], [], ["a"], [OTHER]),
        ([FIRST, OTHER], [], ["a", "b"], []),
    ],
)
def test_only_what_differs_is_written(
    a_child: Build, before: list[Any], after: list[Any], rules: list[str], stands: list[Any]
) -> None:
    child, sibling = a_child(), a_child()
    keep(child, before, ["a", "b"])
    keep(sibling, before, ["a", "b"])
    stood, others = kept(child), kept(sibling)
    keep(child, after, rules)
    found = kept(child)
    assert sorted(row for row, keys in found.items() for _ in keys) == sorted(stands)
    assert all(
        min(len(keys), len(stood.get(row, []))) == len({*keys} & {*stood.get(row, [])}) for row, keys in found.items()
    )
    assert kept(sibling) == others
