"""Leaving care: needs assessment, pathway plan and its reviews, keeping in touch."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.duty import STEP, Clock, Deed, Duty
from hearth.timescales.eligibility import ADOPTED, TRANSFERRED, eligible_from
from hearth.timescales.history import History, following, once_a_day, shared

PLAN = members("pathway_plan_event", "plan")
REVIEW = members("pathway_plan_event", "review")
NO_LONGER_OURS = (*ADOPTED, *TRANSFERRED)
HOME = ("returns_home",)
"""Read wherever the end of these duties is asked for; a source without it knows of no return."""
LEFT_CARE = "former-relevant"
"""The limit to which care leavers are owed these duties: the 21st birthday; beyond it they ask."""


@shared
def owed(history: History) -> pl.DataFrame:
    """Young people from becoming eligible to when another family or authority takes over, or six months at home are
    complete.
    """
    ends = pl.concat([_taken_over(history), _home_for_good(history)]).group_by("child").agg(pl.col("ended_on").min())
    eligible = eligible_from(history).join(ends, on="child", how="left")
    still = (pl.col("ended_on") > pl.col("opened_on")).fill_null(value=True)
    return eligible.with_columns(pl.when(still).then("ended_on").alias("ended_on"))


def _taken_over(history: History) -> pl.DataFrame:
    last = history.table("periods_of_care").filter(~pl.col("is_short_breaks")).sort("child", "first_known_on")
    gone = last.unique("child", keep="last").filter(pl.col("reason_ended").is_in(NO_LONGER_OURS))
    return gone.select("child", "ended_on")


def _home_for_good(history: History) -> pl.DataFrame:
    """The day six months with a parent were complete: the young person is qualifying from then on (reg 3(5) to (7))."""
    complete = history.due("returned-home-six-months", "started_on")
    returns = history.table("returns_home").with_columns(complete.alias("complete_on"))
    lasted = (pl.col("ended_on") > pl.col("complete_on")).fill_null(value=True)
    return returns.filter(lasted).select("child", pl.col("complete_on").alias("ended_on"))


def _first(history: History, table: str, day: str, name: str = "done_on") -> pl.DataFrame:
    return history.table(table).group_by("child").agg(pl.col(day).min().alias(name))


def _to_be_assessed(history: History) -> pl.DataFrame:
    """From becoming eligible to 18, with the first assessment."""
    found = owed(history).join(_first(history, "needs_assessments", "completed_on"), on="child", how="left")
    return found.select("child", "opened_on", pl.col("eligible_on").alias("triggered_on"), "ended_on", "done_on")


ASSESSMENT = Clock("leaving-care needs", needs=("episodes", "needs_assessments"), also=HOME, spans=_to_be_assessed)
NEEDS_ASSESSMENT = Duty("needs-assessment", ASSESSMENT, rules="R5 R6 R13")


def _assessed(history: History) -> pl.DataFrame:
    """From the first needs assessment to the 21st birthday, with the first pathway plan, also one made earlier."""
    plans = history.table("pathway_plans").filter(pl.col("kind").is_in(PLAN))
    first = plans.group_by("child").agg(pl.col("completed_on").min().alias("done_on"))
    assessed = _first(history, "needs_assessments", "completed_on", "assessed_on")
    found = owed(history).join(assessed, on="child").join(first, on="child", how="left")
    return found.select("child", pl.col("assessed_on").alias("opened_on"), "ended_on", "done_on")


PATHWAY = Clock(
    "pathway plan",
    needs=("episodes", "needs_assessments", "pathway_plans"),
    also=HOME,
    spans=_assessed,
    until=LEFT_CARE,
)
PATHWAY_PLAN = Duty("pathway-plan", PATHWAY, rules="R1 R2")


def _planned(history: History) -> pl.DataFrame:
    """From the first pathway plan (or review) to the 21st birthday."""
    first = _first(history, "pathway_plans", "completed_on", "planned_on")
    found = owed(history).join(first, on="child")
    return found.select("child", pl.col("planned_on").alias("opened_on"), "ended_on")


def _plan_reviews(history: History) -> pl.DataFrame:
    """Reviews and new plans after the first; while the young person is looked after its reviews review the plan too."""
    first = _first(history, "pathway_plans", "completed_on", "planned_on")
    plans = history.table("pathway_plans").select("child", pl.col("completed_on").alias("on"))
    both = pl.concat([plans, history.reviews.select("child", "on")]).join(first, on="child")
    later = both.filter(pl.col("on") > pl.col("planned_on"))
    return once_a_day(later.select("child", "on")).with_columns(is_certain=True)


PATHWAY_REVIEWS = Clock(
    "pathway plan reviews",
    needs=("episodes", "pathway_plans"),
    also=(*HOME, "reviews"),
    spans=_planned,
    events=_plan_reviews,
    deed=Deed("pathway_plans", "completed_on", {"kind": REVIEW[0]}),
    until=LEFT_CARE,
)
PATHWAY_PLAN_REVIEW = Duty("pathway-plan-review", PATHWAY_REVIEWS, rules="R5 R7")


@shared
def out_of_care(history: History) -> pl.DataFrame:
    """Care leavers under 21: from each time they left care, once eligible, to the next time they came back."""
    back = following("opened_on")
    left = history.periods.select("child", pl.col("ended_on").alias("left_on"), back.alias("back_on"))
    pairs = owed(history).join(left, on="child").filter(pl.col("left_on") >= pl.col("opened_on"))
    return pairs.select(
        "child", pl.col("left_on").alias("opened_on"), pl.min_horizontal("ended_on", "back_on").alias("ended_on")
    )


def _contacts(history: History) -> pl.DataFrame:
    """Two-way contacts; a failed call is none, and one of which it is not known is not certain."""
    made = history.table("care_leaver_contacts").filter(pl.col("is_two_way").fill_null(value=True))
    certain = pl.col("is_two_way").is_not_null()
    return once_a_day(made.select("child", pl.col("contacted_on").alias("on"), certain.alias("is_certain")))


CONTACT = Clock(
    "keeping in touch",
    needs=("episodes", "care_leaver_contacts"),
    also=HOME,
    spans=out_of_care,
    events=_contacts,
    deed=Deed("care_leaver_contacts", "contacted_on", {"is_two_way": True, "is_visit": False}),
    until=LEFT_CARE,
)
KEEP_IN_TOUCH = Duty("keep-in-touch", CONTACT, rules="R4 R7", when=STEP >= 0)

DUTIES = (NEEDS_ASSESSMENT, PATHWAY_PLAN, PATHWAY_PLAN_REVIEW, KEEP_IN_TOUCH)
