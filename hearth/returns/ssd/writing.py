"""Writes a record as a folder of the dataset's CSV files, and beside them what the dataset cannot hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import polars as pl

from hearth.returns.ssd import extensions, layout, unmapped
from hearth.returns.ssd.careers import care_tables, with_entry_day
from hearth.returns.ssd.extract import open_extract
from hearth.returns.ssd.folder import RECORD, look
from hearth.returns.ssd.reading import plainly
from hearth.tables import catalogue
from hearth.tables.problems import Problems
from hearth.tables.record import Record


def write(record: Record, folder: Path) -> None:
    """Write ``ssd_<table>.csv`` for every table of the dataset that the record can fill, with days in ISO form.

    The folder is then read back: a Hearth table that the dataset did not give again as it was (a reason why a child
    was not seen alone, the day of a return interview, dated pathway plans ...) is written whole beside, as
    ``hearth_<table>.csv``, and ``hearth_record.csv`` says what the record carries. Nothing is invented.

    Raises ValueError, one sentence, when the record holds several authorities: an extract is of one.
    """
    if len(record.authorities) > 1:
        raise ValueError(
            f"An extract is of one authority, and the record holds {len(record.authorities)}; write each apart"
        )
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    for table, frame in _dataset(record).items():
        _write_table(folder, table, frame, unmapped.left_out(record, table))
    extensions.write_record(record, folder)
    extensions.write_tables(_lost(record, folder), folder)


def _clear(folder: Path) -> None:
    """Takes away files of an earlier record, which would be read with this one's."""
    names = [
        *layout.tables(),
        *(f"{extensions.PREFIX}{name}" for name in catalogue.TABLES),
        f"{extensions.PREFIX}{RECORD}",
    ]
    for name in names:
        (folder / f"{name}.csv").unlink(missing_ok=True)


def _dataset(record: Record) -> dict[str, pl.DataFrame]:
    """The dataset's tables that the record can fill; columns in the dataset's names, those not there are blank."""
    made = {**unmapped.tables(record), **care_tables(record)}
    fed = {table: frame for table, frame in made.items() if _is_fed(record, table)}
    return {table: frame for table, frame in fed.items() if frame.height or table not in unmapped.LINKS_ONLY}


def _is_fed(record: Record, table: str) -> bool:
    return any(_is_there(record, name) for name in layout.fed_by(table))


def _is_there(record: Record, name: str) -> bool:
    return name in record.carries or record[name].height > 0


def _write_table(folder: Path, table: str, frame: pl.DataFrame, left_out: Collection[str]) -> None:
    fields = [name for name in layout.tables()[table].fields if name not in left_out]
    whole = frame.select(
        frame[name] if name in frame.columns else pl.lit(None, pl.String).alias(name) for name in fields
    )
    extensions.written(whole).write_csv(folder / f"{table}.csv")


def _lost(record: Record, folder: Path) -> Mapping[str, pl.DataFrame]:
    """The record's tables that reading the folder does not give again."""
    extract = open_extract(look(folder).tables, Problems())
    authority = record.authorities[0] if record.authorities else ""
    found = plainly(extract, authority)
    names = [name for name in catalogue.TABLES if name not in catalogue.DERIVED and _is_there(record, name)]
    return {name: record[name] for name in names if name not in found or not _is_same(name, found[name], record[name])}


def _is_same(name: str, found: pl.DataFrame, meant: pl.DataFrame) -> bool:
    """Whether two frames of a table say the same, in whatever order."""
    if found.height != meant.height:
        return False
    if name == "episodes":
        found, meant = with_entry_day(found), with_entry_day(meant)
    return found.sort(pl.all()).equals(meant.select(found.columns).sort(pl.all()))
