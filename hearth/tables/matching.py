"""Which rows of a source are which rows of the record: the same, the same but different in a column, new, or absent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from hearth.tables import catalogue
from hearth.tables.keys import KEYS

NTH = "nth"
"""Rows alike in all columns compared are told apart by their number, so that two are matched with two."""


@dataclass(frozen=True, eq=False)
class Match:
    """``at`` is the row of the source, ``row_id`` the row of the record; every row of both is in one of the frames."""

    same: pl.DataFrame
    differs: pl.DataFrame
    told: pl.DataFrame
    new: pl.DataFrame
    absent: pl.DataFrame


def key_of(name: str, compared: Sequence[str]) -> list[str]:
    """The columns by which rows of the table are matched, of those that the source carries."""
    return [*catalogue.identity(name), *(column for column in KEYS[name].columns if column in compared)]


def duplicates(name: str, given: pl.DataFrame) -> pl.DataFrame:
    """The ``at`` of rows that say again what an earlier row says; of a table with one row each, of every second row."""
    columns = list(catalogue.identity(name)) if KEYS[name].is_one else catalogue.empty(name).columns
    return given.sort("at").filter(~pl.struct(columns).is_first_distinct()).select("at")


def ambiguous(name: str, given: pl.DataFrame, compared: Sequence[str]) -> pl.DataFrame:
    """The ``at`` of rows that share their whole key with an earlier row and yet differ from it."""
    key = key_of(name, compared)
    whole = pl.all_horizontal(pl.col(key).is_not_null()) if KEYS[name].columns else pl.lit(value=False)
    return given.sort("at").filter(whole).filter(~pl.struct(key).is_first_distinct()).select("at")


def match(name: str, given: pl.DataFrame, kept: pl.DataFrame, compared: Sequence[str]) -> Match:
    """Matches the rows of a source with those of the record, whatever the order of either.

    ``given``: the table's columns and ``at``. ``kept``: the table's columns, ``row_id`` and ``is_withdrawn``. First
    come rows alike in all columns ``compared`` (those the source carries), then rows of the same key; rows that stand
    before withdrawn ones.
    """
    identity = list(catalogue.identity(name))
    alike = _joined(given, kept, [*identity, *compared])
    given, kept = _without(given, kept, alike)
    same_key = _joined(given, kept, key_of(name, compared))
    given, kept = _without(given, kept, same_key)
    told = _told(name, given, kept)
    new = given.join(told, on="at", how="anti").select("at")
    return Match(alike, same_key, told, new, kept.select("row_id"))


def _joined(given: pl.DataFrame, kept: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    if given.is_empty() or kept.is_empty():
        return pl.DataFrame(schema={"at": given.schema["at"], "row_id": kept.schema["row_id"]})
    ours = _numbered(given.select(*columns, "at").sort("at"), columns)
    theirs = _numbered(kept.select(*columns, "row_id", "is_withdrawn").sort("is_withdrawn", "row_id"), columns)
    return ours.join(theirs, on=[*columns, NTH], how="inner", nulls_equal=True).select("at", "row_id")


def _numbered(rows: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    if rows.select(columns).is_duplicated().any():
        return rows.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).over(columns).alias(NTH))
    return rows.with_columns(pl.lit(0, dtype=pl.UInt32).alias(NTH))


def _without(given: pl.DataFrame, kept: pl.DataFrame, pairs: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    return given.join(pairs, on="at", how="anti"), kept.join(pairs, on="row_id", how="anti")


def _told(name: str, given: pl.DataFrame, kept: pl.DataFrame) -> pl.DataFrame:
    """Rows whose days lie inside a standing row that says the same: a source of one year sees the later part only."""
    key, identity = KEYS[name], list(catalogue.identity(name))
    if key.span is None or kept.is_empty() or given.is_empty():
        return given.clear().select("at")
    standing = kept.filter(~pl.col("is_withdrawn")).select(*identity, key.span, key.since, key.until)
    both = given.join(standing, on=[*identity, key.span], how="inner", suffix="_kept")
    since, until = pl.col(f"{key.since}_kept"), pl.col(f"{key.until}_kept")
    inside = (since <= pl.col(str(key.since))) & (until.is_null() | (pl.col(str(key.until)) <= until))
    return both.filter(inside.fill_null(value=False)).select("at").unique()
