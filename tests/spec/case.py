"""A table of cases of one duty: each row is one life, with the day the duty falls due and how it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import polars as pl

from hearth.timescales import engine
from hearth.timescales.limits import Limits
from tests.timescales.builders import Cells, Tables, a_record, drawn

Life = Callable[[Cells], Tables]
IN_TIME, ON_THE_DAY, A_DAY_LATE = "in time", "on the day", "a day late"
OVERDUE, LAPSED, NOT_KNOWN = "overdue", "lapsed", "not known"
OVERTAKEN = "overtaken"
OUTCOMES = (IN_TIME, ON_THE_DAY, A_DAY_LATE, OVERDUE, LAPSED, NOT_KNOWN)
"""What every table shows, or gives a reason why it cannot be."""
ALWAYS_DATED = "the day it is counted from is always on record"
DUE_AT_ONCE = "it is due on the very day it begins"


@dataclass(frozen=True)
class Case:
    """A table of cases: the day asked about, the rows, what makes a life of a row, and which outcomes cannot be.

    ``table`` is drawn with | between columns; the last two are ``due`` (empty: cannot be told) and ``outcome``.
    ``which`` picks the occurrence spoken of: the last to open by default, or the one of that number from 0.
    """

    duty: str
    as_of: str
    life: Life
    table: str
    cannot: Mapping[str, str] = field(default_factory=dict)
    limits: Limits | None = None
    which: int = -1

    def found(self) -> list[tuple[str | None, str]]:
        """Due day and outcome of each row, as the engine gives them; each row has a record of its own."""
        return [self._of(row) for row in drawn(self.table)]

    def _of(self, row: Cells) -> tuple[str | None, str]:
        day = date.fromisoformat(self.as_of)
        occurrences = engine.occurrences(a_record(self.life(row)), [self.duty], self.limits)
        stood = engine.as_of(occurrences, [day]).sort("opened_on", "would_be_due_on", maintain_order=True)
        if stood.height <= max(self.which, 0):
            return None, "nothing owed"
        last = stood.row(self.which, named=True)
        return str(last["would_be_due_on"] or "") or None, _outcome(last)


def _outcome(row: Mapping[str, Any]) -> str:
    status, due, done = row["status"], row["due_on"], row["done_on"]
    if status == "met":
        return ON_THE_DAY if done == due else IN_TIME
    if status == "late":
        return A_DAY_LATE if done == due + timedelta(days=1) else "late"
    return NOT_KNOWN if status == "not_known" else str(status)


def frame(case: Case) -> pl.DataFrame:
    """The table as data, all text."""
    return pl.DataFrame(drawn(case.table), infer_schema_length=None)
