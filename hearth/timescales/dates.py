"""The rules of date arithmetic (R1 to R6, R11, R16 of the handbook) as expressions over columns of days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import polars as pl

from hearth.timescales.holidays import bank_holidays

LONDON = "Europe/London"
LEAP_DAYS_ON = 1


def working_days(start: pl.Expr, n: int) -> pl.Expr:
    """The n-th working day after ``start`` (R1, R2); ``start`` is day 0, also when it is a day off.

    No working days from a day off is the next working day. A negative n counts backwards.
    """
    roll: Literal["backward", "forward"] = "backward" if n > 0 else "forward"
    return start.dt.add_business_days(n, holidays=list(bank_holidays()), roll=roll)


def days(start: pl.Expr, n: int) -> pl.Expr:
    """n days after ``start``; a deadline in days does not roll off a weekend (R3)."""
    return start + pl.lit(timedelta(days=n))


def weeks(start: pl.Expr, n: int) -> pl.Expr:
    """n times seven days after ``start`` (R4)."""
    return days(start, 7 * n)


def weeks_inclusive(start: pl.Expr, n: int) -> pl.Expr:
    """The last day of n weeks "beginning with" ``start``, which is day 1 (R16)."""
    return days(start, 7 * n - 1)


def months(start: pl.Expr, n: int) -> pl.Expr:
    """The corresponding day n months on; the last day of a shorter month (R5)."""
    return start.dt.offset_by(f"{n}mo")


def years(start: pl.Expr, n: int) -> pl.Expr:
    """The corresponding day n years on; 28 February for a 29th that the year does not have (R5)."""
    return start.dt.offset_by(f"{n}y")


def end_of_calendar_month(start: pl.Expr, n: int) -> pl.Expr:
    """The last day of the n-th calendar month after the one that ``start`` lies in (R16: "in each month")."""
    return months(start.dt.month_start(), n).dt.month_end()


def birthday(born: pl.Expr, age: int, leap_days_on: int = LEAP_DAYS_ON) -> pl.Expr:
    """The day the age is reached (R6).

    ``leap_days_on``: days after 28 February of a common year on which a child born on 29 February has a birthday;
    1 gives 1 March (the handbook's assumption), 0 gives 28 February.
    """
    on = years(born, age)
    shortened = (born.dt.day() == 29) & (on.dt.day() == 28)
    return pl.when(shortened).then(days(on, leap_days_on)).otherwise(on)


def birthday_on(born_on: date, age: int) -> date:
    """The day one child reaches an age (R6)."""
    day: date = pl.select(birthday(pl.lit(born_on), age)).item()
    return day


def years_on(day: date, n: int) -> date:
    """The corresponding day n years after one day, or before it for a negative n (R5)."""
    found: date = pl.select(years(pl.lit(day), n)).item()
    return found


def hours(at: pl.Expr, n: int) -> pl.Expr:
    """The local time n elapsed hours after a local time, across changes of the clock (R11).

    A time that the clocks show twice is taken as the earlier moment; one that they skip is no time (null).
    """
    local = at.dt.replace_time_zone(LONDON, ambiguous="earliest", non_existent="null")
    later = local.dt.convert_time_zone("UTC") + pl.lit(timedelta(hours=n))
    return later.dt.convert_time_zone(LONDON).dt.replace_time_zone(None)


def hours_from_day(day: pl.Expr, n: int) -> pl.Expr:
    """The day that n hours end on when only the day is known: the end of the n/24-th day after (R11)."""
    return days(day, -(-n // 24))
