"""Spans and events made into links: each runs from what triggered it to what was done next."""

from __future__ import annotations

from datetime import date

import polars as pl

from hearth.timescales.duty import Clock
from hearth.timescales.history import DAYS_PER_CHILD, History, key


def links(history: History, clock: Clock, since: date | None = None) -> pl.DataFrame:
    """The links of a clock, in order of child and day; those of spans that ended before ``since`` are left out.

    Columns: child, span, step, opened_on (from when it is known), triggered_on (null: not known), done_on, is_certain
    (that the trigger was one), is_done_certain, refused_on, ended_on (end of the span), adult_on, born_on, authority,
    and the facts of span and event.
    """
    spans = _spans(history, clock)
    if clock.events is None:
        asked = spans.filter(_lasts_to(spans, since))
        found = asked.with_columns(step=pl.lit(0, pl.UInt32), is_certain=True, is_done_certain=_is_done_certain(spans))
    else:
        found = _chain(spans, _events_in_spans(spans, clock.events(history), _reach(history, clock)), since)
    return _with_refusals(_first_in_doubt(found, history, clock), history, clock)


def _lasts_to(spans: pl.DataFrame, since: date | None) -> pl.Series:
    """Whether each span runs to the day or beyond."""
    over = pl.min_horizontal("ended_on", "adult_on") < pl.lit(since, pl.Date)
    return spans.select(~over.fill_null(value=False)).to_series()


def _is_done_certain(spans: pl.DataFrame) -> pl.Expr:
    return pl.col("is_done_certain") if "is_done_certain" in spans.columns else pl.lit(value=True)


def _first_in_doubt(found: pl.DataFrame, history: History, clock: Clock) -> pl.DataFrame:
    """Of a span that began before the source's history it is not known when the first was done.

    A source that shows only the latest event of each child still tells that nothing was ever done.
    """
    if history.record.history_from is None:
        return found
    shown = pl.col("done_on").is_null() & pl.lit(value=history.shows_latest(clock.needs))
    in_doubt = (pl.col("step") == 0) & ~history.is_covered("opened_on") & ~shown
    return found.with_columns((pl.col("is_certain") & ~in_doubt).alias("is_certain"))


def _spans(history: History, clock: Clock) -> pl.DataFrame:
    """The spans with their defaults, those that last, in order, numbered."""
    given = clock.spans(history)
    known = history.roster(clock.subject).select("child", "authority", "born_on", *_ends_of_life(history, clock))
    trigger = "triggered_on" if "triggered_on" in given.columns else "opened_on"
    spans = given.join(known, on="child", how="left").with_columns(
        pl.col(trigger).alias("triggered_on"),
        pl.min_horizontal("ended_on", "died_on").alias("ended_on"),
    )
    lasts = (pl.col("ended_on") > pl.col("opened_on")).fill_null(value=True)
    young = (pl.col("adult_on") > pl.col("opened_on")).fill_null(value=True)
    return spans.drop("died_on").filter(lasts & young).sort(key("child", "opened_on")).with_row_index("span")


def _ends_of_life(history: History, clock: Clock) -> list[pl.Expr]:
    """The birthday that ends what is owed, and the death; neither where nothing does."""
    if clock.until is None:
        return [pl.lit(None, pl.Date).alias("died_on"), pl.lit(None, pl.Date).alias("adult_on")]
    return [pl.col("died_on"), history.age(history.limits.number(clock.until)).alias("adult_on")]


def _reach(history: History, clock: Clock) -> pl.Expr | None:
    """How far before a span an event still counts, as the first day that does."""
    if clock.before is None:
        return None
    n = history.limits.number(clock.before)
    return pl.col("opened_on").dt.offset_by(f"-{n}mo")


def _events_in_spans(spans: pl.DataFrame, events: pl.DataFrame, reach: pl.Expr | None) -> pl.DataFrame:
    """Events with the span they fall in (the one that began last); an event on a span's last day is in it."""
    keyed = events.with_columns(key("child", "on").alias("key"))
    within = spans.select(
        "span", key("child", "opened_on").alias("key"), pl.col("child").alias("whose"), _last_day().alias("last_day")
    )
    placed = keyed.join_asof(within, on="key", strategy="backward")
    inside = (pl.col("child") == pl.col("whose")) & (pl.col("on") <= pl.col("last_day")).fill_null(value=True)
    found = placed.filter(inside).drop("key", "whose", "last_day")
    return found if reach is None else pl.concat([found, _just_before(spans, keyed, reach)]).sort("span", "on")


