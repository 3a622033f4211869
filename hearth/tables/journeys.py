"""Periods of care, placements and stays, derived once from episodes; nothing else in the house works them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import polars as pl

from hearth.tables import catalogue
from hearth.tables.codes import members

SHORT_BREAKS = members("legal_status", "V3", "V4")
TEMPORARY = members("placement_type", "T0", "T1", "T2", "T3", "T4")
STARTS_CARE = members("reason_new_episode", "S")[0]
MOVES = members("reason_new_episode", "P", "B")
CONTINUES = members("reason_episode_ceased", "X1")[0]

PLACE_COLUMNS = (
    "placement_type",
    "placement_provider",
    "urn",
    "placement_postcode",
    "distance_miles",
    "placement_authority",
    "is_in_area",
)
"""What a temporary placement borrows from the placement that the child returns to."""


def derive(episodes: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    """Periods of care, placements and stays of every child in ``episodes`` (table ``episodes``).

    A period begins at RNE S, after a final reason for ending, and when short breaks turn into full care or back.
    A placement begins by rule R15: RNE S, P or B with a placement that is not temporary and is not the return from one.
    Where the first known episode does not begin with S, the start of the period is the source's own
    (``period_started_on``) or not known.
    """
    numbered = _number_placements(_number_periods(_in_order(episodes)))
    stays = _resolve_temporary(numbered)
    return {
        "periods_of_care": catalogue.shaped("periods_of_care", _periods(stays)),
        "placements": catalogue.shaped("placements", _placements(stays)),
        "stays": catalogue.shaped("stays", stays),
    }


def _in_order(episodes: pl.DataFrame) -> pl.DataFrame:
    """Episodes in the order they happened; one that ends on the day it began comes before its successor."""
    ordered = episodes.sort("authority", "child_id", "started_on", "ended_on", nulls_last=True)
    return ordered.with_columns(_kinds())


@cache
def _kinds() -> Sequence[pl.Expr]:
    """Whether an episode is one of short breaks, and whether its placement is for a time."""
    return (
        pl.col("legal_status").is_in(SHORT_BREAKS).fill_null(value=False).alias("is_short_breaks"),
        pl.col("placement_type").is_in(TEMPORARY).fill_null(value=False).alias("is_temporary"),
    )


def _before(column: str) -> pl.Expr:
    return pl.col(column).shift(1)


def _number_periods(episodes: pl.DataFrame) -> pl.DataFrame:
    """Numbers the periods; ``began`` is the day care began where an episode says so."""
    begun = episodes.with_columns(_period_starts())
    return begun.with_columns(_periods_numbered())


@cache
def _period_starts() -> Sequence[pl.Expr]:
    other_child = pl.any_horizontal(pl.col(name).ne_missing(_before(name)) for name in ("child_id", "authority"))
    left_care = (_before("reason_ended") != CONTINUES) & _before("ended_on").is_not_null()
    unexplained_gap = _before("reason_ended").is_null() & (pl.col("started_on") > _before("ended_on"))
    starts = pl.any_horizontal(
        other_child,
        pl.col("reason_started").eq_missing(STARTS_CARE),
        (left_care | unexplained_gap).fill_null(value=False),
        pl.col("is_short_breaks").ne_missing(_before("is_short_breaks")),
    )
    return starts.alias("starts_period"), other_child.alias("is_first_known")


@cache
def _periods_numbered() -> Sequence[pl.Expr]:
    return pl.col("starts_period").cum_sum().alias("period"), _care_began().alias("began")


def _care_began() -> pl.Expr:
    """Day care began, on the row that starts a period: only a child's first known episode can hide an earlier start."""
    known = ~pl.col("is_first_known") | pl.col("reason_started").eq_missing(STARTS_CARE)
    return (
        pl.when(pl.col("starts_period") & known)
        .then(pl.col("started_on"))
        .when(pl.col("starts_period"))
        .then(pl.col("period_started_on"))
    )


def _number_placements(episodes: pl.DataFrame) -> pl.DataFrame:
    """Numbers the placements; ``settled`` is the row whose placement holds, also while the child is away for a time."""
    rows = episodes.with_row_index("at").with_columns(_settled())
    return rows.with_columns(_placement_starts()).with_columns(_placements_numbered())


@cache
def _settled() -> pl.Expr:
    return pl.when(~pl.col("is_temporary")).then(pl.col("at")).forward_fill().alias("settled")


@cache
def _placement_starts() -> pl.Expr:
    moved = pl.col("reason_started").is_in([*MOVES, STARTS_CARE]) | (
        pl.col("reason_started").is_null() & _is_elsewhere(_before("settled"))
    )
    returned = _before("is_temporary") & ~_is_elsewhere(_before("settled"))
    starts = pl.col("starts_period") | (moved & ~pl.col("is_temporary") & ~returned.fill_null(value=False))
    return starts.fill_null(value=False).alias("starts_placement")


