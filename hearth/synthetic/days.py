"""Days: birthdays, weekdays, and chains of events that follow each other at drawn distances."""

from __future__ import annotations

import polars as pl

SATURDAY = 6


def plus(day: str | pl.Expr, count: pl.Expr | int) -> pl.Expr:
    """The day that many days later."""
    start = pl.col(day) if isinstance(day, str) else day
    return (start.cast(pl.Int64) + count).cast(pl.Int32).cast(pl.Date)


def birthday(age: int, born: str = "born_on") -> pl.Expr:
    """The birthday at that age; 1 March for those born on 29 February in a common year (rule R6)."""
    same_day = pl.col(born).dt.offset_by(f"{age}y")
    return pl.when(same_day.dt.day() == pl.col(born).dt.day()).then(same_day).otherwise(plus(same_day, 1))


def years_old(on: str | pl.Expr, born: str = "born_on") -> pl.Expr:
    """Age in whole years on a day; the years are compared as numbers so that a column of days costs little."""
    day = pl.col(on) if isinstance(on, str) else on
    return (_as_number(day) - _as_number(pl.col(born))) // 10_000


def _as_number(day: pl.Expr) -> pl.Expr:
    """The day as a whole number such as 20260331."""
    month = day.dt.month().cast(pl.Int64) * 100
    return day.dt.year().cast(pl.Int64) * 10_000 + month + day.dt.day().cast(pl.Int64)


def weekday(day: str | pl.Expr) -> pl.Expr:
    """The day itself, or the Friday before when it falls at a weekend: planned work is done on weekdays."""
    on = pl.col(day) if isinstance(day, str) else day
    return plus(on, -(on.dt.weekday().cast(pl.Int64) - SATURDAY + 1).clip(0))


def turns(spells: pl.DataFrame, count: pl.Expr) -> pl.DataFrame:
    """Each spell repeated ``count`` times: ``spell`` numbers the spell, ``turn`` counts from 0 within it."""
    rows = spells.with_row_index("spell").with_columns(pl.int_ranges(0, count.cast(pl.Int64).clip(0)).alias("turn"))
    return rows.filter(pl.col("turn").list.len() > 0).explode("turn")


def running(gap: str) -> pl.Expr:
    """Days from the beginning of the spell to this turn: the column of gaps, added up."""
    return pl.col(gap).cum_sum().over("spell")


def length(start: str = "from_on", end: str = "until_on") -> pl.Expr:
    """Days between two days."""
    return (pl.col(end) - pl.col(start)).dt.total_days()
