"""The days a figure speaks of."""

from __future__ import annotations

from datetime import date

import pytest

from hearth.measures.periods import Period, frame, series, start

from .builders import day, table


@pytest.mark.parametrize(
    "row",
    table("""
    as of      | 12 months begin | year to date begins | month begins
    2026-03-31 | 2025-04-01      | 2025-04-01          | 2026-03-01
    2026-04-01 | 2025-04-02      | 2026-04-01          | 2026-04-01
    2025-12-31 | 2025-01-01      | 2025-04-01          | 2025-12-01
    2024-02-28 | 2023-02-28      | 2023-04-01          | 2024-02-01
    2024-02-29 | 2023-03-01      | 2023-04-01          | 2024-02-01
    2025-02-28 | 2024-03-01      | 2024-04-01          | 2025-02-01
    """),
    ids=lambda row: row["as of"],
)
def test_a_period_ends_on_the_day_and_begins_12_months_before_in_april_or_on_the_first(row: dict[str, str]) -> None:
    as_of = date.fromisoformat(row["as of"])
    assert start(as_of) == day(row["12 months begin"])
    assert start(as_of, "ytd") == day(row["year to date begins"])
    assert start(as_of, "month") == day(row["month begins"])


def test_a_series_keeps_to_the_end_of_the_month() -> None:
    days = [each.as_of.isoformat() for each in series(date(2026, 3, 31), 3)]
    assert days == ["2026-01-31", "2026-02-28", "2026-03-31"]


def test_a_series_within_the_month_keeps_the_day() -> None:
    days = [each.as_of.isoformat() for each in series(date(2026, 3, 30), 2)]
    assert days == ["2026-02-28", "2026-03-30"]


def test_thirteen_months_begin_with_the_same_month_of_the_year_before() -> None:
    first, *_, last = series(date(2026, 3, 31), 13)
    assert first == Period(date(2025, 3, 31), date(2024, 4, 1))
    assert last == Period(date(2026, 3, 31), date(2025, 4, 1))


def test_a_period_asked_for_twice_is_answered_once() -> None:
    assert frame([*series(date(2026, 3, 31)), *series(date(2026, 3, 31))]).height == 1
