"""Unique pupil numbers, and the codes for why there is none: rules 208 to 210, 442, 444."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import flag, rule
from hearth.returns.ssda903.checking.shapes import (
    FIRST_DAY,
    LAST_DAY,
    REAL_UPN,
    SHORT_BREAKS,
    birthday,
    blank,
    child_with,
    given,
    not_a_code,
    on,
    one_of,
)

NOT_KNOWN = ("UN1", "UN2", "UN3", "UN4", "UN5")
SETTLED = NOT_KNOWN[1:]
"""Reasons that stay: the child was not merely too young for a number."""
now, before = pl.col("UPN").str.to_uppercase(), pl.col("Header_last.UPN").str.to_uppercase()
had_none = before.is_null() | before.is_in(NOT_KNOWN)
has_become_known = (now.is_in(SETTLED) & (before.is_null() | (before == "UN1"))) | (
    now.str.contains(REAL_UPN) & had_none
)
school_age = pl.date(FIRST_DAY.dt.year() - 1, 8, 31)
last_week = pl.date(LAST_DAY.dt.year(), 3, 24)

RULES = [
    rule("208", flag("Header", on("Header_last") & now.ne_missing(before) & ~has_become_known.fill_null(value=False))),
    rule("209", flag("Header", one_of("UPN", "UN1") & (birthday(4) <= school_age))),
    rule(
        "210",
        flag("Header", one_of("UPN", "UN4") & child_with("Episodes", pl.col("DECOM") >= last_week)),
        flag("Episodes", one_of("Header.UPN", "UN4") & (pl.col("DECOM") >= last_week)),
    ),
    rule("442", flag("Header", blank("UPN") & child_with("Episodes", ~one_of("LS", SHORT_BREAKS)))),
    rule("444", flag("Header", given("UPN") & not_a_code("UPN", NOT_KNOWN) & pl.col("UPN").is_duplicated())),
]
