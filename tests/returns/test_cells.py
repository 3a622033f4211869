"""A cell is a day, a code, an answer or a number, or it is a problem; never a guess."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.returns.cells import EARLIEST, LATEST, Reader
from hearth.tables.problems import Problems


def a_column(*cells: str | None) -> pl.DataFrame:
    frame = pl.DataFrame(
        {"child_id": [f"c{n}" for n in range(len(cells))], "x": cells}, schema_overrides={"x": pl.String}
    )
    return frame.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("row"))


def reader() -> Reader:
    return Reader("a.csv", Problems())


def effects(of: Reader) -> list[tuple[int, str]]:
    return of.problems.table().select("row", "effect").rows()


DAYS = [
    ("01/04/2025", date(2025, 4, 1)),
    ("1/4/2025", date(2025, 4, 1)),
    ("01/04/2025 00:00:00", date(2025, 4, 1)),
    ("31/02/2024", None),
    ("13/13/2023", None),
    ("unknown", None),
    ("01/01/1900", None),
    ("31/12/1899", None),
    ("02/01/1900", date(1900, 1, 2)),
    ("01/01/2101", None),
    ("01/04/25", None),
]


@pytest.mark.parametrize(("cell", "day"), DAYS)
def test_days_that_exist_are_read_and_others_are_not(cell: str, day: date | None):
    of = reader()
    assert of.date(a_column("05/06/2020", cell, None), "x").to_list() == [date(2020, 6, 5), day, None]
    assert effects(of) == ([] if day else [(1, "value not used")])


def test_the_format_is_found_for_each_column():
    of = reader()
    assert of.date(a_column("2025-04-01", "2025-04-02T00:00:00", "2025-04-03 09:30"), "x").to_list() == [
        date(2025, 4, 1),
        date(2025, 4, 2),
        date(2025, 4, 3),
    ]
    assert effects(of) == []


def test_an_odd_cell_in_a_column_is_read_and_noted_or_refused_where_one_format_is_laid_down():
    frame = a_column("01/04/2025", "02/04/2025", "2024-05-01")
    lenient, strict = reader(), reader()
    assert lenient.date(frame, "x").to_list()[2] == date(2024, 5, 1)
    assert effects(lenient) == [(2, "noted")]
    assert strict.date(frame, "x", is_strict=True).to_list()[2] is None
    assert effects(strict) == [(2, "value not used")]


def test_moments_are_read_and_a_day_without_a_time_gives_none():
    of = reader()
    cells = a_column("2025-04-01 10:30:00", "2025-04-01T10:30", "01/04/2025 10:30", "2025-04-01", "rubbish")
    moment = datetime(2025, 4, 1, 10, 30)
    assert of.datetime(cells, "x").to_list() == [moment, moment, moment, None, None]
    assert effects(of) == [(4, "value not used")]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("N1", "N1"),
        ("n1", "N1"),
        ("N1 - Abuse or neglect", "N1"),
        ("a) N1", "N1"),
        ("N1: abuse", "N1"),
        ("N9", None),
        ("Q9", None),
        ("?", None),
    ],
)
def test_codes_are_those_of_the_list(cell: str, code: str | None):
    of = reader()
    assert of.code(a_column(cell), "x", "category_of_need").to_list() == [code]
    assert effects(of) == ([] if code else [(0, "value not used")])


def test_an_unknown_code_is_answered_with_the_list():
    of = reader()
    of.code(a_column("Z"), "x", "sex")
    assert of.problems.table().row(0, named=True) == {
        "file": "a.csv",
        "row": 0,
        "column": "x",
        "value": "Z",
        "child_id": "c0",
        "problem": "Not a code for sex",
        "remedy": "Use a code of the list sex: M, F, U",
        "effect": "value not used",
    }


def test_answers_are_read_in_all_their_forms():
    of = reader()
    cells = a_column("1", "Y", "a) Yes", "true", "0", "b) No", "n", None, "maybe")
    assert of.yes_no(cells, "x").to_list() == [True] * 4 + [False] * 3 + [None, None]
    assert effects(of) == [(8, "value not used")]


def test_numbers_outside_their_span_are_not_used():
    of = reader()
    assert of.integer(a_column("0", "40", "12.0", "41", "-1", "3.5", "x", None), "x", 0, 40).to_list() == [
        0, 40, 12, None, None, None, None, None,
    ]  # fmt: skip
    assert [row for row, _ in effects(of)] == [3, 4, 5, 6]


def test_an_identifier_that_a_spreadsheet_shortened_is_not_used():
    of = reader()
    assert of.identifier(a_column("1.23E+11", "9E+5", "1E5"), "x").to_list() == [None, None, "1E5"]
    assert effects(of) == [(0, "value not used"), (1, "value not used")]


def test_identifiers_keep_their_zeros_and_lose_what_a_spreadsheet_added():
    of = reader()
    assert of.identifier(a_column("0042", "900003.0", "A.0", None, "'=1+1"), "x").to_list() == [
        "0042", "900003", "A.0", None, "=1+1",
    ]  # fmt: skip
    assert effects(of) == [(1, "noted")]


def test_a_column_that_is_missing_is_not_known():
    of = reader()
    assert of.date(a_column("1", "2"), "y").to_list() == [None, None]
    assert effects(of) == []


def test_rows_without_a_key_and_second_rows_are_set_aside():
    of = reader()
    kept = of.first_of_each(of.require(a_column("a", None, "a", "b"), "x"), "x")
    assert kept["x"].to_list() == ["a", "b"]
    assert effects(of) == [(1, "row set aside"), (2, "row set aside")]


@settings(max_examples=60, deadline=None)
@given(
    days=st.lists(st.dates(EARLIEST, LATEST), min_size=1, max_size=20), form=st.sampled_from(["%d/%m/%Y", "%Y-%m-%d"])
)
def test_every_day_written_is_the_day_read(days: list[date], form: str):
    of = reader()
    cells = a_column(*(pl.Series(days).dt.strftime(form).to_list()))
    assert of.date(cells, "x").to_list() == days
    assert effects(of) == []


@settings(max_examples=60, deadline=None)
@given(cells=st.lists(st.none() | st.text(max_size=12), min_size=1, max_size=8))
def test_no_text_ends_in_an_error_and_nothing_is_lost_unsaid(cells: list[str | None]):
    of, frame = reader(), a_column(*cells)
    for values in (of.date(frame, "x"), of.code(frame, "x", "sex"), of.yes_no(frame, "x"), of.integer(frame, "x")):
        lost = frame.filter(frame["x"].is_not_null() & values.is_null())["row"].to_list()
        assert set(lost) <= {row for row, _ in effects(of)}
