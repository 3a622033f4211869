"""Visits made and reviews held while children were looked after, and whether each child's latest visit was in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from hearth.measures.facts import CHILD
from hearth.tables.codes import members
from hearth.timescales import engine, visits

if TYPE_CHECKING:
    from hearth.measures.facts import Facts

TOOK_PART = members("participation", "PN1", "PN2", "PN3", "PN5", "PN6")
TOO_YOUNG = members("participation", "PN0")[0]
FIRST_AGE = 4
VISITS = tuple(duty.id for duty in visits.DUTIES)
"""Every duty to visit a child in care; short breaks count nowhere."""


def visits_seen(facts: Facts) -> pl.DataFrame:
    """Visits in the period at which a child in care was seen, one row each: is_seen_alone."""
    seen = facts.record["visits"].filter(pl.col("is_seen")).select(*CHILD, "visited_on", "is_seen_alone")
    during = _while_looked_after(facts, seen, "visited_on")
    return facts.inside(during.rename({"visited_on": "on"}), "on")


def reviews_held(facts: Facts) -> pl.DataFrame:
    """Reviews of children in care held in the period, one row each: age on the day, participation, took_part.

    Reviews of children under 4 (by age, or by the code PN0) are left out; took_part is null without a code.
    """
    held = facts.record["reviews"].filter(
        pl.col("held_on").is_not_null() & ~pl.col("is_cancelled").fill_null(value=False)
    )
    aged = facts.with_age(_while_looked_after(facts, held, "held_on"), "held_on")
    is_old_enough = (pl.col("age") >= FIRST_AGE).fill_null(value=True)
    is_not_too_young = (pl.col("participation") != TOO_YOUNG).fill_null(value=True)
    return facts.inside(aged.filter(is_old_enough & is_not_too_young), "held_on").with_columns(
        pl.col("held_on").alias("on"), pl.col("participation").is_in(TOOK_PART).alias("took_part")
    )


def latest_visit_due(facts: Facts) -> pl.DataFrame:
    """Children in care on the day with a visit due by it in this period of care: due_on, done_on, status, is_in_time.

    The latest decides; one due on the very day and not made yet is due, not overdue, so the one before it does.
    """
    owed = _without_superseded(facts.occurrences.filter(pl.col("duty").is_in(VISITS)), facts)
    latest = engine.latest_due(owed, facts.periods["as_of"].to_list())
    told = latest.select(*CHILD, "as_of", "opened_on", "due_on", "done_on", "status")
    pairs = facts.on_the_day.join(told, on=[*CHILD, "as_of"], maintain_order="left")
    began = pl.coalesce("care_started_on", "care_first_known_on")
    answer = pl.when(pl.col("status") != "not_known").then(pl.col("status") == "met")
    return pairs.filter(pl.col("opened_on") >= began).with_columns(answer.alias("is_in_time"))


def _without_superseded(owed: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """Occurrences less those that a later one of the child had taken the place of before the first day asked for."""
    following = {name: pl.col(name).shift(-1) for name in ("child", "due_on", "lapses_on")}
    came = following["due_on"].is_between(pl.col("due_on"), facts.periods["as_of"].min(), closed="left")
    stands = following["lapses_on"].is_null() | (following["lapses_on"] > following["due_on"])
    superseded = (following["child"] == pl.col("child")) & came & stands
    return owed.filter(~superseded.fill_null(value=False))


def _while_looked_after(facts: Facts, events: pl.DataFrame, day: str) -> pl.DataFrame:
    """The events on days when the child was in care, the last day of care included."""
    spans = facts.periods_of_care.select(
        *CHILD,
        pl.coalesce("started_on", "first_known_on").alias("care_started_on"),
        pl.col("ended_on").alias("care_ended_on"),
    )
    asked_for = pl.col(day).is_between(facts.periods["period_start"].min(), facts.periods["as_of"].max())
    rows = events.filter(asked_for).with_row_index("event").join(spans, on=CHILD)
    last = pl.col("care_ended_on")
    during = (pl.col("care_started_on") <= pl.col(day)) & (last.is_null() | (pl.col(day) <= last))
    kept = rows.filter(during)
    return kept.unique("event", keep="first", maintain_order=True).drop("event", "care_started_on", "care_ended_on")
