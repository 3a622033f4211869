"""Printed cells as numbers: what is a number, what is a mark in its place, what is a time in years and months."""

from __future__ import annotations

import polars as pl

DAYS_IN_A_MONTH = 365.25 / 12

_NUMBER = r"^ *(-?[0-9,]*\.?[0-9]+)"
_MARK = r"^ *(?:-?[0-9,]*\.?[0-9]+)? *([^0-9 ].*?)? *$"
"""Plain classes, because those of Unicode take longer to compile than a whole file to read."""


def number(column: str) -> pl.Expr:
    """The number in a printed cell; null where a mark stands in its place, never zero."""
    return pl.col(column).str.extract(_NUMBER).str.replace_all(",", "").cast(pl.Float64, strict=False)


def mark(column: str) -> pl.Expr:
    """The mark in a printed cell, alone or behind a number; null where there is none."""
    return pl.col(column).str.extract(_MARK).str.to_lowercase()


def days(column: str) -> pl.Expr:
    """The days of a cell printed as years and months ("01:07" is 19 months of 30.4 days)."""
    part = pl.col(column).str.extract_groups(r"^ *([0-9]+):([0-9]+) *$")
    months = part.struct[0].cast(pl.Int64) * 12 + part.struct[1].cast(pl.Int64)
    return months * DAYS_IN_A_MONTH


def year_ended_on(column: str, identifier: str) -> pl.Expr:
    """The last day of the year printed: 31 March of "2025", 31 August of the school year "202425"; null for others."""
    text = pl.col(column).str.strip_chars()
    school = text.str.contains(r"^[0-9]{6}$") & pl.col(identifier).str.to_lowercase().str.contains("academic")
    year = text.str.extract(r"^([0-9]{4})(?: \((?:Rev|Final|prov)\))?$").cast(pl.Int32, strict=False)
    later = (text.str.slice(0, 4).cast(pl.Int32, strict=False) + 1).alias("later")
    return pl.when(school).then(pl.date(later, 8, 31)).when(year.is_not_null()).then(pl.date(year, 3, 31))
