"""Any source a council has, recognised by its content and read into one record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

from hearth.returns.files import SourceError
from hearth.tables.record import Record

__all__ = ["FORMATS", "SourceError", "open_parts", "open_source"]

FORMATS = ("hearth_tables", "ssda903", "ssd", "annex_a")
"""The rooms asked, in this order, whether a path is theirs; loaded only when asked."""


def open_source(path: Path, *, authority: str | None = None) -> Record:
    """Read the folder or file at ``path``: SSDA903 (CSV or XML), SSD, Annex A, or Hearth tables in Parquet.

    ``authority`` is the ONS code of the upper-tier council, where the source does not say. Raises SourceError, one
    plain sentence, when there is nothing that can be read; anything less is a row in the record's problems.
    """
    path = Path(path)
    record: Record = _room(path).read(path, authority=authority)
    return record


def open_parts(path: Path, *, authority: str | None = None) -> Iterator[Record]:
    """As ``open_source``, some authorities at a time where the source is large and can be read so; else one record."""
    path = Path(path)
    room = _room(path)
    if hasattr(room, "parts"):
        yield from room.parts(path, authority=authority)
    else:
        yield room.read(path, authority=authority)


def _room(path: Path) -> ModuleType:
    """The room that reads the path. Raises SourceError."""
    if not path.exists():
        raise SourceError(f"There is no file or folder {path}; check the name.")
    for room in _rooms():
        if room.recognise(path):
            return room
    raise SourceError(
        f"{path} is no source that Hearth knows: give an SSDA903 return (folder of CSV files, or XML), "
        "a Standard Safeguarding Dataset folder, an Annex A workbook or a folder of Hearth tables."
    )


def _rooms() -> Iterable[ModuleType]:
    return (import_module(f"hearth.returns.{name}") for name in FORMATS)
