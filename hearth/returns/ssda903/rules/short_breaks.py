"""Short breaks (V3, V4): how long, where, and what does not go with them: 365 to 367, 382, 384, 398 to 426."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import flag, rule
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.shapes import (
    CHILD,
    FIRST_DAY,
    LAST_DAY,
    SHORT_BREAKS,
    TEMPORARY,
    any_given,
    child_with,
    given,
    on,
    one_of,
)

LONGEST_BREAK = 17
"""Days of one break (Care Planning, Placement and Case Review (England) Regulations 2010, regulation 48)."""
MOST_IN_A_YEAR = 75
"""Days of breaks in twelve months (the same regulation)."""
is_single_break = one_of("LS", "V3")
is_break = one_of("LS", SHORT_BREAKS)
until = pl.col("DEC").fill_null(LAST_DAY)


def too_many_days(data: Prepared) -> pl.DataFrame:
    """367: the single breaks of children whose breaks within the collection year add up to more than 75 days."""
    breaks = data.rows("Episodes", CHILD, "DECOM", "DEC", "LS", "FIRST_DAY", "LAST_DAY").filter(is_single_break)
    days = pl.min_horizontal(until, LAST_DAY) - pl.max_horizontal("DECOM", FIRST_DAY)
    known = breaks.drop_nulls([CHILD, "DECOM"]).with_columns(days=days.dt.total_days())
    counted = known.filter(pl.col("days") > 0)
    return counted.filter(pl.col("days").sum().over(CHILD) > MOST_IN_A_YEAR)


has_breaks_only = on("Episodes") & ~child_with("Episodes", ~is_break)
has_review = child_with("Reviews", any_given("REVIEW", "REVIEW_CODE"))

RULES = [
    rule("365", flag("Episodes", is_single_break & (until - pl.col("DECOM") > pl.duration(days=LONGEST_BREAK)))),
    rule("366", flag("Episodes", is_single_break & ~one_of("RNE", "S"))),
    rule("367", too_many_days),
    rule("382", flag("Episodes", is_break & one_of("PLACE", TEMPORARY))),
    rule("384", flag("Episodes", is_break & one_of("PLACE", "U1 U4"))),
    rule("398", flag("Episodes", is_break & any_given("HOME_POST", "PL_POST"))),
    rule(
        "399",
        flag("Episodes", has_breaks_only & (given("Header.MOTHER") | has_review)),
        flag("Header", has_breaks_only & (given("MOTHER") | has_review)),
        flag("Reviews", has_breaks_only & (given("Header.MOTHER") | any_given("REVIEW", "REVIEW_CODE"))),
    ),
    rule("420", flag("Episodes", is_break & given("PL_LA"))),
    rule(
        "426",
        flag(
            "Episodes",
            is_break & child_with("Episodes", one_of("LS", "V3")) & child_with("Episodes", one_of("LS", "V4")),
        ),
    ),
]
