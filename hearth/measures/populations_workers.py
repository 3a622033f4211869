"""Children in care and their social workers: who has one on the day, and how often the worker changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from hearth.measures.facts import CHILD
from hearth.measures.populations_year import ROW, year_started
from hearth.tables.codes import members

if TYPE_CHECKING:
    from hearth.measures.facts import Facts
    from hearth.measures.periods import Period

SOCIAL_WORKER = members("worker_role", "social_worker")[0]


def with_social_workers(facts: Facts) -> pl.DataFrame:
    """Children in care on the day: has_social_worker, worker_changes and social_workers in the 12 months to the day.

    An allocated social worker has a registration number (readings.md, Workers). A change is a social worker who follows
    a different one; a first allocation is none. social_workers counts different people, also those from before care.
    """
    workers = _in_order(facts.record["allocations"])
    children = facts.on_the_day.with_columns(year_started())
    return (
        children.join(_allocated(facts, workers), on=ROW, how="left")
        .join(_changes(children, workers), on=ROW, how="left")
        .join(_different(children, workers), on=ROW, how="left")
        .with_columns(
            pl.col("has_social_worker").fill_null(value=False), pl.col("worker_changes", "social_workers").fill_null(0)
        )
    )


def registration_given(facts: Facts, period: Period) -> str | None:
    """Why the source cannot tell registered social workers from others: no number is given for anybody."""
    numbers = facts.record["allocations"]["registration"]
    if numbers.count() or numbers.is_empty():
        return None
    return "needs the registration numbers of social workers, and the source gives none"


def _in_order(allocations: pl.DataFrame) -> pl.DataFrame:
    """Social workers in the order they began, each with the one before."""
    return (
        allocations.filter(pl.col("role") == SOCIAL_WORKER)
        .select(*CHILD, "worker_id", "registration", "started_on", "ended_on")
        .sort(*CHILD, "started_on", "ended_on", nulls_last=True)
        .with_columns(_of_same_child("worker_id"), _of_same_child("ended_on"))
    )


def _of_same_child(column: str) -> pl.Expr:
    """What the row before says, in rows sorted by child; null on a child's first."""
    same = pl.all_horizontal(pl.col(key) == pl.col(key).shift(1) for key in CHILD)
    return pl.when(same).then(pl.col(column).shift(1)).alias(f"earlier_{column}")


def _allocated(facts: Facts, workers: pl.DataFrame) -> pl.DataFrame:
    """Children with a registered social worker on the day."""
    registered = workers.filter(pl.col("registration").is_not_null()).select(*CHILD, "started_on", "ended_on")
    held = facts.alive(registered, "started_on", "ended_on")
    return held.select(ROW).unique().with_columns(has_social_worker=pl.lit(value=True))


def _changes(children: pl.DataFrame, workers: pl.DataFrame) -> pl.DataFrame:
    """Changes in the year, the first allocation of a new period of care left out."""
    first, last = _earliest(children, "year_started_on"), pl.lit(children["as_of"].max(), dtype=pl.Date)
    is_change = (pl.col("worker_id") != pl.col("earlier_worker_id")) & pl.col("started_on").is_between(first, last)
    changed = workers.filter(is_change).drop("ended_on")
    pairs = children.select(*ROW, "care_started_on", "year_started_on").join(changed, on=CHILD)
    in_year = pl.col("started_on").is_between("year_started_on", "as_of")
    ended = pl.col("earlier_ended_on")
    is_first = ((ended < pl.col("care_started_on")) & (ended < pl.col("started_on"))).fill_null(value=False)
    return pairs.filter(in_year & ~is_first).group_by(ROW).agg(worker_changes=pl.len())


def _earliest(children: pl.DataFrame, column: str) -> pl.Expr:
    return pl.lit(children[column].min(), dtype=pl.Date)


def _different(children: pl.DataFrame, workers: pl.DataFrame) -> pl.DataFrame:
    """Different social workers whose time with the child touched the year."""
    lasted = pl.col("ended_on").is_null() | (pl.col("ended_on") > _earliest(children, "year_started_on"))
    pairs = children.select(*ROW, "year_started_on").join(workers.filter(lasted), on=CHILD)
    begun = pl.col("started_on") <= pl.col("as_of")
    not_over = pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("year_started_on"))
    return pairs.filter(begun & not_over).group_by(ROW).agg(social_workers=pl.col("worker_id").n_unique())
