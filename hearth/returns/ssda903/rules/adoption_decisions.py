"""Decisions that a child should be placed for adoption, against the child's episodes and birth: rules 117 to 184."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import flag, rule
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.shapes import (
    ADOPTION_ITEMS,
    CHILD,
    FIRST_DAY,
    LAST_DAY,
    LEAVING_ITEMS,
    SHORT_BREAKS,
    any_given,
    child_with,
    given,
    one_of,
    only_some_given,
)


def decided_after_leaving(data: Prepared) -> pl.DataFrame:
    """117: a decision later than the collection, or than the end of the child's latest episode that did not go on."""
    episodes = data.rows("Episodes", CHILD, "DECOM", "DEC", "REC").filter(~one_of("REC", "X1"))
    latest = episodes.drop_nulls([CHILD, "DECOM"]).sort("DECOM", "Episodes").unique(CHILD, keep="last")
    placed = data.rows("PlacedAdoption", CHILD, "DATE_PLACED", "DATE_PLACED_CEASED", "LAST_DAY")
    decided = pl.max_horizontal("DATE_PLACED", "DATE_PLACED_CEASED")
    return placed.join(latest, on=CHILD).filter((decided > LAST_DAY) | (decided > pl.col("DEC")))


def reversed_before_care(data: Prepared) -> pl.DataFrame:
    """118: a reversal before the collection, or before the start of the child's earliest episode that is no break."""
    episodes = data.rows("Episodes", CHILD, "DECOM", "LS").filter(~one_of("LS", SHORT_BREAKS))
    earliest = episodes.drop_nulls([CHILD, "DECOM"]).sort("DECOM", "Episodes").unique(CHILD, keep="first")
    placed = data.rows("PlacedAdoption", CHILD, "DATE_PLACED_CEASED", "FIRST_DAY")
    ceased = pl.col("DATE_PLACED_CEASED")
    return placed.join(earliest, on=CHILD).filter((ceased < FIRST_DAY) | (ceased < pl.col("DECOM")))


has_left = child_with("OC3", any_given(*LEAVING_ITEMS))
born = pl.col("Header.DOB")

RULES = [
    rule("117", decided_after_leaving),
    rule("118", reversed_before_care),
    rule("119", flag("PlacedAdoption", given("DATE_PLACED_CEASED") != given("REASON_PLACED_CEASED"))),
    rule("134", flag("AD1", any_given(*ADOPTION_ITEMS) & has_left)),
    rule("151", flag("AD1", only_some_given(*ADOPTION_ITEMS))),
    rule(
        "184",
        flag("PlacedAdoption", (pl.col("DATE_PLACED") < born) | (given("DATE_PLACED") & born.is_null())),
    ),
]
