"""Delimited files and workbooks as frames of text, with everything odd about the file said in the table of problems."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import polars as pl

from hearth.tables.problems import Effect, Problems

LARGEST = 2 * 1024**3
"""Bytes: a larger file is refused; nobody's children fill it."""
WIDEST = 500
"""Columns: a wider file is refused."""
LARGEST_CHECKED = 64 * 1024**2
"""Bytes up to which each row of a file with quoted cells is checked for its number of cells."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How an xlsx and an xls file begin, whatever their names say."""
BLANKS = ("", "NULL", "null", "Null")
"""What databases and people write for nothing."""
DELIMITERS = ",;\t|"
HEAD = 64 * 1024
SEPARATOR_LINE = re.compile(rb'\A"?sep=."?\r?\n', re.IGNORECASE)
"""What spreadsheets are told by in the first line of a text file; it is no row."""
FEW = 6
"""Names told of a long list."""
TOTALS = r"(?i)^(?:grand |sub)?totals?:?$"


class SourceError(Exception):
    """Nothing at all can be read at a path; the message is one plain sentence for the person who named it."""


class UnreadableFileError(Exception):
    """Why a file cannot be read as a table, and the remedy; always caught in this module."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.remedy = remedy


def read_text_table(path: Path, problems: Problems, *, name: str | None = None) -> pl.DataFrame | None:
    """The file as text: one String column a heading (stripped), and ``row`` (Int64, 0 below the heading).

    Comma, semicolon, tab or bar; UTF-8, UTF-16 or Windows-1252; a workbook in place of text is read from its first
    sheet. Cells are stripped; blank ones, and the word NULL, are null; blank rows are left out. None when nothing can
    be read: ``problems`` then says why, under ``name`` (the file's name unless given).
    """
    name = name or path.name
    try:
        _refuse_absurd_size(path)
        if is_workbook(path):
            problems.file(name, "The file is a workbook, not text", "Read as it is; save it as CSV", "noted")
            return _first_table(path, problems, name)
        return _from_text(_decoded(path, problems, name), problems, name)
    except UnreadableFileError as why:
        problems.file(name, str(why), why.remedy)
    except OSError as why:
        problems.file(name, f"The file cannot be opened: {why.strerror}", "Check that it exists and may be read")
    return None


def headings(path: Path) -> list[str]:
    """The headings of a text file or of a workbook's first sheet, stripped; none when they cannot be read. Cheap."""
    try:
        if is_workbook(path):
            return _workbook_headings(path)
        with path.open("rb") as file:
            head = _cut_line(file.read(HEAD))
        return _split(_first_line(_as_utf8(head)[0].decode("utf-8", "replace")))
    except (OSError, UnreadableFileError, UnicodeError, csv.Error):
        return []


def is_workbook(path: Path) -> bool:
    """Whether the file is an xlsx or xls workbook, by how it begins."""
    with path.open("rb") as file:
        return file.read(4) in WORKBOOKS


def sheets(path: Path) -> dict[str, pl.DataFrame]:
    """Every sheet of a workbook by name, as text without headings: columns 0, 1, 2 ...; empty when it is damaged."""
    import fastexcel

    try:
        book = fastexcel.read_excel(path)
        return {sheet: _sheet(book, sheet) for sheet in book.sheet_names}
    except fastexcel.FastExcelError:
        return {}


def table_below(raw: pl.DataFrame, heading_row: int, problems: Problems, name: str) -> pl.DataFrame:
    """The table of a sheet (from ``sheets``) whose headings stand on that row: as ``read_text_table`` gives it."""
    titles = ["" if cell is None else str(cell).strip() for cell in raw.row(heading_row)]
    return _finish(raw.slice(heading_row + 1), titles, problems, name)


def _refuse_absurd_size(path: Path) -> None:
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFileError("The file is empty", "Export it again")
    if size > LARGEST:
        raise UnreadableFileError(
            f"The file is {size / 1024**3:.1f} GB, more than 2 GB", "Split it, or check the export"
        )


def _decoded(path: Path, problems: Problems, name: str) -> bytes:
    """The file in UTF-8 with line feeds, whatever it was; a noted problem when that was a guess."""
    data, encoding = _as_utf8(path.read_bytes())
    if encoding in ("utf-16", "windows-1252"):
        problems.file(name, f"The file is in {encoding}, not UTF-8", "Read as it is; export as UTF-8", "noted")
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    return data


def _as_utf8(data: bytes) -> tuple[bytes, str]:
    encoding = _encoding(data)
    if encoding == "utf-8":
        text = data
    elif encoding == "utf-8-sig":
        text = data[len(codecs.BOM_UTF8) :]
    else:
        text = data.decode(encoding, "replace").encode()
    if _is_junk(text[:HEAD]):
        raise UnreadableFileError("The file is not text", "Export it as CSV")
    text = SEPARATOR_LINE.sub(b"", text, count=1)
    return text, "utf-16" if encoding.startswith("utf-16") else encoding


def _encoding(data: bytes) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    if data[:HEAD].count(0) > len(data[:HEAD]) // 4:
        return "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    return "utf-8" if _is_utf8(data) else "windows-1252"


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_junk(head: bytes) -> bool:
    """Text has next to no control characters, and no zero bytes."""
    controls = sum(head.count(code) for code in range(32) if code not in (9, 10, 13))
    return b"\0" in head or controls > len(head) // 50


def _cut_line(head: bytes) -> bytes:
    """The head without its last, possibly broken, line, so that no character is cut in two."""
    at = head.rfind(b"\n") if len(head) == HEAD else -1
    return head if at < 1 else head[: at + 1 + (head[at + 1 : at + 2] == b"\0")]


def _first_line(text: str) -> str:
    return next((line for line in text.splitlines() if line.strip(" ,;|\t")), "")


def _delimiter(line: str) -> str:
    return max(DELIMITERS, key=line.count)


def _split(line: str) -> list[str]:
    cells = next(csv.reader([line], delimiter=_delimiter(line)), [])
    return [cell.strip() for cell in cells]


def _from_text(data: bytes, problems: Problems, name: str) -> pl.DataFrame:
    lines = io.BytesIO(data)
    heading = next((line for line in lines if line.strip(b" ,;|\t\r\n")), b"")
    text = heading.decode().strip("\r\n")
    if not text:
        raise UnreadableFileError("The file is empty", "Export it again")
    titles = _split(text)
    _refuse_absurd_width(titles)
    body = data[lines.tell() :]
    return _finish(_cells(body, _delimiter(text), titles, problems, name), titles, problems, name)


def _refuse_absurd_width(titles: Sequence[str]) -> None:
    if len(titles) > WIDEST:
        raise UnreadableFileError(f"The file has {len(titles)} columns, more than {WIDEST}", "Check the export")


def _cells(body: bytes, delimiter: str, titles: Sequence[str], problems: Problems, name: str) -> pl.DataFrame:
    """The rows below the headings, as text, with columns 0, 1, 2 ...; other widths are looked at row by row."""
    if _looks_ragged(body, delimiter, len(titles)):
        return _ragged(body, delimiter, len(titles), problems, name)
    schema = {str(place): pl.String() for place in range(len(titles))}
    try:
        return pl.read_csv(body, has_header=False, separator=delimiter, schema=schema)
    except pl.exceptions.PolarsError:
        return _ragged(body, delimiter, len(titles), problems, name)


def _looks_ragged(body: bytes, delimiter: str, width: int) -> bool:
    """Whether rows may differ in width: counted where no cell is quoted, else tried (files up to 64 MB)."""
    if _has_open_quote(body):
        return True
    if b'"' in body:
        return len(body) <= LARGEST_CHECKED and any(len(row) not in (0, width) for row in _rows(body, delimiter))
    cuts, lines = body.count(delimiter.encode()), body.count(b"\n") + (not body.endswith(b"\n"))
    if cuts == lines * (width - 1):
        return False
    return cuts != sum(1 for line in io.BytesIO(body) if line.strip(b"\r\n")) * (width - 1)


def _rows(body: bytes, delimiter: str, *, is_quoted: bool = True) -> Iterable[list[str]]:
    csv.field_size_limit(LARGEST // 2)
    text = io.TextIOWrapper(io.BytesIO(body), encoding="utf-8", newline="")
    return csv.reader(text, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE)


def _all_rows(body: bytes, delimiter: str, problems: Problems, name: str) -> list[list[str]]:
    """Every row; a quote that is never closed, and so swallows the rows below it, is read as a plain character."""
    if _has_open_quote(body):
        remedy = "Read with quotes as plain characters; take the lone quote out, and export again"
        problems.file(name, "A cell opens a quote and does not close it", remedy, "noted")
        return list(_rows(body, delimiter, is_quoted=False))
    return list(_rows(body, delimiter))


def _has_open_quote(body: bytes) -> bool:
    return body.count(b'"') % 2 == 1


def _ragged(body: bytes, delimiter: str, width: int, problems: Problems, name: str) -> pl.DataFrame:
    """Short rows are filled with blanks; a row with cells too many is set aside, since no cell of it can be trusted."""
    rows = _all_rows(body, delimiter, problems, name)
    long = [at for at, row in enumerate(rows) if any(cell.strip() for cell in row[width:])]
    short = [at for at, row in enumerate(rows) if 0 < len(row) < width]
    _tell(problems, name, long, "The row has more cells than there are headings", "row set aside")
    _tell(problems, name, short, "The row has fewer cells than there are headings", "noted")
    problems.unread(name, len(long))
    refused = set(long)
    whole = [[] if at in refused else row for at, row in enumerate(rows)]
    columns = {str(place): [row[place] if place < len(row) else None for row in whole] for place in range(width)}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String()))


