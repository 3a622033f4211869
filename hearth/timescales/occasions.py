"""Occasions on which something is owed: entering care, being placed, a review, what was asked for, an arrangement."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.duty import Clock, Needs, Overtaken
from hearth.timescales.history import History, following, key, shared, without

Spans = Callable[[History], pl.DataFrame]


def runs(rows: pl.DataFrame, *same: str) -> pl.DataFrame:
    """Rows that follow on and agree in the columns ``same`` as one: the first, with the last one's ``ended_on``."""
    begins = rows.select(_begin(same)).to_series()
    ends = rows["ended_on"].filter(begins.shift(-1, fill_value=True))
    return rows.filter(begins).with_columns(ends)


@cache
def _begin(same: tuple[str, ...]) -> pl.Expr:
    changes = (pl.col(column).ne_missing(pl.col(column).shift(1)) for column in same)
    return pl.any_horizontal(*changes, pl.int_range(pl.len()) == 0)


@shared
def entries(history: History) -> pl.DataFrame:
    """Periods of care: child, opened_on, ended_on, triggered_on (the day care began; null when not known)."""
    return history.periods[["child", "opened_on", "ended_on", "started_on"]].rename({"started_on": "triggered_on"})


@shared
def leavings(history: History) -> pl.DataFrame:
    """Days on which a child left care, until the child came back: child, opened_on, ended_on, triggered_on,
    reason_ended, status.
    """
    ends = history.table("periods_of_care").select("child", "period_id", "reason_ended", "last_legal_status")
    periods = history.periods.with_columns(following("opened_on").alias("back_on"))
    left = periods.join(ends, on=["child", "period_id"], maintain_order="left").filter(pl.col("ended_on").is_not_null())
    return left.select(
        "child",
        pl.col("ended_on").alias("opened_on"),
        pl.col("back_on").alias("ended_on"),
        pl.col("ended_on").alias("triggered_on"),
        "reason_ended",
        pl.col("last_legal_status").alias("status"),
    )


@shared
def placements(history: History) -> pl.DataFrame:
    """Placements by rule R15: child, opened_on, ended_on, triggered_on (null when the start is not known)."""
    counted = history.table("placements").join(history.periods.select("child", "period_id"), on=["child", "period_id"])
    return counted.select(
        "child",
        pl.col("started_on").alias("opened_on"),
        "ended_on",
        pl.when("is_start_known").then("started_on").alias("triggered_on"),
    )


def stays_where(*what: pl.Expr, each_placement: bool = False) -> Spans:
    """Runs of stays of which all holds: spans; ``each_placement``: a new placement begins another run.

    A run that began with a period whose start is not known has no known day.
    """
    fits = pl.all_horizontal(what).fill_null(value=False)
    apart = ["period", "placement_id"] if each_placement else ["period"]
    return shared(lambda history: _runs(history.stays.with_columns(fits.alias("fits")), [*apart, "fits"]))


def _runs(stays: pl.DataFrame, apart: list[str]) -> pl.DataFrame:
    opened = pl.col("started_on")
    is_known = pl.col("is_seen_whole") | (opened > pl.col("care_began_on"))
    trigger = pl.when(is_known).then(opened).alias("triggered_on")
    return runs(stays, *apart).filter("fits").select("child", opened.alias("opened_on"), "ended_on", trigger)


@shared
def reviews(history: History) -> pl.DataFrame:
    """Reviews held in care: child, opened_on (the day held), ended_on (the next, or the end of care)."""
    periods = history.periods.select(
        key("child", "opened_on").alias("key"), pl.col("child").alias("whose"), "period", "ended_on"
    )
    held = history.reviews.with_columns(key("child", "on").alias("key")).join_asof(
        periods, on="key", strategy="backward"
    )
    inside = (pl.col("child") == pl.col("whose")) & (pl.col("on") < pl.col("ended_on")).fill_null(value=True)
    until = pl.min_horizontal(following("on", of="period"), "ended_on").alias("ended_on")
    return held.filter(inside).select("child", pl.col("on").alias("opened_on"), until)


