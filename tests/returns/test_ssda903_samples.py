"""The sample returns are read whole: CSV and XML agree, each spoiled cell is said, and what is written reads back."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from hearth.returns import ssda903
from hearth.returns.source import SourceError, open_source
from hearth.returns.ssda903 import layout
from hearth.tables.record import Record

SAMPLES = {"county-2026": 2026, "county-2027": 2027, "small-2026": 2026}
SAID = ("invalid code", "not a date", "child not in header", "duplicate of row")
"""Ways of spoiling a cell that no reader can miss; the others give a value that might be true."""


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request: pytest.FixtureRequest, shared: Path) -> tuple[Path, Record]:
    path = shared / "data" / "returns" / request.param
    return path, open_source(path)


def test_all_files_are_read_and_the_counts_add_up(sample: tuple[Path, Record]):
    path, record = sample
    this = record.counts.filter(pl.col("file").str.starts_with("this_year/"))
    on_disk = {f"this_year/{file.name}" for file in (path / "this_year").glob("*.csv")}
    assert set(this["file"]) == on_disk
    lines = {name: len((path / name).read_text().splitlines()) - 1 for name in on_disk}
    assert dict(this.select("file", "read").rows()) == lines
    assert (record.counts["read"] == record.counts["kept"] + record.counts["set_aside"]).all()
    aside = record.problems.filter(pl.col("effect") == "row set aside").group_by("file").agg(said=pl.len())
    both = record.counts.join(aside, on="file", how="left").with_columns(pl.col("said").fill_null(0))
    assert (both["set_aside"] == both["said"]).all()


def test_every_cell_spoiled_past_reading_is_among_the_problems(sample: tuple[Path, Record]):
    path, record = sample
    spoiled = pl.read_csv(path / "errors_injected.csv", infer_schema=False)
    files = {name: f"this_year/{table.file}" for name, table in layout.tables().items()}
    kinds = pl.any_horizontal(pl.col("kind").str.starts_with(kind) for kind in SAID)
    wanted = spoiled.filter(kinds & pl.col("new").is_not_null()).select(
        pl.col("table").replace_strict(files, return_dtype=pl.String).alias("file"), pl.col("row").cast(pl.Int64)
    )
    said = record.problems.select("file", "row").unique()
    assert wanted.join(said, on=["file", "row"], how="anti").rows() == []


def test_clean_rows_make_no_problems(sample: tuple[Path, Record]):
    """Rows of last year are not spoiled: what is said of them follows from this year's spoiled rows."""
    path, record = sample
    spoiled = pl.read_csv(path / "errors_injected.csv", infer_schema=False).height
    assert record.problems.filter(pl.col("row").is_not_null()).height <= 1.5 * spoiled


def test_xml_gives_the_tables_that_csv_gives(shared: Path):
    for name in ("county-2026", "small-2026"):
        path = shared / "data" / "returns" / name
        from_csv, from_xml = open_source(path), open_source(path / "this_year.xml")
        assert from_csv.carries - from_xml.carries == {c for c in from_csv.carries if c.startswith("allocations")}
        assert from_csv.history_from == from_xml.history_from
        for table in from_xml.tables:
            assert from_csv[table].sort(pl.all()).equals(from_xml[table].sort(pl.all())), table


def test_what_is_written_is_what_was_read(shared: Path, tmp_path: Path):
    for name in ("small-2026", "county-2027"):
        first = open_source(shared / "data" / "returns" / name)
        year = SAMPLES[name]
        ssda903.write(first, tmp_path / name / "prev_year", year - 1)
        ssda903.write(first, tmp_path / name / "this_year", year)
        again = open_source(tmp_path / name, authority=first.authorities[0])
        for table in set(first.tables) & {"reviews", "annual_outcomes", "care_leaver_birthdays", "missing_episodes"}:
            assert first[table].sort(pl.all()).equals(again[table].sort(pl.all())), table


def test_a_clean_return_is_written_as_it_came(shared: Path, tmp_path: Path):
    path = shared / "data" / "returns" / "small-2026"
    ssda903.write(open_source(path), tmp_path, 2026)
    for file in (path / "this_year").glob("*.csv"):
        came, went = (pl.read_csv(folder / file.name, infer_schema=False) for folder in (path / "this_year", tmp_path))
        assert came.columns == went.columns
        assert came.sort(pl.all()).equals(went.sort(pl.all())), file.name


def test_a_path_that_is_no_source_is_refused_in_one_sentence(tmp_path: Path):
    with pytest.raises(SourceError, match="no file or folder"):
        open_source(tmp_path / "nothing")
    (tmp_path / "letter.txt").write_text("Dear colleague,\nplease find enclosed")
    with pytest.raises(SourceError, match="is no source that Hearth knows"):
        open_source(tmp_path)
