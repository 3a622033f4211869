"""Placement codes that were renamed: the return carries the code of its year, and a new name is no new episode."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from hearth.returns.ssda903 import layout
from hearth.tables.codes import members

OTHER, *PARTS = members("placement_type", "Z1", "Z11", "Z12", "Z13", "Z14")
SEMI_INDEPENDENT, INDEPENDENT, SUPPORTED = members("placement_type", "H5", "P2", "K3")
FIRST_YEAR: Mapping[str, int] = {SUPPORTED: 2025, **dict.fromkeys(PARTS, 2026)}
"""The first collection year of each new code (rule 146)."""
FORMER: Mapping[str, tuple[str, ...]] = {
    SUPPORTED: (SEMI_INDEPENDENT, INDEPENDENT),
    OTHER: (SEMI_INDEPENDENT, INDEPENDENT),
    **dict.fromkeys(PARTS, (OTHER,)),
}
"""The codes that each new one took over from; where none is on record, the first is written in the years before."""
SAME_CARER = members("reason_new_episode", "T")[0]
CHILD = ["authority", "child_id"]
BEGAN = ("started_on", "reason_started", "home_postcode")
"""What an episode keeps from before its code was renamed."""
KEPT = ("legal_status", "placement_postcode")


def coded(episodes: pl.DataFrame, year: int) -> pl.DataFrame:
    """The episodes with the placement codes of the collection year.

    An episode that began only because the placement's code was renamed (same carer, place and legal status) is one
    with the episode before: it began when that began, and carries the new code in the years that have it.
    """
    ordered = episodes.sort(*CHILD, "started_on", maintain_order=True).with_columns(_is_renamed().alias("_renamed"))
    if not ordered["_renamed"].any():
        return _in_code_of(ordered.drop("_renamed"), year)
    run = (~pl.col("_renamed")).cum_sum().alias("_run")
    whole = (
        ordered.with_columns(run)
        .group_by("_run", maintain_order=True)
        .agg(_merged(name, year) for name in episodes.columns)
    )
    return _in_code_of(whole.select(episodes.columns), year)


def _merged(name: str, year: int) -> pl.Expr:
    if name == "placement_type":
        first_year = pl.col(name).replace_strict(FIRST_YEAR, default=0, return_dtype=pl.Int32)
        is_known = (first_year <= year) & (pl.col("started_on") <= layout.last_day(year))
        return pl.col(name).filter(is_known).last().fill_null(pl.col(name).first())
    return pl.col(name).first() if name in BEGAN else pl.col(name).last()


def _is_renamed() -> pl.Expr:
    """Whether an episode goes on from the one before under another name of the same placement."""
    code, before = pl.col("placement_type"), pl.col("placement_type").shift(1)
    taken_over = pl.any_horizontal(((code == new) & before.is_in(list(old))) for new, old in FORMER.items())
    same = [pl.col(name).eq_missing(pl.col(name).shift(1)) for name in (*CHILD, *KEPT)]
    follows = pl.col("started_on") == pl.col("ended_on").shift(1)
    is_same_carer = pl.col("reason_started") == SAME_CARER
    return pl.all_horizontal(taken_over, follows, is_same_carer, *same).fill_null(value=False)


def _in_code_of(episodes: pl.DataFrame, year: int) -> pl.DataFrame:
    """Codes that the year does not have yet under their former name."""
    early = {code: FORMER[code][0] for code, first in FIRST_YEAR.items() if year < first}
    return episodes.with_columns(pl.col("placement_type").replace(early)) if early else episodes
