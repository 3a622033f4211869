"""Permanence: plans by the second review, the ways a child reaches a lasting home, proceedings and adoption."""

from __future__ import annotations

import polars as pl

from hearth.measures import populations_care as care
from hearth.measures.facts import CHILD, Facts
from hearth.measures.timeliness import due_in_period
from hearth.tables.codes import members

ADOPTED = members("reason_episode_ceased", "E11", "E12")
GUARDIANSHIP = members("reason_episode_ceased", "E43", "E44", "E45", "E46", "E47", "E48")
"""Special guardianship: E43 and E44 were replaced by E45 to E48 (indicators.md, section 8)."""
ARRANGEMENTS_ORDER = members("reason_episode_ceased", "E41")
HOME = members("reason_episode_ceased", "E4A", "E4B")
FOR_ADOPTION = members("placement_type", "A3", "A4", "A5", "A6")
REVIEW_DUTIES = (
    "review-first",
    "review-second",
    "review-subsequent",
    "review-adoption-unplaced",
    "review-adoption-placed-1",
    "review-adoption-placed-2",
    "review-remand",
)
DAYS_BEFORE_REVIEWS_COUNT = 28
"""In care at least four weeks (indicators.md, section 3, the national form of reviews in time)."""


def permanence_secured(facts: Facts) -> pl.DataFrame:
    """Children whose permanence was secured in the period, ``on`` the day, at the first way of their period of care.

    Ways (``route``): adoption, special guardianship, child arrangements order, return home, long-term match. ``days``
    counts from the day care began; null when that is not known.
    """
    ways = {
        "adoption": ADOPTED,
        "special guardianship": GUARDIANSHIP,
        "child arrangements order": ARRANGEMENTS_ORDER,
        "return home": HOME,
    }
    of_reason = {reason: route for route, reasons in ways.items() for reason in reasons}
    periods = facts.periods_of_care.select(
        *CHILD, "period_id", "first_known_on", "ended_on", "reason_ended", pl.col("started_on").alias("care_started_on")
    )
    left = periods.with_columns(
        pl.col("ended_on").alias("secured_on"),
        pl.col("reason_ended").replace_strict(of_reason, default=None, return_dtype=pl.String).alias("route"),
    ).filter(pl.col("route").is_not_null())
    first = (
        pl.concat([left, _matched(facts, periods)])
        .sort("secured_on")
        .unique(("authority", "period_id"), keep="first", maintain_order=True)
    )
    days = (pl.col("secured_on") - pl.col("care_started_on")).dt.total_days().alias("days")
    on = pl.min_horizontal("secured_on", pl.col("ended_on").dt.offset_by("-1d")).alias("on")
    return facts.inside(first.with_columns(days, on), "secured_on")


def _matched(facts: Facts, periods: pl.DataFrame) -> pl.DataFrame:
    matches = facts.record["long_term_matches"].select(*CHILD, pl.col("matched_on").alias("secured_on"))
    during = (pl.col("secured_on") >= pl.col("first_known_on")) & (
        pl.col("ended_on").is_null() | (pl.col("secured_on") <= pl.col("ended_on"))
    )
    return periods.join(matches, on=CHILD).filter(during).with_columns(pl.lit("long-term match").alias("route"))


def with_time_in_care(facts: Facts) -> pl.DataFrame:
    """Children looked after on the day with ``days`` since care began; null when the day is not known."""
    days = (pl.col("as_of") - pl.col("care_started_on")).dt.total_days()
    return facts.on_the_day.with_columns(days.alias("days"))


def exits_with_time_in_care(facts: Facts) -> pl.DataFrame:
    """Children who left care in the period with ``days`` in care; null when the start is not known."""
    days = (pl.col("ended_on") - pl.col("care_started_on")).dt.total_days()
    return facts.of(care.exits).with_columns(days.alias("days"))


