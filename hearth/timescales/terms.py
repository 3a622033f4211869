"""School days and terms from a table of term dates (rule R12); the table is the authority's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Literal

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

    def counting(self, unit: str, n: int) -> Callable[[pl.Series], pl.Series]:
        """What counts n of a school unit from each day of a column; null where the term dates do not reach."""
        return partial({"school_term": self._ends_of_terms}.get(unit, partial(self._school_days, unit=unit)), n=n)

    def _school_days(self, start: pl.Series, n: int, unit: str) -> pl.Series:
        """The n-th school day after each day, or counting it (``school_day_inclusive``)."""
        side: Literal["left", "right"] = "left" if unit == "school_day_inclusive" else "right"
        at = pl.Series(self.school_days.search_sorted(start, side=side), dtype=pl.Int64) + n - 1
        return self._picked(self.school_days, at, start)

    def _ends_of_terms(self, start: pl.Series, n: int) -> pl.Series:
        """The last school day of the n-th term after the one each day lies in."""
        ends = pl.Series([self.end_of_term(day, 0) for day in self.table["start"]], dtype=pl.Date)
        at = pl.Series(self.table["start"].search_sorted(start, side="right"), dtype=pl.Int64) - 1 + n
        return self._picked(ends, at, start)

    def _picked(self, days: pl.Series, at: pl.Series, start: pl.Series) -> pl.Series:
        reached = (at < len(days)) & (start >= self.table["start"][0]) & start.is_not_null()
        inside = pl.select(pl.when(reached).then(at)).to_series()
        return days.gather(inside)

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


def by_authority(path: Path) -> Mapping[str, Terms]:
    """Term dates of several authorities from a CSV file: the columns of ``Terms`` and ``authority`` (ONS code).

    Raises ValueError naming the columns that the file lacks.
    """
    whole = Terms.read(path).table
    if "authority" not in whole.columns:
        raise ValueError(f"{path.name} lacks the column authority of a table of term dates")
    return {str(code): Terms(rows) for (code,), rows in whole.partition_by("authority", as_dict=True).items()}
