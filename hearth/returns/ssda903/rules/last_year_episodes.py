"""Episodes against the one before, this year and at the end of last year's return: 452, 453, 501 to 504, 562, 1010."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import Rule, flag, rule
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.shapes import CHILD, FIRST_DAY, IS_FIRST, IS_OPEN, WAS_OPEN, differs, on, one_of

YEAR = pl.col("COLLECTION_YEAR")
began_before = IS_FIRST & (pl.col("DECOM") < FIRST_DAY)
SAME = 0.2
"""Miles: distances that differ by less are the same distance, worked out twice."""
PARTS = 4
"""Decimals to which distances are compared, so that 0.2 is not 0.19999."""


def carried_over(code: str, item: str) -> Rule:
    """A rule that an item of the first episode is that of the episode left open by last year's return."""
    return rule(code, flag("Episodes", carries_on & differs(item, f"latest_last_year.{item}")))


def _was(item: str, codes: str) -> pl.Expr:
    return one_of(f"latest_last_year.{item}", codes)


renamed = (YEAR.is_in([2024, 2025]) & _was("PLACE", "H5") & one_of("PLACE", "K3")) | (
    (YEAR == 2026) & _was("PLACE", "Z1") & one_of("PLACE", "Z11 Z12 Z13 Z14")
)
"""Codes of placements that the Department renamed between two years."""
distance, distance_then = pl.col("PL_DISTANCE"), pl.col("latest_last_year.PL_DISTANCE")
has_another_distance = ((distance - distance_then).abs().round(PARTS) >= SAME) | (
    distance_then.is_null() & distance.is_not_null()
)
carries_on = IS_FIRST & WAS_OPEN
for_the_same_reason = pl.col("RNE") == pl.col("latest_last_year.RNE")


def opened_last_year(data: Prepared) -> pl.DataFrame:
    """502: the child's first episode this year does not begin on the day of the one left open last year."""
    last = data.rows("Episodes_last", CHILD, "DECOM", "DEC").filter(IS_OPEN)
    latest = last.drop_nulls([CHILD, "DECOM"]).sort("DECOM", "Episodes_last").unique(CHILD, keep="last")
    first = data.rows("Episodes", CHILD, "DECOM", "previous.exists").filter(IS_FIRST)
    both = first.join(latest.select(CHILD, pl.col("DECOM").alias("then")), on=CHILD)
    return both.filter(pl.col("DECOM") != pl.col("then")).select("Episodes")


RULES = [
    rule("501", flag("Episodes", pl.col("DECOM") < pl.col("previous.DEC"))),
    rule("502", opened_last_year),
    rule("452", flag("Episodes", carries_on & for_the_same_reason & differs("PL_LA", "latest_last_year.PL_LA"))),
    rule("453", flag("Episodes", carries_on & for_the_same_reason & has_another_distance)),
    carried_over("503A", "RNE"),
    carried_over("503B", "LS"),
    carried_over("503C", "CIN"),
    rule("503D", flag("Episodes", carries_on & differs("PLACE", "latest_last_year.PLACE") & ~renamed)),
    carried_over("503E", "PLACE_PROVIDER"),
    carried_over("503F", "URN"),
    rule("503G", flag("Episodes", carries_on & has_another_distance)),
    carried_over("503H", "PL_LA"),
    carried_over("503J", "PL_LOCATION"),
    rule(
        "504",
        flag(
            "Episodes",
            (pl.col("previous.DEC") == pl.col("DECOM")) & one_of("previous.REC", "X1") & differs("CIN", "previous.CIN"),
        ),
    ),
    rule("562", flag("Episodes", began_before & differs("DECOM", "latest_last_year.DECOM"))),
    rule("1010", flag("OC3", WAS_OPEN & ~on("Episodes"))),
]
