"""What measures ask of a record for many days at once: each frame is prepared once and shared by all measures."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from hearth.measures import periods as periods_of_time
from hearth.tables.codes import members
from hearth.timescales.limits import national

if TYPE_CHECKING:
    from hearth.measures.measure import Population
    from hearth.measures.periods import Period
    from hearth.tables.record import Record
    from hearth.timescales.limits import Limits

CHILD = ("authority", "child_id")
KEYS = ("as_of", "period_start")
NOT_ASKED = (
    "reason_ended",
    "reason_placement_changed",
    "reason_started",
    "category_of_need",
    "urn",
    "home_postcode",
    "placement_postcode",
    "placement_authority",
    "temporary_type",
    "is_short_breaks",
)
"""Columns of stays that no measure asks of a child on a day; what ends the stay is not known on it."""
MONTHS_LOOKED_BACK = 24
"""A duty whose span ended that long before the first reporting day is history: periods reach back 12 months."""
KEPT_MB = 600
"""Populations stay in memory up to this size together, so that one council's are worked out once."""
ENDS_NOT_CARE = members("reason_episode_ceased", "X1")[0]


class Facts:
    """A record seen on many days.

    ``periods`` is the frame of periods (as_of, period_start) in order. Populations are functions of these facts and are
    worked out once: ask for them with ``of``.
    """

    def __init__(
        self,
        record: Record,
        periods: Sequence[Period],
        *,
        residents: pl.DataFrame | None = None,
        duties: frozenset[str] = frozenset(),
        limits: Limits | None = None,
    ) -> None:
        self.record = record
        self.periods = periods_of_time.frame(periods)
        self.residents = residents
        self.duties = duties
        self.limits = limits or national()
        self._done: dict[Population, pl.DataFrame] = {}

    def of(self, population: Population) -> pl.DataFrame:
        """The frame of a population, worked out once."""
        if population not in self._done:
            self._done[population] = population(self)
        return self._done[population]

    def let_go(self) -> None:
        """Forgets the largest populations, where keeping them all would cost a nation's memory."""
        sizes = {population: frame.estimated_size("mb") for population, frame in self._done.items()}
        for population in sorted(sizes, key=lambda each: -sizes[each]):
            if sum(sizes.values()) > KEPT_MB:
                del self._done[population], sizes[population]

    def let_go_of_occurrences(self) -> None:
        """Forgets the occurrences of duties, once no measure to come counts them."""
        for name in ("occurrences", "_by_duty"):
            self.__dict__.pop(name, None)

    def occurrences_of(self, duties: Sequence[str]) -> pl.DataFrame:
        """The occurrences of some duties."""
        found = [self._by_duty[duty] for duty in duties if duty in self._by_duty]
        return pl.concat(found) if found else self.occurrences.clear()

    @cached_property
    def _by_duty(self) -> dict[str, pl.DataFrame]:
        parts = self.occurrences.partition_by("duty", as_dict=True)
        return {str(duty): part for (duty,), part in parts.items()}

    @cached_property
    def people(self) -> pl.DataFrame:
        """The people in the record, one row each."""
        return self.record["people"].unique(CHILD, keep="first", maintain_order=True)

    @cached_property
    def occurrences(self) -> pl.DataFrame:
        """Occurrences of the duties that the measures asked for count (``timescales.engine.occurrences``).

        Those of a span that ended long before the first day asked for are left out: nothing asks for them any more.
        """
        from hearth.timescales import engine

        first = self.periods.select(pl.col("as_of").min().dt.offset_by(f"-{MONTHS_LOOKED_BACK}mo")).item()
        return engine.occurrences(self.record, only=sorted(self.duties), limits=self.limits, lapsed_since=first)

    @cached_property
    def in_full_care(self) -> pl.DataFrame:
        """Stays outside short-break series, which count nowhere, each with its period of care.

        Columns: those of the table stays, care_started_on (null when not known) and care_first_known_on.
        """
        stays = self.record["stays"].filter(~pl.col("is_short_breaks").fill_null(value=False))
        periods = self.periods_of_care.select(
            "authority",
            "period_id",
            pl.col("started_on").alias("care_started_on"),
            pl.col("first_known_on").alias("care_first_known_on"),
        )
        return stays.join(periods, on=("authority", "period_id"), how="inner", maintain_order="left")

    @cached_property
    def periods_of_care(self) -> pl.DataFrame:
        """Periods of care; short breaks and stays under 24 hours (rule R8) left out."""
        out = pl.col("is_short_breaks").fill_null(value=False) | pl.col("is_under_24_hours").fill_null(value=False)
        return self.record["periods_of_care"].filter(~out)

    @cached_property
    def on_the_day(self) -> pl.DataFrame:
        """Children looked after on each day, one row each, with the stay that holds.

        Columns: the keys, ``on`` (= as_of), those of ``in_full_care`` but for NOT_ASKED and the end (the stay's own
        start as stay_started_on), born_on and age. What ends later than the day is not known and left out.
        """
        stays = self.in_full_care.drop(NOT_ASKED)
        held = self.alive(stays, "started_on", "ended_on").rename({"started_on": "stay_started_on"})
        single = held.unique((*CHILD, "as_of"), keep="last", maintain_order=True) if self._overlap else held
        return self.with_age(single.drop("ended_on").with_columns(pl.col("as_of").alias("on")))

    @cached_property
    def _overlap(self) -> bool:
        """Whether a child is in two stays at once, which only bad input gives."""
        stays = self.in_full_care
        same = (pl.col("child_id") == pl.col("child_id").shift(-1)) & (
            pl.col("authority") == pl.col("authority").shift(-1)
        )
        beyond = pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("started_on").shift(-1))
        return bool(stays.select((same & beyond).any()).item())

    def with_age(self, subjects: pl.DataFrame, on: str = "on") -> pl.DataFrame:
        """The subjects with ``born_on`` and ``age`` in whole years on the day in column ``on`` (rule R6)."""
        born = self.people.select(*CHILD, "born_on")
        return subjects.join(born, on=CHILD, how="left", maintain_order="left").with_columns(
            age(pl.col("born_on"), pl.col(on)).alias("age")
        )

    def alive(self, spans: pl.DataFrame, start: str, end: str) -> pl.DataFrame:
        """Rows of ``spans`` once for each day on which they hold: start <= day and (no end or end > day).

        A start that is null means "from before the source begins". Adds as_of and period_start.
        """
        days = self.periods["as_of"]
        first = pl.when(pl.col(start).is_null()).then(0).otherwise(_before(days, spans[start]))
        last = pl.when(pl.col(end).is_null()).then(len(days)).otherwise(_before(days, spans[end]))
        return self._spread(spans, first, last)

    def inside(self, events: pl.DataFrame, day: str) -> pl.DataFrame:
        """Rows of ``events`` once for each period their day lies in: period_start <= day <= as_of."""
        known = events.filter(pl.col(day).is_not_null())
        first = _before(self.periods["as_of"], known[day])
        last = _up_to(self.periods["period_start"], known[day])
        return self._spread(known, first, last)

    def touching(self, spans: pl.DataFrame, start: str, end: str) -> pl.DataFrame:
        """Rows of ``spans`` once for each period they lie in for at least a day: start <= as_of, end > period_start."""
        first = _before(self.periods["as_of"], spans[start])
        ends = _before(self.periods["period_start"], spans[end])
        last = pl.when(pl.col(end).is_null()).then(self.periods.height).otherwise(ends)
        return self._spread(spans, first, last)

    def at_start(self, spans: pl.DataFrame, start: str, end: str) -> pl.DataFrame:
        """Rows of ``spans`` once for each period on whose first day they hold."""
        days = self.periods["period_start"]
        last = pl.when(pl.col(end).is_null()).then(len(days)).otherwise(_before(days, spans[end]))
        return self._spread(spans, _before(days, spans[start]), last)

    def _spread(self, rows: pl.DataFrame, first: pl.Expr, last: pl.Expr) -> pl.DataFrame:
        """Each row once for each period from the first to before the last, numbered in order of the periods."""
        numbered = rows.with_columns(first.cast(pl.Int64).alias("_first"), last.cast(pl.Int64).alias("_last"))
        within = numbered.filter(pl.col("_first") < pl.col("_last"))
        spread = within.with_columns(pl.int_ranges("_first", "_last").alias("_at")).explode("_at", empty_as_null=False)
        days = (self.periods[key].gather(spread["_at"]).alias(key) for key in KEYS)
        return spread.drop("_first", "_last", "_at").with_columns(days)


def age(born_on: pl.Expr, on: pl.Expr) -> pl.Expr:
    """Whole years reached on the day; born on 29 February counts as 1 March in a common year (rule R6)."""
    birthday_to_come = on.dt.month().cast(pl.Int32) * 100 + on.dt.day() < (
        born_on.dt.month().cast(pl.Int32) * 100 + born_on.dt.day()
    )
    return on.dt.year() - born_on.dt.year() - birthday_to_come.cast(pl.Int32)


def _before(days: pl.Series, moments: pl.Series) -> pl.Expr:
    """How many of the days lie before each moment."""
    return pl.lit(days.search_sorted(moments, side="left"))


def _up_to(days: pl.Series, moments: pl.Series) -> pl.Expr:
    """How many of the days lie before each moment or on it."""
    return pl.lit(days.search_sorted(moments, side="right"))
