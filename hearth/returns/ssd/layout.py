"""The tables and fields of the dataset as ``fields.csv`` declares them, and which table a file's headings belong to."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

HERE = Path(__file__).parent
FEWEST = 2
"""Headings that a file must share with a table to be that table; one alone may be chance."""


ALSO_FED: Mapping[str, set[str]] = {
    "ssd_immigration_status": {"unaccompanied"},
    "ssd_cla_health": {"dental_checks"},
    "ssd_professionals": {"allocations"},
    "ssd_department": {"allocations", "care_leaver_statuses"},
    "ssd_cla_episodes": {"episodes"},
    "ssd_send": {"special_needs", "ehc_requests", "ehc_plans"},
    "ssd_ehcp_requests": {"special_needs", "ehc_plans"},
    "ssd_ehcp_assessment": {"ehc_requests", "ehc_plans"},
    "ssd_ehcp_active_plans": {"special_needs"},
}
"""Hearth tables of which a table of the dataset holds rows, or to which it is a link, besides those its fields name."""


@dataclass(frozen=True)
class Field:
    """One field: its kind, and the table and column of Hearth's that it feeds (blank when it feeds none).

    Kinds: child (identifier of the child), id, text, date, moment (a day that may have a time), yes_no, number,
    whole:LOW-HIGH, code:LIST (``tables/codes``), words:LIST (``words.csv``); blank for a field that is not read.
    """

    table: str
    name: str
    kind: str
    is_key: bool
    is_required: bool
    is_event: bool
    hearth_table: str
    hearth_column: str


@dataclass(frozen=True)
class Table:
    """One table of the dataset, with its fields by name."""

    name: str
    fields: Mapping[str, Field]

    @property
    def read(self) -> list[Field]:
        """The fields that are read."""
        return [field for field in self.fields.values() if field.kind]

    @property
    def child(self) -> str | None:
        """The field that says whose row it is, where the table has one."""
        return next((field.name for field in self.read if field.kind == "child"), None)

    @property
    def key(self) -> str | None:
        """The field that identifies a row, where the table has one that is read."""
        return next((field.name for field in self.read if field.is_key), None)

    def columns(self, hearth_table: str) -> dict[str, str]:
        """Columns of the Hearth table that fields of this table feed: column to field; the child's left out."""
        fed = [field for field in self.read if field.hearth_table == hearth_table and field.kind != "child"]
        return {field.hearth_column: field.name for field in fed}


@cache
def tables() -> Mapping[str, Table]:
    """Every table of the dataset by name, in the order of the specification."""
    found: dict[str, dict[str, Field]] = {}
    with (HERE / "fields.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["table"], {})[row["field"]] = _field(row)
    return MappingProxyType({name: Table(name, fields) for name, fields in found.items()})


def _field(row: dict[str, str]) -> Field:
    asked = {question: row[question] == "yes" for question in ("is_key", "is_required", "is_event")}
    return Field(
        table=row["table"],
        name=row["field"],
        kind=row["kind"],
        hearth_table=row["hearth_table"],
        hearth_column=row["hearth_column"],
        **asked,
    )


def fed_by(table: str) -> set[str]:
    """The Hearth tables that a table of the dataset feeds."""
    own = {field.hearth_table for field in tables()[table].read if field.hearth_table}
    return own | ALSO_FED.get(table, set())


def table_of(headings: Iterable[str]) -> str | None:
    """The table with which the headings (in any case) share the most fields, two at least; None when there is none."""
    lowered = {heading.strip().lower() for heading in headings}
    shared = {name: len(lowered & set(table.fields)) for name, table in tables().items()}
    best = max(shared, key=lambda name: shared[name])
    return best if shared[best] >= FEWEST else None
