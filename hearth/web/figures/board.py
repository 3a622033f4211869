"""Which ten measures the board sees, in which words: data that a council's board may change (``board.csv``)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hearth.measures.catalogue import MEASURES
from hearth.measures.measure import Measure


@dataclass(frozen=True)
class Asked:
    """A measure of the board: the question a member would ask, and why it is asked."""

    measure: Measure
    question: str
    why: str


@cache
def ten() -> Sequence[Asked]:
    """The measures of the board in order. Raises KeyError for one that there is not."""
    with Path(__file__).with_name("board.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Asked(MEASURES[row["measure"]], row["question"], row["why"]) for row in csv.DictReader(file))
