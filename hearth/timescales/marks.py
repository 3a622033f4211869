"""Arrangements that change how often a child must be visited: an assessment outstanding, an approval for a time, fewer
visits agreed.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.history import History, following, key, preceding

PENDING, TEMPORARY, EXTENDED = members(
    "arrangement", "parents_pending", "temporary_approval", "temporary_approval_extended"
)
FEWER = members("arrangement", "fewer_visits")
APPROVED_FOR_A_TIME = "temporary approval"
RULE_OF: Mapping[str, str] = MappingProxyType(
    {PENDING: "parents, assessment pending", TEMPORARY: APPROVED_FOR_A_TIME, EXTENDED: APPROVED_FOR_A_TIME}
)

HAS_RULE = pl.col("kind").is_in(list(RULE_OF))
IS_FEWER = pl.col("kind").is_in(FEWER)
NOT_AGREED = pl.lit(value=False).alias("is_agreed")
GOES_ON_NOT = pl.lit(value=False).alias("goes_on")


def under_arrangements(stays: pl.DataFrame, history: History) -> pl.DataFrame:
    """Stays (with ``rule``) cut where an arrangement with a rule of its own begins or ends, and put under that rule.

    ``goes_on``: nothing but the end of an arrangement began the piece, so its visits go on from the last one. Stays are
    also cut where a child no longer agrees to fewer visits.
    """
    marks = history.table("arrangements").filter(HAS_RULE | IS_FEWER)
    if marks.is_empty():
        return stays.with_columns(GOES_ON_NOT)
    named = marks.select("child", pl.col("started_on").alias("from"), pl.col("ended_on").alias("to"), "kind")
    withdrawn = named.filter(IS_FEWER).select("child", pl.col("to").alias("day")).drop_nulls().unique()
    ruling = named.filter(HAS_RULE)
    ends = [ruling.select("child", pl.col(end).alias("day")) for end in ("from", "to")]
    pieces = _cut(stays, pl.concat([withdrawn, *ends]).drop_nulls().unique())
    return _going_on(_ruled(pieces.with_columns(pl.col("rule").alias("own_rule")), ruling), withdrawn)


def _going_on(pieces: pl.DataFrame, withdrawn: pl.DataFrame) -> pl.DataFrame:
    """With ``goes_on``; ``withdrawn``: days (child, day) from which a child agrees to fewer visits no longer."""
    ended = withdrawn.select("child", pl.col("day").alias("started_on"), pl.lit(value=True).alias("is_withdrawn"))
    known = pieces.join(ended, on=["child", "started_on"], how="left", maintain_order="left")
    before = {name: preceding(name, of="placement_id") for name in ("rule", "own_rule")}
    is_as_before = (pl.col("rule") == pl.col("own_rule")) & (before["own_rule"] == pl.col("own_rule"))
    has_ended = (before["rule"] != before["own_rule"]) | pl.col("is_withdrawn").fill_null(value=False)
    goes_on = (is_as_before & has_ended).fill_null(value=False).alias("goes_on")
    return known.with_columns(goes_on).drop("own_rule", "is_withdrawn")


def _cut(stays: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """The stays in pieces, a new one from each of the days (child, day) that lies inside a stay."""
    numbered = stays.with_row_index("stay")
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
