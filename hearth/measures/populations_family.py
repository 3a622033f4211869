"""Families: plans before care, and care orders of children who live with their parents."""

from __future__ import annotations

from functools import cache

import polars as pl

from hearth.measures import populations_care as care
from hearth.measures.facts import CHILD, Facts
from hearth.measures.measure import Population
from hearth.tables.codes import members

MONTHS_BEFORE_ENTRY = 12
"""How far back a plan counts as earlier help (mission/measures.csv, entrants-known-to-services: best reading)."""
FULL_CARE_ORDER = members("legal_status", "C2")[0]
SECTION_20 = members("legal_status", "V2")[0]
WITH_PARENTS = members("placement_type", "P1")[0]
ORDER_GOES_ON_OR_LAPSES = members("reason_episode_ceased", "E2", "E3", "E9", "E11", "E12")
"""Died, taken over by another authority, custody, adopted: ends that discharge no care order."""


def entrants_with_earlier_plans(facts: Facts) -> pl.DataFrame:
    """Entrants with ``is_known_to_services`` and the kinds of plan open in the 12 months before (``earlier_plans``)."""
    entrants = facts.of(care.entrants)
    plans = facts.record["earlier_plans"].select(*CHILD, "kind", pl.col("started_on", "ended_on").name.prefix("plan_"))
    since = pl.col("started_on").dt.offset_by(f"-{MONTHS_BEFORE_ENTRY}mo")
    before = (pl.col("plan_started_on") < pl.col("started_on")) & (
        pl.col("plan_ended_on").is_null() | (pl.col("plan_ended_on") >= since)
    )
    keys = [*CHILD, "as_of"]
    kinds = pl.col("kind").unique().sort().str.join(", ").str.replace_all("_", " ").alias("earlier_plans")
    open_ = entrants.select(*keys, "started_on").join(plans, on=CHILD).filter(before).group_by(keys).agg(kinds)
    return entrants.join(open_, on=keys, how="left", maintain_order="left").with_columns(
        pl.col("earlier_plans").is_not_null().alias("is_known_to_services")
    )


@cache
def with_open_plan(kind: str) -> Population:
    """Population: children with a plan of that kind open on the day, one row each."""
    (code,) = members("earlier_plan", kind)

    def population(facts: Facts) -> pl.DataFrame:
        plans = facts.record["earlier_plans"].filter(pl.col("kind") == code)
        held = facts.alive(plans, "started_on", "ended_on").with_columns(pl.col("as_of").alias("on"))
        return held.unique((*CHILD, "as_of"), keep="last", maintain_order=True)

    return population


def care_orders_at_home_ended(facts: Facts) -> pl.DataFrame:
    """Stays on a full care order with parents that ended in the period, ``on`` their last day.

    ``is_discharged``: care ended before 18 in a way that ends the order, or section 20 took its place; null when the
    reason is not known.
    """
    stays = facts.in_full_care.with_columns(
        pl.when(pl.col("period_id").shift(-1) == pl.col("period_id"))
        .then(pl.col("legal_status").shift(-1))
        .alias("next")
    )
    at_home = stays.filter(
        (pl.col("legal_status") == FULL_CARE_ORDER)
        & (pl.col("placement_type") == WITH_PARENTS)
        & pl.col("ended_on").is_not_null()
    ).with_columns(pl.col("ended_on").dt.offset_by("-1d").alias("on"))
    ended = facts.inside(facts.with_age(at_home, "ended_on"), "ended_on")
    left = ~pl.col("reason_ended").is_in(ORDER_GOES_ON_OR_LAPSES) & (pl.col("age") < 18)
    answer = pl.when(pl.col("next").is_not_null()).then(pl.col("next") == SECTION_20).otherwise(left)
    return ended.with_columns(answer.alias("is_discharged"))
