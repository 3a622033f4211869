"""Where home and placement lie, and how far apart: rules 392a to 392d, 406, 411, 452 to 454."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import flag, rule
from hearth.returns.ssda903.checking.shapes import IS_FIRST, SHORT_BREAKS, any_blank, differs, given, on, one_of

FARTHEST_LIKELY = 350
"""Miles."""
NOT_KNOWN = 999.9
"""Miles that stand for an unknown distance when it is supplied by hand."""
SAME = 0.2
"""Miles: distances less far apart than this are taken for the same."""
PARTS = 4
"""Decimals to which distances are compared, so that 0.2 is not 0.19999."""
is_at_home_here = ~pl.col("ever_uasc") & ~one_of("LS", SHORT_BREAKS)
"""Whether the child has a home to be placed at a distance from, and is not there for a short break."""
distance, last_distance = pl.col("PL_DISTANCE"), pl.col("latest_last_year.PL_DISTANCE")
carries_on = (
    IS_FIRST
    & on("latest_last_year")
    & pl.col("latest_last_year.DEC").is_null()
    & (pl.col("RNE") == pl.col("latest_last_year.RNE"))
)
"""Whether the episode is the child's first, and last year's latest was open and began for the same reason."""
has_another_distance = ((distance - last_distance).abs().round(PARTS) >= SAME) | (
    last_distance.is_null() & distance.is_not_null()
)


def squeezed(name: str) -> pl.Expr:
    """A postcode in capitals without blanks."""
    return pl.col(name).str.replace_all(r"\s", "").str.to_uppercase()


RULES = [
    rule("392a", flag("Episodes", is_at_home_here & distance.is_null())),
    rule("392b", flag("Episodes", is_at_home_here & any_blank("HOME_POST", "PL_POST"))),
    rule(
        "392c",
        flag(
            "Episodes",
            (given("HOME_POST") & ~pl.col("HOME_POST_known")) | (given("PL_POST") & ~pl.col("PL_POST_known")),
        ),
    ),
    rule("392d", flag("Episodes", ~one_of("PLACE", "P1") & (squeezed("HOME_POST") == squeezed("PL_POST")))),
    rule("406", flag("Episodes", pl.col("ever_uasc") & distance.is_not_null())),
    rule("411", flag("Episodes", one_of("PL_LOCATION", "IN") & differs("PL_LA", "AUTHORITY"))),
    rule("452", flag("Episodes", carries_on & differs("PL_LA", "latest_last_year.PL_LA"))),
    rule("453", flag("Episodes", carries_on & has_another_distance)),
    rule("454", flag("Episodes", (distance > FARTHEST_LIKELY) & (distance != NOT_KNOWN))),
]
