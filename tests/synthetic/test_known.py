"""Children helped at home count in no figure of care: theirs are their own plans and the duties of short breaks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from hearth.measures import engine
from hearth.measures.periods import series
from hearth.returns import ssda903
from hearth.returns.source import open_source
from hearth.synthetic.authority import make
from hearth.tables import catalogue
from hearth.tables.record import Record
from hearth.timescales import engine as duties
from tests.synthetic.counting import full_care

AS_OF = date(2026, 3, 31)
CHILD = ["authority", "child_id"]
OWN_MEASURES = {"child-in-need-plans", "child-protection-plans"}
OWN_DUTIES = {"review-short-breaks", "visit-short-breaks"}
FIGURE = ["measure", "as_of", "numerator", "denominator", "value", "not_known"]


@pytest.fixture(scope="module")
def record() -> Record:
    return make(children=400, years=4, seed=7)


@pytest.fixture(scope="module")
def without(record: Record) -> Record:
    """The same council without those who have never been in care for a day."""
    cared_for = full_care(record).select(CHILD).unique()
    of_children = [name for name in record.tables if catalogue.subject(name) == "child"]
    tables = {name: record[name] for name in record.tables} | {
        name: record[name].join(cared_for, on=CHILD, how="semi") for name in of_children
    }
    return Record(tables, record.kind, record.carries, record.snapshot_on, record.history_from)


def test_they_change_no_figure_but_that_of_their_plans(record: Record, without: Record) -> None:
    with_them, alone = (engine.measure(each, series(AS_OF, 2)).select(FIGURE) for each in (record, without))
    changed = with_them.join(alone, on=FIGURE, how="anti", nulls_equal=True)
    assert set(changed["measure"]) == OWN_MEASURES
    assert with_them.height == alone.height


def test_nothing_is_owed_to_them_but_what_short_breaks_ask(record: Record, without: Record) -> None:
    theirs = duties.occurrences(record, subject="child").join(without["people"], on=CHILD, how="anti")
    breaks = record["episodes"].filter(pl.col("legal_status").is_in(["V3", "V4"]))
    assert theirs.join(breaks, on=CHILD, how="anti").is_empty()
    assert OWN_DUTIES <= set(theirs["duty"].cast(pl.String)) <= OWN_DUTIES | {"visit-seen-alone"}


def test_a_plan_lasts_from_birth_to_18_at_most_and_one_of_a_kind_at_a_time(record: Record) -> None:
    known = record["people"].join(full_care(record), on=CHILD, how="anti").select(*CHILD, "born_on")
    plans = record["earlier_plans"].join(known, on=CHILD).sort(*CHILD, "kind", "started_on")
    assert plans.height > 1000
    before = pl.col("ended_on").shift(1).over(*CHILD, "kind")
    adult_on = pl.col("born_on").dt.offset_by("18y")
    broken = {
        "before birth": pl.col("started_on") < pl.col("born_on"),
        "after 18": pl.coalesce("ended_on", pl.lit(AS_OF)) > adult_on.dt.offset_by("1d"),
        "two at once": pl.col("started_on") < before,
    }
    assert {name: plans.filter(rule).height for name, rule in broken.items()} == dict.fromkeys(broken, 0)


def test_the_return_tells_of_short_breaks_and_not_of_stays_of_hours(record: Record, tmp_path: Path) -> None:
    """Rules 355 and 399: no stay under 24 hours; neither review nor motherhood where all is short breaks."""
    ssda903.write(record, tmp_path / "return" / "of_the_year", year=2026)
    found = open_source(tmp_path / "return" / "of_the_year", authority="E10000020")
    breaks = found["episodes"].filter(pl.col("legal_status").is_in(["V3", "V4"]))
    assert breaks.height > 5
    only = breaks.join(full_care(record), on=CHILD, how="anti").select(CHILD)
    assert found["reviews"].join(only, on=CHILD, how="semi").is_empty()
    assert found["people"].join(only, on=CHILD, how="semi")["is_mother"].null_count() == only.n_unique()
    assert found["episodes"].filter(pl.col("started_on") == pl.col("ended_on")).is_empty()
    assert (
        found["people"]
        .join(found["episodes"], on=CHILD, how="anti")
        .join(full_care(record), on=CHILD, how="anti")
        .is_empty()
    )
