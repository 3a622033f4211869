"""School: personal education plans, places, absence, suspension, special needs and work experience."""

from __future__ import annotations

import polars as pl

from hearth.timescales import dates
from hearth.timescales.acts import answered, once
from hearth.timescales.duty import Clock, Duty
from hearth.timescales.history import History, once_a_day
from hearth.timescales.limits import Limits
from hearth.timescales.occasions import entries, on_request

CARE_LEAVER = "care-leaver"
PLANS = ("episodes", "education_plans")
SCHOOL_YEAR_MONTH = 9


def _from_early_years(limits: Limits) -> pl.Expr:
    """A child who enters care younger is owed it from the age of early years provision."""
    of_age = dates.birthday(pl.col("born_on"), limits.number("early-years"), limits.number("leap-day-birthday"))
    return pl.max_horizontal("due_on", of_age)


def _started(history: History) -> pl.DataFrame:
    plans = history.table("education_plans").select("child", pl.col("started_on").alias("on"))
    return answered(history, entries(history), plans, "act-before")


def _finalised(history: History) -> pl.DataFrame:
    plans = history.table("education_plans").select("child", pl.col("finalised_on").alias("on"))
    return answered(history, entries(history), plans, "act-before")


PEP_STARTED = Duty(
    "pep-initiated",
    Clock("first education plans", needs=PLANS, spans=_started),
    rules="R1 R2 R6",
    due=_from_early_years,
)
PEP_COMPLETE = Duty(
    "pep-first-complete",
    Clock("first education plans signed off", needs=PLANS, spans=_finalised),
    rules="R1 R2 R6",
    due=_from_early_years,
)


def _planned(history: History) -> pl.DataFrame:
    """Periods of care from the first education plan in them."""
    begun = _started(history).filter(pl.col("done_on").is_not_null())
    first = pl.max_horizontal("opened_on", "done_on")
    return begun.select("child", first.alias("opened_on"), "ended_on", pl.col("done_on").alias("triggered_on"))


def _later_plans(history: History) -> pl.DataFrame:
    """Plans and reviews of plans after the first of each period."""
    plans = history.table("education_plans").select("child", pl.col("started_on").alias("on"))
    first = _planned(history).select("child", pl.col("triggered_on").alias("on"))
    return once_a_day(plans.join(first, on=["child", "on"], how="anti").with_columns(is_certain=True))


PEP_TERMLY = Duty(
    "pep-termly",
    Clock("education plans each term", needs=PLANS, spans=_planned, events=_later_plans),
    rules="R7 R12",
)


def _submitted(history: History) -> pl.DataFrame:
    """Education plans signed off, with the day their quality was checked."""
    plans = history.table("education_plans").filter(pl.col("finalised_on").is_not_null())
    return plans.select(
        "child",
        pl.col("finalised_on").alias("opened_on"),
        pl.lit(None, pl.Date).alias("ended_on"),
        pl.col("graded_on").alias("done_on"),
    )


PEP_QUALITY = Duty(
    "pep-quality",
    Clock("quality of education plans", needs=("education_plans", "education_plans.graded_on"), spans=_submitted),
    rules="R1 R2",
)
PLACE = Duty("school-place", on_request("school places lost", "place_lost"), rules="R12")
KEY_STAGE_4 = Duty("key-stage-4-move", on_request("moves in years 10 and 11", "education_move"), rules="R3")
ATTENDANCE = Duty(
    "attendance-alert",
    on_request("low attendance", "attendance_low"),
    rules="R4",
    within="attendance-alert.later",
)
ABSENCE = Duty("unauthorised-absence-10", on_request("unbroken absence", "absence_unbroken"), rules="R12 R16")
SUSPENSION = Duty("suspension-education", on_request("suspensions", "suspension"), rules="R12")
EXCLUSION = Duty("exclusion-response", on_request("permanent exclusions", "exclusion"), rules="R12")


def _assessments_asked(history: History) -> pl.DataFrame:
    """Requests for an education, health and care plan; one that is refused or withdrawn ends there."""
    asked = history.table("ehc_requests").filter(pl.col("requested_on").is_not_null())
    goes_on = (pl.col("outcome") == "Y") | pl.col("outcome").is_null()
    return asked.select(
        "child",
        pl.col("requested_on").alias("opened_on"),
        pl.when(~goes_on).then("decided_on").alias("ended_on"),
        pl.when(goes_on).then("assessed_on").alias("done_on"),
    )


SPECIAL_NEEDS = Duty(
    "ehc-assessment",
    Clock(
        "assessments of special needs",
        needs=("ehc_requests", "ehc_requests.requested_on"),
        spans=_assessments_asked,
        until=CARE_LEAVER,
    ),
    rules="R4",
)


def _school_years(history: History) -> pl.DataFrame:
    """Each school year from year 9 that falls in a period of care: from its start, or from entering care in it."""
    of_age = history.age(history.limits.number("work-experience-age")).alias("of_age_on")
    ages = history.children.select("child", of_age, "adult_on")
    spans = entries(history).join(ages, on="child").filter(pl.col("of_age_on").is_not_null())
    first = pl.max_horizontal(_school_year("opened_on"), _school_year("of_age_on", later=True))
    years = spans.with_columns(
        pl.date_ranges(first, pl.col("ended_on").fill_null(pl.col("adult_on")), interval="1y").alias("triggered_on")
    )
    each = years.explode("triggered_on").filter(pl.col("triggered_on").is_not_null())
    close = pl.col("triggered_on").dt.offset_by("1y")
    return each.select(
        "child",
        pl.max_horizontal("opened_on", "triggered_on").alias("opened_on"),
        pl.min_horizontal("ended_on", close).alias("ended_on"),
        "triggered_on",
    )


def _school_year(day: str, *, later: bool = False) -> pl.Expr:
    """1 September of the school year that a day lies in; the first one on or after it when ``later``."""
    year = pl.col(day).dt.year()
    before = pl.col(day) < pl.date(year, SCHOOL_YEAR_MONTH, 1)
    if later:
        on_first = pl.col(day) <= pl.date(year, SCHOOL_YEAR_MONTH, 1)
        return pl.date(pl.when(on_first).then(year).otherwise(year + 1), SCHOOL_YEAR_MONTH, 1)
    return pl.date(pl.when(before).then(year - 1).otherwise(year), SCHOOL_YEAR_MONTH, 1)


WORK_EXPERIENCE = Duty(
    "work-experience-offer",
    once("work experience", _school_years, "work_experience_offered"),
    rules="R6 R16",
)

DUTIES = (
    PEP_STARTED,
    PEP_COMPLETE,
    PEP_TERMLY,
    PEP_QUALITY,
    PLACE,
    KEY_STAGE_4,
    ATTENDANCE,
    ABSENCE,
    SUSPENSION,
    EXCLUSION,
    SPECIAL_NEEDS,
    WORK_EXPERIENCE,
)
