"""Bad input as a table: file, row, column, value, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

Effect = Literal["row set aside", "value not used", "noted", "file not read"]

SCHEMA: dict[str, pl.DataType] = {
    "file": pl.String(),
    "row": pl.Int64(),
    "column": pl.String(),
    "value": pl.String(),
    "child_id": pl.String(),
    "problem": pl.String(),
    "remedy": pl.String(),
    "effect": pl.String(),
}
"""Rows count from 0 below the heading; null for a whole file. ``effect`` says what was done with the input."""

COUNTS: dict[str, pl.DataType] = {
    "file": pl.String(),
    "read": pl.Int64(),
    "kept": pl.Int64(),
    "set_aside": pl.Int64(),
}
"""Rows of each file: read = kept + set_aside, always."""


@dataclass
class Problems:
    """Collects problems and counts while files are read."""

    frames: list[pl.DataFrame] = field(default_factory=list)
    counted: list[tuple[str, int, int]] = field(default_factory=list)
    broken: dict[str, int] = field(default_factory=dict)

    def file(self, name: str, problem: str, remedy: str, effect: Effect = "file not read") -> None:
        """One problem with a whole file."""
        self.frames.append(
            _conform(pl.DataFrame({"file": [name], "problem": [problem], "remedy": [remedy], "effect": [effect]}))
        )

    def rows(self, name: str, found: pl.DataFrame, *, problem: str, remedy: str, effect: Effect) -> None:
        """One problem per row of ``found`` (columns row, and where known column, value, child_id)."""
        if found.height:
            said = {"file": name, "problem": problem, "remedy": remedy, "effect": effect}
            words = [pl.lit(text).alias(key) for key, text in said.items()]
            self.frames.append(_conform(found.with_columns(words)))

    def unread(self, name: str, rows: int) -> None:
        """Rows set aside before the file became a table (cells too many); ``count`` of that file includes them."""
        self.broken[name] = self.broken.get(name, 0) + rows

    def count(self, name: str, read: int, kept: int) -> None:
        """Rows read from and kept of a file."""
        self.counted.append((name, read + self.broken.get(name, 0), kept))

    def table(self) -> pl.DataFrame:
        """All problems, in order of file and row."""
        return pl.concat([pl.DataFrame(schema=SCHEMA), *self.frames]).sort("file", "row", maintain_order=True)

    def counts(self) -> pl.DataFrame:
        """Rows read, kept and set aside, one row a file."""
        rows: Sequence[tuple[str, int, int, int]] = [(n, read, kept, read - kept) for n, read, kept in self.counted]
        return pl.DataFrame(rows, schema=COUNTS, orient="row")


def _conform(frame: pl.DataFrame) -> pl.DataFrame:
    lacking = [pl.lit(None, dtype=kind).alias(name) for name, kind in SCHEMA.items() if name not in frame.columns]
    return frame.with_columns(lacking).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
