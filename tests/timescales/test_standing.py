"""How things stand on many days: as of, due in a period, open now, latest due."""

from __future__ import annotations

from datetime import date

import polars as pl

from hearth.timescales import engine
from tests.timescales.builders import a_record, days, drawn, in_care, together

D = date.fromisoformat


def reviewed(held: str | None, end: str | None = None, start: str = "2024-02-01"):
    return {"people": [{}], "episodes": [in_care(start, end)], "reviews": days(held, "held_on")}


ONE = engine.occurrences(a_record(reviewed("2024-03-05, 2024-06-05")))


def test_the_same_occurrence_on_many_days_in_one_pass():
    asked = drawn("""
    as of      | due        | done       | status
    2024-02-28 | 2024-02-29 |            | due
    2024-02-29 | 2024-02-29 |            | due
    2024-03-01 | 2024-02-29 |            | overdue
    2024-03-05 | 2024-02-29 | 2024-03-05 | late""")
    found = engine.as_of(ONE, [D(row["as of"]) for row in asked]).filter(pl.col("duty") == "review-first")
    stood = found.select("as_of", "due_on", "done_on", "status").rows()
    assert stood == [(D(r["as of"]), D(r["due"]), D(r["done"]) if r["done"] else None, r["status"]) for r in asked]


def test_before_it_was_triggered_an_occurrence_is_absent():
    assert engine.as_of(ONE, [D("2024-01-31")]).is_empty()


def test_a_lapsed_occurrence_has_no_due_day_and_says_when_it_would_have_been_due():
    found = engine.occurrences(a_record(reviewed(None, end="2024-02-20")), ["review-first"])
    before, after = engine.as_of(found, [D("2024-02-19"), D("2024-02-20")]).rows(named=True)
    assert (before["status"], before["due_on"], before["ended_on"]) == ("due", D("2024-02-29"), None)
    assert (after["status"], after["due_on"], after["would_be_due_on"]) == ("lapsed", None, D("2024-02-29"))


def test_what_fell_due_in_a_period_with_its_status_on_the_last_day():
    lives = [
        reviewed("2024-02-29"),
        reviewed("2024-04-02"),
        reviewed(None, end="2024-02-29"),
        reviewed(None, start="2024-03-05"),
        {"people": [{}], "episodes": [in_care("2024-01-10", reason_started="P")]},
    ]
    found = engine.occurrences(a_record(together(*lives)), ["review-first"])
    months = pl.DataFrame(
        {"as_of": [D("2024-03-31"), D("2024-04-30")], "period_start": [D("2024-02-01"), D("2024-04-01")]}
    )
    due = engine.due_in(found, months).select("as_of", "child_id", "status").sort("as_of", "child_id").rows()
    march, april = D("2024-03-31"), D("2024-04-30")
    assert due == [
        (march, "1", "met"),
        (march, "2", "overdue"),
        (march, "5", "not_known"),
        (april, "4", "overdue"),
        (april, "5", "not_known"),
    ]


def test_what_is_open_on_a_day():
    lives = [reviewed("2024-02-29"), reviewed(None), reviewed(None, end="2024-03-20")]
    found = engine.occurrences(a_record(together(*lives)), ["review-first", "review-second"])
    now = engine.current(found, [D("2024-03-31")]).select("child_id", "duty", "status").rows()
    assert now == [("1", "review-second", "due"), ("2", "review-first", "overdue")]


def test_the_latest_that_fell_due():
    """One due on the very day and not done yet is passed over: it is still in time."""
    lives = [reviewed("2024-03-05"), reviewed("2024-02-20, 2024-05-30"), reviewed(None, start="2024-05-08")]
    found = engine.occurrences(a_record(together(*lives)), ["review-first", "review-second"])
    rows = engine.latest_due(found, [D("2024-06-05")]).select("child_id", "duty", "status").rows()
    assert rows == [("1", "review-first", "late"), ("2", "review-second", "late")]


def test_only_some_duties_can_be_asked_for_and_an_unknown_one_is_an_error():
    assert set(engine.occurrences(a_record(reviewed(None)), ["review-first"])["duty"]) == {"review-first"}
    try:
        engine.occurrences(a_record(reviewed(None)), ["review-zero"])
    except KeyError as error:
        assert "review-zero" in str(error)
    else:
        raise AssertionError("an unknown duty was answered")


def test_an_empty_record_gives_empty_frames():
    nothing = engine.occurrences(a_record({}))
    assert nothing.is_empty()
    for found in (engine.as_of(nothing, [D("2024-03-31")]), engine.current(nothing, [D("2024-03-31")])):
        assert found.is_empty()
        assert "status" in found.columns
    assert engine.due_list(a_record({}), D("2024-03-31")).is_empty()
