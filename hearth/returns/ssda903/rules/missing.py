"""Children missing or away without authorisation: rules 564 to 581, 586, 1004 to 1006."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import flag, rule
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.shapes import (
    CHILD,
    FIRST_DAY,
    LAST_DAY,
    birthday,
    blank,
    given,
    not_a_code,
    not_a_day,
    one_of,
)
from hearth.returns.ssda903.checking.spans import Spell, fits_no_period, overlaps, periods, spells, starts

SPELL = Spell("Missing", "MIS_START", "MIS_END")
START, END = pl.col("MIS_START"), pl.col("MIS_END")
ADULT = 18


def open_though_placement_ended(data: Prepared) -> pl.DataFrame:
    """575: without an end, though the episode in which it began has ended."""
    ended = data.rows("Episodes", CHILD, "DECOM", "DEC").drop_nulls("DEC")
    both = spells(data, SPELL).filter("is_open").join(ended, on=CHILD)
    return both.filter((pl.col("from") >= pl.col("DECOM")) & (pl.col("from") < pl.col("DEC"))).select("Missing")


def not_carried_over(data: Prepared) -> pl.DataFrame:
    """576: last year's return left a period open, and this year's first begins on another day."""
    last = spells(data, SPELL._replace(table="Missing_last")).filter("is_open").drop_nulls("from")
    latest = last.sort("from").unique(CHILD, keep="last").select(CHILD, pl.col("from").alias("then"))
    rows = data.rows("Missing", CHILD, "MIS_START", "previous.exists").drop_nulls("MIS_START")
    first = rows.filter(~pl.col("previous.exists"))
    return first.join(latest, on=CHILD).filter(pl.col("then") != START).select("Missing")


def begins_outside_periods(data: Prepared) -> pl.DataFrame:
    """578: began in none of the child's periods of care."""
    return _begins_outside(data, periods(data))


def begins_outside_episodes(data: Prepared) -> pl.DataFrame:
    """581: began in none of the child's episodes."""
    episodes = data.rows("Episodes", CHILD, "DECOM", "DEC").select(CHILD, began="DECOM", ceased="DEC")
    return _begins_outside(data, episodes)


def _begins_outside(data: Prepared, care: pl.DataFrame) -> pl.DataFrame:
    found = starts(data, SPELL)
    lies_in = (pl.col("from") >= pl.col("began")) & (pl.col("from") <= pl.col("ceased")).fill_null(value=True)
    inside = found.join(care.drop_nulls("began"), on=CHILD).filter(lies_in)
    return found.join(inside, on="Missing", how="anti").select("Missing")


def came_of_age_while_missing(data: Prepared) -> pl.DataFrame:
    """580: the absence and the episode ended on the 18th birthday, and the reason is not E8."""
    ended = data.rows("Missing", CHILD, "born", "MIS_END").filter(birthday(ADULT, "born") == END)
    episodes = data.rows("Episodes", CHILD, "DEC", "REC").filter(~one_of("REC", "E8"))
    return episodes.join(ended, on=CHILD).filter(pl.col("DEC") == END).select("Episodes")


RULES = [
    rule("564", flag("Missing", one_of("MISSING", "M A") & blank("MIS_START"))),
    rule("565", flag("Missing", given("MIS_START") & blank("MISSING"))),
    rule("566", flag("Missing", given("MIS_END") & blank("MISSING"))),
    rule("567", flag("Missing", START > END)),
    rule("570", flag("Missing", START > LAST_DAY)),
    rule("571", flag("Missing", (END < FIRST_DAY) | (END > LAST_DAY))),
    rule("574", overlaps(SPELL)),
    rule("575", open_though_placement_ended),
    rule("576", not_carried_over),
    rule("577", fits_no_period(SPELL)),
    rule("578", begins_outside_periods),
    rule("580", came_of_age_while_missing),
    rule("581", begins_outside_episodes),
    rule("586", flag("Missing", pl.col("DOB") >= START)),
    rule("1004", flag("Missing", not_a_day("MIS_START", or_blank=True))),
    rule("1005", flag("Missing", not_a_day("MIS_END"))),
    rule("1006", flag("Missing", not_a_code("MISSING", "M A"))),
]
