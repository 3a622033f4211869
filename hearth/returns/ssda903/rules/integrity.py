"""Checks of the files against each other: children on Header, one row a child, the same birth and sex everywhere."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import flag, rule
from hearth.returns.ssda903.checking.shapes import CHILD, FIRST_DAY, many_of_the_child, on

NOT_ON_HEADER = {
    "INT01": "AD1",
    "INT02": "PlacedAdoption",
    "INT03": "Episodes",
    "INT04": "Missing",
    "INT05": "OC2",
    "INT06": "OC3",
    "INT07": "PrevPerm",
    "INT08": "Reviews",
    "INT09": "UASC",
}
OTHER_BIRTH = {
    "INT11": "AD1",
    "INT12": "PlacedAdoption",
    "INT13": "Missing",
    "INT14": "OC2",
    "INT15": "OC3",
    "INT16": "PrevPerm",
    "INT17": "Reviews",
    "INT18": "UASC",
}
MORE_THAN_ONCE = {
    "INT31": "AD1",
    "INT32": "Header",
    "INT33": "OC2",
    "INT34": "OC3",
    "INT35": "PrevPerm",
    "INT36": "UASC",
}
is_on_no_episode = ~on("Episodes") & ~on("OC3")

RULES = [
    rule("EPI", flag("Header", is_on_no_episode)),
    *(rule(code, flag(table, ~on("Header"))) for code, table in NOT_ON_HEADER.items()),
    *(rule(code, flag(table, pl.col("DOB") != pl.col("Header.DOB"))) for code, table in OTHER_BIRTH.items()),
    rule("INT21", flag("UASC", pl.col("SEX") != pl.col("Header.SEX"))),
    *(rule(code, flag(table, many_of_the_child())) for code, table in MORE_THAN_ONCE.items()),
    rule("NoE", flag("Episodes", pl.col(CHILD).is_not_null() & (pl.col("DECOM") < FIRST_DAY) & ~on("Episodes_last"))),
]
