"""Made-up term dates: three terms a school year, each with its half-term, as most councils in England have them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

WEEK = timedelta(days=7)
TERMS = (
    ("autumn", (9, 2), (12, 20), (10, 26)),
    ("spring", (1, 4), (4, 1), (2, 15)),
    ("summer", (4, 15), (7, 22), (5, 28)),
)
"""Term; begins on the Monday on or after; ends on the Friday on or before; half-term is the week that holds."""
NAMES = ("authority", "term", "start", "end", "half_term_start", "half_term_end")


def term_dates(authority: str, first: int, last: int) -> pl.DataFrame:
    """The terms of the calendar years ``first`` to ``last``: the columns of a table of term dates, in order."""
    rows = [row for year in range(first, last + 1) for row in _of(authority, year)]
    return pl.DataFrame(rows, schema=NAMES, orient="row").sort("start")


def _of(authority: str, year: int) -> Iterator[tuple[str, str, date, date, date, date]]:
    for name, start, end, half in TERMS:
        begins = _monday(date(year, *start) + timedelta(days=6))
        ends = _monday(date(year, *end) - timedelta(days=4)) + timedelta(days=4)
        away = _monday(date(year, *half))
        yield authority, f"{name} {year}", begins, ends, away, away + timedelta(days=4)


def _monday(day: date) -> date:
    """The Monday of the week."""
    return day - timedelta(days=day.weekday())
