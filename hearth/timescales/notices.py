"""Entering care and being placed: the plan of the placement, the reviewing officer, and who must be told."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.acts import IN_CARE, acts, answered, answered_each, need, once
from hearth.timescales.duty import NEXT_ASKED, Clock, Duty
from hearth.timescales.history import History
from hearth.timescales.limits import Limits
from hearth.timescales.occasions import entries, leavings, placements
from hearth.timescales.workers import while_in_care

TOLD_OF_PLACEMENTS = members("recipient", "parents", "gp", "school", "carer", "area_authority")


def _moves_and_leavings(history: History) -> pl.DataFrame:
    """Each placement, and each time care ended."""
    moves = placements(history)
    return pl.concat([moves, leavings(history).select(moves.columns)])


PLACEMENT_PLAN = Duty(
    "placement-plan",
    once("placement plans", placements, "placement_plan", before="act-before", overtaken=NEXT_ASKED, in_care=True),
    rules="R1 R2 R15",
)
NOTICES_TO_HEALTH = once(
    "notices to health",
    _moves_and_leavings,
    "notifications.health_commissioner",
    before="act-before",
    overtaken=NEXT_ASKED,
)
MOVE_OR_END = "a placement began, or care ended"
HEALTH_TOLD = Duty("health-notification-new", NOTICES_TO_HEALTH, rules="R1 R2 R15", trigger=MOVE_OR_END)


MUST_BE_TOLD = (
    pl.when(pl.col("part") == "school")
    .then((pl.col("of_age_on") <= pl.col("opened_on")).fill_null(value=False))
    .when(pl.col("part") == "area_authority")
    .then((~pl.col("is_in_area")).fill_null(value=False))
    .otherwise(pl.lit(value=True))
)
"""Schools of children old enough for early years; the area's authority where the placement lies outside the area."""


def _everyone_told(history: History) -> pl.DataFrame:
    """Moves and endings, done on the day the last of those who must be told was told, or left out on purpose."""
    moves = _with_age_and_place(history)
    given = {recipient: acts(history, f"notifications.{recipient}") for recipient in TOLD_OF_PLACEMENTS}
    asked = answered_each(history, moves, given, "act-before").filter(MUST_BE_TOLD)
    told = asked.group_by("at_move").agg(
        pl.when(pl.col("done_on").is_not_null().all()).then(pl.col("done_on").max()).alias("done_on")
    )
    facts = ("child", "opened_on", "ended_on", "triggered_on", "done_on")
    return moves.join(told, on="at_move", how="left", maintain_order="left").select(facts)


def _with_age_and_place(history: History) -> pl.DataFrame:
    """Moves and endings with a number, the day the child is of age for early years, and whether in the area."""
    moves = _moves_and_leavings(history).with_row_index("at_move")
    stays = history.stays.group_by("child", pl.col("started_on").alias("opened_on")).agg(pl.col("is_in_area").first())
    aged = history.with_ages(moves, of_age_on="early-years")
    return aged.join(stays, on=["child", "opened_on"], how="left", maintain_order="left")


NOTICES = Clock(
    "notices of placement",
    needs=(*IN_CARE, *(need(f"notifications.{name}") for name in TOLD_OF_PLACEMENTS)),
    spans=_everyone_told,
    overtaken=NEXT_ASKED,
)
PLACEMENT_TOLD = Duty("placement-notification", NOTICES, rules="R1 R2 R15", trigger=MOVE_OR_END)


def _at_school(history: History) -> pl.DataFrame:
    """Placements, and changes of school in care, of children old enough for early years provision."""
    schools = history.table("schools_attended").select("child", pl.col("started_on").alias("opened_on"))
    moved = while_in_care(schools, history).with_columns(pl.col("opened_on").alias("triggered_on"))
    placed = placements(history)
    new_schools = moved.select(placed.columns).join(placed, on=["child", "opened_on"], how="anti")
    found = history.with_ages(pl.concat([placed, new_schools]), of_age_on="early-years")
    return found.filter(pl.col("of_age_on") <= pl.col("opened_on")).drop("of_age_on")


NOTICES_TO_SCHOOL = once(
    "notices to school",
    _at_school,
    "notifications.school",
    also=("schools_attended",),
    before="act-before",
    overtaken=NEXT_ASKED,
    in_care=True,
)
SCHOOL_TOLD = Duty(
    "education-notification-new",
    NOTICES_TO_SCHOOL,
    rules="R1 R2 R15",
    trigger="a placement began, or the child changed school",
)


def _retained(history: History) -> pl.DataFrame:
    """From first coming into care, or from the death of a child who died under 18, to the disposal of the record."""
    first = entries(history).group_by("child").agg(pl.col("opened_on").min())
    lives = history.with_lives(first, "born_on", "died_on", "adult_on")
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
    born_on = pl.col("triggered_on")
    birthday = limits.by_version("case-record-retention", born_on, lambda row: limits.birthday(born_on, row.n or 0))
    return pl.when(pl.col("part") != "died").then(birthday).otherwise("due_on")


RETENTION = Duty(
    "case-record-retention",
    Clock("case records", needs=("episodes", need("retention_set")), spans=_retained, until=None),
    rules="R6",
    within=(("case-record-retention.died", pl.col("part") == "died"), ("case-record-retention", pl.lit(value=True))),
    due=lambda limits: pl.coalesce(_anniversary(limits), "due_on"),
    trigger={"case-record-retention.died": "the child's death"},
)

DUTIES = (PLACEMENT_PLAN, HEALTH_TOLD, PLACEMENT_TOLD, SCHOOL_TOLD, RETENTION)
