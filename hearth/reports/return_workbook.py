"""The check of the return as a workbook: counts, rules, findings, children, workers; made to be sorted and sent on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from hearth.reports.sheets import Formats, formats_of, headed, new_book, safe, whole
from hearth.returns.ssda903.checking.summary import Overview

NAMES = {
    "code": "Rule",
    "child_id": "Child",
    "look_at": "What to look at",
    "row": "Row",
    "since": "Since the earlier run",
}
"""Headings that say more than the column's name."""
FINDING = ("code", "table", "row", "child_id", "worker", "team", "message", "values", "look_at", "proposed", "since")


def write(overview: Overview, path: Path) -> None:
    """Writes the workbook to ``path``."""
    with new_book(path) as book:
        book.set_properties({"title": f"Check of the SSDA903 return. {overview.title}"})
        formats = formats_of(book)
        _summary(book, formats, overview)
        _sheet(book, formats, "By rule", overview.grouped("rule"))
        _sheet(book, formats, "Findings", _findings(overview))
        _sheet(book, formats, "By child", overview.grouped("child"))
        _sheet(book, formats, "By worker", overview.grouped("worker"))
        if overview.teams:
            _sheet(book, formats, "By team", overview.grouped("team"))
        _sheet(book, formats, "Not run", overview.not_run.select("code", "reason"))


def _summary(book: Any, formats: Formats, overview: Overview) -> None:
    sheet = headed(book, formats, "Summary", ("What", "How many"), first=3)
    sheet.set_column(0, 0, 60)
    sheet.write_string(0, 0, safe(f"Check of the SSDA903 return: {overview.authority or 'authority not known'}"))
    sheet.write_string(1, 0, f"{overview.title}. Rows are counted from 0 below the heading.")
    found, children, rows = overview.counts()
    counts = {
        "Findings": found,
        "Children with a finding": children,
        "Rows with a finding": rows,
        "Rules checked": overview.rules_run,
        "Rules not run (see the sheet Not run)": overview.not_run.height,
    }
    if overview.is_compared:
        words = {"fixed": "Fixed since the earlier run", "new": "New", "still": "Still there"}
        counts |= {words[word]: times for word, times in overview.since().items()}
    for row, (what, many) in enumerate(counts.items(), start=4):
        sheet.write_string(row, 0, what, formats["text"])
        sheet.write_number(row, 1, many, formats["number"])


def _findings(overview: Overview) -> pl.DataFrame:
    """The findings with the worker, and the team where it is known, who are to mend them."""
    child = pl.col("child_id")
    workers = child.replace_strict(dict(overview.workers), default=None, return_dtype=pl.String).alias("worker")
    teams = child.replace_strict(dict(overview.teams), default=None, return_dtype=pl.String).alias("team")
    known = overview.findings.with_columns(workers, teams)
    return known.select(name for name in FINDING if name in known.columns and (name != "team" or overview.teams))


def _sheet(book: Any, formats: Formats, name: str, frame: pl.DataFrame) -> None:
    whole(book, formats, name, frame.rename(lambda column: NAMES.get(column, column.replace("_", " ").capitalize())))
