"""Young people who are mothers: rules 607 to 628."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import Search, flag, rule
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.shapes import (
    CHILD,
    FIRST_DAY,
    LAST_DAY,
    LEAVING_ITEMS,
    SHORT_BREAKS,
    any_given,
    birthday,
    blank,
    child_with,
    differs,
    given,
    on,
    one_of,
)

BORN = pl.col("MC_DOB")
YOUNGEST = 11


def left_without_answer(female: str) -> Search:
    """607: a girl ceased to be looked after in the year, and it is not said whether she is a mother; both rows."""
    left = (
        pl.col("DEC").is_between(FIRST_DAY, LAST_DAY)
        & given("REC")
        & ~one_of("REC", "X1")
        & ~one_of("LS", SHORT_BREAKS)
    )

    def search(data: Prepared) -> pl.DataFrame:
        girls = data.rows("Header", CHILD, "SEX", "MOTHER").filter(one_of("SEX", female) & blank("MOTHER"))
        episodes = data.rows("Episodes", CHILD, "DEC", "REC", "LS", "FIRST_DAY", "LAST_DAY").filter(left)
        return girls.join(episodes, on=CHILD)

    return search


def child_born_after(data: Prepared) -> pl.DataFrame:
    """625: the child of the young person was born after her last ended episode, or after the year; both rows."""
    ended = data.rows("Episodes", CHILD, "DEC").drop_nulls([CHILD, "DEC"])
    last = ended.sort("DEC", "Episodes").unique(CHILD, keep="last")
    both = data.rows("Header", CHILD, "MC_DOB", "LAST_DAY").join(last, on=CHILD)
    return both.filter((pl.col("DEC") < BORN) | (BORN > LAST_DAY))


def without_birth(female: str) -> pl.Expr:
    """612: not a mother, and yet with a child's date of birth."""
    return one_of("SEX", female) & (blank("MOTHER") | one_of("MOTHER", "0")) & given("MC_DOB")


RULES = [
    rule("607", left_without_answer("2"), until="2023_24"),
    rule("607", left_without_answer("F"), since="2024_25"),
    rule("611", flag("Header", one_of("MOTHER", "1") & blank("MC_DOB"))),
    rule("612", flag("Header", without_birth("2")), until="2023_24"),
    rule("612", flag("Header", without_birth("F")), since="2024_25"),
    rule("620", flag("Header", one_of("MOTHER", "1") & (birthday(YOUNGEST) > FIRST_DAY))),
    rule("621", flag("Header", pl.col("DOB") >= BORN)),
    rule("624", flag("Header", given("Header_last.MC_DOB") & differs("MC_DOB", "Header_last.MC_DOB"))),
    rule("625", child_born_after),
    rule("626", flag("Header", one_of("MOTHER", "1") & one_of("Header_last.MOTHER", "0") & (BORN < FIRST_DAY))),
    rule("628", flag("Header", given("MOTHER") & child_with("OC3", any_given(*LEAVING_ITEMS)) & ~on("Episodes"))),
]
