"""Work shared by threads: an answer is worked out once, and a mistake in it reaches everybody who asked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, Event

import pytest

from hearth.synthetic.authority import make
from hearth.timescales import history, sharing
from hearth.timescales.engine import occurrences

BOTH = 2


def test_two_who_ask_at_a_time_get_one_answer():
    asked, started, worked_out = sharing.Once[object](), Event(), []

    def work_out() -> object:
        worked_out.append(object())
        started.wait(5)
        return worked_out[-1]

    with ThreadPoolExecutor(BOTH) as threads:
        first = threads.submit(asked, "visits", work_out)
        second = threads.submit(asked, "visits", work_out)
        started.set()
        assert first.result() is second.result() is worked_out[0]
    assert len(worked_out) == 1
    assert asked("reviews", lambda: None) is None


def test_a_mistake_reaches_all_who_ask():
    asked = sharing.Once[int]()
    for _ in range(BOTH):
        with pytest.raises(ZeroDivisionError):
            asked("visits", lambda: 1 // 0)


def test_things_are_worked_on_side_by_side_and_given_in_order(monkeypatch):
    monkeypatch.setattr(sharing, "AT_ONCE", BOTH)
    meet = Barrier(BOTH, timeout=5)

    def work(thing: int) -> int:
        meet.wait()
        return -thing

    assert sharing.each(work, range(6), is_large=True) == [0, -1, -2, -3, -4, -5]
    assert sharing.each(abs, (-1, 2), is_large=False) == [1, 2]


def test_what_is_owed_does_not_depend_on_how_many_clocks_are_worked_on_at_a_time(monkeypatch):
    council = make(40, 5, 3, as_of=date(2026, 3, 31))
    one_by_one = occurrences(council)
    monkeypatch.setattr(sharing, "AT_ONCE", 3)
    monkeypatch.setattr(history, "LARGE", 0)
    assert occurrences(council).equals(one_by_one)


def test_what_is_made_ready_ahead_comes_in_order_and_no_further_ahead_than_one():
    made: list[int] = []

    def things():
        for n in range(1, 5):
            made.append(n)
            yield n

    found = []
    for thing in sharing.ahead(things()):
        found.append(thing)
        assert len(made) <= thing + 1
    assert found == [1, 2, 3, 4]


def test_a_mistake_in_what_is_made_ready_reaches_who_asks_for_it():
    def things():
        yield 1
        raise ValueError("no second")

    with pytest.raises(ValueError, match="no second"):
        list(sharing.ahead(things()))
