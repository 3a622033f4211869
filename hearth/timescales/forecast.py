"""The forecast: what falls due in each of the weeks to come, for whom, against what was managed in weeks before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from types import MappingProxyType

import polars as pl

from hearth.tables.record import Record
from hearth.timescales.ahead import carried_on
from hearth.timescales.catalogue import DUTIES
from hearth.timescales.limits import Limits
from hearth.timescales.owed import occurrences
from hearth.timescales.whose import role_of, with_workers

BY: Mapping[str, str] = MappingProxyType(
    {"owner": "owner", "worker": "worker_id", "team": "team", "locality": "locality"}
)
"""What a forecast can be split by, with the column that says it."""
LOOKED_BACK = 26
"""Weeks before, in which what was managed is counted."""
NOT_KNOWN = "not known"
SCHEMA: Mapping[str, type[pl.DataType]] = MappingProxyType(
    {
        "group": pl.String,
        "week": pl.Int64,
        "starts_on": pl.Date,
        "ends_on": pl.Date,
        "falls_due": pl.Int64,
        "already_late": pl.Int64,
        "managed_median": pl.Float64,
        "managed_best": pl.Int64,
        "can_be_done": pl.Boolean,
        "why": pl.String,
    }
)


def forecast(
    record: Record, as_of: date, *, weeks: int = 26, by: str = "owner", limits: Limits | None = None
) -> pl.DataFrame:
    """What falls due in each week after the day, by owner, worker, team or locality; columns as in ``SCHEMA``.

    What is open on the day, and the later links of chains as if each were done on the day it is due (``ahead``); what
    lapses first (the 18th birthday, an end that is known) is not counted. ``already_late`` (what is overdue, or due
    on the day itself) stands in the first week. ``managed_median`` and ``managed_best``: how much of the same was done
    in a week, over the 26 weeks up to the day. ``can_be_done`` is false for a week that asks for more than the best of
    those; null where nothing was recorded as done. Raises KeyError for another ``by``.
    """
    return forecasts(record, as_of, weeks=weeks, by=(by,), limits=limits)[by]


def forecasts(
    record: Record, as_of: date, *, weeks: int = 26, by: Collection[str] = ("owner",), limits: Limits | None = None
) -> dict[str, pl.DataFrame]:
    """The forecast by each of several splits, from one working out of what falls due."""
    until = as_of + timedelta(weeks=weeks)
    since = as_of - timedelta(weeks=LOOKED_BACK)
    whole = carried_on(record, as_of, until, limits)
    found = occurrences(whole, limits=limits, lapsed_since=since, done_since=since)
    coming, done = _to_come(found, as_of, until), _done(found, since, as_of)

    def split(each: str) -> pl.DataFrame:
        to_come = _counted(_grouped(coming, record, as_of, each), BY[each], as_of)
        managed = _managed(_grouped(done, record, as_of, each), BY[each], since)
        return _weeks(to_come, as_of, weeks).join(managed, on="group", how="left").pipe(_judged).select(SCHEMA.keys())

    return {each: split(each) for each in by}


def _to_come(found: pl.DataFrame, as_of: date, until: date) -> pl.DataFrame:
    """What is not done on the day and falls due by the last, and does not lapse before."""
    undone = (pl.col("done_on") > as_of).fill_null(value=True)
    runs = (pl.col("lapses_on") > as_of).fill_null(value=True)
    lasts = (pl.col("due_on") < pl.col("lapses_on")).fill_null(value=True)
    return found.filter(undone & runs & lasts & (pl.col("due_on") <= until))


def _done(found: pl.DataFrame, since: date, as_of: date) -> pl.DataFrame:
    return found.filter((pl.col("done_on") > since) & (pl.col("done_on") <= as_of) & pl.col("due_on").is_not_null())


def _grouped(rows: pl.DataFrame, record: Record, as_of: date, by: str) -> pl.DataFrame:
    """With the column to split by; worker and team are those of the day, and not known is a group."""
    duty = pl.col("duty").cast(pl.String)
    roles = {duty_id: role_of(duty_id) for duty_id in DUTIES}
    if by == "owner":
        named = rows.with_columns(duty.replace_strict(roles, return_dtype=pl.String).alias("owner"))
    elif by == "locality":
        people = record["people"].select("authority", "child_id", "locality").unique(("authority", "child_id"))
        named = rows.join(people, on=("authority", "child_id"), how="left")
    else:
        named = with_workers(rows, record, as_of)
    return named.with_columns(pl.col(BY[by]).fill_null(NOT_KNOWN))


def _counted(rows: pl.DataFrame, column: str, as_of: date) -> pl.DataFrame:
    """How much falls due in each week of each group, and what is late already."""
    late = pl.col("due_on") <= as_of
    week = pl.when(late).then(1).otherwise((pl.col("due_on") - as_of - timedelta(days=1)).dt.total_days() // 7 + 1)
    return rows.group_by(pl.col(column).alias("group"), week.cast(pl.Int64).alias("week")).agg(
        (~late).sum().cast(pl.Int64).alias("falls_due"), late.sum().cast(pl.Int64).alias("already_late")
    )


def _managed(rows: pl.DataFrame, column: str, since: date) -> pl.DataFrame:
    """The median and the best of the weeks before: what was done in each, weeks without anything counted as nought."""
    week = ((pl.col("done_on") - since - timedelta(days=1)).dt.total_days() // 7).cast(pl.Int64).alias("week")
    done = rows.group_by(pl.col(column).alias("group"), week).len()
    weeks = pl.DataFrame({"week": range(LOOKED_BACK)}, schema={"week": pl.Int64})
    every = done.select("group").unique().join(weeks, how="cross").join(done, on=("group", "week"), how="left")
    each = pl.col("len").fill_null(0).cast(pl.Int64)
    return every.group_by("group").agg(each.median().alias("managed_median"), each.max().alias("managed_best"))


def _weeks(counted: pl.DataFrame, as_of: date, weeks: int) -> pl.DataFrame:
    """Every week of every group, with its days; a week in which nothing falls due says so."""
    numbers = pl.DataFrame({"week": range(1, weeks + 1)}, schema={"week": pl.Int64})
    days = numbers.with_columns(
        (pl.lit(as_of) + pl.duration(days=7 * pl.col("week") - 6)).alias("starts_on"),
        (pl.lit(as_of) + pl.duration(days=7 * pl.col("week"))).alias("ends_on"),
    )
    grid = counted.select("group").unique().sort("group").join(days, how="cross")
    whole = grid.join(counted, on=("group", "week"), how="left", maintain_order="left")
    return whole.with_columns(pl.col("falls_due", "already_late").fill_null(0))


def _judged(rows: pl.DataFrame) -> pl.DataFrame:
    asked = pl.col("falls_due") + pl.col("already_late")
    late = pl.when(pl.col("already_late") > 0).then(pl.format(" and {} late already", "already_late"))
    due = pl.concat_str(pl.format("{} due", "falls_due"), late.otherwise(pl.lit("")))
    week = pl.format("week of {}: {}", pl.col("starts_on").dt.to_string("%-d %B %Y"), due)
    over = pl.format(
        "{}, {} more than in the best of the 26 weeks before ({})", week, asked - pl.col("managed_best"), "managed_best"
    )
    within = pl.format("{}; the best of the 26 weeks before was {}", week, "managed_best")
    unknown = pl.format("{}; nothing was recorded as done in the 26 weeks before, so it cannot be told", week)
    fits = asked <= pl.col("managed_best")
    why = pl.when(fits.is_null()).then(unknown).when(fits).then(within).otherwise(over)
    return rows.with_columns(fits.alias("can_be_done"), why.str.replace("^w", "W").alias("why"))
