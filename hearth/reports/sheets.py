"""Sheets of a workbook: headings kept in sight, whole frames, days and numbers as such, no text run as a formula."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from hearth.reports.judgement import Tone
from hearth.tables.formulas import FORMULA_STARTS

MOST_ROWS = 1_048_575
COLOURS = {
    Tone.GOOD: "#CCE2D8",
    Tone.NEAR: "#FFF3BF",
    Tone.BAD: "#F6D7D2",
    Tone.PLAIN: "#DDE8F3",
    Tone.SILENT: "#EEEFEF",
}
WIDTHS = {
    "Measure": 46,
    "Figure": 16,
    "Status": 24,
    "Why": 44,
    "What it means": 60,
    "Child": 14,
    "Facts": 70,
    "Message": 60,
    "What To Look At": 60,
    "Values": 44,
    "Rules": 50,
    "Reason": 80,
    "Fields": 30,
}

Sheet = Any
Formats = dict[str, Any]


@contextmanager
def new_book(path: Path) -> Iterator[Any]:
    """A workbook to fill, which is written when it is whole."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    body = io.BytesIO()
    with xlsxwriter.Workbook(body, {**options, "default_date_format": "d mmmm yyyy"}) as book:
        yield book
    path.write_bytes(body.getbuffer())


def safe(text: str) -> str:
    """The text, so that no program takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def formats_of(book: Any) -> Formats:
    """The formats of a workbook: title, head, text, number, decimal, day, and one for each tone."""
    head = {
        "bold": True,
        "text_wrap": True,
        "valign": "top",
        "bottom": 1,
        "bg_color": "#14364A",
        "font_color": "#FFFFFF",
    }
    formats = {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "head": book.add_format(head),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "number": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "decimal": book.add_format({"num_format": "#,##0.0", "valign": "top"}),
        "day": book.add_format({"num_format": "d mmmm yyyy", "valign": "top", "align": "left"}),
    }
    tones = {
        f"tone {tone}": book.add_format({"bg_color": c, "bold": True, "text_wrap": True, "valign": "top"})
        for tone, c in COLOURS.items()
    }
    return {**formats, **tones}


def write_cell(sheet: Sheet, formats: Formats, row: int, column: int, value: object) -> None:
    """One value in its own format; nothing for a blank."""
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, formats["day"])
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value, formats["number" if value == int(value) else "decimal"])
    else:
        sheet.write_string(row, column, safe(str(value)), formats["text"])


def headed(book: Any, formats: Formats, name: str, head: Sequence[str], first: int = 0) -> Sheet:
    """A sheet with its heading row, kept in sight and set to print on the width of a page."""
    sheet = book.add_worksheet(name)
    for column, word in enumerate(head):
        sheet.write_string(first, column, word, formats["head"])
        sheet.set_column(column, column, WIDTHS.get(word, max(12, min(len(word) + 4, 30))))
    sheet.freeze_panes(first + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first)
    return sheet


def whole(book: Any, formats: Formats, name: str, frame: pl.DataFrame) -> None:
    """A frame as it is, one row a row: written by column, with one format each."""
    sheet = headed(book, formats, name, frame.columns)
    shown = frame.head(MOST_ROWS)
    kinds = {pl.Date: "day", pl.Float64: "decimal", pl.Int64: "number"}
    for column, series in enumerate(shown):
        form = formats.get(kinds.get(type(series.dtype), ""))
        sheet.set_column(column, column, WIDTHS.get(series.name.title(), 18), form)
        if series.dtype == pl.String:
            sheet.write_column(1, column, _safe(series))
        elif series.dtype == pl.Date:
            _days(sheet, column, series)
        else:
            sheet.write_column(1, column, series.to_list())
    if frame.height:
        sheet.autofilter(0, 0, shown.height, frame.width - 1)


def _safe(series: pl.Series) -> list[str | None]:
    starts = pl.any_horizontal([pl.col("x").str.starts_with(start) for start in FORMULA_STARTS])
    escaped = pl.when(starts).then(pl.concat_str(pl.lit("'"), "x")).otherwise("x").alias("x")
    return series.alias("x").to_frame().select(escaped)["x"].to_list()


def _days(sheet: Sheet, column: int, series: pl.Series) -> None:
    """Days as Excel counts them: from 30 December 1899."""
    sheet.write_column(1, column, (series - date(1899, 12, 30)).dt.total_days().to_list())