def _tell(problems: Problems, name: str, rows: list[int], problem: str, effect: Effect) -> None:
    found = pl.DataFrame({"row": rows}, schema={"row": pl.Int64})
    remedy = "Put quotes around cells that hold the separator, and export again"
    problems.rows(name, found, problem=problem, remedy=remedy, effect=effect)


def _finish(raw: pl.DataFrame, titles: Sequence[str], problems: Problems, name: str) -> pl.DataFrame:
    """Names the columns, strips the cells and leaves blank rows out."""
    chosen = _chosen(titles, problems, name)
    frame = raw.select(_stripped(raw.columns[place]).alias(title) for title, place in chosen.items())
    frame = frame.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("row"))
    filled = frame.filter(pl.any_horizontal(pl.col(title).is_not_null() for title in chosen))
    if filled.is_empty():
        problems.file(name, "The file has headings and no rows", "Nothing, if there was none to report", "noted")
    return _without_lines_of_the_report(filled, list(chosen), problems, name)


def _without_lines_of_the_report(
    frame: pl.DataFrame, titles: Sequence[str], problems: Problems, name: str
) -> pl.DataFrame:
    """Leaves out what a report writes between its rows: the headings once more, and a line of totals."""
    first = titles[0]
    is_heading = pl.all_horizontal(pl.col(title).is_null() | (pl.col(title) == title) for title in titles)
    for which, said in (
        (is_heading, "The headings once more, and no row"),
        (pl.col(first).str.contains(TOTALS), "A line of totals, and no row"),
    ):
        found = frame.filter(which).select("row", pl.lit(first).alias("column"), pl.col(first).alias("value"))
        if found.height:
            problems.rows(name, found, problem=said, remedy="Take the line out", effect="row set aside")
            problems.unread(name, found.height)
            frame = frame.filter(~which.fill_null(value=False))
    return frame


