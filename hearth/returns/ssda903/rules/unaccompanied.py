"""Unaccompanied asylum-seeking children, this year and last: rules 205A to 205D, 231, 303, 304."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import Flag, flag, rule
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.shapes import CHILD, FIRST_DAY, LAST_DAY, birthday, given, on

is_uasc, was_uasc = pl.col("is_uasc"), pl.col("was_uasc")
ceased_last_year = pl.col("UASC_last.DUC")
DUC = {"UASC": "DUC", "Header": "UASC.DUC"}
"""Where the rows of each table find the day on which the child ceases to be unaccompanied."""


def a_year_before(day: pl.Expr) -> pl.Expr:
    """The same day of the year before."""
    return day.dt.offset_by("-1y")


def no_longer(table: str) -> Flag:
    """205A: on the file and marked last year, not marked this year, and the days of ceasing do not bear it out."""
    last_year = ceased_last_year.is_between(a_year_before(FIRST_DAY), a_year_before(LAST_DAY))
    is_odd = given(DUC[table]) | ~last_year.fill_null(value=False)
    return flag(table, on("UASC") & was_uasc & ~is_uasc & is_odd)


def still(table: str) -> Flag:
    """205B: marked in both years, which takes the 18th birthday last year, and this year the same or a day in it."""
    ceases = pl.col(DUC[table])
    is_sound = (ceased_last_year == birthday(18, "born")) & (
        ceases.is_between(FIRST_DAY, LAST_DAY) | (ceases == ceased_last_year)
    )
    return flag(table, is_uasc & was_uasc & ~is_sound.fill_null(value=False))


def never(table: str) -> Flag:
    """205C: marked in neither year, and yet a day of ceasing."""
    return flag(table, ~is_uasc & ~was_uasc & (given(DUC[table]) | given("UASC_last.DUC")))


def newly(data: Prepared) -> pl.DataFrame:
    """205D: in care last year, and unaccompanied this year only; without a Header the file of such children tells."""
    table = "Header" if data.is_table("Header") else "UASC"
    rows = data.rows(table, CHILD, "is_uasc", "was_uasc", "Header_last.exists")
    return rows.filter(on("Header_last") & is_uasc & ~was_uasc)


RULES = [
    rule("205A", no_longer("UASC"), no_longer("Header")),
    rule("205B", still("UASC"), still("Header")),
    rule("205C", never("UASC"), never("Header")),
    rule("205D", newly),
    rule("231", flag("Header", is_uasc & (birthday(11) > LAST_DAY))),
    rule(
        "303",
        flag("UASC", given("DUC") & ~is_uasc),
        flag("Header", given("UASC.DUC") & ~is_uasc),
    ),
    rule("304", flag("UASC", pl.col("DUC") > birthday(18))),
]
