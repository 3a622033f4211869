"""Many rows at once: each with its first version, its load and its defaults; changed and withdrawn with theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hearth.web.children import bulk, frames
from hearth.web.children.models import Child, Episode, Visit
from hearth.web.intake.models import Batch

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db


@pytest.fixture
def load(db: None, a_user: Build) -> bulk.Load:
    batch = Batch.objects.create(kind="ssd", said="The nightly extract")
    return bulk.Load(batch, a_user(role="analyst"), why="nightly")


def visits(child: Child, *days: date) -> tuple[list[str], list[tuple[Any, ...]]]:
    frame = pl.DataFrame(
        {"authority": child.authority, "child_id": child.child_id, "visited_on": list(days), "is_seen": True}
    )
    lacking = [pl.lit(None, pl.Boolean).alias("is_seen_alone"), pl.lit(None, pl.String).alias("reason_not_alone")]
    return frames.values_for("visits", frame.with_columns(lacking), frames.keys())


def test_rows_are_added_with_their_first_version(a_child: Build, load: bulk.Load, visited: Build) -> None:
    child = a_child()
    earlier = visited(child, date(2025, 1, 1))
    days = [date(2025, 3, 3), date(2025, 3, 9)]
    assert bulk.insert(Visit, *visits(child, *days), load) == 2
    rows = list(Visit.objects.exclude(pk=earlier.pk).order_by("visited_on"))
    assert [(r.visited_on, r.is_seen, r.is_seen_alone, r.concerns, r.note) for r in rows] == [
        (day, True, None, "", None) for day in days
    ]
    for row in rows:
        version = row.history.get()
        assert (row.source, row.recorded_by, row.revision) == (f"load {load.batch_key}", load.by, 1)
        assert (version.history_type, version.history_user, version.history_change_reason) == ("+", load.by, "nightly")
        assert (version.visited_on, version.recorded_at) == (row.visited_on, row.recorded_at)
    assert earlier.history.count() == 1


def test_rows_are_changed_with_another_version(a_child: Build, load: bulk.Load, visited: Build) -> None:
    child = a_child()
    first, second = visited(child, date(2025, 1, 1)), visited(child, date(2025, 2, 2))
    before = timezone.now()
    assert bulk.update(Visit, ["visited_on", "is_seen"], [(first.pk, "2025-01-02", None)], load) == 1
    first.refresh_from_db()
    assert (first.visited_on, first.is_seen, first.revision, first.batch) == (date(2025, 1, 2), None, 2, load.batch)
    assert [(v.history_type, v.visited_on) for v in first.history.all()] == [
        ("~", date(2025, 1, 2)),
        ("+", date(2025, 1, 1)),
    ]
    assert Visit.as_of(before).get(pk=first.pk).visited_on == date(2025, 1, 1)
    assert second.history.count() == 1


def test_rows_are_withdrawn_and_stand_again(a_child: Build, load: bulk.Load) -> None:
    child = a_child()
    bulk.insert(Visit, *visits(child, date(2025, 3, 3), date(2025, 3, 9)), load)
    keys = list(Visit.objects.values_list("pk", flat=True))
    assert (bulk.withdraw(Visit, keys[:1], load), Visit.objects.count()) == (1, 1)
    assert (bulk.restore(Visit, keys[:1], load), Visit.objects.count()) == (1, 2)
    assert [v.is_withdrawn for v in Visit.everything.get(pk=keys[0]).history.all()] == [False, True, False]
    assert bulk.withdraw(Visit, [], load) == 0


def test_the_database_refuses_what_breaks_a_truth_and_nothing_is_left(
    a_child: Build, load: bulk.Load, placed: Build
) -> None:
    child = a_child()
    placed(child)
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(Episode, ["child", "started_on"], [(child.pk, "2025-01-01")], load)
    assert (Episode.objects.count(), Episode.history.count()) == (1, 1)


def test_rows_of_a_child_that_is_not_known_are_left_out(a_child: Build) -> None:
    stranger = Child(authority="E10000020", child_id="nobody")
    a_child()
    assert visits(stranger, date(2025, 3, 3))[1] == []
