"""Every number of the law and of local practice as dated data, with a council's own values beside them."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl

from hearth.timescales import dates
from hearth.timescales.terms import Terms, by_authority

HERE = Path(__file__).parent
DATED = {
    "working_day": dates.working_days,
    "day": dates.days,
    "week": dates.weeks,
    "week_inclusive": dates.weeks_inclusive,
    "month": dates.months,
    "year": dates.years,
    "calendar_month": dates.end_of_calendar_month,
    "hour": dates.hours_from_day,
}
"""Units that an expression over days can count; hours are counted in whole days where only the day is known."""
BY_SCHOOL = ("school_day", "school_day_inclusive", "school_term")
OF_THEIR_OWN = ("age", "count", "percent", "pound")
"""Units that are no time that passes from a day."""
UNITS = (*DATED, *BY_SCHOOL, *OF_THEIR_OWN, "prohibited", "set_at_review")


@dataclass(frozen=True)
class Limit:
    """One number: ``n`` of ``unit``, for triggers from ``valid_from`` to ``valid_to``, of one authority or of all."""

    id: str
    n: int | None
    unit: str
    valid_from: date | None = None
    valid_to: date | None = None
    authority: str | None = None
    status: str = "local practice"
    source: str = "the council's own"

    def holds_on(self, triggered_on: date, authority: str | None) -> bool:
        """Whether the number applies to a trigger on that day for that authority."""
        late_enough = self.valid_from is None or self.valid_from <= triggered_on
        early_enough = self.valid_to is None or triggered_on <= self.valid_to
        return late_enough and early_enough and self.authority in (None, authority)

    def holds(self, triggered_on: pl.Expr, authority: pl.Expr) -> pl.Expr | None:
        """The same as an expression; None when the number always applies."""
        terms = [
            triggered_on >= self.valid_from if self.valid_from else None,
            triggered_on <= self.valid_to if self.valid_to else None,
            authority == self.authority if self.authority else None,
        ]
        given = [term for term in terms if term is not None]
        return pl.all_horizontal(given) if given else None

    def counted_from(self, start: pl.Expr) -> pl.Expr:
        """The due day as an expression; null where there is no number, or the unit is counted by ``Limits``.

        What is prohibited is owed at once: it should not have begun.
        """
        if self.unit == "prohibited":
            return start
        if self.n is None or self.unit not in DATED:
            return pl.lit(None, dtype=pl.Date)
        return DATED[self.unit](start, self.n)

    def before(self, day: pl.Expr) -> pl.Expr:
        """The day that lies the limit before another, where it counts days."""
        return self.counted_from(day) if self.n is None else replace(self, n=-self.n).counted_from(day)


@dataclass(frozen=True)
class Limits:
    """All limits; the council's own come first, and the later of two that hold wins."""

    rows: tuple[Limit, ...]
    terms: Mapping[str, Terms] = field(default_factory=dict)
    """School terms by authority; those of an authority that is not there are not known."""
    ids: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ids", frozenset(row.id for row in self.rows))

    def __hash__(self) -> int:
        """By the values: what is made from limits can be kept for all that are equal to them."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.rows, tuple(self.terms)))

    @cached_property
    def _by_id(self) -> Mapping[str, tuple[Limit, ...]]:
        """The versions of each limit, the one that wins first."""
        found: dict[str, list[Limit]] = {}
        for row in self.rows:
            found.setdefault(row.id, []).append(row)
        return {limit_id: tuple(sorted(rows, key=_rank, reverse=True)) for limit_id, rows in found.items()}

    def of(self, limit_id: str) -> tuple[Limit, ...]:
        """The versions of one limit, the one that wins first. Raises KeyError for an unknown id."""
        if limit_id not in self.ids:
            raise KeyError(f"no limit called {limit_id!r}")
        return self._by_id[limit_id]

    def on(self, limit_id: str, triggered_on: date, authority: str | None = None) -> Limit | None:
        """The limit that holds for a trigger on a day, or None."""
        return next((row for row in self.of(limit_id) if row.holds_on(triggered_on, authority)), None)

    def versions(self, limit_id: str) -> tuple[tuple[object, ...], ...]:
        """What the versions of a limit say: limits of which this is the same give the same days."""
        return tuple((row.n, row.unit, row.valid_from, row.valid_to, row.authority) for row in self.of(limit_id))

    def always(self, limit_id: str) -> bool:
        """Whether a limit holds for every trigger."""
        numbered = [row for row in self.of(limit_id) if row.n is not None or row.unit == "prohibited"]
        return any((row.valid_from, row.valid_to, row.authority) == (None, None, None) for row in numbered)

    def by_version(
        self, limit_id: str, on: pl.Expr, said: Callable[[Limit], pl.Expr], authority: pl.Expr | None = None
    ) -> pl.Expr:
        """What ``said`` makes of the version that holds on the day for the row's authority; null where none does."""
        whose = pl.col("authority") if authority is None else authority
        answer: pl.Expr = pl.lit(None)
        for row in reversed(self.of(limit_id)):
            holds = row.holds(on, whose)
            answer = said(row) if holds is None else pl.when(holds).then(said(row)).otherwise(answer)
        return answer

    def due(self, limit_id: str, start: pl.Expr, authority: pl.Expr | None = None) -> pl.Expr:
        """The due day by a limit, counted from the day ``start``; null where no version holds."""
        whose = pl.col("authority") if authority is None else authority
        return self.by_version(limit_id, start, lambda row: self._counted(row, start, whose), whose).cast(pl.Date)

    def before(self, limit_id: str, day: pl.Expr, authority: pl.Expr | None = None) -> pl.Expr:
        """The day that lies a limit before another."""
        return self.by_version(limit_id, day, lambda row: row.before(day), authority).cast(pl.Date)

    def value(self, limit_id: str, on: pl.Expr, authority: pl.Expr | None = None) -> pl.Expr:
        """The number of a limit that is a sum or a count, as it held on the day for the authority of the row."""
        return self.by_version(limit_id, on, lambda row: pl.lit(row.n, pl.Int64), authority)

    def most(self, limit_id: str) -> int:
        """The largest number that any version of a limit has."""
        return max(row.n or 0 for row in self.of(limit_id))

    def birthday(self, born_on: pl.Expr, age: int, authority: pl.Expr | None = None) -> pl.Expr:
        """The day an age is reached (R6), by the limit for those born on 29 February."""
        on = dates.years(born_on, age)
        return self.by_version("leap-day-birthday", on, lambda row: dates.birthday(born_on, age, row.n or 0), authority)

    def reached(self, limit_id: str, born_on: pl.Expr, authority: pl.Expr | None = None) -> pl.Expr:
        """The first day on which a child born on a day had the age that was then in force for the row's authority.

        A lower age in force from a day on is reached that day by those who are old enough; whoever had reached the age
        before another came into force had reached it.
        """
        whose = pl.col("authority") if authority is None else authority
        found = self._reached(limit_id, None, born_on, whose)
        for code in dict.fromkeys(row.authority for row in self.of(limit_id) if row.authority):
            found = pl.when(whose == code).then(self._reached(limit_id, code, born_on, whose)).otherwise(found)
        return found

    def _reached(self, limit_id: str, code: str | None, born_on: pl.Expr, whose: pl.Expr) -> pl.Expr:
        days = []
        for start, end, row in self._in_turn(limit_id, code):
            birthday = self.birthday(born_on, row.n or 0, whose)
            day = birthday if start is None else pl.when(birthday < start).then(pl.lit(start)).otherwise(birthday)
            days.append(day if end is None else pl.when(day < end).then(day))
        return days[0] if len(days) == 1 else pl.min_horizontal(days)

    def _in_turn(self, limit_id: str, authority: str | None) -> Iterator[tuple[date | None, date | None, Limit]]:
        """The versions one after another as they hold for an authority: first day, first day no longer, version."""
        mine = [row for row in self.of(limit_id) if row.authority in (None, authority)]
        starts = {row.valid_from for row in mine if row.valid_from}
        ends = {row.valid_to + timedelta(days=1) for row in mine if row.valid_to}
        for start, end in pairwise([None, *sorted(starts | ends), None]):
            row = self.on(limit_id, start or date.min, authority)
            if row is not None:
                yield start, end, row

    def holds(self, limit_id: str, start: pl.Expr) -> pl.Expr:
        """Whether a version of the limit with a number holds for a trigger on the day ``start``."""
        numbered = [row for row in self.of(limit_id) if row.n is not None or row.unit == "prohibited"]
        each = [row.holds(start, pl.col("authority")) for row in numbered]
        always = any(term is None for term in each)
        return pl.lit(value=always) if always or not each else pl.any_horizontal(term for term in each)

    def since(self, limit_id: str) -> pl.Expr:
        """The first day on which a version of the limit with a number holds for the authority; null for always."""
        numbered = [row for row in self.of(limit_id) if row.n is not None]
        whose = [pl.col("authority") == row.authority if row.authority else pl.lit(value=True) for row in numbered]
        days = [pl.when(w).then(pl.lit(row.valid_from, pl.Date)) for w, row in zip(whose, numbered, strict=True)]
        return pl.min_horizontal(days) if days else pl.lit(None, pl.Date)

    def _counted(self, row: Limit, start: pl.Expr, authority: pl.Expr) -> pl.Expr:
        """The due day by one version; ages ask for ``born_on``, school days and terms for the term dates."""
        if row.n is not None and row.unit == "age":
            return self.birthday(pl.col("born_on"), row.n, authority)
        if row.n is not None and row.unit in BY_SCHOOL:
            return _by_school(self.terms, row.unit, row.n, start, authority)
        return row.counted_from(start)

    def with_own(self, own: Iterable[Limit]) -> Limits:
        """These limits with a council's own values added. Raises ValueError naming an unknown id or unit."""
        added = tuple(own)
        for row in added:
            _check(row, self.ids)
            _check_unit(row, self.of(row.id)[-1].unit)
        return Limits((*self.rows, *added), self.terms)

    def with_terms(self, terms: Mapping[str, Terms]) -> Limits:
        """These limits with the term dates of authorities, for what is counted in school days and terms."""
        return Limits(self.rows, {**self.terms, **terms})


