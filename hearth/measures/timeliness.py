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

        due = _named(engine.due_in(facts.occurrences_of(duties), facts.periods))
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

        open_ = engine.current(facts.occurrences_of(duties), facts.periods["as_of"].to_list())
        held = facts.on_the_day.join(_deciding(open_), on=[*CHILD, "as_of"], how="left", maintain_order="left")
        too_soon = (pl.col("status") == "due") & pl.col("duty").is_in(first)
        answer = pl.when((pl.col("status") != "not_known").fill_null(value=True)).then(
            (pl.col("status") != "overdue").fill_null(value=True)
        )
        return held.filter(~too_soon.fill_null(value=False)).with_columns(answer.alias("is_up_to_date"))

    return population


@cache
def owed_on_the_day(*duties: str) -> Population:
    """Population: those to whom the duties are owed on the day, one row each: status, due_on, is_up_to_date.

    Owed: open on the day, or done and in force (``timescales.engine.owed_on``). Up to date: nothing is overdue; null
    when that is not known.
    """

    def population(facts: Facts) -> pl.DataFrame:
        from hearth.timescales import engine

        owed = _named(engine.owed_on(facts.occurrences_of(duties), facts.periods["as_of"].to_list()))
        known = pl.when(pl.col("status") != "not_known").then(pl.col("status") != "overdue")
        return (
            _deciding(owed)
            .join(facts.periods, on="as_of")
            .with_columns(pl.col("as_of").alias("on"), known.alias("is_up_to_date"))
        )

    return population


def _named(rows: pl.DataFrame) -> pl.DataFrame:
    """Occurrences of carers, homes and authorities under the name of the one they are owed to."""
    return rows.with_columns(pl.coalesce("child_id", "subject_id").alias("child_id"))


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
