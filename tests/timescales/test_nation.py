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


def lasting(found: pl.DataFrame, since: date) -> pl.DataFrame:
    """What had not lapsed before the day; how many came before in a span long over is not asked."""
    over = (pl.col("lapses_on") < since).fill_null(value=False)
    return found.filter(~over).drop("child", "occurrence")


@settings(max_examples=6, deadline=None)
@given(since=st.dates(date(2018, 1, 1), date(2027, 12, 31)))
def test_leaving_out_what_was_over_before_a_day_changes_nothing_after_it(since: date) -> None:
    assert lasting(occurrences(NATION, lapsed_since=since), since).equals(lasting(WHOLE, since))


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
