"""Reasons for lateness, kept beside the date that was missed."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import load
from hearth.tables.record import Record

BESIDE = ("authority", "child_id", "duty", "due_on")


def with_reasons(rows: pl.DataFrame, record: Record) -> pl.DataFrame:
    """Rows (authority, child_id, duty, due_on, done_on, as_of) with ``lateness``: why it was late, in words.

    The reason recorded last by the day counts; null where none is recorded, or where it was not late.
    """
    words = {code: found.label.lower() for code, found in load("lateness_reason").items()}
    reason = pl.col("reason").replace_strict(words, default=pl.col("reason"), return_dtype=pl.String)
    said = record["lateness_reasons"].select(
        *BESIDE,
        pl.concat_str(reason, "note", separator=", ", ignore_nulls=True).alias("said"),
        pl.col("recorded_on").alias("said_on"),
    )
    joined = rows.with_row_index("at").join(said, on=BESIDE, how="left")
    known = (pl.col("said_on") <= pl.col("as_of")).fill_null(value=True)
    was_late = (pl.coalesce("done_on", "as_of") > pl.col("due_on")).fill_null(value=False)
    told = joined.with_columns(pl.when(known & was_late & (pl.col("said") != "")).then("said").alias("lateness"))
    order = told.sort("at", pl.col("lateness").is_not_null(), "said_on", nulls_last=False)
    return order.unique("at", keep="last", maintain_order=True).drop("at", "said", "said_on")
