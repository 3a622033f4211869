"""What list 8 says of the journey in care: when the period, the placement now and the legal status now began."""

from __future__ import annotations

import polars as pl

from hearth.returns.annex_a import cells
from hearth.tables.codes import members

STARTED, MOVED, LEGAL, BOTH = members("reason_new_episode", "S", "P", "L", "B")
CONTINUES = members("reason_episode_ceased", "X1")[0]
LEGAL_FROM = "Start date of current legal status"
PLACE = ("placement_type", "placement_provider", "placement_postcode", "urn", "is_in_area")


def episodes(listed: pl.DataFrame) -> pl.DataFrame:
    """Up to three episodes a child: from the start of care, from the placement now, from the legal status now.

    Before the placement now the placement is not known, nor the legal status before the one now: null there.
    """
    found = _rows(listed)
    days = found.unpivot(["period_started_on", "placed_on", "legal_on"], index="at", value_name="on").drop("variable")
    parts = found.join(days.drop_nulls().unique(), on="at").sort("at", "on")
    following = pl.col("on").shift(-1).over("at")
    is_placed, is_legal = pl.col("on") >= pl.col("placed_on"), pl.col("on") >= pl.col("legal_on")
    return parts.with_columns(
        pl.col("on").alias("started_on"),
        _reason().alias("reason_started"),
        pl.coalesce(following, "ended_on").alias("ended_on"),
        pl.when(following.is_not_null()).then(pl.lit(CONTINUES)).otherwise("reason_ended").alias("reason_ended"),
        pl.when(is_legal).then("legal_status").alias("legal_status"),
        *(pl.when(is_placed).then(column).alias(column) for column in PLACE),
    )


def legal_statuses(listed: pl.DataFrame) -> pl.DataFrame:
    """The legal status now, from the day it began; until care ended, where it has."""
    found = cells.fed(listed, "8", "episodes")
    begun = found.with_columns(listed[LEGAL_FROM].alias("started_on")).drop_nulls("legal_status")
    return begun.select("child_id", pl.col("legal_status").alias("status"), "started_on", "ended_on")


def _rows(listed: pl.DataFrame) -> pl.DataFrame:
    """The list's rows; a placement or status that began before the period, or has no day, began with the period."""
    found = cells.fed(listed, "8", "episodes").rename({"started_on": "placed_on"})
    inside = {"in": True, "out": False}
    ended = pl.when(pl.col("ended_on") >= pl.col("period_started_on")).then("ended_on")
    return (
        found.with_row_index("at")
        .with_columns(
            ended.alias("ended_on"),
            pl.col("is_in_area").replace_strict(inside, default=None, return_dtype=pl.Boolean),
            listed[LEGAL_FROM].alias("legal_on"),
        )
        .with_columns(_in_period("placed_on"), _in_period("legal_on"))
    )


def _in_period(column: str) -> pl.Expr:
    over = pl.col(column) > pl.col("ended_on")
    within = pl.max_horizontal(column, "period_started_on")
    return pl.when(over.fill_null(value=False)).then("period_started_on").otherwise(within).alias(column)


def _reason() -> pl.Expr:
    moved, changed = pl.col("on") == pl.col("placed_on"), pl.col("on") == pl.col("legal_on")
    return (
        pl.when(pl.col("on") == pl.col("period_started_on"))
        .then(pl.lit(STARTED))
        .when(moved & changed)
        .then(pl.lit(BOTH))
        .when(moved)
        .then(pl.lit(MOVED))
        .otherwise(pl.lit(LEGAL))
    )
