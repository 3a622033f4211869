"""The scorecard as a workbook: a summary, a sheet per area, the figures as data, the definitions, the problems."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from hearth.measures.measure import Measure
from hearth.reports import card
from hearth.reports.judgement import Tone
from hearth.reports.page import PUBLIC_NOTE
from hearth.reports.scorecard import Area, Line, Scorecard
from hearth.reports.wording import day, published, sentence

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Text that begins with one of these could be run as a formula: it is written with an apostrophe before it."""
MOST_ROWS = 1_048_575
COLOURS = {
    Tone.GOOD: "#CCE2D8",
    Tone.NEAR: "#FFF3BF",
    Tone.BAD: "#F6D7D2",
    Tone.PLAIN: "#DDE8F3",
    Tone.SILENT: "#EEEFEF",
}
WIDTHS = {"Measure": 46, "Figure": 16, "Status": 24, "Why": 44, "What it means": 60, "Child": 14, "Facts": 70}
AREA_HEAD = (
    *("Measure", "Figure", "Numerator", "Denominator", "Not known", "Target", "Status", "Why", "Direction"),
    *("England", "Region", "Neighbours' median", "What it means"),
)

Sheet = Any
Formats = dict[str, Any]


def write(scorecard: Scorecard, path: Path) -> None:
    """Writes the workbook to ``path``."""
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), {**options, "default_date_format": "d mmmm yyyy"}) as book:
        book.set_properties({"title": f"Scorecard of {scorecard.authority_name}, {day(scorecard.as_of)}"})
        formats = _formats(book)
        _summary(book, formats, scorecard)
        for area in scorecard.areas:
            if area.lines or area.unavailable:
                _area(book, formats, area)
        _frame(book, formats, "Figures", scorecard.figures)
        if scorecard.children is not None:
            _frame(book, formats, "Children", scorecard.children)
        _definitions(book, formats, scorecard)
        _problems(book, formats, scorecard)


def safe(text: str) -> str:
    """The text, so that no program takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _formats(book: Any) -> Formats:
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


def _cell(sheet: Sheet, formats: Formats, row: int, column: int, value: object) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, formats["day"])
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value, formats["number" if value == int(value) else "decimal"])
    else:
        sheet.write_string(row, column, safe(str(value)), formats["text"])


def _headed(book: Any, formats: Formats, name: str, head: Sequence[str], first: int = 0) -> Sheet:
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


def _summary(book: Any, formats: Formats, scorecard: Scorecard) -> None:
    head = ("Area", "On target or better", "Near target", "Off target or worse", "No judgement", "Not available")
    sheet = _headed(book, formats, "Summary", head, first=4)
    sheet.set_column(0, 0, 46)
    problems = f"{scorecard.problems.height:,} problems were found in the source: see the sheet Problems."
    notes = (f"Figures on {day(scorecard.as_of)} from {scorecard.source}.", problems)
    sheet.write_string(0, 0, safe(f"How well we look after our children: {scorecard.authority_name}"), formats["title"])
    for row, note in enumerate((*notes, PUBLIC_NOTE if scorecard.is_public else ""), start=1):
        sheet.write_string(row, 0, note)
    for row, area in enumerate(scorecard.areas, start=5):
        tones = area.tones()
        unsaid = tones[Tone.PLAIN] + tones[Tone.SILENT]
        counts = (tones[Tone.GOOD], tones[Tone.NEAR], tones[Tone.BAD], unsaid, len(area.unavailable))
        for column, value in enumerate((area.title, *counts)):
            _cell(sheet, formats, row, column, value)


def _area(book: Any, formats: Formats, area: Area) -> None:
    sheet = _headed(book, formats, area.title[:31], AREA_HEAD)
    for row, line in enumerate(area.lines, start=1):
        _line(sheet, formats, row, line)
    for row, (measure, why) in enumerate(area.unavailable, start=len(area.lines) + 1):
        for column, value in ((0, measure.title), (1, "Not available"), (7, sentence(why))):
            _cell(sheet, formats, row, column, value)


def _line(sheet: Sheet, formats: Formats, row: int, line: Line) -> None:
    now, measure = line.now, line.measure
    values = [measure.title, card.figure(line), now.numerator, now.denominator, now.not_known, measure.target, None]
    values += [line.status.because, line.moved.words, *(_beside(line, each) for each in card.BESIDE), measure.meaning]
    for column, value in enumerate(values):
        _cell(sheet, formats, row, column, value)
    words = line.status.words
    sheet.write_string(row, 6, words[0].upper() + words[1:], formats[f"tone {line.status.tone}"])


def _beside(line: Line, comparator: str) -> str | None:
    found = line.comparisons.filter(pl.col("comparator") == comparator)
    if found.is_empty():
        return None
    row = found.row(0, named=True)
    other = "" if row["comparable"] else ", not like for like"
    return f"{published(row['value'], line.measure.unit)} ({row['year_ended_on'].year}{other})"


def _frame(book: Any, formats: Formats, name: str, frame: pl.DataFrame) -> None:
    """A frame as it is, one row a row: written by column, with one format each."""
    sheet = _headed(book, formats, name, frame.columns)
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


def _definitions(book: Any, formats: Formats, scorecard: Scorecard) -> None:
    head = ("Measure", "Id", "What it means", "Counted", "Out of", "Better", "Target", "Follows", "Source", "Reading")
    sheet = _headed(book, formats, "Definitions", head)
    row = 0
    for area in scorecard.areas:
        for measure in [*(line.measure for line in area.lines), *(measure for measure, _ in area.unavailable)]:
            row += 1
            for column, value in enumerate(_defined(measure)):
                _cell(sheet, formats, row, column, value)
    for column in (3, 4, 8, 9):
        sheet.set_column(column, column, 44)


def _defined(measure: Measure) -> tuple[object, ...]:
    said = (measure.title, measure.id, measure.meaning, measure.numerator, measure.denominator, measure.better)
    return (*said, measure.target, measure.follows, measure.source, measure.reading)


def _problems(book: Any, formats: Formats, scorecard: Scorecard) -> None:
    """Every problem; in the public version only what is wrong, without row, value or child."""
    if scorecard.is_public:
        kinds = scorecard.problems.select("file", "column", "problem", "remedy", "effect").unique(maintain_order=True)
        _frame(book, formats, "Problems", kinds)
    else:
        _frame(book, formats, "Problems", scorecard.problems)
