"""From the record to what is owed: the engine of duties run over some children, as rows for the store."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from hearth.timescales.engine import occurrences
from hearth.timescales.limits import Limits
from hearth.web.children.frames import record_of

Row = Sequence[Any]
KEPT = (
    "duty",
    "opened_on",
    "triggered_on",
    "due_on",
    "done_on",
    "refused_on",
    "ended_on",
    "adult_on",
    "is_known",
    "last_done_on",
)
"""The columns of the store, after the child."""


def owed(
    children: Iterable[int] | None,
    keys: Mapping[tuple[str, str], int],
    day: date,
    limits: Limits,
    touched: Collection[str] | None = None,
) -> list[Row]:
    """Rows of (the child's key, *KEPT*): what is not done by the day, in spans that have not ended by then.

    ``children``: their keys, None for all; ``keys``: the key of each (authority, child_id); ``touched``: only the
    duties whose clocks read one of these tables.
    """
    record = record_of(children)
    found = occurrences(record, limits=limits, touched=touched, subject="child", lapsed_since=day)
    done = pl.col("done_on").filter(pl.col("done_on") <= day)
    told = found.with_columns(
        done.max().over("child", "duty").alias("last_done_on"), pl.col("duty").cast(pl.String)
    ).filter(pl.col("done_on").is_null() | (pl.col("done_on") > day))
    return [(keys[authority, child_id], *rest) for authority, child_id, *rest in _rows(told)]


def _rows(told: pl.DataFrame) -> Iterable[Row]:
    return told.select("authority", "child_id", *KEPT).iter_rows()
