"""A record made ready for clocks: every child, carer and home a number, tables by that number, each prepared once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache, wraps
from typing import Any

import polars as pl

from hearth.tables import catalogue
from hearth.tables.record import Record
from hearth.tables.table import IDENTIFIERS
from hearth.timescales.limits import Limits
from hearth.timescales.numbering import counted_from_birth, everyone, marked, numbers
from hearth.timescales.sharing import Once

Question = Callable[["History"], pl.DataFrame]
"""Something that clocks ask of a history."""
Parts = dict[tuple[Any, ...], pl.DataFrame]
DAYS_PER_CHILD = 1_000_000
"""Room for the days of one child in a key that sorts children and days at once."""
LARGE = 1_000
"""Children of whom working on one clock after the other takes longer than starting threads."""
MANY = 10_000_000
"""More than there are people in a record."""
EPOCH = 200_000
"""Days before 1970 that a key has room for."""
NO_AUTHORITY = pl.lit(None, pl.String)


def key(child: str, day: str | pl.Expr) -> pl.Expr:
    """One whole number that sorts by child (or span) and then by day."""
    return _key(child, day) if isinstance(day, str) else _key_of(child, day)


@cache
def _key(child: str, day: str) -> pl.Expr:
    return _key_of(child, pl.col(day))


def _key_of(child: str, on: pl.Expr) -> pl.Expr:
    return pl.col(child).cast(pl.Int64) * DAYS_PER_CHILD + EPOCH + on.to_physical().cast(pl.Int64)


@cache
def following(column: str, of: str = "child") -> pl.Expr:
    """The value of the child's next row, in a frame where the rows of each child follow on; null in the last."""
    return pl.when(pl.col(of) == pl.col(of).shift(-1)).then(pl.col(column).shift(-1))


@cache
def preceding(column: str, of: str = "child") -> pl.Expr:
    """The value of the child's row before, in a frame where the rows of each child follow on; null in the first."""
    return pl.when(pl.col(of) == pl.col(of).shift(1)).then(pl.col(column).shift(1))


ALWAYS = pl.lit(value=True)
IS_COUNTED = ~pl.col("is_short_breaks") & ~pl.col("is_under_24_hours")
PERIOD = (*map(pl.col, ("child", "period_id", "started_on", "ended_on")), pl.col("first_known_on").alias("opened_on"))
CARE = (
    *map(pl.col, ("child", "period_id", "period", "is_seen_whole")),
    pl.col("started_on").alias("care_started_on"),
    pl.coalesce("started_on", "opened_on").alias("care_began_on"),
)
WAS_HELD = ~pl.col("is_cancelled").fill_null(value=False)
HELD = (pl.col("child"), pl.col("held_on").alias("on"))
WAS_SEEN = pl.col("is_seen").fill_null(value=True)
VISIT = (pl.col("child"), pl.col("visited_on").alias("on"), pl.col("is_seen").is_not_null().alias("is_certain"))


