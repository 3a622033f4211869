"""Builders of small records: rows with text dates, filled up with what a child needs to be in care."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from hearth.tables import catalogue
from hearth.tables.record import Record

AUTHORITY = "E10000020"
CHILD = "1"
Rows = Sequence[Mapping[str, object]]

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
    "care_leaver_contacts": {"is_two_way": True, "is_visit": False},
}


def a_record(tables: Mapping[str, Rows], *, without: Sequence[str] = (), kind: str = "hearth") -> Record:
    """A record of these rows (ISO dates as text; authority and child_id default to one child's).

    The source carries every table but those named in ``without``.
    """
    given = {name: frame_of(name, rows) for name, rows in tables.items()}
    carries = frozenset(name for name in catalogue.TABLES if name not in without)
    return Record(tables=given, kind=kind, carries=carries)


def frame_of(name: str, rows: Rows) -> pl.DataFrame:
    """A table of these rows, with defaults."""
    whole = [{"authority": AUTHORITY, "child_id": CHILD, **DEFAULTS.get(name, {}), **row} for row in rows]
    kinds = catalogue.empty(name).schema
    columns = {column: [_value(row.get(column), kind) for row in whole] for column, kind in kinds.items()}
    return catalogue.conform(name, pl.DataFrame(columns, schema=kinds))


def _value(value: object, kind: pl.DataType) -> object:
    if not isinstance(value, str):
        return value
    if kind == pl.Date:
        return date.fromisoformat(value)
    return pl.Series([value]).str.to_datetime("%Y-%m-%dT%H:%M").item() if kind == pl.Datetime else value


def _shared() -> Path:
    """The reference material beside the project; a path that does not exist where there is none."""
    root = next(p for p in Path(__file__).resolve().parents if (p / "pyproject.toml").exists())
    return root.parent / "shared"


SHARED = _shared()
