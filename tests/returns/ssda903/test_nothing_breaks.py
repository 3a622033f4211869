"""No rule breaks on a return with a column removed, a cell of junk, a file emptied or missing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.returns.ssda903 import check, layout
from hearth.returns.ssda903.checking.source import read

JUNK = (
    "Q9",
    "?",
    "0",
    "-1",
    "99999999999999999999",
    "1e308",
    "NaN",
    "31/02/2024",
    "01/01/0001",
    "31/12/9999",
    "29/02/2024",
    "zz/zz/zzzz",
    "ZZ/ZZ/ZZZZ",
    "é, 'quoted' \"text\"",
    "x" * 5000,
    "[a-z",
    "SC",
    "\u200b",
    "",
)
Tables = Mapping[str, pl.DataFrame]


@pytest.fixture(scope="module")
def small(shared: Path) -> Tables:
    folder = shared / "data" / "returns" / "small-2026"
    tables = dict(read(folder / "this_year", folder / "prev_year").tables)
    days = pl.DataFrame({"CHILD": tables["Header"]["CHILD"].head(2), "DOLO_START": ["01/05/2025", None]})
    dolo = days.with_columns(DOB=pl.lit("01/02/2012"), DOLO_END=pl.lit(None, dtype=pl.String))
    return {**tables, "DoLo": dolo, "DoLo_last": dolo}


def errors(tables: Tables, year: int, shared: Path) -> list[tuple[str, str]]:
    """Rules that met an error of ours."""
    facts = {
        "collection_year": year,
        "authority": "E06000013",
        "providers": shared / "data" / "returns" / "small-2026" / "providers.csv",
        "file_format": "xml",
    }
    not_run = check(tables, facts).not_run
    return not_run.filter("is_our_error").select("code", "reason").rows()


@pytest.mark.parametrize("year", range(2023, 2028))
def test_the_return_as_it_is(small: Tables, shared: Path, year: int) -> None:
    assert errors(small, year, shared) == []


@pytest.mark.parametrize("name", layout.tables())
def test_a_column_removed_a_file_emptied_a_file_missing(small: Tables, shared: Path, name: str) -> None:
    for table in (name, f"{name}_last"):
        whole = small.get(table)
        if whole is None:
            continue
        for column in whole.columns:
            assert errors({**small, table: whole.drop(column)}, 2027, shared) == [], f"{table} without {column}"
        assert errors({**small, table: whole.clear()}, 2027, shared) == []
        assert errors({other: frame for other, frame in small.items() if other != table}, 2027, shared) == []
    assert errors({name: small[name]}, 2027, shared) == []


def test_nothing_at_all(shared: Path) -> None:
    assert errors({}, 2027, shared) == []
    assert errors({name: pl.DataFrame() for name in layout.tables()}, 2027, shared) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), year=st.sampled_from((2023, 2024, 2025, 2026, 2027)))
def test_any_cells_replaced_by_junk(small: Tables, shared: Path, data: st.DataObject, year: int) -> None:
    spoiled = {name: _spoiled(frame, data) for name, frame in small.items()}
    assert errors(spoiled, year, shared) == []


@pytest.mark.parametrize("junk", JUNK)
def test_every_cell_junk(small: Tables, shared: Path, junk: str) -> None:
    spoiled = {
        name: frame.with_columns(pl.lit(junk).alias(column) for column in frame.columns if column != "row")
        for name, frame in small.items()
    }
    assert errors(spoiled, 2027, shared) == []
    apart = {name: frame for name, frame in spoiled.items() if name in ("Episodes", "PlacedAdoption", "Missing")}
    assert errors({**small, **apart}, 2027, shared) == []


def _spoiled(frame: pl.DataFrame, data: st.DataObject) -> pl.DataFrame:
    """The frame with junk in some cells of every column."""
    return frame.with_columns(
        frame[column].scatter(data.draw(st.integers(0, frame.height - 1)), data.draw(st.sampled_from(JUNK)))
        for column in frame.columns
        if column != "row" and frame.height
    )
