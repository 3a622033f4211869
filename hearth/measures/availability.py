"""Says which figures a source cannot give, and why, in a sentence: never nought in place of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from hearth.measures.facts import Facts
from hearth.measures.measure import Measure
from hearth.measures.periods import Period
from hearth.tables import catalogue
from hearth.tables.record import KINDS, Record

STARTS_OF_CARE = "periods_of_care.started_on"
"""Code for the start of every period of care: a return of some years lacks it for those who came before."""

COLUMN_WORDS = {
    "missing_episodes.interview_held_on": "the day of each return interview",
    "visits.is_seen_alone": "whether the child was seen alone",
    "reviews.participation": "how the child took part in reviews",
}
NO_SNAPSHOT_DAY = "the source does not show of which day its present status of care leavers speaks"
NO_RESIDENTS = "needs the population of the area: give --comparators"
SCHEMA = {"measure": pl.String(), "as_of": pl.Date(), "period_start": pl.Date(), "unavailable": pl.String()}


def not_given(facts: Facts, measures: Iterable[Measure], by: tuple[str, ...]) -> pl.DataFrame:
    """Measures and days without a figure: measure, as_of, period_start, unavailable (why not, in a sentence)."""
    periods = [Period(*row) for row in facts.periods.iter_rows()]
    rows = [
        (each.id, period.as_of, period.period_start, sentence)
        for each in measures
        for period in periods
        if (sentence := _why_not(each, facts, period, by))
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _why_not(each: Measure, facts: Facts, period: Period, by: tuple[str, ...]) -> str | None:
    first = period.period_start if each.over == "period" else period.as_of
    return (
        lacking(facts.record, each.needs)
        or _residents_missing(each, facts, by)
        or not_covered(facts.record, first)
        or (each.given(facts, period) if each.given else None)
    )


def lacking(record: Record, needs: Iterable[str | tuple[str, ...]]) -> str | None:
    """Why the record cannot answer at all: the first need it does not carry; null when it carries all."""
    for need in needs:
        alternatives = (need,) if isinstance(need, str) else need
        if STARTS_OF_CARE in alternatives and record.history_from is not None:
            since = said(record.history_from)
            return f"needs the day each child came into care, not known for those who came before {since}"
        if all(_lacks(record, one) for one in alternatives):
            wanted = " or ".join(_words(one) for one in alternatives)
            return f"needs {wanted}, which {KINDS.get(record.kind, 'this source')} does not carry"
    return None


def _lacks(record: Record, need: str) -> bool:
    return need != STARTS_OF_CARE and bool(record.lacks([need]))


def _words(need: str) -> str:
    if need in COLUMN_WORDS:
        return COLUMN_WORDS[need]
    table, _, column = need.partition(".")
    words = catalogue.title(table)
    return f"{column.replace('_', ' ')} in {words.lower()}" if column else words[:1].lower() + words[1:]


def not_covered(record: Record, first: date) -> str | None:
    """Why a day cannot be looked at: it lies before the source begins; null when it does not."""
    if record.history_from is None or first >= record.history_from:
        return None
    return f"needs the time from {said(first)}, and the source begins on {said(record.history_from)}"


def before_snapshot(facts: Facts, period: Period) -> str | None:
    """Why a snapshot table cannot speak of a day: it was taken later."""
    taken = facts.record.snapshot_on
    if taken is None:
        return NO_SNAPSHOT_DAY
    if period.as_of >= taken:
        return None
    return f"not available before {said(taken)}, the day of which the source speaks"


def said(day: date) -> str:
    """A day in words: 31 March 2026."""
    return f"{day.day} {day:%B %Y}"


def _residents_missing(each: Measure, facts: Facts, by: tuple[str, ...]) -> str | None:
    if not each.is_of_residents:
        return None
    if facts.residents is None or facts.residents.is_empty():
        return NO_RESIDENTS
    other = [column for column in by if column != "authority"]
    return f"the population of the area is not known by {other[0].replace('_', ' ')}" if other else None
