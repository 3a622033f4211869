"""Returns checked by the published rules: what was found, as rows that the database keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from hearth.returns.files import SourceError
from hearth.returns.ssda903 import writing
from hearth.returns.ssda903.checking import Checked, check
from hearth.returns.ssda903.checking import source as reading
from hearth.returns.ssda903.checking.intake import LAST
from hearth.web.children.frames import record_of

KEPT = ("code", "table", "row", "child_id", "message", "values", "look_at", "proposed")
"""Columns of a finding that are kept."""


@dataclass(frozen=True)
class Found:
    """What a check found: the year, how many rules were run, those that were not with the reason, and the findings."""

    year: int
    rules_run: int
    not_run: list[dict[str, Any]]
    findings: list[dict[str, Any]]


def of_files(path: Path, authority: str | None) -> Found | None:
    """The return at the path checked; None when there is no return of a known year there."""
    try:
        given = reading.read(path, authority=authority)
    except SourceError:
        return None
    facts = {"collection_year": given.year, "authority": given.authority, "file_format": given.file_format}
    return _found(given.year, check(given.tables, facts))


def of_record(today: date) -> Found | None:
    """The return that the live record would give for the year that today lies in, checked; None without children."""
    record = record_of(None)
    year = today.year + (today >= date(today.year, 4, 1))
    if not record.authorities:
        return None
    tables = {**writing.texts(record, year), **_last(writing.texts(record, year - 1))}
    facts = {"collection_year": year, "authority": record.authorities[0], "file_format": "csv"}
    return _found(year, check(tables, facts))


def _last(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    return {f"{name}{LAST}": frame for name, frame in tables.items()}


def _found(year: int, checked: Checked) -> Found:
    not_run = checked.not_run.select("code", "reason").to_dicts()
    return Found(year, len(checked.rules_run), not_run, checked.findings.select(KEPT).to_dicts())
