"""Builders of small records, and the table of cases in which a test states what is owed and how it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from hearth.tables import catalogue
from hearth.tables.record import Record
from hearth.timescales import engine
from hearth.timescales.limits import Limits

AUTHORITY = "E10000020"
CHILD = "1"
Rows = Sequence[Mapping[str, object]]
Tables = Mapping[str, Rows]
Cells = Mapping[str, str | None]

NOT_EVERYWHERE = ("School", "Complaints", "Voice", "Decisions", "Foster carers", "Children's homes", "The authority")
WHERE_GIVEN = {
    *(name for name, schema in catalogue.TABLES.items() for area in NOT_EVERYWHERE if schema in catalogue.AREAS[area]),
    *("case_actions", "requests", "arrangements", "risk_assessments", "entitlements"),
}
"""Tables that many systems do not keep: a record carries them only where a test speaks of them."""

DEFAULTS: dict[str, dict[str, object]] = {
    "people": {"born_on": "2012-05-10", "sex": "F"},
    "episodes": {
        "reason_started": "S",
        "legal_status": "C2",
        "category_of_need": "N1",
        "placement_type": "U6",
        "placement_provider": "PR1",
        "placement_postcode": "NR1 1AA",
    },
    "reviews": {"participation": "PN1", "is_cancelled": False},
    "visits": {"is_seen": True, "is_seen_alone": True},
    "allocations": {"worker_id": "w1", "role": "social_worker", "registration": "SW1", "team": "North"},
    "health_assessments": {"status": "Completed"},
    "dental_checks": {"status": "Completed"},
    "sdq_scores": {"score": 12},
    "missing_episodes": {"kind": "M"},
    "permanence_plans": {"option": "LTFOST18"},
    "pathway_plans": {"kind": "plan"},
    "care_leaver_contacts": {"is_two_way": True, "is_visit": False},
}


def a_record(
    tables: Tables, *, without: Sequence[str] = (), kind: str = "hearth", history_from: str | None = None
) -> Record:
    """A record of these rows (ISO dates as text; authority and child_id default to one child's).

    The source carries every table but those named in ``without``; those of ``WHERE_GIVEN`` where rows are given.
    """
    given = {name: frame_of(name, rows) for name, rows in tables.items()}
    silent = {*without, *(WHERE_GIVEN - set(given))}
    carries = frozenset(name for name in catalogue.TABLES if name not in silent)
    since = date.fromisoformat(history_from) if history_from else None
    return Record(tables=given, kind=kind, carries=carries, history_from=since)


def frame_of(name: str, rows: Rows) -> pl.DataFrame:
    """A table of these rows, with defaults."""
    whole = [_with_identity(row) | DEFAULTS.get(name, {}) | dict(row) for row in rows]
    kinds = catalogue.empty(name).schema
    columns = {column: [_value(row.get(column), kind) for row in whole] for column, kind in kinds.items()}
    return catalogue.conform(name, pl.DataFrame(columns, schema=kinds))


def _with_identity(row: Mapping[str, object]) -> dict[str, object]:
    """Of whom a row is: the number under child_id is that of the carer or home too."""
    whose = row.get("child_id", CHILD)
    return {"authority": AUTHORITY, "child_id": whose, "carer_id": whose, "home_id": whose}


def _value(value: object, kind: pl.DataType) -> object:
    if not isinstance(value, str):
        return value
    if kind == pl.Date:
        return date.fromisoformat(value)
    return pl.Series([value]).str.to_datetime("%Y-%m-%dT%H:%M").item() if kind == pl.Datetime else value


def together(*lives: Tables) -> dict[str, list[dict[str, object]]]:
    """The tables of several children in one, the children numbered from 1."""
    names = dict.fromkeys(name for life in lives for name in life)
    return {
        name: [{"child_id": str(n), **row} for n, life in enumerate(lives, 1) for row in life.get(name, [])]
        for name in names
    }


def in_care(start: str | None, end: str | None = None, **facts: object) -> dict[str, object]:
    """An episode that begins a period of care and, with an end, ends it."""
    return {"started_on": start, "ended_on": end, "reason_ended": "E8" if end else None, **facts}


def days(text: str | None, column: str, **facts: object) -> list[dict[str, object]]:
    """Rows of events from a cell such as "2025-06-09, 2025-07-20"; none from an empty cell."""
    return [{column: day.strip(), **facts} for day in text.split(",")] if text else []


def drawn(table: str) -> list[dict[str, str | None]]:
    """Rows of a table drawn with | between columns; an empty cell is None."""
    lines = [[cell.strip() or None for cell in line.split("|")] for line in table.strip().splitlines()]
    heading = [str(cell) for cell in lines[0]]
    return [dict(zip(heading, line, strict=True)) for line in lines[1:]]


def check(duty: str, as_of: str, table: str, life: Callable[[Cells], Tables], *, limits: Limits | None = None) -> None:
    """Each row of the table is one child: what ``life`` makes of it must give the row's due day and outcome.

    Columns ``due`` and ``outcome`` speak of the latest occurrence on the day; the outcome "none" is no occurrence.
    """
    rows = drawn(table)
    record = a_record(together(*(life(row) for row in rows)))
    found = engine.as_of(engine.occurrences(record, [duty], limits), [date.fromisoformat(as_of)])
    for number, row in enumerate(rows, 1):
        assert standing(found, duty, str(number)) == (row["due"], row["outcome"]), f"row {number}: {row}"


def standing(found: pl.DataFrame, duty: str, child: str = CHILD) -> tuple[str | None, str | None]:
    """The due day (computed, also of a lapsed one) and the status of a child's latest occurrence of a duty."""
    theirs = found.filter((pl.col("duty") == duty) & (pl.col("subject_id") == child)).sort("opened_on")
    if theirs.is_empty():
        return None, "none"
    last = theirs.row(-1, named=True)
    return (str(last["would_be_due_on"]) if last["would_be_due_on"] else None), last["status"]


def _shared() -> Path:
    """The reference material beside the project; a path that does not exist where there is none."""
    root = next(p for p in Path(__file__).resolve().parents if (p / "pyproject.toml").exists())
    return root.parent / "shared"


SHARED = _shared()
