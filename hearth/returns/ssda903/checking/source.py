"""What to check at a path: this year's tables as text, last year's, the year, the authority, the file's form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from hearth.returns import geography
from hearth.returns.files import SourceError
from hearth.returns.source import open_source
from hearth.returns.ssda903 import sources, writing
from hearth.returns.ssda903.checking.intake import LAST
from hearth.tables.problems import Problems


@dataclass(frozen=True, eq=False)
class Return:
    """A return to check: tables of text by the return's names (``_last`` for last year's), and what is known of it."""

    tables: Mapping[str, pl.DataFrame]
    year: int
    authority: str | None
    file_format: str
    problems: pl.DataFrame


def read(path: Path, last_year: Path | None = None, *, year: int | None = None, authority: str | None = None) -> Return:
    """Read the return at a path: a folder of CSV files, of two years' folders, an XML file, or any source of Hearth.

    Last year's comes from ``last_year``, or from the folder where both years lie in it. Without ``year`` the dates
    tell it; without ``authority`` the file meta.json, or where most homes lie. Raises SourceError, one plain sentence.
    """
    for given in (path, last_year):
        if given is not None and not given.exists():
            raise SourceError(f"There is no file or folder {given}; check the name.")
    problems = Problems()
    if not sources.recognise(path):
        return _written(path, year, authority, last_year)
    found = [one for one in sources.within(path, problems) if one.texts]
    last = [one for one in sources.within(last_year, problems) if one.texts] if last_year else found[:-1]
    if not found:
        raise SourceError(f"{path} holds no table of an SSDA903 return that can be read.")
    if last_year and not last:
        raise SourceError(f"{last_year} holds no table of an SSDA903 return that can be read.")
    ending = year or found[-1].year
    if not ending:
        raise SourceError(f"No date in {path} tells which year the return is for; give it with --year.")
    tables = {**_texts(found[-1], ""), **(_texts(last[-1], LAST) if last else {})}
    named = geography.known_as(authority) if authority else _authority(path, tables)
    return Return(tables, ending, named, "xml" if found[-1].is_xml else "csv", problems.table())


def _texts(found: sources.Found, suffix: str) -> dict[str, pl.DataFrame]:
    """The year's tables; those of XML in capitals, as codes are compared in capitals."""
    frames = {f"{name}{suffix}": frame for name, (_, frame) in found.texts.items()}
    if not found.is_xml:
        return frames
    capitals = pl.selectors.string().exclude("CHILD").str.to_uppercase()
    return {name: frame.with_columns(capitals) for name, frame in frames.items()}


def _authority(path: Path, tables: Mapping[str, pl.DataFrame]) -> str | None:
    if named := sources.authority_in(path):
        return geography.known_as(named)
    episodes = tables.get("Episodes")
    if episodes is None or "HOME_POST" not in episodes.columns:
        return None
    return geography.most_common_authority(episodes["HOME_POST"])


def _written(path: Path, year: int | None, authority: str | None, last_year: Path | None) -> Return:
    """Another source of Hearth: the return of the year, and of the year before, is written from it and checked."""
    record = open_source(path, authority=authority)
    if not year:
        raise SourceError(f"{path} is no SSDA903 return: give the year whose return is to be checked, as --year 2026.")
    if len(record.authorities) > 1:
        raise SourceError(f"{path} holds {len(record.authorities)} authorities: a return is checked for one at a time.")
    with TemporaryDirectory() as folder:
        for name, ending in (("this_year", year), ("last_year", year - 1)):
            writing.write(record, Path(folder) / name, ending)
        before = last_year or Path(folder) / "last_year"
        made = read(Path(folder) / "this_year", before, year=year, authority=next(iter(record.authorities), None))
    return Return(made.tables, year, made.authority, made.file_format, record.problems)
