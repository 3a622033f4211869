"""How long a legal status may last, and which may be given when: rules 361 to 364, 378, 408, 445, 446, 451."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import Rule, flag, rule
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.shapes import CHILD, IS_OPEN, LAST_DAY, one_of

FROM_DECEMBER_2005 = pl.date(2005, 12, 1)
"""The month in which placement orders replaced freeing orders (Adoption and Children Act 2002)."""
END_OF_2005 = pl.date(2005, 12, 31)


def lasts_longer(code: str, status: str, days: int) -> Rule:
    """A rule that a spell under the legal status, over all episodes that follow on each other, ends within the days."""

    def search(data: Prepared) -> pl.DataFrame:
        under = data.rows("Episodes", CHILD, "DECOM", "DEC", "LS", "LAST_DAY").filter(one_of("LS", status))
        spells = spells_of(under.drop_nulls([CHILD, "DECOM"]))
        length = pl.col("until").max() - pl.col("DECOM").min()
        return spells.filter((length > pl.duration(days=days)).over("spell"))

    return rule(code, search)


def spells_of(episodes: pl.DataFrame) -> pl.DataFrame:
    """Episodes in order of child and start with ``until`` (an open one: the collection's end) and number of ``spell``.

    A spell goes on as long as each episode begins on the day the child's last one ended.
    """
    ordered = episodes.sort(CHILD, "DECOM", "Episodes").with_columns(until=pl.col("DEC").fill_null(LAST_DAY))
    follows_on = (pl.col(CHILD) == pl.col(CHILD).shift()) & (pl.col("DECOM") == pl.col("until").shift())
    return ordered.with_columns(spell=(~follows_on.fill_null(value=False)).cum_sum())


RULES = [
    lasts_longer("361", "L1", 3),
    lasts_longer("362", "L2", 21),
    lasts_longer("363", "L3", 7),
    lasts_longer("364", "J2", 21),
    rule("378", flag("Episodes", one_of("PLACE", "P1") & one_of("LS", "V2"))),
    rule("408", flag("Episodes", one_of("PLACE", "A5 A6") & ~one_of("LS", "E1"))),
    rule("445", flag("Episodes", one_of("LS", "D1") & (pl.col("DECOM") > END_OF_2005)), until="2023_24"),
    rule("446", flag("Episodes", one_of("LS", "E1") & (pl.col("DECOM") < FROM_DECEMBER_2005))),
    rule("451", flag("Episodes", one_of("LS", "D1") & IS_OPEN), until="2023_24"),
]
