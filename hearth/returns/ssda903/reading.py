"""One year's return from text to typed columns: cells read by kind, duplicates and children not in Header set aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import polars as pl

from hearth.returns.cells import LATEST, Reader
from hearth.returns.ssda903 import layout
from hearth.returns.ssda903.layout import Column, Table
from hearth.returns.ssda903.sources import Found
from hearth.tables.problems import Problems

SEX_BEFORE_2025 = {"1": "M", "2": "F"}
PATTERNS: Mapping[str, tuple[str, str, str]] = {
    "postcode": (
        r"^[A-Z]{1,2}[0-9][A-Z0-9]? *[0-9][A-Z]{2}$",
        "Not a postcode",
        "Give the whole postcode, or leave the cell blank where it is not known",
    ),
    "urn": (
        r"^([0-9]{7}|SC[0-9]{6}|X{7})$",
        "Not a reference number of the regulator",
        "Give 7 digits, or SC and 6 digits; XXXXXXX where there is none",
    ),
    "pupil_number": (
        r"^([A-HJ-NP-RT-Z][0-9]{11}[0-9A-Z]|UN[1-5])$",
        "Not a unique pupil number",
        "Give a letter and 12 digits, or UN1 to UN5",
    ),
    "worker_number": (
        r"^(SW|XX)[0-9]{1,10}$",
        "Not a social worker's number; read as a worker without registration",
        "Give SW and the registration number, or XX and digits",
    ),
    "authority_number": (
        r"^([0-9]{3}|WAL|SCO|NIR|NUK)$",
        "Not an authority's number",
        "Give the Department's three-digit number, 999, WAL, SCO, NIR or NUK",
    ),
    "part_date": (
        r"^((0[1-9]|[12][0-9]|3[01])|ZZ)/((0[1-9]|1[0-2])|ZZ)/([0-9]{4}|ZZZZ)$",
        "Not a date",
        "Give dd/mm/yyyy, with zz for parts that are not known",
    ),
    "one_or_two": (r"^[12]$", "Neither 1 nor 2", "Give the number of adopters: 1 or 2"),
}
"""Text of a certain form (in capitals): the form, what to say of another, and the remedy."""


KEPT = ("worker_number",)
"""Kinds whose odd cells are used all the same: an odd number is a worker still, taken as one without registration."""


@dataclass(frozen=True, eq=False)
class YearRead:
    """One year's return, typed: frames by the return's table names, with ``file`` and ``row`` of each row."""

    year: int
    frames: Mapping[str, pl.DataFrame]
    read: Mapping[str, tuple[str, int]]
    """File name and rows read of each table, for the counts."""

    def __getitem__(self, table: str) -> pl.DataFrame:
        """The table's rows; none when the return lacks it."""
        found = self.frames.get(table)
        return blank(layout.tables()[table]) if found is None else found


def blank(table: Table) -> pl.DataFrame:
    """The table's typed columns, without rows."""
    reader = Reader("", Problems())
    nothing = pl.DataFrame(schema={"row": pl.Int64, "child_id": pl.String})
    typed = [_typed(column, nothing, reader, 0) for column in table.columns if column.becomes != "child_id"]
    return nothing.with_columns(typed).with_columns(pl.lit("").alias("file"))


def reader_of(table: Table, file: str, problems: Problems) -> Reader:
    """A reader whose problems name the return's own headings."""
    return Reader(file, problems, headings={column.becomes: column.heading for column in table.columns})


def read_year(found: Found, problems: Problems) -> YearRead:
    """Reads every table of one year's return; rows without their key, second rows and orphans are set aside."""
    frames = {table: _read(table, name, text, found.year, problems) for table, (name, text) in found.texts.items()}
    if "Header" in frames:
        children = frames["Header"]["child_id"].unique()
        frames = {t: frame if t == "Header" else _known(t, frame, children, problems) for t, frame in frames.items()}
    _tell_missing_tables(found, problems)
    return YearRead(found.year, frames, {table: (name, text.height) for table, (name, text) in found.texts.items()})


def _tell_missing_tables(found: Found, problems: Problems) -> None:
    for table in ("Header", "Episodes"):
        if table not in found.texts:
            said = f"There is no file with the headings of {table}"
            problems.file(layout.tables()[table].file, said, "Put it with the others; what needs it is not known")


def _read(name: str, file: str, text: pl.DataFrame, year: int, problems: Problems) -> pl.DataFrame:
    """The table's typed frame: rows that have their key, the first of each."""
    table = layout.tables()[name]
    reader = reader_of(table, file, problems)
    frame = text.with_columns(reader.identifier(text, "CHILD").str.to_uppercase().alias("child_id"))
    typed = [_typed(column, frame, reader, year) for column in table.columns if column.becomes != "child_id"]
    _note_blanks(table, frame, reader)
    whole = frame.select("row", "child_id").with_columns(typed).with_columns(pl.lit(file).alias("file"))
    needed = [column.becomes for column in table.columns if column.needed in ("key", "value")]
    kept = reader.require(whole, *needed)
    return _without_retired(table, reader.first_of_each(kept, *table.key), reader, year)


