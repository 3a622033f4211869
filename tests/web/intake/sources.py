"""Sources made in a few words: tables as lists of rows, in a record of the kind named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from hearth.tables import catalogue
from hearth.tables.record import Record
from hearth.web.access.models import User
from hearth.web.intake import frames, loading
from hearth.web.intake.models import Batch

AUTHORITY = "E10000020"
TODAY = date(2026, 3, 31)
Row = Mapping[str, Any]


def on(day: str) -> date:
    """A day as 2026-03-31."""
    return date.fromisoformat(day)


def a_source(
    kind: str = "ssd",
    carries: Sequence[str] = (),
    snapshot_on: date | None = TODAY,
    history_from: date | None = None,
    **tables: Sequence[Row],
) -> Record:
    """A source: ``a_source(visits=[{"visited_on": on("2026-03-01")}])``, of child C1 where no child is named.

    Children named in any table have a row of people; ``carries`` is all the tables given unless said.
    """
    rows = {
        name: [{"authority": AUTHORITY, "child_id": "C1", **row} for row in given] for name, given in tables.items()
    }
    named = {row["child_id"] for given in rows.values() for row in given} or {"C1"}
    known = {row["child_id"] for row in rows.get("people", ())}
    without = [{"authority": AUTHORITY, "child_id": child} for child in sorted(named - known)]
    rows = {"people": [*rows.get("people", ()), *without], **{n: r for n, r in rows.items() if n != "people"}}
    return Record(
        tables={name: _frame(name, given) for name, given in rows.items()},
        kind=kind,
        carries=frozenset(carries or rows),
        snapshot_on=snapshot_on,
        history_from=history_from,
    )


def without_people(source: Record) -> Record:
    """The source without a row of its children."""
    return replace(source, tables={**source.tables, "people": source["people"].clear()})


def _frame(name: str, rows: Sequence[Row]) -> pl.DataFrame:
    schema = {c: k for c, k in catalogue.empty(name).schema.items() if any(c in row for row in rows)}
    return catalogue.conform(name, pl.DataFrame([{c: row.get(c) for c in schema} for row in rows], schema=schema))


def loaded(source: Record, by: User | None = None, **options: Any) -> Batch:
    """Loads the source, as the command does."""
    plan = frames.plan(source, TODAY, overwrite_owned=options.get("overwrite_owned", False))
    return loading.load(source, plan, loading.Options("a source", by, TODAY, **options))


def counted(batch: Batch) -> dict[str, dict[str, int]]:
    """What the load did, by table, without what is nought."""
    names = ("new", "changed", "unchanged", "withdrawn", "kept", "set_aside")
    rows = {c.table: {name: getattr(c, name) for name in names if getattr(c, name)} for c in batch.counts.all()}
    return {table: numbers for table, numbers in rows.items() if numbers}
