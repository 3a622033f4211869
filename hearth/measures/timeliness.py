"""Measures of timeliness: a duty and its measure are one thing, so these count the duties' occurrences."""

from __future__ import annotations

from functools import cache

import polars as pl

from hearth.measures.facts import CHILD, Facts
from hearth.measures.measure import Population

DONE_IN_TIME = ("met",)


@cache
def due_in_period(*duties: str) -> Population:
    """Population: occurrences of the duties that fell due in the period and did not lapse, one row each.

    Adds ``is_in_time``: done on or before the due date; not done by the reporting day is not in time; a due date not
    known is nobody's row. ``on`` is the due date.
    """

    def population(facts: Facts) -> pl.DataFrame:
        from hearth.timescales import engine

        due = engine.due_in(facts.occurrences.filter(pl.col("duty").is_in(duties)), facts.periods)
        return due.with_columns(pl.col("due_on").alias("on"), pl.col("status").is_in(DONE_IN_TIME).alias("is_in_time"))

    return population


@cache
def current_on_the_day(*duties: str) -> Population:
    """Population: children looked after on the day who have been owed one of the duties, one row each.

    Adds ``is_up_to_date`` (nothing overdue on the day; null when a needed date is not known), ``due_on``, ``done_on``
    and ``status`` of the occurrence that decides.
    """

    def population(facts: Facts) -> pl.DataFrame:
        from hearth.timescales import engine

        of_these = facts.occurrences.filter(pl.col("duty").is_in(duties))
        current = engine.current(of_these, facts.periods["as_of"].to_list())
        owed = current.select(*CHILD, "as_of", "triggered_on", "due_on", "done_on", "status")
        held = facts.on_the_day.join(owed, on=[*CHILD, "as_of"], how="inner", maintain_order="left")
        late = pl.col("status").is_in(("overdue", "missed"))
        answer = pl.when(pl.col("status") != "not_known").then(~late).alias("is_up_to_date")
        ordered = held.with_columns(answer).sort("is_up_to_date", nulls_last=True, maintain_order=True)
        return ordered.unique((*CHILD, "as_of"), keep="first", maintain_order=True)

    return population
