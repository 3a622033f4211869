"""What goes into the record comes out of it: Hearth's tables in, models, the same tables out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import polars as pl
import pytest
from django.utils import timezone

from hearth.synthetic import authority
from hearth.tables import catalogue
from hearth.tables.record import Record
from hearth.web.children import actions, bulk, frames, mirror
from hearth.web.children.models import Child, Visit
from hearth.web.intake.models import Batch

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
AS_OF = date(2026, 3, 31)


@pytest.fixture(scope="module")
def made_up() -> Record:
    return authority.make(children=40, years=4, as_of=AS_OF)


def put(tables: Mapping[str, pl.DataFrame]) -> None:
    load = bulk.Load(Batch.objects.create(kind="hearth", said="Made up", snapshot_on=AS_OF))
    for name in mirror.STORED:
        if name in tables:
            values = frames.values_for(name, tables[name], frames.keys())
            bulk.insert(mirror.models()[name], *values, load)


@pytest.fixture
def kept(made_up: Record, db: None) -> Record:
    put(made_up.tables)
    return made_up


def test_a_made_up_authority_comes_out_as_it_went_in(kept: Record) -> None:
    out = frames.record_of()
    differing = [name for name in mirror.STORED if not out[name].equals(kept[name])]
    assert (differing, out.kind, out.snapshot_on) == ([], "hearth", AS_OF)
    assert out.lacks(["visits", "complaints.panel_on"]) == []


def test_each_kind_of_value_comes_out_as_it_went_in(a_child: Build) -> None:
    child = a_child()
    values = {
        pl.String: "naïve, “quoted” % ' \\ value",
        pl.Date: date(2020, 2, 29),
        pl.Boolean: False,
        pl.Int64: 40,
        pl.Float64: 2.5,
        pl.Datetime: datetime(2025, 3, 30, 1, 30, 0, 123456),
    }
    valid = {"sex": "M", "kind": None}
    for name in mirror.STORED:
        if name == "people":
            continue
        schema = catalogue.empty(name).schema
        coded = {c: _first_code(name, c) for c in schema}
        row = {c: valid.get(c) or coded[c] or values[type(kind)] for c, kind in schema.items()}
        row |= {c: getattr(child, c) for c in ("authority", "child_id") if c in row}
        frame = pl.DataFrame([row, {c: row[c] if _is_needed(name, c) else None for c in row}], schema=schema)
        put({name: frame.head(1) if "ended_on" in row else frame})
        whole = frame.head(1) if "ended_on" in row else frame
        assert frames.record_of(tables=[name])[name].equals(whole), name
        if catalogue.subject(name) == "child":
            assert frames.record_of([child.pk], ["people", name, "visits"])[name].equals(whole), name


def _first_code(table: str, column: str) -> str | None:
    from hearth.tables import codes

    listed = (catalogue.TABLES[table].columns()[column].metadata or {}).get("codes")
    return next(iter(codes.load(listed))) if listed else None


def _is_needed(table: str, column: str) -> bool:
    return not catalogue.TABLES[table].columns()[column].nullable


def test_one_child_is_a_part_of_all(kept: Record) -> None:
    child = Child.objects.get(child_id=kept["episodes"]["child_id"][0])
    ways = [frames.record_of([child.pk]), frames.record_of(Child.objects.filter(pk=child.pk))]
    for name in mirror.STORED:
        mine = kept[name].filter(pl.col("child_id") == child.child_id) if "child_id" in kept[name].columns else None
        for record in ways:
            assert mine is None or record[name].equals(mine), name


def test_only_the_tables_asked_for(kept: Record) -> None:
    record = frames.record_of(tables=["visits", "people"])
    assert {name for name, frame in record.tables.items() if frame.height} == {"visits", "people"}
    assert frames.record_of([])["visits"].is_empty()


def test_what_is_recorded_corrected_and_withdrawn_shows(a_child: Build, a_user: Build) -> None:
    child, worker = a_child(), a_user()
    first = actions.record_visit(child=child, by=worker, visited_on=date(2025, 3, 3), is_seen=True)
    actions.record_visit(child=child, by=worker, visited_on=date(2025, 4, 4), is_seen=True)
    assert frames.record_of([child.pk])["visits"]["visited_on"].to_list() == [date(2025, 3, 3), date(2025, 4, 4)]
    actions.correct(first, by=worker, why="Day", visited_on=date(2025, 3, 4))
    actions.withdraw(Visit.objects.get(visited_on=date(2025, 4, 4)), by=worker, why="Twice")
    assert frames.record_of([child.pk])["visits"]["visited_on"].to_list() == [date(2025, 3, 4)]


def test_the_record_as_it_was_known(a_child: Build, a_user: Build) -> None:
    child, other, worker = a_child(), a_child(), a_user()
    actions.record_visit(child=other, by=worker, visited_on=date(2025, 1, 1))
    moments = [timezone.now()]
    visit = actions.record_visit(child=child, by=worker, visited_on=date(2025, 3, 3))
    moments.append(timezone.now())
    actions.correct(visit, by=worker, why="Day", visited_on=date(2025, 3, 4))
    moments.append(timezone.now())
    actions.withdraw(visit, by=worker, why="Twice")
    known: list[list[date]] = []
    for moment in [*moments, timezone.now()]:
        one, some = ([child.pk], Child.objects.filter(pk=child.pk))
        read = [frames.record_of(whose, known_at=moment)["visits"]["visited_on"].to_list() for whose in (one, some)]
        assert read[0] == read[1]
        assert frames.record_of(known_at=moment)["visits"].height == len(read[0]) + 1
        known.append(read[0])
    assert known == [[], [date(2025, 3, 3)], [date(2025, 3, 4)], []]


def test_carers_and_homes_come_with_everything_or_when_asked_for(a_child: Build, a_user: Build) -> None:
    from hearth.web.children.models import FosterCarer

    carer = FosterCarer(authority="E10000020", carer_id="F1", approved_on=date(2020, 1, 1))
    actions.record(carer, by=a_user(role="placements"), what="foster carer approved")
    child = a_child()
    heights = [
        frames.record_of()["foster_carers"].height,
        frames.record_of([child.pk])["foster_carers"].height,
        frames.record_of([child.pk], tables=["foster_carers"])["foster_carers"].height,
    ]
    assert heights == [1, 0, 1]
