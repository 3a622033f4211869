"""What holds for every clock there is: one life for each row of each duty's table of cases, all in one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from random import Random

import polars as pl
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hearth.tables import catalogue
from hearth.tables.codes import load
from hearth.tables.record import Record
from hearth.timescales import engine
from hearth.timescales.acts import TABLES_OF_ACTS
from hearth.timescales.catalogue import CLOCKS, DUTIES
from hearth.timescales.duty import Clock
from hearth.timescales.limits import Limits, national
from tests.spec.catalogue import BY_DUTY
from tests.timescales.builders import Tables, a_record, drawn, together

WHOSE = {"child": "child_id", "foster_carer": "carer_id", "childrens_home": "home_id", "authority": "authority"}
KINDS = {**{name: (kind, codes) for name, (kind, codes, _) in TABLES_OF_ACTS.items()}, "requests": ("kind", "request")}
"""Tables of which a row is of one kind: the column and the list."""
FEW = settings(max_examples=3, deadline=None, phases=[Phase.generate], database=None)
"""An example is a thousand lives, and takes about a second; there is nothing smaller to find."""
SEEDS = st.integers(0, 2**32 - 1)


@dataclass(frozen=True, eq=False)
class Lives:
    """The record of all lives, whose life is about which duty, and the limits under which all duties are owed."""

    record: Record
    duty_of: Mapping[str, str]
    limits: Limits


@cache
def lives() -> Lives:
    cases = [(duty, case) for duty, found in BY_DUTY.items() for case in found]
    rows = [(duty, case.life(row)) for duty, case in cases for row in drawn(case.table)]
    numbered = {str(n): duty for n, (duty, _) in enumerate(rows, 1)}
    own = [row for _, case in cases if case.limits for row in case.limits.rows if row not in national().rows]
    terms = {code: each for _, case in cases if case.limits for code, each in case.limits.terms.items()}
    apart = [_apart(life) if DUTIES[duty].clock.subject == "authority" else life for duty, life in rows]
    named = [_under(life, f"A{n}") if life is not rows[n - 1][1] else life for n, life in enumerate(apart, 1)]
    record = a_record(together(*named))
    return Lives(record, numbered, national().with_own(dict.fromkeys(own)).with_terms(terms))


def _apart(life: Tables) -> Tables:
    """The same life, to be put under an authority of its own."""
    return dict(life)


def _under(life: Tables, authority: str) -> Tables:
    return {name: [{"authority": authority, **row} for row in rows] for name, rows in life.items()}


def found(record: Record) -> pl.DataFrame:
    """Every occurrence, under the number of the life it is of."""
    every = engine.occurrences(record, limits=lives().limits)
    whose = pl.when(pl.col("subject") == "authority").then(pl.col("authority").str.slice(1)).otherwise("subject_id")
    return every.with_columns(pl.when(whose.is_in(list(lives().duty_of))).then(whose).alias("life")).drop("child")


@cache
def as_it_is() -> pl.DataFrame:
    """What is owed in all lives."""
    return found(lives().record)


def of_some(every: pl.DataFrame, some: list[str]) -> list[tuple[object, ...]]:
    """The rows of some lives, in an order of their own."""
    return sorted(every.filter(pl.col("life").is_in(some)).with_columns(pl.all().cast(pl.String).fill_null("")).rows())


def changed(record: Record, change: Mapping[str, pl.DataFrame]) -> Record:
    return replace(record, tables={**record.tables, **change})


def test_the_lives_feed_every_clock():
    fed = {DUTIES[duty].clock for duty in as_it_is()["duty"].cast(pl.String).unique()}
    assert {clock.name for clock in CLOCKS} - {clock.name for clock in fed} == set()
    assert engine.unavailable(lives().record) == {}


@FEW
@given(SEEDS)
def test_results_depend_on_no_other_life_and_on_no_order_of_rows(seed: int):
    chance = Random(seed)
    some = chance.sample(sorted(lives().duty_of), len(lives().duty_of) // 3)
    theirs = {n: t.sample(fraction=1, shuffle=True, seed=chance.randrange(9999)) for n, t in stored().items()}
    alone = found(
        replace(lives().record, tables={name: _of_lives(name, table, some) for name, table in theirs.items()})
    )
    assert of_some(alone, some) == of_some(as_it_is(), some)


def stored() -> Mapping[str, pl.DataFrame]:
    return {name: table for name, table in lives().record.tables.items() if table.height}


def _of_lives(name: str, table: pl.DataFrame, some: list[str]) -> pl.DataFrame:
    subject = catalogue.subject(name)
    prefix = pl.concat_str(pl.lit("A"), pl.lit(pl.Series(some))) if subject == "authority" else pl.lit(pl.Series(some))
    return table.filter(pl.col(WHOSE[subject]).is_in(prefix.implode()))


@FEW
@given(SEEDS)
def test_an_event_of_another_kind_changes_nothing(seed: int):
    """Every life has a row more of some kind that is none of its clock's."""
    chance = Random(seed)
    more: dict[str, list[dict[str, object]]] = {}
    for life, duty in lives().duty_of.items():
        name, code = chance.choice(others(DUTIES[duty].clock))
        day = {column: f"2024-{chance.randrange(1, 13):02}-15" for column in _days(name)[:1]}
        more.setdefault(name, []).append({"child_id": life, KINDS[name][0]: code, **day})
    rows = a_record(more)
    both = {name: pl.concat([lives().record[name], rows[name]]) for name in more}
    after, before = found(changed(lives().record, both)), as_it_is()
    assert own(after) == own(before)


