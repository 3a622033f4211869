"""What may be said of a figure in words: against its target, against others, over the months; or that it is too soon.

Nothing is judged that chance alone could make: few children, a small change, a published figure that is rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import sqrt

import polars as pl

from hearth.measures.measure import Measure
from hearth.reports.wording import day, number

FEWEST = 10
"""Fewer than this in the denominator: one child moves the percentage by ten points or more, so nothing is said."""
NEAR = 5.0
"""Points from the target that still count as near it."""
CERTAIN = 1.96
"""Standard errors beyond which a difference is called one (19 times in 20)."""
MOST_UNKNOWN = 0.1
"""The share not known beyond which the rest may differ too much from the whole to be judged."""
NOTABLE = 0.05
"""The share by which a count on a day or an average must change to be called a change."""
FEWEST_NEIGHBOURS = 5
"""Neighbours with a printed value below which their median is not judged against."""


class Tone(StrEnum):
    """How a status is coloured; the words say the same."""

    GOOD = "good"
    NEAR = "near"
    BAD = "bad"
    PLAIN = "plain"
    SILENT = "silent"


@dataclass(frozen=True)
class Point:
    """A figure on one day; the numbers are null when withheld, not available or nobody is counted."""

    as_of: date
    period_start: date | None
    numerator: float | None
    denominator: float | None
    value: float | None
    not_known: int | None
    unavailable: str | None
    is_suppressed: bool

    @property
    def is_mostly_known(self) -> bool:
        """Are few enough not known for the others to speak for all?"""
        unknown = self.not_known or 0
        known = self.numerator if self.denominator is None else self.denominator
        return unknown <= MOST_UNKNOWN * ((known or 0) + unknown)


@dataclass(frozen=True)
class Status:
    """A few words, their tone, and a sentence why."""

    words: str
    tone: Tone
    because: str = ""


@dataclass(frozen=True)
class Direction:
    """The change over the months: words, and how clear it is in standard errors (0 when it is not clear)."""

    words: str
    tone: Tone
    strength: float = 0.0


def direction(measure: Measure, series: Sequence[Point]) -> Direction:
    """From the earliest to the latest figure of the series, where both are known."""
    if measure.statistic is not None:
        return Direction("A coefficient: compare it with nought, not with last year", Tone.SILENT)
    known = [point for point in series if point.value is not None]
    if len(known) < 2 or known[-1] is not series[-1]:
        return Direction("No earlier figure to compare with", Tone.SILENT)
    first, last = known[0], known[-1]
    if not (first.is_mostly_known and last.is_mostly_known):
        return Direction("Too much is not known to tell a direction", Tone.SILENT)
    moved = f"from {_shown(first, measure)} on {day(first.as_of)} to {_shown(last, measure)}"
    strength = _strength(measure, first, last)
    if abs(strength) < CERTAIN:
        return Direction(f"No clear change: {moved}", Tone.PLAIN)
    words = f"{'Up' if strength > 0 else 'Down'} {moved}"
    if measure.better == "neutral":
        return Direction(words, Tone.PLAIN, abs(strength))
    is_better = (strength > 0) == (measure.better == "higher")
    return Direction(words, Tone.GOOD if is_better else Tone.BAD, abs(strength))


def verdict(moved: Direction) -> str:
    """The direction in two words: getting better, getting worse; empty where more is neither, or it is not clear."""
    return {Tone.GOOD: "getting better", Tone.BAD: "getting worse"}.get(moved.tone, "")


def _shown(point: Point, measure: Measure) -> str:
    return number(point.value, measure.unit)


def _strength(measure: Measure, first: Point, last: Point) -> float:
    """The change in standard errors: of two shares, of two counts of events; otherwise 5% counts as two of them."""
    if first.value is None or last.value is None or first.value == last.value:
        return 0.0
    change = last.value - first.value
    if measure.kind == "percentage" and first.denominator and last.denominator:
        if min(first.denominator, last.denominator) < FEWEST:
            return 0.0
        return change / max(_share_error(first, last), 1e-9)
    if measure.kind in {"count", "rate"} and measure.over == "period":
        counts = (first.numerator or 0) + (last.numerator or 0)
        return ((last.numerator or 0) - (first.numerator or 0)) / sqrt(counts) if counts else 0.0
    if measure.kind == "count" and abs(change) <= NEAR:
        return 0.0
    return CERTAIN * change / (NOTABLE * abs(first.value)) if first.value else 0.0


def _share_error(first: Point, last: Point) -> float:
    """Standard error, in points, of the difference of two shares."""
    n, m = first.denominator or 1, last.denominator or 1
    pooled = ((first.numerator or 0) + (last.numerator or 0)) / (n + m)
    return 100 * sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))


def status(measure: Measure, now: Point, comparisons: pl.DataFrame, moved: Direction) -> Status:
    """The one thing to say of the figure; nothing of a neutral one, of a withheld one, or of a handful of children."""
    unsaid = _unsaid(measure, now)
    if unsaid:
        return unsaid
    if measure.target is not None:
        return _against_target(measure, now, measure.target)
    beside = _against_others(measure, now, comparisons)
    if beside:
        return beside
    if moved.strength:
        return Status(verdict(moved), moved.tone, f"{moved.words}.")
    return Status("no clear change", Tone.PLAIN, "No target is set and nothing comparable is published.")


def _unsaid(measure: Measure, now: Point) -> Status | None:
    if now.is_suppressed:
        why = "It is so small that it could point to a child, or would let a small number be worked out."
        return Status("withheld", Tone.SILENT, why)
    if now.value is None:
        return Status("nobody to count", Tone.SILENT, "Nobody is in the denominator.")
    if measure.better == "neutral":
        return Status("for information", Tone.PLAIN, "More is neither better nor worse.")
    if measure.target is None and not now.is_mostly_known:
        return Status("too much not known", Tone.SILENT, "More than one in ten is not known.")
    if measure.kind in {"percentage", "average"} and (now.denominator or 0) < FEWEST:
        return Status("too few to say", Tone.SILENT, f"There are fewer than {FEWEST} in the denominator.")
    return None


def _against_target(measure: Measure, now: Point, target: float) -> Status:
    short = (target - (now.value or 0)) * (1 if measure.better == "higher" else -1)
    aim = f"The target is {number(target, measure.unit)}."
    if short <= 0:
        return Status("on target", Tone.GOOD, aim)
    side = "below" if measure.better == "higher" else "above"
    if measure.unit == "percent" and short <= NEAR:
        return Status(f"just {side} target", Tone.NEAR, aim)
    return Status(f"{side} target", Tone.BAD, aim)


def _against_others(measure: Measure, now: Point, comparisons: pl.DataFrame) -> Status | None:
    for comparator, words in (("neighbours", "neighbours"), ("England", "England")):
        found = comparisons.filter(
            (pl.col("comparator") == comparator) & pl.col("comparable") & pl.col("value").is_not_null()
        )
        enough = pl.col("n_neighbours").fill_null(FEWEST_NEIGHBOURS) >= FEWEST_NEIGHBOURS
        found = found.filter(enough)
        if found.height:
            return _beside(measure, now, float(found["value"][0]), words, int(found["year_ended_on"].dt.year()[0]))
    return None


def _beside(measure: Measure, now: Point, other: float, words: str, year: int) -> Status:
    gap = (now.value or 0) - other
    said = f"{words[0].upper()}{words[1:]} in {year}: {number(other, measure.unit)}."
    if abs(gap) <= max(CERTAIN * _error(measure, now), 0.5):
        return Status(f"in line with {words}", Tone.PLAIN, said)
    if (gap > 0) == (measure.better == "higher"):
        return Status(f"better than {words}", Tone.GOOD, said)
    return Status(f"worse than {words}", Tone.BAD, said)


def _error(measure: Measure, now: Point) -> float:
    """How far chance alone may carry the figure, in its own unit."""
    top, bottom, value = now.numerator or 0, now.denominator or 0, now.value or 0
    if measure.kind == "percentage" and bottom:
        return 100 * sqrt(max(top * (bottom - top), 0) / bottom**3)
    if measure.kind == "rate" and top:
        return value / sqrt(top)
    return NOTABLE * abs(value) / CERTAIN
