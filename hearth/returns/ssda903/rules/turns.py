"""Each episode as it takes over from the one before: rules 217t, 225, 226, 233, 234, 357, 383, 388, 431 to 437."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import episode_and_header, flag, rule
from hearth.returns.ssda903.checking.shapes import (
    FIRST_DAY,
    IS_FIRST,
    IS_LATEST,
    IS_OPEN,
    TEMPORARY,
    birthday,
    blank,
    differs,
    given,
    on,
    one_of,
)
from hearth.tables import codes

PLACEMENT_ITEMS = ("PLACE", "PL_POST", "URN", "PLACE_PROVIDER")
"""What tells one placement from another."""
NEW_PLACEMENT = "P T B U"
LEFT_CARE = tuple(code for code in codes.load("reason_episode_ceased") if code != "X1")
UNTIL_28_OCTOBER_2023 = pl.date(2023, 10, 28)
"""The day on which the law on supported accommodation came into force, and P2 went out of use."""
goes_on = one_of("REC", "X1")
has_previous = on("previous")
same_status = ~differs("LS", "previous.LS")
has_moved = pl.any_horizontal(differs(item, f"previous.{item}") for item in PLACEMENT_ITEMS)
changed_in_custody = one_of("REASON_PLACE_CHANGE", "CUSTOD")
changed_on = pl.coalesce("next.DECOM", "DECOM")
"""The day of the change that the reason speaks of: the next episode begins."""
follows_break = on("previous") & on("previous.previous") & one_of("previous.PLACE", TEMPORARY)
"""Whether the episode comes after a temporary placement that itself had one before it."""
is_back = one_of("RNE", "P") & ~differs("PLACE", "previous.previous.PLACE")
is_back_there = is_back & ~differs("PL_POST", "previous.previous.PL_POST")

RULES = [
    rule(
        "217t",
        flag("Episodes", one_of("PLACE", "P2") & (IS_OPEN | (pl.col("DEC") > UNTIL_28_OCTOBER_2023))),
        until="2023_24",
    ),
    rule(
        "225",
        flag(
            "Episodes",
            goes_on
            & ~one_of("PLACE", TEMPORARY)
            & one_of("next.RNE", NEW_PLACEMENT)
            & ~one_of("next.PLACE", TEMPORARY)
            & blank("REASON_PLACE_CHANGE"),
        ),
    ),
    rule(
        "226",
        flag(
            "Episodes",
            one_of("PLACE", TEMPORARY) & (given("REASON_PLACE_CHANGE") | given("previous.REASON_PLACE_CHANGE")),
        ),
    ),
    rule("233", flag("Episodes", IS_OPEN & given("REASON_PLACE_CHANGE"))),
    rule("234", *episode_and_header(changed_in_custody & (changed_on < birthday(10, "Header.DOB")))),
    rule("357", flag("Episodes", IS_FIRST & (pl.col("DECOM") >= FIRST_DAY) & ~one_of("RNE", "S"))),
    rule("383", flag("Episodes", follows_break & ~is_back), until="2024_25"),
    rule("383", flag("Episodes", follows_break & ~is_back_there), since="2025_26"),
    rule(
        "388",
        flag(
            "Episodes",
            (goes_on & on("next") & differs("DEC", "next.DECOM"))
            | (given("REC") & ~goes_on & (pl.col("next.DECOM") == pl.col("DEC")))
            | (goes_on & IS_LATEST),
        ),
    ),
    rule("431", flag("Episodes", one_of("RNE", "S") & (pl.col("DECOM") <= pl.col("previous.DEC")))),
    rule("432", flag("Episodes", ~one_of("RNE", "S") & one_of("previous.REC", LEFT_CARE))),
    rule("433", flag("Episodes", one_of("RNE", "P L T U B") & has_previous & differs("DECOM", "previous.DEC"))),
    rule("434", flag("Episodes", one_of("RNE", "L") & has_previous & (same_status | has_moved))),
    rule("435", flag("Episodes", one_of("RNE", "P T") & has_previous & (~same_status | ~has_moved))),
    rule("436", flag("Episodes", one_of("RNE", "U B") & has_previous & (same_status | ~has_moved))),
    rule("437", flag("Episodes", one_of("REC", "E2 E15") & on("next"))),
]
