"""Temporary placements (T0 to T4): how long, how often, and what they stand between: rules 375 to 377, 379 to 381."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import Flag, flag, rule
from hearth.returns.ssda903.checking.shapes import CHILD, TEMPORARY, given, one_of

HOLIDAYS = 2
"""How many holidays of the usual carers a child may be placed elsewhere for."""
is_temporary = one_of("PLACE", TEMPORARY)
is_holiday = one_of("PLACE", "T3")


def longer_than(days: int, place: str) -> Flag:
    """Ended episodes in the placement that lasted more than the days."""
    lasted = pl.col("DEC") - pl.col("DECOM")
    return flag("Episodes", one_of("PLACE", place) & (lasted > pl.duration(days=days)))


RULES = [
    rule("375", longer_than(42, "T1")),
    rule("376", longer_than(21, "T3")),
    rule(
        "377",
        flag("Episodes", is_holiday & pl.col(CHILD).is_not_null() & (is_holiday.sum().over(CHILD) > HOLIDAYS)),
    ),
    rule("379", longer_than(7, "T4")),
    rule("380", flag("Episodes", is_temporary & ~one_of("RNE", "P B"))),
    rule("381", flag("Episodes", is_temporary & given("REC") & ~one_of("REC", "X1"))),
]
