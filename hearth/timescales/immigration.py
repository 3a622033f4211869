"""Immigration: status planned at each review, and applications before leave runs out."""

from __future__ import annotations

import polars as pl

from hearth.timescales.acts import acts, answered, need
from hearth.timescales.duty import ALWAYS, ASKED, Clock, Duty, Overtaken
from hearth.timescales.history import History, following
from hearth.timescales.leaving_care import HOME, cared_for
from hearth.timescales.leaving_support import CARE_LEAVER
from hearth.timescales.occasions import reviews


def _immigration(history: History) -> pl.DataFrame:
    """Reviews of children whose status is not settled, at each of which it is planned; and leave that runs out.

    An application is owed by the day the leave ends, from the day it was given.
    """
    alone = history.table("unaccompanied").select("child", since="started_on", to="ended_on")
    for_a_time = _leave(history).select("child", since="started_on", to="next_on")
    held = reviews(history).join(pl.concat([alone, for_a_time]), on="child")
    then = (pl.col("since") <= pl.col("opened_on")).fill_null(value=True)
    still = (pl.col("to") > pl.col("opened_on")).fill_null(value=True)
    planned = answered(
        history,
        held.filter(then & still).select("child", "opened_on", "ended_on").unique(),
        acts(history, "immigration_planned"),
        "review-cycle",
    ).with_columns(pl.col("opened_on").alias("triggered_on"), pl.lit("plan").alias("part"))
    return pl.concat([planned, _leave_ending(history).select(planned.columns)])


def _leave(history: History) -> pl.DataFrame:
    """Leave that runs out, with ``next_on``, the day another status took its place."""
    dated = history.table("immigration_statuses").sort("child", "started_on", nulls_last=False)
    return dated.with_columns(following("started_on").alias("next_on")).drop_nulls("leave_expires_on")


def _leave_ending(history: History) -> pl.DataFrame:
    """Leave that runs out, of children in care and care leavers, until another status takes its place."""
    begins = pl.coalesce("started_on", pl.col("leave_expires_on").dt.offset_by("-1y"))
    ours = cared_for(history).select("child", pl.col("opened_on").alias("from"), pl.col("ended_on").alias("to"))
    spans = (
        _leave(history)
        .join(ours, on="child")
        .select(
            "child",
            pl.max_horizontal(begins, "from").alias("opened_on"),
            pl.min_horizontal("next_on", "to").alias("ended_on"),
            pl.col("applied_on").alias("done_on"),
            pl.col("leave_expires_on").alias("triggered_on"),
            pl.lit("leave").alias("part"),
        )
    )
    still = (pl.col("opened_on") < pl.col("ended_on")).fill_null(value=True)
    return spans.filter(still, pl.col("opened_on") <= pl.col("triggered_on"))


IMMIGRATION = Duty(
    "immigration-status-plan",
    Clock(
        "immigration status",
        needs=("episodes", "reviews", "unaccompanied", need("immigration_planned")),
        spans=_immigration,
        overtaken=(Overtaken(ASKED, pl.col("part")),),
        also=("immigration_statuses", *HOME),
        until=CARE_LEAVER,
    ),
    rules="R3",
    within=(("immigration-status-plan.leave", pl.col("part") == "leave"), ("immigration-status-plan", ALWAYS)),
    trigger={"immigration-status-plan": "the review", "immigration-status-plan.leave": "day the leave ends"},
)

DUTIES = (IMMIGRATION,)
