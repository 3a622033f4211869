"""Which journeys stand still on a day, why, and since when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache

import polars as pl

from hearth.tables.record import Record
from hearth.timescales.drift.catalogue import DRIFTS
from hearth.timescales.drift.rule import Drift
from hearth.timescales.explain import amount_of
from hearth.timescales.history import History
from hearth.timescales.limits import Limit, Limits, national
from hearth.timescales.whose import with_workers
from hearth.timescales.worklist import Only

COLUMNS = (
    "authority",
    "child_id",
    "drift",
    "title",
    "owner",
    "team",
    "worker_id",
    "since_on",
    "still_from",
    "days_still",
    "why",
    "family_id",
)


def stages(record: Record, drift: Drift, on: Iterable[date], limits: Limits | None = None) -> pl.DataFrame:
    """Children at the stage on each of the days, one row each: authority, child_id, as_of, since_on, still_from and
    is_still (whether the journey stands still on the day).

    Nothing later than the day is known. The longest stands for a child with several. No rows where the source lacks
    what the rule needs.
    """
    days = list(on)
    if drift.lacking(record):
        return pl.DataFrame(schema=AT_STAGE)
    history = History(record, limits or national())
    spans = _dated(drift, history)
    return pl.concat([pl.DataFrame(schema=AT_STAGE), *(_at(spans, day) for day in days)])


AT_STAGE = {
    "authority": pl.String,
    "child_id": pl.String,
    "as_of": pl.Date,
    "since_on": pl.Date,
    "still_from": pl.Date,
    "is_still": pl.Boolean,
}


def _dated(drift: Drift, history: History) -> pl.DataFrame:
    """The stages with the child's names, ended at the 18th birthday, and the first day on which each stands still."""
    spans = history.with_lives(drift.stages(history), "authority", "child_id", "adult_on", "died_on")
    still = pl.col("still_from") if "still_from" in spans.columns else _day_after(drift, history.limits)
    return spans.with_columns(still, ENDED, pl.lit(drift.id).alias("drift"))


ENDED = pl.min_horizontal("ended_on", "adult_on", "died_on").alias("ended_on")


@lru_cache(maxsize=256)
def _day_after(drift: Drift, limits: Limits) -> pl.Expr:
    return limits.due(drift.within, pl.col("opened_on")).dt.offset_by("1d").alias("still_from")


def _at(spans: pl.DataFrame, day: date) -> pl.DataFrame:
    there = (pl.col("opened_on") <= day) & (pl.col("ended_on") > day).fill_null(value=True)
    waits = (pl.col("moved_on") > day).fill_null(value=True)
    is_still = waits & (pl.col("still_from") <= day).fill_null(value=False)
    found = spans.filter(there).with_columns(is_still.alias("is_still"), pl.lit(day).alias("as_of"))
    longest = found.sort("is_still", "opened_on", descending=(True, False), maintain_order=True)
    one = longest.unique(("authority", "child_id"), keep="first", maintain_order=True)
    return one.rename({"opened_on": "since_on"}).sort("authority", "child_id").select(AT_STAGE.keys())


def drifting(
    record: Record,
    as_of: date,
    *,
    only: Only | None = None,
    rules: Collection[str] | None = None,
    limits: Limits | None = None,
) -> pl.DataFrame:
    """Journeys that stand still on the day, the longest first; columns ``COLUMNS``.

    ``only`` limits the list to a team, worker, child or family; ``rules`` to some rules, by id (KeyError for another).
    """
    in_force = limits or national()
    found = [_listed(record, DRIFTS[each], as_of, in_force) for each in (DRIFTS if rules is None else rules)]
    rows = pl.concat(found)
    people = record["people"].select("authority", "child_id", "family_id").unique(("authority", "child_id"))
    placed = rows.join(people, on=("authority", "child_id"), how="left", maintain_order="left")
    named = with_workers(
        placed.with_columns(pl.lit(None, pl.String).alias("duty"), subject_id="child_id"), record, as_of
    )
    kept = (only or Only()).of(named)
    return kept.sort("still_from", "child_id", "drift", maintain_order=True).select(COLUMNS)


def spans(history: History, *, touched: Collection[str] | None = None) -> pl.DataFrame:
    """Every stage of every rule that a record shows, whenever it was: columns ``SPANS``.

    How a journey stands on a day follows by comparing the days. ``touched`` limits to the rules that
    read one of these tables, for who keeps the stages of a child in step with the record.
    """
    rules = [DRIFTS[each] for each in reading(touched) if not DRIFTS[each].lacking(history.record)]
    return pl.concat([pl.DataFrame(schema=SPANS), *(_dated(drift, history)[list(SPANS)] for drift in rules)])


SPANS = {
    "authority": pl.String,
    "child_id": pl.String,
    "drift": pl.String,
    "opened_on": pl.Date,
    "ended_on": pl.Date,
    "moved_on": pl.Date,
    "still_from": pl.Date,
}


def reading(tables: Collection[str] | None = None) -> list[str]:
    """The rules that read one of the tables, by id; all for None. Every rule reads ``people``."""
    return [id_ for id_, drift in DRIFTS.items() if tables is None or not drift.reads.isdisjoint(tables)]


def _listed(record: Record, drift: Drift, as_of: date, limits: Limits) -> pl.DataFrame:
    return _told(stages(record, drift, [as_of], limits), drift, as_of, limits)


def _told(at_stage: pl.DataFrame, drift: Drift, as_of: date, limits: Limits) -> pl.DataFrame:
    """Those at the stage that stand still, with the rule's words, for how long and why."""
    waiting = at_stage.filter("is_still")
    days = (pl.lit(as_of) - pl.col("still_from")).dt.total_days() + 1
    told = waiting.with_columns(
        pl.lit(drift.id).alias("drift"),
        pl.lit(drift.title).alias("title"),
        pl.lit(drift.owner).alias("owner"),
        days.alias("days_still"),
    )
    rows = told.select("authority", "since_on", "days_still").iter_rows()
    said = [why(drift, authority, since_on, days, limits) for authority, since_on, days in rows]
    return told.with_columns(pl.Series("why", said, pl.String))


def why(drift: Drift, authority: str, since_on: date, days_still: int, limits: Limits) -> str:
    """Sentence: the stage with its day, what did not happen, how long that is too long, and by which limit."""
    limit = limits.on(drift.within or drift.limits[0], since_on, authority)
    stage = drift.stage.format(f"{since_on.day} {since_on:%B %Y}")
    days = "1 day" if days_still == 1 else f"{days_still} days"
    said = f"The limit is {_said(limit)}: it has" if limit else "It has"
    return f"{stage}, {drift.step}. {said} stood still for {days}."


def allowed(drift: Drift, limits: Limits) -> str:
    """The limit in words."""
    return _said(limits.of(drift.within or drift.limits[0])[0])


def _said(limit: Limit) -> str:
    if limit.unit == "count":
        return f"{limit.n} reviews"
    return amount_of(limit) if limit.n else "the day of the review"


def unavailable(record: Record) -> dict[str, str]:
    """The rules that the source says nothing of, each with what it lacks."""
    return {id_: ", ".join(lacks) for id_, drift in DRIFTS.items() if (lacks := drift.lacking(record))}
