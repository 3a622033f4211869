"""School days and terms from a table of term dates (rule R12); the table is the authority's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import polars as pl

from hearth.timescales.holidays import bank_holidays

COLUMNS = ("term", "start", "end", "half_term_start", "half_term_end")


class TermDatesMissingError(ValueError):
    """A school day was asked for that the table of term dates does not reach."""


@dataclass(frozen=True, eq=False)
class Terms:
    """Term dates of one authority or school: columns term, start, end, half_term_start, half_term_end (days)."""

    table: pl.DataFrame

    @classmethod
    def read(cls, path: Path) -> Terms:
        """Terms from a CSV file with ISO dates. Raises ValueError naming the columns that the file lacks."""
        found = pl.read_csv(path, infer_schema=False)
        lacking = [column for column in COLUMNS if column not in found.columns]
        if lacking:
            raise ValueError(f"{path.name} lacks the columns {', '.join(lacking)} of a table of term dates")
        return cls(found.with_columns(pl.col(COLUMNS[1:]).str.to_date()).sort("start"))

    @cached_property
    def school_days(self) -> pl.Series:
        """Weekdays inside term, not half-term, not bank holidays, in order."""
        each = self.table.with_columns(pl.date_ranges("start", "end").alias("day")).explode("day")
        halfway = pl.col("day").is_between("half_term_start", "half_term_end").fill_null(value=False)
        works = pl.col("day").dt.is_business_day(holidays=list(bank_holidays()))
        return each.filter(works & ~halfway)["day"].sort()

    def after(self, start: date, n: int) -> date:
        """The n-th school day after ``start``, which is day 0."""
        return self._at(int(self.school_days.search_sorted(start, side="right")) + n - 1, start)

    def counting_from(self, start: date, n: int) -> date:
        """The n-th school day counting ``start`` as day 1 when it is one (R16)."""
        return self._at(int(self.school_days.search_sorted(start, side="left")) + n - 1, start)

    def end_of_term(self, start: date, n: int) -> date:
        """The last school day of the n-th term after the one that ``start`` lies in (or has just followed)."""
        at = int(self.table["start"].search_sorted(start, side="right")) - 1 + n
        if not 0 <= at < self.table.height or start < self.table["start"][0]:
            raise self._missing(start)
        end: date = self.table["end"][at]
        last: date = self.school_days.filter(self.school_days <= end)[-1]
        return last

    def _at(self, index: int, start: date) -> date:
        if index >= len(self.school_days) or start < self.table["start"][0]:
            raise self._missing(start)
        day: date = self.school_days[index]
        return day

    def _missing(self, start: date) -> TermDatesMissingError:
        first, last = self.table["start"][0], self.table["end"][-1]
        return TermDatesMissingError(
            f"the term dates run from {first} to {last}, which does not reach what is counted from {start}: "
            "add the terms that are missing to the table of term dates"
        )
