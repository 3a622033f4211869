"""The same children give the same figures whatever format they came in; a council's own limit changes all of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from hearth.cli import hearth
from hearth.measures import engine
from hearth.measures.periods import series
from hearth.returns import hearth_tables, ssd, ssda903
from hearth.returns.source import open_source
from hearth.synthetic.authority import make
from hearth.tables.record import Record

DAY = date(2026, 3, 31)
FIGURES = ("measure", "as_of", "numerator", "denominator", "value", "not_known")


@pytest.fixture(scope="module")
def council() -> Record:
    return make(60, 3, 7, as_of=DAY)


def figures(record: Record, months: int = 3) -> pl.DataFrame:
    found = engine.measure(record, series(DAY, months))
    return found.select(*FIGURES, pl.col("unavailable").is_null().alias("is_given"))


def test_a_return_written_as_ssd_and_read_back_gives_the_same_measures(shared: Path, tmp_path: Path) -> None:
    source = open_source(shared / "data" / "returns" / "small-2026")
    ssd.write(source, tmp_path)
    assert figures(open_source(tmp_path), 13).equals(figures(source, 13))


@pytest.mark.parametrize("room", [ssd, hearth_tables], ids=["ssd", "hearth"])
def test_a_made_up_authority_written_and_read_back_gives_the_same_measures(
    council: Record, tmp_path: Path, room: object
) -> None:
    room.write(council, tmp_path)
    assert figures(open_source(tmp_path)).equals(figures(council))


def test_a_made_up_return_gives_the_children_and_homes_it_was_made_from(council: Record, tmp_path: Path) -> None:
    """What a return carries, which is less than the record it was written from."""
    ssda903.write(council, tmp_path / "prev_year", 2025)
    ssda903.write(council, tmp_path / "this_year", 2026)
    same = ["lac-count", "entrants", "exits-from-care", "three-or-more-moves", "family-setting", "placed-in-county"]
    asked = [engine.measure(each, series(DAY, 1), only=same) for each in (council, open_source(tmp_path))]
    assert asked[0].equals(asked[1])


def test_a_councils_own_limit_changes_the_list_and_the_measure_together(
    council: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hearth_tables.write(council, tmp_path / "council")
    monkeypatch.chdir(tmp_path)
    before = _asked()
    (tmp_path / "hearth.toml").write_text('[[limits]]\nid = "visit-year-one"\nn = 2\nunit = "week"\n')
    after = _asked()
    assert after[0] != before[0]
    assert after[1] != before[1]


def _asked() -> tuple[str, str]:
    words = ("council", "--as-of", "2026-03-31", "--format", "csv")
    measured = CliRunner().invoke(hearth, ["measure", *words, "--only", "seen-in-timescale"])
    owed = CliRunner().invoke(hearth, ["due", *words, "--days", "7"])
    assert (measured.exit_code, owed.exit_code) == (0, 0)
    return measured.stdout, owed.stdout


def test_a_limit_that_does_not_exist_gets_one_sentence(
    council: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hearth_tables.write(council, tmp_path / "council")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hearth.toml").write_text('[[limits]]\nid = "visit-yearly"\nn = 2\nunit = "week"\n')
    found = CliRunner().invoke(hearth, ["due", "council", "--as-of", "2026-03-31"])
    assert found.exit_code == 1
    assert "there is no limit called 'visit-yearly'" in found.output
