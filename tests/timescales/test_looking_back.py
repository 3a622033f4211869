"""What is asked of later days only is the same as asked of all history: nothing that still counts is left out."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hearth.synthetic.authority import make
from hearth.tables.record import Record
from hearth.timescales import eligibility, engine
from hearth.timescales.catalogue import DUTIES

TODAY = date(2026, 3, 31)
SINCE = date(2024, 3, 31)
KEYS = ("authority", "child_id", "as_of")


@pytest.fixture(scope="module")
def council() -> Record:
    """A made-up council of forty children, with five years of history."""
    return make(40, 5, 3, as_of=TODAY)


def test_what_lapsed_before_the_day_is_left_out_and_nothing_else(council: Record) -> None:
    lapsed = (pl.col("lapses_on") < SINCE).fill_null(value=False)
    whole = engine.occurrences(council)
    assert 0 < whole.filter(lapsed).height < whole.height
    later = engine.occurrences(council, lapsed_since=SINCE)
    assert later.drop("occurrence").equals(whole.filter(~lapsed).drop("occurrence"))


def test_young_people_of_some_ages_have_the_category_they_have_among_everybody(council: Record) -> None:
    days = [date(2025, 3, 31), TODAY]
    everybody = eligibility.categories(council, days).sort(KEYS)
    young = eligibility.categories(council, days, ages=(16, 24)).sort(KEYS)
    assert 0 < young.height < everybody.height
    assert young.equals(everybody.join(young.select(KEYS), on=KEYS, how="semi", maintain_order="left"))
    others = everybody.join(young, on=KEYS, how="anti")["category"].unique().to_list()
    assert set(others) <= {eligibility.UNDER_16, eligibility.NONE}


def test_to_a_child_whose_care_is_over_nothing_is_owed_by_a_clock_that_ends_with_care(council: Record) -> None:
    ended = council["periods_of_care"].filter(~pl.col("is_short_breaks")).group_by("authority", "child_id")
    left = ended.agg((pl.col("ended_on") < SINCE).fill_null(value=False).all().alias("is_over")).filter("is_over")
    kept = {duty.id for duty in DUTIES.values() if duty.clock.in_care}
    running = engine.occurrences(council, kept).filter((pl.col("lapses_on") >= SINCE).fill_null(value=True))
    assert len(kept) > 50
    assert left.height > 20
    assert running.join(left, on=["authority", "child_id"], how="semi")["duty"].unique().to_list() == []
