"""Text cells as days, codes, answers and numbers; a cell that cannot be used becomes a row in the table of problems."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import polars as pl

from hearth.tables import codes
from hearth.tables.problems import Effect, Problems

EARLIEST = dt.date(1900, 1, 2)
"""1 January 1900 and before is what spreadsheets and databases write for "no date"."""
LATEST = dt.date(2100, 12, 31)
DAY_FORMATS = ("%d/%m/%Y", "%Y-%m-%d")
OTHER_DAY_FORMATS = ("%Y/%m/%d", "%d-%m-%Y", "%d.%m.%Y", "%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%Y%m%d")
MOMENT_FORMATS = tuple(f"{day}{gap}{time}" for day in DAY_FORMATS for gap in " T" for time in ("%H:%M:%S%.f", "%H:%M"))
WITH_TIME = r"^(\S.*?\d)[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?(?:Z|[+-]\d{2}:?\d{2})?$"
"""A day followed by a time; the day is the first group."""
YES = ("1", "Y", "YES", "TRUE", "T", "1.0")
NO = ("0", "N", "NO", "FALSE", "F", "0.0")
LABELLED = r"^(?:[A-Z]\)\s*)?([A-Z0-9_]+)\s*(?:(?:[-:–—.,)(]|\s).*)?$"
"""A code with its label behind it, as Annex A writes: "N1 - Abuse or neglect"."""
LETTERED = r"^[A-Z]\)\s*(.*)$"
"""An answer with its letter before it: "a) Yes"."""
SHORTENED = r"^\d(?:\.\d+)?E\+\d+$"
"""A long number as a spreadsheet writes it."""
SAMPLE = 1000
FEW = 16


@dataclass(frozen=True)
class Reader:
    """Reads the columns of one file; ``name`` is the file in the table of problems, ``child`` the child's column.

    Every method takes a frame from ``files.read_text_table`` and a column's name and gives a Series of that name and
    the frame's length, null where the cell is blank or unusable; a column that the frame lacks is null throughout.
    """

    name: str
    problems: Problems
    child: str = "child_id"
    headings: Mapping[str, str] = field(default_factory=dict)
    """The source's own heading for columns of another name, as shown in the table of problems."""

    def text(self, frame: pl.DataFrame, column: str) -> pl.Series:
        """The cells as they are, also where they look like a formula."""
        return _of(frame, column)

    def identifier(self, frame: pl.DataFrame, column: str) -> pl.Series:
        """Identifiers: text with leading zeros kept; a ".0" that a spreadsheet put behind is taken off and noted.

        What a spreadsheet shortened (1.23E+11) is not used: its digits are lost. The quote that Hearth's own exports
        put before formula text is taken off again.
        """
        values = _of(frame, column)
        if values.str.starts_with("'").any():
            values = values.str.replace(r"^'([=+@-])", "$1")
        values = self._without_shortened(frame, column, values)
        spoiled = values.str.contains(r"^\d+\.0+$").fill_null(value=False)
        if not spoiled.any():
            return values
        self.tell(frame, column, spoiled, 'The identifier ends in ".0"', "Read without it; export as text", "noted")
        return values.str.replace(r"^(\d+)\.0+$", "$1")

    def _without_shortened(self, frame: pl.DataFrame, column: str, values: pl.Series) -> pl.Series:
        shortened = values.str.contains(SHORTENED).fill_null(value=False)
        said = "A spreadsheet has shortened the identifier, and its digits are lost"
        self.tell(frame, column, shortened, said, "Export it again as text")
        return _blanked(values, shortened)

    def date(self, frame: pl.DataFrame, column: str, *, latest: dt.date = LATEST, is_strict: bool = False) -> pl.Series:
        """Days (Date): dd/mm/yyyy or ISO, also with a time behind; the column's own format first, then the others.

        Cells in another format than the column's are used and noted, or not used where ``is_strict``. Impossible days,
        1 January 1900 and before (what spreadsheets write for nothing) and days after ``latest`` are not used.
        """
        values = _of(frame, column)
        if values.dtype != pl.String:
            return values
        days, odd = _days(values)
        if is_strict and odd.any():
            days = _blanked(days, odd)
        else:
            self._note_odd_format(frame, column, odd)
        self._refuse_unread(frame, column, values, days)
        return self._within(frame, column, days, EARLIEST, latest)

    def datetime(self, frame: pl.DataFrame, column: str) -> pl.Series:
        """Moments (Datetime, microseconds, no zone); a day without a time gives null, for the time is not known."""
        values = _of(frame, column)
        moments = _first_that_reads(values.str.replace(r"Z$", ""), MOMENT_FORMATS)
        without = moments.is_null()
        days = moments.dt.date()
        if without.any():
            days = _scattered(days, without, _days(values.filter(without))[0])
        self._refuse_unread(frame, column, values, days)
        usable = self._within(frame, column, days, EARLIEST, LATEST)
        return _blanked(moments, usable.is_null()).alias(column)

    def code(
        self,
        frame: pl.DataFrame,
        column: str,
        list_name: str,
        *,
        aliases: Mapping[str, str] | None = None,
        without: Collection[str] = (),
    ) -> pl.Series:
        """Codes of the list, in capitals, ``aliases`` (in capitals) replaced and labels behind the code taken off.

        A code that the list does not have, or that stands in ``without`` (retired), is not used.
        """
        known = [code for code in codes.load(list_name) if code not in without]
        values = _of(frame, column)
        found = _coded(values, known, aliases or {})
        bad = values.is_not_null() & found.is_null()
        if bad.any():
            few = f": {', '.join(known)}" if len(known) <= FEW else ""
            remedy = f"Use a code of the list {list_name}{few}"
            self.tell(frame, column, bad, f"Not a code for {list_name.replace('_', ' ')}", remedy)
        return found

    def yes_no(self, frame: pl.DataFrame, column: str, *, unknown: Collection[str] = ()) -> pl.Series:
        """Answers (Boolean) from 1/0, Y/N, Yes/No, True/False, also as "a) Yes"; ``unknown`` (capitals) are null."""
        values = _of(frame, column)
        plain = {cell: re.sub(LETTERED, r"\1", cell.upper()) for cell in values.drop_nulls().unique().to_list()}
        meant = {cell: word in YES for cell, word in plain.items() if word in YES or word in NO}
        answers = values.replace_strict(meant, default=None, return_dtype=pl.Boolean).alias(column)
        odd = [cell for cell, word in plain.items() if cell not in meant and word not in unknown]
        bad = values.is_in(odd).fill_null(value=False)
        self.tell(frame, column, bad, "Neither yes nor no", "Use 1 or 0, Y or N")
        return answers

    def integer(self, frame: pl.DataFrame, column: str, low: int | None = None, high: int | None = None) -> pl.Series:
        """Whole numbers (Int64) from ``low`` to ``high``; others are not used."""
        values = self.number(frame, column)
        whole = values.cast(pl.Int64, strict=False)
        bad = values.is_not_null() & (values != whole).fill_null(value=True)
        if low is not None:
            bad = bad | (values < low).fill_null(value=False)
        if high is not None:
            bad = bad | (values > high).fill_null(value=False)
        span = "" if low is None or high is None else f" from {low} to {high}"
        self.tell(frame, column, bad, f"Not a whole number{span}", f"Give a whole number{span}")
        return _blanked(whole, bad).alias(column)

    def number(self, frame: pl.DataFrame, column: str) -> pl.Series:
        """Numbers (Float64), finite."""
        values = _of(frame, column)
        numbers = values.cast(pl.Float64, strict=False)
        bad = values.is_not_null() & ~numbers.is_finite().fill_null(value=False)
        self.tell(frame, column, bad, "Not a number", "Give a number")
        return _blanked(numbers, bad).alias(column)

    def require(self, frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
        """The rows that have a value in every column named; the others are set aside with a problem each."""
        for column in columns:
            blank = frame[column].is_null()
            if blank.any():
                said = f"No usable {self.headings.get(column, column)}, without which the row says nothing"
                self.tell(frame, column, blank, said, "Fill it in", ASIDE)
                frame = frame.filter(~blank)
        return frame

    def first_of_each(self, frame: pl.DataFrame, *keys: str, remedy: str = "Keep one of them") -> pl.DataFrame:
        """The first row of each key, which must be unique; later ones are set aside with a problem each."""
        again = ~frame.select(pl.struct(keys).is_first_distinct()).to_series()
        said = f"A second row with the same {' and '.join(map(self._named, keys))}"
        self.tell(frame, keys[-1], again, said, f"{remedy}; the first was read", ASIDE)
        return frame.filter(~again) if again.any() else frame

    def tell(  # noqa: PLR0917 - what, where and why of a problem read best in this order
        self,
        frame: pl.DataFrame,
        column: str,
        rows: pl.Series,
        problem: str,
        remedy: str,
        effect: Effect = "value not used",
    ) -> None:
        """One problem for each of the rows of the frame for which the Boolean ``rows`` is true."""
        if not rows.any():
            return
        found = frame.filter(rows)
        value = found[column].cast(pl.String) if column in found.columns else pl.lit(None, dtype=pl.String)
        child = pl.col(self.child) if self.child in found.columns else pl.lit(None, dtype=pl.String)
        said = found.select("row", pl.lit(self._named(column)).alias("column"), value=value, child_id=child)
        self.problems.rows(self.name, said, problem=problem, remedy=remedy, effect=effect)

    def _named(self, column: str) -> str:
        return self.headings.get(column, column)

    def _note_odd_format(self, frame: pl.DataFrame, column: str, odd: pl.Series) -> None:
        remedy = "Read as the day it names; write dd/mm/yyyy throughout"
        self.tell(frame, column, odd, "The date is written in another way than the rest of the column", remedy, "noted")

    def _refuse_unread(self, frame: pl.DataFrame, column: str, values: pl.Series, days: pl.Series) -> None:
        if values.null_count() == days.null_count():
            return
        bad = values.is_not_null() & days.is_null()
        self.tell(frame, column, bad, "Not a date that exists", "Give the day as dd/mm/yyyy")

    def _within(self, frame: pl.DataFrame, column: str, days: pl.Series, first: dt.date, last: dt.date) -> pl.Series:
        if not days.count() or (days.min() >= first and days.max() <= last):  # type: ignore[operator]  # dates, or none
            return days
        early, late = (days < first).fill_null(value=False), (days > last).fill_null(value=False)
        self.tell(frame, column, early, "A date that stands for no date", "Leave the cell blank, or give the day")
        said = (
            "A date too far ahead to be meant" if last == LATEST else f"A date after {last:%d/%m/%Y}, when the data end"
        )
        self.tell(frame, column, late, said, "Check the year")
        return _blanked(days, early | late)


ASIDE: Effect = "row set aside"


def _of(frame: pl.DataFrame, column: str) -> pl.Series:
    if column in frame.columns:
        return frame[column]
    return pl.Series(column, [None], dtype=pl.String).new_from_index(0, frame.height)


def _blanked(values: pl.Series, bad: pl.Series) -> pl.Series:
    return values.set(bad, None) if bad.any() else values


def _days(values: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The days, and which cells are written in another way than most of the column."""
    for form in DAY_FORMATS:
        days = values.str.to_date(form, strict=False)
        if days.null_count() == values.null_count():
            return days, pl.Series([False]).new_from_index(0, len(values))
    return _mixed_days(values, _main_format(values))


def _mixed_days(values: pl.Series, main: str) -> tuple[pl.Series, pl.Series]:
    days = values.str.to_date(main, strict=False)
    rest = values.is_not_null() & days.is_null()
    plain = values.filter(rest).str.replace(WITH_TIME, "$1")
    again = plain.str.to_date(main, strict=False)
    others = [form for form in (*DAY_FORMATS, *OTHER_DAY_FORMATS) if form != main]
    found = _first_that_reads(plain.filter(again.is_null()), others, dates=True)
    odd = _scattered(rest & False, rest, _scattered(again.is_null() & False, again.is_null(), found.is_not_null()))
    return _scattered(days, rest, _scattered(again, again.is_null(), found)).alias(values.name), odd


def _main_format(values: pl.Series) -> str:
    """The format that reads most of the column's first filled cells."""
    sample = values.drop_nulls().head(SAMPLE).str.replace(WITH_TIME, "$1")
    return min((*DAY_FORMATS, *OTHER_DAY_FORMATS), key=lambda form: sample.str.to_date(form, strict=False).null_count())


def _first_that_reads(values: pl.Series, formats: Collection[str], *, dates: bool = False) -> pl.Series:
    kind: pl.Date | pl.Datetime = pl.Date() if dates else pl.Datetime("us")
    if not values.count():
        return pl.Series(values.name, [None], dtype=kind).new_from_index(0, len(values))
    reads = [pl.col(values.name).str.strptime(kind, form, strict=False) for form in formats]
    return values.to_frame().select(pl.coalesce(reads).alias(values.name)).to_series()


def _scattered(whole: pl.Series, at: pl.Series, part: pl.Series) -> pl.Series:
    """The series with the part's values in the places where ``at`` is true."""
    return whole.clone().scatter(at.arg_true(), part)


def _coded(values: pl.Series, known: Collection[str], aliases: Mapping[str, str]) -> pl.Series:
    """Each cell's code, null when there is none: distinct cells are looked up once."""
    given = values.drop_nulls().unique().to_list()
    meant = {cell: _code(cell.upper(), known, aliases) for cell in given}
    return values.replace_strict(meant, default=None, return_dtype=pl.String)


def _code(cell: str, known: Collection[str], aliases: Mapping[str, str]) -> str | None:
    labelled = re.match(LABELLED, cell)
    for written in (cell, labelled[1] if labelled else cell):
        code = aliases.get(written, written)
        if code in known:
            return code
    return None
