"""Looking ahead: chains carried on from a day as if everything were done on the day it is due."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from hearth.tables import catalogue
from hearth.tables.record import Record
from hearth.timescales.acts import TABLES_OF_ACTS
from hearth.timescales.catalogue import CLOCKS, DUTIES
from hearth.timescales.duty import Clock, Deed
from hearth.timescales.limits import Limits
from hearth.timescales.owed import occurrences

CHAINS: tuple[Clock, ...] = tuple(clock for clock in CLOCKS if clock.deed is not None)
"""The clocks on which one thing done asks for the next."""
NOTHING_DONE = pl.DataFrame(schema={"authority": pl.String, "subject_id": pl.String, "clock": pl.Int64, "on": pl.Date})
PLANNED_ENDS = frozenset({"arrangements.ended_on"})
"""Days to come that a record may know: ends that were agreed."""


def as_known(record: Record, as_of: date) -> Record:
    """The record as it stood on a day: rows of later days are gone, later days in what is left are not known.

    A row's day is the first day that its table requires; ends of arrangements agreed for later are kept.
    """
    return replace(record, tables={name: _known(name, table, as_of) for name, table in record.tables.items()})


def _known(name: str, table: pl.DataFrame, as_of: date) -> pl.DataFrame:
    days = [column for column, kind in table.schema.items() if kind == pl.Date]
    if not days or name == "people":
        return table
    latest = max((day for day in table.select(pl.col(days).max()).row(0) if day is not None), default=as_of)
    if latest <= as_of:
        return table
    columns = catalogue.TABLES[name].columns()
    required = [day for day in days if day in columns and not columns[day].nullable]
    then = table.filter(pl.col(required[0]) <= as_of) if required else table
    hidden = [day for day in days if f"{name}.{day}" not in PLANNED_ENDS]
    return then.with_columns(pl.when(pl.col(day) <= as_of).then(day).alias(day) for day in hidden)


def carried_on(record: Record, as_of: date, until: date, limits: Limits | None = None) -> Record:
    """The record as known on the day, with a row for everything that chains ask for until the last day.

    Each is done on the day it is due; what is overdue, the day after ``as_of``.
    """
    whole = as_known(record, as_of)
    ids = [duty.id for duty in DUTIES.values() if duty.clock in CHAINS]
    part, asked = whole, ids
    done = NOTHING_DONE
    for _ in range((until - as_of).days):
        rows = _to_do(occurrences(part, asked, limits, lapsed_since=as_of, done_since=until), as_of, until)
        fresh = rows.join(done, on=done.columns, how="anti")
        if fresh.is_empty():
            break
        done = pl.concat([done, fresh])
        part = _of_these(_with(part, fresh), fresh)
        asked = _asked(fresh, ids)
    return _with(whole, done)


def _to_do(found: pl.DataFrame, as_of: date, until: date) -> pl.DataFrame:
    """What is to be done by the last day: authority, subject_id, clock, on."""
    runs = (pl.col("due_on") < pl.col("lapses_on")).fill_null(value=True) & (
        pl.col("lapses_on") > as_of + timedelta(days=1)
    ).fill_null(value=True)
    clock_of = {duty.id: CLOCKS.index(duty.clock) for duty in DUTIES.values()}
    return (
        found.filter(pl.col("done_on").is_null() & (pl.col("due_on") <= until) & runs)
        .select(
            "authority",
            "subject_id",
            pl.col("duty").cast(pl.String).replace_strict(clock_of, return_dtype=pl.Int64).alias("clock"),
            pl.max_horizontal("due_on", pl.lit(as_of + timedelta(days=1))).alias("on"),
        )
        .unique()
    )


def _with(record: Record, rows: pl.DataFrame) -> Record:
    """The record with each of these things done."""
    added: dict[str, list[pl.DataFrame]] = {}
    for (number,), of_clock in rows.group_by("clock"):
        clock = CLOCKS[int(str(number))]
        if clock.deed is not None:
            added.setdefault(clock.deed.table, []).append(_rows(clock.deed, of_clock))
    grown = {name: pl.concat([record[name], *more]) for name, more in added.items()}
    return replace(record, tables={**record.tables, **grown})


def _rows(deed: Deed, done: pl.DataFrame) -> pl.DataFrame:
    """Rows of the deed's table that record what was done."""
    whose = catalogue.identity(deed.table)[-1]
    said = [pl.lit(value).alias(column) for column, value in deed.says.items()]
    days = [pl.col("on").alias(day) for day in deed.days]
    frame = done.select("authority", pl.col("subject_id").alias(whose), *days).with_columns(said)
    return catalogue.shaped(deed.table, frame)


def _of_these(record: Record, rows: pl.DataFrame) -> Record:
    """The record of those for whom something was done; tables of carers, homes and authorities stay whole."""
    children = rows.select("authority", pl.col("subject_id").alias("child_id")).unique()
    if record["people"].join(children, on=("authority", "child_id"), how="anti").is_empty():
        return record
    return replace(
        record,
        tables={
            name: table.join(children, on=("authority", "child_id"), how="semi", maintain_order="left")
            if "child_id" in table.columns
            else table
            for name, table in record.tables.items()
            if name in READ
        },
    )


def _asked(rows: pl.DataFrame, ids: Collection[str]) -> list[str]:
    """The duties of chains that what was done may bring on: those that read what was recorded."""
    deeds = [deed for number in rows["clock"].unique() if (deed := CLOCKS[number].deed) is not None]
    return [duty_id for duty_id in ids if any(_reads(DUTIES[duty_id].clock, deed) for deed in deeds)]


def _reads(clock: Clock, deed: Deed) -> bool:
    """Whether one row more, as the deed says, may change what the clock tells: of acts only one of a kind it names."""
    if deed.table not in TABLES_OF_ACTS or deed.table in clock.named:
        return deed.table in clock.reads
    return f"{deed.table}.{deed.says[TABLES_OF_ACTS[deed.table][0]]}" in clock.named


READ = frozenset().union(*(clock.reads for clock in CHAINS)) | {"episodes"}
"""The tables that chains read."""
