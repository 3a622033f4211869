"""Hearth's own tables as a folder of Parquet files, one a table, with a small file that says what they can tell."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl

from hearth.tables import batches, catalogue
from hearth.tables.problems import Problems
from hearth.tables.record import Record

ABOUT = "hearth.json"
VERSION = 1
ROW = "row of the file"
"""The column that numbers the rows of a file that is read in parts."""


@dataclass(frozen=True)
class _About:
    """What ``hearth.json`` says of the folder."""

    carries: frozenset[str] | None = None
    snapshot_on: date | None = None
    history_from: date | None = None
    problems: Problems = field(default_factory=Problems)


def recognise(path: Path) -> bool:
    """Whether the path is a folder of Hearth tables: it holds ``hearth.json`` or a Parquet file named after a table."""
    return path.is_dir() and ((path / ABOUT).is_file() or bool(_files(path)))


def write(record: Record, folder: Path) -> None:
    """Write every table of the record that has rows or is carried, as ``<table>.parquet``, with ``hearth.json`` beside.

    Parquet files of tables that the record does not have are removed: the folder is the record and nothing else.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = [name for name in _stored() if name in record.carries or record[name].height]
    for name, path in _files(folder).items():
        if name not in names:
            path.unlink()
    for name in names:
        catalogue.conform(name, record[name]).write_parquet(folder / f"{name}.parquet", compression="lz4")
    (folder / ABOUT).write_text(json.dumps(_about(record), indent=1) + "\n", encoding="utf-8")


def read(path: Path, *, authority: str | None = None) -> Record:
    """Read a folder of Hearth tables into a record of kind "hearth" that carries what the written one carried.

    ``authority`` keeps the rows of that authority only. A file that is not Parquet, columns too many or lacking and
    rows without a required value become problems; everything else is read.
    """
    return _record(path, _open_together(_files(path)), authority=authority)


def parts(path: Path, *, authority: str | None = None) -> Iterator[Record]:
    """The folder as records of some authorities each, read one after the other: a nation need not be held whole.

    Each is of about ``batches.PEOPLE_AT_ONCE`` people. One record, as ``read`` gives it, of what is no larger, where
    one authority is asked for, where a file cannot be told apart by authority, or where the folder does not say what it
    carries, which all of it must tell. What is wrong with a whole file is among the problems of each part.
    """
    is_whole = authority is not None or _read_about(path).carries is None
    ranges = [] if is_whole else _ranges(path)
    if len(ranges) < 2:
        yield read(path, authority=authority)
        return
    for each in ranges:
        files = {name: _from(file, *each) for name, file in _files(path).items()}
        yield _record(path, dict(zip(files, pl.collect_all(files.values()), strict=True)))


def _ranges(path: Path) -> list[tuple[str | None, str | None]]:
    """The first authority of each part and the one beyond it; none where some file has no authorities to go by."""
    files = _files(path)
    try:
        is_told = all(pl.read_parquet_schema(file).get("authority") == pl.String for file in files.values())
        if "people" not in files or not is_told:
            return []
        people = pl.scan_parquet(files["people"]).group_by("authority").len().drop_nulls().collect()
    except (pl.exceptions.PolarsError, OSError):
        return []
    firsts = [None, *batches.firsts(people)[1:]]
    return list(pairwise([*firsts, None]))


def _from(file: Path, first: str | None, beyond: str | None) -> pl.LazyFrame:
    """The rows of a file from one authority up to another; those that name none are with the first."""
    whose, kept = pl.col("authority"), []
    if beyond is not None:
        kept.append((whose < beyond) | whose.is_null() if first is None else whose < beyond)
    if first is not None:
        kept.append(whose >= first)
    return pl.scan_parquet(file, row_index_name=ROW).filter(*kept)


def _record(path: Path, opened: dict[str, pl.DataFrame], *, authority: str | None = None) -> Record:
    """The record of what was opened of the folder's files; files that were not are read one by one."""
    about = _read_about(path)
    files = _files(path)
    read_tables = {name: _read(name, file, opened, about.problems) for name, file in files.items()}
    tables = {name: _of(frame, authority) for name, frame in read_tables.items() if frame is not None}
    return Record(
        tables=tables,
        kind="hearth",
        carries=_said_by(tables) if about.carries is None else about.carries,
        snapshot_on=about.snapshot_on,
        history_from=about.history_from,
        problems=about.problems.table(),
        counts=about.problems.counts(),
    )


def _stored() -> list[str]:
    return [name for name in catalogue.TABLES if name not in catalogue.DERIVED]


def _files(folder: Path) -> dict[str, Path]:
    paths = {name: folder / f"{name}.parquet" for name in _stored()}
    return {name: path for name, path in paths.items() if path.is_file()}


