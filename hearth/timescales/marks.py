"""Arrangements that change how often a child must be visited: an assessment outstanding, an approval for a time, fewer
visits agreed.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.history import History, following, key

PENDING, TEMPORARY = members("arrangement", "parents_pending", "temporary_approval")
FEWER = members("arrangement", "fewer_visits")
RULE_OF: Mapping[str, str] = MappingProxyType({PENDING: "parents, assessment pending", TEMPORARY: "temporary approval"})

HAS_RULE = pl.col("kind").is_in(list(RULE_OF))
IS_FEWER = pl.col("kind").is_in(FEWER)
NOT_AGREED = pl.lit(value=False).alias("is_agreed")


def under_arrangements(stays: pl.DataFrame, history: History) -> pl.DataFrame:
    """Stays (with ``rule``) cut where an arrangement with a rule of its own begins or ends, and put under that rule."""
    marks = history.table("arrangements").filter(HAS_RULE)
    if marks.is_empty():
        return stays
    named = marks.select("child", pl.col("started_on").alias("from"), pl.col("ended_on").alias("to"), "kind")
    return _ruled(_cut(stays, named), named)


def _cut(stays: pl.DataFrame, marks: pl.DataFrame) -> pl.DataFrame:
    """The stays in pieces, a new one from each day inside a stay on which an arrangement began or ended."""
    numbered = stays.with_row_index("stay")
    days = pl.concat([marks.select("child", pl.col(end).alias("day")) for end in ("from", "to")]).drop_nulls().unique()
    inside = (pl.col("day") > pl.col("started_on")) & (pl.col("day") < pl.col("ended_on")).fill_null(value=True)
    later = numbered.join(days, on="child").filter(inside).with_columns(pl.col("day").alias("started_on"))
    pieces = pl.concat([numbered, later.select(numbered.columns)]).sort("stay", "started_on")
    until = pl.min_horizontal("ended_on", following("started_on", of="stay"))
    return pieces.with_columns(until.alias("ended_on")).drop("stay")


def _ruled(pieces: pl.DataFrame, marks: pl.DataFrame) -> pl.DataFrame:
    numbered = pieces.with_row_index("piece")
    during = (pl.col("from") <= pl.col("started_on")) & (pl.col("to") > pl.col("started_on")).fill_null(value=True)
    marked = numbered.select("piece", "child", "started_on").join(marks, on="child").filter(during)
    last = marked.sort("from").unique("piece", keep="last").select("piece", "kind")
    kind = pl.col("kind").replace_strict(RULE_OF, default=None, return_dtype=pieces.schema["rule"])
    found = numbered.join(last, on="piece", how="left", maintain_order="left")
    return found.with_columns(pl.coalesce(kind, "rule").alias("rule")).drop("piece", "kind")


def with_agreement(visits: pl.DataFrame, history: History) -> pl.DataFrame:
    """Visits (child, on) with ``is_agreed``: the child had agreed to fewer visits on that day."""
    agreed = history.table("arrangements").filter(IS_FEWER)
    if agreed.is_empty():
        return visits.with_columns(NOT_AGREED)
    spells = agreed.select(
        key("child", "started_on").alias("key"), pl.col("child").alias("whose"), pl.col("ended_on").alias("to")
    )
    keyed = visits.with_columns(key("child", "on").alias("key"))
    found = keyed.join_asof(spells.sort("key"), on="key", strategy="backward")
    holds = (pl.col("child") == pl.col("whose")) & (pl.col("to") > pl.col("on")).fill_null(value=True)
    return found.with_columns(holds.fill_null(value=False).alias("is_agreed")).drop("key", "whose", "to")
