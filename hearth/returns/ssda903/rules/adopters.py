"""Those who adopt, and the adoption in the year: rules 511 to 525, 582, 601, 602."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import Rule, flag, rule
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.shapes import (
    ADOPTED,
    ADOPTION_ITEMS,
    CHILD,
    FIRST_DAY,
    LAST_DAY,
    PLACED_FOR_ADOPTION,
    any_blank,
    any_given,
    child_with,
    given,
    one_of,
)

adopted_in_year = one_of("REC", ADOPTED) & pl.col("DEC").is_between(FIRST_DAY, LAST_DAY)


def sex_goes_with(code: str, standing: str, sexes: str) -> Rule:
    """A rule that the legal standing of the adopters goes with their sex only."""
    return rule(code, flag("AD1", one_of("LS_ADOPTR", standing) & ~one_of("SEX_ADOPTR", sexes)))


def decided_after_placing(data: Prepared) -> pl.DataFrame:
    """521: the decision came after the child was placed for adoption; both rows."""
    placed = data.rows("Episodes", CHILD, "DECOM", "PLACE").filter(one_of("PLACE", PLACED_FOR_ADOPTION))
    both = data.rows("AD1", CHILD, "DATE_INT").join(placed, on=CHILD)
    return both.filter(pl.col("DATE_INT") > pl.col("DECOM"))


def two_decisions(data: Prepared) -> pl.DataFrame:
    """523: the day of the decision differs between the two files; both rows."""
    both = data.rows("AD1", CHILD, "DATE_INT").join(data.rows("PlacedAdoption", CHILD, "DATE_PLACED"), on=CHILD)
    return both.filter(pl.col("DATE_INT") != pl.col("DATE_PLACED"))


def reversed_and_adopted(data: Prepared) -> pl.DataFrame:
    """525: the decision was reversed, and yet the child is returned as adopted; both rows."""
    stopped = data.rows("PlacedAdoption", CHILD, "DATE_PLACED_CEASED:text").filter(given("DATE_PLACED_CEASED"))
    days = [f"{name}:text" if name.startswith("DATE") else name for name in ADOPTION_ITEMS]
    adopted = data.rows("AD1", CHILD, *days).filter(any_given(*ADOPTION_ITEMS))
    return stopped.join(adopted, on=CHILD)


def adoption_incomplete(data: Prepared) -> pl.DataFrame:
    """601: adopted in the year, with one of the six items blank; both rows."""
    episodes = data.rows("Episodes", CHILD, "REC", "DEC", "FIRST_DAY", "LAST_DAY").filter(adopted_in_year)
    days = [f"{name}:text" if name.startswith("DATE") else name for name in ADOPTION_ITEMS]
    lacking = data.rows("AD1", CHILD, *days).filter(any_blank(*ADOPTION_ITEMS))
    return episodes.join(lacking, on=CHILD)


RULES = [
    rule("511", flag("AD1", one_of("NB_ADOPTR", "2") & one_of("SEX_ADOPTR", "M1 F1"))),
    sex_goes_with("514", "L0", "M1 F1"),
    sex_goes_with("517", "L3", "MF"),
    sex_goes_with("518", "L4", "MM FF"),
    sex_goes_with("519", "L2", "MM FF MF"),
    sex_goes_with("520", "L11", "MF"),
    rule("521", decided_after_placing),
    rule("523", two_decisions),
    sex_goes_with("524", "L12", "MM FF"),
    rule("525", reversed_and_adopted),
    rule("582", flag("Episodes", one_of("REC", ADOPTED) & (pl.col("DEC") == pl.col("AD1.DATE_MATCH")))),
    rule("601", adoption_incomplete),
    rule("602", flag("AD1", any_given(*ADOPTION_ITEMS) & ~child_with("Episodes", adopted_in_year))),
]
