"""What becomes of a row that the record and a source tell differently: who wrote each value decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

KEPT = "_kept"
"""Ends the name of the record's own column beside the source's."""
AUTHOR = "_author"
"""Ends the name of the column that says which load wrote the record's value; null when Hearth did."""
WITHDRAWN = "is_withdrawn"


@dataclass(frozen=True, eq=False)
class Loads:
    """What is known of the loads whose values stand: which speak of a later day, which are of another kind.

    ``worked_out`` names columns that the source does not carry and yet has values in: a blank there says nothing.
    """

    later: frozenset[int] = frozenset()
    other_kind: frozenset[int] = frozenset()
    worked_out: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Settled:
    """``changed``: row_id, at and the columns' values to be; ``kept``: row_id, at, column, ours, theirs."""

    changed: pl.DataFrame
    kept: pl.DataFrame


def settle(pairs: pl.DataFrame, columns: Sequence[str], loads: Loads, *, overwrite_owned: bool = False) -> Settled:
    """Decides column by column. ``pairs``: at, row_id, each column of the source and of the record, and its author.

    The source's value is taken unless Hearth wrote the record's (then both are told, and it is taken only when asked),
    a load that speaks of a later day wrote it, or the source is blank where another kind of source said something.
    A row that Hearth withdrew stays withdrawn; one that a load withdrew stands again.
    """
    takes = {column: _is_taken(column, loads, overwrite_owned) for column in columns}
    again = pl.col(WITHDRAWN + KEPT) & (_by_hearth(WITHDRAWN).not_() | overwrite_owned)
    stays = pl.col(WITHDRAWN + KEPT) & ~again
    marked = pairs.with_columns(again.alias("_again"), stays.alias("_stays")).with_columns(
        (take & ~pl.col("_stays")).alias(f"{column}_taken") for column, take in takes.items()
    )
    to_change = marked.filter(pl.any_horizontal("_again", *(f"{column}_taken" for column in columns)))
    values = [
        pl.when(f"{column}_taken").then(pl.col(column)).otherwise(pl.col(column + KEPT)).alias(column)
        for column in columns
    ]
    changed = to_change.select("row_id", "at", *values)
    return Settled(changed, _told(marked, columns, loads, overwrite_owned=overwrite_owned))


def _differs(column: str) -> pl.Expr:
    return pl.col(column).ne_missing(pl.col(column + KEPT))


def _by_hearth(column: str) -> pl.Expr:
    return pl.col(column + AUTHOR).is_null()


def _is_taken(column: str, loads: Loads, overwrite_owned: bool) -> pl.Expr:
    author = pl.col(column + AUTHOR)
    by_later = author.is_in(list(loads.later)).fill_null(value=False)
    by_other_kind = author.is_in(list(loads.other_kind)).fill_null(value=False) | (column in loads.worked_out)
    says_nothing = pl.col(column).is_null() & by_other_kind
    owned = pl.lit(value=False) if overwrite_owned else _by_hearth(column)
    return _differs(column) & ~by_later & ~says_nothing & ~owned


def _told(marked: pl.DataFrame, columns: Sequence[str], loads: Loads, *, overwrite_owned: bool) -> pl.DataFrame:
    """Where Hearth's own value was kept against another: both values, a row for each column."""
    schema = {"row_id": pl.Int64, "at": pl.UInt32, "column": pl.String, "ours": pl.String, "theirs": pl.String}
    parts = [pl.DataFrame(schema=schema)]
    if overwrite_owned:
        return parts[0]
    for column in columns:
        spoken = pl.col(column).is_not_null() | (column not in loads.worked_out)
        kept = marked.filter(_differs(column) & _by_hearth(column) & spoken & ~pl.col("_stays"))
        parts.append(_said(kept, column, pl.col(column + KEPT), pl.col(column)))
    withdrawn = marked.filter("_stays")
    return pl.concat([*parts, _said(withdrawn, WITHDRAWN, pl.lit("withdrawn"), pl.lit("still there"))])


def _said(rows: pl.DataFrame, column: str, ours: pl.Expr, theirs: pl.Expr) -> pl.DataFrame:
    words = [ours.cast(pl.String).alias("ours"), theirs.cast(pl.String).alias("theirs")]
    return rows.select(pl.col("row_id").cast(pl.Int64), "at", pl.lit(column).alias("column"), *words)
