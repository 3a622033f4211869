"""Hearth tables in Parquet: what is written is what is read, and a spoiled folder says what is wrong with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from hearth.returns import hearth_tables
from hearth.synthetic.authority import make
from hearth.tables import batches, catalogue
from hearth.tables.record import Record

HERE = "E10000020"


def a_record() -> Record:
    people = {"authority": [HERE, "E06000013"], "child_id": ["0042", "7"], "born_on": [date(2015, 2, 28), None]}
    visits = {"authority": [HERE], "child_id": ["0042"], "visited_on": [date(2026, 1, 5)], "is_seen_alone": [None]}
    return Record(
        tables={
            "people": catalogue.conform("people", pl.DataFrame(people)),
            "visits": catalogue.conform("visits", pl.DataFrame(visits)),
        },
        kind="ssd",
        carries=frozenset({"people", "visits", "reviews", "missing_episodes.is_interview_offered"}),
        snapshot_on=date(2026, 3, 31),
        history_from=date(2016, 4, 1),
    )


def test_a_record_written_is_the_record_read(tmp_path: Path) -> None:
    written = a_record()
    hearth_tables.write(written, tmp_path)
    found = hearth_tables.read(tmp_path)
    for name in catalogue.TABLES:
        if name not in catalogue.DERIVED:
            assert_frame_equal(found[name], written[name])
    assert found.kind == "hearth"
    assert (found.carries, found.snapshot_on, found.history_from) == (
        written.carries,
        written.snapshot_on,
        written.history_from,
    )
    assert found.problems.is_empty()
    assert found.counts.rows() == [
        ("people.parquet", 2, 2, 0),
        ("reviews.parquet", 0, 0, 0),
        ("visits.parquet", 1, 1, 0),
    ]


def test_a_folder_written_again_holds_the_new_record_only(tmp_path: Path) -> None:
    hearth_tables.write(a_record(), tmp_path)
    hearth_tables.write(Record(tables={}, kind="hearth", carries=frozenset()), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["hearth.json"]


def test_one_authority_can_be_asked_for(tmp_path: Path) -> None:
    hearth_tables.write(a_record(), tmp_path)
    assert hearth_tables.read(tmp_path, authority="E06000013").authorities == ["E06000013"]


def test_a_folder_is_recognised_by_what_it_holds(tmp_path: Path) -> None:
    assert not hearth_tables.recognise(tmp_path)
    catalogue.empty("visits").write_parquet(tmp_path / "visits.parquet")
    assert hearth_tables.recognise(tmp_path)


def test_without_its_description_a_folder_carries_what_has_values(tmp_path: Path) -> None:
    hearth_tables.write(a_record(), tmp_path)
    (tmp_path / "hearth.json").unlink()
    carries = hearth_tables.read(tmp_path).carries
    assert {"people", "visits", "visits.visited_on"} <= carries
    assert "visits.is_seen_alone" not in carries


@pytest.mark.parametrize(
    ("spoil", "effect", "kept"),
    [
        (lambda path: path.write_bytes(b"PAR1 not really"), "file not read", 0),
        (lambda path: path.write_bytes(b""), "file not read", 0),
        (lambda path: _change(path, pl.col("visited_on").cast(pl.Datetime)), None, 1),
        (lambda path: _change(path, pl.lit("no day").alias("visited_on")), "row set aside", 0),
        (lambda path: _change(path, pl.lit(None, dtype=pl.String).alias("child_id")), "row set aside", 0),
        (lambda path: _change(path, pl.lit("x").alias("mood")), "noted", 1),
        (lambda path: pl.read_parquet(path).drop("is_seen").write_parquet(path), "noted", 1),
        (lambda path: pl.read_parquet(path).drop("child_id").write_parquet(path), "row set aside", 0),
    ],
    ids=["junk", "empty", "date with a time", "word for a date", "no child", "column more", "column less", "no ids"],
)
def test_a_spoiled_file_is_told_and_the_rest_is_read(tmp_path: Path, spoil: Any, effect: Any, kept: int) -> None:
    hearth_tables.write(a_record(), tmp_path)
    spoil(tmp_path / "visits.parquet")
    found = hearth_tables.read(tmp_path)
    assert found["people"].height == 2
    assert found["visits"].height == kept
    effects = found.problems["effect"].to_list()
    assert effects == [] if effect is None else effect in effects
    assert found.counts.filter(pl.col("read") != pl.col("kept") + pl.col("set_aside")).is_empty()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"snapshot_on": "yesterday"}'])
def test_a_spoiled_description_is_a_problem_not_an_error(tmp_path: Path, text: str) -> None:
    hearth_tables.write(a_record(), tmp_path)
    (tmp_path / "hearth.json").write_text(text)
    found = hearth_tables.read(tmp_path)
    assert found["visits"].height == 1
    assert found.problems["file"].to_list() == ["hearth.json"]


def _change(path: Path, column: pl.Expr) -> None:
    pl.read_parquet(path).with_columns(column).write_parquet(path)


def test_a_nation_read_in_parts_is_the_nation_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hearth_tables.write(make(40, 3, 4, authorities=4), tmp_path)
    whole = hearth_tables.read(tmp_path)
    assert len(list(hearth_tables.parts(tmp_path))) == 1
    monkeypatch.setattr(batches, "PEOPLE_AT_ONCE", 40)
    told = batches.Told(hearth_tables.parts(tmp_path))
    found = list(told)
    assert len(found) > 1
    assert sorted(code for part in found for code in part.authorities) == whole.authorities
    for name, table in whole.tables.items():
        assert_frame_equal(pl.concat([part[name] for part in found]), table)
    assert_frame_equal(told.about.counts, whole.counts)
    assert (told.about.kind, told.about.carries, told.about.tables) == (whole.kind, whole.carries, {})


def test_what_is_wrong_is_told_once_and_by_its_row_when_a_nation_is_read_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hearth_tables.write(make(40, 3, 4, authorities=4), tmp_path)
    visits = pl.read_parquet(tmp_path / "visits.parquet")
    last, first = visits.height - 1, 0
    at = pl.int_range(pl.len())
    spoiled = visits.with_columns(
        pl.when(~at.is_in([first, last])).then("visited_on").alias("visited_on"),
        pl.when(at != first).then("authority").alias("authority"),
        pl.lit("x").alias("remark"),
    )
    spoiled.write_parquet(tmp_path / "visits.parquet")
    whole = hearth_tables.read(tmp_path)
    monkeypatch.setattr(batches, "PEOPLE_AT_ONCE", 40)
    told = batches.Told(hearth_tables.parts(tmp_path))
    assert len(list(told)) > 1
    order = ["column", "row", "problem"]
    assert_frame_equal(told.about.problems.sort(order), whole.problems.sort(order))
    assert_frame_equal(told.about.counts, whole.counts)


def test_a_folder_that_does_not_say_what_it_carries_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hearth_tables.write(make(40, 3, 4, authorities=4), tmp_path)
    (tmp_path / hearth_tables.ABOUT).unlink()
    monkeypatch.setattr(batches, "PEOPLE_AT_ONCE", 40)
    assert len(list(hearth_tables.parts(tmp_path))) == 1
