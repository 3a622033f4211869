"""Which other row a row looks to: the child's row in another table, the episode before or after, the provider.

- ``Header.DOB``, ``UASC.DUC``, ``Header_last.SEX``: the child's first row in that table;
- ``previous.DEC``, ``next.RNE``: the child's row before and after this one in the same table, by its starting day
  (rows without child or starting day stand outside the order; rows of one day keep the order of the file);
- ``first_episode.X``, ``latest_episode.X``: the child's first and latest episode this year, by DECOM;
- ``latest_last_year.X``: the child's latest episode in last year's return;
- ``provider.X``: the row of the register of the row's URN.

``exists`` as the column asks whether there is such a row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import polars as pl

from hearth.returns.ssda903.checking import providers
from hearth.returns.ssda903.checking.intake import LAST

if TYPE_CHECKING:
    from hearth.returns.ssda903.checking.prepared import Prepared

CHILD = "CHILD"
STARTS = {
    "Episodes": "DECOM",
    "Reviews": "REVIEW",
    "PlacedAdoption": "DATE_PLACED",
    "Missing": "MIS_START",
    "SWEpisodes": "SW_DECOM",
    "DoLo": "DOLO_START",
}
"""The day by which a child's rows in a table are ordered."""
Found = tuple[str, pl.Series]
"""The table meant, and for each row the place in it (null for none)."""


def find(data: Prepared, table: str, name: str) -> Found:
    """The places that a name means for the rows of a table. Raises UnavailableError, KeyError for no such name."""
    if name in NAMED:
        return NAMED[name](data, table)
    return name, _matched(data, table, CHILD, name, CHILD)


def in_order(data: Prepared, table: str) -> pl.DataFrame:
    """The rows of a table that have child and starting day, ordered by them: ``at``, CHILD, ``start``."""
    start = STARTS[table.removesuffix(LAST)]
    rows = data.rows(table, CHILD, start)
    known = rows.drop_nulls([CHILD, start]).rename({table: "at", start: "start"})
    return known.sort(CHILD, "start", "at")


def _matched(data: Prepared, table: str, key: str, other: str, other_key: str) -> pl.Series:
    """The place of the first row in the other table with the same key."""
    keys = data.column(other, other_key).to_frame("key").with_row_index("at").drop_nulls()
    first = keys.unique("key", keep="first")
    wanted = data.column(table, key).to_frame("key")
    return wanted.join(first, on="key", how="left", maintain_order="left")["at"]


def _neighbour(data: Prepared, table: str, step: int) -> Found:
    ordered = in_order(data, table)
    is_same = pl.col(CHILD) == pl.col(CHILD).shift(step)
    beside = ordered.select("at", pl.when(is_same).then(pl.col("at").shift(step)).alias("beside"))
    return table, _by_row(data, table, beside)


def _by_row(data: Prepared, table: str, beside: pl.DataFrame) -> pl.Series:
    nothing = pl.Series([None], dtype=pl.UInt32).new_from_index(0, data.table(table).height)
    return nothing.scatter(beside["at"], beside["beside"])


def _of_child(data: Prepared, table: str, other: str, keep: str) -> Found:
    ordered = in_order(data, other)
    ends = ordered.group_by(CHILD, maintain_order=True).agg(getattr(pl.col("at"), keep)())
    wanted = data.column(table, CHILD).to_frame()
    return other, wanted.join(ends, on=CHILD, how="left", maintain_order="left")["at"]


def _provider(data: Prepared, table: str) -> Found:
    data.table(providers.TABLE)
    return providers.TABLE, _matched(data, table, "URN", providers.TABLE, "URN")


NAMED: Mapping[str, Callable[[Prepared, str], Found]] = {
    "previous": lambda data, table: _neighbour(data, table, 1),
    "next": lambda data, table: _neighbour(data, table, -1),
    "first_episode": lambda data, table: _of_child(data, table, "Episodes", "first"),
    "latest_episode": lambda data, table: _of_child(data, table, "Episodes", "last"),
    "latest_last_year": lambda data, table: _of_child(data, table, "Episodes" + LAST, "last"),
    "provider": _provider,
}