def _typed(column: Column, frame: pl.DataFrame, reader: Reader, year: int) -> pl.Series:
    return _read_cells(column, frame, reader, year).alias(column.becomes)


def _read_cells(column: Column, frame: pl.DataFrame, reader: Reader, year: int) -> pl.Series:
    if column.kind in PATTERNS:
        return _patterned(column, frame, reader)
    return {
        "code": partial(_coded, column, frame, reader, year),
        "date": partial(reader.date, frame, column.heading, latest=layout.last_day(year), is_strict=True),
        "day_ahead": partial(reader.date, frame, column.heading, latest=LATEST, is_strict=True),
        "yes_no": partial(reader.yes_no, frame, column.heading),
        "score": partial(reader.integer, frame, column.heading, 0, 40),
    }[column.kind]()


def _coded(column: Column, frame: pl.DataFrame, reader: Reader, year: int) -> pl.Series:
    aliases = SEX_BEFORE_2025 if column.codes == "sex" else None
    if aliases and year >= 2025 and column.heading in frame.columns:
        old = frame[column.heading].is_in(list(aliases)).fill_null(value=False)
        reader.tell(frame, column.heading, old, "A code retired in 2024", "Read as before; use M, F or U", "noted")
    return reader.code(frame, column.heading, column.codes, aliases=aliases)


def _patterned(column: Column, frame: pl.DataFrame, reader: Reader) -> pl.Series:
    form, problem, remedy = PATTERNS[column.kind]
    values = reader.text(frame, column.heading).str.to_uppercase()
    bad = ~values.str.contains(form).fill_null(value=True)
    if column.kind == "part_date":
        whole = values.str.contains(r"^[0-9/]+$").fill_null(value=False)
        bad |= whole & values.str.to_date("%d/%m/%Y", strict=False).is_null()
    reader.tell(frame, column.heading, bad, problem, remedy, "noted" if column.kind in KEPT else "value not used")
    good = values.set(bad, None) if bad.any() and column.kind not in KEPT else values
    if column.kind == "urn":
        return good.replace(layout.NO_REFERENCE, None)
    return good.str.replace(r" *([0-9][A-Z]{2})$", " $1") if column.kind == "postcode" else good


def _note_blanks(table: Table, frame: pl.DataFrame, reader: Reader) -> None:
    """A blank where the return always needs a value is said, and read as not known."""
    for column in table.columns:
        if column.needed == "always" and column.heading in frame.columns:
            empty = frame[column.heading].is_null()
            reader.tell(frame, column.heading, empty, "Blank, where a value is always needed", "Fill it in", "noted")


def _without_retired(table: Table, frame: pl.DataFrame, reader: Reader, year: int) -> pl.DataFrame:
    """A retired code is used where it held when the episode began or ended, and not used otherwise."""
    for column in table.columns:
        last = layout.last_years(column.codes) if column.codes else {}
        if any(ended < year for ended in last.values()):
            frame = _judge_retired(column, frame, reader, {code: y for code, y in last.items() if y < year})
    return frame


def _judge_retired(column: Column, frame: pl.DataFrame, reader: Reader, last: Mapping[str, int]) -> pl.DataFrame:
    held_to = frame[column.becomes].replace_strict(dict(last), default=None, return_dtype=pl.Int32)
    if held_to.is_not_null().sum() == 0:
        return frame
    day = "ended_on" if column.becomes == "reason_ended" else "started_on"
    of_year = pl.col(day).dt.offset_by("-3mo").dt.year() + 1 if day in frame.columns else pl.lit(None, dtype=pl.Int32)
    still = frame.select((of_year <= held_to).fill_null(value=False)).to_series()
    used, refused = held_to.is_not_null() & still, held_to.is_not_null() & ~still
    remedy = "Use a code of this year"
    reader.tell(frame, column.becomes, used, "A retired code, which held when the episode began", remedy, "noted")
    reader.tell(frame, column.becomes, refused, "A retired code", remedy)
    return frame.with_columns(frame[column.becomes].set(refused, None))


def _known(table: str, frame: pl.DataFrame, children: pl.Series, problems: Problems) -> pl.DataFrame:
    """The rows of children in Header; the others are set aside."""
    orphan = ~frame["child_id"].is_in(children.implode())
    if not orphan.any():
        return frame
    reader = reader_of(layout.tables()[table], str(frame["file"][0]), problems)
    remedy = "Correct the identifier, or add the child to Header"
    reader.tell(
        frame, "child_id", orphan, f"A row of {table} for a child who is not in Header", remedy, "row set aside"
    )
    return frame.filter(~orphan)
