"""Children's homes: the independent person's visit in each month and the review of the quality of care."""

from __future__ import annotations

from functools import partial

import polars as pl

from hearth.timescales.duty import ALWAYS, Clock, Duty
from hearth.timescales.history import History
from hearth.timescales.occasions import in_turn

HOME = "childrens_home"


def _registered(history: History) -> pl.DataFrame:
    """Registrations of homes: child (the home's number), opened_on, ended_on."""
    found = history.table("childrens_homes")
    return found.select("child", pl.col("registered_on").alias("opened_on"), pl.col("closed_on").alias("ended_on"))


def _done_and_reported(history: History, table: str, day: str) -> pl.DataFrame:
    """What is owed from registration or the last time to the next, and of each the report to the regulator."""
    made = history.table(table).select("child", pl.col(day).alias("on"), "reported_on")
    chain = in_turn(_registered(history), made).with_columns(pl.lit("done").alias("part"))
    reports = made.select(
        "child",
        pl.col("on").alias("opened_on"),
        pl.lit(None, pl.Date).alias("ended_on"),
        pl.col("reported_on").alias("done_on"),
        pl.lit("report").alias("part"),
    )
    return pl.concat([chain, reports.select(chain.columns)])


def _each(duty_id: str, name: str, table: str, day: str, *, what: str, rules: str) -> Duty:
    return Duty(
        duty_id,
        Clock(
            name,
            needs=("childrens_homes", table),
            spans=partial(_done_and_reported, table=table, day=day),
            until=None,
            subject=HOME,
        ),
        rules=rules,
        within=((f"{duty_id}.report", pl.col("part") == "report"), (duty_id, ALWAYS)),
        trigger={f"{duty_id}.report": f"day of the {what}", duty_id: f"last {what}, or registration"},
    )


VISITED = _each(
    "children-home-reg44", "visits of the independent person", "home_visits", "visited_on", what="visit", rules="R7 R16"
)
REVIEWED = _each(
    "children-home-reg45", "reviews of the quality of care", "home_reviews", "reviewed_on", what="review", rules="R5 R7"
)

DUTIES = (VISITED, REVIEWED)
