"""Cells that must hold a known code, a real day or an answer: rules 101 to 199 and 1009 of that shape."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import Rule, flag, rule
from hearth.returns.ssda903.checking.shapes import (
    FIRST_DAY,
    OTHER_PLACEMENTS,
    OUTCOME_ITEMS,
    REAL_UPN,
    given,
    listed,
    not_a_code,
    not_a_day,
    one_of,
)

PLACEMENTS = [
    "A3",
    "A4",
    "A5",
    "A6",
    "K1",
    "K2",
    "P1",
    "P3",
    "R1",
    "R2",
    "R3",
    "R5",
    "S1",
    "T0",
    "T1",
    "T2",
    "T3",
    "T4",
    "U1",
    "U2",
    "U3",
    "U4",
    "U5",
    "U6",
]
CEASED = "X1 E2 E3 E4A E4B E5 E6 E7 E8 E9 E11 E12 E13 E14 E15 E16 E17 E41 E45 E46 E47 E48"
UPN = f"{REAL_UPN}|^UN[1-5]$"
SCORE = r"^([0-9]|[1-3][0-9]|40)$"
NO_PROVIDER_2025 = ("T0", "T1", "T2", "T3", *OTHER_PLACEMENTS)


def code(number: str, table: str, name: str, codes: str | tuple[str, ...], *, or_blank: bool = False) -> Rule:
    """A rule that the cell of a table is one of the codes."""
    return rule(number, flag(table, not_a_code(name, codes, or_blank=or_blank)))


def day(number: str, table: str, name: str, *, or_blank: bool = False) -> Rule:
    """A rule that the cell of a table is a real day."""
    return rule(number, flag(table, not_a_day(name, or_blank=or_blank)))


RULES = [
    rule("101", flag("Header", not_a_code("SEX", "1 2", or_blank=True)), until="2023_24"),
    rule("101", flag("Header", not_a_code("SEX", "M F U", or_blank=True)), since="2024_25"),
    day("102", "Header", "DOB", or_blank=True),
    code("103", "Header", "ETHNIC", listed("ethnicity"), or_blank=True),
    rule("104", flag("UASC", not_a_day("DUC") | (pl.col("DUC") < FIRST_DAY))),
    day("112", "AD1", "DATE_INT"),
    day("113", "AD1", "DATE_MATCH"),
    code("114", "AD1", "FOSTER_CARE", "0 1"),
    day("115", "PlacedAdoption", "DATE_PLACED"),
    day("116", "PlacedAdoption", "DATE_PLACED_CEASED"),
    code("120", "PlacedAdoption", "REASON_PLACED_CEASED", listed("adoption_decision_reversed")),
    code("131", "OC3", "IN_TOUCH", listed("in_touch"), or_blank=True),
    code("132", "OC3", "ACTIV", listed("activity"), or_blank=True),
    code("133", "OC3", "ACCOM", listed("accommodation"), or_blank=True),
    day("141", "Episodes", "DECOM"),
    code("143", "Episodes", "RNE", listed("reason_new_episode")),
    code("144", "Episodes", "LS", "C1 C2 D1 E1 V2 V3 V4 J1 J2 J3 L1 L2 L3"),
    code("145", "Episodes", "CIN", "N1 N2 N3 N4 N5 N6 N7 N8"),
    rule("146", flag("Episodes", not_a_code("PLACE", [*PLACEMENTS, "H5", "P2", "Z1"])), until="2023_24"),
    rule(
        "146",
        flag("Episodes", not_a_code("PLACE", [*PLACEMENTS, "H5", "K3", "P2", "Z1"])),
        since="2024_25",
        until="2024_25",
    ),
    rule("146", flag("Episodes", not_a_code("PLACE", [*PLACEMENTS, "K3", *OTHER_PLACEMENTS])), since="2025_26"),
    day("147", "Episodes", "DEC"),
    code("149", "Episodes", "REC", CEASED),
    day("166", "Reviews", "REVIEW", or_blank=True),
    rule(
        "167",
        flag(
            "Reviews",
            pl.when(given("REVIEW"))
            .then(not_a_code("REVIEW_CODE", listed("participation"), or_blank=True))
            .otherwise(given("REVIEW_CODE")),
        ),
    ),
    rule("168", flag("Header", ~pl.col("UPN").str.contains(UPN))),
    day("171", "Header", "MC_DOB"),
    rule("174", flag("Header", one_of("SEX", "1") & given("MC_DOB")), until="2023_24"),
    rule("174", flag("Header", one_of("SEX", "M") & given("MC_DOB")), since="2024_25"),
    code("175", "AD1", "NB_ADOPTR", "1 2"),
    code("176", "AD1", "SEX_ADOPTR", listed("adopter_sex")),
    code("177", "AD1", "LS_ADOPTR", listed("adopter_legal_status")),
    rule(
        "178",
        flag(
            "Episodes",
            given("PLACE_PROVIDER")
            & (~one_of("PLACE_PROVIDER", listed("placement_provider")) | one_of("PLACE", "T0 T1 T2 T3 T4 Z1")),
        ),
        until="2024_25",
    ),
    rule(
        "178",
        flag(
            "Episodes",
            given("PLACE_PROVIDER")
            & (~one_of("PLACE_PROVIDER", listed("placement_provider")) | one_of("PLACE", NO_PROVIDER_2025)),
        ),
        since="2025_26",
    ),
    rule("180", flag("OC2", ~pl.col("SDQ_SCORE").str.contains(SCORE))),
    rule("181", flag("OC2", pl.any_horizontal(not_a_code(answer, "0 1") for answer in OUTCOME_ITEMS))),
    code("196", "OC2", "SDQ_REASON", listed("sdq_reason")),
    code("1009", "Episodes", "REASON_PLACE_CHANGE", listed("reason_placement_change")),
]
