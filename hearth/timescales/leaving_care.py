"""Leaving care: needs assessment, pathway plan and its reviews, keeping in touch."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.duty import ALWAYS, STEP, Clock, Deed, Duty
from hearth.timescales.eligibility import ADOPTED, TRANSFERRED, eligible_from
from hearth.timescales.history import History, following, once_a_day, preceding, shared
from hearth.timescales.occasions import entries

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
    complete; and again from the day on which that home broke down before 18, or they came back into care.

    Columns: child, opened_on, ended_on, eligible_on (null where the day of becoming eligible is not known); in order.
    """
    away = pl.concat([_taken_over(history), _home_for_good(history)])
    first = eligible_from(history).select("child", "opened_on", "eligible_on")
    again = away.join(first.select("child", since="opened_on"), on="child").filter(pl.col("back_on") > pl.col("since"))
    starts = pl.concat([first, again.select("child", opened_on="back_on", eligible_on="back_on")]).unique()
    ends = starts.join(away, on="child").filter(pl.col("away_on") > pl.col("opened_on"))
    nearest = ends.group_by("child", "opened_on").agg(pl.col("away_on").min().alias("ended_on"))
    found = starts.join(nearest, on=["child", "opened_on"], how="left").sort("child", "opened_on")
    return found.select("child", "opened_on", "ended_on", "eligible_on")


def _taken_over(history: History) -> pl.DataFrame:
    """The day another family or authority took over for good: child, away_on, back_on (never)."""
    last = history.table("periods_of_care").filter(~pl.col("is_short_breaks")).sort("child", "first_known_on")
    gone = last.unique("child", keep="last").filter(pl.col("reason_ended").is_in(NO_LONGER_OURS))
    return gone.select("child", pl.col("ended_on").alias("away_on"), pl.lit(None, pl.Date).alias("back_on"))


def _home_for_good(history: History) -> pl.DataFrame:
    """The day six months with a parent were complete: the young person is qualifying from then on (reg 3(5) to (7)).

    ``back_on`` is the day it broke down, or care began again; null where it lasted to the 18th birthday.
    """
    complete = history.due("returned-home-six-months", "started_on")
    homes = history.table("returns_home").select("child", "started_on", "ended_on", complete.alias("away_on"))
    numbered = history.with_lives(homes, "adult_on").with_row_index("at")
    cared = history.periods.select("child", pl.col("opened_on").alias("care_on"))
    again = numbered.join(cared, on="child").filter(pl.col("care_on") > pl.col("started_on"))
    back = again.group_by("at").agg(pl.col("care_on").min())
    over = pl.min_horizontal("ended_on", "care_on")
    found = numbered.join(back, on="at", how="left", maintain_order="left").with_columns(over.alias("over_on"))
    lasted = (pl.col("over_on") > pl.col("away_on")).fill_null(value=True)
    before_18 = pl.when(pl.col("over_on") < pl.col("adult_on")).then("over_on").alias("back_on")
    return found.filter(lasted).select("child", "away_on", before_18)


def _first(history: History, table: str, day: str, name: str = "done_on") -> pl.DataFrame:
    return history.table(table).group_by("child").agg(pl.col(day).min().alias(name))


def _to_be_assessed(history: History) -> pl.DataFrame:
    """From becoming eligible to 18, with the first assessment."""
    found = _with_first(owed(history), _first(history, "needs_assessments", "completed_on"))
    return found.select("child", "opened_on", pl.col("eligible_on").alias("triggered_on"), "ended_on", "done_on")


def _with_first(spans: pl.DataFrame, first: pl.DataFrame) -> pl.DataFrame:
    """The spans (child, opened_on, in order) with the first act ever (child, done_on); none is owed twice.

    It belongs to the span that began last before it, one from before them all to the first.
    """
    acted = spans.join(first, on="child", how="left", maintain_order="left")
    is_later = preceding("opened_on").is_not_null()
    was_done = (pl.col("done_on") < pl.col("opened_on")).fill_null(value=False)
    mine = (pl.col("done_on") < following("opened_on")).fill_null(value=True)
    told = acted.with_columns((is_later & was_done).alias("is_done_before"), pl.when(mine).then("done_on"))
    return told.filter(~pl.col("is_done_before")).drop("is_done_before")


ASSESSMENT = Clock("leaving-care needs", needs=("episodes", "needs_assessments"), also=HOME, spans=_to_be_assessed)
NEEDS_ASSESSMENT = Duty("needs-assessment", ASSESSMENT, rules="R5 R6 R13")


