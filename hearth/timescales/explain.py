"""Why something is owed: the chain of days from what triggered a duty to the day it is due, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl

from hearth.tables.record import Record
from hearth.timescales.catalogue import DUTIES, without_number
from hearth.timescales.duty import Duty, words
from hearth.timescales.limits import BY_SCHOOL, Limit, Limits, national
from hearth.timescales.owed import occurrences, unavailable
from hearth.timescales.standing import as_of as standing

SHOWN = 12
"""Links of a chain that are printed; of a longer one the first and the last."""
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
    in_force = limits or national()
    heading = f"{title} ({duty_id}) for {child_id}, as of {_said(as_of)}"
    duty = DUTIES[duty_id]
    chain = _chain(record, child_id, duty, as_of, in_force)
    if not chain:
        idle = without_number(duty, in_force)
        return f"{heading}: nothing is owed ({idle})." if idle else f"{heading}: nothing has been owed so far."
    shown = chain if len(chain) <= SHOWN else [chain[0], *chain[1 - SHOWN :]]
    numbers = dict(zip(map(id, chain), range(1, len(chain) + 1), strict=True))
    steps = [_steps(numbers[id(row)], row, duty, in_force) for row in shown]
    if len(chain) > SHOWN:
        steps.insert(1, [f"   (then {len(chain) - SHOWN} more, each counted in the same way)"])
    return "\n".join([heading, *_lines(steps), *_limits_used(shown, in_force), *_basis(duty)])


def _lines(steps: Iterable[list[str]]) -> list[str]:
    return [line for lines in steps for line in lines]


def _chain(record: Record, child_id: str, duty: Duty, as_of: date, limits: Limits) -> list[dict[str, Any]]:
    """The links so far, in order: those of the duty, and those that led to them in the same span."""
    same_clock = [each.id for each in DUTIES.values() if each.clock is duty.clock]
    found = standing(occurrences(record, same_clock, limits), [as_of]).filter(pl.col("subject_id") == child_id)
    own = found.filter(pl.col("duty") == duty.id)
    if own.is_empty():
        return []
    spans = own.group_by("ended_on", "adult_on").agg(pl.col("opened_on").max().alias("last_on"))
    led = found.join(spans, on=("ended_on", "adult_on"), nulls_equal=True).filter(
        pl.col("opened_on") <= pl.col("last_on")
    )
    leads = led.filter((pl.col("duty") == duty.id) | pl.lit(value=duty.clock.events is not None))
    return leads.sort("opened_on", "occurrence").to_dicts()


def _steps(number: int, row: dict[str, Any], duty: Duty, limits: Limits) -> list[str]:
    """One occurrence: what it counts from, by which limit it is due, what was done, how it stands."""
    link = DUTIES[row["duty"]]
    named = "" if link is duty else f"{link.words.title}: counted"
    what = link.counted_from(row["limit"], is_later=row["step"] > 0)
    begins = f"{number}. {named or 'Counted'} from {_said(row['triggered_on'])} ({what})."
    said = [begins, _due(row, link, limits), _done(row), f"So it is {row['status'].replace('_', ' ')}."]
    return [said[0], *(f"   {each}" for each in said[1:] if each)]


def _due(row: dict[str, Any], duty: Duty, limits: Limits) -> str:
    if row["would_be_due_on"] is None:
        held = _held(row, limits)
        terms = " The dates of the school terms are missing." if held is not None and held.unit in BY_SCHOOL else ""
        return f"The day it is due is not known.{terms}"
    by = _limit(row, limits)
    return f"Due {by + ', ' if by else ''}by {_said(row['would_be_due_on'])} (rules {duty.rules})."


def _limit(row: dict[str, Any], limits: Limits) -> str:
    """The limit in words, where it gives the day; another rule may have moved it."""
    held = _held(row, limits)
    return counted(held) if held is not None and _gives(held, row) else ""


def _held(row: dict[str, Any], limits: Limits) -> Limit | None:
    """The version of the limit that the link was judged by."""
    return None if row["triggered_on"] is None else limits.on(row["limit"], row["triggered_on"], row["authority"])


def _gives(limit: Limit, row: dict[str, Any]) -> bool:
    if limit.unit in (*BY_SCHOOL, "age"):
        return True
    found = pl.select(limit.counted_from(pl.lit(row["triggered_on"], pl.Date))).item()
    return bool(found == row["would_be_due_on"])


def counted(limit: Limit) -> str:
    """A limit in words that say when: 20 working days later."""
    if limit.unit == "prohibited":
        return "at once, as it is not allowed"
    if limit.n is None:
        return "at once"
    if limit.unit == "age":
        return f"on the {limit.n}th birthday"
    amount = amount_of(limit)
    return "on the day itself" if limit.n == 0 else f"{amount} {'before' if limit.n < 0 else 'later'}"


def amount_of(limit: Limit) -> str:
    """The number of a limit with its unit: 20 working days."""
    unit = limit.unit.removesuffix("_inclusive").replace("_", " ")
    n = abs(limit.n or 0)
    return f"{n} {unit}{'' if n == 1 else 's'}"


def _limits_used(rows: Iterable[dict[str, Any]], limits: Limits) -> list[str]:
    """The versions of limits that the links shown were judged by, with whose they are and since when."""
    used = dict.fromkeys(held for row in rows if (held := _held(row, limits)) is not None)
    return [f"Limit {each.id}: {_version(each)}." for each in used]


def _version(limit: Limit) -> str:
    whose = "the council's own" if limit.source == Limit.source else f"national, {limit.status}"
    since = f", for what is counted from {_said(limit.valid_from)} on" if limit.valid_from else ""
    until = f", until {_said(limit.valid_to)}" if limit.valid_to else ""
    number = "not allowed" if limit.unit == "prohibited" else amount_of(limit) if limit.n else "the day itself"
    if limit.unit == "age":
        number = f"the {limit.n}th birthday"
    return f"{number} ({whose}{since}{until})"


def _done(row: dict[str, Any]) -> str:
    refused = f" It was refused on {_said(row['refused_on'])}." if row["refused_on"] else ""
    if row["done_on"]:
        return f"Done on {_said(row['done_on'])}.{refused}"
    if row["status"] == "overtaken":
        return f"Not done.{refused} The next one took its place on {_said(row['overtaken_on'])}."
    lapses = f" It lapses on {_said(row['lapses_on'])}." if row["lapses_on"] else ""
    return f"Not done.{refused}{lapses}"


def _basis(duty: Duty) -> list[str]:
    rules = [f"{rule}: {RULES[rule]}." for rule in duty.rules.split()]
    return [f"Law: {duty.words.citation} ({duty.words.status}).", *rules]


def _said(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "a day not known"
