"""Spells that begin and end (missing, deprived of liberty), against each other and the care they fall in."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from hearth.returns.ssda903.checking.declared import Search
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.shapes import CHILD, one_of


class Spell(NamedTuple):
    """A table of spells and its two days."""

    table: str
    start: str
    end: str


def spells(data: Prepared, spell: Spell) -> pl.DataFrame:
    """The child's spells: the table's rows, CHILD, from, to, is_open (the cell of the end is blank)."""
    found = data.rows(spell.table, CHILD, spell.start, spell.end, f"{spell.end}:text").drop_nulls(CHILD)
    return found.select(
        spell.table,
        CHILD,
        pl.col(spell.start).alias("from"),
        pl.col(spell.end).alias("to"),
        pl.col(f"{spell.end}:text").is_null().alias("is_open"),
    )


def starts(data: Prepared, spell: Spell) -> pl.DataFrame:
    """The days on which the child's spells began: the table's rows, CHILD, from."""
    return data.rows(spell.table, CHILD, spell.start).drop_nulls().rename({spell.start: "from"})


def overlaps(spell: Spell) -> Search:
    """Spells that begin while the one before, in order of end (else start) and start, is open or not over."""

    def search(data: Prepared) -> pl.DataFrame:
        order = pl.coalesce("to", "from").alias("order")
        found = spells(data, spell).with_columns(order).drop_nulls("order").sort(CHILD, "order", "from", spell.table)
        before = found.with_columns(pl.col("to", "is_open", CHILD).shift(1).name.suffix("_before"))
        is_same = pl.col(CHILD) == pl.col(f"{CHILD}_before")
        return before.filter(is_same & (pl.col("is_open_before") | (pl.col("to_before") > pl.col("from")))).select(
            spell.table
        )

    return search


def periods(data: Prepared) -> pl.DataFrame:
    """The child's periods of care in the return: CHILD, began, ceased (null while it goes on).

    A period begins with RNE S, with the first episode on file and after an episode that ended care.
    """
    return data.remembered(("periods",), lambda: _periods(data))


def _periods(data: Prepared) -> pl.DataFrame:
    found = data.rows("Episodes", CHILD, "DECOM", "DEC", "RNE", "REC").drop_nulls([CHILD, "DECOM"])
    ordered = found.sort(CHILD, "DECOM", "Episodes")
    ends = pl.col("REC").is_not_null() & ~one_of("REC", "X1")
    is_another = pl.col(CHILD).ne_missing(pl.col(CHILD).shift())
    begins = one_of("RNE", "S") | is_another | ends.shift(1, fill_value=True)
    marked = ordered.with_columns(begins=begins, ceased=pl.when(ends).then("DEC"))
    first = marked.filter("begins").select(CHILD, began="DECOM")
    last = marked.filter(pl.col("begins").shift(-1, fill_value=True)).select("ceased")
    return pl.concat([first, last], how="horizontal")


def fits_no_period(spell: Spell) -> Search:
    """Spells that fit none of the child's periods of care; a child without any has other rules."""

    def search(data: Prepared) -> pl.DataFrame:
        both = spells(data, spell).join(periods(data), on=CHILD)
        open_, began, ceased = pl.col("is_open"), pl.col("began"), pl.col("ceased")
        misfits = (
            (open_ & ceased.is_not_null())
            | (open_ & (pl.col("from") < began))
            | (pl.col("to") > ceased)
            | (pl.col("to") < began)
        )
        judged = both.group_by(spell.table).agg(misfits.fill_null(value=False).all().alias("misfits"))
        return judged.filter("misfits").select(spell.table)

    return search
