"""Where home and placement lie, and how far apart: rules 392a to 392d, 406, 411, 454."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import flag, rule
from hearth.returns.ssda903.checking.shapes import SHORT_BREAKS, any_blank, differs, given, one_of, squeezed

FARTHEST_LIKELY = 350
"""Miles."""
NOT_KNOWN = 999.9
"""Miles that stand for an unknown distance when it is supplied by hand."""
is_at_home_here = ~pl.col("ever_uasc") & ~one_of("LS", SHORT_BREAKS)
"""Whether the child has a home to be placed at a distance from, and is not there for a short break."""
distance = pl.col("PL_DISTANCE")

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
    rule("454", flag("Episodes", (distance > FARTHEST_LIKELY) & (distance != NOT_KNOWN))),
]