def arrangements(kind: str, *, in_care: bool = False) -> Spans:
    """Arrangements of a kind as spans; ``in_care``: no longer once care has ended, though nobody ended them.

    Raises KeyError at import for an unknown kind.
    """
    known = members("arrangement", kind)[0]

    def spans(history: History) -> pl.DataFrame:
        found = history.of_kind("arrangements", known)
        made = found.select("child", pl.col("started_on").alias("opened_on"), "ended_on")
        return while_care_lasts(history, made) if in_care else made

    return spans


def needs_arrangement(kind: str) -> str:
    """The need of a source that records arrangements of a kind."""
    return f"arrangements.{members('arrangement', kind)[0]}"


def requests(kind: str) -> Spans:
    """Requests and events of a kind as spans with their answer: child, opened_on, ended_on, done_on, promised_on."""
    known = members("request", kind)[0]
    return lambda history: history.of_kind("requests", known).select(
        "child",
        pl.col("raised_on").alias("opened_on"),
        "ended_on",
        pl.col("answered_on").alias("done_on"),
        "promised_on",
        "extended_on",
    )


def needs_request(kind: str) -> str:
    """The need of a source that records requests of a kind."""
    return f"requests.{members('request', kind)[0]}"


def on_request(
    name: str,
    kind: str,
    *,
    needs: Needs = (),
    until: str | None = "adulthood",
    in_care: bool = False,
    in_placement: bool = False,
    overtaken: tuple[Overtaken, ...] = (),
) -> Clock:
    """A clock on which each request of a kind asks for its answer; ``in_care``, ``in_placement``: no longer once care,
    or the placement, has ended.
    """
    asked = requests(kind)

    def spans(history: History) -> pl.DataFrame:
        found = asked(history)
        cared = while_care_lasts(history, found) if in_care else found
        return while_placed(history, cared) if in_placement else cared

    also = ("episodes",) if in_care or in_placement else ()
    return Clock(name, (*needs, needs_request(kind)), spans, until=until, overtaken=overtaken, also=also)


def while_care_lasts(history: History, spans: pl.DataFrame) -> pl.DataFrame:
    """The spans (child, opened_on, ended_on), each ended with the time in care in which it opened, or the next."""
    return until_first(spans, history.periods.select("child", on="ended_on"))


def while_placed(history: History, spans: pl.DataFrame) -> pl.DataFrame:
    """The spans (child, opened_on, ended_on), each ended with the placement (R15) in which it opened, or the next."""
    return until_first(spans, placements(history).select("child", on="ended_on"))


def until_back_in_care(history: History, spans: pl.DataFrame) -> pl.DataFrame:
    """The spans (child, opened_on, ended_on), each ended on the day on which care next begins."""
    return until_first(spans, history.periods.select("child", on="opened_on"))


def until_first(spans: pl.DataFrame, ends: pl.DataFrame) -> pl.DataFrame:
    """The spans (child, opened_on, ended_on), each ended on the first of the days (child, on) after it opened."""
    if spans.is_empty() or ends.is_empty():
        return spans
    days = ends.drop_nulls("on").select(
        key("child", "on").alias("key"), pl.col("child").alias("whose"), pl.col("on").alias("over_on")
    )
    keyed = spans.with_columns(key("child", "opened_on").alias("key")).sort("key", maintain_order=True)
    found = keyed.join_asof(days.sort("key"), on="key", strategy="forward", allow_exact_matches=False)
    over = pl.when(pl.col("whose") == pl.col("child")).then("over_on")
    return found.with_columns(pl.min_horizontal("ended_on", over).alias("ended_on")).select(spans.columns)


def in_turn(spans: pl.DataFrame, done: pl.DataFrame) -> pl.DataFrame:
    """Spans cut at each thing done in them (child, on): from the start, and from each, to the next, as ``done_on``."""
    numbered = spans[["child", "opened_on", "ended_on"]].with_row_index("at")
    inside = numbered.join(done[["child", "on"]], on="child").filter(IS_INSIDE)
    starts = pl.concat([numbered, inside.select(FROM_THERE)])
    return without(starts.unique().sort("at", "opened_on").with_columns(NEXT), "at")


IS_INSIDE = (pl.col("on") > pl.col("opened_on")) & (pl.col("on") <= pl.col("ended_on")).fill_null(value=True)
FROM_THERE = (pl.col("at"), pl.col("child"), pl.col("on").alias("opened_on"), pl.col("ended_on"))
NEXT = following("opened_on", of="at").alias("done_on")
