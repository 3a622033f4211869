"""What a rule of drift is: a stage of a journey, and how long it may last before somebody must ask why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from hearth.tables.record import Record
from hearth.timescales.duty import Needs
from hearth.timescales.history import History


@dataclass(frozen=True, eq=False)
class Drift:
    """A stage of a journey that should not last.

    ``stages(history)`` gives child, opened_on (the stage began), ended_on (it is over), moved_on (the next step was
    taken; null: not yet) and, where it is not ``within`` (a limit) that says so, still_from (the first day on which it
    stands still; null: it does not). ``stage``: a sentence with {} for the day it began. ``needs`` and ``also`` as a
    clock has them; ``limits``: the ids of the limits that it asks for.
    """

    id: str
    title: str
    stage: str
    step: str
    owner: str
    stages: Callable[[History], pl.DataFrame]
    needs: Needs
    source: str
    within: str = ""
    limits: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[str, ...]:
        """Every limit that the rule depends on."""
        return (self.within, *self.limits) if self.within else self.limits

    @cached_property
    def reads(self) -> frozenset[str]:
        """Every table that the rule reads."""
        named = [name for need in self.needs for name in ((need,) if isinstance(need, str) else need)]
        return frozenset({"people", *self.also, *(name.partition(".")[0] for name in named)})

    def lacking(self, record: Record) -> list[str]:
        """Which of its needs the record cannot meet; of alternatives the first."""
        either = [(need,) if isinstance(need, str) else need for need in self.needs]
        return [names[0] for names in either if len(record.lacks(names)) == len(names)]
