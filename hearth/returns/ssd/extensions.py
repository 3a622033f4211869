"""What the dataset cannot hold, in files beside it: ``hearth_<table>.csv`` for tables, ``hearth_record.csv`` else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from hearth.returns import files
from hearth.returns.cells import Reader
from hearth.returns.ssd.extract import ESCAPED
from hearth.returns.ssd.folder import RECORD
from hearth.tables import catalogue
from hearth.tables.codes import load
from hearth.tables.problems import Problems
from hearth.tables.record import Record

PREFIX = "hearth_"
"""How the files are called; they are known by their headings, which are ``<table>.<column>``."""
WHAT, VALUE = f"{RECORD}.what", f"{RECORD}.value"
OPEN_LISTS = frozenset({("legal_statuses", "status")})
"""Columns that hold a code or the source's own word."""


@dataclass(frozen=True)
class Said:
    """What ``hearth_record.csv`` says of the record that was written; None or empty where it does not say."""

    authority: str | None = None
    snapshot_on: date | None = None
    history_from: date | None = None
    carries: frozenset[str] | None = None


def write_record(record: Record, folder: Path) -> None:
    """Write the authority, what the record carries and the days it speaks of."""
    rows = [
        ("authority", record.authorities[0] if record.authorities else None),
        ("snapshot_on", record.snapshot_on and record.snapshot_on.isoformat()),
        ("history_from", record.history_from and record.history_from.isoformat()),
        *(("carries", name) for name in sorted(record.carries)),
    ]
    said = pl.DataFrame(rows, schema={WHAT: pl.String, VALUE: pl.String}, orient="row")
    said.drop_nulls(VALUE).write_csv(folder / f"{PREFIX}{RECORD}.csv")


def read_record(path: Path | None, problems: Problems) -> Said:
    """Read ``hearth_record.csv``; says nothing when there is none or it cannot be read."""
    found = None if path is None else files.read_text_table(path, problems)
    if path is None or found is None or not {WHAT, VALUE} <= set(found.columns):
        return Said()
    problems.count(path.name, found.height, found.height)
    reader = Reader(path.name, problems)
    days = {what: _day(reader, found, what) for what in ("snapshot_on", "history_from")}
    carries = found.filter(pl.col(WHAT) == "carries")[VALUE].drop_nulls().to_list()
    named = found.filter(pl.col(WHAT) == "authority")[VALUE].to_list()
    return Said(authority=next(iter(named), None), carries=frozenset(carries), **days)


def _day(reader: Reader, found: pl.DataFrame, what: str) -> date | None:
    days: list[date | None] = reader.date(found.filter(pl.col(WHAT) == what), VALUE).to_list()
    return next(iter(days), None)


def write_tables(tables: Mapping[str, pl.DataFrame], folder: Path) -> None:
    """Write whole Hearth tables as text: days in ISO form, answers as Y and N, without the authority."""
    for name, frame in tables.items():
        text = written(frame.drop("authority"))
        headed = {column: f"{name}.{column}" for column in text.columns}
        text.rename(headed).write_csv(folder / f"{PREFIX}{name}.csv")


def written(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame as text; text that looks like a formula has an apostrophe before it."""
    return frame.select(_as_text(frame[column]) for column in frame.columns)


def _as_text(values: pl.Series) -> pl.Series:
    if values.dtype == pl.Boolean:
        return values.replace_strict({True: "Y", False: "N"}, default=None, return_dtype=pl.String)
    if values.dtype == pl.Date:
        return values.dt.to_string("%Y-%m-%d")
    if isinstance(values.dtype, pl.Datetime):
        return values.dt.to_string("%Y-%m-%dT%H:%M:%S")
    if values.dtype == pl.String:
        return values.str.replace(r"^([=+@-])", "'$1")
    return values.cast(pl.String)


def read_tables(paths: Mapping[str, Path], problems: Problems) -> dict[str, pl.DataFrame]:
    """The Hearth tables in the files (from ``folder.look``) by table, without the authority; several at once."""
    named = [(name, path) for name, path in paths.items() if name != RECORD]
    with ThreadPoolExecutor() as pool:
        read = list(pool.map(lambda each: _read(each[0], each[1], problems), named))
    return {name: frame for (name, _), frame in zip(named, read, strict=True) if frame is not None}


def _read(name: str, path: Path, problems: Problems) -> pl.DataFrame | None:
    raw = files.read_text_table(path, problems)
    if raw is None:
        problems.count(path.name, 0, 0)
        return None
    raw = raw.rename(lambda heading: heading.removeprefix(f"{name}."))
    reader = Reader(path.name, problems)
    kinds = {column: kind for column, kind in catalogue.empty(name).schema.items() if column != "authority"}
    typed = pl.DataFrame([*(_column(reader, raw, name, column, kind) for column, kind in kinds.items()), raw["row"]])
    kept = reader.require(typed, *_required(name))
    problems.count(path.name, raw.height, kept.height)
    return kept.drop("row")


def _required(name: str) -> Iterable[str]:
    columns = catalogue.TABLES[name].columns()
    return [column for column, kind in columns.items() if not kind.nullable and column != "authority"]


def _column(reader: Reader, raw: pl.DataFrame, table: str, column: str, kind: pl.DataType) -> pl.Series:
    if kind == pl.Date:
        return reader.date(raw, column)
    if isinstance(kind, pl.Datetime):
        return reader.datetime(raw, column)
    if kind == pl.Boolean:
        return reader.yes_no(raw, column)
    if kind == pl.Int64:
        return reader.integer(raw, column)
    if kind == pl.Float64:
        return reader.number(raw, column)
    return _text(reader, raw, table, column)


def _text(reader: Reader, raw: pl.DataFrame, table: str, column: str) -> pl.Series:
    about = catalogue.TABLES[table].columns()[column].metadata or {}
    if "codes" in about and (table, column) not in OPEN_LISTS:
        cased = {code.upper(): code for code in load(about["codes"])}
        return reader.code(raw, column, about["codes"], aliases=cased)
    return reader.text(raw, column).str.replace(ESCAPED, "$1")
