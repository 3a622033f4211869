"""How days, ages and answers are said."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from hearth.web.design import words

TODAY = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-07-07", "due in 6 days (7 July)"),
        ("2026-07-02", "due tomorrow (2 July)"),
        ("2026-07-01", "due today"),
        ("2026-06-30", "1 day late (30 June)"),
        ("2026-06-28", "3 days late (28 June)"),
        ("2026-05-06", "56 days late (6 May)"),
        ("2025-12-20", "6 months late (20 December 2025)"),
        ("2027-01-05", "due in 188 days (5 January 2027)"),
        ("2025-06-28", "12 months late (28 June 2025)"),
        ("2012-06-28", "14 years late (28 June 2012)"),
        ("", "no date known"),
    ],
)
def test_days_left_are_said_in_words(day, said):
    assert words.due(date.fromisoformat(day) if day else None, TODAY) == said


@pytest.mark.parametrize(
    ("born_on", "said"),
    [
        ("2026-07-02", "unborn"),
        ("2026-06-26", "5 days"),
        ("2026-05-20", "6 weeks"),
        ("2025-05-01", "14 months"),
        ("2024-07-02", "23 months"),
        ("2024-07-01", "2 years"),
        ("2016-07-02", "9 years"),
        ("2016-07-01", "10 years"),
        ("", "age not known"),
    ],
)
def test_ages_are_said_as_people_say_them(born_on, said):
    assert words.age(date.fromisoformat(born_on) if born_on else None, TODAY) == said


def test_a_child_born_on_29_february_is_a_year_older_on_1_march():
    assert words.age_in_years(date(2012, 2, 29), date(2026, 2, 28)) == 13
    assert words.age_in_years(date(2012, 2, 29), date(2026, 3, 1)) == 14


def test_days_are_said_as_in_england():
    assert words.day(date(2026, 3, 3)) == "3 March 2026"
    assert words.moment(datetime(2026, 6, 30, 23, 30, tzinfo=ZoneInfo("UTC"))) == "1 July 2026 at 00:30"
    assert words.day(None) == "Not known"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "Not known"),
        ("", "Not known"),
        (False, "No"),
        (True, "Yes"),
        (date(2026, 3, 3), "3 March 2026"),
        (0, "0"),
    ],
)
def test_what_is_not_known_is_never_said_as_no(value, said):
    assert words.answer(value) == said
