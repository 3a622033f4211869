"""Workers: a registered social worker without a gap, and a personal adviser from becoming eligible."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.duty import ALWAYS, Clock, Duty
from hearth.timescales.history import DAYS_PER_CHILD, EPOCH, History, key, shared
from hearth.timescales.leaving_care import HOME, LEFT_CARE, owed

SOCIAL_WORKER = members("worker_role", "social_worker")
REVIEWING_OFFICER = members("worker_role", "reviewing_officer")
PERSONAL_ADVISER = members("worker_role", "personal_adviser")
STILL = DAYS_PER_CHILD - 2
"""In a key, the day of what goes on: later than any other, and earlier than every day of the next child."""


def spells(allocations: pl.DataFrame) -> pl.DataFrame:
    """Allocations run together: child, from, to (null: still); a successor from the day after leaves no gap."""
    until = pl.coalesce(key("child", "ended_on"), STILL + pl.col("child").cast(pl.Int64) * DAYS_PER_CHILD)
    keyed = allocations.select("child", key("child", "started_on").alias("began"), until.alias("until"), "started_on")
    reach = keyed.sort("began").with_columns(pl.col("until").cum_max())
    begins = reach.select((pl.col("began") > pl.col("until").shift(1) + 1).fill_null(value=True)).to_series()
    ends = reach["until"].filter(begins.shift(-1, fill_value=True)) % DAYS_PER_CHILD
    found = reach.filter(begins).select("child", pl.col("started_on").alias("from")).hstack([ends.alias("to")])
    day = (pl.col("to") - EPOCH).cast(pl.Int32).cast(pl.Date)
    return found.with_columns(pl.when(pl.col("to") < STILL).then(day).alias("to"))


@shared
def _registered(history: History) -> pl.DataFrame:
    """Allocations of social workers with a registration number: others do not fill the gap."""
    found = history.table("allocations")
    return spells(found.filter(pl.col("role").is_in(SOCIAL_WORKER) & pl.col("registration").is_not_null()))


def _gaps(history: History, held: pl.DataFrame) -> pl.DataFrame:
    """The start of each period of care, and each day in it on which a worker left without a successor."""
    left = held.filter(pl.col("to").is_not_null()).select("child", pl.col("to").alias("opened_on"))
    starts = history.periods.select("child", "opened_on", "ended_on", pl.col("started_on").alias("triggered_on"))
    leavings = while_in_care(left, history).with_columns(pl.col("opened_on").alias("triggered_on"))
    opened = pl.concat([starts, leavings.select(starts.columns)]).sort(key("child", "opened_on"))
    return with_next(opened, held)


def while_in_care(left: pl.DataFrame, history: History) -> pl.DataFrame:
    """Days (child, opened_on) inside a period of care, with the end of the period as ended_on."""
    periods = history.periods.select("child", pl.col("opened_on").alias("in_care_from"), "ended_on")
    pairs = left.join(periods, on="child")
    during = (pl.col("opened_on") > pl.col("in_care_from")) & (pl.col("opened_on") < pl.col("ended_on")).fill_null(
        value=True
    )
    return pairs.filter(during)


def with_next(opened: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """The day a worker was there: the day itself when one was, else when the next came (before the span ended)."""
    pairs = opened.with_row_index("at").join(held, on="child")
    there = (pl.col("to") > pl.col("opened_on")).fill_null(value=True)
    in_time = (pl.col("from") < pl.col("ended_on")).fill_null(value=True)
    came = pairs.filter(there & in_time).with_columns(pl.max_horizontal("from", "opened_on").alias("done_on"))
    first = came.group_by("at").agg(pl.col("done_on").min())
    return opened.with_row_index("at").join(first, on="at", how="left").drop("at").sort(key("child", "opened_on"))


def _without_social_worker(history: History) -> pl.DataFrame:
    return _gaps(history, _registered(history))


ALLOCATION = Clock("social workers", needs=("episodes", "allocations"), spans=_without_social_worker, in_care=True)
ALLOCATED_SOCIAL_WORKER = Duty(
    "allocated-social-worker", ALLOCATION, rules="R1 R2 R8", trigger="care began, or the last social worker left"
)


def _without_officer(history: History) -> pl.DataFrame:
    held = history.table("allocations").filter(pl.col("role").is_in(REVIEWING_OFFICER))
    return _gaps(history, spells(held))


OFFICERS = Clock("reviewing officers", needs=("episodes", "allocations.role"), spans=_without_officer, in_care=True)
OFFICER_APPOINTED = Duty(
    "iro-appointed", OFFICERS, rules="R1 R2 R8", trigger="care began, or the last reviewing officer left"
)


def _advised(history: History) -> pl.DataFrame:
    """From becoming eligible until it is owed no more, with the first adviser; and each day an adviser left, with the
    next one.
    """
    advisers = spells(history.table("allocations").filter(pl.col("role").is_in(PERSONAL_ADVISER)))
    first = owed(history).with_columns(pl.col("eligible_on").alias("triggered_on"), pl.lit("first").alias("part"))
    left = first.select("child", "ended_on", since="opened_on").join(advisers.drop_nulls("to"), on="child")
    during = (pl.col("to") > pl.col("since")) & (pl.col("to") < pl.col("ended_on")).fill_null(value=True)
    gaps = left.filter(during).select(
        "child", "ended_on", opened_on="to", triggered_on="to", part=pl.lit("next", pl.String)
    )
    spans = ("child", "opened_on", "triggered_on", "ended_on", "part")
    return with_next(pl.concat([first.select(spans), gaps.select(spans)]), advisers)


ADVISERS = Clock(
    "personal advisers", needs=("episodes", "allocations.role"), also=HOME, spans=_advised, until=LEFT_CARE
)
PERSONAL_ADVISER_APPOINTED = Duty(
    "pa-appointed",
    ADVISERS,
    rules="R1 R2 R5 R13",
    within=(("pa-appointed.next", pl.col("part") == "next"), ("pa-appointed", ALWAYS)),
    trigger="becoming eligible, or the day the adviser before left",
)

DUTIES = (ALLOCATED_SOCIAL_WORKER, OFFICER_APPOINTED, PERSONAL_ADVISER_APPOINTED)
