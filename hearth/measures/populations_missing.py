"""Missing episodes of children in care and care leavers, and the interviews after their return."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from hearth.measures.care_leavers import birthday
from hearth.tables.codes import members

if TYPE_CHECKING:
    from hearth.measures.engine import Facts

CHILD = ("authority", "child_id")
ROW = (*CHILD, "as_of", "period_start")
AWAY = members("missing_type", "A")[0]


def episodes_begun(facts: Facts) -> pl.DataFrame:
    """Missing and away episodes that began in the period, one row each: is_away (null when the kind is not known)."""
    return _in_period(facts, "started_on")


def episodes_ended(facts: Facts) -> pl.DataFrame:
    """Missing episodes that ended in the period, away ones left out: interview (see ``_outcome``) and is_offered."""
    ended = _in_period(facts, "ended_on").filter(~pl.col("is_away").fill_null(value=False))
    return ended.with_columns(_outcome(facts.has("missing_episodes.interview_held_on")))


def children_missing(facts: Facts) -> pl.DataFrame:
    """Children with a missing episode that began in the period, one row each."""
    return episodes_begun(facts).filter(~pl.col("is_away").fill_null(value=False)).unique(ROW, maintain_order=True)


def children_looked_after_in_the_year(facts: Facts) -> pl.DataFrame:
    """Children looked after at any time in the period: was_missing, episodes carried over into it included."""
    spans = facts.full_care.select(*CHILD, "first_known_on", "ended_on").join(facts.periods, how="cross")
    touched = (pl.col("first_known_on") <= pl.col("as_of")) & (
        pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("period_start"))
    )
    children = spans.filter(touched).select(ROW).unique().with_columns(pl.col("as_of").alias("on"))
    missing = _ours(facts).filter(~pl.col("is_away").fill_null(value=False)).join(facts.periods, how="cross")
    under_way = (pl.col("started_on") <= pl.col("as_of")) & (
        pl.col("ended_on").is_null() | (pl.col("ended_on") >= pl.col("period_start"))
    )
    found = missing.filter(under_way).select(ROW).unique().with_columns(was_missing=pl.lit(value=True))
    return children.join(found, on=ROW, how="left").with_columns(pl.col("was_missing").fill_null(value=False))


def _in_period(facts: Facts, day: str) -> pl.DataFrame:
    rows = _ours(facts).join(facts.periods, how="cross")
    return rows.filter(pl.col(day).is_between("period_start", "as_of")).with_columns(pl.col(day).alias("on"))


def _ours(facts: Facts) -> pl.DataFrame:
    """Episodes that began while the child was in care, or after leaving care at 16 or over and before 25."""
    episodes = facts.record["missing_episodes"].with_row_index("episode")
    born = facts.record["people"].select(*CHILD, "born_on")
    spans = facts.full_care.select(*CHILD, "first_known_on", pl.col("ended_on").alias("care_ended_on"))
    pairs = episodes.join(spans, on=CHILD).join(born, on=CHILD, how="left")
    in_care = pl.col("care_ended_on").is_null() | (pl.col("started_on") <= pl.col("care_ended_on"))
    care_leaver = (pl.col("care_ended_on") >= birthday(16)) & (pl.col("started_on") < birthday(25))
    ours = pairs.filter((pl.col("first_known_on") <= pl.col("started_on")) & (in_care | care_leaver))
    kept = episodes.filter(pl.col("episode").is_in(ours["episode"].unique().implode()))
    return kept.with_columns((pl.col("kind") == AWAY).alias("is_away"))


def _outcome(is_dated: bool) -> pl.Expr:
    """What came of the interview: held, accepted, refused, not offered; null when not known.

    Where the source gives no date of the interview an accepted one stands for one held (readings.md, Care leavers).
    """
    held_on = pl.col("interview_held_on")
    held = held_on <= pl.col("as_of") if is_dated else pl.col("is_interview_accepted")
    return (
        pl.when(held)
        .then(pl.lit("held"))
        .when(pl.col("is_interview_accepted"))
        .then(pl.lit("accepted"))
        .when(~pl.col("is_interview_offered"))
        .then(pl.lit("not offered"))
        .when(pl.col("is_interview_offered") & ~pl.col("is_interview_accepted"))
        .then(pl.lit("refused"))
        .alias("interview")
    )
