"""Rows of a source and of the record: which is which, whatever their order."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.tables import catalogue
from hearth.tables.keys import KEYS
from hearth.tables.matching import match

COMPARED = ("visited_on", "is_seen", "is_seen_alone", "reason_not_alone")
A_ROW = st.tuples(st.sampled_from(["C1", "C2"]), st.integers(1, 3), st.sampled_from([True, False, None]))
ROWS = st.lists(A_ROW, max_size=8)


def visits(rows: list[tuple[str, int, bool | None]]) -> pl.DataFrame:
    facts = [
        {"authority": "A", "child_id": c, "visited_on": date(2026, 3, day), "is_seen": seen} for c, day, seen in rows
    ]
    schema = {c: catalogue.empty("visits").schema[c] for c in ("authority", "child_id", "visited_on", "is_seen")}
    return catalogue.conform("visits", pl.DataFrame(facts, schema=schema))


@given(ROWS, ROWS, st.randoms())
@settings(max_examples=60, deadline=None)
def test_every_row_of_both_is_accounted_for_once_whatever_the_order(source, record, chance):  # type: ignore[no-untyped-def]  # drawn
    kept = visits(record).with_row_index("row_id").with_columns(is_withdrawn=pl.lit(value=False))
    found = match("visits", visits(source).with_row_index("at"), kept, COMPARED)
    ours = [*found.same["at"], *found.differs["at"], *found.told["at"], *found.new["at"]]
    theirs = [*found.same["row_id"], *found.differs["row_id"], *found.absent["row_id"]]
    assert sorted(ours) == list(range(len(source)))
    assert sorted(theirs) == list(range(len(record)))
    chance.shuffle(source)
    again = match("visits", visits(source).with_row_index("at"), kept, COMPARED)
    assert [f.height for f in (again.same, again.differs, again.new)] == [
        f.height for f in (found.same, found.differs, found.new)
    ]


@pytest.mark.parametrize("name", sorted(set(catalogue.TABLES) - catalogue.DERIVED))
def test_every_table_has_a_key_of_its_own_columns(name: str):
    key = KEYS[name]
    named = {*key.columns, key.since, key.until, key.span} - {None}
    assert named <= set(catalogue.TABLES[name].columns())
