"""Placements and moves by rule R15: how many homes a child had, and how long the present one has lasted."""

from __future__ import annotations

import polars as pl

from hearth.measures import breakdowns
from hearth.measures import populations_care as care
from hearth.measures.facts import CHILD, Facts
from hearth.tables.codes import members

FOR_ADOPTION = members("placement_type", "A3", "A4", "A5", "A6")
FOSTERED = members("placement_type", "U1", "U2", "U3", "U4", "U5", "U6")
SECTORS: dict[str, tuple[str, ...]] = {
    "council": members("placement_provider", "PR1"),
    "independent": members("placement_provider", "PR4", "PR5"),
    "other public": members("placement_provider", "PR2", "PR3"),
}
"""Whose foster carers, by provider code (indicators.md, 2.4)."""
CONTINUOUS_MONTHS = 30
"""Two and a half years in care without a break (indicators.md, 2.2)."""
SAME_PLACEMENT_MONTHS = 24


def lasting(facts: Facts) -> pl.DataFrame:
    """Placements of 24 hours or more outside short-break series, with the start of the one before in the same period.

    Columns: those of the table placements, preceding_started_on, is_preceding_start_known, care_started_on,
    reason_moved (why the one before ended).
    """
    kept = facts.record["placements"].filter(pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("started_on")))
    periods = facts.periods_of_care.select("authority", "period_id", pl.col("started_on").alias("care_started_on"))
    within = kept.join(periods, on=["authority", "period_id"], how="inner", maintain_order="left")
    same = (pl.col("period_id").shift(1) == pl.col("period_id")) & (pl.col("authority").shift(1) == pl.col("authority"))
    before = {
        "started_on": "preceding_started_on",
        "is_start_known": "is_preceding_start_known",
        "reason_placement_changed": "reason_moved",
    }
    return within.with_columns(pl.when(same).then(pl.col(of).shift(1)).alias(name) for of, name in before.items())


def with_placements_in_the_period(facts: Facts) -> pl.DataFrame:
    """Children looked after on the day with ``placements``: the one open on the first day and each begun since.

    Placements of the whole period count, also those of an earlier time in care. Adds is_unaccompanied.
    """
    touched = facts.touching(facts.of(lasting), "started_on", "ended_on")
    counted = touched.group_by(*CHILD, "as_of").agg(pl.len().cast(pl.Int64).alias("placements"))
    children = facts.of(care.with_unaccompanied_on_the_day)
    return children.join(counted, on=[*CHILD, "as_of"], how="left", maintain_order="left").with_columns(
        pl.col("placements").fill_null(0)
    )


def moves(facts: Facts) -> pl.DataFrame:
    """Placements that began in the period and were not the first of the child's time in care, ``on`` the day."""
    known = pl.col("is_start_known")
    is_move = known & (pl.col("care_started_on").is_null() | (pl.col("started_on") > pl.col("care_started_on")))
    moved = facts.of(lasting).filter(is_move).with_columns(pl.col("started_on").alias("on"))
    return facts.inside(moved, "started_on")


def with_length_of_placement(facts: Facts) -> pl.DataFrame:
    """Children looked after on the day, with what the two-year measure asks (indicators.md, 2.2).

    ``is_settled_in_care``: in care without a break for two and a half years; ``is_two_years``: in the same placement
    for two years, or placed for adoption where that placement and the one before add up to two years. Null when a start
    lies before the source and what is known is not long enough. ``lived_there_from`` is the day counted from.
    """
    before = facts.of(lasting).select(
        "authority", "placement_id", "first_placement_type", "preceding_started_on", "is_preceding_start_known"
    )
    children = facts.on_the_day.join(before, on=["authority", "placement_id"], how="left", maintain_order="left")
    adds_up = pl.col("first_placement_type").is_in(FOR_ADOPTION) & pl.col("preceding_started_on").is_not_null()
    since = pl.when(adds_up).then("preceding_started_on").otherwise("placement_started_on")
    is_known = pl.when(adds_up).then("is_preceding_start_known").otherwise("is_placement_start_known")
    return children.with_columns(
        since.alias("lived_there_from"),
        _at_least("care_first_known_on", CONTINUOUS_MONTHS, pl.col("care_started_on").is_not_null()).alias(
            "is_settled_in_care"
        ),
    ).with_columns(_at_least("lived_there_from", SAME_PLACEMENT_MONTHS, is_known).alias("is_two_years"))


def _at_least(since: str, months: int, is_known: pl.Expr) -> pl.Expr:
    """Whether so many months have passed (rule R5); null when they have not, but the start may be earlier."""
    passed = pl.col(since).dt.offset_by(f"{months}mo") <= pl.col("as_of")
    return pl.when(passed | is_known).then(passed)


def fostered_by_sector(facts: Facts) -> pl.DataFrame:
    """Children fostered on the day with ``provider_sector`` (council, independent, other public; null: not known)."""
    sector = {code: sector for sector, codes in SECTORS.items() for code in codes}
    return facts.on_the_day.filter(pl.col("placement_type").is_in(FOSTERED)).with_columns(
        pl.col("placement_provider")
        .replace_strict(sector, default=None, return_dtype=pl.String)
        .alias("provider_sector")
    )


def older_at_the_start(facts: Facts) -> pl.DataFrame:
    """Children in care on the first day of the period, ``on`` that day, with ``is_same_placement`` at its end."""
    now = facts.on_the_day.select(*CHILD, "as_of", pl.col("placement_id").alias("placement_now"))
    held = facts.of(care.in_care_at_the_start).join(now, on=[*CHILD, "as_of"], how="left", maintain_order="left")
    same = (pl.col("placement_now") == pl.col("placement_id")).fill_null(value=False)
    return held.with_columns(same.alias("is_same_placement"))


def with_distance(facts: Facts) -> pl.DataFrame:
    """Children looked after on the day with ``miles`` from home: none for who came unaccompanied (rule 406)."""
    ever = facts.record["unaccompanied"].select(CHILD).unique().with_columns(pl.lit(value=True).alias("_came_alone"))
    children = facts.on_the_day.join(ever, on=CHILD, how="left", maintain_order="left")
    return children.with_columns(
        pl.when(pl.col("_came_alone").is_null()).then("distance_miles").alias("miles"),
        breakdowns.placement_group(pl.col("placement_type")).alias("placement_group"),
    ).drop("_came_alone")
