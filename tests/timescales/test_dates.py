"""The rules of date arithmetic, R1 to R6, R11, R12 and R16."""

from __future__ import annotations

import csv
from datetime import date, datetime

import polars as pl
import pytest

from hearth.timescales import dates
from hearth.timescales.holidays import bank_holidays
from hearth.timescales.terms import TermDatesMissingError, Terms
from tests.timescales.builders import SHARED, drawn


def counted(rule, start: str, n: int) -> str:
    return str(pl.select(rule(pl.lit(date.fromisoformat(start)), n)).item())


@pytest.mark.parametrize(
    "row",
    drawn("""
    start      | n   | due        | why
    2024-01-08 | 10  | 2024-01-22 | two plain weeks
    2023-04-29 | 10  | 2023-05-16 | a Saturday is day 0, two May holidays
    2023-05-29 | 5   | 2023-06-05 | a bank holiday is day 0
    2024-05-25 | 0   | 2024-05-28 | none from a Saturday before a bank holiday is the next working day
    2024-05-24 | 0   | 2024-05-24 | none from a working day is that day
    2024-05-20 | -15 | 2024-04-26 | counted backwards over a bank holiday
    2011-04-28 | 2   | 2011-05-04 | the royal wedding of 2011, before the package's list begins"""),
    ids=lambda row: row["why"],
)
def test_working_days(row):
    assert counted(dates.working_days, row["start"], int(row["n"])) == row["due"]


@pytest.mark.parametrize(
    ("rule", "start", "n", "due"),
    [
        (dates.days, "2024-02-28", 2, "2024-03-01"),
        (dates.weeks, "2024-02-23", 1, "2024-03-01"),
        (dates.weeks_inclusive, "2023-10-02", 26, "2024-03-31"),
        (dates.months, "2024-08-31", 6, "2025-02-28"),
        (dates.months, "2025-05-31", -3, "2025-02-28"),
        (dates.years, "2024-02-29", 1, "2025-02-28"),
        (dates.end_of_calendar_month, "2024-01-31", 1, "2024-02-29"),
        (dates.hours_from_day, "2024-12-24", 72, "2024-12-27"),
    ],
)
def test_calendar_deadlines_do_not_roll(rule, start: str, n: int, due: str):
    assert counted(rule, start, n) == due


@pytest.mark.parametrize(
    ("born", "age", "leap_days_on", "reached"),
    [
        ("2008-02-29", 16, 1, "2024-02-29"),
        ("2008-02-29", 18, 1, "2026-03-01"),
        ("2008-02-29", 18, 0, "2026-02-28"),
        ("2007-02-28", 18, 1, "2025-02-28"),
    ],
)
def test_a_child_born_on_29_february_is_a_year_older_on_1_march_unless_set_otherwise(born, age, leap_days_on, reached):
    found = pl.select(dates.birthday(pl.lit(date.fromisoformat(born)), age, leap_days_on)).item()
    assert str(found) == reached


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (datetime(2024, 5, 3, 22, 30), datetime(2024, 5, 6, 22, 30)),
        (datetime(2024, 3, 29, 14), datetime(2024, 4, 1, 15)),
        (datetime(2024, 10, 25, 18), datetime(2024, 10, 28, 17)),
        (datetime(2024, 3, 31, 1, 30), None),
    ],
)
def test_hours_are_elapsed_hours_across_changes_of_the_clock(at, due):
    assert pl.select(dates.hours(pl.lit(at), 72)).item() == due


def test_an_unknown_day_gives_an_unknown_due_day():
    rules = [dates.working_days, dates.weeks, dates.months, dates.years, dates.birthday]
    assert [pl.select(rule(pl.lit(None, pl.Date), 3)).item() for rule in rules] == [None] * 5


def test_bank_holidays_are_those_of_the_handbook():
    listed = SHARED / "domain" / "codes" / "bank_holidays_england.csv"
    if not listed.exists():
        pytest.skip("the handbook's list of bank holidays is not beside the project")
    with listed.open(encoding="utf-8", newline="") as file:
        handbook = [date.fromisoformat(row["date"]) for row in csv.DictReader(file)]
    assert [day for day in bank_holidays() if handbook[0] <= day <= handbook[-1]] == handbook


TERMS = Terms(
    pl.DataFrame(
        {
            "term": ["autumn", "spring"],
            "start": [date(2024, 9, 3), date(2025, 1, 6)],
            "end": [date(2024, 12, 20), date(2025, 4, 4)],
            "half_term_start": [date(2024, 10, 28), None],
            "half_term_end": [date(2024, 11, 1), None],
        }
    )
)


@pytest.mark.parametrize(
    ("count", "start", "n", "due"),
    [
        (TERMS.after, date(2024, 10, 21), 10, date(2024, 11, 11)),
        (TERMS.after, date(2024, 12, 16), 10, date(2025, 1, 13)),
        (TERMS.after, date(2024, 10, 26), 1, date(2024, 11, 4)),
        (TERMS.counting_from, date(2025, 3, 3), 10, date(2025, 3, 14)),
        (TERMS.end_of_term, date(2024, 11, 12), 1, date(2025, 4, 4)),
    ],
)
def test_school_days_and_terms(count, start: date, n: int, due: date):
    assert count(start, n) == due


@pytest.mark.parametrize(
    "ask",
    [
        lambda: TERMS.after(date(2025, 4, 1), 10),
        lambda: TERMS.after(date(2024, 8, 1), 1),
        lambda: TERMS.end_of_term(date(2025, 2, 1), 1),
    ],
)
def test_a_term_that_is_missing_is_named_not_guessed(ask):
    with pytest.raises(TermDatesMissingError, match="2024-09-03 to 2025-04-04"):
        ask()


def test_a_table_of_terms_without_its_columns_is_refused(tmp_path):
    file = tmp_path / "terms.csv"
    file.write_text("term,start\nautumn,2024-09-03\n")
    with pytest.raises(ValueError, match="lacks the columns end, half_term_start, half_term_end"):
        Terms.read(file)
