"""Support for care leavers: accommodation provided, advice after 21, birthdays, documents, adult services."""

from __future__ import annotations

import polars as pl

from hearth.timescales.acts import acts, answered, deed, need, once
from hearth.timescales.duty import NEXT_ASKED, STEP, Clock, Deed, Duty
from hearth.timescales.eligibility import DIED, eligible_from
from hearth.timescales.history import History, once_a_day
from hearth.timescales.leaving_care import HOME, LEFT_CARE, NO_LONGER_OURS, out_of_care, owed
from hearth.timescales.occasions import (
    arrangements,
    leavings,
    needs_arrangement,
    needs_request,
    on_request,
    requests,
    until_back_in_care,
)

CARE_LEAVER = "care-leaver"
"""The limit to which care leavers may ask for support: the 25th birthday."""
BACK = ("episodes",)
"""Read for the day on which a young person comes back into care."""
IN_PROVIDED = (needs_arrangement("accommodation_provided"),)
LAST_RECORDED_AGES = range(17, 22)


def _provided(history: History) -> pl.DataFrame:
    """Accommodation provided under section 23B or 24B, until it ends or the young person is back in care."""
    return until_back_in_care(history, arrangements("accommodation_provided")(history))


def _visits(history: History) -> pl.DataFrame:
    """Visits to the young person at home; of a contact of which it is not known it is not certain."""
    made = history.table("care_leaver_contacts").filter(pl.col("is_visit").fill_null(value=True))
    certain = pl.col("is_visit").is_not_null()
    return once_a_day(made.select("child", pl.col("contacted_on").alias("on"), certain.alias("is_certain")))


VISITS = Clock(
    "visits to accommodation provided",
    needs=(*IN_PROVIDED, "care_leaver_contacts", "care_leaver_contacts.is_visit"),
    spans=_provided,
    also=BACK,
    events=_visits,
    deed=Deed("care_leaver_contacts", "contacted_on", {"is_two_way": True, "is_visit": True}),
    until=LEFT_CARE,
    overtaken=NEXT_ASKED,
)
VISIT_FIRST = Duty("pa-visit-7-days", VISITS, rules="R3 R4 R15", when=STEP == 0)
VISIT_LATER = Duty("pa-visit-2-months", VISITS, rules="R5 R7", when=STEP > 0)


def _plan_reviewed(history: History) -> pl.DataFrame:
    """Accommodation provided with the first plan or review of it made there."""
    plans = history.table("pathway_plans").select("child", pl.col("completed_on").alias("on"))
    return answered(history, _provided(history), plans.sort("child", "on"))


REVIEWED_THERE = Clock(
    "plan reviewed in accommodation",
    needs=(*IN_PROVIDED, "pathway_plans"),
    spans=_plan_reviewed,
    also=BACK,
    until=LEFT_CARE,
    overtaken=NEXT_ASKED,
)
PLAN_REVIEWED = Duty(
    "pathway-plan-28-days",
    REVIEWED_THERE,
    rules="R4",
)


def _visited_before_review(history: History) -> pl.DataFrame:
    """Accommodation provided with the first visit: in time by day 28, and by the review if that came first."""
    review = _plan_reviewed(history).select("child", "opened_on", pl.col("done_on").alias("review_on"))
    visits = _visits(history).filter("is_certain").select("child", "on")
    visited = answered(history, _provided(history), visits).join(review, on=["child", "opened_on"], how="left")
    by = history.due("pa-visit-before-review", "opened_on")
    in_time = pl.col("done_on") <= pl.min_horizontal(by, "review_on")
    return visited.select("child", "opened_on", "ended_on", "done_on", in_time.alias("is_in_time"))


VISITED_FIRST = Clock(
    "visits before the plan is reviewed",
    needs=(*IN_PROVIDED, "pathway_plans", "care_leaver_contacts", "care_leaver_contacts.is_visit"),
    spans=_visited_before_review,
    also=BACK,
    until=LEFT_CARE,
    overtaken=NEXT_ASKED,
)
VISIT_BEFORE_REVIEW = Duty(
    "pa-visit-before-review",
    VISITED_FIRST,
    rules="R4",
    trigger="accommodation first provided",
)


