"""Where what answers a duty is recorded: the form, what it begins with, and the row that it brings up to date."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from hearth.timescales.acts import TABLES_OF_ACTS
from hearth.timescales.catalogue import DUTIES
from hearth.web.children.sheets import addresses
from hearth.web.children.sheets.rows import ROW, WAITS

OF_KIND: Mapping[str, tuple[str, str]] = {
    **{table: (column, "") for table, (column, _, _) in TABLES_OF_ACTS.items()},
    "arrangements": ("kind", ""),
    "requests": ("kind", "raised_on"),
}
"""Tables whose rows are of a kind, which a duty needs as ``table.code``: the column of the kind, and that of the day by
which the row is found that is brought up to date (none where a new one is recorded).
"""


OPENED = "opened"
"""Stands in what is given for the day from which it is owed."""


@dataclass(frozen=True)
class Place:
    """A form: ``page`` in the policy, ``given`` answers it begins with, ``row`` the column of the day of the row.

    ``waits``: the day that a row begun since lacks, which is then brought up to date; where none does, a new one is
    recorded.
    """

    page: str
    given: tuple[tuple[str, str], ...] = ()
    row: str = ""
    waits: str = ""

    def query(self, opened_on: date) -> str:
        """What stands after the address of the form: "?kind=visit&row=raised_on:2026-03-03", or nothing."""
        sought = ((ROW, self.row), (WAITS, self.waits))
        row = [(name, f"{column}:{opened_on.isoformat()}") for name, column in sought if column]
        given = [(name, opened_on.isoformat() if value == OPENED else value) for name, value in self.given]
        asked = urlencode([*given, *row])
        return f"?{asked}" if asked else ""


@cache
def place(duty: str, limit: str = "") -> Place | None:
    """Where it is recorded what answers a duty, under the limit it stands under; None where nothing on the web is."""
    return said().get(limit) or said().get(duty) or _by_needs(duty)


@cache
def said() -> Mapping[str, Place]:
    """The places that the duties do not tell by what they need: by the id of the limit or of the duty."""
    with Path(__file__).with_name("where.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["duty"]: Place(row["page"], tuple(parse_qsl(row["given"])), row["row"], row["waits"] or "") for row in rows
    }


def _by_needs(duty: str) -> Place | None:
    """The place of the last thing that its clock needs and that has one."""
    needs = [need if isinstance(need, str) else need[0] for need in DUTIES[duty].clock.needs]
    found = (found for need in reversed(needs) if (found := _by_need(need)))
    return next(found, None)


def _by_need(need: str) -> Place | None:
    table, _, code = need.partition(".")
    if code and table in OF_KIND:
        column, day = OF_KIND[table]
        page = _of_code(f"{table}.{column}", code) or _recorded_on().get(table)
        return Place(page, ((column, code),), day) if page else None
    page = _recorded_on().get(need) or _recorded_on().get(table)
    return Place(page) if page else None


def _of_code(column: str, code: str) -> str | None:
    """The form that offers the code among few: a health plan is a step, recorded among those of health."""
    table, _, name = column.partition(".")
    for kind in addresses.known():
        field = kind.form.base_fields.get(name)
        if kind.form.table_of() == table and kind.model is None and field is not None:
            offered = {value for value, _ in getattr(field, "choices", ())}
            if code in offered:
                return kind.page
    return None


@cache
def _recorded_on() -> Mapping[str, str]:
    """On which page rows of a table ("visits") and its columns ("visits.is_seen") are recorded: the forms say so."""
    asked = {
        f"{table}.{column}": kind.page
        for kind in sorted(addresses.known(), key=lambda kind: kind.model is not None)
        if (table := kind.form.table_of()) and not kind.is_only_corrected
        for column in kind.form.base_fields
    }
    return asked | {kind.model.table: kind.page for kind in addresses.known() if kind.model is not None}


@cache
def pages() -> frozenset[str]:
    """Every form that answers a duty."""
    named = {found.page for found in said().values()} | {f.page for duty in DUTIES if (f := _by_needs(duty))}
    return frozenset(named)
