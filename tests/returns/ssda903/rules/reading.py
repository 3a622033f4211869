"""Rule cases as written in ``cases``: small tables in which an exclamation mark is expected to be found.

    # 119 The day and the reason of a reversal come together          <- rule, and what the case says
    year 2026; authority E10000020                                    <- optional facts; year 2027 unless given
    PlacedAdoption                                                    <- a table, then its rows
    DATE_PLACED_CEASED | REASON_PLACED_CEASED | !
    01/05/2026         | RD1                  |
    01/05/2026         |                      | !
                       | RD1                  | !
                       |                      |

A rule on two tables has both, each with its marks. Lines that start with a semicolon are comments.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from hearth.returns.ssda903 import layout

CASES = Path(__file__).parent / "cases"
YEAR = 2027
TABLES = {*layout.tables(), "providers", "postcodes"}


@dataclass(frozen=True)
class Case:
    """One case: the rule, the facts of the collection, the tables, and the rows expected of each table."""

    code: str
    title: str
    facts: dict[str, str]
    tables: dict[str, pl.DataFrame]
    expected: dict[str, list[int]]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


def cases() -> list[Case]:
    """Every case of every file."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(CASES.glob("*.txt"))]
    return [_case(block) for text in texts for block in re.split(r"^# ", text, flags=re.MULTILINE)[1:]]


def _case(block: str) -> Case:
    head, *lines = [line.strip() for line in block.splitlines() if not line.strip().startswith(";")]
    code, _, title = head.partition(" ")
    facts: dict[str, str] = {"year": str(YEAR)}
    tables: dict[str, list[str]] = {}
    for line in lines:
        if line.removesuffix("_last") in TABLES:
            tables[line] = []
        elif line and tables:
            tables[next(reversed(tables))].append(line)
        elif line:
            facts |= dict(part.strip().split(" ", 1) for part in line.split(";"))
    read = {name: _table(rows) for name, rows in tables.items()}
    return Case(code, title, facts, {n: t for n, (t, _) in read.items()}, {n: m for n, (_, m) in read.items() if m})


def _table(lines: list[str]) -> tuple[pl.DataFrame, list[int]]:
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    head, body = rows[0], rows[1:]
    marks = [at for at, row in enumerate(body) if "!" in head and row[head.index("!")] == "!"]
    columns = {name: [row[at] or None for row in body] for at, name in enumerate(head) if name != "!"}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String())), marks