@cache
def _placements_numbered() -> pl.Expr:
    return pl.col("starts_placement").cum_sum().alias("placement")


def _is_elsewhere(row: pl.Expr) -> pl.Expr:
    """Whether this episode's placement differs from that of another row: by postcode or reference, else by kind."""
    differs = [pl.col(column) != pl.col(column).gather(row) for column in ("placement_postcode", "urn")]
    known = [term.is_not_null() for term in differs]
    either = differs[0].fill_null(value=False) | differs[1].fill_null(value=False)
    by_kind = (pl.col("placement_type") != pl.col("placement_type").gather(row)).fill_null(value=True)
    return pl.when(known[0] | known[1]).then(either).otherwise(by_kind)


def _resolve_temporary(numbered: pl.DataFrame) -> pl.DataFrame:
    """One row an episode, with the placement the child returns to in place of a temporary one."""
    named = numbered.filter("starts_placement").select(_identity()).to_series()
    whole = numbered.with_columns(_onward()).with_columns(_where())
    return whole.with_columns(_resolved()).with_columns(
        pl.lit(named).gather(pl.col("placement") - 1).alias("placement_id"),
        pl.lit(named).gather(pl.col("placement").gather("period_row") - 1).alias("period_id"),
    )


@cache
def _onward() -> Sequence[pl.Expr]:
    same_period = pl.col("period").gather("settled") == pl.col("period")
    onward = pl.when(~pl.col("is_temporary")).then(pl.col("at")).backward_fill()
    return (
        pl.when(same_period).then(pl.col("settled")).otherwise(onward).alias("settled"),
        pl.when("is_temporary").then("placement_type").alias("temporary_type"),
        *(pl.when(f"starts_{part}").then("at").forward_fill().alias(f"{part}_row") for part in ("period", "placement")),
    )


@cache
def _where() -> pl.Expr:
    return pl.when(_same_placement()).then("settled").otherwise("at").alias("settled")


@cache
def _resolved() -> Sequence[pl.Expr]:
    return (
        *(pl.col(column).gather("settled") for column in PLACE_COLUMNS),
        pl.col("started_on").gather("placement_row").alias("placement_started_on"),
        _is_start_known().gather("placement_row").alias("is_placement_start_known"),
    )


def _same_placement() -> pl.Expr:
    return pl.col("placement").gather("settled").eq_missing(pl.col("placement"))


def _identity() -> pl.Expr:
    """The name of the placement, and of the period where it is the first, that an episode begins."""
    return pl.concat_str("child_id", pl.col("started_on").dt.to_string("%Y-%m-%d"), separator="/")


def _is_start_known() -> pl.Expr:
    """A placement's first known episode began it, unless it is the child's first and no code says that it did."""
    return (~pl.col("is_first_known") | pl.col("reason_started").is_in([STARTS_CARE, *MOVES])).fill_null(value=False)


def _periods(stays: pl.DataFrame) -> pl.DataFrame:
    periods = stays.group_by("period", maintain_order=True).agg(_of_period())
    return periods.with_columns(_is_under_24_hours())


@cache
def _of_period() -> Sequence[pl.Expr]:
    final = pl.col("reason_ended").last()
    return (
        pl.col("authority", "child_id", "period_id", "is_short_breaks", "category_of_need").first(),
        pl.col("began").first().alias("started_on"),
        pl.col("started_on").first().alias("first_known_on"),
        pl.col("legal_status").first().alias("first_legal_status"),
        pl.col("placement_type").first().alias("first_placement_type"),
        pl.col("legal_status").last().alias("last_legal_status"),
        pl.col("placement_type").last().alias("last_placement_type"),
        pl.col("ended_on").last(),
        pl.when(final != CONTINUES).then(final).alias("reason_ended"),
    )


@cache
def _is_under_24_hours() -> pl.Expr:
    return (pl.col("started_on") == pl.col("ended_on")).fill_null(value=False).alias("is_under_24_hours")


def _placements(stays: pl.DataFrame) -> pl.DataFrame:
    return stays.group_by("placement", maintain_order=True).agg(_of_placement())


@cache
def _of_placement() -> Sequence[pl.Expr]:
    return (
        pl.col("authority", "child_id", "period_id", "placement_id", "legal_status").first(),
        pl.col("placement_started_on").first().alias("started_on"),
        pl.col("is_placement_start_known").first().alias("is_start_known"),
        pl.col("placement_type").first().alias("first_placement_type"),
        pl.col("placement_type", "placement_provider", "urn", "ended_on", "reason_placement_changed").last(),
        pl.col("placement_postcode").last().alias("postcode"),
    )
