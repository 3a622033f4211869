"""Who provides the placement and under which registration: rules 213, 214, 218 to 230."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import flag, rule
from hearth.returns.ssda903.checking.shapes import (
    FIRST_DAY,
    IS_OPEN,
    LAST_DAY,
    OTHER_PLACEMENTS,
    SHORT_BREAKS,
    TEMPORARY,
    any_given,
    given,
    has_urn,
    one_of,
    squeezed,
)

UNREGISTERED = ("P1", "P3", "R1", "R2", "R5", *TEMPORARY)
"""Placements that never have a registration number, whatever the year."""
ELSEWHERE = ("WAL", "SCO", "NIR", "NUK", "CON")
FROM_29_OCTOBER_2023 = pl.date(2023, 10, 29)
"""The day after the law on supported accommodation came into force."""
has_number = has_urn()
was_elsewhere = pl.col("PL_LA").str.contains("^[NWSC]").fill_null(value=False)
"""Whether the placement is outside England, as the sets before 2025-26 told it from the first letter."""
is_elsewhere = one_of("PL_LA", ELSEWHERE)
still_counts = IS_OPEN | (pl.col("DEC") >= FIRST_DAY)
closed_on = pl.col("provider.REG_END")
theirs, ours = pl.col("provider.PROVIDER_LA"), pl.col("AUTHORITY")


def is_registered_for(cell: str, codes: str) -> pl.Expr:
    """Whether the cell is one of the codes that the register lists for the provider; false where either is blank."""
    listed, code = (pl.concat_str([pl.lit(","), pl.col(name), pl.lit(",")]) for name in (f"provider.{codes}", cell))
    return listed.str.contains(code, literal=True).fill_null(value=False)


def needs_number(exempt: tuple[str, ...], outside: pl.Expr) -> pl.Expr:
    """Whether an episode that touches the year should have a registration number and has none."""
    return ~given("URN") & still_counts & ~one_of("PLACE", exempt) & ~outside


def lies_elsewhere(placements: str) -> pl.Expr:
    """Whether the placement's postcode is not that of the registered setting."""
    is_asked = has_number & ~one_of("LS", SHORT_BREAKS) & one_of("PLACE", placements)
    return is_asked & (squeezed("PL_POST") != pl.col("provider.POSTCODE"))


RULES = [
    rule("213", flag("Episodes", one_of("PLACE", TEMPORARY) & given("PLACE_PROVIDER")), until="2024_25"),
    rule(
        "213",
        flag("Episodes", one_of("PLACE", [*TEMPORARY, *OTHER_PLACEMENTS]) & given("PLACE_PROVIDER")),
        since="2025_26",
    ),
    rule("214", flag("Episodes", one_of("LS", SHORT_BREAKS) & any_given("PL_POST", "URN"))),
    rule("218", flag("Episodes", needs_number((*UNREGISTERED, "H5", "P2", "Z1"), was_elsewhere)), until="2023_24"),
    rule(
        "218",
        flag("Episodes", needs_number((*UNREGISTERED, "Z1"), was_elsewhere)),
        since="2024_25",
        until="2024_25",
    ),
    rule("218", flag("Episodes", needs_number((*UNREGISTERED, *OTHER_PLACEMENTS), is_elsewhere)), since="2025_26"),
    rule("219", flag("Episodes", has_number & ~is_registered_for("PLACE", "PLACE_CODES"))),
    rule("221", flag("Episodes", lies_elsewhere("K1 K2 R3 S1")), until="2022_23"),
    rule("221", flag("Episodes", lies_elsewhere("H5 K1 K2 R3 S1")), since="2023_24", until="2023_24"),
    rule("221", flag("Episodes", lies_elsewhere("K1 K2 K3 R3 S1")), since="2024_25"),
    rule("222", flag("Episodes", has_number & one_of("PLACE", [*UNREGISTERED, "H5", "P2", "Z1"])), until="2022_23"),
    rule(
        "222",
        flag("Episodes", has_number & one_of("PLACE", [*UNREGISTERED, "P2", "Z1"])),
        since="2023_24",
        until="2023_24",
    ),
    rule(
        "222", flag("Episodes", has_number & one_of("PLACE", [*UNREGISTERED, "Z1"])), since="2024_25", until="2024_25"
    ),
    rule("222", flag("Episodes", has_number & one_of("PLACE", [*UNREGISTERED, *OTHER_PLACEMENTS])), since="2025_26"),
    rule("224", flag("Episodes", has_number & ~is_registered_for("PLACE_PROVIDER", "PROVIDER_CODES"))),
    rule("227", flag("Episodes", has_number & (pl.col("DECOM") >= closed_on))),
    rule("228", flag("Episodes", has_number & ((pl.col("DEC") > closed_on) | (IS_OPEN & (closed_on < LAST_DAY))))),
    rule(
        "229",
        flag(
            "Episodes",
            (one_of("PLACE_PROVIDER", "PR1") & (theirs != ours)) | (one_of("PLACE_PROVIDER", "PR2") & (theirs == ours)),
        ),
    ),
    rule(
        "230",
        flag(
            "Episodes",
            one_of("PLACE", "H5") & ~was_elsewhere & (IS_OPEN | (pl.col("DEC") >= FROM_29_OCTOBER_2023)) & ~has_number,
        ),
        until="2023_24",
    ),
]
