"""Care plans and plans for permanence: one at the start, revised after each review, permanence by the second review."""

from __future__ import annotations

from datetime import date

import polars as pl

from hearth.timescales.duty import NEXT_ASKED, Clock, Duty
from hearth.timescales.history import History, key, once_a_day, preceding
from hearth.timescales.occasions import reviews
from hearth.timescales.reviews import HELD, first_by_review, next_due, review_links


def _with_first_plan(history: History) -> pl.DataFrame:
    """Periods of care with the first plan made for them: after the period before, in force on the day care began or
    made later.
    """
    plans = history.table("care_plans").select(
        "child", pl.col("started_on").alias("done_on"), pl.col("ended_on").alias("plan_to")
    )
    periods = history.periods.with_columns(preceding("ended_on").alias("left_on"))
    begins = pl.coalesce("started_on", "opened_on")
    made_since = (pl.col("done_on") > pl.col("left_on")).fill_null(value=True)
    in_force = (pl.col("plan_to") > begins).fill_null(value=True)
    in_time = (pl.col("done_on") <= pl.col("ended_on")).fill_null(value=True)
    made = periods.join(plans, on="child").filter(made_since & in_force & in_time)
    first = made.group_by("period").agg(pl.col("done_on").min())
    return periods.join(first, on="period", how="left").select(
        "child", "opened_on", "ended_on", pl.col("started_on").alias("triggered_on"), "done_on"
    )


INITIAL = Clock("first care plan", needs=("episodes", "care_plans"), spans=_with_first_plan, in_care=True)
CARE_PLAN = Duty("care-plan-initial", INITIAL, rules="R1 R2 R8")


def _after_reviews(history: History) -> pl.DataFrame:
    """Each review with the plan made on or after it; the next review takes its place."""
    plans = once_a_day(history.table("care_plans").select("child", pl.col("started_on").alias("on")))
    versions = plans.select(
        key("child", "on").alias("key"), pl.col("child").alias("whose"), pl.col("on").alias("done_on")
    )
    keyed = reviews(history).with_columns(key("child", "opened_on").alias("key"))
    held = keyed.sort("key").join_asof(versions, on="key", strategy="forward")
    own = (pl.col("child") == pl.col("whose")) & (pl.col("done_on") <= pl.col("ended_on")).fill_null(value=True)
    return held.select("child", "opened_on", "ended_on", pl.when(own).then("done_on").alias("done_on"))


REVISION = Clock(
    "care plan after each review",
    needs=("episodes", "reviews", "care_plans"),
    spans=_after_reviews,
    overtaken=NEXT_ASKED,
    in_care=True,
)
CARE_PLAN_CURRENT = Duty("care-plan-current", REVISION, rules="R1 R2 R7", trigger="last review")


NEVER_ENDED = date(9999, 1, 1)


def _second_reviews(history: History) -> pl.DataFrame:
    """Second reviews, of any timetable: owed from the first review held, with the first plan for permanence recorded in
    the period of care, or recorded before and in force still.

    The plan is owed by the second review, so one recorded after a second review that was held early is late.
    """
    second = review_links(history).filter((HELD == 1) & pl.col("is_start_known"))
    until = pl.col("ended_on").fill_null(NEVER_ENDED).alias("until")
    plans = history.table("permanence_plans").select("child", pl.col("recorded_on").alias("on"), until)
    return first_by_review(second, next_due(history), plans, since=pl.col("span_opened_on"))


PERMANENCE = Clock(
    "permanence by the second review",
    needs=("episodes", "reviews", "permanence_plans"),
    spans=_second_reviews,
    in_care=True,
)
PERMANENCE_PLAN = Duty(
    "permanence-plan",
    PERMANENCE,
    rules="R5 R7",
    within="review-second",
    due=pl.coalesce("by_on", "due_on"),
    trigger="first review held",
)

DUTIES = (CARE_PLAN, CARE_PLAN_CURRENT, PERMANENCE_PLAN)
