"""The twelve tables of the return: headings, what each becomes, keys, and the years in which tables and codes hold."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
SHARED_COLUMNS = frozenset({"CHILD", "DOB", "SEX"})
"""Headings that several tables have, so that they tell nothing about which table a file is."""
OTHER_NAMES = {"PL": "PLACE", "CHILDID": "CHILD"}
"""Headings of the XML form."""
NO_REFERENCE = "XXXXXXX"
"""What the return writes where a setting has no reference number: not one setting, so read as none."""


@dataclass(frozen=True)
class Column:
    """A heading of the return and what it becomes; ``kind`` says how its cells are read (see ``reading.KINDS``).

    ``needed``: "key" (the row is identified by it), "value" (the row says nothing without it), "always" (a blank is
    noted), or "".
    """

    heading: str
    becomes: str
    kind: str
    codes: str
    needed: str


@dataclass(frozen=True)
class Table:
    """A table of the return: the file it is written to, the Hearth table it goes to, and its first collection year."""

    name: str
    file: str
    becomes: str
    first_year: int
    columns: tuple[Column, ...]

    @property
    def headings(self) -> list[str]:
        """The headings in the order of the return."""
        return [column.heading for column in self.columns]

    @property
    def key(self) -> list[str]:
        """The columns that identify a row."""
        return [column.becomes for column in self.columns if column.needed == "key"]

    @property
    def own(self) -> set[str]:
        """The headings that set the table apart from the others."""
        return set(self.headings) - SHARED_COLUMNS


FILES: Mapping[str, tuple[str, str, int]] = {
    "Header": ("header.csv", "people", 2017),
    "Episodes": ("episodes.csv", "episodes", 2017),
    "Reviews": ("reviews.csv", "reviews", 2017),
    "UASC": ("uasc.csv", "unaccompanied", 2017),
    "OC2": ("oc2.csv", "annual_outcomes", 2017),
    "OC3": ("oc3.csv", "care_leaver_birthdays", 2017),
    "AD1": ("ad1.csv", "adoptions", 2017),
    "PlacedAdoption": ("placed_for_adoption.csv", "adoptions", 2017),
    "PrevPerm": ("previous_permanence.csv", "previous_permanence", 2017),
    "Missing": ("missing.csv", "missing_episodes", 2017),
    "SWEpisodes": ("sw_episodes.csv", "allocations", 2024),
    "DoLo": ("dolo.csv", "deprivations_of_liberty", 2027),
}
DERIVED: Mapping[str, tuple[str, ...]] = {"Header": ("UASC",), "Episodes": ("PL_DISTANCE", "PL_LA", "PL_LOCATION")}
"""Items that are worked out from others, and that some systems put on the files all the same."""


@cache
def tables() -> Mapping[str, Table]:
    """The tables by name."""
    with (HERE / "columns.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        name: Table(name, file, becomes, first, tuple(_column(row) for row in rows if row["table"] == name))
        for name, (file, becomes, first) in FILES.items()
    }


def _column(row: Mapping[str, str]) -> Column:
    return Column(row["column"], row["becomes"], row["kind"], row["codes"], row["needed"])


@cache
def last_years(code_list: str) -> Mapping[str, int]:
    """The codes of a list that were retired, with the last collection year in which they held."""
    with (HERE / "retired.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: int(row["last_year"]) for row in csv.DictReader(file) if row["codes"] == code_list}


def heading(text: str) -> str:
    """A heading as the return writes it, whatever its case and blanks."""
    tidy = re.sub(r"[\s_\-]+", "_", text.strip().upper())
    return OTHER_NAMES.get(tidy, tidy)


def table_of(headings: Iterable[str]) -> str | None:
    """The table whose headings these are, None for no table of the return; case and blanks do not matter."""
    given = {heading(text) for text in headings}
    share = {name: len(table.own & given) / len(table.own) for name, table in tables().items()}
    best = max(share, key=lambda name: share[name])
    return best if share[best] > 0 and "CHILD" in given else None


def lacks_child(headings: Iterable[str]) -> str | None:
    """The table that a file would be (half of its own headings or more), had it a column CHILD; None otherwise."""
    given = {heading(text) for text in headings}
    found = [name for name, table in tables().items() if 2 * len(table.own & given) >= len(table.own)]
    return found[0] if found and "CHILD" not in given else None


def expected(year: int) -> Collection[str]:
    """The tables that the return of that collection year has."""
    return [name for name, table in tables().items() if table.first_year <= year]


def first_day(year: int) -> date:
    """The first day of the collection year ending on 31 March of ``year``; long ago where that is not known (0)."""
    return date(year - 1, 4, 1) if year else date(1900, 1, 2)


def last_day(year: int) -> date:
    """The last day of the collection year; far ahead where the year is not known (0)."""
    return date(year, 3, 31) if year else date(2100, 12, 31)
