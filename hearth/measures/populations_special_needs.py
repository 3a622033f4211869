"""Children in care with special educational needs, and whether a plan to meet them was considered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from hearth.measures.facts import CHILD
from hearth.measures.populations_year import ROW

if TYPE_CHECKING:
    from hearth.measures.facts import Facts


def with_identified_needs(facts: Facts) -> pl.DataFrame:
    """Children in care on the day with an identified need: is_considered for a plan, has_plan.

    A need, a request for an assessment or a plan identifies; a request or a plan shows that one was considered.
    """
    requested = _since(facts, "ehc_requests", "requested_on", "is_requested")
    planned = _since(facts, "ehc_plans", "started_on", "is_planned")
    flagged = facts.people.select(*CHILD, pl.col("has_ehc_plan").alias("is_flagged"))
    needed = _since(facts, "special_needs", "identified_on", "is_identified")
    whole = facts.on_the_day.join(flagged, on=CHILD, how="left", maintain_order="left")
    for answer in (requested, planned, needed):
        whole = whole.join(answer, on=ROW, how="left", maintain_order="left")
    names = ("is_requested", "is_planned", "is_identified", "is_flagged")
    known = whole.with_columns(pl.col(names).fill_null(value=False))
    has_plan = pl.col("is_planned") | pl.col("is_flagged")
    return known.with_columns(
        has_plan.alias("has_plan"), (has_plan | pl.col("is_requested")).alias("is_considered")
    ).filter(pl.col("is_identified") | pl.col("is_considered"))


def _since(facts: Facts, table: str, day: str, name: str) -> pl.DataFrame:
    """Children for whom the table has a row by each day; a row without a day is taken to be older than any."""
    rows = facts.record[table].select(*CHILD, day).with_columns(pl.lit(None, dtype=pl.Date).alias("never"))
    return facts.alive(rows, day, "never").select(ROW).unique().with_columns(pl.lit(value=True).alias(name))