def _about(record: Record) -> dict[str, Any]:
    return {
        "hearth": VERSION,
        "from": record.kind,
        "carries": sorted(record.carries),
        "snapshot_on": record.snapshot_on and record.snapshot_on.isoformat(),
        "history_from": record.history_from and record.history_from.isoformat(),
    }


def _read_about(folder: Path) -> _About:
    problems = Problems()
    if not (folder / ABOUT).is_file():
        return _About(problems=problems)
    try:
        said = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        carries, days = said.get("carries"), (_day(said.get("snapshot_on")), _day(said.get("history_from")))
    except (ValueError, TypeError, AttributeError):
        problems.file(ABOUT, "The file cannot be read", "Write the folder again with hearth")
        return _About(problems=problems)
    return _About(None if carries is None else frozenset(map(str, carries)), *days, problems=problems)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _open_together(files: Mapping[str, Path]) -> dict[str, pl.DataFrame]:
    """All the files by name, read at once, which is several times faster; none when one of them cannot be read."""
    try:
        return dict(zip(files, pl.collect_all([pl.scan_parquet(path) for path in files.values()]), strict=True))
    except (pl.exceptions.PolarsError, OSError):
        return {}


def _read(name: str, path: Path, opened: dict[str, pl.DataFrame], problems: Problems) -> pl.DataFrame | None:
    try:
        found = opened.pop(name) if name in opened else pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError):
        problems.file(path.name, "The file is not a Parquet file", "Write the folder again with hearth")
        problems.count(path.name, 0, 0)
        return None
    numbered = found if ROW in found.columns else found.with_row_index(ROW)
    told = found.drop(ROW, strict=False)
    _note_columns(name, told.columns, path.name, problems)
    return _complete(name, _cast(name, told, path.name, problems), numbered[ROW], path.name, problems)


def _note_columns(name: str, columns: Iterable[str], file: str, problems: Problems) -> None:
    known = set(catalogue.empty(name).columns)
    lacking, extra = sorted(known - set(columns)), sorted(set(columns) - known)
    if lacking:
        problems.file(file, f"Lacks {', '.join(lacking)}; read as not known", "Write the folder again", "noted")
    if extra:
        problems.file(file, f"Has {', '.join(extra)}, which {name} does not have", "Nothing: not used", "noted")


def _cast(name: str, found: pl.DataFrame, file: str, problems: Problems) -> pl.DataFrame:
    kinds = {column: kind for column, kind in catalogue.empty(name).schema.items() if column in found.columns}
    if kinds == dict(found.schema):
        return found.select(*kinds)
    cast = found.select(_as(found[column], kind) for column, kind in kinds.items())
    for column, kind in kinds.items():
        if cast[column].null_count() > found[column].null_count():
            said = f"{column} holds {found[column].dtype}, where {kind} belongs"
            problems.file(file, said, "Write the folder again with hearth", "value not used")
    return cast


def _as(values: pl.Series, kind: pl.DataType) -> pl.Series:
    try:
        return values.cast(kind, strict=False)
    except pl.exceptions.InvalidOperationError:
        return pl.Series(values.name, [None] * len(values), dtype=kind)


def _complete(name: str, frame: pl.DataFrame, at: pl.Series, file: str, problems: Problems) -> pl.DataFrame:
    """The rows that have every required value, in the table's columns; the others are set aside.

    ``at``: the number of each row in the file.
    """
    required = [column for column, kind in catalogue.TABLES[name].columns().items() if not kind.nullable]
    frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias(c) for c in required if c not in frame.columns)
    lacking = [column for column in required if frame[column].null_count()]
    kept = frame.drop_nulls(lacking) if lacking else frame
    for column in lacking:
        whose = pl.col(catalogue.identity(name)[-1]).alias("child_id")
        rows = frame.with_columns(at.alias("row")).filter(pl.col(column).is_null()).select("row", whose)
        rows = rows.with_columns(pl.lit(column).alias("column"))
        problems.rows(file, rows, problem="No value, where one is needed", remedy="Add it", effect="row set aside")
    problems.count(file, frame.height, kept.height)
    is_whole = dict(kept.schema) == dict(catalogue.empty(name).schema)
    return kept if is_whole else catalogue.conform(name, kept)


def _of(frame: pl.DataFrame, authority: str | None) -> pl.DataFrame:
    return frame if authority is None else frame.filter(pl.col("authority") == authority)


def _said_by(tables: Mapping[str, pl.DataFrame]) -> frozenset[str]:
    """What tables without ``hearth.json`` carry: themselves and every column with a value."""
    columns = {f"{name}.{c}" for name, frame in tables.items() for c in frame.columns if frame[c].count()}
    return frozenset(tables) | columns
