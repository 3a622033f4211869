"""The made-up authority feeds every duty: what is owed, done in time, done late and not done in believable shares."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hearth.synthetic.authority import make
from hearth.tables.record import Record
from hearth.timescales import engine
from hearth.timescales.catalogue import DUTIES
from hearth.timescales.limits import Limit, Limits, national
from hearth.timescales.terms import COLUMNS, Terms

AS_OF = date(2026, 3, 31)
NO_NUMBER = (
    Limit("staying-close", 20, "working_day", valid_from=date(2020, 4, 1)),
    Limit("placement-order", 26, "week"),
)
"""The law gives these no number: a council's own switches them on."""


def terms() -> Terms:
    """School terms much like each other, year after year."""
    rows = [
        row
        for y in range(2005, 2027)
        for row in (
            ("spring", date(y, 1, 4), date(y, 3, 28), date(y, 2, 14), date(y, 2, 18)),
            ("summer", date(y, 4, 15), date(y, 7, 22), date(y, 5, 27), date(y, 5, 31)),
            ("autumn", date(y, 9, 3), date(y, 12, 19), date(y, 10, 26), date(y, 10, 30)),
        )
    ]
    return Terms(pl.DataFrame(rows, schema=list(COLUMNS), orient="row"))


@pytest.fixture(scope="module")
def council() -> Record:
    return make(children=1000, years=10)


@pytest.fixture(scope="module")
def stood(council: Record) -> pl.DataFrame:
    """How every occurrence of every duty stands on the day."""
    calendar = terms()
    limits: Limits = national().with_own(NO_NUMBER).with_terms(dict.fromkeys(council.authorities, calendar))
    return engine.as_of(engine.occurrences(council, limits=limits), [AS_OF])


def test_no_duty_is_without_an_occurrence(council: Record, stood: pl.DataFrame) -> None:
    owed = set(stood["duty"].cast(pl.String))
    assert engine.unavailable(council) == {}
    assert set(DUTIES) - owed == set()
    assert len(owed) == 164


def test_most_is_done_in_time_some_late_and_some_not(stood: pl.DataFrame) -> None:
    fell_due = stood.filter(pl.col("status").is_in(["met", "late", "overdue", "missed", "overtaken"]))
    shares = fell_due.group_by("subject").agg(
        (pl.col("status") == "met").mean().alias("met"),
        (pl.col("status") == "late").mean().alias("late"),
        pl.col("status").is_in(["overdue", "missed", "overtaken"]).mean().alias("undone"),
    )
    children = shares.filter(pl.col("subject") == "child").row(0, named=True)
    assert 0.7 < children["met"] < 0.95
    assert 0.03 < children["late"] < 0.25
    assert 0.01 < children["undone"] < 0.15


def test_of_most_duties_some_are_met_some_late_and_some_overdue(stood: pl.DataFrame) -> None:
    counts = stood.group_by("duty").agg(
        (pl.col("status") == "met").sum().alias("met"),
        (pl.col("status") == "late").sum().alias("late"),
        (pl.col("status") == "overdue").sum().alias("overdue"),
    )
    assert counts.filter(pl.col("met") > 0).height > 155
    assert counts.filter(pl.col("late") > 0).height > 145
    assert counts.filter(pl.col("overdue") > 0).height > 110
