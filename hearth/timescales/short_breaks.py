"""Short breaks (regulation 48; V3 and V4): their own reviews and visits, counted nowhere else."""

from __future__ import annotations

import polars as pl

from hearth.timescales.duty import STEP, Clock, Deed, Duty
from hearth.timescales.history import History, key, once_a_day, shared

NO_SERIES = pl.DataFrame(
    schema={"child": pl.UInt32, "opened_on": pl.Date, "triggered_on": pl.Date, "ended_on": pl.Date}
)


@shared
def _series(history: History) -> pl.DataFrame:
    """Series of short breaks: from the first break to the end of the last before full care (or for good)."""
    periods = history.table("periods_of_care").filter(~pl.col("is_under_24_hours"))
    if not periods["is_short_breaks"].any():
        return NO_SERIES
    return (
        periods.with_columns(pl.struct("child", "is_short_breaks").rle_id().alias("series"))
        .filter("is_short_breaks")
        .group_by("series", maintain_order=True)
        .agg(
            pl.col("child").first(),
            pl.col("first_known_on").first().alias("opened_on"),
            pl.col("started_on").first().alias("triggered_on"),
            pl.when(pl.col("ended_on").is_not_null().all()).then(pl.col("ended_on").max()).alias("ended_on"),
        )
        .drop("series")
    )


def _held(history: History) -> pl.DataFrame:
    return history.reviews


SHORT_BREAK_REVIEWS = Clock(
    "reviews of short breaks",
    needs=("episodes", "reviews"),
    deed=Deed("reviews", "held_on"),
    spans=_series,
    events=_held,
    not_from=("ssda903",),
)
SHORT_BREAKS = Duty(
    "review-short-breaks",
    SHORT_BREAK_REVIEWS,
    rules="R5 R7",
    within=(("review-short-breaks", STEP == 0), ("review-short-breaks.later", STEP > 0)),
)


def _breaks_visited(history: History) -> pl.DataFrame:
    """Visits made on a day when the child was in fact placed (reg 48(3)(c))."""
    breaks = history.table("periods_of_care").filter("is_short_breaks")
    keyed = breaks.select(key("child", "first_known_on").alias("key"), pl.col("child").alias("whose"), "ended_on").sort(
        "key"
    )
    visits = history.visits.with_columns(key("child", "on").alias("key")).join_asof(keyed, on="key")
    inside = (pl.col("child") == pl.col("whose")) & (pl.col("on") <= pl.col("ended_on")).fill_null(value=True)
    return once_a_day(visits.filter(inside).select("child", "on", "is_certain"))


SHORT_BREAK_VISITS = Clock(
    "visits in short breaks",
    needs=("episodes", "visits"),
    deed=Deed("visits", "visited_on", {"is_seen": True, "is_seen_alone": True}),
    spans=_series,
    events=_breaks_visited,
)
VISITS_IN_SHORT_BREAKS = Duty(
    "visit-short-breaks",
    SHORT_BREAK_VISITS,
    rules="R5 R7",
    within=(("visit-short-breaks", STEP == 0), ("visit-short-breaks.later", STEP > 0)),
)

DUTIES = (SHORT_BREAKS, VISITS_IN_SHORT_BREAKS)
