"""The lists and their columns as ``columns.csv`` declares them, and where in a workbook each list stands."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from hearth.returns import files
from hearth.tables.problems import Problems

HERE = Path(__file__).parent
FEWEST = 2
"""Headings of its own that a sheet must have to be a list: identifier, gender and ethnicity stand in every list."""
DEEPEST = 20
"""Rows looked at for the headings; titles and notes may stand above them."""


@dataclass(frozen=True)
class Column:
    """One column of a list; kinds as in the dataset's ``fields.csv``, and letter (of an accommodation code)."""

    list: str
    name: str
    kind: str
    is_required: bool
    is_event: bool
    hearth_table: str
    hearth_column: str


@dataclass(frozen=True)
class Sheet:
    """A list found in a file: which one, the name for problems, and its rows as text under the declared headings."""

    list: str
    name: str
    frame: pl.DataFrame


@cache
def columns() -> Mapping[str, Mapping[str, Column]]:
    """The columns of each list ("8", "9", "10") by plain heading."""
    found: dict[str, dict[str, Column]] = {}
    with (HERE / "columns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            column = Column(
                list=row["list"],
                name=row["column"],
                kind=row["kind"],
                is_required=row["is_required"] == "yes",
                is_event=row["is_event"] == "yes",
                hearth_table=row["hearth_table"],
                hearth_column=row["hearth_column"],
            )
            found.setdefault(row["list"], {})[plain(row["column"])] = column
    return found


def plain(heading: str | None) -> str:
    """A heading as it is compared: small letters and digits, without what stands in brackets."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"\([^)]*\)", "", (heading or "").lower()))


def list_of(headings: Iterable[str | None]) -> str | None:
    """The list whose own headings these are, two at least; None when there is none."""
    given = {plain(heading) for heading in headings}
    shared = {name: len(given & own) for name, own in _own().items()}
    best = max(shared, key=lambda name: shared[name])
    return best if shared[best] >= FEWEST else None


@cache
def _own() -> Mapping[str, frozenset[str]]:
    """The headings that one list has and no other."""
    known = columns()
    elsewhere = {name: {h for other, found in known.items() if other != name for h in found} for name in known}
    return {name: frozenset(set(found) - elsewhere[name]) for name, found in known.items()}


def sheets(path: Path, problems: Problems) -> Iterator[Sheet]:
    """Every list in a workbook, a text file, or a folder of these."""
    for file in _candidates(path):
        if not _is_workbook(file):
            yield from _in_text(file, problems)
            continue
        for title, raw in files.sheets(file).items():
            at = _heading_row(raw)
            if at is not None:
                name = f"{file.name}: {title}"
                found = list_of(raw.row(at))
                yield Sheet(found or "", name, _renamed(files.table_below(raw, at, problems, name), found or ""))


def _candidates(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    suffixes = (".xlsx", ".xls", ".csv")
    return sorted(file for file in path.iterdir() if file.is_file() and file.suffix.lower() in suffixes)


def _is_workbook(file: Path) -> bool:
    try:
        return files.is_workbook(file)
    except OSError:
        return False


def _in_text(file: Path, problems: Problems) -> Iterator[Sheet]:
    found = list_of(files.headings(file))
    frame = files.read_text_table(file, problems) if found else None
    if found and frame is not None:
        yield Sheet(found, file.name, _renamed(frame, found))


def _heading_row(raw: pl.DataFrame) -> int | None:
    """The row on which a list's headings stand."""
    rows = raw.head(DEEPEST).iter_rows()
    return next((at for at, cells in enumerate(rows) if list_of(cells)), None)


def _renamed(frame: pl.DataFrame, found: str) -> pl.DataFrame:
    """The declared headings in place of the file's own; two headings for one column keep the first."""
    known = columns()[found]
    names: dict[str, str] = {}
    for heading in frame.columns:
        column = known.get(plain(heading))
        if column and column.name not in names.values():
            names[heading] = column.name
    return frame.select(*(pl.col(old).alias(new) for old, new in names.items()), "row")
