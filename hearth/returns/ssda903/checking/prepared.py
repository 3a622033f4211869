"""A return made ready for its rules: columns parsed, joined and derived once, and only when a rule asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from hearth.returns.ssda903.checking import derived, places, providers
from hearth.returns.ssda903.checking.intake import LAST, ROW
from hearth.returns.ssda903.checking.metadata import Metadata
from hearth.returns.ssda903.checking.shapes import DATES, TEXT
from hearth.returns.ssda903.checking.unavailable import UnavailableError

DAY = "%d/%m/%Y"
FIRST_YEAR = 1000
"""Years have four digits: 01/02/25 is no day of the return."""


class Prepared:
    """The tables of a return, and of the year before (``_last``), column by column.

    ``column`` gives one column, ``rows`` several as a frame. A date's column holds days (null where blank or no real
    day), ``DEC:text`` what was written. ``NAME.COLUMN`` looks up another row of the child or the provider: see
    ``places``. Anything that cannot be had raises UnavailableError, which says why in one sentence.
    """

    def __init__(self, tables: Mapping[str, pl.DataFrame], metadata: Metadata) -> None:
        self.metadata = metadata
        self._tables = dict(tables)
        self._columns: dict[tuple[str, str], pl.Series] = {}
        self._frames: dict[tuple[str, ...], pl.DataFrame] = {}
        self._places: dict[tuple[str, str], tuple[str, pl.Series]] = {}

    def table(self, name: str) -> pl.DataFrame:
        """The text of a table. Raises UnavailableError when the return lacks it."""
        if name == providers.TABLE and name not in self._tables:
            self._tables[name] = providers.read(self.metadata.providers)
        if name not in self._tables:
            raise UnavailableError(_why_absent(name))
        return self._tables[name]

    def has(self, table: str, *columns: str) -> bool:
        """Whether the table, and these columns of it, can be had."""
        try:
            self.table(table)
            for name in columns:
                self.column(table, name)
        except UnavailableError:
            return False
        return True

    def column(self, table: str, name: str) -> pl.Series:
        """A column of the table by its own or a prepared name. Raises UnavailableError."""
        key = (table, name)
        if key not in self._columns:
            self._columns[key] = self._made(table, name).alias(name)
        return self._columns[key]

    def rows(self, table: str, *names: str) -> pl.DataFrame:
        """Columns of the table; the column called as the table itself numbers its rows from 0."""
        numbered = pl.int_range(self.table(table).height, dtype=pl.UInt32, eager=True).alias(table)
        return pl.DataFrame([numbered, *(self.column(table, name) for name in names)])

    def place(self, table: str, name: str) -> tuple[str, pl.Series]:
        """For each row of the table, which row of which table the name means; see ``places``."""
        key = (table, name)
        if key not in self._places:
            self._places[key] = places.find(self, table, name)
        return self._places[key]

    def remembered(self, key: tuple[str, ...], make: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        """What several columns are made from, made once."""
        if key not in self._frames:
            self._frames[key] = make()
        return self._frames[key]

    def is_table(self, name: str) -> bool:
        """Whether the return has a table of that name."""
        return name in self._tables

    def row_numbers(self, table: str) -> pl.Series:
        """The rows' numbers in the file, from 0 below the heading."""
        frame = self.table(table)
        if ROW in frame.columns and frame.schema[ROW].is_integer():
            return frame[ROW]
        return pl.int_range(frame.height, dtype=pl.Int64, eager=True).alias(ROW)

    def _made(self, table: str, name: str) -> pl.Series:
        frame = self.table(table)
        if "." in name:
            other, _, wanted = name.partition(".")
            target, at = self.place(table, other)
            return at.is_not_null() if wanted == "exists" else self.column(target, wanted).gather(at)
        if name.endswith(TEXT):
            return self._own(frame, table, name.removesuffix(TEXT))
        if name in derived.ANYWHERE or (table, name) in derived.OF_TABLE:
            return (derived.ANYWHERE.get(name) or derived.OF_TABLE[table, name])(self, table)
        if name.startswith(derived.FOUND):
            return derived.found(self, table, name)
        text = self._own(frame, table, name)
        return _days(text) if name in DATES else text

    def _own(self, frame: pl.DataFrame, table: str, name: str) -> pl.Series:
        if name not in frame.columns:
            raise UnavailableError(f"{said(table)} has no column {name}")
        return frame[name]


def _why_absent(table: str) -> str:
    if table.endswith(LAST):
        return f"there is no {said(table)}"
    return f"there is no table {table}"


def said(table: str) -> str:
    """A table as a person would call it."""
    return f"table {table.removesuffix(LAST)} of last year" if table.endswith(LAST) else table


def _days(text: pl.Series) -> pl.Series:
    day = text.str.to_date(DAY, strict=False)
    return day.set(day.dt.year() < FIRST_YEAR, None)