def _by_school(terms: Mapping[str, Terms], unit: str, n: int, start: pl.Expr, authority: pl.Expr) -> pl.Expr:
    """The due day by the term dates of each authority; null where they do not reach the day."""
    due = pl.lit(None, dtype=pl.Date)
    for code, calendar in terms.items():
        counted = start.map_batches(calendar.counting(unit, n), return_dtype=pl.Date)
        due = pl.when(authority == code).then(counted).otherwise(due)
    return due


def _rank(row: Limit) -> tuple[bool, date]:
    """A council's own value goes before the nation's, a later version before an earlier."""
    return row.source == Limit.source or row.authority is not None, row.valid_from or date.min


def _check(row: Limit, known: frozenset[str]) -> None:
    if row.id not in known:
        raise ValueError(f"there is no limit called {row.id!r}: see the column limit of the list of duties")
    if row.unit not in UNITS:
        raise ValueError(f"{row.unit!r} is no unit of time for {row.id!r}: use one of {', '.join(UNITS)}")


def _check_unit(row: Limit, unit: str) -> None:
    """An age stays an age, a count a count; what is counted in days may be given in another unit of time."""
    if unit in OF_THEIR_OWN and row.unit != unit:
        raise ValueError(f"the limit {row.id!r} is given in the unit {unit}, not {row.unit!r}: give n in that unit")


