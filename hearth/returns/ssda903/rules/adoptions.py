"""Adoptions of the year against the episodes that led to them: rules 217, 331, 333 to 336, 390."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import flag, rule
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.shapes import (
    ADOPTED,
    CHILD,
    FOSTERED,
    PLACED_FOR_ADOPTION,
    blank,
    given,
    on,
    one_of,
)

FROM_APRIL_2015 = pl.date(2015, 4, 1)
BY_THE_CARER = "A2 A3 A5"
"""Placed for adoption with the foster carer at that time; A2 is an old code that the published rule still names."""
BY_OTHERS = "A1 A4 A6"
OLD_ADOPTED = (*ADOPTED, "E1")


def matched_after_placement(data: Prepared) -> pl.DataFrame:
    """331: the matching came after the start of the episode that ended in adoption."""
    adopted = data.rows("Episodes", CHILD, "DECOM", "REC").filter(one_of("REC", ADOPTED))
    both = adopted.join(data.rows("AD1", CHILD, "DATE_MATCH"), on=CHILD)
    return both.filter(pl.col("DATE_MATCH") > pl.col("DECOM"))


def decided_before_care(data: Prepared) -> pl.DataFrame:
    """334: the decision came before the start of the latest period of care."""
    starts = data.rows("Episodes", CHILD, "DECOM", "RNE").filter(one_of("RNE", "S"))
    latest = starts.drop_nulls([CHILD, "DECOM"]).sort("DECOM", "Episodes").unique(CHILD, keep="last")
    both = latest.join(data.rows("AD1", CHILD, "DATE_INT"), on=CHILD)
    return both.filter(pl.col("DATE_INT") < pl.col("DECOM"))


def other_carer(data: Prepared) -> pl.DataFrame:
    """335: adopted from a placement that speaks against what is said of the foster carer."""
    adopted = data.rows("Episodes", CHILD, "PLACE", "REC").filter(one_of("REC", OLD_ADOPTED))
    both = adopted.join(data.rows("AD1", CHILD, "FOSTER_CARE"), on=CHILD)
    by_carer = one_of("PLACE", BY_THE_CARER) & one_of("FOSTER_CARE", "0")
    return both.filter(by_carer | (one_of("PLACE", BY_OTHERS) & one_of("FOSTER_CARE", "1")))


RULES = [
    rule(
        "217",
        flag("Episodes", (pl.col("DECOM") >= FROM_APRIL_2015) & one_of("PLACE", "A3 A5") & ~one_of("RNE", "S T U")),
    ),
    rule("331", matched_after_placement),
    rule(
        "333",
        flag("AD1", given("DATE_MATCH") & (blank("DATE_INT") | (pl.col("DATE_INT") > pl.col("DATE_MATCH")))),
    ),
    rule("334", decided_before_care),
    rule("335", other_carer),
    rule(
        "336",
        flag(
            "Episodes",
            on("previous") & one_of("PLACE", "A3 A5") & ~one_of("previous.PLACE", [*PLACED_FOR_ADOPTION, *FOSTERED]),
        ),
    ),
    rule("390", flag("Episodes", one_of("REC", ADOPTED) & ~one_of("PLACE", PLACED_FOR_ADOPTION))),
]
