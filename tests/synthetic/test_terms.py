"""Made-up term dates can be those of a council: weekdays, one after the other, with a half-term inside."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import polars as pl

from hearth.synthetic.terms import term_dates
from hearth.timescales.terms import by_authority


def test_terms_follow_one_another_and_hold_their_half_term() -> None:
    made = term_dates("E10000020", 2015, 2030)
    rows = made.rows(named=True)
    assert made.height == 3 * 16
    for row, following in pairwise(rows):
        assert row["start"].weekday() == row["half_term_start"].weekday() == 0
        assert row["end"].weekday() == row["half_term_end"].weekday() == 4
        assert row["start"] < row["half_term_start"] < row["half_term_end"] < row["end"] < following["start"]


def test_the_file_is_one_that_the_duties_read(tmp_path: Path) -> None:
    term_dates("E10000020", 2025, 2026).write_csv(tmp_path / "term_dates.csv")
    found = by_authority(tmp_path / "term_dates.csv")["E10000020"]
    assert found.table.select(pl.col("term").first()).item() == "spring 2025"
    assert found.end_of_term(date(2026, 3, 2), 1) == date(2026, 7, 17)
