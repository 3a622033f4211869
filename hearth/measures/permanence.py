"""Measures of permanence: plans and reviews in time, and how children come to a home that lasts."""

from __future__ import annotations

from typing import Literal

import polars as pl

from hearth.measures import adoption
from hearth.measures import populations_care as care
from hearth.measures import populations_permanence as permanence
from hearth.measures.availability import STARTS_OF_CARE
from hearth.measures.measure import Measure, Population
from hearth.measures.populations_placements import FOSTERED
from hearth.measures.timeliness import FELL_DUE, current_on_the_day, due_in_period
from hearth.tables.codes import members

INDICATORS = "Handbook, indicators.md"
LONG_TERM = members("placement_type", "U1", "U4")
PLAN_DUTY = "permanence-plan"
CARE_PLAN_DUTIES = ("care-plan-initial", "care-plan-current")
NOT_FROM_A_RETURN = "A 903 return lacks the start of care of those who came before its years, so it cannot give this."

PERMANENCE_PLAN = Measure(
    id="permanence-plan-by-second-review",
    title="Permanence plan in place by the second review",
    area="permanence",
    kind="percentage",
    population=due_in_period(PLAN_DUTY),
    among=FELL_DUE,
    counts=pl.col("is_in_time"),
    over="period",
    numerator="of these, reviews by which a plan for permanence had been recorded",
    denominator="second reviews of a time in care that fell due in the period",
    meaning="Of every 100 children at their second review, how many had a plan for where they will grow up.",
    better="higher",
    target=100,
    unit="percent",
    source="Care Planning, Placement and Case Review (England) Regulations 2010, reg. 5(a); duty permanence-plan",
    follows="local",
    reading="Recorded in this time in care, or in force still; by the day of a review that was held sooner than due. "
    f"{NOT_FROM_A_RETURN}",
    needs=("episodes", "reviews", "permanence_plans", STARTS_OF_CARE),
    duties=(PLAN_DUTY,),
    shows=("due_on", "done_on", "status"),
)

REVIEWS_IN_TIME = Measure(
    id="reviews-in-time",
    title="Looked-after reviews held in time",
    area="permanence",
    kind="percentage",
    population=due_in_period(*permanence.REVIEW_DUTIES),
    among=FELL_DUE,
    counts=pl.col("is_in_time"),
    over="period",
    numerator="of these, reviews held on or before the day they were due",
    denominator="reviews that fell due in the period",
    meaning="Of every 100 reviews of a child's care, how many were held when they should have been.",
    better="higher",
    target=100,
    unit="percent",
    source="Care Planning, Placement and Case Review (England) Regulations 2010, reg. 33; Adoption Agencies Regulations"
    " 2005, reg. 36",
    follows="local",
    reading=f"Due days are worked out from the reviews held; a review not held is not in time. {NOT_FROM_A_RETURN}",
    needs=("episodes", "reviews", STARTS_OF_CARE),
    duties=permanence.REVIEW_DUTIES,
    shows=("duty", "due_on", "done_on", "status"),
)

REVIEWS_IN_TIME_CHILD = Measure(
    id="reviews-in-time-child",
    title="Children whose reviews were all held in time",
    area="permanence",
    kind="percentage",
    population=permanence.with_every_review,
    among=pl.col("is_counted"),
    counts=pl.col("are_reviews_in_time"),
    over="period",
    numerator="of these, children for whom every review due in the period was held in time",
    denominator="children looked after on the day for 28 days or more, not placed for adoption",
    meaning="Of every 100 children in our care, how many had every review when they should have.",
    better="higher",
    target=100,
    unit="percent",
    source=f"{INDICATORS}, section 3 (reviews in time, old NI 66)",
    follows="national",
    reading=f"A child for whom no review fell due has none late. {NOT_FROM_A_RETURN}",
    needs=("episodes", "reviews", STARTS_OF_CARE),
    duties=permanence.REVIEW_DUTIES,
    shows=("care_started_on", "reviews"),
)

CARE_PLAN_UP_TO_DATE = Measure(
    id="care-plan-up-to-date",
    title="Looked-after children with an up-to-date care plan",
    area="permanence",
    kind="percentage",
    population=current_on_the_day(*CARE_PLAN_DUTIES, first=CARE_PLAN_DUTIES[:1]),
    counts=pl.col("is_up_to_date"),
    numerator="of these, children with no care plan, and no revision of it after a review, overdue",
    denominator="children looked after on the day, but for those whose first plan is not due yet",
    meaning="Of every 100 children in our care, how many have a care plan that says what is true today.",
    better="higher",
    target=100,
    unit="percent",
    source="Care Planning, Placement and Case Review (England) Regulations 2010, regs. 4, 6; duties care-plan-initial"
    " and care-plan-current",
    follows="local",
    reading="Revised within 20 working days of each review (a council's own limit may be set).",
    needs=("episodes", "care_plans", "reviews"),
    duties=CARE_PLAN_DUTIES,
    shows=("status", "duty", "due_on"),
)