def _last_day() -> pl.Expr:
    """The last day on which something can be done: the end of the span, or the day before the birthday that ends it."""
    return pl.min_horizontal("ended_on", pl.col("adult_on").dt.offset_by("-1d"))


def _just_before(spans: pl.DataFrame, keyed: pl.DataFrame, reach: pl.Expr) -> pl.DataFrame:
    """The last event before each span, where it still counts for it."""
    starts = spans.select("span", pl.col("child").alias("whose"), reach.alias("reach"), key("child", "opened_on"))
    named = starts.rename({starts.columns[-1]: "key"}).with_columns(pl.col("key") - 1).sort("key")
    found = named.join_asof(keyed, on="key", strategy="backward")
    counts = (pl.col("child") == pl.col("whose")) & (pl.col("on") >= pl.col("reach"))
    return found.filter(counts.fill_null(value=False)).select(*(c for c in keyed.columns if c != "key"), "span")


def _chain(spans: pl.DataFrame, events: pl.DataFrame, since: date | None) -> pl.DataFrame:
    """Start of each span and its events in one line; each is done by the next of its span."""
    begins = spans.select(
        "span", pl.lit(value=True).alias("is_certain"), (pl.col("span").cast(pl.Int64) * DAYS_PER_CHILD).alias("key")
    )
    follows = events.drop("child").with_columns(key("span", "on").alias("key"))
    line = pl.concat([begins, follows], how="diagonal").sort("key")
    same = pl.col("span") == pl.col("span").shift(-1)
    at = pl.int_range(pl.len(), dtype=pl.UInt32)
    first_at = pl.when(pl.col("on").is_null()).then(at).forward_fill()
    steps = line.with_columns(
        pl.when(same).then(pl.col("on").shift(-1)).alias("done_on"),
        pl.when(same).then(pl.col("is_certain").shift(-1)).otherwise(pl.lit(value=True)).alias("is_done_certain"),
        (at - first_at).alias("step"),
    ).drop("key")
    asked = steps if since is None else steps.filter(_lasts_to(spans, since).gather(steps["span"]))
    return _with_span_facts(asked, spans)


def _with_span_facts(steps: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """With the facts of the span; what was done on its very last day triggers nothing more."""
    facts = spans.drop("span")[steps["span"]]
    whole = pl.concat([steps, facts], how="horizontal")
    last = pl.min_horizontal("ended_on", "adult_on")
    return (
        whole.filter(pl.col("on").is_null() | (pl.col("on") < last).fill_null(value=True))
        .with_columns(
            pl.max_horizontal("opened_on", "on").alias("opened_on"),
            pl.when(pl.col("on").is_null()).then("triggered_on").otherwise("on").alias("triggered_on"),
            pl.col("opened_on").alias("span_opened_on"),
        )
        .drop("on")
    )


def _with_refusals(found: pl.DataFrame, history: History, clock: Clock) -> pl.DataFrame:
    """The first refusal on or after each link opened and before it was done or the span ended."""
    if clock.refusals is None:
        lacks = "refused_on" not in found.columns
        return found.with_columns(pl.lit(None, pl.Date).alias("refused_on")) if lacks else found
    right = clock.refusals(history).with_columns(key("child", "on").alias("key")).sort("key")
    right = right.select("key", pl.col("child").alias("whose"), pl.col("on").alias("refused_on"))
    left = found.with_columns(key("child", "opened_on").alias("key")).sort("key", maintain_order=True)
    joined = left.join_asof(right, on="key", strategy="forward")
    over = pl.min_horizontal("done_on", "ended_on")
    refused = (pl.col("child") == pl.col("whose")) & (pl.col("refused_on") <= over).fill_null(value=True)
    return joined.with_columns(pl.when(refused).then("refused_on").alias("refused_on")).drop("key", "whose")
