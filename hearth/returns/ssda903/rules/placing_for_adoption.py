"""Decisions to place a child for adoption, against episodes and last year's return: rules 522 to 584, 1003."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssda903.checking.declared import Search, flag, rule
from hearth.returns.ssda903.checking.prepared import Prepared
from hearth.returns.ssda903.checking.shapes import (
    ADOPTED,
    CHILD,
    FIRST_DAY,
    IS_OPEN,
    PLACED_FOR_ADOPTION,
    any_blank,
    any_given,
    blank,
    child_with,
    given,
    on,
    one_of,
)

DECIDED, STOPPED = "DATE_PLACED", "DATE_PLACED_CEASED"
REVERSAL = (STOPPED, "REASON_PLACED_CEASED")
was_open_then = blank(f"previous.{STOPPED}") | (pl.col(f"previous.{STOPPED}") > pl.col(DECIDED))
in_placement = one_of("PLACE", PLACED_FOR_ADOPTION)


def _first(data: Prepared, condition: pl.Expr) -> pl.DataFrame:
    """The child's first episode of which the condition is true."""
    episodes = data.rows("Episodes", CHILD, "DECOM", *condition.meta.root_names()).filter(condition)
    return episodes.drop_nulls([CHILD, "DECOM"]).sort("DECOM", "Episodes").unique(CHILD, keep="first")


def _decisions(data: Prepared) -> pl.DataFrame:
    return data.rows("PlacedAdoption", CHILD, DECIDED)


def decided_after_placing(data: Prepared) -> pl.DataFrame:
    """552: the latest decision came after the first placement for adoption; both rows."""
    latest = _decisions(data).drop_nulls([CHILD, DECIDED]).sort(DECIDED, "PlacedAdoption").unique(CHILD, keep="last")
    return latest.join(_first(data, in_placement), on=CHILD).filter(pl.col(DECIDED) > pl.col("DECOM"))


def decided_after_order(data: Prepared) -> pl.DataFrame:
    """554: a decision came after the first episode under a placement order began; both rows."""
    return _decisions(data).join(_first(data, one_of("LS", "E1")), on=CHILD).filter(pl.col(DECIDED) > pl.col("DECOM"))


def decided_after_freeing(data: Prepared) -> pl.DataFrame:
    """556: a decision came after any episode under a freeing order began; both rows."""
    freed = data.rows("Episodes", CHILD, "DECOM", "LS").filter(one_of("LS", "D1"))
    return _decisions(data).join(freed, on=CHILD).filter(pl.col(DECIDED) > pl.col("DECOM"))


def decided_before_care(data: Prepared) -> pl.DataFrame:
    """1003: a decision came before the child's first entry to care in the return; both rows."""
    return _decisions(data).join(_first(data, one_of("RNE", "S")), on=CHILD).filter(pl.col(DECIDED) < pl.col("DECOM"))


def left_without_reversal(*orders: str) -> Search:
    """557: left care from adoption's path, not adopted, and the reversal is not complete; both rows."""
    on_path = in_placement | one_of("LS", orders)
    left = given("REC") & ~one_of("REC", ("X1", *ADOPTED))

    def search(data: Prepared) -> pl.DataFrame:
        episodes = data.rows("Episodes", CHILD, "PLACE", "LS", "REC").filter(on_path & left)
        decisions = data.rows("PlacedAdoption", CHILD, f"{STOPPED}:text", "REASON_PLACED_CEASED")
        return episodes.join(decisions, on=CHILD, how="left").filter(any_blank(*REVERSAL))

    return search


def all_reversed_and_adopted(data: Prepared) -> pl.DataFrame:
    """558: adopted, though each of several decisions was reversed."""
    decisions = data.rows("PlacedAdoption", CHILD, f"{STOPPED}:text").drop_nulls(CHILD)
    several = decisions.group_by(CHILD).agg(pl.len(), given(STOPPED).all().alias("all"))
    episodes = data.rows("Episodes", CHILD, "REC").filter(one_of("REC", ADOPTED))
    return episodes.join(several.filter((pl.col("len") > 1) & pl.col("all")), on=CHILD)


def _with_last_year(data: Prepared, condition: pl.Expr) -> pl.DataFrame:
    """This year's decisions beside those of last year's of which the condition is true (their day: ``then``)."""
    last = data.rows("PlacedAdoption_last", CHILD, DECIDED, *condition.meta.root_names()).filter(condition)
    now = data.rows("PlacedAdoption", CHILD, DECIDED, f"{DECIDED}:text")
    return now.join(last.select(CHILD, pl.col(DECIDED).alias("then")), on=CHILD)


def changed_while_in_force(data: Prepared) -> pl.DataFrame:
    """560: the day differs from that of last year's decision, which was still in force."""
    both = _with_last_year(data, blank(STOPPED))
    return both.filter(pl.col(DECIDED).ne_missing(pl.col("then")))


def same_after_reversal(data: Prepared) -> pl.DataFrame:
    """561: the day is that of last year's decision, which was reversed."""
    return _with_last_year(data, any_given(*REVERSAL)).filter(pl.col(DECIDED) == pl.col("then"))


def not_decided_anew(data: Prepared) -> pl.DataFrame:
    """584: last year's decision had ceased, and this year's is blank or no later."""
    both = _with_last_year(data, given(STOPPED))
    return both.filter(blank(DECIDED) | (pl.col(DECIDED) <= pl.col("then")))


RULES = [
    rule("522", flag("PlacedAdoption", pl.col(STOPPED) < pl.col(DECIDED))),
    rule("551", flag("Episodes", in_placement & ~child_with("PlacedAdoption", given(DECIDED)))),
    rule("552", decided_after_placing),
    rule(
        "553",
        flag("Episodes", one_of("LS", "E1") & ~on("PlacedAdoption")),
        flag("PlacedAdoption", any_given(*REVERSAL) & child_with("Episodes", one_of("LS", "E1") & IS_OPEN)),
    ),
    rule("554", decided_after_order),
    rule(
        "555",
        flag("Episodes", one_of("LS", "D1") & ~on("PlacedAdoption")),
        flag("PlacedAdoption", any_given(*REVERSAL) & child_with("Episodes", one_of("LS", "D1") & IS_OPEN)),
        until="2023_24",
    ),
    rule("556", decided_after_freeing, until="2023_24"),
    rule("557", left_without_reversal("E1", "D1"), until="2023_24"),
    rule("557", left_without_reversal("E1"), since="2024_25"),
    rule("558", all_reversed_and_adopted),
    rule(
        "559",
        flag("PlacedAdoption", (pl.col(DECIDED) < FIRST_DAY) & ~child_with("PlacedAdoption_last", given(DECIDED))),
    ),
    rule("560", changed_while_in_force),
    rule("561", same_after_reversal),
    rule("563", flag("PlacedAdoption", given("REASON_PLACED_CEASED") & given(STOPPED) & blank(DECIDED))),
    rule(
        "579",
        flag(
            "PlacedAdoption",
            pl.col("previous.exists") & was_open_then,
        ),
    ),
    rule("583", flag("PlacedAdoption", blank(STOPPED) & pl.col("next.exists"))),
    rule("584", not_decided_anew),
    rule("1003", decided_before_care),
]
