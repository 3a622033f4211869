"""Whatever tables a caller holds as frames of text under the return's own names and headings."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import polars as pl

from hearth.returns.ssda903 import layout

LAST = "_last"
"""How last year's table is called: Episodes_last."""
ROW = "row"
"""The column that carries the rows' own numbers, where a reader has left rows out."""
OTHER_NAMES = {
    "socialworker": "SWEpisodes",
    "socialworkerepisodes": "SWEpisodes",
    "swepisode": "SWEpisodes",
    "episode": "Episodes",
    "review": "Reviews",
    "placedforadoption": "PlacedAdoption",
    "shouldbeplacedforadoption": "PlacedAdoption",
    "previouspermanence": "PrevPerm",
}
LAST_YEAR = "(?:last|previous|prev)(?:year)?"
BLANKS = ("", "nan", "NaN", "NaT", "None", "<NA>", "NULL", "null", "Null")


def tables_of_text(given: Mapping[str, Any]) -> dict[str, pl.DataFrame]:
    """The tables by the return's names (``_last`` for last year's), every column text, blanks null.

    Names may be those of files, in any case; a frame may be anything that Polars makes a frame of. Tables and columns
    that are none of the return's are kept under their own names and never looked at. None is no table.
    """
    return {table_name(name): _texts(frame) for name, frame in given.items() if frame is not None}


def table_name(name: str) -> str:
    """The return's name of a table: "episodes.csv", "Episodes", "prev_episodes" and "EPISODES_last" are all known."""
    tidy = re.sub(r"[^a-z0-9]", "", re.sub(r"\.(csv|txt|xlsx?)$", "", name.strip().lower()))
    known = {**OTHER_NAMES, **_own_names()}
    if tidy in known:
        return known[tidy]
    bare = (re.sub(form, "", tidy) for form in (rf"{LAST_YEAR}$", rf"^{LAST_YEAR}"))
    return next((known[word] + LAST for word in bare if word in known), name)


def _own_names() -> dict[str, str]:
    names = {name.lower(): name for name in layout.tables()}
    files = {re.sub(r"[^a-z0-9]", "", table.file.removesuffix(".csv")): name for name, table in layout.tables().items()}
    return {**names, **files}


def _texts(given: Any) -> pl.DataFrame:
    frame = _frame(given)
    named = {column: column if column == ROW else layout.heading(column) for column in frame.columns}
    first = {name: column for column, name in reversed(named.items())}
    plain = [name for name, column in first.items() if frame.schema[column] == pl.String]
    made = {name: _text(frame[column]).alias(name) for name, column in first.items() if name not in plain}
    texts = frame.lazy().select(_stripped(pl.col(first[name])).alias(name) for name in plain).collect()
    columns = [made[name] if name in made else texts[name] for name in first]
    return pl.DataFrame(columns, height=frame.height)


def _stripped(text: pl.Expr) -> pl.Expr:
    """The text without blanks around it; null where nothing is left, or a word for nothing."""
    bare = text.str.strip_chars()
    return pl.when(~bare.is_in(BLANKS)).then(bare)


def _frame(given: Any) -> pl.DataFrame:
    if isinstance(given, pl.DataFrame):
        return given
    if isinstance(given, pl.LazyFrame):
        return given.collect()
    if hasattr(given, "to_dict") and hasattr(given, "columns"):
        given = {str(column): list(given[column]) for column in given.columns}
    if isinstance(given, Mapping):
        return pl.DataFrame({str(name): _column(list(cells)) for name, cells in given.items()})
    rows = list(given)
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pl.DataFrame({str(name): _column([row.get(name) for row in rows]) for name in names})


def _column(cells: list[Any]) -> pl.Series:
    return pl.Series([_cell(cell) for cell in cells], dtype=pl.String)


def _cell(cell: Any) -> str | None:
    """One value as the return writes it."""
    if cell is None or str(cell) in BLANKS:
        return None
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, dt.date):
        return cell.strftime("%d/%m/%Y")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _text(column: pl.Series) -> pl.Series:
    """The column as stripped text; days as dd/mm/yyyy, whole numbers without a point; the row's number as it is."""
    if column.name == ROW and column.dtype.is_integer():
        return column.cast(pl.Int64)
    kind = column.dtype
    if kind in (pl.Date, pl.Datetime):
        return column.dt.strftime("%d/%m/%Y")
    if kind == pl.Boolean:
        return column.cast(pl.Int8).cast(pl.String)
    if kind.is_float():
        whole = column.fill_nan(None)
        is_whole = (whole.drop_nulls() % 1 == 0).all()
        return whole.cast(pl.Int64).cast(pl.String) if is_whole else whole.cast(pl.String)
    if isinstance(kind, pl.List):
        column = column.cast(pl.List(pl.String)).list.join(",")
    elif kind.is_nested() or kind == pl.Object:
        return _column(column.to_list()).alias(column.name)
    return column.cast(pl.String).to_frame("text").select(_stripped(pl.col("text"))).to_series()
