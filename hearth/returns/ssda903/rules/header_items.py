"""Who the child is beside last year's return, and what girls looked after need: rules 202 to 207, 232, 393."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import flag, rule
from hearth.returns.ssda903.checking.shapes import (
    SHORT_BREAKS,
    blank,
    child_with,
    days_differ,
    differs,
    on,
    one_of,
)

OLD_SEX = {"1": "M", "2": "F"}
"""Sex as coded until the collection of 2024."""


def recoded(name: str) -> pl.Expr:
    """Sex by today's codes."""
    return pl.col(name).replace(OLD_SEX)


was_on_header = on("Header_last")
is_looked_after = child_with("Episodes", ~one_of("LS", SHORT_BREAKS))

RULES = [
    rule("202", flag("Header", was_on_header & recoded("SEX").ne_missing(recoded("Header_last.SEX")))),
    rule("203", flag("Header", was_on_header & days_differ("DOB", "Header_last.DOB"))),
    rule(
        "204",
        flag(
            "Header",
            was_on_header
            & pl.col("ETHNIC").str.to_uppercase().ne_missing(pl.col("Header_last.ETHNIC").str.to_uppercase()),
        ),
    ),
    rule(
        "207",
        flag("Header", on("Episodes") & one_of("Header_last.MOTHER", "1") & differs("MOTHER", "Header_last.MOTHER")),
    ),
    rule("232", flag("Header", one_of("SEX", "U"))),
    rule("393", flag("Header", one_of("SEX", "2") & blank("MOTHER") & is_looked_after), until="2023_24"),
    rule("393", flag("Header", one_of("SEX", "F") & blank("MOTHER") & is_looked_after), since="2024_25"),
]
