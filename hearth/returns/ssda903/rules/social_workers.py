"""Social workers responsible for the child, in the return from 2023/24: rules SW01 to SW17."""

from __future__ import annotations

from datetime import date

import polars as pl

from hearth.returns.ssda903.checking.declared import Search, flag, rule
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.shapes import (
    CHILD,
    FIRST_DAY,
    IS_OPEN,
    LAST_DAY,
    SHORT_BREAKS,
    any_blank,
    blank,
    child_with,
    given,
    not_a_code,
    not_a_day,
    on,
    one_of,
)
from hearth.tables import codes

BEGAN, ENDED = pl.col("SW_DECOM"), pl.col("SW_DEC")
REASONS_SINCE = date(2023, 4, 1)
"""From this day a social worker's row needs its reason."""
FIRST_ALLOCATION = "FCONTA"
NEIGHBOURS_DAYS = 7
GAP_DAYS = 5
LAST_DAYS = 5
"""26 to 31 March."""
REASONS = tuple(codes.load("social_worker_change_reason"))
no_day = not_a_day("SW_DECOM", or_blank=True)
is_last = given("SW_DECOM") & ~pl.col("next.exists")
gap = (BEGAN - pl.col("previous.SW_DEC")).dt.total_days()
incomplete = any_blank("SW_ID", "SW_DECOM", "SW_REASON")
looked_after = IS_OPEN & ~one_of("LS", SHORT_BREAKS)
too_early = ENDED < FIRST_DAY
more_than_a_year_early = FIRST_DAY.dt.offset_by("-1y") > ENDED


def without_worker(when: pl.Expr | None = None) -> Search:
    """SW12: an episode that starts or ends a period of care, and no social worker began from then, or by then."""
    starts = one_of("RNE", "S")
    leaves = given("REC") & ~one_of("REC", "X1")

    def search(data: Prepared) -> pl.DataFrame:
        names = ("DECOM", "DEC", "RNE", "REC", "LS", "FIRST_DAY")
        rows = data.rows("Episodes", CHILD, *names).filter(~one_of("LS", SHORT_BREAKS) & (starts | leaves))
        asked = rows if when is None else rows.filter(when)
        workers = data.rows("SWEpisodes", CHILD, "SW_DECOM").drop_nulls()
        span = workers.group_by(CHILD).agg(BEGAN.min().alias("first"), BEGAN.max().alias("last"))
        known = asked.join(span, on=CHILD, how="left")
        lacks_at_start = starts & (pl.col("last") < pl.col("DECOM"))
        lacks_at_end = leaves & (pl.col("first") > pl.col("DEC"))
        return known.filter(pl.col("first").is_null() | lacks_at_start | lacks_at_end).select("Episodes")

    return search


RULES = [
    rule(
        "SW01STG1",
        flag("Episodes", looked_after & (~on("SWEpisodes") | child_with("SWEpisodes", incomplete))),
        flag("SWEpisodes", incomplete & child_with("Episodes", looked_after)),
        until="2023_24",
    ),
    rule("SW01aSTG1", flag("SWEpisodes", ((BEGAN < REASONS_SINCE) & blank("SW_ID")) | no_day)),
    rule("SW01bSTG1", flag("SWEpisodes", ((BEGAN >= REASONS_SINCE) & any_blank("SW_ID", "SW_REASON")) | no_day)),
    rule("SW02STG1", flag("SWEpisodes", ~pl.col("SW_ID").str.contains("^(SW|XX)").fill_null(value=False))),
    rule("SW03STG1", flag("SWEpisodes", incomplete), until="2023_24"),
    rule("SW04STG1", flag("SWEpisodes", not_a_day("SW_DECOM"))),
    rule("SW05STG1", flag("SWEpisodes", not_a_day("SW_DEC"))),
    rule("SW06STG2", flag("SWEpisodes", BEGAN > LAST_DAY)),
    rule("SW07STG2", flag("SWEpisodes", too_early | (ENDED > LAST_DAY)), until="2023_24"),
    rule("SW07STG2", flag("SWEpisodes", more_than_a_year_early | (ENDED > LAST_DAY)), since="2024_25"),
    rule("SW08STG2", flag("SWEpisodes", blank("SW_DEC") & pl.col("next.exists"))),
    rule("SW09STG2", flag("SWEpisodes", BEGAN == ENDED)),
    rule("SW10STG2", flag("SWEpisodes", gap.abs() > NEIGHBOURS_DAYS), until="2023_24"),
    rule(
        "SW10STG2",
        flag("SWEpisodes", ~one_of("SW_REASON", FIRST_ALLOCATION) & (gap.abs() > NEIGHBOURS_DAYS)),
        since="2024_25",
    ),
    rule(
        "SW11aSTG2",
        flag(
            "SWEpisodes",
            (gap.abs() > GAP_DAYS) & (pl.col("previous.SW_DEC") < LAST_DAY.dt.offset_by(f"-{GAP_DAYS}d")),
        ),
        until="2023_24",
    ),
    rule(
        "SW11bSTG2",
        flag("SWEpisodes", is_last & ENDED.is_between(LAST_DAY.dt.offset_by(f"-{LAST_DAYS}d"), LAST_DAY)),
    ),
    rule("SW12STG2", without_worker(), until="2023_24"),
    rule(
        "SW12STG2",
        without_worker(IS_OPEN | (pl.col("DEC") >= FIRST_DAY.dt.offset_by("-1y"))),
        since="2024_25",
    ),
    rule("SW13STG1", flag("SWEpisodes", not_a_code("SW_REASON", REASONS, or_blank=True)), until="2023_24"),
    rule(
        "SW13STG1",
        flag("SWEpisodes", not_a_code("SW_REASON", REASONS) | (blank("SW_REASON") & (BEGAN >= REASONS_SINCE))),
        since="2024_25",
    ),
    rule("SW14STG2", flag("SWEpisodes", blank("SW_DEC") & pl.col("next.exists")), until="2023_24"),
    rule("SW17STG2", flag("SWEpisodes", is_last & given("SW_DEC"))),
]
