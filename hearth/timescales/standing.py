"""How things stood on a day: the status of every occurrence as of any date, with nothing later known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from hearth.timescales.history import key

STATUSES = ("met", "late", "overdue", "due", "missed", "overtaken", "lapsed", "not_known")
STATUS = pl.Enum(STATUSES)
DATED = ("done_on", "refused_on", "ended_on", "overtaken_on")
"""What is not known of an occurrence before it comes about."""


def as_of(found: pl.DataFrame, on: Iterable[date]) -> pl.DataFrame:
    """Occurrences as they stood on each of the days: those already opened, with ``as_of`` and ``status``.

    Nothing later is known: the days of ``DATED`` that lie after the day are null. For a lapsed row due_on is null and
    ``would_be_due_on`` keeps the day. Made for a few days; ``due_in`` and ``current`` answer for many.
    """
    return pl.concat([_stood(found.filter(pl.col("opened_on") <= day), day) for day in on])


def _stood(found: pl.DataFrame, day: date) -> pl.DataFrame:
    dated = [pl.when(pl.col(name) <= day).then(name).alias(name) for name in DATED]
    return (
        found.with_columns(
            *dated,
            pl.lit(day).alias("as_of"),
            (pl.col("is_done_certain") | (pl.col("done_on") > day)).alias("is_done_certain"),
        )
        .with_columns(pl.min_horizontal("ended_on", "adult_on").alias("lapses_on"))
        .with_columns(_status(day).cast(STATUS).alias("status"), pl.col("due_on").alias("would_be_due_on"))
        .with_columns(pl.when(pl.col("status") != "lapsed").then("due_on").alias("due_on"))
    )


def _status(day: date) -> pl.Expr:
    undone, lapses, due = pl.col("done_on").is_null(), pl.col("lapses_on"), pl.col("due_on")
    return (
        pl.when(~pl.col("is_known") | ~pl.col("is_done_certain").fill_null(value=True))
        .then(pl.lit("not_known"))
        .when(~undone & pl.col("is_in_time"))
        .then(pl.lit("met"))
        .when(~undone)
        .then(pl.lit("late"))
        .when((due >= lapses).fill_null(value=False))
        .then(pl.lit("lapsed"))
        .when((lapses <= day).fill_null(value=False))
        .then(pl.when(pl.col("overtaken_on") == lapses).then(pl.lit("overtaken")).otherwise(pl.lit("missed")))
        .when(due < day)
        .then(pl.lit("overdue"))
        .otherwise(pl.lit("due"))
    )


def due_in(found: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """What fell due in each period, with its status on the period's last day.

    ``periods``: columns as_of, period_start. Rows: occurrences with period_start <= due_on <= as_of that had not
    lapsed, as ``as_of`` gives them, with ``period_start``; and those whose due day is not known that were open in the
    period (status not_known), to be counted apart.
    """
    return pl.concat([_due_in(found, *period) for period in periods.select("as_of", "period_start").rows()])


def _due_in(found: pl.DataFrame, day: date, start: date) -> pl.DataFrame:
    fell_due = pl.col("due_on").is_between(start, day)
    was_open = (pl.min_horizontal("done_on", "lapses_on") >= start).fill_null(value=True)
    not_told = pl.col("due_on").is_null() & was_open
    stood = _stood(found.filter((pl.col("opened_on") <= day) & (fell_due | not_told)), day)
    return stood.filter(pl.col("status") != "lapsed").with_columns(pl.lit(start).alias("period_start"))


def current(found: pl.DataFrame, on: Iterable[date]) -> pl.DataFrame:
    """What is open on each day: for each child and duty the occurrence not yet done in a span that still runs.

    Status due (in date), overdue, lapsed (due only after the birthday that ends it) or not_known. Columns as ``as_of``.
    """
    return pl.concat([_current(found, day) for day in on])


def _current(found: pl.DataFrame, day: date) -> pl.DataFrame:
    undone = (pl.col("done_on") > day).fill_null(value=True)
    runs = (pl.col("lapses_on") > day).fill_null(value=True)
    return _stood(found.filter((pl.col("opened_on") <= day) & undone & runs), day)


def owed_on(found: pl.DataFrame, on: Iterable[date]) -> pl.DataFrame:
    """What stands on each day: what ``current`` gives, and what was done in a span that still runs, to a known end.

    The end is the birthday, or an end of the span already known on the day; what was done where nothing ends it is
    history. Columns as ``as_of``.
    """
    return pl.concat([_owed_on(found, day) for day in on])


def _owed_on(found: pl.DataFrame, day: date) -> pl.DataFrame:
    undone = (pl.col("done_on") > day).fill_null(value=True)
    runs = pl.col("lapses_on") > day
    there = found.filter((pl.col("opened_on") <= day) & (runs | (undone & pl.col("lapses_on").is_null())))
    is_last = pl.col("occurrence") == pl.col("occurrence").max().over("child", "duty")
    return _stood(there.filter(is_last | undone), day)


def latest_due(found: pl.DataFrame, on: Iterable[date]) -> pl.DataFrame:
    """For each child the latest occurrence, of all duties in the frame, whose day had come by each day.

    An occurrence due on the very day and not yet done is still in time and is passed over. Columns as ``as_of``; status
    met, late, overdue, missed, overtaken or not_known.
    """
    ordered = found.filter(pl.col("due_on").is_not_null()).sort(key("child", "due_on"), maintain_order=True)
    return pl.concat([_latest_due(ordered, day) for day in on])


def _latest_due(ordered: pl.DataFrame, day: date) -> pl.DataFrame:
    undone = (pl.col("done_on") > day).fill_null(value=True)
    lapses = pl.min_horizontal(pl.when(pl.col("ended_on") <= day).then("ended_on"), "adult_on")
    passed_over = undone & ((pl.col("due_on") == day) | (pl.col("due_on") >= lapses).fill_null(value=False))
    came = ordered.filter((pl.col("due_on") <= day) & ~passed_over)
    is_last = (pl.col("child") != pl.col("child").shift(-1)).fill_null(value=True)
    return _stood(came.filter(is_last), day)
