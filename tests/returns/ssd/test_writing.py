"""Writing the dataset: what goes in comes out, within the dataset where it can and beside it where it cannot."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from hearth.returns import ssd
from hearth.returns.source import open_source
from hearth.returns.ssd.careers import with_entry_day
from hearth.tables import catalogue
from hearth.tables.record import Record
from tests.returns.ssd.histories import beyond_the_dataset, conformed, records

MODEST = settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
STORED = [name for name in catalogue.TABLES if name not in catalogue.DERIVED]


def there_and_back(record: Record) -> tuple[Record, set[str]]:
    """The record read from what was written, and the names of the files beside the dataset."""
    with tempfile.TemporaryDirectory() as folder:
        ssd.write(record, Path(folder))
        beside = {path.stem for path in Path(folder).glob("hearth_*.csv")}
        return open_source(Path(folder)), beside


def assert_same(found: Record, meant: Record) -> None:
    """Every table says the same, whatever its order; the day care began may be told by RNE S alone."""
    for name in STORED:
        one, other = found[name], meant[name]
        if name == "episodes":
            one, other = with_entry_day(one), with_entry_day(other)
        assert one.sort(pl.all()).equals(other.sort(pl.all())), name


@MODEST
@given(records())
def test_a_history_that_the_dataset_can_hold_comes_back_from_the_dataset_alone(record: Record) -> None:
    found, beside = there_and_back(record)
    assert beside == {"hearth_record"}
    assert_same(found, record)
    assert found.carries == record.carries
    assert found.problems.filter(pl.col("effect") != "noted").is_empty()


@MODEST
@given(beyond_the_dataset())
def test_what_the_dataset_cannot_hold_comes_back_from_beside_it(record: Record) -> None:
    found, _ = there_and_back(record)
    assert_same(found, record)
    assert (found.carries, found.history_from) == (record.carries, record.history_from)


def test_text_that_looks_like_a_formula_is_written_so_that_no_spreadsheet_runs_it(tmp_path: Path) -> None:
    convictions = conformed("convictions", [{"child_id": "1", "offence": "=cmd()"}])
    people = conformed("people", [{"child_id": "1"}])
    tables = {"people": people, "convictions": convictions}
    ssd.write(Record(tables=tables, kind="hearth", carries=frozenset(tables)), tmp_path)
    assert "'=cmd()" in (tmp_path / "ssd_cla_convictions.csv").read_text()
    assert ssd.read(tmp_path)["convictions"]["offence"].to_list() == ["=cmd()"]


def test_a_care_plan_is_written_with_the_aims_in_force_when_it_began(tmp_path: Path) -> None:
    plans = [{"child_id": "1", "started_on": date(2024, month, 1)} for month in (1, 3, 6)]
    aims = [
        {"child_id": "1", "recorded_on": date(2024, 2, 1), "ended_on": date(2024, 5, 1), "option": "ADOPTION"},
        {"child_id": "1", "recorded_on": date(2024, 2, 1), "ended_on": None, "option": "LTFOST18"},
    ]
    tables = {
        "people": conformed("people", [{"child_id": "1"}]),
        "care_plans": conformed("care_plans", plans),
        "permanence_plans": conformed("permanence_plans", aims),
    }
    ssd.write(Record(tables=tables, kind="hearth", carries=frozenset(tables)), tmp_path)
    written = pl.read_csv(tmp_path / "ssd_cla_care_plan.csv")["lacp_cla_care_plan_json"].to_list()
    assert written == [None, '["ADOPTION","LTFOST18"]', '["LTFOST18"]']
    assert ssd.read(tmp_path)["permanence_plans"].sort("option").equals(tables["permanence_plans"].sort("option"))


def test_an_extract_is_of_one_authority(tmp_path: Path) -> None:
    people = pl.DataFrame({"authority": ["E10000020", "E06000013"], "child_id": ["1", "1"]})
    record = Record(
        tables={"people": catalogue.conform("people", people)}, kind="hearth", carries=frozenset({"people"})
    )
    with pytest.raises(ValueError, match="holds 2"):
        ssd.write(record, tmp_path)


def test_a_record_written_over_another_leaves_nothing_of_it(tmp_path: Path) -> None:
    tables = {"people": conformed("people", [{"child_id": "1"}]), "visits": conformed("visits", [])}
    ssd.write(Record(tables=tables, kind="hearth", carries=frozenset(tables)), tmp_path)
    ssd.write(Record(tables={"people": tables["people"]}, kind="hearth", carries=frozenset({"people"})), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hearth_record.csv", "ssd_person.csv"]


@pytest.mark.parametrize("source", ["small-2026", "county-2026", "county-2026/this_year.xml", "county-2027"])
def test_a_return_written_as_the_dataset_gives_the_same_record(shared: Path, source: str) -> None:
    record = open_source(shared / "data" / "returns" / source)
    found, _ = there_and_back(record)
    assert found.kind == "ssd"
    assert_same(found, record)
    assert (found.carries, found.history_from) == (record.carries, record.history_from)


@pytest.mark.parametrize("source", ["small-2026", "county-2026"])
def test_a_return_written_as_the_dataset_gives_the_same_measures(shared: Path, source: str) -> None:
    from hearth.measures import engine
    from hearth.measures.periods import series

    record = open_source(shared / "data" / "returns" / source)
    found, _ = there_and_back(record)
    periods = series(date(2026, 3, 31), 13)
    one, other = (engine.measure(each, periods).drop("unavailable") for each in (record, found))
    assert one.equals(other)


def test_a_made_up_authority_written_as_the_dataset_comes_back() -> None:
    from hearth.synthetic.authority import make

    record = make(children=40, years=3, seed=5)
    found, _ = there_and_back(record)
    assert_same(found, record)
    assert found.carries == record.carries
