"""What a worker may type in a form, and what is said when it cannot be used."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from hearth.web.design.fields import CodeField, DayField, TimeField, YesNoField, choices, is_in_use, written_day
from hearth.web.design.forms import Form


class Visit(Form):
    visited_on = DayField(label="Day of the visit", is_past=True)
    is_seen = YesNoField(label="Was the child seen?")
    sex = CodeField("sex", required=False)


def form(**typed: str) -> Visit:
    return Visit({f"visited_on_{name}": value for name, value in typed.items()} | {"is_seen": "yes"})


@pytest.mark.parametrize(
    ("typed", "found"),
    [("21:30", "21:30"), ("21.30", "21:30"), ("2130", "21:30"), (" 9:05 ", "09:05"), ("0:00", "00:00"), ("", "None")],
)
def test_a_time_of_day_is_read_as_it_is_written(typed, found):
    read = TimeField(required=False).clean(typed)
    assert (f"{read:%H:%M}" if read else "None") == found


@pytest.mark.parametrize("typed", ["24:00", "9:60", "9", "half nine", "21:30:00", "9:05pm"])
def test_what_is_no_time_says_how_to_write_one(typed):
    with pytest.raises(ValidationError, match=f"Time must be a time such as 21:30. You wrote {typed}"):
        TimeField(label="Time").clean(typed)


@pytest.fixture(autouse=True)
def today(settings):
    settings.HEARTH_TODAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("day", "month", "year", "found"),
    [
        ("3", "3", "2026", "2026-03-03"),
        ("03", "March", "2026", "2026-03-03"),
        (" 29 ", "feb", "2024", "2024-02-29"),
        ("31", "3", "2026", "2026-03-31"),
    ],
)
def test_a_day_is_read_in_figures_or_words(day, month, year, found):
    asked = form(day=day, month=month, year=year)
    assert asked.is_valid(), asked.errors
    assert asked.cleaned_data["visited_on"] == date.fromisoformat(found)


@pytest.mark.parametrize(
    ("day", "month", "year", "said"),
    [
        ("", "", "", "Enter the day of the visit"),
        ("3", "", "2026", "Day of the visit must include a month"),
        ("", "3", "", "Day of the visit must include a day and a year"),
        ("31", "2", "2026", "must be a real date, such as 27 3 2026. You wrote 31 2 2026"),
        ("3", "ma", "2026", "must be a real date"),
        ("²", "3", "2026", "must be a real date"),
        ("3", "3", "26", "must have a year with four figures"),
        ("1", "4", "2026", "Day of the visit must be today or in the past"),
    ],
)
def test_a_day_that_cannot_be_used_says_why(day, month, year, said):
    asked = form(day=day, month=month, year=year)
    assert not asked.is_valid()
    assert said in asked.errors["visited_on"][0]


@pytest.mark.parametrize(("typed", "answer"), [("yes", True), ("no", False), ("unknown", None)])
def test_not_known_is_an_answer_of_its_own(typed, answer):
    asked = Visit({"visited_on": "2026-03-03", "is_seen": typed})
    assert asked.is_valid(), asked.errors
    assert asked.cleaned_data["is_seen"] is answer


def test_a_question_without_an_answer_is_named():
    asked = Visit({"visited_on": "2026-03-03"})
    assert asked.errors["is_seen"] == ["Answer the question: Was the child seen?"]


def test_a_form_shows_its_error_beside_the_field_and_the_day_in_three_boxes():
    html = str(form(day="3", month="", year="2026"))
    assert 'name="visited_on_month"' in html
    assert "govuk-error-message" in html
    assert 'value="2026"' in html
    assert "<legend" in html


@pytest.mark.parametrize(
    ("valid_to", "used"),
    [("", True), ("2026", True), ("2025", False), ("2026-03-31", True), ("2026-03-30", False)],
)
def test_codes_no_longer_in_use_are_not_offered(valid_to, used):
    assert is_in_use(valid_to, date(2026, 3, 31)) is used


def test_an_unknown_code_fails_where_it_is_named():
    with pytest.raises(KeyError, match="sex has no code Z"):
        choices("sex", ["Z"])


@pytest.mark.parametrize(
    "written",
    ["31 March 2025", "31 mar 2025", "31/3/2025", "31/03/2025", "31.3.2025", "31-03-2025", "31 3 2025", "2025-03-31"],
)
def test_a_day_in_one_box_is_read_in_any_way_people_write_it(written):
    assert written_day(f" {written} ") == date(2025, 3, 31)


@pytest.mark.parametrize("written", ["", "yesterday", "31 2 2025", "3/31/2025", "31/3/25", "Mia Jones", "004217", "\0"])
def test_what_is_no_day_is_none(written):
    assert written_day(written) is None
