"""Two measures for every duty, by themselves: how much was done in time in a period, who is up to date on a day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import polars as pl

from hearth.measures.measure import Measure
from hearth.measures.timeliness import FELL_DUE, due_in_period, owed_on_the_day
from hearth.tables.record import KINDS
from hearth.timescales.catalogue import DUTIES
from hearth.timescales.duty import Clock, Duty

if TYPE_CHECKING:
    from hearth.measures.facts import Facts
    from hearth.measures.periods import Period

AREA_OF: Mapping[str, str] = MappingProxyType(
    {
        "A": "permanence",
        "B": "permanence",
        "C": "safety",
        "D": "health",
        "E": "education",
        "F": "safety",
        "G": "placements",
        "H": "permanence",
        "I": "voice",
        "J": "transition",
    }
)
"""The measures' areas of the handbook's groups of duties."""
SUBJECTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "child": ("children and young people", ""),
        "foster_carer": ("fostering households", " In the list of names child_id is the household."),
        "childrens_home": ("children's homes", " In the list of names child_id is the home."),
        "authority": ("authorities", " In the list of names child_id is the authority."),
    }
)
IN_TIME, UP_TO_DATE = "in-time", "up-to-date"


def in_time(duty: Duty) -> Measure:
    """The share of what fell due in the period that was done by its day."""
    words = duty.words
    return Measure(
        id=f"{duty.id}-{IN_TIME}",
        title=f"{words.title}: done in time",
        area=AREA_OF[words.section],
        kind="percentage",
        population=due_in_period(duty.id),
        among=FELL_DUE,
        counts=pl.col("is_in_time"),
        over="period",
        numerator="of these, done on or before the day it was due",
        denominator=f"times it fell due in the period for {SUBJECTS[duty.clock.subject][0]}",
        meaning=f"{words.title}: of every 100 times it was due, how often it was done when it should have been.",
        better="higher",
        target=100,
        unit="percent",
        source=words.citation or words.status,
        follows="local",
        reading=f"Not done is not in time; what lapsed first is not counted.{SUBJECTS[duty.clock.subject][1]}",
        needs=duty.clock.needs,
        given=_not_from(duty.clock),
        duties=(duty.id,),
        shows=("due_on", "done_on", "status"),
    )


def up_to_date(duty: Duty) -> Measure:
    """The share of those to whom it is owed on the day for whom nothing is overdue."""
    words = duty.words
    return Measure(
        id=f"{duty.id}-{UP_TO_DATE}",
        title=f"{words.title}: up to date",
        area=AREA_OF[words.section],
        kind="percentage",
        population=owed_on_the_day(duty.id),
        counts=pl.col("is_up_to_date"),
        numerator="of these, those for whom it is not overdue",
        denominator=f"{SUBJECTS[duty.clock.subject][0]} to whom it is owed on the day, done or not",
        meaning=f"{words.title}: of every 100 to whom it is owed today, for how many nothing is late.",
        better="higher",
        target=100,
        unit="percent",
        source=words.citation or words.status,
        follows="local",
        reading="Owed on the day: open on it, or done while what asks for it still runs to an end that is known."
        f"{SUBJECTS[duty.clock.subject][1]}",
        needs=duty.clock.needs,
        given=_not_from(duty.clock),
        duties=(duty.id,),
        shows=("due_on", "status"),
    )


def _not_from(clock: Clock) -> Callable[[Facts, Period], str | None]:
    """What says why a kind of source that leaves a clock's children out cannot give its measures."""

    def given(facts: Facts, period: Period) -> str | None:
        kind = facts.record.kind
        return f"{KINDS[kind]} leaves out {clock.name}" if kind in clock.not_from else None

    return given


def _derived() -> dict[str, Measure]:
    return {each.id: each for duty in DUTIES.values() for each in (in_time(duty), up_to_date(duty))}


DERIVED: Mapping[str, Measure] = MappingProxyType(_derived())
"""The two measures of each duty, by id, in the order of the duties; worked out only when asked for."""
