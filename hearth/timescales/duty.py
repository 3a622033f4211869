"""What a duty is: the computable part of a declaration, and the words that the handbook gives it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import polars as pl

from hearth.tables import catalogue as tables
from hearth.tables.record import Record
from hearth.timescales.history import History
from hearth.timescales.limits import Limits

HERE = Path(__file__).parent
Needs = tuple[str | tuple[str, ...], ...]
"""Tables and columns; of several in a tuple one is enough."""
Condition = pl.Expr | Callable[[Limits], pl.Expr]

DONE_ADDED = re.compile(r" \(done( date)?\)")
"""What the handbook adds to a day to say that the actual one counts: a worker takes it for granted."""
STEP = pl.col("step")
"""Which link of the chain this is: 0 runs from the start, 1 from the first event, and so on."""
TRIGGER = pl.col("triggered_on")
ALWAYS = pl.lit(value=True)


@dataclass(frozen=True, eq=False)
class Deed:
    """The row that records that a clock's duty was done: its table, the column of the day, and what else it says.

    ``also``: other columns that hold the same day.
    """

    table: str
    day: str
    says: Mapping[str, object] = field(default_factory=dict)
    also: tuple[str, ...] = ()

    @property
    def days(self) -> tuple[str, ...]:
        """The columns of the day."""
        return (self.day, *self.also)


@dataclass(frozen=True, eq=False)
class Overtaken:
    """What takes the place of an occurrence that was never done: a later one of the clock, of the same matter.

    ``once``: from when it does: as soon as it is asked for (``ASKED``), or only when it was done (``DONE``, for clocks
    whose spans say what was done). ``among``: the matter, a fact of the span; null: nothing takes its place.
    """

    once: str
    among: pl.Expr = ALWAYS


ASKED, DONE = "asked for", "done"
NEXT_ASKED = (Overtaken(ASKED),)
"""The next one asked for, of whatever kind, takes the place of one never done."""


@dataclass(frozen=True, eq=False)
class Clock:
    """What several duties share: the spans in which something is owed, and the events that meet it.

    ``needs``: the tables and columns without which a source can say nothing; ``also``: other tables that it reads.
    Together they name every table it reads but ``people`` (see ``reads``). ``spans(history)`` gives child, opened_on
    (first day), ended_on, and where they differ from the default: triggered_on (null: not known; default opened_on),
    done_on, is_in_time and refused_on (where the table says itself what was done), and facts that duties ask for.
    ``events(history)`` gives child, on, is_certain and facts; none when a span says itself what was done.
    ``answers(history)`` gives acts (child, on and perhaps answers_on), of which the first in each span meets it, where
    nothing more is owed in that span. ``before`` is a limit: an event or act up to that long before the span counts for
    its first duty. ``refusals(history)`` gives child, on: days on which what is owed was refused. ``until`` is the age
    (a limit) that ends it; none when neither an age nor death does. ``in_care``: no span outlasts the time in care in
    which it opened, so that nothing is owed to those whose care is over. ``not_from``: kinds of source whose tables
    leave these children out. ``subject``: to whom it is owed: child, foster_carer, childrens_home or authority; in the
    frames its number is the column child, whoever it is. ``deed``: how one more event of a chain is recorded.
    ``overtaken``: which later spans end one in which what is owed was not done; none: it stays owed until it is done or
    the span ends.
    """

    name: str
    needs: Needs
    spans: Callable[[History], pl.DataFrame]
    events: Callable[[History], pl.DataFrame] | None = None
    answers: Callable[[History], pl.DataFrame] | None = None
    before: str | None = None
    refusals: Callable[[History], pl.DataFrame] | None = None
    until: str | None = "adulthood"
    not_from: tuple[str, ...] = ()
    subject: str = "child"
    also: tuple[str, ...] = ()
    deed: Deed | None = None
    in_care: bool = False
    overtaken: tuple[Overtaken, ...] = ()

    @property
    def is_chain(self) -> bool:
        """Whether one thing done asks for the next."""
        return self.events is not None

    @cached_property
    def reads(self) -> frozenset[str]:
        """Every table that the clock reads."""
        return frozenset({"people", *(name.partition(".")[0] for name in self.named)})

    @cached_property
    def named(self) -> frozenset[str]:
        """The tables, and parts of tables ("case_actions.health_plan"), as the declaration names them."""
        needs = [name for need in self.needs for name in ((need,) if isinstance(need, str) else need)]
        return frozenset({*self.also, *needs})


@dataclass(frozen=True, eq=False)
class Duty:
    """One duty: which links of a clock are its, and the limit that gives the due day.

    ``when``: the links that are this duty's (the first duty of a clock that fits has it); ``within``: the limit, or
    several with the links each holds for, first match first; ``due``: the due day where it is more than trigger plus
    limit (an expression over ``due_on`` and the span's facts); ``known``: when the due day can be told; ``rules``: the
    rules of arithmetic that apply. ``trigger``: what the first of a chain is counted from, where the handbook's words
    say another thing; or, by limit, what whatever is due by it is counted from.
    """

    id: str
    clock: Clock
    rules: str
    when: Condition = ALWAYS
    within: str | tuple[tuple[str, Condition], ...] = ""
    due: Condition | None = None
    known: Condition | None = None
    trigger: str | Mapping[str, str] = ""

    def counted_from(self, limit: str, *, is_later: bool) -> str:
        """What a link due by a limit is counted from, in words; ``is_later``: it is not the first of a chain."""
        first, by_limit = (self.trigger, {}) if isinstance(self.trigger, str) else ("", self.trigger)
        if limit in by_limit:
            return by_limit[limit]
        if is_later:
            return DONE_ADDED.sub("", self.words.counted_from) or "the day it was last done"
        return first or self.words.trigger_event

    @property
    def cases(self) -> tuple[tuple[str, Condition], ...]:
        """The limits of the duty, each with the links it holds for."""
        return ((self.within or self.id, ALWAYS),) if isinstance(self.within, str) else self.within

    @property
    def words(self) -> Words:
        """Title, owner, law and the rest, from the handbook's table."""
        return words()[self.id]


@dataclass(frozen=True)
class Words:
    """A duty in words: one row of the handbook's table of timescales."""

    section: str
    id: str
    title: str
    status: str
    applies_to: str
    trigger_event: str
    first_due: str
    unit: str
    then_repeats: str
    counted_from: str
    variations: str
    counts_as_done: str
    responsible_role: str
    citation: str
    reported_where: str
    edge_cases: str
    verification: str


@cache
def words() -> Mapping[str, Words]:
    """The words of all duties of the handbook, by id, in its order."""
    with (HERE / "duties.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["id"]: Words(**{name: row[name] for name in Words.__dataclass_fields__}) for row in rows}


def lacking(record: Record, clock: Clock) -> list[str]:
    """Which of the clock's needs the record cannot meet, in words; of alternatives the first is named."""
    if record.kind in clock.not_from:
        return [clock.name]
    either = [(need,) if isinstance(need, str) else need for need in clock.needs]
    return [_words_of(names[0]) for names in either if len(record.lacks(names)) == len(names)]


def _words_of(need: str) -> str:
    table, _, column = need.partition(".")
    words = tables.title(table)
    words = words[0].lower() + words[1:]
    return f"{words} ({column.replace('_', ' ')})" if column else words


def condition(when: Condition, limits: Limits) -> pl.Expr:
    """The condition as an expression; some need the limits to say it."""
    return when if isinstance(when, pl.Expr) else when(limits)
