"""Visits made and reviews held while children were looked after, and whether each child's latest visit was in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from hearth.tables.codes import members

if TYPE_CHECKING:
    from hearth.measures.engine import Facts

CHILD = ("authority", "child_id")
ROW = (*CHILD, "as_of")
TOOK_PART = members("participation", "PN1", "PN2", "PN3", "PN5", "PN6")
TOO_YOUNG = members("participation", "PN0")[0]
FIRST_AGE = 4


def visits_seen(facts: Facts) -> pl.DataFrame:
    """Visits in the period at which a child in care was seen, one row each: is_seen_alone."""
    seen = facts.record["visits"].filter(pl.col("is_seen")).select(*CHILD, "visited_on", "is_seen_alone")
    return facts.in_period(_while_looked_after(facts, seen, "visited_on"), "visited_on")


def reviews_held(facts: Facts) -> pl.DataFrame:
    """Reviews of children in care held in the period, one row each: age on the day, participation, took_part.

    Reviews of children under 4 (by age, or by the code PN0) are left out; took_part is null without a code.
    """
    held = facts.record["reviews"].filter(
        pl.col("held_on").is_not_null() & ~pl.col("is_cancelled").fill_null(value=False)
    )
    rows = facts.in_period(_while_looked_after(facts, held, "held_on"), "held_on")
    old_enough = (pl.col("age") >= FIRST_AGE).fill_null(value=True) & (
        pl.col("participation") != TOO_YOUNG
    ).fill_null(value=True)
    return rows.filter(old_enough).with_columns(pl.col("participation").is_in(TOOK_PART).alias("took_part"))


def _while_looked_after(facts: Facts, events: pl.DataFrame, day: str) -> pl.DataFrame:
    """The events on days when the child was in care, the last day of care included."""
    numbered = events.with_row_index("event")
    spans = facts.full_care.select(*CHILD, pl.coalesce("started_on", "first_known_on").alias("from"), "ended_on")
    during = (pl.col("from") <= pl.col(day)) & (pl.col("ended_on").is_null() | (pl.col(day) <= pl.col("ended_on")))
    kept = numbered.join(spans.rename({"ended_on": "to"}), on=CHILD).filter(during)
    return kept
