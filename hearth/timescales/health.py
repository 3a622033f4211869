"""Health: the assessment at the start, reviews by age, teeth, and the strengths and difficulties questionnaire."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.duty import STEP, TRIGGER, Clock, Deed, Duty
from hearth.timescales.history import History, once_a_day, shared
from hearth.timescales.limits import Limits

DONE = members("health_status", "Completed")
REFUSED = members("health_status", "Refused")


@shared
def _periods(history: History) -> pl.DataFrame:
    """Periods of care; the day care began is the trigger."""
    return history.periods.select("child", "opened_on", "ended_on", pl.col("started_on").alias("triggered_on"))


def _with_status(history: History, table: str, day: str, statuses: tuple[str, ...]) -> pl.DataFrame:
    found = history.table(table).filter(pl.col("status").is_in(statuses))
    return once_a_day(found.select("child", pl.col(day).alias("on")))


@shared
def assessed(history: History) -> pl.DataFrame:
    """Completed assessments: child, on, is_certain."""
    return _with_status(history, "health_assessments", "assessed_on", DONE).with_columns(is_certain=True)


def _assessment_refused(history: History) -> pl.DataFrame:
    return _with_status(history, "health_assessments", "assessed_on", REFUSED)


ASSESSMENTS = Clock(
    "health assessments",
    needs=("episodes", ("health_assessments", "health_assessments.latest")),
    spans=_periods,
    events=assessed,
    deed=Deed("health_assessments", "assessed_on", {"status": DONE[0]}),
    before="health-initial.before",
    refusals=_assessment_refused,
    in_care=True,
)


def _still_under_five(limits: Limits) -> pl.Expr:
    """R10: six months on the child is not yet five."""
    return limits.due("health-review-under5", TRIGGER) < limits.birthday(pl.col("born_on"), 5)


IS_AGE_KNOWN = pl.col("born_on").is_not_null()

INITIAL = Duty("health-initial", ASSESSMENTS, rules="R1 R2 R8", when=STEP == 0)
UNDER_FIVE = Duty("health-review-under5", ASSESSMENTS, rules="R5 R6 R7 R10", when=_still_under_five)
FIVE_AND_OVER = Duty("health-review-5plus", ASSESSMENTS, rules="R5 R6 R7 R10 R14", known=IS_AGE_KNOWN)


def _teeth_checked(history: History) -> pl.DataFrame:
    return _with_status(history, "dental_checks", "checked_on", DONE).with_columns(is_certain=True)


def _check_refused(history: History) -> pl.DataFrame:
    return _with_status(history, "dental_checks", "checked_on", REFUSED)


DENTIST = Clock(
    "dental checks",
    needs=("episodes", ("dental_checks", "dental_checks.latest")),
    spans=_periods,
    events=_teeth_checked,
    deed=Deed("dental_checks", "checked_on", {"status": DONE[0]}),
    refusals=_check_refused,
    in_care=True,
)
DENTAL = Duty(
    "dental-check",
    DENTIST,
    rules="R5 R7",
    within=(("dental-check", STEP == 0), ("dental-check.later", STEP > 0)),
)


def _questionnaires(history: History) -> pl.DataFrame:
    """Questionnaires with a score, or a reason why there is none: a reason meets the duty too."""
    answered = pl.col("score").is_not_null() | pl.col("reason_no_score").is_not_null()
    found = history.table("sdq_scores").filter(answered)
    return once_a_day(found.select("child", pl.col("completed_on").alias("on"))).with_columns(is_certain=True)


QUESTIONNAIRES = Clock(
    "strengths and difficulties questionnaires",
    needs=("episodes", "sdq_scores"),
    spans=_periods,
    events=_questionnaires,
    deed=Deed("sdq_scores", "completed_on", {"score": 0}),
    until="sdq-annual.until",
    in_care=True,
)


def _not_before_four(limits: Limits) -> pl.Expr:
    """The first is due after 12 months of care, or on the 4th birthday where that is later."""
    return pl.max_horizontal("due_on", limits.reached("sdq-annual.from", pl.col("born_on")))


SDQ = Duty(
    "sdq-annual",
    QUESTIONNAIRES,
    rules="R3 R5 R6 R7",
    due=_not_before_four,
    known=IS_AGE_KNOWN,
    trigger="care began",
)

DUTIES = (INITIAL, UNDER_FIVE, FIVE_AND_OVER, DENTAL, SDQ)
