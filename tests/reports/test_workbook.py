"""The workbook: the same figures as data, no formula from a source, no child in public."""

from __future__ import annotations

import polars as pl
import pytest

from hearth.reports import scorecard, workbook
from tests.reports.made_up import a_full_one


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "scorecard.xlsx"
    scorecard.write_xlsx(a_full_one(), path)
    return path


def sheet(path, name: str, **kwargs) -> pl.DataFrame:
    return pl.read_excel(path, sheet_name=name, engine="calamine", **kwargs)


def names(path) -> list[str]:
    return list(pl.read_excel(path, sheet_id=0, engine="calamine", raise_if_empty=False))


def test_there_is_a_sheet_for_each_area_and_for_the_data(book):
    areas = ["Our children and young people", "Safety", "Health"]
    assert names(book) == ["Summary", *areas, "Figures", "Children", "Definitions", "Problems"]


def test_the_public_workbook_has_no_sheet_of_children(tmp_path):
    path = tmp_path / "public.xlsx"
    scorecard.write_xlsx(a_full_one(public=True), path)
    assert "Children" not in names(path)
    figures = sheet(path, "Figures").filter(pl.col("measure") == "offending")
    assert figures["suppressed"].unique().to_list() == [True]
    assert figures["numerator"].null_count() == figures.height


def test_figures_are_numbers_and_days_are_days(book):
    rows = sheet(book, "Figures").filter(pl.col("measure") == "dental-check")
    assert rows["value"].to_list()[-1] == 89
    assert rows["as_of"].dtype in (pl.Date, pl.Datetime)


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1"])
def test_text_that_looks_like_a_formula_is_made_harmless(text):
    assert workbook.safe(text) == f"'{text}"


def test_a_child_number_that_looks_like_a_formula_stays_text(book):
    assert "'=1+1" in sheet(book, "Children")["child_id"].to_list()


def test_a_number_with_leading_noughts_keeps_them(book):
    assert "0042" in sheet(book, "Children")["child_id"].to_list()
