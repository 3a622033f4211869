"""A measure for every rule of drift: how many journeys stand still, among those at that stage."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import polars as pl

from hearth.measures.measure import Measure, Population
from hearth.timescales.drift.catalogue import DRIFTS
from hearth.timescales.drift.rule import Drift

if TYPE_CHECKING:
    from hearth.measures.facts import Facts

AREA_OF: Mapping[str, str] = MappingProxyType(
    {"no-worker-contact": "safety", "missing-no-interview": "safety", "high-sdq-no-follow-up": "health"}
)
"""The areas of rules that are not about permanence and planning."""


@cache
def at_stage(drift_id: str) -> Population:
    """Population: children at the stage of a rule on the day, one row each: since_on, still_from, is_still."""

    def population(facts: Facts) -> pl.DataFrame:
        from hearth.timescales.drift.engine import stages

        found = stages(facts.record, DRIFTS[drift_id], facts.periods["as_of"].to_list(), facts.limits)
        return found.join(facts.periods, on="as_of").with_columns(pl.col("as_of").alias("on"))

    return population


def _measure(drift: Drift) -> Measure:
    return Measure(
        id=f"drift-{drift.id}",
        title=drift.title,
        area=AREA_OF.get(drift.id, "permanence"),
        kind="percentage",
        population=at_stage(drift.id),
        counts=pl.col("is_still"),
        numerator="of these, children whose journey stands still on the day",
        denominator=f"children at this stage on the day: {drift.stage.format('a day')}".lower(),
        meaning=f"{drift.title}: how many children wait longer than we ourselves allow ({drift.step}).",
        better="lower",
        target=0,
        unit="percent",
        source=drift.source,
        follows="local",
        reading="The numerator is the number of children on the list that `hearth drift` gives.",
        needs=drift.needs,
        shows=("since_on", "still_from"),
    )


DERIVED: Mapping[str, Measure] = MappingProxyType({each.id: each for each in map(_measure, DRIFTS.values())})
"""The measures by id; worked out only when asked for."""
