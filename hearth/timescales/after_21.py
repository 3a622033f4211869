"""Care leavers over 21: support offered, asked for, assessed and reviewed, and help with education."""

from __future__ import annotations

import polars as pl

from hearth.timescales.acts import acts_of, deed, need, repeated
from hearth.timescales.duty import ALWAYS, NEXT_ASKED, STEP, Clock, Deed, Duty
from hearth.timescales.history import History, once_a_day
from hearth.timescales.leaving_care import HOME, LEFT_CARE, REVIEW, owed
from hearth.timescales.leaving_support import CARE_LEAVER
from hearth.timescales.occasions import needs_request, requests


def _supported(history: History) -> pl.DataFrame:
    """Support after 21 in place, from the answer to a request until it ends: child, since, to."""
    asked = requests("support_after_21")(history).drop_nulls("done_on")
    return asked.select("child", since="done_on", to="ended_on").filter(
        (pl.col("to") > pl.col("since")).fill_null(value=True)
    )


def _over_21(history: History) -> pl.DataFrame:
    """Former relevant young people from the 21st birthday on, while no support is in place; again when it ends."""
    found = history.with_ages(owed(history), turned_on=LEFT_CARE).drop_nulls("turned_on")
    still = (pl.col("ended_on") > pl.col("turned_on")).fill_null(value=True)
    grown = found.filter(still, pl.col("opened_on") <= pl.col("turned_on"))
    helped = _supported(history).join(grown.select("child", "turned_on"), on="child")
    ends = helped.select("child", pl.max_horizontal("since", "turned_on").alias("helped_on"))
    at_21 = grown.select("child", opened_on="turned_on", part=pl.lit("at 21"))
    again = helped.filter(pl.col("to") > pl.col("turned_on")).select("child", opened_on="to", part=pl.lit("again"))
    starts = pl.concat([at_21, again])
    nearest = starts.join(ends, on="child").filter(pl.col("helped_on") >= pl.col("opened_on"))
    until = nearest.group_by("child", "opened_on").agg(pl.col("helped_on").min())
    spans = starts.join(until, on=["child", "opened_on"], how="left").join(
        grown.select("child", "ended_on"), on="child"
    )
    return spans.select("child", "opened_on", pl.min_horizontal("ended_on", "helped_on").alias("ended_on"), "part")


AGAIN = (pl.col("part") == "again").fill_null(value=False)
SUPPORT_OFFERED = repeated(
    "offers of support after 21",
    _over_21,
    "support_offered",
    also=(*HOME, "requests"),
    until=CARE_LEAVER,
    is_offer=True,
)
SUPPORT_OFFER = Duty(
    "pa-support-21-offer",
    SUPPORT_OFFERED,
    rules="R5 R6 R7",
    within=(("pa-support-21-offer.later", (STEP > 0) | AGAIN), ("pa-support-21-offer", ALWAYS)),
    trigger="21st birthday, or the day on which support ended",
)


def _assessed_and_reviewed(history: History) -> pl.DataFrame:
    """Answers to requests for support after 21, and plans made or reviewed."""
    answers = requests("support_after_21")(history).select("child", on="done_on").drop_nulls("on")
    plans = history.table("pathway_plans").select("child", on="completed_on")
    return once_a_day(pl.concat([answers, plans]).with_columns(is_certain=True))


SUPPORT = Clock(
    "support after 21",
    needs=(needs_request("support_after_21"), "pathway_plans"),
    spans=lambda history: requests("support_after_21")(history).select("child", "opened_on", "ended_on"),
    events=_assessed_and_reviewed,
    deed=Deed("pathway_plans", "completed_on", {"kind": REVIEW[0]}),
    until=CARE_LEAVER,
    overtaken=NEXT_ASKED,
)
SUPPORT_ASSESSED = Duty(
    "pa-support-21-assessment",
    SUPPORT,
    rules="R1 R2 R5 R7",
    within=(("pa-support-21-assessment", STEP == 0), ("pathway-plan-review", STEP > 0)),
    trigger={"pathway-plan-review": "the last assessment, plan or review"},
)
EDUCATION = Duty(
    "education-after-21",
    Clock(
        "education after 21",
        needs=(needs_request("education_after_21"), need("education_planned")),
        spans=lambda history: requests("education_after_21")(history).select("child", "opened_on", "ended_on"),
        events=acts_of("education_planned"),
        deed=deed("education_planned"),
        until=CARE_LEAVER,
        overtaken=NEXT_ASKED,
    ),
    rules="R1 R2 R5 R7",
    within=(("education-after-21", STEP == 0), ("education-after-21.later", STEP > 0)),
    trigger={"education-after-21.later": "the last plan or review"},
)

DUTIES = (SUPPORT_OFFER, SUPPORT_ASSESSED, EDUCATION)
