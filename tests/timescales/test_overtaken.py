"""A later occurrence takes the place of one never done: from which day, in which words, and in which figures."""

from __future__ import annotations

from datetime import date

import polars as pl

from hearth.measures.engine import measure
from hearth.measures.periods import series
from hearth.timescales import engine
from hearth.timescales.catalogue import CLOCKS
from hearth.timescales.duty import DONE
from hearth.timescales.explain import explain
from tests.timescales.builders import a_record, check, days, drawn, in_care

D = date.fromisoformat
ENTERED = {"people": [{}], "episodes": [in_care("2024-01-03")]}
REVIEWED = {**ENTERED, "reviews": days("2024-03-28, 2024-09-26", "held_on")}
SENT_ONCE = a_record({**REVIEWED, "case_actions": days("2024-09-27", "done_on", kind="review_decisions_sent")})
DECISIONS = "review-decisions-issued"


def test_it_is_overdue_until_the_next_takes_its_place():
    asked = drawn("""
    as of      | status
    2024-04-08 | due
    2024-04-09 | overdue
    2024-09-25 | overdue
    2024-09-26 | overtaken
    2026-03-31 | overtaken""")
    found = engine.occurrences(SENT_ONCE, [DECISIONS])
    stood = engine.as_of(found, [D(row["as of"]) for row in asked]).filter(pl.col("opened_on") == D("2024-03-28"))
    assert stood.select(pl.col("as_of", "status").cast(pl.String)).rows() == [(r["as of"], r["status"]) for r in asked]
    assert engine.as_of(found, [D("2024-09-25")])["overtaken_on"].null_count() == 1


def test_it_is_on_no_list_of_what_is_owed_and_in_the_history_with_its_day():
    now, whole = (engine.due_list(SENT_ONCE, D("2024-10-31"), history=told) for told in (False, True))
    assert now.filter(pl.col("duty") == DECISIONS).is_empty()
    first = whole.filter(pl.col("duty") == DECISIONS).row(0, named=True)
    assert first["status"] == "overtaken"
    assert first["why"].startswith(
        "Due by 8 April 2024 and not done; the next one took its place on 26 September 2024. 5 working days from"
    )
    told = explain(SENT_ONCE, "1", DECISIONS, D("2024-10-31"))
    assert "Not done. The next one took its place on 26 September 2024.\n   So it is overtaken." in told


def test_it_counts_as_not_in_time_in_the_year_in_which_it_fell_due():
    found = measure(SENT_ONCE, [*series(D("2025-03-31"))], only=[f"{DECISIONS}-in-time", f"{DECISIONS}-up-to-date"])
    counted = {row["measure"]: (row["numerator"], row["denominator"]) for row in found.iter_rows(named=True)}
    assert counted[f"{DECISIONS}-in-time"] == (1, 2)
    assert counted[f"{DECISIONS}-up-to-date"] == (1, 1)


def test_one_visit_answers_all_that_was_asked_before_it():
    """Asked on Thursday 28 March and on Friday 12 April: each is in time, or late, by its own day."""

    def life(row):
        asked = [{"kind": "visit", "raised_on": day} for day in ("2024-03-28", "2024-04-12")]
        return {**ENTERED, "requests": asked, "visits": days(row["visited"], "visited_on")}

    first = a_record(life({"visited": "2024-04-15"}))
    stood = engine.as_of(engine.occurrences(first, ["visit-on-request"]), [D("2024-12-31")])
    assert [str(status) for status in stood["status"]] == ["late", "met"]
    check(
        "visit-on-request",
        "2024-12-31",
        """
        visited    | due        | outcome
        2024-04-15 | 2024-04-19 | met
        2024-04-22 | 2024-04-19 | late
                   | 2024-04-19 | overdue""",
        life,
    )


def test_only_a_clock_whose_spans_say_what_was_done_goes_by_what_was_done():
    by_done = [clock for clock in CLOCKS if any(each.once == DONE for each in clock.overtaken)]
    assert by_done
    assert [clock.name for clock in by_done if clock.is_chain or clock.answers is not None] == []
