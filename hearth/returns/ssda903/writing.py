"""The return written from Hearth's tables: twelve CSV files with the headings of the collection year."""

from __future__ import annotations

from pathlib import Path

from hearth.tables.record import Record


def write(record: Record, folder: Path, year: int = 2026) -> None:
    """Placeholder until the end of the hour."""
    raise NotImplementedError
