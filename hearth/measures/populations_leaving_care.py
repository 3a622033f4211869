"""Young people with leaving-care rights on a day: their category, adviser, pathway plan and needs assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from hearth.measures import availability, breakdowns
from hearth.measures.care_leavers import OUT, TAKEN_OVER
from hearth.measures.facts import CHILD
from hearth.measures.populations_year import ROW, has
from hearth.measures.timeliness import owed_on_the_day
from hearth.tables.codes import members
from hearth.timescales import eligibility, engine

if TYPE_CHECKING:
    from hearth.measures.facts import Facts
    from hearth.measures.periods import Period

ELIGIBLE = members("eligibility", "eligible")
CARE_LEAVERS = members("eligibility", "relevant", "former_relevant", "former_relevant_education")
"""Owed an adviser and a plan: to 21, and to 25 while the agreed education lasts; others over 21 must ask."""
WITH_RIGHTS = (16, 24)
"""Ages of which the law gives a category with an adviser and a plan (domain/care-leaver-eligibility.md)."""
NO_CATEGORY = members("eligibility", "none", "none_education_help", "looked_after_under_16")
PERSONAL_ADVISER = members("worker_role", "personal_adviser")[0]
PLAN_REVIEW = "pathway-plan-review"
ADVISER_VISITS = ("pa-visit-7-days", "pa-visit-2-months")


def with_leaving_care_rights(facts: Facts) -> pl.DataFrame:
    """Eligible young people and care leavers on the day, one row each; from a snapshot its rows are the care leavers.

    Columns: category, age, age_band, has_adviser, has_plan, plan_on (the last plan or review), assessed_on. Those who
    died, or whom another authority took over, are out.
    """
    everybody = _from_snapshot(facts) if is_snapshot(facts) else _from_history(facts)
    ours = everybody.join(_gone(facts), on=ROW, how="anti").with_columns(pl.col("as_of").alias("on"))
    assessed = _with_latest(facts.with_age(ours), facts.record["needs_assessments"], "assessed_on")
    return assessed.with_columns(breakdowns.care_leaver_age_band(pl.col("age")).alias("age_band"))


def with_plans_in_date(facts: Facts) -> pl.DataFrame:
    """The same young people with plan_lasts_to (the day its next review is due) and is_plan_current.

    The duty to review the plan says when; where the duty does not run (from a snapshot, or past 21) its limit from the
    latest plan or review does. Without a plan nothing is current.
    """
    owed = facts.occurrences.filter(pl.col("duty").cast(pl.String) == PLAN_REVIEW)
    reviews = engine.current(owed, facts.periods["as_of"].to_list())
    next_due = reviews.group_by(ROW).agg(pl.col("would_be_due_on").max().alias("review_due_on"))
    whole = facts.of(with_leaving_care_rights).join(next_due, on=ROW, how="left")
    lasts = pl.max_horizontal("review_due_on", facts.limits.due(PLAN_REVIEW, pl.col("plan_on")))
    is_current = (lasts >= pl.col("as_of")).fill_null(value=False) & pl.col("plan_on").is_not_null()
    return whole.with_columns(lasts.alias("plan_lasts_to"), is_current.alias("is_plan_current"))


def is_snapshot(facts: Facts) -> bool:
    """Whether the source shows care leavers on one day only, without the history of their plans and advisers."""
    return not has(facts, "pathway_plans") and has(facts, "care_leaver_statuses")


def given(facts: Facts, period: Period) -> str | None:
    """Why the source cannot speak of care leavers on a day, in a sentence; null when it can."""
    return availability.before_snapshot(facts, period) if is_snapshot(facts) else None


def advisers_given(facts: Facts, period: Period) -> str | None:
    """The same for personal advisers: a source in which nobody has that role does not tell of them."""
    is_told = (facts.record["allocations"]["role"] == PERSONAL_ADVISER).any() or has(facts, "care_leaver_statuses")
    return given(facts, period) if is_told else "no worker in the source is named as a personal adviser"


def _categories(facts: Facts) -> pl.DataFrame:
    days = facts.periods["as_of"].to_list()
    found = eligibility.categories(facts.record, days, facts.limits, ages=WITH_RIGHTS)
    return found.select(*ROW, pl.col("category").cast(pl.String)).join(facts.periods, on="as_of")


def _from_history(facts: Facts) -> pl.DataFrame:
    """The category by the law's own table, the adviser and the plan from their dates."""
    entitled = _categories(facts).filter(
        pl.col("category").is_null() | pl.col("category").is_in(ELIGIBLE + CARE_LEAVERS)
    )
    advised = entitled.join(_advisers(facts), on=ROW, how="left")
    answered = advised.with_columns(pl.col("has_adviser").fill_null(value=False))
    planned = _with_latest(answered, facts.record["pathway_plans"], "plan_on")
    return planned.with_columns(pl.col("plan_on").is_not_null().alias("has_plan"))


