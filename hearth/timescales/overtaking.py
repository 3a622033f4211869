"""A later occurrence takes the place of an earlier one that was never done: which, and from what day."""

from __future__ import annotations

import polars as pl

from hearth.timescales.duty import ASKED, Clock, Overtaken
from hearth.timescales.history import DAYS_PER_CHILD, MANY, key


def with_overtaken(spans: pl.DataFrame, clock: Clock) -> pl.DataFrame:
    """The spans of a clock with ``overtaken_on``, the day a later one took the place of each; it ends there.

    Null where none did before the span ended. As they are where the clock declares nothing of the kind, or where its
    spans say it themselves or there is but one or none.
    """
    if not clock.overtaken or "overtaken_on" in spans.columns or spans.height <= 1:
        return spans
    days = [_taken(spans, each).alias(str(at)) for at, each in enumerate(clock.overtaken)]
    first_day = days[0] if len(days) == 1 else pl.select(pl.min_horizontal(days)).to_series()
    first = spans.hstack([first_day.alias("overtaken_on")])
    before_its_end = (pl.col("overtaken_on") <= pl.col("ended_on")).fill_null(value=True)
    return first.with_columns(
        pl.when(before_its_end).then("overtaken_on").alias("overtaken_on"),
        pl.min_horizontal("ended_on", "overtaken_on").alias("ended_on"),
    )


def _taken(spans: pl.DataFrame, by: Overtaken) -> pl.Series:
    """For each span the first day on which a later one took its place."""
    done = "done_on" if "done_on" in spans.columns else pl.lit(None, pl.Date).alias("done_on")
    facts = spans.select(
        key("child", "opened_on").alias("key") + _matter(by.among) * MANY * DAYS_PER_CHILD, "opened_on", done
    )
    if facts["key"].null_count() == 0 and facts["key"].is_sorted():
        return facts.select(_day(by)).to_series()
    at = facts["key"].arg_sort(nulls_last=True)
    return pl.repeat(None, spans.height, dtype=pl.Date, eager=True).scatter(at, facts[at].select(_day(by)).to_series())


def _matter(among: pl.Expr) -> pl.Expr:
    """A number for each matter; null where nothing takes the place of a span."""
    return among.rank("dense").cast(pl.Int64) if among.meta.root_names() else pl.lit(0, pl.Int64)


def _day(by: Overtaken) -> pl.Expr:
    """The day on which a later span takes the place, of spans in order of ``key``: of matter, child and day."""
    later = _next_asked() if by.once == ASKED else _next_done()
    same = later // DAYS_PER_CHILD == pl.col("key") // DAYS_PER_CHILD
    days = pl.when(same).then(later - pl.col("key")).cast(pl.Int32)
    return (pl.col("opened_on").to_physical() + days).cast(pl.Date)


def _next_asked() -> pl.Expr:
    """The key of the next span that opened on a later day."""
    following = pl.col("key").shift(-1)
    return pl.when(following > pl.col("key")).then(following).backward_fill()


def _next_done() -> pl.Expr:
    """The key of the first day on which one that opened later was done, at the earliest the day after the opening."""
    late = (pl.col("done_on") - pl.col("opened_on")).dt.total_days().clip(0)
    first = (pl.col("key") + late).backward_fill().cum_min(reverse=True).shift(-1)
    return pl.when(first.is_not_null()).then(pl.max_horizontal(first, pl.col("key") + 1))
