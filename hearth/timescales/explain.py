"""Why something is owed: the chain of days from what triggered a duty to the day it is due, in sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from hearth.tables.record import Record
from hearth.timescales.catalogue import DUTIES, without_number
from hearth.timescales.duty import Duty, words
from hearth.timescales.limits import Limit, Limits, national
from hearth.timescales.owed import occurrences, unavailable
from hearth.timescales.standing import as_of as standing

RULES = {
    "R1": "working days: the day it starts is day 0",
    "R2": "weekends and bank holidays in England are left out",
    "R3": "a day counted in the calendar stays where it falls, also on a day off",
    "R4": "a week is seven days",
    "R5": "months and years end on the corresponding day, or the last of a shorter month",
    "R6": "an age is reached on the birthday",
    "R7": "the next is counted from the day the last was done, not from the day it was due",
    "R8": "only a period of care over 24 hours counts, from the day it began",
    "R9": "in the first year of a placement the interval is that of the visit it runs from",
    "R10": "under five by the age on the day six months on",
    "R11": "hours pass by the clock, weekends and holidays too",
    "R12": "school days and terms of the authority",
    "R13": "13 weeks are 91 days since the 14th birthday",
    "R14": "what falls due after the 18th birthday is not owed",
    "R15": "only a move to another carer starts a new placement",
    "R16": "the rule holds from and until its own days, and 'beginning with' counts the first day",
}
"""The rules of date arithmetic in one line each."""


def explain(record: Record, child_id: str, duty_id: str, as_of: date, *, limits: Limits | None = None) -> str:
    """Why a duty is owed to a child, or not, as of a day: one line for each step of each occurrence so far.

    ``child_id``: of a duty owed to a foster carer, a home or the authority, the identifier of that.

    Raises KeyError for a duty that the handbook does not have.
    """
    title = words()[duty_id].title
    reason = unavailable(record, [duty_id]).get(duty_id)
    if reason:
        return f"{title}: not computed, because {reason}."
    found = standing(occurrences(record, [duty_id], limits), [as_of]).filter(pl.col("subject_id") == child_id)
    heading = f"{title} ({duty_id}) for {child_id}, as of {_said(as_of)}"
    duty = DUTIES[duty_id]
    if found.is_empty():
        idle = without_number(duty, limits or national())
        return f"{heading}: nothing is owed ({idle})." if idle else f"{heading}: nothing has been owed so far."
    rows = found.sort("opened_on").iter_rows(named=True)
    steps = [line for number, row in enumerate(rows, 1) for line in _steps(number, row, duty, limits or national())]
    return "\n".join([heading, *steps, *_basis(duty)])


def _steps(number: int, row: dict[str, Any], duty: Duty, limits: Limits) -> list[str]:
    """One occurrence: what it counts from, by which limit it is due, what was done, how it stands."""
    begins = f"{number}. Counted from {_said(row['triggered_on'])} ({duty.words.trigger_event})."
    said = [begins, _due(row, duty, limits), _done(row), f"So it is {row['status'].replace('_', ' ')}."]
    return [said[0], *(f"   {each}" for each in said[1:] if each)]


def _due(row: dict[str, Any], duty: Duty, limits: Limits) -> str:
    if row["would_be_due_on"] is None:
        return "The day it is due is not known."
    by = _limit(row, duty, limits)
    return f"Due {by + ', ' if by else ''}by {_said(row['would_be_due_on'])} (rules {duty.rules})."


def _limit(row: dict[str, Any], duty: Duty, limits: Limits) -> str:
    """The limit in words, where just one of the duty's limits gives the day; another rule may have moved it."""
    if row["triggered_on"] is None:
        return ""
    held = [limits.on(limit, row["triggered_on"], row["authority"]) for limit, _ in duty.cases]
    given = {_counted(limit) for limit in held if limit is not None and _gives(limit, row)}
    return given.pop() if len(given) == 1 else ""


def _gives(limit: Limit, row: dict[str, Any]) -> bool:
    counted = pl.select(limit.counted_from(pl.lit(row["triggered_on"], pl.Date))).item()
    return bool(counted == row["would_be_due_on"])


def _counted(limit: Limit) -> str:
    if limit.n is None:
        return "at once"
    unit = limit.unit.removesuffix("_inclusive").replace("_", " ")
    amount = f"{abs(limit.n)} {unit}{'' if abs(limit.n) == 1 else 's'}"
    return "on the day itself" if limit.n == 0 else f"{amount} {'before' if limit.n < 0 else 'later'}"


def _done(row: dict[str, Any]) -> str:
    refused = f" It was refused on {_said(row['refused_on'])}." if row["refused_on"] else ""
    if row["done_on"]:
        return f"Done on {_said(row['done_on'])}.{refused}"
    lapses = f" It lapses on {_said(row['lapses_on'])}." if row["lapses_on"] else ""
    return f"Not done.{refused}{lapses}"


def _basis(duty: Duty) -> list[str]:
    rules = [f"{rule}: {RULES[rule]}." for rule in duty.rules.split()]
    return [f"Law: {duty.words.citation} ({duty.words.status}).", *rules]


def _said(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "a day not known"