@cache
def national() -> Limits:
    """The limits of law, guidance and common local practice, as the handbook gives them."""
    with (HERE / "limits.csv").open(encoding="utf-8", newline="") as file:
        return Limits(tuple(_from(row) for row in csv.DictReader(file)))


def read_own(path: Path) -> Limits:
    """The national limits with the council's own values from a settings file (``[[limits]]``, TOML).

    Each value gives id, n and unit, and where wanted authority, valid_from and valid_to:
    ``{id = "visit-year-one", n = 4, unit = "week", valid_from = 2026-01-01}``.
    Raises ValueError with one plain sentence when a value is unknown or incomplete.
    """
    settings = tomllib.loads(path.read_text(encoding="utf-8"))
    return national().with_own(own_from(row) for row in settings.get("limits", []))


def own_from(row: Mapping[str, Any]) -> Limit:
    """A council's own value from a mapping. Raises ValueError naming what it lacks or does not know."""
    lacking = [key for key in ("id", "n", "unit") if key not in row]
    unknown = [key for key in row if key not in ("id", "n", "unit", "authority", "valid_from", "valid_to")]
    if lacking or unknown:
        wrong = [f"lacks {key}" for key in lacking] + [f"has an unknown entry {key}" for key in unknown]
        raise ValueError(f"the limit {row.get('id', 'without id')!r} {' and '.join(wrong)}")
    if not isinstance(row["n"], int):
        raise ValueError(f"the limit {row['id']!r}: n must be a whole number, not {row['n']!r}")
    for name in ("valid_from", "valid_to"):
        if not isinstance(row.get(name, date.min), date):
            raise ValueError(f"the limit {row['id']!r}: {name} must be a date such as 2026-04-01, not {row[name]!r}")
    return Limit(**dict(row))


def _from(row: Mapping[str, str]) -> Limit:
    return Limit(
        id=row["id"],
        n=int(row["n"]) if row["n"] else None,
        unit=row["unit"],
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        status=row["status"],
        source=row["source"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def in_force(folder: Path) -> Limits:
    """The limits for work done in a folder: with the council's own values where ``hearth.toml`` lies in it, and the
    term dates of authorities where ``term_dates.csv`` does.

    Raises ValueError as ``read_own`` and ``terms.by_authority`` do.
    """
    settings, calendar = folder / "hearth.toml", folder / "term_dates.csv"
    own = read_own(settings) if settings.exists() else national()
    return own.with_terms(by_authority(calendar)) if calendar.exists() else own