def with_every_review(facts: Facts) -> pl.DataFrame:
    """Children looked after on the day with ``is_counted`` and ``are_reviews_in_time`` (old NI 66).

    Counted: in care 28 days or more and not placed for adoption. In time: every review due in the period was; null when
    none was late but one is not known.
    """
    due = (
        facts.of(due_in_period(*REVIEW_DUTIES))
        .group_by(*CHILD, "as_of")
        .agg(pl.col("is_in_time").all(ignore_nulls=False).alias("are_reviews_in_time"), pl.len().alias("reviews"))
    )
    long_enough = (pl.col("as_of") - pl.col("care_first_known_on")).dt.total_days() >= DAYS_BEFORE_REVIEWS_COUNT
    start_known = pl.when(long_enough | pl.col("care_started_on").is_not_null()).then(long_enough)
    counted = start_known & ~pl.col("placement_type").is_in(FOR_ADOPTION)
    return facts.on_the_day.join(due, on=[*CHILD, "as_of"], how="left", maintain_order="left").with_columns(
        counted.alias("is_counted"),
        pl.when(pl.col("reviews").is_null())
        .then(pl.lit(value=True))
        .otherwise("are_reviews_in_time")
        .alias("are_reviews_in_time"),
    )


def concluded_proceedings(facts: Facts) -> pl.DataFrame:
    """Care proceedings concluded in the period, one row a case (siblings share it), with ``weeks`` and ``children``.

    The row stands under the first of the children; ``on`` is the day of the final order.
    """
    cases = facts.of(concluded_children)
    key = pl.coalesce("case_id", pl.format("{} {}", "child_id", "issued_on"))
    named = cases.with_columns(key.alias("case")).sort("child_id", maintain_order=True)
    keys = ["authority", "as_of", "case"]
    size = named.group_by(keys).agg(pl.col("child_id").n_unique().alias("children"))
    return named.unique(keys, keep="first", maintain_order=True).join(size, on=keys, how="left", maintain_order="left")


def concluded_children(facts: Facts) -> pl.DataFrame:
    """Children whose proceedings concluded in the period, with ``weeks`` from issue and the outcome; the last case."""
    weeks = (pl.col("concluded_on") - pl.col("issued_on")).dt.total_days() / 7
    rows = facts.record["proceedings"].with_columns(weeks.alias("weeks"), pl.col("concluded_on").alias("on"))
    last = facts.inside(rows, "concluded_on").sort("concluded_on", maintain_order=True)
    return last.unique((*CHILD, "as_of"), keep="last", maintain_order=True)


def placed_for_adoption(facts: Facts) -> pl.DataFrame:
    """Children who moved in with adopters in the period, ``on`` the day: the first A3 to A6 of the period of care.

    ``days`` from the day care began; null when that is not known.
    """
    days = (pl.col("placed_on") - pl.col("care_started_on")).dt.total_days()
    rows = _first_adoptive_stays(facts).with_columns(days.alias("days"), pl.col("placed_on").alias("on"))
    return facts.inside(rows, "placed_on")


def _first_adoptive_stays(facts: Facts) -> pl.DataFrame:
    """The first adoptive stay of each period of care: placed_on, and is_placed_known (false when it began earlier)."""
    stays = facts.in_full_care.filter(pl.col("placement_type").is_in(FOR_ADOPTION))
    first = stays.unique(("authority", "period_id"), keep="first", maintain_order=True)
    hidden = pl.col("care_started_on").is_null() & (pl.col("started_on") == pl.col("care_first_known_on"))
    is_known = ~hidden | pl.col("reason_started").is_in(STARTS_PLACEMENT).fill_null(value=False)
    return first.select(
        *CHILD,
        "period_id",
        pl.col("started_on").alias("placed_on"),
        "care_started_on",
        "legal_status",
        "placement_type",
        is_known.alias("is_placed_known"),
    ).filter(pl.col("is_placed_known"))


STARTS_PLACEMENT = members("reason_new_episode", "S", "P", "B", "T", "U")


def adopted_in_the_period(facts: Facts) -> pl.DataFrame:
    """Children who left care by adoption in the period; ``days`` from moving in with adopters (null: not known)."""
    placed = _first_adoptive_stays(facts).select("authority", "period_id", "placed_on")
    adopted = facts.of(care.exits).filter(pl.col("reason_ended").is_in(ADOPTED))
    days = (pl.col("ended_on") - pl.col("placed_on")).dt.total_days()
    return adopted.join(placed, on=["authority", "period_id"], how="left", maintain_order="left").with_columns(
        days.alias("days")
    )


def matched_in_the_period(facts: Facts) -> pl.DataFrame:
    """Children matched with long-term carers in the period, once each, ``on`` the day."""
    rows = facts.record["long_term_matches"].with_columns(pl.col("matched_on").alias("on"))
    return facts.inside(rows, "matched_on").unique((*CHILD, "as_of"), keep="last", maintain_order=True)
