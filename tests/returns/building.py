"""Small returns written as tables that a data officer could check."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from hearth.returns import ssda903
from hearth.returns.ssda903 import layout
from hearth.tables.record import Record

NORFOLK = "E10000020"

HEADER = """
    CHILD | SEX | DOB        | ETHNIC | UPN           | MOTHER | MC_DOB
    0042  | M   | 12/06/2012 | WBRI   | J438339128987 |        |
    0043  | F   | 01/02/2010 | BAFR   | UN1           | 0      |
"""
EPISODES = """
    CHILD | DECOM      | RNE | LS | CIN | PLACE | PLACE_PROVIDER | DEC        | REC | REASON_PLACE_CHANGE | HOME_POST | PL_POST
    0042  | 01/05/2025 | S   | C1 | N1  | U6    | PR1            | 01/08/2025 | X1  | CARPL               | NR2 4ND   | NR2 4ND
    0042  | 01/08/2025 | P   | C1 | N1  | U6    | PR4            |            |     |                     | NR2 4ND   | PE1 5EP
    0043  | 10/03/2024 | L   | C2 | N5  | K2    | PR4            |            |     |                     | NR2 4ND   | SW9 7QE
"""  # noqa: E501 - a table reads best with its headings in one line


def rows(table: str) -> list[list[str]]:
    """The cells of a table written with bars."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def csv(table: str, *, separator: str = ",") -> str:
    """A table written with bars as the text of a file."""
    return "".join(separator.join(row) + "\n" for row in rows(table))


def a_return(folder: Path, **tables: str) -> Path:
    """A return in the folder: Header and Episodes as above unless given; other tables by their name in the return."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in {"Header": HEADER, "Episodes": EPISODES, **tables}.items():
        (folder / layout.tables()[name].file).write_text(csv(table), encoding="utf-8")
    return folder


def read(folder: Path) -> Record:
    return ssda903.read(folder, authority=NORFOLK)


def check(found: pl.DataFrame, table: str) -> None:
    """The frame has exactly the rows of the table, in its columns; blanks are null."""
    head, *expected = rows(table)
    cells = found.select(_text(found, name) for name in head).rows()
    wanted = [tuple(cell or None for cell in row) for row in expected]
    assert cells == wanted, f"{cells} is not {wanted}"


def _text(found: pl.DataFrame, name: str) -> pl.Expr:
    kind = found.schema[name]
    if kind == pl.Boolean:
        return pl.col(name).replace_strict({True: "yes", False: "no"}, default=None, return_dtype=pl.String)
    return pl.col(name).dt.strftime("%d/%m/%Y") if kind == pl.Date else pl.col(name).cast(pl.String)


def problems(record: Record, effect: str | None = None) -> pl.DataFrame:
    """What was wrong, without notes on whole files."""
    found = record.problems.filter(pl.col("row").is_not_null())
    return found if effect is None else found.filter(pl.col("effect") == effect)
