"""Entering care and being placed: the plan of the placement, the reviewing officer, and who must be told."""

from __future__ import annotations

import polars as pl

from hearth.timescales import dates
from hearth.timescales.acts import acts, answered, need, once
from hearth.timescales.duty import Clock, Duty
from hearth.timescales.history import History
from hearth.timescales.limits import Limits
from hearth.timescales.occasions import entries, leavings, placements


def _moves_and_leavings(history: History) -> pl.DataFrame:
    """Each placement, and each time care ended."""
    moves = placements(history)
    return pl.concat([moves, leavings(history).select(moves.columns)])


PLACEMENT_PLAN = Duty(
    "placement-plan",
    once("placement plans", placements, "placement_plan", before="act-before"),
    rules="R1 R2 R15",
)
HEALTH_TOLD = Duty(
    "health-notification-new",
    once("notices to health", _moves_and_leavings, "health_notified", before="act-before"),
    rules="R1 R2 R15",
)
PLACEMENT_TOLD = Duty(
    "placement-notification",
    once("notices of placement", _moves_and_leavings, "placement_notified", before="act-before"),
    rules="R1 R2 R15",
)


def _at_school(history: History) -> pl.DataFrame:
    """Placements of children old enough for early years provision."""
    first = history.limits.number("early-years")
    ages = history.children.select("child", history.age(first).alias("of_age_on"))
    return placements(history).join(ages, on="child").filter(pl.col("of_age_on") <= pl.col("opened_on"))


SCHOOL_TOLD = Duty(
    "education-notification-new",
    once("notices to school", _at_school, "school_notified", before="act-before"),
    rules="R1 R2 R15",
)


def _retained(history: History) -> pl.DataFrame:
    """From first coming into care, or from the death of a child who died under 18, to the disposal of the record."""
    first = entries(history).group_by("child").agg(pl.col("opened_on").min())
    lives = first.join(history.children.select("child", "born_on", "died_on", "adult_on"), on="child")
    died = (pl.col("died_on") < pl.col("adult_on")).fill_null(value=False)
    alive = lives.with_columns(
        pl.lit("alive").alias("part"),
        pl.when(died).then("died_on").alias("ended_on"),
        pl.col("born_on").alias("triggered_on"),
    )
    dead = lives.filter(died).with_columns(
        pl.lit("died").alias("part"),
        pl.col("died_on").alias("opened_on"),
        pl.lit(None, pl.Date).alias("ended_on"),
        pl.col("died_on").alias("triggered_on"),
    )
    spans = pl.concat([alive, dead]).select("child", "opened_on", "ended_on", "triggered_on", "part")
    return answered(history, spans, acts(history, "retention_set"))


def _anniversary(limits: Limits) -> pl.Expr:
    """R6: the 75th birthday of one born on 29 February is 1 March."""
    n, leap = limits.number("case-record-retention"), limits.number("leap-day-birthday")
    born = pl.col("part") != "died"
    return pl.when(born).then(dates.birthday(pl.col("triggered_on"), n, leap)).otherwise("due_on")


RETENTION = Duty(
    "case-record-retention",
    Clock("case records", needs=("episodes", need("retention_set")), spans=_retained, until=None),
    rules="R6",
    within=(("case-record-retention.died", pl.col("part") == "died"), ("case-record-retention", pl.lit(value=True))),
    due=lambda limits: pl.coalesce(_anniversary(limits), "due_on"),
)

DUTIES = (PLACEMENT_PLAN, HEALTH_TOLD, PLACEMENT_TOLD, SCHOOL_TOLD, RETENTION)
