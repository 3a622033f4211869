"""Health and conduct of children looked after for the 12 months to the day, from dated events or from yearly answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from hearth.measures.populations_workers import year_started
from hearth.tables.codes import members

if TYPE_CHECKING:
    from hearth.measures.engine import Facts

CHILD = ("authority", "child_id")
ROW = (*CHILD, "as_of")
COMPLETED, REFUSED = members("health_status", "Completed", "Refused")
FIRST_SDQ_AGE, LAST_SDQ_AGE = 4, 16
SDQ_BANDS = {"normal": 0, "borderline": 14, "cause for concern": 17}


def looked_after_a_year(facts: Facts) -> pl.DataFrame:
    """Children in care on the day and without a break for the 12 months to it, with year_started_on.

    The national cohort (indicators.md, section 0): a child who came into care on the first day of the year is in.
    """
    children = facts.looked_after.with_columns(year_started())
    began = pl.coalesce("started_on", "first_known_on")
    return children.filter(began <= pl.col("year_started_on"))


def dental_checks(facts: Facts) -> pl.DataFrame:
    """The cohort with is_checked and is_refused in the 12 months."""
    return _checked(facts, "dental_checks", "checked_on", "is_teeth_checked")


def yearly_assessments(facts: Facts) -> pl.DataFrame:
    """The cohort with is_checked: assessed in the year, twice for those under 5 (903 HEALTH_ASSESSMENT)."""
    return _checked(facts, "health_assessments", "assessed_on", "is_health_assessed", needed=_assessments_needed())


def questionnaires(facts: Facts) -> pl.DataFrame:
    """The cohort aged 4 to 16 on the day, with the latest score in the 12 months (sdq_score, sdq_band) or the reason."""
    cohort = looked_after_a_year(facts).filter(pl.col("age").is_between(FIRST_SDQ_AGE, LAST_SDQ_AGE))
    found = _dated_scores(facts, cohort) if facts.has("sdq_scores") else _answers(facts, cohort)
    return found.with_columns(pl.col("sdq_score").is_not_null().alias("has_score"), _band(pl.col("sdq_score")))


def convictions(facts: Facts) -> pl.DataFrame:
    """The cohort aged 10 to 17 on the day, with is_convicted: a conviction or youth caution in the 12 months."""
    cohort = looked_after_a_year(facts).filter(pl.col("age").is_between(10, 17))
    if not facts.has("convictions"):
        return _answers(facts, cohort)
    return _flag(cohort, facts.record["convictions"], "convicted_on", "is_convicted")


def substance_misuse_found(facts: Facts) -> pl.DataFrame:
    """The cohort with is_substance_misuse_found in the 12 months."""
    cohort = looked_after_a_year(facts)
    if not facts.has("substance_misuse"):
        return _answers(facts, cohort)
    return _flag(cohort, facts.record["substance_misuse"], "found_on", "is_substance_misuse_found")


def substance_misuse_referrals(facts: Facts) -> pl.DataFrame:
    """Children found to misuse substances or referred for it in the period, once each: intervention_received.

    From a return's yearly answers: the children of the cohort answered yes.
    """
    if not facts.has("substance_misuse"):
        return substance_misuse_found(facts).filter(pl.col("is_substance_misuse_found"))
    rows = facts.in_period(facts.record["substance_misuse"], "found_on")
    return rows.group_by(*ROW, "period_start", maintain_order=True).agg(
        pl.col("on").max(), _any_known("intervention_received"), _any_known("intervention_offered")
    )


def _any_known(column: str) -> pl.Expr:
    """True when any row says so; null when none does and one is not known."""
    return pl.col(column).any(ignore_nulls=False).alias(column)


def _answers(facts: Facts, cohort: pl.DataFrame) -> pl.DataFrame:
    """The cohort with the answers given for the year that ends on the day (903 OC2); null where there are none."""
    rows = facts.record["annual_outcomes"].rename({"year_ended_on": "as_of", "sdq_reason": "reason_no_score"})
    return cohort.join(rows.unique(ROW, keep="first", maintain_order=True), on=ROW, how="left")


def _in_year(cohort: pl.DataFrame, events: pl.DataFrame, day: str) -> pl.DataFrame:
    """The events of the cohort's children in the 12 months to the day."""
    pairs = cohort.select(*ROW, "year_started_on").join(events, on=CHILD)
    return pairs.filter(pl.col(day).is_between("year_started_on", "as_of"))


def _flag(cohort: pl.DataFrame, events: pl.DataFrame, day: str, name: str) -> pl.DataFrame:
    """The cohort with a question answered yes for those with an event in the 12 months."""
    found = _in_year(cohort, events, day).select(ROW).unique().with_columns(pl.lit(value=True).alias(name))
    return cohort.join(found, on=ROW, how="left").with_columns(pl.col(name).fill_null(value=False))


def _checked(
    facts: Facts, table: str, day: str, answer: str, needed: pl.Expr = pl.lit(1)  # noqa: B008 (expressions are values)
) -> pl.DataFrame:
    """The cohort with is_checked and is_refused, from dated checks or from the yearly answers."""
    cohort = looked_after_a_year(facts)
    if not facts.has(table):
        return _answers(facts, cohort).with_columns(
            pl.col(answer).alias("is_checked"), pl.lit(None, dtype=pl.Boolean).alias("is_refused")
        )
    tally = _in_year(cohort, facts.record[table], day).group_by(ROW).agg(
        (pl.col("status") == COMPLETED).sum().alias("done"), (pl.col("status") == REFUSED).any().alias("refused")
    )
    done = pl.col("done").fill_null(0) >= needed
    return cohort.join(tally, on=ROW, how="left").with_columns(
        done.alias("is_checked"), (~done & pl.col("refused").fill_null(value=False)).alias("is_refused")
    )


def _assessments_needed() -> pl.Expr:
    return pl.when(pl.col("age") < 5).then(2).otherwise(1)


def _dated_scores(facts: Facts, cohort: pl.DataFrame) -> pl.DataFrame:
    """The latest score in the 12 months; where there is none, the latest reason."""
    rows = _in_year(cohort, facts.record["sdq_scores"], "completed_on")
    latest = rows.sort(pl.col("score").is_not_null(), "completed_on").unique(ROW, keep="last")
    return cohort.join(
        latest.select(*ROW, pl.col("score").cast(pl.Int64).alias("sdq_score"), "reason_no_score"), on=ROW, how="left"
    )


def _band(score: pl.Expr) -> pl.Expr:
    """The band of a score: codes/sdq_band.csv."""
    normal, borderline, concern = members("sdq_band", *SDQ_BANDS)
    return (
        pl.when(score >= SDQ_BANDS[concern])
        .then(pl.lit(concern))
        .when(score >= SDQ_BANDS[borderline])
        .then(pl.lit(borderline))
        .when(score >= SDQ_BANDS[normal])
        .then(pl.lit(normal))
        .alias("sdq_band")
    )
