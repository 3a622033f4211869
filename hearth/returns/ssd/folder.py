"""What stands in a folder: tables of the dataset, tables that Hearth wrote beside them, and other files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hearth.returns import files
from hearth.returns.ssd import layout
from hearth.tables import catalogue

TEXT_FILES = frozenset({".csv", ".txt", ".tsv", ".xlsx", ".xls", ""})
RECORD = "record"
"""The file that says what the record carries is headed and called as if this were its table."""
LINKS = frozenset(
    {"ssd_person", "ssd_cla_episodes", "ssd_send", "ssd_ehcp_requests", "ssd_ehcp_assessment", "ssd_ehcp_active_plans"}
)
"""Tables through which rows of other tables find their child: always read."""


@dataclass(frozen=True)
class Folder:
    """The files by what they are: the dataset's tables, Hearth's beside them by table, others, and unreadable ones."""

    tables: tuple[tuple[Path, str], ...]
    beside: dict[str, Path]
    others: tuple[Path, ...]
    unreadable: tuple[Path, ...]


def look(folder: Path) -> Folder:
    """Find out what each file of the folder is, by its headings."""
    headed = [(path, files.headings(path)) for path in _text_files(folder)]
    tables = [(path, table) for path, headings in headed if (table := layout.table_of(headings))]
    beside = {table: path for path, headings in headed if (table := _table_beside(headings))}
    known = {path for path, _ in tables} | set(beside.values())
    rest = [(path, headings) for path, headings in headed if path not in known and path.suffix.lower() == ".csv"]
    others = tuple(path for path, headings in rest if headings)
    return Folder(tuple(tables), beside, others, tuple(path for path, headings in rest if not headings))


def has_table(folder: Path) -> bool:
    """Whether a file of the folder is a table of the dataset."""
    return any(layout.table_of(files.headings(path)) for path in _text_files(folder))


def replaced(tables: Iterable[str], beside: Collection[str]) -> set[str]:
    """The tables of the dataset that need not be read, because all that they feed stands beside."""
    fed = {table: layout.fed_by(table) for table in tables if table not in LINKS}
    return {table for table, names in fed.items() if names and names <= set(beside)}


def _text_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()) if path.is_file() and path.suffix.lower() in TEXT_FILES)


def _table_beside(headings: Iterable[str]) -> str | None:
    """The Hearth table whose columns all the headings name, as ``<table>.<column>``."""
    tables = {heading.partition(".")[0] for heading in headings if "." in heading}
    known = tables & ({RECORD, *catalogue.TABLES} - catalogue.DERIVED)
    return known.pop() if len(tables) == len(known) == 1 else None
