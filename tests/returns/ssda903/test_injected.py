"""What was spoiled in the sample returns on purpose is found, but for cells that break no published rule."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from hearth.returns.ssda903.checking import check
from hearth.returns.ssda903.checking.intake import table_name

UNBROKEN = Path(__file__).parent / "injected_unbroken.csv"
JUSTIFIED = Path(__file__).parents[3] / "docs" / "reference" / "ssda903-small-2026.md"
FOLDERS = ("county-2026", "county-2027")
KEY = ("code", "table", "row", "child_id")
Tables = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class Cell:
    """One spoiled cell of a sample, as its list of errors has it."""

    folder: str
    table: str
    row: int
    column: str
    kind: str
    old: str | None

    def __str__(self) -> str:
        return f"{self.folder} {self.table} {self.row} {self.column}"


def the_return(path: Path) -> Tables:
    """The tables of a sample, with those of the year before."""
    years = (("this_year", ""), ("prev_year", "_last"))
    return {
        table_name(file.name) + suffix: pl.read_csv(file, infer_schema=False)
        for folder, suffix in years
        for file in (path / folder).glob("*.csv")
    }


def spoiled_cells(path: Path) -> list[Cell]:
    rows = pl.read_csv(path / "errors_injected.csv", infer_schema=False)
    return [
        Cell(path.name, table, int(row), column, kind, old)
        for table, row, column, kind, old in rows.select("table", "row", "column", "kind", "old").iter_rows()
    ]


def mended(tables: Tables, cells: list[Cell]) -> Tables:
    """The return as it was: cells put back, doubled rows (which stand last) taken out."""
    whole = dict(tables)
    for cell in cells:
        if not cell.kind.startswith("duplicate"):
            column = whole[cell.table][cell.column].scatter(cell.row, cell.old)
            whole[cell.table] = whole[cell.table].with_columns(column)
    doubled = [cell for cell in cells if cell.kind.startswith("duplicate")]
    return {
        name: frame.filter(~pl.int_range(pl.len()).is_in([cell.row for cell in doubled if cell.table == name]))
        for name, frame in whole.items()
    }


def findings(tables: Tables, path: Path) -> pl.DataFrame:
    meta = json.loads((path / "meta.json").read_text(encoding="utf-8"))
    facts = {"year": meta["year"], "authority": meta["authority"], "providers": path / "providers.csv"}
    return check(tables, facts).findings


@cache
def found_since(path: Path) -> tuple[Tables, pl.DataFrame]:
    """The spoiled return, and what is found in it that is not found in the whole one."""
    tables = the_return(path)
    before = findings(mended(tables, spoiled_cells(path)), path)
    return tables, findings(tables, path).join(before, on=KEY, how="anti", nulls_equal=True)


def missed(path: Path) -> set[tuple[str, int, str]]:
    """The cells of which nothing is found: not in their row, nor elsewhere for the child.

    Where another cell of the child is spoiled too, what is found elsewhere counts when its rule names the column.
    """
    tables, found = found_since(path)
    cells = spoiled_cells(path)
    child_of = {cell: tables[cell.table]["CHILD"][cell.row] for cell in cells}
    many = {child for child, times in Counter(child_of.values()).items() if times > 1}

    def is_found(cell: Cell) -> bool:
        in_row = (pl.col("table") == cell.table) & (pl.col("row") == cell.row)
        children = [child_of[cell], *([cell.old] if cell.column == "CHILD" else [])]
        names_it = pl.col("fields").list.contains(cell.column) | pl.lit(child_of[cell] not in many)
        return found.filter(in_row | (pl.col("child_id").is_in(children) & names_it)).height > 0

    return {(cell.table, cell.row, cell.column) for cell in cells if not is_found(cell)}


def unbroken(folder: str) -> set[tuple[str, int, str]]:
    """The cells that break no published rule; the file says why."""
    rows = pl.read_csv(UNBROKEN, infer_schema=False).filter(pl.col("folder") == folder)
    return {(table, int(row), column) for table, row, column in rows.select("table", "row", "column").iter_rows()}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_spoiled_cell_that_breaks_a_published_rule_is_found_and_no_other(folder: str, shared: Path) -> None:
    path = shared / "data" / "returns" / folder
    assert missed(path) == unbroken(folder)


def test_it_is_said_why_a_spoiled_cell_breaks_no_rule() -> None:
    assert pl.read_csv(UNBROKEN, infer_schema=False)["why"].null_count() == 0


def test_what_is_found_in_the_clean_sample_is_what_its_page_justifies(shared: Path) -> None:
    path = shared / "data" / "returns" / "small-2026"
    found = findings(the_return(path), path).group_by("code", "table", maintain_order=True).agg("row")
    lines = [line.split(" | ") for line in JUSTIFIED.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    told = [(line[0].removeprefix("| "), line[1], [int(row) for row in line[2].split(", ")]) for line in lines[1:]]
    assert found.rows() == told