@dataclass(frozen=True, eq=False)
class History:
    """What clocks read: the record's tables, with a number for each child in place of the identifiers."""

    record: Record
    limits: Limits
    _frames: Once[pl.DataFrame] = field(default_factory=Once, kw_only=True, repr=False)
    _parts: Once[Parts] = field(default_factory=Once, kw_only=True, repr=False)

    @property
    def children(self) -> pl.DataFrame:
        """All children: child (number), authority, child_id, born_on, died_on, adult_on (18th birthday, rule R6)."""
        return self._frames("children", self._children)

    def _children(self) -> pl.DataFrame:
        found = everyone(self.record)
        adult_on = counted_from_birth(found, self.reached("adulthood"))
        return found.with_row_index("child").hstack([adult_on.alias("adult_on")])

    @property
    def is_large(self) -> bool:
        """Whether it is worth working on several clocks at a time."""
        return self.children.height > LARGE

    def roster(self, subject: str) -> pl.DataFrame:
        """Everyone of one kind: child (number), authority, subject_id, born_on, died_on, adult_on.

        Of a carer, a home or an authority the days of birth and death are null. Numbers are unique over all kinds.
        """
        make = self._children_by_subject if subject == "child" else lambda: self._others(subject)
        return self._frames(("everyone", subject), make)

    def _children_by_subject(self) -> pl.DataFrame:
        return self.children.hstack([self.children["child_id"].alias("subject_id")])

    def _others(self, subject: str) -> pl.DataFrame:
        """All of a kind that a table names; of authorities all of the record."""
        named = [self.record[name].select(catalogue.identity(name)) for name in self._about(subject)]
        if subject == "authority":
            named.append(self.children.select("authority"))
        everyone = pl.concat(named).unique().sort(pl.all())
        nothing = [pl.lit(None, pl.Date).alias(name) for name in ("born_on", "died_on", "adult_on")]
        ids = everyone.with_columns(pl.col(IDENTIFIERS[subject]).alias("subject_id"), *nothing)
        return ids.with_row_index("child", offset=self.first_number(subject))

    def _about(self, subject: str) -> list[str]:
        return [name for name in catalogue.TABLES if catalogue.subject(name) == subject]

    def first_number(self, subject: str) -> int:
        """The number of the first of a kind."""
        kinds = list(IDENTIFIERS)
        return sum(self.roster(kind).height for kind in kinds[: kinds.index(subject)])

    def lives(self, subject: str, until: str | None) -> pl.DataFrame:
        """In the order of a roster: authority, born_on, and what ends it: died_on, adult_on (a birthday).

        ``until``: the limit that gives the age; neither death nor age ends what is owed for None.
        """
        return self._frames(("lives", subject, until), lambda: self._lives(subject, until))

    def _lives(self, subject: str, until: str | None) -> pl.DataFrame:
        lives = self.roster(subject)[["authority", "born_on", "died_on"]]
        if until is None:
            return lives.with_columns(pl.lit(None, pl.Date).alias("died_on"), pl.lit(None, pl.Date).alias("adult_on"))
        ends_on = self.birthdays(until) if subject == "child" else lives.select(self.reached(until)).to_series()
        return lives.hstack([ends_on.alias("adult_on")])

    def age(self, age: int) -> pl.Expr:
        """The day that a child born on ``born_on`` reaches an age fixed by law; for rows with born_on and authority."""
        return _age(self.limits, age)

    def reached(self, limit_id: str) -> pl.Expr:
        """The day that a child born on ``born_on`` reaches an age that is a limit; for rows with born_on, authority."""
        return _reached(self.limits, limit_id)

    def due(self, limit_id: str, day: str) -> pl.Expr:
        """The due day by a limit of the authority of each row's child, counted from a day; null where none holds."""
        if self._is_the_same_for_all(limit_id):
            return _due(self.limits, limit_id, day)
        return self.limits.due(limit_id, pl.col(day), self.authority(limit_id))

    def before(self, limit_id: str, day: str) -> pl.Expr:
        """The day that lies a limit of the authority of each row's child before another."""
        return self.limits.before(limit_id, pl.col(day), self.authority(limit_id))

    def value(self, limit_id: str, day: str) -> pl.Expr:
        """The number of a limit that is a count, as it held on a day for the authority of each row's child."""
        return self.limits.value(limit_id, pl.col(day), self.authority(limit_id))

    def authority(self, limit_id: str) -> pl.Expr:
        """The authority of each row's child, carer or home by its number; null where the limit is the same for all."""
        if self._is_the_same_for_all(limit_id):
            return NO_AUTHORITY
        everyone = pl.concat([self.roster(kind)["authority"] for kind in IDENTIFIERS])
        return pl.lit(everyone).gather(pl.col("child"))

    def _is_the_same_for_all(self, limit_id: str) -> bool:
        return not any(row.authority for row in self.limits.of(limit_id))

    def with_ages(self, rows: pl.DataFrame, **ages: int | str) -> pl.DataFrame:
        """Rows (child) with the day on which each child reaches an age, in years or a limit, under the names given."""
        return rows.hstack([self.birthdays(age).gather(rows["child"]).alias(name) for name, age in ages.items()])

    def birthdays(self, age: int | str) -> pl.Series:
        """The day on which each child, by number, reaches an age, in years or a limit."""
        on = self.age(age) if isinstance(age, int) else self.reached(age)
        return self._frames(("birthdays", age), lambda: counted_from_birth(self.children, on).to_frame())[:, 0]

    def with_lives(self, rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
        """Rows (child) with columns of ``children``."""
        return rows.hstack(self.children[list(columns)][rows["child"]])

    def is_covered(self, day: str) -> pl.Expr:
        """Whether the source shows all that was done since the day: not before its history begins."""
        since = self.record.history_from
        return ALWAYS if since is None else pl.col(day) >= since

    def shows_latest(self, needs: Iterable[str | tuple[str, ...]]) -> bool:
        """Whether the source shows the latest event of each child, of a table among the needs, and no more."""
        alternatives = [(need,) if isinstance(need, str) else need for need in needs]
        return any(name.endswith(".latest") and name in self.record.carries for names in alternatives for name in names)

    def table(self, name: str) -> pl.DataFrame:
        """A table with ``child`` (the number of whom it is about) in place of the identifiers; rows of unknown children
        are left out.
        """
        return self._frames(("table", name), lambda: self._table(name))

    def _table(self, name: str) -> pl.DataFrame:
        frame = self.record[name]
        if frame.is_empty():
            return _nobody(name)
        whose = catalogue.identity(name)
        own = frame[[column for column in frame.columns if column not in whose]].rechunk()
        numbered = own.hstack([self._numbers(frame[list(whose)].rechunk(), catalogue.subject(name))])
        return numbered.drop_nulls("child") if numbered["child"].null_count() else numbered

    def running(self, until: str | None, since: date | None, *, in_care: bool = False) -> History | None:
        """The same history of those children of whom something that ends at an age can run on the day or later.

        What ends at the age, or with death, was over for the others before ``since``, and ``in_care`` what ends with
        care; their rows are left out of ``table``. Numbers stay as they are. The whole history where nothing ends it,
        None where it is over for all.
        """
        if until is None or since is None:
            return self
        over = (pl.min_horizontal("adult_on", "died_on") < since).fill_null(value=False)
        runs = self.lives("child", until).select(~over).to_series()
        is_kept = runs & self._in_care_since(since) if in_care else runs
        if is_kept.all():
            return self
        return Running(self.record, self.limits, self, is_kept) if is_kept.any() else None

    def _in_care_since(self, day: date) -> pl.Series:
        """Of each child, by number, whether it was in care on the day or later."""
        there = self.periods.filter((pl.col("ended_on") >= day).fill_null(value=True))["child"]
        return pl.Series([False]).new_from_index(0, self.children.height).scatter(there, values=True)

    def of_kind(self, name: str, kind: str) -> pl.DataFrame:
        """The rows of one kind of a table that has a column for it, as ``table`` gives them."""
        found = self.part_of(_whole(name), kind)
        return self.table(name).clear() if found is None else found

    def part_of(self, asked: Question, kind: str) -> pl.DataFrame | None:
        """The rows of one kind of what is asked of the history, which is parted by ``kind`` once; None when none is."""
        return self._parts(asked, lambda: _by_kind(asked(self))).get((kind,))

    def of(self, asked: Question) -> pl.DataFrame:
        """What several clocks ask of the history, worked out once."""
        return self._frames(asked, lambda: asked(self))

    def _numbers(self, whose: pl.DataFrame, subject: str) -> pl.Series:
        known = self.roster(subject)[[*whose.columns, "child"]]
        return numbers(whose, known, lambda: self._frames(("marks", subject), lambda: marked(known)))

    @property
    def periods(self) -> pl.DataFrame:
        """Periods of full care over 24 hours (R8): child, period, period_id, opened_on, started_on, ended_on."""
        return self._frames("periods", self._periods)

    def _periods(self) -> pl.DataFrame:
        is_seen_whole = pl.col("started_on").is_not_null() & self.is_covered("first_known_on")
        counted = self.table("periods_of_care").filter(IS_COUNTED)
        return counted.select(*PERIOD, is_seen_whole.alias("is_seen_whole")).with_row_index("period")

    @property
    def stays(self) -> pl.DataFrame:
        """Stays in those periods, in order, with ``period`` and the period's known start (``care_started_on``)."""
        return self._frames("stays", self._stays)

    def _stays(self) -> pl.DataFrame:
        periods = self.periods.select(CARE)
        return self.table("stays").join(periods, on=["child", "period_id"], maintain_order="left")

    @property
    def reviews(self) -> pl.DataFrame:
        """Reviews held: child, on; one a day, in order. Planned and cancelled reviews are not held."""
        return self._frames("reviews", self._reviews)

    def _reviews(self) -> pl.DataFrame:
        return once_a_day(self.table("reviews").filter(WAS_HELD).select(HELD))

    @property
    def visits(self) -> pl.DataFrame:
        """Visits: child, on, is_certain (false when it is not known that the child was seen); one a day, in order."""
        return self._frames("visits", self._visits)

    def _visits(self) -> pl.DataFrame:
        return once_a_day(self.table("visits")[["child", "visited_on", "is_seen"]].filter(WAS_SEEN).select(VISIT))


@dataclass(frozen=True, eq=False)
class Running(History):
    """Part of a history: the rows of those children who are kept, under the numbers that the whole gives them."""

    whole: History
    is_kept: pl.Series

    def _children(self) -> pl.DataFrame:
        return self.whole.children

    def roster(self, subject: str) -> pl.DataFrame:
        """Everyone of one kind, as the whole history has them."""
        return self.whole.roster(subject)

    def lives(self, subject: str, until: str | None) -> pl.DataFrame:
        """The lives of everyone, as the whole history has them."""
        return self.whole.lives(subject, until)

    def birthdays(self, age: int | str) -> pl.Series:
        """The birthdays of everyone, as the whole history has them."""
        return self.whole.birthdays(age)

    def part_of(self, asked: Question, kind: str) -> pl.DataFrame | None:
        """The rows of one kind as the whole history has them, less those of children who are not kept."""
        whole = self.whole.part_of(asked, kind)
        return None if whole is None else self._frames(("part", asked, kind), lambda: self._kept(whole))

    def _kept(self, rows: pl.DataFrame) -> pl.DataFrame:
        return rows.filter(self.is_kept.gather(rows["child"]))

    def _table(self, name: str) -> pl.DataFrame:
        """A table as the whole history has it, less the rows of children who are not kept."""
        frame = self.whole.table(name)
        is_childs = catalogue.subject(name) == "child"
        return self._kept(frame) if is_childs else frame


@lru_cache(maxsize=256)
def _due(limits: Limits, limit_id: str, day: str) -> pl.Expr:
    """The due day by a limit that is the same for all; putting an expression together takes longer than a child."""
    return limits.due(limit_id, pl.col(day), NO_AUTHORITY)


@lru_cache(maxsize=256)
def _reached(limits: Limits, limit_id: str) -> pl.Expr:
    return limits.reached(limit_id, pl.col("born_on"))


@lru_cache(maxsize=256)
def _age(limits: Limits, age: int) -> pl.Expr:
    return limits.birthday(pl.col("born_on"), age)


def _by_kind(rows: pl.DataFrame) -> Parts:
    """The rows in parts by their kind; numbers stand for the kinds meanwhile, which is quicker."""
    kinds = rows["kind"].cast(pl.Categorical)
    return rows.drop("kind").hstack([kinds]).partition_by("kind", as_dict=True, include_key=False)


@cache
def _whole(name: str) -> Question:
    """The question for all of a table."""
    return lambda history: history.table(name)


@cache
def _nobody(name: str) -> pl.DataFrame:
    """A table as ``History.table`` gives it, without rows."""
    return catalogue.empty(name).drop(catalogue.identity(name)).with_columns(pl.lit(None, pl.UInt32).alias("child"))


def shared(asked: Question) -> Question:
    """The same question, worked out once for a history, however many clocks ask it."""

    @wraps(asked)
    def once(history: History) -> pl.DataFrame:
        return history.of(asked)

    return once


KEYED = key("child", "on").alias("key")
CERTAIN = pl.lit(value=True).alias("is_certain")
DOUBT = pl.col("is_certain").not_()
IS_FIRST = pl.col("key").ne_missing(pl.col("key").shift(1)) & pl.col("key").is_not_null()


def without(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The frame without these columns, whether it has them or not."""
    return frame[[column for column in frame.columns if column not in columns]]


def once_a_day(events: pl.DataFrame) -> pl.DataFrame:
    """Events (child, on, and perhaps is_certain) with a day, one a child and day, in order; certain ones win."""
    told = "is_certain" in events.columns
    keyed = events.with_columns(KEYED) if told else events.with_columns(KEYED, CERTAIN)
    is_so = keyed["key"].is_sorted() and keyed.select(IS_FIRST.all()).item()
    ordered = keyed if is_so else keyed.sort("key", DOUBT) if told else keyed.sort("key")
    return without(ordered if is_so else ordered.filter(IS_FIRST), "key")


def in_order(rows: pl.DataFrame, child: str, day: str) -> pl.DataFrame:
    """The rows in order of child and day; as they are where they stand so already."""
    keys = rows.select(key(child, day)).to_series()
    return rows if keys.is_sorted() else rows[keys.arg_sort()]
