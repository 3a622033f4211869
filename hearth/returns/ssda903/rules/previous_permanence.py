"""Earlier permanence arrangements of children who come into care: rules 630 to 635."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import polars as pl

from hearth.returns.ssda903.checking.declared import flag, rule
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.shapes import (
    CHILD,
    FIRST_DAY,
    LAST_DAY,
    any_blank,
    any_given,
    blank,
    child_with,
    given,
    not_a_code,
    one_of,
)
from hearth.tables import codes

NONE = "Z1"
ITEMS = ("PREV_PERM", "LA_PERM", "DATE_PERM")
NOWHERE_NAMED = ("999", "WAL", "SCO", "NIR", "NUK")
"""Outside England, or not known."""
NUMBERS = Path(__file__).parent.parent / "authority_numbers.csv"
PARTLY_KNOWN = r"(?i)^(\d{2}|zz)/(\d{2}|zz)/(\d{4}|zzzz)$"
LONG_AGO = "1900"


@cache
def authority_numbers() -> tuple[str, ...]:
    """The Department's three-digit numbers of authorities, those of the past among them."""
    with NUMBERS.open(encoding="utf-8", newline="") as file:
        return tuple(row["number"] for row in csv.DictReader(file))


def earliest(item: str) -> pl.Expr:
    """The first day that a partly known day can be; null where no real day fits it."""
    parts = [pl.col(item).str.extract(PARTLY_KNOWN, place).str.to_uppercase() for place in (1, 2, 3)]
    unknown = [("ZZ", "01"), ("ZZ", "01"), ("ZZZZ", LONG_AGO)]
    known = [
        pl.when(part == sign).then(pl.lit(first)).otherwise(part)
        for part, (sign, first) in zip(parts, unknown, strict=True)
    ]
    return pl.concat_str(known, separator="/").str.to_date("%d/%m/%Y", strict=False)


def not_before_care(data: Prepared) -> pl.DataFrame:
    """632: the day of the earlier order is no day, or not before the child's first episode; both rows."""
    earlier = data.rows("PrevPerm", CHILD, "DATE_PERM", "first_episode.DECOM").filter(given("DATE_PERM"))
    day = earliest("DATE_PERM")
    wrong = earlier.filter(day.is_null() | (day >= pl.col("first_episode.DECOM")).fill_null(value=False))
    first = data.rows("Episodes", CHILD, "DECOM", "previous.exists").drop_nulls("DECOM")
    return wrong.join(first.filter(~pl.col("previous.exists")), on=CHILD, how="left")


starts_in_year = one_of("RNE", "S") & pl.col("DECOM").is_between(FIRST_DAY, LAST_DAY)
kind = "PrevPerm.PREV_PERM"
not_told = (
    ~pl.col("PrevPerm.exists")
    | blank(kind)
    | (~one_of(kind, NONE) & any_blank("PrevPerm.LA_PERM", "PrevPerm.DATE_PERM"))
)
began_since = child_with("Episodes", pl.col("DECOM") >= FIRST_DAY)
is_told = any_given(*ITEMS)

RULES = [
    rule("630", flag("Episodes", starts_in_year & not_told)),
    rule("631", flag("PrevPerm", not_a_code("PREV_PERM", tuple(codes.load("previous_permanence"))))),
    rule("632", not_before_care),
    rule("633", flag("PrevPerm", not_a_code("LA_PERM", (*authority_numbers(), *NOWHERE_NAMED)))),
    rule(
        "634",
        flag("PrevPerm", is_told & ~began_since),
        flag("Episodes", child_with("PrevPerm", is_told) & ~began_since),
    ),
    rule("635", flag("PrevPerm", one_of("PREV_PERM", NONE) & any_given("LA_PERM", "DATE_PERM"))),
]
