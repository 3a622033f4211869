"""Missing episodes of children in care and care leavers, and the interviews after their return."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from hearth.measures import timeliness
from hearth.measures.facts import CHILD
from hearth.measures.populations_year import has
from hearth.tables.codes import members
from hearth.timescales import dates

if TYPE_CHECKING:
    from hearth.measures.facts import Facts

ROW = (*CHILD, "as_of", "period_start")
RETURN_INTERVIEW = "return-interview"
AWAY = members("missing_type", "A")[0]


def episodes(facts: Facts) -> pl.DataFrame:
    """Episodes that began while the child was in care, or after leaving care at 16 or over and before 25: is_away."""
    rows = facts.record["missing_episodes"].with_row_index("episode")
    born = facts.people.select(*CHILD, "born_on")
    spans = facts.periods_of_care.select(*CHILD, "first_known_on", pl.col("ended_on").alias("care_ended_on"))
    pairs = rows.join(spans, on=CHILD).join(born, on=CHILD, how="left")
    in_care = pl.col("care_ended_on").is_null() | (pl.col("started_on") <= pl.col("care_ended_on"))
    care_leaver = (pl.col("care_ended_on") >= dates.birthday(pl.col("born_on"), 16)) & (
        pl.col("started_on") < dates.birthday(pl.col("born_on"), 25)
    )
    ours = pairs.filter((pl.col("first_known_on") <= pl.col("started_on")) & (in_care | care_leaver))
    return rows.join(ours.select("episode").unique(), on="episode", how="semi").with_columns(
        (pl.col("kind") == AWAY).alias("is_away")
    )


def begun(facts: Facts) -> pl.DataFrame:
    """Missing and away episodes that began in the period, one row each: is_away, null when the kind is not known."""
    return facts.inside(facts.of(episodes), "started_on").with_columns(pl.col("started_on").alias("on"))


def ended(facts: Facts) -> pl.DataFrame:
    """Missing episodes that ended in the period, away ones left out: is_offered, is_held, is_refused, interview."""
    rows = facts.inside(_missing(facts), "ended_on").with_columns(pl.col("ended_on").alias("on"))
    outcome = rows.with_columns(_outcome(is_dated=has(facts, "missing_episodes.interview_held_on")))
    asked = pl.when(pl.col("interview").is_not_null()).then(pl.col("interview") != "not offered")
    return outcome.with_columns(
        asked.alias("is_offered"),
        (pl.col("interview") == "held").alias("is_held"),
        (pl.col("interview") == "refused").alias("is_refused"),
    )


def children(facts: Facts) -> pl.DataFrame:
    """Children with a missing episode that began in the period, one row each."""
    rows = facts.inside(_missing(facts), "started_on").unique(ROW, maintain_order=True)
    return rows.with_columns(pl.col("as_of").alias("on"))


def looked_after_in_the_period(facts: Facts) -> pl.DataFrame:
    """Children looked after at any time in the period: was_missing, by episodes carried over into it too."""
    spans = facts.touching(facts.periods_of_care, "first_known_on", "ended_on")
    everybody = spans.select(ROW).unique(maintain_order=True).with_columns(pl.col("as_of").alias("on"))
    to_the_end = _missing(facts).with_columns(pl.col("ended_on").dt.offset_by("1d"))
    under_way = facts.touching(to_the_end, "started_on", "ended_on")
    found = under_way.select(ROW).unique().with_columns(was_missing=pl.lit(value=True))
    return everybody.join(found, on=ROW, how="left").with_columns(pl.col("was_missing").fill_null(value=False))


def _missing(facts: Facts) -> pl.DataFrame:
    return facts.of(episodes).filter(~pl.col("is_away").fill_null(value=False))


def _outcome(*, is_dated: bool) -> pl.Expr:
    """What came of the interview: held, accepted, refused or not offered; null when not known.

    Where the source has no date of the interview, an accepted one stands for one held (readings.md, Care leavers).
    """
    accepted = pl.col("is_interview_accepted")
    held = pl.col("interview_held_on") <= pl.col("as_of") if is_dated else accepted
    return (
        pl.when(held)
        .then(pl.lit("held"))
        .when(accepted)
        .then(pl.lit("accepted"))
        .when(~pl.col("is_interview_offered"))
        .then(pl.lit("not offered"))
        .when(~accepted)
        .then(pl.lit("refused"))
        .alias("interview")
    )


def pairs(facts: Facts) -> pl.DataFrame:
    """Children with return interviews that fell due in the period: episodes, in_time_share (0 to 1)."""
    due = facts.of(timeliness.due_in_period(RETURN_INTERVIEW)).filter(pl.col("status") != "not_known")
    tally = due.group_by(ROW).agg(
        pl.len().cast(pl.Int64).alias("episodes"), pl.col("is_in_time").mean().alias("in_time_share")
    )
    return tally.sort(ROW).with_columns(pl.col("as_of").alias("on"))


def correlation() -> pl.Expr:
    """Pearson's coefficient of episodes and share in time over the children; null when it cannot be told."""
    coefficient = pl.corr("episodes", "in_time_share")
    return pl.when(coefficient.is_not_nan()).then(coefficient)