def _category_changes(history: History) -> pl.DataFrame:
    """The days on which the category changes: eligible, or relevant again; out of care, and back; 18 while out of care.

    The first is null where the start of care is not known. Of those never eligible: leaving care at 16 or over.
    """
    first = owed(history).rename({"eligible_on": "triggered_on"})
    out = out_of_care(history)
    came = history.periods.select("child", "opened_on", "ended_on")
    back = came.join(out.select("child", opened_on="ended_on"), on=["child", "opened_on"], how="semi")
    others = history.with_ages(_left_uneligible(history), sixteen_on=16)
    left = others.filter(pl.col("opened_on") >= pl.col("sixteen_on"))
    away = pl.concat([out, left.select(out.columns)])
    aged = history.with_lives(away, "adult_on").filter(pl.col("adult_on") > pl.col("opened_on"))
    grown = aged.filter((pl.col("adult_on") < pl.col("ended_on")).fill_null(value=True))
    at_18 = grown.select("child", "ended_on", opened_on="adult_on")
    later = pl.concat([each.select("child", "opened_on", "ended_on") for each in (away, back, at_18)])
    known = later.with_columns(pl.col("opened_on").alias("triggered_on")).select(first.columns)
    changes = pl.concat([first, known]).unique(["child", "opened_on"], keep="first", maintain_order=True)
    return changes.sort("child", "opened_on")


def _left_uneligible(history: History) -> pl.DataFrame:
    """Ends of care of those who were never eligible; who died, was adopted or is another authority's has none."""
    ours = ~pl.col("reason_ended").is_in([*NO_LONGER_OURS, *DIED]).fill_null(value=False)
    return leavings(history).filter(ours).join(eligible_from(history), on="child", how="anti")


CATEGORY_TOLD = Duty(
    "leaving-care-status",
    once(
        "leaving-care category told",
        _category_changes,
        "category_told",
        also=HOME,
        before="act-before",
        until=LEFT_CARE,
        overtaken=NEXT_ASKED,
    ),
    rules="R1 R2 R13",
    trigger="the category changed",
)


def _on_birthdays(history: History, owed_ones: pl.DataFrame, ages: range) -> pl.DataFrame:
    """Each birthday of the young people: child, the columns given, birthday_on."""
    each = [history.with_ages(owed_ones, birthday_on=age) for age in ages]
    return pl.concat(each).drop_nulls("birthday_on")


def _birthdays(history: History) -> pl.DataFrame:
    """Birthdays of care leavers, from the opening of the window (or leaving care in it) to coming back into care, or to
    the next birthday: how things stood at one age cannot be told at another.
    """
    found = _on_birthdays(history, out_of_care(history), LAST_RECORDED_AGES)
    opens = history.due("care-leaver-birthday-status.opens", "birthday_on")
    window = found.with_columns(
        pl.max_horizontal("opened_on", opens).alias("opened_on"),
        pl.min_horizontal("ended_on", pl.col("birthday_on").dt.offset_by("1y")).alias("ended_on"),
    )
    spans = window.filter(pl.col("opened_on") <= pl.col("birthday_on")).select(
        "child", "opened_on", "ended_on", pl.col("birthday_on").alias("triggered_on")
    )
    return answered(history, spans, acts(history, "birthday_recorded"))


BIRTHDAY = Duty(
    "care-leaver-birthday-status",
    Clock(
        "status around the birthday",
        needs=("episodes", need("birthday_recorded")),
        also=HOME,
        spans=_birthdays,
        until=CARE_LEAVER,
        overtaken=NEXT_ASKED,
    ),
    rules="R5 R6",
)


def _staying(history: History) -> pl.DataFrame:
    """Staying put arrangements; what is owed is complete on the 21st birthday if they still run."""
    found = history.with_ages(arrangements("staying_put")(history), last_on="staying-put")
    whole = (pl.col("ended_on") >= pl.col("last_on")).fill_null(value=True)
    return found.select(
        "child",
        "opened_on",
        pl.when(~whole).then("ended_on").alias("ended_on"),
        pl.when(whole).then("last_on").alias("done_on"),
    )


STAYING_PUT = Duty(
    "staying-put",
    Clock("staying put", needs=(needs_arrangement("staying_put"),), spans=_staying, until=None),
    rules="R6",
    trigger="start of the arrangement",
)


def _former_relevant(history: History) -> pl.DataFrame:
    """Former relevant young people from their 18th birthday, or from the day the duty is in force if that is later."""
    found = history.with_lives(owed(history), "authority", "adult_on").drop_nulls("adult_on")
    begins = pl.max_horizontal("adult_on", history.limits.since("staying-close")).alias("opened_on")
    spans = found.select("child", begins, "ended_on")
    return spans.filter((pl.col("ended_on") > pl.col("opened_on")).fill_null(value=True))


CLOSE = once(
    "staying close",
    _former_relevant,
    "staying_close_assessed",
    also=HOME,
    before="act-before",
    until=CARE_LEAVER,
)
STAYING_CLOSE = Duty(
    "staying-close",
    CLOSE,
    rules="R1 R2 R16",
)


