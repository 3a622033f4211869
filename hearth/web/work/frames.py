"""From the record to what is stored for work: what is owed, what stands still, the weeks ahead."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from hearth.tables import catalogue
from hearth.tables.record import Record
from hearth.tables.table import IDENTIFIERS
from hearth.timescales.drift import engine as drift
from hearth.timescales.engine import occurrences
from hearth.timescales.explain import explain
from hearth.timescales.forecast import forecasts
from hearth.timescales.history import History
from hearth.timescales.limits import Limits

Row = Sequence[Any]
KEPT = (
    "duty",
    "opened_on",
    "triggered_on",
    "due_on",
    "done_on",
    "refused_on",
    "ended_on",
    "adult_on",
    "is_known",
    "last_done_on",
    "limit",
)
"""The columns of the store, after the child."""
STAGE = ("drift", "opened_on", "ended_on", "moved_on", "still_from")
SPLITS = ("team", "worker")
"""What the forecast is kept by."""


def owed(
    history: History,
    keys: Mapping[tuple[str, str], int],
    day: date,
    touched: Collection[str] | None = None,
) -> list[Row]:
    """Rows of (the child's key, *KEPT*): what is not done by the day, in spans that have not ended by then.

    ``keys``: the key of each (authority, child_id); ``touched``: only the duties whose clocks read one of these tables.
    """
    found = occurrences(history, touched=touched, subject="child", lapsed_since=day)
    done = pl.when(pl.col("done_on") <= day).then("done_on")
    last = done.max().over("child", "duty").alias("last_done_on")
    undone = found.with_columns(last).filter((pl.col("done_on") > day).fill_null(value=True))
    told = undone.with_columns(IN_WORDS)[["authority", "child_id", *KEPT]]
    return [(keys[authority, child_id], *rest) for authority, child_id, *rest in told.rows()]


IN_WORDS = pl.col("duty", "limit").cast(pl.String).fill_null("")


def stages(
    history: History,
    keys: Mapping[tuple[str, str], int],
    day: date,
    touched: Collection[str] | None = None,
) -> list[Row]:
    """Rows of (the child's key, *STAGE*): the stages of journeys that are not over by the day."""
    found = drift.spans(history, touched=touched)
    goes_on = [(pl.col(on) > day).fill_null(value=True) for on in ("ended_on", "moved_on")]
    standing = found.filter(*goes_on)[["authority", "child_id", *STAGE]]
    return [(keys[authority, child_id], *rest) for authority, child_id, *rest in standing.rows()]


def weeks(record: Record, day: date, limits: Limits) -> list[dict[str, Any]]:
    """The weeks of the forecast by each of ``SPLITS``, as rows of ``ForecastWeek``; none of groups with nothing due."""
    found = forecasts(record, day, by=SPLITS, limits=limits)
    asked = pl.col("falls_due") + pl.col("already_late")
    return [
        {"by": by, **row}
        for by, frame in found.items()
        for row in frame.filter(asked.sum().over("group") > 0).iter_rows(named=True)
    ]


def owed_elsewhere(record: Record, subject: str, day: date, limits: Limits) -> list[dict[str, Any]]:
    """What is not done by the day for carers, homes or the authority: subject_id and the columns of KEPT."""
    found = occurrences(record, limits=limits, subject=subject, lapsed_since=day)
    undone = (pl.col("done_on") > day).fill_null(value=True)
    last = (
        pl.col("done_on")
        .filter(pl.col("done_on") <= day)
        .max()
        .over("subject_id", "duty", "limit")
        .alias("last_done_on")
    )
    told = found.with_columns(last, pl.col("duty", "limit").cast(pl.String).fill_null("")).filter(undone)
    return told.select("subject_id", *KEPT).to_dicts()


def explained(
    record: Record, whose: tuple[str, str, str], duties: Iterable[str], day: date, limits: Limits
) -> dict[str, list[str]]:
    """How each duty comes to be owed to one subject (its sort, authority and identifier): lines, by duty."""
    sort, authority, identifier = whose
    column, is_own = IDENTIFIERS[sort], pl.col("authority") == authority
    about = {name: table for name, table in record.tables.items() if catalogue.subject(name) == sort}
    kept = {name: table.filter(is_own & (pl.col(column) == identifier)) for name, table in about.items()}
    own = replace(record, tables={**record.tables, **kept})
    return {duty: explain(own, identifier, duty, day, limits=limits).splitlines() for duty in duties}
