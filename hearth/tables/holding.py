"""The truths that the record holds its rows to, asked of a table before it is written: which rows break which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

LEAST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 1, 1)
LARGEST_WHOLE = 2**31 - 1
NUL = "\0"


@dataclass(frozen=True)
class Order:
    """The second day is not before the first."""

    first: str
    then: str
    sentence: str


@dataclass(frozen=True)
class OneOf:
    """The value, where there is one, is among those known."""

    column: str
    values: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class Once:
    """No two standing rows agree in these columns, among rows where each of ``where`` holds a value of those given.

    A column in ``where`` without values must be blank.
    """

    columns: tuple[str, ...]
    where: Mapping[str, tuple[str, ...]]
    sentence: str


@dataclass(frozen=True)
class Longest:
    """Text of no more than so many characters."""

    column: str
    characters: int


Truth = Order | OneOf | Once | Longest


def broken(rows: pl.DataFrame, truths: Sequence[Truth]) -> pl.DataFrame:
    """The rows that break a truth by themselves, and the first they break: at, column, value, sentence."""
    schema = {"at": rows.schema["at"], "column": pl.String(), "value": pl.String(), "sentence": pl.String()}
    found = [pl.DataFrame(schema=schema)]
    for column, wrong, sentence in (*_of_truths(rows, truths), *_of_kinds(rows)):
        value = pl.col(column).cast(pl.String, strict=False).str.slice(0, 100)
        told = [pl.lit(column).alias("column"), value.alias("value"), pl.lit(sentence).alias("sentence")]
        found.append(rows.filter(wrong.fill_null(value=False)).select("at", *told))
    return pl.concat(found).unique("at", keep="first", maintain_order=True)


def clashes(rows: pl.DataFrame, truth: Once) -> pl.DataFrame:
    """The ``at`` of rows that may not stand beside another: of two, the later in the order of ``rows``."""
    if truth.columns and not set(truth.columns) <= set(rows.columns):
        return rows.clear().select("at")
    asked = rows.filter(_where(truth), pl.all_horizontal(pl.col(truth.columns).is_not_null()))
    return asked.filter(~pl.struct(truth.columns).is_first_distinct()).select("at").drop_nulls()


def _where(truth: Once) -> pl.Expr:
    conditions = [
        pl.col(column).is_in(list(values)).fill_null(value=False) if values else pl.col(column).is_null()
        for column, values in truth.where.items()
    ]
    return pl.all_horizontal(conditions) if conditions else pl.lit(value=True)


def _of_truths(rows: pl.DataFrame, truths: Sequence[Truth]) -> list[tuple[str, pl.Expr, str]]:
    found: list[tuple[str, pl.Expr, str]] = []
    for truth in truths:
        if isinstance(truth, Order) and {truth.first, truth.then} <= set(rows.columns):
            found.append((truth.then, pl.col(truth.then) < pl.col(truth.first), truth.sentence))
        elif isinstance(truth, OneOf) and truth.column in rows.columns:
            wrong = pl.col(truth.column).is_not_null() & ~pl.col(truth.column).is_in(list(truth.values))
            found.append((truth.column, wrong, truth.sentence))
        elif isinstance(truth, Longest) and rows.schema.get(truth.column) == pl.String:
            long = pl.col(truth.column).str.len_chars() > truth.characters
            found.append((truth.column, long, f"Longer than {truth.characters} characters: shorten it"))
    return found


def _of_kinds(rows: pl.DataFrame) -> list[tuple[str, pl.Expr, str]]:
    """What no database takes: days centuries away, numbers beyond counting, text with a zero character."""
    found: list[tuple[str, pl.Expr, str]] = []
    for column, kind in rows.schema.items():
        if kind.is_temporal():
            away = (pl.col(column).dt.date() < LEAST_DAY) | (pl.col(column).dt.date() > LAST_DAY)
            found.append((column, away, "A day centuries away: correct the year"))
        elif kind == pl.Int64 and column not in ("at", "row_id"):
            found.append((column, pl.col(column).abs() > LARGEST_WHOLE, "A number too large to be meant: correct it"))
        elif kind == pl.Float64:
            found.append((column, ~pl.col(column).is_finite(), "Not a number: correct it"))
        elif kind == pl.String:
            zero = pl.col(column).str.contains(NUL, literal=True)
            found.append((column, zero, "Holds a zero character: take it out"))
    return found
