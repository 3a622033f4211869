"""What is stored as owed is what the engine finds, whatever was recorded, on the day it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from pytest_django import Settings

from hearth.timescales.engine import current, due_list, occurrences
from hearth.web.children import actions
from hearth.web.children.frames import record_of
from hearth.web.children.models import Child, Visit
from hearth.web.work import owing
from hearth.web.work.models import Owed, Reckoning

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)
COLUMNS = ("duty", "opened_on", "triggered_on", "due_on", "refused_on", "is_known")


@pytest.fixture(autouse=True)
def the_day(settings: Settings) -> Iterator[None]:
    settings.HEARTH_TODAY = TODAY
    owing.limits.cache_clear()
    owing.declarations.cache_clear()
    yield
    owing.limits.cache_clear()
    owing.declarations.cache_clear()


def stored(day: date = TODAY) -> list[tuple[object, ...]]:
    return sorted(Owed.objects.open_on(day).values_list("child__child_id", *COLUMNS), key=repr)


def found(day: date = TODAY) -> list[tuple[object, ...]]:
    open_ = current(occurrences(record_of(), subject="child"), [day])
    return sorted(
        (row for *row, status in open_.select("child_id", *COLUMNS, "status").iter_rows() if status != "lapsed"),
        key=repr,
    )


def _tuples(rows: list[Any]) -> list[tuple[object, ...]]:
    return [tuple(row) for row in rows]


def visit(child: Child, by: Any, on: date, chance: Random) -> None:
    actions.record_visit(child=child, by=by, visited_on=on, is_seen=chance.random() < 0.8)


def review(child: Child, by: Any, on: date, chance: Random) -> None:
    actions.record_review(child=child, by=by, held_on=on, participation="PN1")


def enter_care(child: Child, by: Any, on: date, chance: Random) -> None:
    place = chance.choice(["U6", "K2", "P1"])
    actions.start_care(
        child=child, by=by, started_on=on, legal_status="C2", category_of_need="N1", placement_type=place
    )


def move(child: Child, by: Any, on: date, chance: Random) -> None:
    place = chance.choice(["U4", "K2", "A3"])
    actions.move(child=child, by=by, moved_on=on, placement_type=place, reason_placement_changed="CARPL")


def leave(child: Child, by: Any, on: date, chance: Random) -> None:
    actions.end_care(child=child, by=by, ended_on=on, reason_ended="E4A")


def take_back(child: Child, by: Any, on: date, chance: Random) -> None:
    last = Visit.objects.filter(child=child).last()
    if last:
        actions.withdraw(last, by=by, why="Recorded for the wrong child")


ACTS = (enter_care, visit, visit, review, move, leave, take_back)


@pytest.mark.parametrize("seed", range(3))
def test_after_each_save_the_store_holds_what_the_engine_finds(seed: int, a_child: Build, a_user: Build) -> None:
    chance, by = Random(seed), a_user()
    children = [a_child(born_on=date(2009, 1, 5)), a_child(born_on=date(2022, 6, 1))]
    day, done = date(2024, 3, 1), 0
    while day < TODAY:
        day += timedelta(days=chance.randint(0, 90))
        try:
            chance.choice(ACTS)(chance.choice(children), by, min(day, TODAY), chance)
            done += 1
        except ValidationError:
            continue
        assert stored() == _tuples(found())
    assert done > 5


def test_the_store_answers_for_later_days_without_being_worked_out_again(a_child: Build, a_user: Build) -> None:
    child = a_child(born_on=date(2008, 5, 1))
    actions.start_care(
        child=child,
        by=a_user(),
        started_on=date(2026, 1, 5),
        legal_status="C2",
        category_of_need="N1",
        placement_type="U6",
    )
    for days in (1, 20, 45, 200):
        later = TODAY + timedelta(days=days)
        assert stored(later) == _tuples(found(later))


def test_a_visit_takes_what_it_meets_off_the_list_and_puts_the_next_on(a_child: Build, a_user: Build) -> None:
    child, by = a_child(), a_user()
    actions.start_care(
        child=child,
        by=by,
        started_on=date(2026, 3, 20),
        legal_status="C2",
        category_of_need="N1",
        placement_type="U6",
    )
    first = Owed.objects.open_on(TODAY).get(duty="visit-placement-start")
    assert (first.due_on, first.status_on(TODAY)) == (date(2026, 3, 27), "overdue")
    actions.record_visit(child=child, by=by, visited_on=date(2026, 3, 30), is_seen=True)
    assert not Owed.objects.open_on(TODAY).filter(duty="visit-placement-start").exists()
    next_ = Owed.objects.open_on(TODAY).get(duty="visit-year-one")
    assert (next_.triggered_on, next_.status_on(TODAY)) == (date(2026, 3, 30), "due")


def test_the_store_and_hearth_due_give_the_same_list(a_child: Build, placed: Build, visited: Build) -> None:
    for number in range(3):
        child = a_child(born_on=date(2010 + number, 5, 1))
        placed(child, date(2025, 1 + number, 3))
        visited(child, date(2026, 2, 3))
    owing.rebuild()
    listed = due_list(record_of(), TODAY)
    of_children = {(c, d) for c, d in listed.select("child_id", "duty").iter_rows() if c is not None}
    assert set(Owed.objects.open_on(TODAY).values_list("child__child_id", "duty")) == of_children
    assert of_children
    in_turn = list(Owed.objects.order_by("pk").values_list("child", flat=True))
    assert in_turn == sorted(in_turn) and len(set(in_turn)) == 3, "rows of a child are kept together"


def test_a_changed_limit_is_told_and_the_command_works_it_out(
    a_child: Build, placed: Build, settings: Settings, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    placed(a_child(), date(2026, 3, 20))
    assert owing.is_stale()
    call_command("rebuild_owed")
    assert "things are owed" in capsys.readouterr().out
    assert not owing.is_stale()
    (tmp_path / "hearth.toml").write_text(
        '[[limits]]\nid = "visit-placement-start"\nn = 3\nunit = "day"\nvalid_from = 2026-01-01\n', encoding="utf-8"
    )
    settings.HEARTH_FOLDER = tmp_path
    owing.limits.cache_clear()
    owing.declarations.cache_clear()
    assert owing.is_stale()
    owing.rebuild()
    assert Owed.objects.get(duty="visit-placement-start").due_on == date(2026, 3, 23)
    assert Reckoning.objects.count() == 2
