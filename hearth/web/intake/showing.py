"""Problems and findings as a reader may know them: of a child whose record is restricted a row is counted, not told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hearth.web.intake.models import Problem
from hearth.web.intake.queries import RESTRICTED, is_unknown

PROBLEM = "Something is wrong in a row of a child whose record is restricted"
REMEDY = "Ask somebody named on the restriction to look at it"


@dataclass(frozen=True)
class Told:
    """A problem as it is shown, in the columns of ``Problem``."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    ours: str | None
    child_id: str | None
    problem: str
    remedy: str
    effect: str
    is_hidden: bool = False

    @property
    def where(self) -> str:
        """The row below the heading, the first being 0, or that it is the whole file that something is wrong with.

        Empty for a row of the record, which is told by child and day.
        """
        if self.row is not None:
            return str(self.row)
        return "" if self.child_id else "whole file"


def problems(found: Iterable[Problem], unknown: frozenset[str]) -> Iterator[Told]:
    """The problems in their order, those of unknown children without anything that tells of the child."""
    for row in found:
        if is_unknown(row.child_id, unknown):
            yield Told(row.file, None, None, None, None, RESTRICTED, PROBLEM, REMEDY, row.effect, is_hidden=True)
        else:
            about = (row.row, row.column, row.value, row.ours, row.child_id)
            yield Told(row.file, *about, row.problem, row.remedy, row.effect)


def findings(found: Iterable[Mapping[str, Any]], unknown: frozenset[str]) -> Iterator[Mapping[str, Any]]:
    """The findings of a check in the same way: the rule and its words are the same for every child."""
    for row in found:
        hidden = {"row": None, "child_id": RESTRICTED, "values": REMEDY, "proposed": None, "is_hidden": True}
        yield {**row, **hidden} if is_unknown(row["child_id"], unknown) else row
