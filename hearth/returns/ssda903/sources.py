"""Which returns lie at a path: this year's and last year's, as CSV or XML, told apart by content and not by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from hearth.returns import files
from hearth.returns.cells import EARLIEST, LATEST
from hearth.returns.ssda903 import layout, xml
from hearth.tables.problems import Problems

SUFFIXES = frozenset({".csv", ".txt", ".tsv", ".xlsx", ".xls"})
DATED = {
    "Episodes": ("DEC",),
    "Reviews": ("REVIEW",),
    "Missing": ("MIS_START", "MIS_END"),
    "SWEpisodes": ("SW_DEC",),
}
"""What happens in a return's own year, and so tells which year it is."""
STARTED = {"Episodes": ("DECOM",), "SWEpisodes": ("SW_DECOM",), "PlacedAdoption": ("DATE_PLACED",)}
"""What may have happened earlier; asked when nothing else is there."""
COMMON = 0.1
"""Share of a year among the dates that no handful of mistyped ones reaches."""
SAME_CHILDREN = 0.2
"""Share of children that two years of one council have in common at least; other councils' children share none."""


@dataclass(frozen=True, eq=False)
class Found:
    """One year's return as text: for each table the file's name in the table of problems, and its rows."""

    year: int
    texts: Mapping[str, tuple[str, pl.DataFrame]]
    is_xml: bool = False

    def people(self) -> set[tuple[str, str]]:
        """Children as pairs of identifier and date of birth."""
        _, header = self.texts.get("Header", ("", pl.DataFrame(schema={"CHILD": pl.String, "DOB": pl.String})))
        known = header.select(name for name in ("CHILD", "DOB") if name in header.columns)
        return set(known.drop_nulls().iter_rows()) if known.width == 2 else set()


def recognise(path: Path) -> bool:
    """Whether a return lies there: a folder with its CSV files, with sub-folders that have them, or XML. Cheap."""
    if path.is_file():
        return xml.recognise(path) or layout.table_of(files.headings(path)) is not None
    return _holds_tables(path) or any(_holds_tables(sub) for sub in _folders(path)) or bool(_xml_files(path))


def find(path: Path, problems: Problems) -> list[Found]:
    """The returns at the path, oldest first, one a year; CSV files are taken before XML of the same year.

    A folder's own files come with last year's folder beside it, and so does a file; the folder beside must hold the
    year before and the same children.
    """
    here = within(path, problems)
    if path.is_file():
        return _with_last_year(here, _folders(path.parent), problems)
    if _holds_tables(path):
        beside = [folder for folder in _folders(path.parent) if folder.resolve() != path.resolve()]
        return _with_last_year(here, beside, problems)
    return here


def within(path: Path, problems: Problems) -> list[Found]:
    """The returns in the file, the folder or its sub-folders, oldest first, without what lies beside it."""
    if path.is_file():
        return [_from_xml(path, path.name, problems) if xml.recognise(path) else _from_files([path], "", problems)]
    if _holds_tables(path):
        return [_from_folder(path, "", problems)]
    return _of_years(path, problems)


def _of_years(path: Path, problems: Problems) -> list[Found]:
    within = [_from_folder(sub, f"{sub.name}/", problems) for sub in _folders(path) if _holds_tables(sub)]
    known = {found.year for found in within}
    for file in _xml_files(path) if len(known) < 2 else ():
        if _year_of_xml(file) not in known:
            within.append(_from_xml(file, file.name, problems))
    return _of_one_council(within, problems)


def _of_one_council(within: list[Found], problems: Problems) -> list[Found]:
    """One return a year, oldest first; of the same children as the latest, and what is not is said."""
    ordered = sorted(within, key=lambda found: found.year)
    kept: dict[int, Found] = {}
    for found in reversed(ordered):
        if found.year in kept:
            _leave_out(found, f"A second return of the year ending in March {found.year}", problems)
        elif kept and not _are_one_council(found, kept[min(kept)]):
            _leave_out(found, "A return of other children than the later one beside it", problems)
        else:
            kept[found.year] = found
    return [kept[year] for year in sorted(kept)]


def _leave_out(found: Found, said: str, problems: Problems) -> None:
    for name, _ in found.texts.values():
        problems.file(name, said, "Give each council's return, and each year's, by itself")


def authority_in(path: Path) -> str | None:
    """The authority that a ``meta.json`` in the folder, or beside it, names."""
    for folder in (path, path.parent) if path.is_dir() else (path.parent,):
        try:
            said = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        named = said.get("authority") if isinstance(said, dict) else None
        if isinstance(named, str) and named.strip():
            return named.strip()
    return None


def year_of(columns: Callable[[str, Iterable[str]], list[pl.Series]]) -> int | None:
    """The collection year of a return; ``columns`` gives the text under a table's headings.

    The latest year that a tenth of the year's own dates fall in, two of them at least or dates of the year before as
    well, so that a few mistyped dates do not count; where there is none, the same of all days. None without any date.
    """
    own = [text for table, names in DATED.items() for text in columns(table, names)]
    begun = [text for table, names in STARTED.items() for text in columns(table, names)]
    for texts in (own, own + begun):
        counted = _years(texts)
        before = counted["year"].is_in((counted["year"] + 1).implode())
        is_common = (counted["count"] >= COMMON * float(counted["count"].sum())) & ((counted["count"] >= 2) | before)
        if is_common.any():
            return int(max(counted.filter(is_common)["year"].to_list()))
    return int(str(counted.sort("count", "year")["year"].last())) if counted.height else None