def _stripped(column: str) -> pl.Expr:
    text = pl.col(column).str.strip_chars()
    return pl.when(~text.is_in(BLANKS)).then(text)


def _chosen(titles: Sequence[str], problems: Problems, name: str) -> dict[str, int]:
    """Which place each heading has; a heading that comes twice keeps its first."""
    chosen: dict[str, int] = {}
    for place, title in enumerate(titles):
        if title.lower() in {known.lower() for known in chosen} | {"row"}:
            said = f"The heading {title} comes twice" if title.lower() != "row" else "The heading row is not used"
            problems.file(name, said, "Keep one of them; the first was read", "noted")
        elif title:
            chosen[title] = place
    if not chosen:
        raise UnreadableFileError("The file has no headings", "Export it again with headings in the first row")
    return chosen


def _sheet(book: object, sheet: str) -> pl.DataFrame:
    loaded = book.load_sheet(sheet, header_row=None, dtypes="string").to_polars()  # type: ignore[attr-defined]  # fastexcel carries no types
    return loaded.rename({column: str(place) for place, column in enumerate(loaded.columns)})  # type: ignore[no-any-return]  # as above


def _first_table(path: Path, problems: Problems, name: str) -> pl.DataFrame:
    filled = {title: sheet for title, sheet in sheets(path).items() if sheet.height}
    if not filled:
        raise UnreadableFileError("The workbook is damaged or has no filled sheet", "Save it as CSV")
    first, *others = filled
    if others:
        said = f"Only the first sheet, {first}, was read; not {', '.join(others[:FEW])}"
        problems.file(name, said, "Save each sheet as a CSV file of its own", "noted")
    found = filled[first]
    _refuse_absurd_width(found.columns)
    return table_below(found, _first_filled(found), problems, name)


def _first_filled(raw: pl.DataFrame) -> int:
    filled = raw.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    return filled.arg_max() or 0


def _workbook_headings(path: Path) -> list[str]:
    for sheet in islice(sheets(path).values(), 1):
        if sheet.height:
            return [str(cell or "").strip() for cell in sheet.row(_first_filled(sheet))]
    return []