def own(every: pl.DataFrame) -> list[tuple[object, ...]]:
    """The rows of the clock that each life is about."""
    clock = {duty: CLOCKS.index(each.clock) for duty, each in DUTIES.items()}
    mine = pl.col("life").replace_strict({life: clock[duty] for life, duty in lives().duty_of.items()}, default=None)
    of = pl.col("duty").cast(pl.String).replace_strict(clock)
    return of_some(every.filter(mine == of), list(lives().duty_of))


@cache
def others(clock: Clock) -> list[tuple[str, str]]:
    """Tables and kinds that the clock does not read."""
    needs = {need for each in clock.needs for need in ((each,) if isinstance(each, str) else each)}
    return [
        (name, code)
        for name, (_, codes) in KINDS.items()
        for code in load(codes)
        if name not in {*clock.also, *needs} and f"{name}.{code}" not in needs
    ]


def _days(name: str) -> list[str]:
    return [column for column, kind in catalogue.empty(name).schema.items() if kind == pl.Date]


@FEW
@given(st.integers(1, 200), SEEDS)
def test_an_event_moved_later_never_makes_a_duty_earlier_met(days: int, seed: int):
    """In each life one thing done is done so many days later: at no time more has been met than before."""
    moved = _moved_later(days, Random(seed))
    before, after = met(as_it_is()), met(found(changed(lives().record, moved)))
    assert sum(was != after.get(life) for life, was in before.items()) > 300
    assert [(life, lives().duty_of[life]) for life in before if _is_better(before[life], after.get(life, []))] == []


def _is_better(before: list[date], after: list[date]) -> bool:
    """Whether on some day more has been met."""
    return len(after) > len(before) or any(late < soon for soon, late in zip(before, after, strict=False))


def met(every: pl.DataFrame) -> dict[str, list[date]]:
    """For each life the days from which what is owed by its clock was met, in order."""
    clock = {duty: CLOCKS.index(each.clock) for duty, each in DUTIES.items()}
    mine = pl.col("life").replace_strict({life: clock[duty] for life, duty in lives().duty_of.items()}, default=None)
    done = every.filter(
        (mine == pl.col("duty").cast(pl.String).replace_strict(clock)) & pl.col("done_on").is_not_null()
    )
    since = pl.max_horizontal("done_on", "opened_on")
    return {life: sorted(days) for life, days in done.group_by("life").agg(since.alias("since")).iter_rows()}


def _moved_later(days: int, chance: Random) -> dict[str, pl.DataFrame]:
    """The tables in which the days of one thing done in each life lie later."""
    done = as_it_is().filter(pl.col("done_on").is_not_null()).sort("life", "duty", "opened_on")
    chosen: dict[tuple[str, str], object] = {}
    for life, duty in lives().duty_of.items():
        clock = DUTIES[duty].clock
        theirs = done.filter((pl.col("life") == life) & pl.col("duty").cast(pl.String).is_in(duties_of(clock)))
        starts = {*theirs["opened_on"], *theirs["triggered_on"]}
        free = [day for day in theirs["done_on"] if day not in starts]
        if free:
            day = chance.choice(free)
            chosen |= {(life, name): day for name in clock.reads - {"people", "episodes"}}
    return {name: _with_later(name, table, chosen, days) for name, table in stored().items()}


@cache
def duties_of(clock: Clock) -> list[str]:
    return [duty.id for duty in DUTIES.values() if duty.clock is clock]


def _with_later(name: str, table: pl.DataFrame, chosen: Mapping[tuple[str, str], object], days: int) -> pl.DataFrame:
    of_table = {life: day for (life, where), day in chosen.items() if where == name}
    if not of_table:
        return table
    whose = pl.col(WHOSE[catalogue.subject(name)]).str.strip_prefix("A")
    day = whose.replace_strict(of_table, default=None, return_dtype=pl.Date)
    later = [
        pl.when(pl.col(c) == day).then(pl.col(c).dt.offset_by(f"{days}d")).otherwise(c).alias(c) for c in _days(name)
    ]
    return table.with_columns(later)
