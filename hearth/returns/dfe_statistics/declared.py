"""Which published figures Hearth reads, and where each stands in the Department's files."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

Where = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Statistic:
    """One published series: rows where the columns have these values, and the columns that hold its numbers.

    ``value`` empty means that the percentage is made from the counts (sum of ``count`` over the rows / sum over the
    rows ``of``). ``of`` is a column of the same row, or rows that hold the denominator in the column ``count``.
    """

    statistic: str
    title: str
    unit: str
    where: Where
    value: str
    count: str
    of: Where | str

    @property
    def columns(self) -> frozenset[str]:
        """The headings without which the file cannot hold this series."""
        return frozenset([*self.where, *filter(None, (self.value, self.count))])

    def rows(self) -> pl.Expr:
        """Which rows hold the series."""
        return matches(self.where)


def matches(where: Where) -> pl.Expr:
    """Rows whose columns hold one of the values given."""
    return pl.all_horizontal(pl.col(column).is_in(list(values)) for column, values in where.items())


@cache
def statistics() -> tuple[Statistic, ...]:
    """The declared series, in order."""
    with (Path(__file__).parent / "statistics.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_statistic(row) for row in csv.DictReader(file))


def _statistic(row: dict[str, str]) -> Statistic:
    of = _where(row["of"]) if "=" in row["of"] else row["of"]
    return Statistic(**{**row, "where": _where(row["where"]), "of": of})  # type: ignore[arg-type]  # columns = fields


def _where(text: str) -> Where:
    pairs = (part.partition("=") for part in text.split(";"))
    return {column: tuple(values.split("|")) for column, _, values in pairs}
