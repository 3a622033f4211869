"""A due list looks only at what can still be owed, some authorities at a time; it says what the whole history says."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.synthetic.authority import make
from hearth.tables import batches
from hearth.tables.record import Record
from hearth.timescales.engine import due_list, occurrences

DAY = date(2026, 3, 31)
NATION = make(60, 6, 4, as_of=DAY, authorities=5)
WHOLE = occurrences(NATION)


def asked(found: pl.DataFrame, lapsed_since: date | None, done_since: date | None) -> pl.DataFrame:
    """What had not lapsed, or been done, before the days; how many came before is not asked."""
    over = (pl.col("lapses_on") < pl.lit(lapsed_since, pl.Date)).fill_null(value=False)
    done = (pl.col("done_on") < pl.lit(done_since, pl.Date)).fill_null(value=False)
    return found.filter(~over, ~done).drop("child", "occurrence")


DAYS = st.none() | st.dates(date(2018, 1, 1), date(2027, 12, 31))


@settings(max_examples=8, deadline=None)
@given(lapsed_since=DAYS, done_since=DAYS)
def test_leaving_out_what_was_over_or_done_before_a_day_changes_nothing_after_it(
    lapsed_since: date | None, done_since: date | None
) -> None:
    found = occurrences(NATION, lapsed_since=lapsed_since, done_since=done_since)
    whole = asked(WHOLE, lapsed_since, done_since)
    assert asked(found, None, None).equals(whole)
    assert whole.height < WHOLE.height or lapsed_since is done_since is None


@pytest.mark.parametrize("history", [False, True])
def test_the_due_list_of_a_nation_does_not_depend_on_the_batches(
    history: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = due_list(NATION, DAY, days=30, history=history)
    monkeypatch.setattr(batches, "PEOPLE_AT_ONCE", 100)
    assert batches.is_large(NATION)
    assert len(list(batches.parts(NATION))) > 1
    split = due_list(NATION, DAY, days=30, history=history)
    assert split.sort(pl.all()).equals(whole.sort(pl.all()))
    assert whole["subject"].n_unique() == 4


def test_an_authority_of_which_no_person_is_known_keeps_its_homes(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {name: frame.filter(pl.col("authority") != NATION.authorities[2]) for name, frame in NATION.tables.items()}
    homes = {name: NATION[name] for name in NATION.tables if "child_id" not in NATION[name].columns}
    record = Record(tables=tables | homes, kind=NATION.kind, carries=NATION.carries)
    whole = due_list(record, DAY, days=30)
    monkeypatch.setattr(batches, "PEOPLE_AT_ONCE", 100)
    assert due_list(record, DAY, days=30).sort(pl.all()).equals(whole.sort(pl.all()))
