"""Measures of timeliness: a duty and its measure are one thing, so these count the duties' occurrences."""

from __future__ import annotations

from functools import cache

import polars as pl

from hearth.measures.facts import CHILD, Facts
from hearth.measures.measure import Population

FELL_DUE = pl.when(pl.col("due_on").is_not_null()).then(pl.lit(value=True))
"""For ``among``: the occurrence fell due in the period; null when its day cannot be told, so that it is not known."""
LATE_FIRST = ("overdue", "not_known", "due", "lapsed")
"""What is open on a day, the one that decides first."""


@cache
def due_in_period(*duties: str) -> Population:
    """Population: occurrences of the duties that fell due in the period and did not lapse, one row each.

    Columns: those of ``timescales.engine.due_in``; is_in_time, done on or before the due day (not done is not in time,
    null when not known); on, the due day, or the reporting day where that is not known. Use with ``among=FELL_DUE``.
    """

    def population(facts: Facts) -> pl.DataFrame:
        from hearth.timescales import engine

        due = engine.due_in(facts.occurrences.filter(pl.col("duty").is_in(duties)), facts.periods)
        answer = pl.when(pl.col("status") != "not_known").then(pl.col("status") == "met")
        return due.with_columns(pl.coalesce("due_on", "as_of").alias("on"), answer.alias("is_in_time"))

    return population


@cache
def current_on_the_day(*duties: str, first: tuple[str, ...] = ()) -> Population:
    """Population: children looked after on the day, one row each, with what is open of the duties.

    Adds status, duty and due_on of the open occurrence that decides, and is_up_to_date: nothing is overdue (null when a
    needed day is not known). A child for whom a duty in ``first`` is open and not yet due has nothing to be up to
    date with, and is left out.
    """

    def population(facts: Facts) -> pl.DataFrame:
        from hearth.timescales import engine

        of_these = facts.occurrences.filter(pl.col("duty").is_in(duties))
        open_ = engine.current(of_these, facts.periods["as_of"].to_list())
        held = facts.on_the_day.join(_deciding(open_), on=[*CHILD, "as_of"], how="left", maintain_order="left")
        too_soon = (pl.col("status") == "due") & pl.col("duty").is_in(first)
        answer = pl.when((pl.col("status") != "not_known").fill_null(value=True)).then(
            (pl.col("status") != "overdue").fill_null(value=True)
        )
        return held.filter(~too_soon.fill_null(value=False)).with_columns(answer.alias("is_up_to_date"))

    return population


def _deciding(open_: pl.DataFrame) -> pl.DataFrame:
    """One open occurrence a child and day: an overdue one before one not known, and that before the others."""
    rank = (
        pl.col("status")
        .cast(pl.String)
        .replace_strict(
            {status: at for at, status in enumerate(LATE_FIRST)}, default=len(LATE_FIRST), return_dtype=pl.Int8
        )
    )
    ordered = open_.select(*CHILD, "as_of", "duty", "due_on", pl.col("status").cast(pl.String), rank.alias("rank"))
    return ordered.sort("rank", "due_on", maintain_order=True).unique((*CHILD, "as_of"), keep="first").drop("rank")
