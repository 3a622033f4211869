"""Orders that deprive a child of liberty, in the return from 2026/27: rules 700 to 710."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import Search, flag, rule
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.shapes import CHILD, FIRST_DAY, LAST_DAY, not_a_day, one_of
from hearth.returns.ssda903.checking.spans import Spell, fits_no_period, overlaps, spells, starts

SPELL = Spell("DoLo", "DOLO_START", "DOLO_END")
START, END = pl.col("DOLO_START"), pl.col("DOLO_END")


def not_carried_over(data: Prepared) -> pl.DataFrame:
    """706: an order left open last year does not stand in this year's return with its start.

    The child's first order of this year is flagged; of a child who has none, last year's row: the published condition,
    unlike that of 576, lets no child pass for having none.
    """
    last = spells(data, SPELL._replace(table="DoLo_last")).filter("is_open").drop_nulls("from")
    now = starts(data, SPELL)
    lost = last.join(now, on=(CHILD, "from"), how="anti")
    first = now.sort("from", "DoLo").unique(CHILD, keep="first").select(CHILD, "DoLo")
    both = lost.join(first, on=CHILD, how="left")
    return both.select("DoLo", pl.when(pl.col("DoLo").is_null()).then("DoLo_last").alias("DoLo_last"))


def during(placements: pl.Expr) -> Search:
    """An order with both days, and the episodes it overlaps in such placements; both rows."""

    def search(data: Prepared) -> pl.DataFrame:
        orders = spells(data, SPELL).drop_nulls(["from", "to"])
        episodes = data.rows("Episodes", CHILD, "DECOM", "DEC", "PLACE").filter(placements)
        goes_on = (pl.col("DEC") > pl.col("from")).fill_null(value=True)
        return orders.join(episodes, on=CHILD).filter((pl.col("DECOM") < pl.col("to")) & goes_on)

    return search


RULES = [
    rule("700", flag("DoLo", not_a_day("DOLO_START", or_blank=True))),
    rule("701", flag("DoLo", not_a_day("DOLO_END"))),
    rule("702", flag("DoLo", END <= START)),
    rule("703", flag("DoLo", START > LAST_DAY)),
    rule("704", flag("DoLo", (END < FIRST_DAY) | (END > LAST_DAY))),
    rule("705", overlaps(SPELL)),
    rule("706", not_carried_over),
    rule("707", fits_no_period(SPELL)),
    rule("708", flag("DoLo", pl.col("DOB") >= START)),
    rule("709", during(~one_of("PLACE", "K2 Z12 Z13"))),
    rule("710", during(one_of("PLACE", "K1 P1 R5 K3"))),
]
