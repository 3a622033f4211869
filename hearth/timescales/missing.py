"""Missing from care: the return interview, within hours of the child's return."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.timescales import dates
from hearth.timescales.duty import Clock, Duty
from hearth.timescales.history import History, key

AWAY = members("missing_type", "A")


def first_of_many(day: str, many: pl.Expr) -> pl.Expr:
    """Of rows in order of child and day, the day of the row that is the first of so many up to this one."""
    at = pl.int_range(pl.len(), dtype=pl.Int64) - many + 1
    return pl.col(day).gather(pl.when(at >= 0).then(at)).over("child")


def _returns(history: History) -> pl.DataFrame:
    """Returns from being missing, with the interview held; being away without authorisation is for local policy.

    Where both times are known, in time is counted in hours (R11), otherwise in days. A refusal is kept as itself.
    One not held is no longer asked for after a time (local practice), and stays in history as missed.
    """
    stops = history.due("return-interview.until", "ended_on")
    missing = history.table("missing_episodes").filter(
        pl.col("ended_on").is_not_null() & (pl.col("kind").is_null() | ~pl.col("kind").is_in(AWAY))
    )
    known = missing.with_columns(
        _due_at(history).alias("due_at"),
        history.due("return-interview", "ended_on").alias("by_day"),
        pl.coalesce(pl.col("interview_held_at").dt.date(), "interview_held_on").alias("done_on"),
    )
    return _in_care(known, history).select(
        "child",
        pl.col("ended_on").alias("opened_on"),
        pl.min_horizontal("care_ended_on", stops).alias("ended_on"),
        "done_on",
        pl.col("due_at").dt.date().alias("by_on"),
        _is_in_time().alias("is_in_time"),
        pl.when(~pl.col("is_interview_accepted")).then("ended_on").alias("refused_on"),
    )


def _due_at(history: History) -> pl.Expr:
    """The hour by which, where the limit is one of hours and the time of the return is known."""
    returned = pl.col("returned_at")
    return history.limits.by_version(
        "return-interview",
        pl.col("ended_on"),
        lambda row: dates.hours(returned, row.n or 0) if row.unit == "hour" else pl.lit(None, pl.Datetime),
        history.authority("return-interview"),
    )


def _is_in_time() -> pl.Expr:
    by_day = pl.coalesce(pl.col("due_at").dt.date(), "by_day")
    return pl.coalesce(pl.col("interview_held_at") <= pl.col("due_at"), pl.col("done_on") <= by_day)


def _in_care(missing: pl.DataFrame, history: History) -> pl.DataFrame:
    """With the end of the period of care in which the child went missing."""
    periods = history.periods.select(
        key("child", "opened_on").alias("key"),
        pl.col("child").alias("whose"),
        pl.col("ended_on").alias("care_ended_on"),
    )
    keyed = missing.with_columns(key("child", "started_on").alias("key")).sort("key")
    placed = keyed.join_asof(periods, on="key", strategy="backward")
    return placed.with_columns(pl.when(pl.col("child") == pl.col("whose")).then("care_ended_on").alias("care_ended_on"))


INTERVIEWS = Clock(
    "return interviews",
    needs=("episodes", "missing_episodes", "missing_episodes.interview_held_on"),
    spans=_returns,
)
RETURN_INTERVIEW = Duty(
    "return-interview",
    INTERVIEWS,
    rules="R11",
    due=pl.coalesce("by_on", "due_on"),
)

DUTIES = (RETURN_INTERVIEW,)
