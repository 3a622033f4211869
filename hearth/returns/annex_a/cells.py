"""The cells of the lists as days, codes and answers; a code may have its letter before it and its label behind."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

from hearth.returns.annex_a import lists
from hearth.returns.annex_a.lists import Column, Sheet
from hearth.returns.cells import Reader
from hearth.returns.ssd import words
from hearth.returns.ssd.extract import READERS
from hearth.tables.codes import load
from hearth.tables.problems import Problems

CHILD = "Child Unique ID"
LETTER = r"(?i)^(?:[a-z]{1,2}\)\s*)?([BCDEGHKRSTUVWXYZ])[12]?\s*(?:[:\-\u2013].*)?$"
"""The letter of an accommodation code: "B", "B1", "B: With parents", "a) B - With parents"."""
KEYS = {"8": [CHILD, "Date Started to be Looked After"], "9": [CHILD], "10": [CHILD]}
"""What stands once in a list: in list 8 a child may have two periods of care."""
DTYPES = {"date": pl.Date(), "yes_no": pl.Boolean()}


def read_lists(path: Path, problems: Problems) -> dict[str, pl.DataFrame]:
    """Lists 8, 9 and 10, typed, in their declared headings with ``child_id``; a list that is not there has no rows."""
    found = {name: _empty(name) for name in lists.columns()}
    for sheet in lists.sheets(path, problems):
        found[sheet.list] = pl.concat([found[sheet.list], _typed(sheet, problems)])
    return found


def fed(listed: pl.DataFrame, name: str, table: str) -> pl.DataFrame:
    """The rows of a list in the columns of the Hearth table that it feeds, with child_id."""
    own = [c for c in lists.columns()[name].values() if c.hearth_table == table and c.hearth_column != "child_id"]
    return listed.select("child_id", *(pl.col(column.name).alias(column.hearth_column) for column in own))


def event_days(found: dict[str, pl.DataFrame]) -> pl.Series:
    """The days on which something happened, from the columns that ``columns.csv`` marks as events."""
    events = [found[name][c.name] for name, known in lists.columns().items() for c in known.values() if c.is_event]
    return pl.concat([days.drop_nulls().alias("on") for days in events])


def _read_columns(name: str) -> list[Column]:
    return [column for column in lists.columns()[name].values() if column.kind]


def _typed(sheet: Sheet, problems: Problems) -> pl.DataFrame:
    reader = Reader(sheet.name, problems, child=CHILD)
    known = _read_columns(sheet.list)
    typed = pl.DataFrame([*(_column(reader, sheet.frame, column) for column in known), sheet.frame["row"]])
    whole = reader.require(typed, *(column.name for column in known if column.is_required))
    kept = reader.first_of_each(whole, *KEYS[sheet.list])
    problems.count(sheet.name, sheet.frame.height, kept.height)
    return kept.with_columns(pl.col(CHILD).alias("child_id")).drop("row")


def _column(reader: Reader, raw: pl.DataFrame, column: Column) -> pl.Series:
    kind, _, detail = column.kind.partition(":")
    if kind == "code" and column.name in raw.columns:
        return reader.code(raw, column.name, detail, aliases=_codes_within(detail, raw[column.name]))
    if kind == "letter":
        return _letter(reader, raw, column.name)
    return READERS[kind](reader, raw, column.name, detail)


def _codes_within(list_name: str, values: pl.Series) -> dict[str, str]:
    """The cells (in capitals) with the code that stands in them: "u) U4 - Long-term foster placement" is U4."""
    known = load(list_name)
    found = dict(words.aliases(list_name, values))
    for cell in values.drop_nulls().unique().to_list():
        tokens = re.findall(r"[A-Z0-9]+", re.sub(r"^[A-Za-z]{1,2}\)", "", cell).upper())
        code = next((token for token in tokens if token in known), None)
        if code is not None:
            found[cell.upper()] = code
    return found


def _letter(reader: Reader, raw: pl.DataFrame, name: str) -> pl.Series:
    values = reader.text(raw, name)
    letters = values.str.extract(LETTER, 1).str.to_uppercase()
    bad = values.is_not_null() & letters.is_null()
    reader.tell(raw, name, bad, "No letter of a kind of accommodation", "Use the letter, a colon and the words")
    return letters


def _empty(name: str) -> pl.DataFrame:
    kinds = {column.name: DTYPES.get(column.kind, pl.String()) for column in _read_columns(name)}
    return pl.DataFrame(schema={**kinds, "child_id": pl.String()})
