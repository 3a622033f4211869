"""Health and conduct of children looked after for the 12 months to the day, from dated events or yearly answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from hearth.measures import timeliness
from hearth.measures.populations_year import ROW, has, in_the_year, looked_after_a_year, with_answers, with_events
from hearth.tables.codes import members

if TYPE_CHECKING:
    from hearth.measures.facts import Facts

HEALTH_DUTIES = ("health-initial", "health-review-under5", "health-review-5plus")
COMPLETED, REFUSED = members("health_status", "Completed", "Refused")
FIRST_SDQ_AGE, LAST_SDQ_AGE = 4, 16
BANDS = members("sdq_band", "normal", "borderline", "cause for concern")
BAND_STARTS = (0, 14, 17)


def dental_checks(facts: Facts) -> pl.DataFrame:
    """The cohort with is_done (a completed check in the 12 months) and refused_on (none done, and the last refusal)."""
    return _done_in_the_year(facts, "dental_checks", "checked_on", "is_teeth_checked", needed=pl.lit(1))


def yearly_assessments(facts: Facts) -> pl.DataFrame:
    """The cohort with is_done: assessed in the 12 months, twice when under 5 on the day (903 HEALTH_ASSESSMENT)."""
    needed = pl.when(pl.col("age") < 5).then(2).otherwise(1)
    return _done_in_the_year(facts, "health_assessments", "assessed_on", "is_health_assessed", needed=needed)


def assessments_up_to_date(facts: Facts) -> pl.DataFrame:
    """Children in care long enough to have had one due, is_up_to_date by the duty; from a return, the yearly answer."""
    if not _is_dated(facts, "health_assessments"):
        return facts.of(yearly_assessments).with_columns(pl.col("is_done").alias("is_up_to_date"))
    began = pl.coalesce("care_started_on", "care_first_known_on")
    first_due = facts.limits.due(HEALTH_DUTIES[0], began)
    return facts.of(timeliness.current_on_the_day(*HEALTH_DUTIES)).filter(first_due < pl.col("as_of"))


def questionnaires(facts: Facts) -> pl.DataFrame:
    """The cohort aged 4 to 16 on the day: sdq_score, the latest in the 12 months, sdq_band, sdq_reason, has_score."""
    cohort = _cohort(facts, "sdq_scores").filter(pl.col("age").is_between(FIRST_SDQ_AGE, LAST_SDQ_AGE))
    found = _dated_scores(facts, cohort) if has(facts, "sdq_scores") else cohort
    return found.with_columns(pl.col("sdq_score").is_not_null().alias("has_score"), _band(pl.col("sdq_score")))


def convictions(facts: Facts) -> pl.DataFrame:
    """The cohort aged 10 to 17 on the day, with is_convicted: a conviction or youth caution in the 12 months."""
    cohort = _cohort(facts, "convictions").filter(pl.col("age").is_between(10, 17))
    if not has(facts, "convictions"):
        return cohort
    return with_events(cohort, facts.record["convictions"], "convicted_on", "is_convicted")


def substance_misuse_found(facts: Facts) -> pl.DataFrame:
    """The cohort with is_substance_misuse_found in the 12 months."""
    cohort = _cohort(facts, "substance_misuse")
    if not has(facts, "substance_misuse"):
        return cohort
    return with_events(cohort, facts.record["substance_misuse"], "found_on", "is_substance_misuse_found")


def substance_misuse_referrals(facts: Facts) -> pl.DataFrame:
    """Children found to misuse substances or referred for it in the period, once each: intervention_received.

    From a return's yearly answers: the children of the cohort answered yes.
    """
    if not has(facts, "substance_misuse"):
        return substance_misuse_found(facts).filter(pl.col("is_substance_misuse_found"))
    rows = facts.inside(facts.record["substance_misuse"], "found_on").with_columns(pl.col("found_on").alias("on"))
    return rows.group_by(*ROW, "period_start", maintain_order=True).agg(
        pl.col("on").max(), _any_known("intervention_received"), _any_known("intervention_offered")
    )


def _cohort(facts: Facts, table: str) -> pl.DataFrame:
    """Children looked after for the 12 months to the day; with the yearly answers where the source lacks the table."""
    return facts.of(looked_after_a_year if _is_dated(facts, table) else with_answers)


def _is_dated(facts: Facts, table: str) -> bool:
    """Whether the source gives the days, or at least the last of them."""
    return has(facts, table) or has(facts, f"{table}.latest")


def _any_known(column: str) -> pl.Expr:
    """True when any row says so; null when none does and one is not known."""
    return pl.col(column).any(ignore_nulls=False).alias(column)


def _done_in_the_year(facts: Facts, table: str, day: str, answer: str, *, needed: pl.Expr) -> pl.DataFrame:
    """The cohort with is_done and refused_on, from dated checks or else from the yearly answers."""
    cohort = _cohort(facts, table)
    if not _is_dated(facts, table):
        not_said = pl.lit(None, dtype=pl.Date).alias("refused_on")
        return cohort.with_columns(pl.col(answer).alias("is_done"), not_said)
    rows = in_the_year(cohort, facts.record[table], day)
    tally = rows.group_by(ROW).agg(
        (pl.col("status") == COMPLETED).sum().alias("times_done"),
        pl.col(day).filter(pl.col("status") == REFUSED).max().alias("refused_on"),
    )
    done = pl.col("times_done").fill_null(0) >= needed
    return cohort.join(tally, on=ROW, how="left").with_columns(
        done.alias("is_done"), pl.when(~done).then("refused_on").alias("refused_on")
    )


def _dated_scores(facts: Facts, cohort: pl.DataFrame) -> pl.DataFrame:
    """The latest score in the 12 months; where there is none, the latest reason."""
    rows = in_the_year(cohort, facts.record["sdq_scores"], "completed_on")
    latest = rows.sort(pl.col("score").is_not_null(), "completed_on").unique(ROW, keep="last")
    score = pl.col("score").alias("sdq_score")
    return cohort.join(latest.select(*ROW, score, pl.col("reason_no_score").alias("sdq_reason")), on=ROW, how="left")


def _band(score: pl.Expr) -> pl.Expr:
    """The band of a score (codes/sdq_band.csv); null without one."""
    band = pl.lit(None, dtype=pl.String)
    for start, name in zip(BAND_STARTS, BANDS, strict=True):
        band = pl.when(score >= start).then(pl.lit(name)).otherwise(band)
    return band.alias("sdq_band")
