"""Only what a change can have touched is worked out again: each clock names every table that it reads."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from hearth.synthetic.authority import make
from hearth.tables import catalogue
from hearth.tables.record import Record
from hearth.timescales import engine
from hearth.timescales.catalogue import CLOCKS, DUTIES
from hearth.timescales.duty import Clock, lacking
from hearth.timescales.history import History
from hearth.timescales.limits import national

STORED = [name for name in catalogue.TABLES if name not in catalogue.DERIVED]


@pytest.fixture(scope="module")
def council() -> Record:
    """A small made-up authority."""
    return make(children=60, years=6, seed=3)


class Watched(Record):
    """A record that remembers which of its tables were read; derived ones come from the episodes."""

    @property
    def seen(self) -> set[str]:
        return self.__dict__.setdefault("was_read", set())

    def __getitem__(self, name: str) -> pl.DataFrame:
        self.seen.add("episodes" if name in catalogue.DERIVED else name)
        return super().__getitem__(name)


def read_by(clock: Clock, record: Record) -> set[str]:
    watched = Watched(record.tables, record.kind, record.carries)
    history = History(watched, national())
    assert all(history.roster(subject).height for subject in ("child", "authority"))
    watched.seen.clear()
    for tell in filter(None, (clock.spans, clock.events, clock.answers, clock.refusals)):
        tell(history)
    return watched.seen


def of(record: Record, child: str) -> Record:
    theirs = {n: t for n, t in record.tables.items() if catalogue.subject(n) == "child"}
    return replace(record, tables={n: t.filter(pl.col("child_id") == child) for n, t in theirs.items()})


def rows(found: pl.DataFrame) -> list[tuple[object, ...]]:
    return sorted(found.drop("child").with_columns(pl.all().cast(pl.String).fill_null("")).rows())


def test_a_clock_reads_no_table_that_it_does_not_name(council):
    unnamed = {clock.name: read_by(clock, council) - clock.reads for clock in CLOCKS}
    assert {name: tables for name, tables in unnamed.items() if tables} == {}


def test_a_duty_stays_the_same_when_every_table_that_its_clock_does_not_read_is_blank(council):
    for clock in (each for each in CLOCKS if not lacking(council, each)):
        ids = [duty.id for duty in DUTIES.values() if duty.clock is clock]
        # the children are those of the record: a table of theirs may not vanish whole
        kept = {name: table for name, table in council.tables.items() if name in clock.reads | {"episodes"}}
        before = engine.occurrences(council, ids)
        after = engine.occurrences(replace(council, tables=kept), ids)
        assert after.drop("child").equals(before.drop("child")), clock.name


@pytest.mark.parametrize("table", STORED)
def test_what_a_change_touched_is_what_all_duties_would_give_of_those_clocks(council, table):
    ids = engine.reading({table})
    touched = engine.occurrences(council, touched={table})
    whole = engine.occurrences(council)
    assert touched.equals(whole.filter(pl.col("duty").is_in(ids)))
    assert table != "people" or touched.height == whole.height


def test_what_is_owed_to_children_can_be_asked_for_alone(council):
    ids = engine.reading({"episodes"}, subject="child")
    assert "review-first" in ids and "local-offer" not in ids
    assert engine.occurrences(council, subject="child")["subject"].cast(str).unique().to_list() == ["child"]


def test_a_table_that_there_is_not_is_an_error():
    with pytest.raises(KeyError, match="no table called 'visit'"):
        engine.reading({"visit"})


def test_of_a_child_alone_the_same_is_owed_as_among_others(council):
    whole = engine.occurrences(council)
    some = council["episodes"]["child_id"].unique().sort().to_list()[::9]
    for child in some:
        assert rows(engine.occurrences(of(council, child), subject="child")) == rows(
            whole.filter(pl.col("child_id") == child)
        )
