"""Measures of education that the social care record can give."""

from __future__ import annotations

import polars as pl

from hearth.measures import populations_special_needs as special_needs
from hearth.measures.measure import Measure

SEN_IDENTIFIED = Measure(
    id="sen-identified",
    title="Children with special needs considered for an education, health and care plan",
    area="education",
    kind="percentage",
    population=special_needs.with_identified_needs,
    counts=pl.col("is_considered"),
    numerator="those for whom an assessment was asked for, or who have a plan",
    denominator="children looked after on the day with a special educational need identified",
    meaning="Of our children who need more help to learn, how many were considered for the plan that secures it.",
    better="higher",
    target=100,
    unit="percent",
    source="Local strategies; Special Educational Needs and Disability Regulations 2014",
    follows="local",
    reading="A need, a request or a plan identifies; a request or a plan shows that one was considered.",
    needs=("episodes", "special_needs", ("ehc_requests", "ehc_plans")),
    shows=("is_requested", "has_plan"),
)

MEASURES: tuple[Measure, ...] = (SEN_IDENTIFIED,)