def _to_be_planned(history: History) -> pl.DataFrame:
    """From the first needs assessment, or from leaving care without one, with the first pathway plan, also one made
    earlier; in time by the due day, and before care ended.
    """
    plans = history.table("pathway_plans").filter(pl.col("kind").is_in(PLAN))
    made = plans.group_by("child").agg(pl.col("completed_on").min().alias("done_on"))
    left = out_of_care(history).group_by("child").agg(pl.col("opened_on").min().alias("left_on"))
    assessed = _first(history, "needs_assessments", "completed_on", "assessed_on")
    known = assessed.join(left, on="child", how="full", coalesce=True)
    is_late = (pl.col("assessed_on") > pl.col("left_on")).fill_null(pl.col("assessed_on").is_null())
    begins = known.select(
        "child",
        pl.min_horizontal("assessed_on", "left_on").alias("begins_on"),
        "left_on",
        pl.when(is_late).then(pl.lit("leaving")).otherwise(pl.lit("assessed")).alias("part"),
    )
    found = _with_first(_beginning(owed(history), begins), made)
    in_care = pl.when(pl.col("opened_on") <= pl.col("left_on")).then("left_on")
    by = pl.min_horizontal(history.due("pathway-plan", "opened_on"), in_care)
    in_time = (pl.col("done_on") <= by).alias("is_in_time")
    return found.select("child", "opened_on", "ended_on", "done_on", in_time, "part")


def _beginning(spans: pl.DataFrame, begins: pl.DataFrame) -> pl.DataFrame:
    """The spans from the day that begins them (child, begins_on): the first from that day, later ones not before it."""
    known = spans.join(begins, on="child", maintain_order="left")
    later = pl.when(preceding("opened_on").is_not_null()).then("opened_on")
    from_then = known.with_columns(pl.max_horizontal(later, "begins_on").alias("opened_on")).drop("begins_on")
    return from_then.filter((pl.col("ended_on") > pl.col("opened_on")).fill_null(value=True))


PATHWAY = Clock(
    "pathway plan",
    needs=("episodes", "needs_assessments", "pathway_plans"),
    also=HOME,
    spans=_to_be_planned,
    until=LEFT_CARE,
)
PATHWAY_PLAN = Duty(
    "pathway-plan",
    PATHWAY,
    rules="R1 R2",
    within=(("pathway-plan.leaving", pl.col("part") == "leaving"), ("pathway-plan", ALWAYS)),
    trigger="needs assessment completed, or leaving care without one",
)


def _planned(history: History) -> pl.DataFrame:
    """From the first pathway plan (or review) to the 21st birthday."""
    first = _first(history, "pathway_plans", "completed_on", "begins_on")
    return _beginning(owed(history), first).select("child", "opened_on", "ended_on")


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
    """Care leavers under 21: from each time they left care, once eligible, to the next time they came back; and again
    from the day on which a home that had ended it broke down.
    """
    back = following("opened_on")
    left = history.periods.select("child", pl.col("ended_on").alias("left_on"), back.alias("back_on"))
    pairs = owed(history).join(left.drop_nulls("left_on"), on="child")
    out = pairs.select(
        "child",
        pl.max_horizontal("opened_on", "left_on").alias("opened_on"),
        pl.min_horizontal("ended_on", "back_on").alias("ended_on"),
    )
    return out.filter((pl.col("ended_on") > pl.col("opened_on")).fill_null(value=True))


@shared
def cared_for(history: History) -> pl.DataFrame:
    """Children in care and the care leavers that they become, from entry on; and again from a home that broke down."""
    cared = history.with_lives(entries(history), "adult_on")
    in_care = cared.with_columns(pl.min_horizontal("ended_on", "adult_on").alias("ended_on")).drop("adult_on")
    out = out_of_care(history)
    after = out.select("child", ended_on="opened_on", over_on="ended_on", goes_on=pl.lit(value=True))
    joined = in_care.join(after, on=["child", "ended_on"], how="left", maintain_order="left")
    until = pl.when("goes_on").then("over_on").otherwise("ended_on").alias("ended_on")
    again = out.join(in_care, left_on=["child", "opened_on"], right_on=["child", "ended_on"], how="anti")
    alone = again.with_columns(pl.col("opened_on").alias("triggered_on"))
    return pl.concat([joined.select("child", "opened_on", until, "triggered_on"), alone])


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