def _years(texts: Iterable[pl.Series]) -> pl.DataFrame:
    """Collection years among dd/mm/yyyy and ISO dates that can be meant, counted."""
    if not (series := list(texts)):
        return pl.DataFrame(schema={"year": pl.Int32, "count": pl.UInt32})
    text = pl.concat(part.alias("text") for part in series).str.slice(0, 10)
    told = pl.coalesce(pl.col("text").str.to_date(form, strict=False) for form in ("%d/%m/%Y", "%Y-%m-%d"))
    day = pl.when(told.is_between(EARLIEST, LATEST)).then(told)
    year = (day.dt.offset_by("-3mo").dt.year() + 1).alias("year")
    return text.to_frame().select(year).drop_nulls().group_by("year").agg(pl.len().alias("count"))


def _folders(path: Path) -> list[Path]:
    try:
        return sorted(entry for entry in path.iterdir() if entry.is_dir() and not entry.name.startswith("."))
    except OSError:
        return []


def _xml_files(path: Path) -> list[Path]:
    return [file for file in sorted(path.glob("*.[xX][mM][lL]")) if xml.recognise(file)]


def _table_files(folder: Path) -> list[Path]:
    try:
        return sorted(file for file in folder.iterdir() if file.suffix.lower() in SUFFIXES and file.is_file())
    except OSError:
        return []


def _holds_tables(folder: Path) -> bool:
    return any(layout.table_of(files.headings(file)) for file in _table_files(folder))


def _with_last_year(here: list[Found], beside: list[Path], problems: Problems) -> list[Found]:
    this = here[0]
    for folder in beside:
        if _holds_tables(folder):
            aside = Problems()
            last = _from_folder(folder, f"{folder.name}/", aside)
            if last.year == this.year - 1 and _are_one_council(last, this):
                _take(aside, problems)
                return [last, this]
    return here


def _take(aside: Problems, problems: Problems) -> None:
    problems.frames.extend(aside.frames)
    problems.broken.update(aside.broken)


def _are_one_council(last: Found, this: Found) -> bool:
    """Whether the two years have children in common; taken so where one of them lists none."""
    before, now = last.people(), this.people()
    return len(before & now) >= SAME_CHILDREN * min(len(before), len(now))


def _from_folder(folder: Path, label: str, problems: Problems) -> Found:
    return _from_files(_table_files(folder), label, problems)


def _from_files(paths: Iterable[Path], label: str, problems: Problems) -> Found:
    texts: dict[str, tuple[str, pl.DataFrame]] = {}
    for path in paths:
        name, titles = f"{label}{path.name}", files.headings(path)
        table = layout.table_of(titles)
        if table in texts:
            said = f"A second file with the headings of {table}; {texts[table][0]} was read"
            problems.file(name, said, "Put all rows into one file, or take one of them away")
        elif table and (frame := files.read_text_table(path, problems, name=name)) is not None:
            texts[table] = (name, _official(frame, table, name, problems))
        elif not table:
            _tell_unknown(path, titles, name, problems)
    return _dated(texts, label, problems)


def _tell_unknown(path: Path, titles: list[str], name: str, problems: Problems) -> None:
    """A table without CHILD and an unreadable file are mistakes; registers and notes are not, and are noted."""
    if likely := layout.lacks_child(titles):
        problems.file(name, f"Looks like {likely}, but has no column CHILD", "Add the child's identifier to each row")
    elif not titles:
        files.read_text_table(path, problems, name=name)
    else:
        remedy = "Nothing, if it is no part of the return; else put the return's headings in its first row"
        problems.file(name, "Not a table of the return by its first row", remedy, "noted")


def _official(frame: pl.DataFrame, table: str, name: str, problems: Problems) -> pl.DataFrame:
    """The frame under the return's own headings; unknown ones are noted and left out, lacking ones noted."""
    known = [*layout.tables()[table].headings, *layout.DERIVED.get(table, ())]
    renamed = {title: layout.heading(title) for title in frame.columns if title != "row"}
    unknown = [title for title, official in renamed.items() if official not in known]
    lacking = [heading for heading in layout.tables()[table].headings if heading not in renamed.values()]
    if unknown:
        said = f"Headings that {table} does not have: {', '.join(unknown)}"
        problems.file(name, said, "Nothing: not used", "noted")
    if lacking:
        said = f"Headings of {table} that are missing: {', '.join(lacking)}"
        problems.file(name, said, "Read as not known; add them", "noted")
    kept = {official: title for title, official in reversed(renamed.items()) if official in known}
    return frame.select("row", *(pl.col(title).alias(official) for official, title in kept.items()))


def _dated(texts: Mapping[str, tuple[str, pl.DataFrame]], label: str, problems: Problems) -> Found:
    def columns(table: str, names: Iterable[str]) -> list[pl.Series]:
        frame = texts[table][1] if table in texts else pl.DataFrame()
        return [frame[heading] for heading in names if heading in frame.columns]

    year = year_of(columns)
    if year is None:
        said = "No date tells which year the return is for"
        problems.file(label or "return", said, "Check the dates of episodes and reviews", "noted")
    return Found(year or 0, texts)


def _from_xml(path: Path, name: str, problems: Problems) -> Found:
    found = _dated(xml.read(path, name, problems), name, problems)
    return Found(found.year, found.texts, is_xml=True)


def _year_of_xml(path: Path) -> int | None:
    """The year of an XML return without reading it whole: by its ``DEC`` and ``REVIEW`` elements."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    found = pl.Series([text]).str.extract_all(r"(?i)<(?:DEC|REVIEW)>\s*[0-9/\-]{10}").explode()
    days = found.str.slice(-10)
    return year_of(lambda table, _: [days] if table == "Episodes" else [])
