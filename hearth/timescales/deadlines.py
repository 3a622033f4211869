"""One due day at a time: any duty of the handbook, a trigger, and what else it depends on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

import polars as pl

from hearth.timescales import dates
from hearth.timescales.catalogue import DUTIES
from hearth.timescales.duty import Duty, condition
from hearth.timescales.limits import BY_SCHOOL, Limit, Limits, national
from hearth.timescales.terms import Terms

NOT_REQUIRED, PROHIBITED, NONE = "not_required", "prohibited", "none"
Deadline = date | datetime | str


@dataclass(frozen=True)
class Circumstances:
    """What a due day may depend on beside its trigger; unknown facts are null.

    ``step``: 0 for the first, 1 and more for later ones of a chain; ``began_on``: start of the placement or
    arrangement. ``stage``: the part of a limit's id after the point, for duties that are not declared (such as
    "later").
    """

    step: int = 0
    stage: str = ""
    authority: str | None = None
    born_on: date | None = None
    began_on: date | None = None
    first_review_on: date | None = None
    terms: Terms | None = None
    limits: Limits = field(default_factory=national)

    @property
    def row(self) -> pl.DataFrame:
        """The facts as the engine's link, one row."""
        facts = {
            "born_on": self.born_on,
            "first_review_on": self.first_review_on,
            "by_on": None,
        }
        days = {name: pl.Series([day], dtype=pl.Date) for name, day in facts.items()}
        row = pl.DataFrame({"step": [self.step], "authority": pl.Series([self.authority], dtype=pl.String), **days})
        year = self.limits.due("placement-first-year", pl.lit(self.began_on, pl.Date))
        return row.with_columns(year.alias("anniversary_on"))


def due(duty_id: str, triggered_on: date | datetime, given: Circumstances | None = None) -> Deadline:
    """When the duty is due: a day, a time for a limit in hours from a time, or "not_required", "prohibited" or "none"
    (it lapses first).

    Raises KeyError for a duty without a limit, ``TermDatesMissingError`` when the term dates do not reach the day,
    ValueError when a limit needs the date of birth or term dates and none is given.
    """
    facts = given or Circumstances()
    duty = DUTIES.get(duty_id)
    day = triggered_on.date() if isinstance(triggered_on, datetime) else triggered_on
    limit_id = (
        _limit_of(duty, day, facts) if duty and not facts.stage else ".".join(filter(None, (duty_id, facts.stage)))
    )
    limit = facts.limits.on(limit_id, day, facts.authority)
    if limit is None:
        return NOT_REQUIRED
    counted = _count(limit, triggered_on, facts)
    return _adjusted(duty, day, counted, facts) if duty and not isinstance(counted, str | datetime) else counted


def _limit_of(duty: Duty, day: date, facts: Circumstances) -> str:
    """The limit of the first case of the declaration that the circumstances fit."""
    link = facts.row.with_columns(pl.lit(day).alias("triggered_on"))
    for limit_id, when in duty.cases:
        fits = condition(when, facts.limits)
        if _with_unknowns(link, fits).select(fits.alias("fits")).item():
            return limit_id
    raise ValueError(f"no limit of {duty.id} is for step {facts.step}")


def _with_unknowns(link: pl.DataFrame, asked: pl.Expr) -> pl.DataFrame:
    """The link with null for each fact that is asked and not given."""
    unknown = [name for name in asked.meta.root_names() if name not in link.columns]
    return link.with_columns(pl.lit(None).alias(name) for name in unknown)


def _count(limit: Limit, start: date | datetime, facts: Circumstances) -> Deadline:
    if limit.unit == "prohibited":
        return PROHIBITED
    if limit.unit == "age":
        return _birthday(limit, facts)
    if limit.unit in BY_SCHOOL:
        return _by_school(limit, start.date() if isinstance(start, datetime) else start, facts.terms)
    if limit.unit == "hour" and isinstance(start, datetime):
        at: datetime = pl.select(dates.hours(pl.lit(start), limit.n or 0)).item()
        return at
    day = start.date() if isinstance(start, datetime) else start
    counted: date = pl.select(limit.counted_from(pl.lit(day))).item()
    return counted


def _birthday(limit: Limit, facts: Circumstances) -> date:
    if facts.born_on is None or limit.n is None:
        raise ValueError(f"{limit.id} is due by age: give the date of birth")
    whose = pl.lit(facts.authority, pl.String)
    day: date = pl.select(facts.limits.birthday(pl.lit(facts.born_on), limit.n, whose)).item()
    return day


def _by_school(limit: Limit, start: date, terms: Terms | None) -> date:
    if terms is None or limit.n is None:
        raise ValueError(f"{limit.id} is counted in school days or terms: give the authority's term dates")
    if limit.unit == "school_term":
        return terms.end_of_term(start, limit.n)
    return terms.after(start, limit.n) if limit.unit == "school_day" else terms.counting_from(start, limit.n)


def _adjusted(duty: Duty, day: date, counted: date, facts: Circumstances) -> Deadline:
    """The declaration's own word on the due day, and the birthday on which it lapses (R14)."""
    link = facts.row.with_columns(pl.lit(day).alias("triggered_on"), pl.lit(counted, pl.Date).alias("due_on"))
    own = pl.col("due_on") if duty.due is None else condition(duty.due, facts.limits)
    until = _end(duty, facts.limits).alias("lapses_on")
    found, lapses = _with_unknowns(link, own).select(own.alias("due_on"), until).row(0)
    return NONE if lapses is not None and found >= lapses else found


def _end(duty: Duty, limits: Limits) -> pl.Expr:
    """The birthday on which the duty ends; null where none does."""
    if duty.clock.until is None:
        return pl.lit(None, pl.Date)
    return limits.reached(duty.clock.until, pl.col("born_on"))
