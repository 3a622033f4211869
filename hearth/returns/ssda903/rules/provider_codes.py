"""Which provider may go with which placement, and whether it is registered: rules 516 to 550, 1008, 1015."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import Rule, flag, rule
from hearth.returns.ssda903.checking.shapes import (
    FOSTERED,
    OTHER_PLACEMENTS,
    PLACED_FOR_ADOPTION,
    SHORT_BREAKS,
    TEMPORARY,
    blank,
    has_urn,
    one_of,
)


def not_with(code: str, provider: str, placements: str | tuple[str, ...]) -> Rule:
    """A rule that a provider is not of these placements."""
    return rule(code, flag("Episodes", one_of("PLACE_PROVIDER", provider) & one_of("PLACE", placements)))


def needs_provider(*exempt: str) -> pl.Expr:
    """Whether the episode lacks its provider, being none of the placements that have none."""
    return blank("PLACE_PROVIDER") & ~one_of("PLACE", (*TEMPORARY, *exempt))


is_elsewhere = ~(pl.col("PL_LA") == pl.col("AUTHORITY")).fill_null(value=False)

RULES = [
    rule("516", flag("Episodes", one_of("REC", "E45 E46") & ~one_of("PLACE", FOSTERED))),
    rule("526", flag("Episodes", needs_provider("Z1")), until="2024_25"),
    rule("526", flag("Episodes", needs_provider(*OTHER_PLACEMENTS)), since="2025_26"),
    not_with("527", "PR1", "P1 R2 R5"),
    not_with("528", "PR2", "P1 R2 R5"),
    not_with("529", "PR3", (*PLACED_FOR_ADOPTION, "K1", "K2", "P1", *FOSTERED)),
    not_with("530", "PR4", "P1"),
    not_with("531", "PR5", "P1"),
    rule("550", flag("Episodes", one_of("PLACE_PROVIDER", "PR0") & ~one_of("PLACE", "P1"))),
    rule("1008", flag("Episodes", has_urn() & ~pl.col("provider.exists"))),
    rule(
        "1015",
        flag(
            "Episodes",
            one_of("PLACE_PROVIDER", "PR1")
            & ~one_of("PLACE", (*PLACED_FOR_ADOPTION, *FOSTERED))
            & ~one_of("LS", SHORT_BREAKS)
            & is_elsewhere,
        ),
    ),
]
