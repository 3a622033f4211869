"""As of a day nothing later is known: what happens afterwards changes no figure of these areas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import polars as pl
import pytest

from hearth.measures import education, engine, health, safety, transition, voice
from hearth.measures.measure import Measure
from hearth.measures.periods import series
from hearth.synthetic.authority import make
from hearth.tables.record import Record

TODAY = date(2025, 6, 30)
HAPPENS = {
    "episodes": "started_on",
    "allocations": "started_on",
    "reviews": "held_on",
    "visits": "visited_on",
    "permanence_plans": "recorded_on",
    "long_term_matches": "matched_on",
    "health_assessments": "assessed_on",
    "dental_checks": "checked_on",
    "sdq_scores": "completed_on",
    "substance_misuse": "found_on",
    "convictions": "convicted_on",
    "missing_episodes": "started_on",
    "care_leaver_contacts": "contacted_on",
    "care_leaver_activities": "started_on",
    "care_leaver_accommodations": "started_on",
    "needs_assessments": "completed_on",
    "pathway_plans": "completed_on",
    "returns_home": "started_on",
    "special_needs": "identified_on",
    "ehc_requests": "requested_on",
    "ehc_plans": "started_on",
}
"""The day on which a row comes to be known."""
KNOWN_AT_THE_END = ("reason_ended", "reason_placement_changed", "interview_held_on", "died_on", "ended_on")
MEASURES: dict[str, Measure] = {
    each.id: each for area in (safety, voice, health, education, transition) for each in area.MEASURES
}


@cache
def whole() -> Record:
    """A made-up authority whose history goes on for nine months after the day."""
    return make(200, 5, 7, date(2026, 3, 31))


def known_by(record: Record, today: date) -> Record:
    """The record as it stood on a day."""
    return replace(record, tables={name: _known(name, rows, today) for name, rows in record.tables.items()})


def _known(name: str, rows: pl.DataFrame, today: date) -> pl.DataFrame:
    day = HAPPENS.get(name)
    begun = rows if day is None else rows.filter(pl.col(day).is_null() | (pl.col(day) <= today))
    ends = [column for column in KNOWN_AT_THE_END if column in rows.columns and (day or name == "people")]
    return begun.with_columns(_if_past(column, today) for column in ends)


def _if_past(column: str, today: date) -> pl.Expr:
    day = "ended_on" if column.startswith("reason") else column
    return pl.when(pl.col(day) <= today).then(column).alias(column)


@pytest.mark.parametrize("period", ["12m", "month"])
def test_what_happens_later_changes_no_figure(period: str):
    days = series(TODAY, 3, period)
    later, then = (engine.measure(each, days, measures=MEASURES) for each in (whole(), known_by(whole(), TODAY)))
    today = pl.col("as_of") == TODAY
    assert later.filter(today).to_dicts() == then.filter(today).to_dicts()


def test_a_series_gives_each_day_what_it_gives_alone():
    days = series(date(2026, 3, 31), 4)
    together = engine.measure(whole(), days, measures=MEASURES)
    alone = pl.concat([engine.measure(whole(), [day], measures=MEASURES) for day in days])
    keys = ["measure", "as_of", "sdq_band"]
    assert together.sort(keys).to_dicts() == alone.sort(keys).to_dicts()


def test_the_children_behind_a_figure_add_up_to_it():
    days = series(date(2026, 3, 31), 2)
    for by in ((), ("age_band",), ("sex", "team")):
        keys = ["measure", "as_of", *by]
        figures = engine.measure(whole(), days, by=by, measures=MEASURES).filter(pl.col("sdq_band").is_null())
        behind = engine.children(whole(), days, by=by, measures=MEASURES)
        sums = behind.group_by(keys).agg(
            pl.col("numerator", "denominator").sum(), pl.col("numerator").is_null().sum().alias("not_known")
        )
        both = figures.join(sums, on=keys, how="left", suffix=" of children").fill_null(0)
        counted = both.filter(pl.col("denominator") > 0)
        assert both["numerator"].to_list() == pytest.approx(both["numerator of children"].to_list())
        assert counted["denominator"].to_list() == counted["denominator of children"].to_list()
        assert both["not_known"].to_list() == both["not_known of children"].to_list()
