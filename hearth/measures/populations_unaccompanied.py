"""Care leavers who came to the country alone."""

from __future__ import annotations

import polars as pl

from hearth.measures.facts import CHILD, Facts
from hearth.measures.populations_leaving_care import given, with_leaving_care_rights

ADULT = 18

__all__ = ["care_leavers_aged_18_and_over", "given"]


def care_leavers_aged_18_and_over(facts: Facts) -> pl.DataFrame:
    """Care leavers aged 18 or over on the day, with ``came_alone``: looked after as unaccompanied at some time.

    Null for a young person who did, but whose entitlement is not known.
    """
    alone = facts.record["unaccompanied"].select(CHILD).unique().with_columns(pl.lit(value=True).alias("_alone"))
    grown = facts.of(with_leaving_care_rights).filter(pl.col("age") >= ADULT)
    marked = grown.join(alone, on=CHILD, how="left", maintain_order="left")
    entitled = pl.when(pl.col("category").is_not_null()).then(pl.lit(value=True))
    answer = pl.when("_alone").then(entitled).otherwise(pl.lit(value=False))
    return marked.with_columns(answer.alias("came_alone")).drop("_alone")
