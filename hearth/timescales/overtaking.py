"""A later occurrence takes the place of an earlier one that was never done: which, and from what day."""

from __future__ import annotations

import polars as pl

from hearth.timescales.duty import ASKED, Clock, Overtaken
from hearth.timescales.history import MANY, key

SAME = "same"
"""The column that tells apart whom a span is about, and of what matter."""


def with_overtaken(spans: pl.DataFrame, clock: Clock) -> pl.DataFrame:
    """The spans of a clock with ``overtaken_on``, the day a later one took the place of each; it ends there.

    Null where none did before the span ended. As they are where the clock declares nothing of the kind, or where its
    spans say it themselves.
    """
    if not clock.overtaken or "overtaken_on" in spans.columns:
        return spans
    days = [_taken(spans, each).alias(str(at)) for at, each in enumerate(clock.overtaken)]
    first = spans.hstack([pl.select(pl.min_horizontal(days)).to_series().alias("overtaken_on")])
    before_its_end = (pl.col("overtaken_on") <= pl.col("ended_on")).fill_null(value=True)
    return first.with_columns(
        pl.when(before_its_end).then("overtaken_on").alias("overtaken_on"),
        pl.min_horizontal("ended_on", "overtaken_on").alias("ended_on"),
    )


def _taken(spans: pl.DataFrame, by: Overtaken) -> pl.Series:
    """For each span the first day on which a later one took its place."""
    done = pl.col("done_on") if "done_on" in spans.columns else pl.lit(None, pl.Date).alias("done_on")
    facts = spans.select(_same(by.among), "opened_on", done).with_row_index("at")
    ordered = facts.filter(pl.col(SAME).is_not_null()).sort(key(SAME, "opened_on"))
    found = _next_asked(ordered) if by.once == ASKED else _next_done(ordered)
    return pl.repeat(None, spans.height, dtype=pl.Date, eager=True).scatter(ordered["at"], found)


def _same(among: pl.Expr) -> pl.Expr:
    """One number for all spans of a child, carer or home that are of the same matter; null where of none."""
    matter = among.rank("dense").cast(pl.Int64) if among.meta.root_names() else pl.lit(0, pl.Int64)
    return (pl.col("child").cast(pl.Int64) + matter * MANY).alias(SAME)


def _next_asked(ordered: pl.DataFrame) -> pl.Series:
    """The first later day on which one of the same matter opened."""
    keyed = ordered.select(key(SAME, "opened_on").alias("key"), SAME)
    later = ordered.select(key(SAME, "opened_on").alias("key"), pl.col(SAME).alias("of"), "opened_on")
    found = keyed.join_asof(later, on="key", strategy="forward", allow_exact_matches=False)
    return found.select(pl.when(pl.col("of") == pl.col(SAME)).then("opened_on")).to_series()


def _next_done(ordered: pl.DataFrame) -> pl.Series:
    """The first day on which one that opened later was done; the day after its own opening at the earliest."""
    done = pl.when(pl.col("done_on").is_not_null()).then(pl.max_horizontal("done_on", "opened_on"))
    first = done.cum_min(reverse=True).backward_fill().shift(-1).over(SAME)
    least = pl.col("opened_on").dt.offset_by("1d")
    return ordered.select(pl.when(first.is_not_null()).then(pl.max_horizontal(first, least))).to_series()
