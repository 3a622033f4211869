"""The statutory return on children looked after (SSDA903): recognised, read with last year's, and written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from hearth.returns import geography
from hearth.returns.files import SourceError
from hearth.returns.ssda903 import layout, mapping, merging, sources
from hearth.returns.ssda903.reading import read_year
from hearth.returns.ssda903.sources import recognise
from hearth.returns.ssda903.writing import write
from hearth.tables import codes
from hearth.tables.problems import Problems
from hearth.tables.record import Record

if TYPE_CHECKING:
    from hearth.returns.ssda903.checking import Checked

__all__ = ["check", "read", "recognise", "write"]


def check(
    tables: Mapping[str, Any],
    metadata: Mapping[str, Any] | None = None,
    rules: Iterable[str] | str | None = None,
) -> Checked:
    """Check a return, or some tables or columns of it, by the published rules.

    ``tables``: a table's name (Header, Episodes ..., with ``_last`` for last year's) to a frame of text; ``metadata``:
    collection_start, collection_end, collection_year, authority, file_format, providers; ``rules``: codes, all of the
    rule set unless given. Gives ``findings`` (code, table, row, child_id, fields, message ...) and ``not_run`` (code,
    reason). See docs/reference/checking.md. Raises ValueError for metadata or codes that cannot be understood.
    """
    from hearth.returns.ssda903 import checking

    return checking.check(tables, metadata, rules)


def read(path: Path, *, authority: str | None = None) -> Record:
    """Read the return at a path: a folder of CSV files, a folder of two years' folders, or an XML file.

    Last year's return is read with it where it lies in the folder or beside it. ``history_from`` is the first day of
    the earliest year read. Raises SourceError when no table of the return can be read there.
    """
    problems = Problems()
    found = sources.find(path, problems)
    if not any(year.texts for year in found):
        raise SourceError(f"{path} holds no table of an SSDA903 return that can be read.")
    years = [read_year(year, problems) for year in found]
    frames = merging.merged(years, problems)
    council = _authority(path, authority, frames, problems)
    tables = mapping.tables_of(frames, council, problems)
    return Record(
        tables=tables,
        kind="ssda903",
        carries=mapping.carries(tables, frames),
        history_from=layout.first_day(found[0].year) if found[0].year else None,
        problems=problems.table(),
        counts=problems.counts(),
    )


def _authority(path: Path, given: str | None, frames: mapping.Frames, problems: Problems) -> str:
    """The responsible authority: as given, as ``meta.json`` says, or where most homes are; how is noted."""
    if given:
        return geography.known_as(given)
    if named := sources.authority_in(path):
        _note(problems, path, f"The authority {codes.named('authority', named)} is taken from meta.json")
        return geography.known_as(named)
    homes = frames["Episodes"]["home_postcode"] if "Episodes" in frames else pl.Series([], dtype=pl.String)
    if common := geography.most_common_authority(homes):
        _note(problems, path, f"The authority {codes.named('authority', common)} is where most home postcodes lie")
        return common
    _note(problems, path, "No home postcode tells the authority: placements in or out of area are not known")
    return geography.UNKNOWN


def _note(problems: Problems, path: Path, said: str) -> None:
    problems.file(path.name, said, "Name the authority if it is another one", "noted")
