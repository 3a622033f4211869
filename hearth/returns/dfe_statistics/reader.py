"""Recognises the Department's files by their headings and reads them into one long table of published figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from hearth.returns.dfe_statistics import declared, places, series
from hearth.tables.problems import Problems
from hearth.tables.published import NEIGHBOURS, POPULATION, STATISTICS, Published


@dataclass(frozen=True, eq=False)
class File:
    """One file as text, headings in small letters without a byte-order mark."""

    name: str
    headings: frozenset[str]
    rows: pl.LazyFrame


def read(folder: Path, authority: str | None = None) -> Published:
    """Every file of the folder that is one of the Department's, as published statistics.

    With ``authority`` only that one, its statistical neighbours, the regions and England are kept: a third of the time.
    Files that are not, or cannot be read, become rows in the table of problems. A folder that is not there gives
    empty tables and one problem.
    """
    problems = Problems()
    files = [file for path in _paths(folder, problems) if (file := _open(path, problems)) is not None]
    where = _places(files)
    near = _stack(_each(files, places.is_neighbours, lambda f: places.neighbours(f.rows, where)), NEIGHBOURS)
    kept = where if authority is None else places.near(authority, where, near)
    found = _series(files, where, kept, problems)
    return Published(
        statistics=found.unique(["statistic", "code", "year_ended_on"], keep="first", maintain_order=True),
        population=_stack(_each(files, places.is_population, lambda f: places.population(f.rows, where)), POPULATION),
        neighbours=near,
        authorities=where,
        problems=problems.table(),
        titles={s.statistic: s.title for s in declared.statistics()},
    )


def _paths(folder: Path, problems: Problems) -> list[Path]:
    if not folder.is_dir():
        problems.file(str(folder), "there is no such folder", "Give the folder that holds the Department's files.")
        return []
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in {".csv", ".parquet"})


def _open(path: Path, problems: Problems) -> File | None:
    try:
        rows = _scan(path)
        names = rows.collect_schema().names()
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError):
        problems.file(path.name, "the file cannot be read as a table", "Download it again as CSV in UTF-8.")
        return None
    small = {name: name.strip().lstrip("\ufeff").lower() for name in names}
    if len(set(small.values())) < len(names):
        problems.file(path.name, "two columns have the same heading", "Download the file again.")
        return None
    return File(path.name, frozenset(small.values()), rows.rename(small))


def _scan(path: Path) -> pl.LazyFrame:
    if path.suffix.lower() == ".parquet":
        return pl.scan_parquet(path)
    return pl.scan_csv(path, infer_schema=False, encoding="utf8-lossy", truncate_ragged_lines=True)


def _places(files: list[File]) -> pl.DataFrame:
    named = [file for file in files if file.headings >= places.NAMES]
    estimates = [file for file in named if places.is_population(file.headings)]
    return places.authorities([file.rows for file in estimates or named])


def _series(files: list[File], where: pl.DataFrame, kept: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """Every declared series the files hold: all files are read at once, then all series made at once."""
    is_kept, is_tool_kept = series.rows_of(kept), series.tool_rows_of(kept)
    wanted = {file.name: [s for s in declared.statistics() if s.columns <= file.headings] for file in files}
    yearly = [file for file in files if file.headings >= places.YEARLY and wanted[file.name]]
    tools = [file for file in files if file.headings >= places.INTERACTIVE_TOOL]
    plans = [series.wanted_rows(_only(file, is_kept), wanted[file.name], file.headings) for file in yearly]
    plans += [series.tool_rows(file.rows.filter(is_tool_kept), wanted[file.name]) for file in tools]
    read_ = pl.collect_all(plans)
    made = [pl.LazyFrame(schema=STATISTICS)]
    for file, area in zip(yearly, read_, strict=False):
        made += series.yearly(area, wanted[file.name], where, file.name)
    for file, found in zip(tools, read_[len(yearly) :], strict=True):
        made.append(series.interactive_tool(found, where, file.name))
    _say_unused([file for file in files if file not in yearly and file not in tools], problems)
    return pl.concat(made).collect()


def _only(file: File, is_kept: pl.Expr) -> pl.LazyFrame:
    return file.rows.filter(is_kept) if "new_la_code" in file.headings else file.rows


def _say_unused(files: list[File], problems: Problems) -> None:
    for file in files:
        if not (places.is_population(file.headings) or places.is_neighbours(file.headings)):
            problems.file(
                file.name,
                "it holds no figure that Hearth compares with",
                "Nothing to do, unless you expected it: then check its headings.",
                effect="noted",
            )


def _each(
    files: list[File], is_one: Callable[[frozenset[str]], bool], reader: Callable[[File], pl.DataFrame]
) -> list[pl.DataFrame]:
    return [reader(file) for file in files if is_one(file.headings)]


def _stack(frames: list[pl.DataFrame], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.concat([pl.DataFrame(schema=schema), *frames])
