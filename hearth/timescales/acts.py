"""Acts that meet a duty: which of the acts recorded for a child answers which of the events that ask for one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.duty import Clock, Needs
from hearth.timescales.history import DAYS_PER_CHILD, History, key, once_a_day

Spans = Callable[[History], pl.DataFrame]
IN_CARE: Needs = ("episodes",)


def need(kind: str) -> str:
    """The need of a source that records acts of a kind; raises KeyError at import for an unknown kind."""
    return f"case_actions.{members('case_action', kind)[0]}"


def acts(history: History, kind: str, *, is_refused: bool = False) -> pl.DataFrame:
    """Acts of a kind done, or those refused by the child: child, on, answers_on, outcome; in order."""
    refused = pl.col("is_refused").fill_null(value=False)
    found = history.table("case_actions").filter((pl.col("kind") == kind) & (refused == is_refused))
    return found.select("child", pl.col("done_on").alias("on"), "answers_on", "outcome").sort("child", "on")


def refused(history: History, kind: str) -> pl.DataFrame:
    """Days on which the child refused an act of a kind: child, on."""
    return acts(history, kind, is_refused=True).select("child", "on")


def acts_of(kind: str) -> Spans:
    """The acts of a kind as the events of a chain: child, on, is_certain."""
    return lambda history: _as_events(acts(history, kind))


def _as_events(found: pl.DataFrame) -> pl.DataFrame:
    return once_a_day(found.select("child", "on").with_columns(is_certain=True))


def once(
    name: str,
    spans: Spans,
    kind: str,
    *,
    needs: Needs = IN_CARE,
    before: str | None = None,
    until: str | None = "adulthood",
) -> Clock:
    """A clock on which each span asks for one act of a kind.

    ``before``: a limit; an act up to that long before a span began counts for it.
    """
    return Clock(
        name,
        needs=(*needs, need(kind)),
        spans=lambda history: answered(history, spans(history), acts(history, kind), before),
        refusals=partial(refused, kind=kind),
        until=until,
    )


def repeated(name: str, spans: Spans, kind: str, *, needs: Needs = IN_CARE, until: str | None = "adulthood") -> Clock:
    """A clock on which acts of a kind are owed again and again while a span lasts."""
    return Clock(
        name,
        needs=(*needs, need(kind)),
        spans=spans,
        events=acts_of(kind),
        refusals=partial(refused, kind=kind),
        until=until,
    )


def answered(history: History, spans: pl.DataFrame, done: pl.DataFrame, before: str | None = None) -> pl.DataFrame:
    """The spans with ``done_on``: the first act in each, or the last shortly before it that met no other.

    ``done``: child, on and perhaps answers_on, the day of the event that the source says the act answers. An act falls
    in the span that began last before it (or before what it answers).
    """
    ordered = spans.sort(key("child", "opened_on")).with_row_index("at")
    placed = _placed(ordered, done)
    first = placed.filter(pl.col("at").is_not_null()).group_by("at").agg(pl.col("on").min().alias("done_on"))
    found = ordered.join(first, on="at", how="left")
    if before is not None:
        free = placed.join(first, on="at", how="left").filter((pl.col("on") != pl.col("done_on")).fill_null(value=True))
        found = _or_before(history, found, free.filter(pl.col("answers_on").is_null()), before)
    return found.drop("at")


def _placed(spans: pl.DataFrame, done: pl.DataFrame) -> pl.DataFrame:
    """Acts (child, on, answers_on) with ``at``, the span they fall in; null outside all."""
    answers = pl.col("answers_on") if "answers_on" in done.columns else pl.lit(None, pl.Date)
    dated = done.select("child", "on", answers.alias("answers_on"))
    dated = dated.with_columns(pl.coalesce("answers_on", "on").alias("counts_on")).filter(pl.col("on").is_not_null())
    keyed = dated.with_columns(key("child", "counts_on").alias("key")).sort("key")
    right = spans.select("at", pl.col("child").alias("whose"), "ended_on", key("child", "opened_on").alias("key"))
    joined = keyed.join_asof(right.sort("key"), on="key", strategy="backward")
    last = pl.when(pl.col("answers_on").is_null()).then("on").otherwise("answers_on")
    inside = (pl.col("child") == pl.col("whose")) & (last <= pl.col("ended_on")).fill_null(value=True)
    return joined.with_columns(pl.when(inside).then("at").alias("at")).select("child", "on", "answers_on", "at", "key")


def _or_before(history: History, spans: pl.DataFrame, free: pl.DataFrame, before: str) -> pl.DataFrame:
    """With the last free act since the span before began and within the limit before this one, where there is one."""
    n = history.limits.number(before)
    previous = pl.col("opened_on").shift(1).over("child")
    reach = pl.max_horizontal(pl.col("opened_on").dt.offset_by(f"-{n}mo"), previous)
    left = spans.with_columns(reach.alias("reach"), (key("child", "opened_on") - 1).alias("key")).sort("key")
    right = free.select("key", pl.col("on").alias("before_on"), (pl.col("key") // DAYS_PER_CHILD).alias("whose"))
    joined = left.join_asof(right.sort("key"), on="key", strategy="backward")
    counts = (pl.col("whose") == pl.col("child")) & (pl.col("before_on") >= pl.col("reach"))
    best = pl.coalesce(pl.when(counts).then("before_on"), "done_on").alias("done_on")
    return joined.with_columns(best).drop("reach", "key", "whose", "before_on")
