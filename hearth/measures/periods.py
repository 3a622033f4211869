"""The days a figure speaks of: a reporting day and the period that ends on it, one or many months of them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import polars as pl

Length = Literal["12m", "ytd", "month"]
LENGTHS: tuple[Length, ...] = ("12m", "ytd", "month")
"""The 12 months to the day; the year to date from 1 April; the month of the day."""


@dataclass(frozen=True, order=True)
class Period:
    """A reporting day and the first day of the period that ends on it, both included."""

    as_of: date
    period_start: date


def series(as_of: date, months: int = 1, period: Length = "12m") -> list[Period]:
    """``months`` periods ending with the one to ``as_of``, the earliest first; month ends stay month ends."""
    days = [_months_back(as_of, back) for back in range(months - 1, -1, -1)]
    return [Period(day, start(day, period)) for day in days]


def start(as_of: date, period: Length = "12m") -> date:
    """First day of the period that ends on ``as_of``: at 31 March the 12 months begin on 1 April of the year before."""
    if period == "month":
        return as_of.replace(day=1)
    if period == "ytd":
        return date(as_of.year if as_of.month >= 4 else as_of.year - 1, 4, 1)
    return _clamped(as_of + timedelta(days=1), -12)


def frame(periods: Sequence[Period]) -> pl.DataFrame:
    """The periods as a frame (as_of, period_start), in order of the day, each once."""
    rows = sorted(set(periods))
    kinds = {"as_of": pl.Date(), "period_start": pl.Date()}
    return pl.DataFrame([(each.as_of, each.period_start) for each in rows], schema=kinds, orient="row")


def _months_back(day: date, months: int) -> date:
    """The same day some months earlier; the last day of a month stays the last day."""
    moved = _clamped(day, -months)
    is_month_end = (day + timedelta(days=1)).month != day.month
    return moved.replace(day=monthrange(moved.year, moved.month)[1]) if is_month_end else moved


def _clamped(day: date, months: int) -> date:
    """The corresponding day; the last day of the month where the month is shorter (rule R5)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