VACATION = Duty(
    "vacation-accommodation",
    on_request("vacations", "vacation", until=CARE_LEAVER, overtaken=NEXT_ASKED),
    rules="R3",
)


def _moves(history: History) -> pl.DataFrame:
    found = history.table("care_leaver_accommodations")
    return until_back_in_care(history, found.select("child", pl.col("started_on").alias("opened_on"), "ended_on"))


LODGINGS = once(
    "suitability of accommodation",
    _moves,
    "suitability_checked",
    needs=("care_leaver_accommodations",),
    also=BACK,
    before="act-before",
    until=CARE_LEAVER,
    overtaken=NEXT_ASKED,
)
SUITABLE = Duty(
    "suitable-accommodation",
    LODGINGS,
    rules="R4",
)


def _home_again(history: History) -> pl.DataFrame:
    """Returns home that lasted, from the day the six months were complete."""
    complete = history.due("returned-home-six-months", "started_on")
    found = history.table("returns_home").with_columns(complete.alias("opened_on"))
    lasted = (pl.col("ended_on") > pl.col("opened_on")).fill_null(value=True)
    spans = found.filter(lasted).select("child", "opened_on", "ended_on", pl.col("started_on").alias("triggered_on"))
    return answered(history, spans, acts(history, "category_told"))


HOME_SIX_MONTHS = Duty(
    "returned-home-six-months",
    Clock("six months at home", needs=("returns_home", need("category_told")), spans=_home_again),
    rules="R5",
)


def _at_16_and_17(history: History) -> pl.DataFrame:
    """Eligible young people from their 16th birthday (or becoming eligible) to their 17th, and again to their 18th.

    The time runs from becoming eligible where that is later, so that nothing is late on the day it begins.
    """
    found = _on_birthdays(history, eligible_from(history), range(16, 18))
    next_on = pl.col("birthday_on").dt.offset_by("1y")
    opened = pl.max_horizontal("opened_on", "birthday_on")
    is_told = pl.col("eligible_on").is_not_null() | (pl.col("opened_on") <= pl.col("birthday_on"))
    return found.filter(opened < next_on).select(
        "child",
        opened.alias("opened_on"),
        pl.min_horizontal("in_care_to", next_on).alias("ended_on"),
        pl.when(is_told).then(opened).alias("triggered_on"),
    )


TRANSITION = Duty(
    "transition-panel",
    once("transition panels", _at_16_and_17, "panels.transition", overtaken=NEXT_ASKED),
    rules="R5 R6",
    trigger="16th or 17th birthday, or becoming eligible if later",
)


def _from_16(history: History) -> pl.DataFrame:
    """Eligible young people until they are owed no more; counted from the 16th birthday."""
    return history.with_ages(owed(history), triggered_on=16).select("child", "opened_on", "ended_on", "triggered_on")


DOCUMENTS = Duty(
    "national-identity-documents",
    once("identity documents", _from_16, "identity_documents", also=HOME, before="documents-before"),
    rules="R5 R6",
    due=pl.max_horizontal("due_on", "opened_on"),
)


def _referred(history: History) -> pl.DataFrame:
    """Referrals to adult social care: the answer to a finding, and those made since."""
    answers = requests("adult_care_likely")(history).select("child", pl.col("done_on").alias("on"))
    return once_a_day(
        pl.concat([answers, acts(history, "adult_referral").select("child", "on")]).with_columns(is_certain=True)
    )


LIKELY = Clock(
    "referrals to adult care",
    needs=(needs_request("adult_care_likely"),),
    spans=lambda history: requests("adult_care_likely")(history).select("child", "opened_on", "ended_on"),
    events=_referred,
    deed=deed("adult_referral"),
    also=("case_actions",),
    overtaken=NEXT_ASKED,
)
ADULT_CARE = Duty(
    "adult-services-referral",
    LIKELY,
    rules="R5 R6 R7",
    within=(("adult-services-referral", STEP == 0), ("adult-services-referral.later", STEP > 0)),
    due=pl.max_horizontal("due_on", "opened_on"),
    known=pl.col("born_on").is_not_null(),
    trigger="found likely to need adult care",
)

DUTIES = (
    VISIT_FIRST,
    VISIT_LATER,
    PLAN_REVIEWED,
    VISIT_BEFORE_REVIEW,
    CATEGORY_TOLD,
    BIRTHDAY,
    STAYING_PUT,
    STAYING_CLOSE,
    VACATION,
    SUITABLE,
    HOME_SIX_MONTHS,
    TRANSITION,
    DOCUMENTS,
    ADULT_CARE,
)
