"""Which periods of care count, and who is in care on a day: neither short breaks nor stays under 24 hours (rule R8)."""

from __future__ import annotations

from datetime import date

import polars as pl

from hearth.tables.record import Record


def full_care(record: Record) -> pl.DataFrame:
    """Periods of care that count."""
    return record["periods_of_care"].filter(~pl.col("is_short_breaks") & ~pl.col("is_under_24_hours"))


def in_care(record: Record, day: date) -> int:
    """Children in care on the day."""
    periods = full_care(record)
    goes_on = pl.col("ended_on").is_null() | (pl.col("ended_on") > day)
    return periods.filter((pl.col("started_on") <= day) & goes_on)["child_id"].n_unique()
