"""How old the child is for what is returned: 301, 302, 347, 351, 352, 358, 359, 370 to 391, 407, 440, 441, 460."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import Flag, episode_and_header, flag, rule
from hearth.returns.ssda903.checking.shapes import (
    ADOPTED,
    FIRST_DAY,
    IS_FIRST,
    IS_OPEN,
    LAST_DAY,
    LEAVING_ITEMS,
    any_given,
    birthday,
    one_of,
)

GUARDIANSHIP = "E45 E46 E47 E48"
FOYER = "T1 T2"
PARTICIPATED = "PN1 PN2 PN3 PN4 PN5 PN6 PN7"
BORN = "Header.DOB"
began, ended = pl.col("DECOM"), pl.col("DEC")
starts_before_birth = IS_FIRST & (began < pl.col(BORN))
stays_past_18 = IS_OPEN & (birthday(18, BORN) < LAST_DAY) & ~(one_of("LS", "V2") & one_of("PLACE", "K2"))


def too_young_for(place: str, age: int) -> Flag:
    """Ended episodes in the placement that began before the birthday."""
    return flag("Episodes", one_of("PLACE", place) & ~IS_OPEN & (began < birthday(age, BORN)))


def left_before(age: int, reasons: str) -> Flag:
    """Episodes that ended for one of the reasons before the birthday."""
    return flag("Episodes", one_of("REC", reasons) & (ended < birthday(age, BORN)))


RULES = [
    rule("301", flag("Header", pl.col("DOB") > LAST_DAY)),
    rule(
        "302",
        flag("Episodes", starts_before_birth),
        flag("Header", pl.col("first_episode.DECOM") < pl.col("DOB")),
    ),
    rule("347", flag("OC3", one_of("ACCOM", FOYER) & (birthday(18) > FIRST_DAY))),
    rule("351", flag("Header", birthday(25) < FIRST_DAY)),
    rule("352", flag("Episodes", one_of("RNE", "S") & (began >= birthday(18, BORN)))),
    rule("358", *episode_and_header(one_of("LS", "J1 J2 J3") & (began <= birthday(10, BORN)))),
    rule("359", flag("Episodes", stays_past_18)),
    rule("370", too_young_for("P2", 15), until="2022_23"),
    rule("370", too_young_for("P2", 16), since="2023_24", until="2023_24"),
    rule("371", too_young_for("H5", 14), until="2022_23"),
    rule("371", too_young_for("H5", 16), since="2023_24", until="2023_24"),
    rule("371", too_young_for("K3", 16), since="2024_25"),
    rule("372", too_young_for("R5", 10)),
    rule("373", too_young_for("S1", 4)),
    rule("374", too_young_for("P3", 14)),
    rule("386", flag("Episodes", one_of("REC", ADOPTED) & (ended >= birthday(18, BORN)))),
    rule("387", left_before(14, "E5 E6")),
    rule("389", left_before(16, "E7")),
    rule("391", flag("OC3", any_given(*LEAVING_ITEMS) & (birthday(17) > LAST_DAY))),
    rule("407", *episode_and_header(one_of("REC", GUARDIANSHIP) & (ended > birthday(18, BORN)))),
    rule("440", flag("Reviews", one_of("REVIEW_CODE", "PN0") & (pl.col("REVIEW") > birthday(4)))),
    rule("441", flag("Reviews", one_of("REVIEW_CODE", PARTICIPATED) & (pl.col("REVIEW") < birthday(4)))),
    rule("460", left_before(18, "E17")),
]
