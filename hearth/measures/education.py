"""Measures of education that the social care record can give."""

from __future__ import annotations

import polars as pl

from hearth.measures import populations_special_needs as special_needs
from hearth.measures.measure import Measure
from hearth.measures.timeliness import FELL_DUE, due_in_period
from hearth.timescales.catalogue import DUTIES

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

PLAN_DUTIES = ("pep-initiated", "pep-termly")
PEP_IN_TIME = Measure(
    id="pep-in-time",
    title="Personal education plans started and reviewed in time",
    area="education",
    kind="percentage",
    population=due_in_period(*PLAN_DUTIES),
    among=FELL_DUE,
    counts=pl.col("is_in_time"),
    numerator="of these, those started or reviewed on or before the due day",
    denominator="starts and termly reviews of personal education plans that fell due in the period",
    meaning="How often our children's education plans were started and looked at again when they should have been.",
    better="higher",
    target=100,
    unit="percent",
    source="Promoting the education of looked-after children, statutory guidance, 2018",
    follows="local",
    reading=(
        "Both duties together; pep-initiated-in-time and pep-termly-in-time split them. A review is owed once in each "
        "term. Not done is not in time; what lapsed first is not counted."
    ),
    needs=tuple(dict.fromkeys(need for duty in PLAN_DUTIES for need in DUTIES[duty].clock.needs)),
    duties=PLAN_DUTIES,
    over="period",
    shows=("duty", "due_on", "done_on", "status"),
)

MEASURES: tuple[Measure, ...] = (SEN_IDENTIFIED, PEP_IN_TIME)
