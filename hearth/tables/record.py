"""A record: the tables that one source gave, what it can and cannot say, and what was wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import polars as pl

from hearth.tables import catalogue, problems

KINDS: Mapping[str, str] = {
    "ssda903": "an SSDA903 return",
    "ssd": "the Standard Safeguarding Dataset",
    "annex_a": "an Annex A workbook",
    "hearth": "Hearth's own tables",
}


@dataclass(frozen=True, eq=False)
class Record:
    """Tables by name (see ``catalogue.TABLES``; absent means empty), with what the source is able to carry.

    ``carries`` names tables ("visits") and, where a table is carried only in part, columns
    ("missing_episodes.interview_held_on"). ``snapshot_on`` is the day a snapshot table speaks of, where there is one.
    ``history_from`` is the first day the source's history covers completely; null for all of it.
    """

    tables: Mapping[str, pl.DataFrame]
    kind: str
    carries: frozenset[str]
    snapshot_on: date | None = None
    history_from: date | None = None
    problems: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=problems.SCHEMA))
    counts: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=problems.COUNTS))

    def __getitem__(self, name: str) -> pl.DataFrame:
        """The table of that name; empty, with the right columns, when the source has none."""
        if name in catalogue.DERIVED:
            return self._journeys[name]
        found = self.tables.get(name)
        return catalogue.empty(name) if found is None else found

    @cached_property
    def _journeys(self) -> Mapping[str, pl.DataFrame]:
        from hearth.tables.journeys import derive

        return derive(self["episodes"])

    def lacks(self, needs: Iterable[str]) -> list[str]:
        """Which of the tables and columns named the source cannot carry, in order."""
        return [need for need in needs if not self._carries(need)]

    def _carries(self, need: str) -> bool:
        """A table carried without any of its columns named is carried whole."""
        table, _, column = need.partition(".")
        if need in self.carries or table in catalogue.DERIVED:
            return True
        return bool(column) and table in self.carries and not any(c.startswith(f"{table}.") for c in self.carries)

    @cached_property
    def authorities(self) -> list[str]:
        """The authorities in the record."""
        return sorted(self["people"]["authority"].unique().to_list())