def _advisers(facts: Facts) -> pl.DataFrame:
    allocated = facts.record["allocations"].filter(pl.col("role") == PERSONAL_ADVISER)
    held = facts.alive(allocated.select(*CHILD, "started_on", "ended_on"), "started_on", "ended_on")
    return held.select(ROW).unique().with_columns(has_adviser=pl.lit(value=True))


def _with_latest(young_people: pl.DataFrame, events: pl.DataFrame, name: str) -> pl.DataFrame:
    """The young people with the last ``completed_on`` of the events by their day, under a name."""
    done = events.select(*CHILD, pl.col("completed_on").alias(name)).sort(name)
    return young_people.sort("as_of").join_asof(
        done, left_on="as_of", right_on=name, by=list(CHILD), coalesce=False, check_sortedness=False
    )


def _from_snapshot(facts: Facts) -> pl.DataFrame:
    """The rows of the snapshot, and the eligible young people in care whom it does not list.

    The law decides the category; where history is too short to tell, the file's own word. Of those it does not list no
    plan is known, and no adviser unless advisers are among the allocated workers.
    """
    days = facts.periods.filter(pl.col("as_of") >= pl.lit(facts.record.snapshot_on, dtype=pl.Date))
    by_law = _categories(facts).join(days, on="as_of", how="semi")
    listed = _listed(facts, days).join(by_law.select(*ROW, by_law="category"), on=ROW, how="left")
    told = pl.when(~pl.col("by_law").is_in(NO_CATEGORY)).then("by_law")
    eligible = by_law.filter(pl.col("category").is_in(ELIGIBLE)).join(listed, on=ROW, how="anti")
    whole = pl.concat(
        [
            listed.with_columns(pl.coalesce(told, "eligibility").alias("category")).drop("by_law", "eligibility"),
            eligible.with_columns(is_listed=pl.lit(value=False)),
        ],
        how="diagonal_relaxed",
    )
    return _with_answers(whole.join(_advisers(facts), on=ROW, how="left"), facts)


def visits_owed(facts: Facts) -> pl.DataFrame:
    """Young people to whom adviser's visits are owed on the day, as ``timeliness.owed_on_the_day``, with their age."""
    return facts.with_age(facts.of(owed_on_the_day(*ADVISER_VISITS)))


def _listed(facts: Facts, days: pl.DataFrame) -> pl.DataFrame:
    """The rows of the snapshot for each day it can speak of, those who died or went home for good left out."""
    rows = facts.record["care_leaver_statuses"].filter(pl.col("in_touch").is_null() | ~pl.col("in_touch").is_in(OUT))
    return (
        rows.unique(CHILD, keep="last", maintain_order=True)
        .join(days, how="cross")
        .select(
            *ROW, "period_start", "eligibility", "adviser", pl.col("pathway_plan_on").alias("plan_on"), is_listed=True
        )
    )


def _with_answers(whole: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """has_adviser and has_plan of those listed, and of the others as far as known."""
    are_allocated = bool((facts.record["allocations"]["role"] == PERSONAL_ADVISER).any())
    none_known = pl.when(pl.col("is_listed") | pl.lit(are_allocated)).then(pl.lit(value=False))
    return whole.with_columns(
        pl.when(pl.col("has_adviser") | pl.col("adviser").is_not_null())
        .then(pl.lit(value=True))
        .otherwise(none_known)
        .alias("has_adviser"),
        pl.when("is_listed").then(pl.col("plan_on").is_not_null()).alias("has_plan"),
    )


def _gone(facts: Facts) -> pl.DataFrame:
    """Person and day by which he or she had died, or another authority had taken over."""
    died = facts.people.filter(pl.col("died_on").is_not_null()).select(*CHILD, pl.col("died_on").alias("from"))
    last = facts.periods_of_care.sort("first_known_on").unique(CHILD, keep="last")
    passed_on = last.filter(pl.col("reason_ended") == TAKEN_OVER).select(*CHILD, pl.col("ended_on").alias("from"))
    out = pl.concat([died, passed_on]).with_columns(pl.lit(None, dtype=pl.Date).alias("to"))
    return facts.alive(out, "from", "to").select(ROW)