def _average(
    id_: str,
    title: str,
    population: Population,
    *,
    counts: str,
    unit: str,
    numerator: str,
    denominator: str,
    meaning: str,
    better: Literal["lower", "neutral"] = "lower",
    over: Literal["day", "period"] = "period",
    source: str,
    follows: Literal["national", "local"],
    reading: str,
    needs: tuple[str, ...] = ("episodes",),
    shows: tuple[str, ...],
) -> Measure:
    """An average length of time; who has no known start is left out and counted as not known."""
    return Measure(
        id=id_,
        title=title,
        area="permanence",
        kind="average",
        population=population,
        counts=pl.col(counts),
        unknown="out of denominator",
        over=over,
        numerator=numerator,
        denominator=denominator,
        meaning=meaning,
        better=better,
        unit=unit,
        source=source,
        follows=follows,
        reading=reading,
        needs=needs,
        shows=shows,
    )


TIMELY_PERMANENCE = _average(
    "timely-permanence",
    "Time to permanence",
    permanence.permanence_secured,
    counts="days",
    unit="days",
    numerator="days from coming into care to the day permanence was secured",
    denominator="children whose permanence was secured in the period, with a known start of care",
    meaning="How long, on average, children waited for a home that lasts.",
    source="Norfolk strategy",
    follows="local",
    reading="Permanence is an adoption order, special guardianship, a child arrangements order, a return home or a"
    " long-term match; the first in a time in care counts. A source without long-term matches gives the others.",
    shows=("route", "secured_on", "days"),
)

PROCEEDINGS_DURATION = _average(
    "proceedings-duration",
    "Weeks that care proceedings take",
    permanence.concluded_proceedings,
    counts="weeks",
    unit="weeks",
    numerator="weeks from the application to the final order",
    denominator="care proceedings concluded in the period",
    meaning="How many weeks, on average, the court took to decide.",
    source=f"{INDICATORS}, section 8 (care proceedings); the limit of 26 weeks is that of Children Act 1989, s. 32",
    follows="local",
    reading="One case an application: siblings in it count once, under the first of them.",
    needs=("proceedings",),
    shows=("issued_on", "concluded_on", "weeks", "children"),
)

TIME_IN_CARE = _average(
    "time-in-care",
    "Average length of time in care",
    permanence.with_time_in_care,
    counts="days",
    unit="days",
    numerator="days since coming into care",
    denominator="children looked after on the day whose start of care is known",
    meaning="How long, on average, the children in our care now have been in it.",
    better="neutral",
    over="day",
    source="Norfolk strategy",
    follows="local",
    reading="The current period of care; see time-in-care-left for those who left.",
    shows=("care_started_on", "days"),
)

TIME_IN_CARE_LEFT = _average(
    "time-in-care-left",
    "Average length of time in care of those who left",
    permanence.exits_with_time_in_care,
    counts="days",
    unit="days",
    numerator="days from coming into care to leaving it",
    denominator="children who left care in the period whose start of care is known",
    meaning="How long, on average, the children who left our care had been in it.",
    better="neutral",
    source=f"{INDICATORS}, section 1 (average duration)",
    follows="national",
    reading="The last period of care of each child.",
    shows=("care_started_on", "ended_on", "days"),
)

LONG_TERM_MATCHED = Measure(
    id="long-term-matched",
    title="Children formally matched with long-term carers",
    area="permanence",
    kind="count",
    population=permanence.matched_in_the_period,
    over="period",
    numerator="children whose match with long-term carers was agreed in the period",
    meaning="How many children were promised a foster home until they are grown up.",
    better="higher",
    unit="children",
    source="Norfolk and Northumberland strategies",
    follows="local",
    reading="The matches of the period, not all that stand.",
    needs=("long_term_matches",),
    shows=("matched_on",),
)

LONG_TERM_FOSTER_SHARE = Measure(
    id="long-term-foster-share",
    title="Fostered children in long-term homes",
    area="permanence",
    kind="percentage",
    population=care.looked_after_on_the_day,
    among=pl.col("placement_type").is_in(FOSTERED),
    counts=pl.col("placement_type").is_in(LONG_TERM),
    numerator="of these, children in a long-term foster placement (U1, U4)",
    denominator="children fostered on the day (U1 to U6)",
    meaning="Of every 100 fostered children, how many live in a home meant to last until they are grown up.",
    better="higher",
    unit="percent",
    source=f"{INDICATORS}, section 2.4; SSDA903 PLACE",
    follows="national",
    needs=("episodes",),
    shows=("placement_type", "placement_started_on"),
)

MEASURES = (
    PERMANENCE_PLAN,
    TIMELY_PERMANENCE,
    REVIEWS_IN_TIME,
    REVIEWS_IN_TIME_CHILD,
    CARE_PLAN_UP_TO_DATE,
    PROCEEDINGS_DURATION,
    TIME_IN_CARE,
    TIME_IN_CARE_LEFT,
    *adoption.MEASURES,
    LONG_TERM_MATCHED,
    LONG_TERM_FOSTER_SHARE,
)
