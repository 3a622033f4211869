"""The scorecard as a workbook: a summary, a sheet per area, the figures as data, the definitions, the problems."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from hearth.measures.measure import Measure
from hearth.reports import card
from hearth.reports.judgement import Tone
from hearth.reports.page import PUBLIC_NOTE
from hearth.reports.scorecard import Area, Line, Scorecard
from hearth.reports.sheets import Formats, Sheet, formats_of, headed, new_book, safe, whole, write_cell
from hearth.reports.wording import day, published, sentence

AREA_HEAD = (
    *("Measure", "Figure", "Numerator", "Denominator", "Not known", "Target", "Status", "Why", "Direction"),
    *("England", "Region", "Neighbours' median", "What it means"),
)


def write(scorecard: Scorecard, path: Path) -> None:
    """Writes the workbook to ``path``."""
    with new_book(path) as book:
        book.set_properties({"title": f"Scorecard of {scorecard.authority_name}, {day(scorecard.as_of)}"})
        formats = formats_of(book)
        _summary(book, formats, scorecard)
        for area in scorecard.areas:
            if area.lines or area.unavailable:
                _area(book, formats, area)
        whole(book, formats, "Figures", scorecard.figures)
        if scorecard.children is not None:
            whole(book, formats, "Children", scorecard.children)
        _definitions(book, formats, scorecard)
        _problems(book, formats, scorecard)


def _summary(book: Any, formats: Formats, scorecard: Scorecard) -> None:
    head = ("Area", "On target or better", "Near target", "Off target or worse", "No judgement", "Not available")
    sheet = headed(book, formats, "Summary", head, first=4)
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
            write_cell(sheet, formats, row, column, value)


def _area(book: Any, formats: Formats, area: Area) -> None:
    sheet = headed(book, formats, area.title[:31], AREA_HEAD)
    for row, line in enumerate(area.lines, start=1):
        _line(sheet, formats, row, line)
    for row, (measure, why) in enumerate(area.unavailable, start=len(area.lines) + 1):
        for column, value in ((0, measure.title), (1, "Not available"), (7, sentence(why))):
            write_cell(sheet, formats, row, column, value)


def _line(sheet: Sheet, formats: Formats, row: int, line: Line) -> None:
    now, measure = line.now, line.measure
    values = [measure.title, card.figure(line), now.numerator, now.denominator, now.not_known, measure.target, None]
    values += [line.status.because, line.moved.words, *(_beside(line, each) for each in card.BESIDE), measure.meaning]
    for column, value in enumerate(values):
        write_cell(sheet, formats, row, column, value)
    words = line.status.words
    sheet.write_string(row, 6, words[0].upper() + words[1:], formats[f"tone {line.status.tone}"])


def _beside(line: Line, comparator: str) -> str | None:
    found = line.comparisons.filter(pl.col("comparator") == comparator)
    if found.is_empty():
        return None
    row = found.row(0, named=True)
    other = "" if row["comparable"] else ", not like for like"
    return f"{published(row['value'], line.measure.unit)} ({row['year_ended_on'].year}{other})"


def _definitions(book: Any, formats: Formats, scorecard: Scorecard) -> None:
    head = ("Measure", "Id", "What it means", "Counted", "Out of", "Better", "Target", "Follows", "Source", "Reading")
    sheet = headed(book, formats, "Definitions", head)
    row = 0
    for area in scorecard.areas:
        for measure in [*(line.measure for line in area.lines), *(measure for measure, _ in area.unavailable)]:
            row += 1
            for column, value in enumerate(_defined(measure)):
                write_cell(sheet, formats, row, column, value)
    for column in (3, 4, 8, 9):
        sheet.set_column(column, column, 44)


def _defined(measure: Measure) -> tuple[object, ...]:
    said = (measure.title, measure.id, measure.meaning, measure.numerator, measure.denominator, measure.better)
    return (*said, measure.target, measure.follows, measure.source, measure.reading)


def _problems(book: Any, formats: Formats, scorecard: Scorecard) -> None:
    """Every problem; in the public version only what is wrong, without row, value or child."""
    if scorecard.is_public:
        kinds = scorecard.problems.select("file", "column", "problem", "remedy", "effect").unique(maintain_order=True)
        whole(book, formats, "Problems", kinds)
    else:
        whole(book, formats, "Problems", scorecard.problems)
