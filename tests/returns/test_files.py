"""Whatever a council sends is a table, or one plain sentence says why not."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.returns import files
from hearth.tables.problems import Problems

TEXT = "CHILD,NAME\n0042,Zoë\n0043,\n"
SEEN = [("0042", "Zoë"), ("0043", None)]


def read(path: Path, data: bytes) -> tuple[pl.DataFrame | None, list[str]]:
    path.write_bytes(data)
    problems = Problems()
    found = files.read_text_table(path, problems)
    return found, problems.table()["problem"].to_list()


def a_workbook(path: Path, cells: list[list[object]]) -> bytes:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Anything")
        for at, row in enumerate(cells):
            sheet.write_row(at, 0, row)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", ["The file is in utf-16, not UTF-8"]),
        ("utf-16-le", ["The file is in utf-16, not UTF-8"]),
        ("cp1252", ["The file is in windows-1252, not UTF-8"]),
    ],
)
def test_a_file_is_read_in_whatever_encoding_it_was_saved(tmp_path: Path, encoding: str, said: list[str]):
    found, problems = read(tmp_path / "a.csv", TEXT.encode(encoding))
    assert found is not None
    assert found.select("CHILD", "NAME").rows() == SEEN
    assert problems == said


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_do_not_matter(tmp_path: Path, separator: str, ending: str):
    text = TEXT.replace(",", separator).replace("\n", ending)
    found, problems = read(tmp_path / "a.csv", text.encode())
    assert found is not None
    assert (found.select("CHILD", "NAME").rows(), problems) == (SEEN, [])


def test_blank_cells_and_the_word_null_are_not_known_and_blank_rows_left_out(tmp_path: Path):
    found, _ = read(tmp_path / "a.csv", b"\nCHILD , DOB\n 1 ,NULL\n\n,\n2,   \n")
    assert found is not None
    assert found.columns == ["CHILD", "DOB", "row"]
    assert found.rows() == [("1", None, 0), ("2", None, 3)]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"\n  \n", "The file is empty"),
        (bytes(range(256)) * 20, "The file is not text"),
        (b"CHILD,DOB\x00\n1,2\n", "The file is not text"),
        (b"PK\x03\x04 broken", "The workbook is damaged or has no filled sheet"),
        (",".join(f"C{n}" for n in range(501)).encode(), "The file has 501 columns, more than 500"),
    ],
)
def test_a_file_that_is_no_table_is_not_read_and_says_why(tmp_path: Path, data: bytes, said: str):
    found, problems = read(tmp_path / "a.csv", data)
    assert found is None
    assert said in problems


def test_an_absurdly_large_file_is_refused_without_reading_it(tmp_path: Path):
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(files.LARGEST + 1)
    problems = Problems()
    assert files.read_text_table(path, problems) is None
    assert problems.table()["problem"].to_list() == ["The file is 2.0 GB, more than 2 GB"]


def test_a_missing_file_is_a_problem_and_no_error(tmp_path: Path):
    problems = Problems()
    assert files.read_text_table(tmp_path / "none.csv", problems) is None
    assert problems.table()["effect"].to_list() == ["file not read"]


def test_headings_without_rows_are_noted(tmp_path: Path):
    found, problems = read(tmp_path / "a.csv", b"CHILD,DOB\n")
    assert found is not None
    assert found.is_empty()
    assert problems == ["The file has headings and no rows"]


def test_of_two_headings_alike_the_first_is_read(tmp_path: Path):
    found, problems = read(tmp_path / "a.csv", b"CHILD,DOB,dob\n1,2,3\n")
    assert found is not None
    assert found.select("CHILD", "DOB").rows() == [("1", "2")]
    assert problems == ["The heading dob comes twice"]


def test_short_rows_are_filled_and_long_rows_set_aside_and_counted(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes(b'CHILD,DOB\n1\n2,3,4\n5,6,\n"7,8",9\n')
    problems = Problems()
    found = files.read_text_table(path, problems)
    assert found is not None
    assert found.rows() == [("1", None, 0), ("5", "6", 2), ("7,8", "9", 3)]
    problems.count("a.csv", found.height, found.height)
    assert problems.counts().rows() == [("a.csv", 4, 3, 1)]
    assert problems.table().select("row", "effect").rows() == [(0, "noted"), (1, "row set aside")]


def test_a_quote_that_is_never_closed_swallows_no_rows(tmp_path: Path):
    found, problems = read(tmp_path / "a.csv", b'CHILD,NOTE\n1,"2\n3,4\n5,6\n')
    assert found is not None
    assert found["CHILD"].to_list() == ["1", "3", "5"]
    assert "A cell opens a quote and does not close it" in problems


def test_a_workbook_named_csv_is_read_as_text(tmp_path: Path):
    data = a_workbook(tmp_path / "b.xlsx", [[], ["CHILD", "N"], ["0042", 7], ["=1+1", None]])
    found, problems = read(tmp_path / "a.csv", data)
    assert found is not None
    assert found["CHILD"].to_list()[0] == "0042"
    assert found["N"].to_list() == ["7", None]
    assert problems == ["The file is a workbook, not text"]


def test_of_a_workbook_the_first_sheet_is_read_and_the_others_are_named(tmp_path: Path):
    with xlsxwriter.Workbook(tmp_path / "b.xlsx") as book:
        for name in ("Children", "Reviews", "Blank"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["CHILD"] if name != "Blank" else [])
    _, problems = read(tmp_path / "b.xlsx", (tmp_path / "b.xlsx").read_bytes())
    assert "Only the first sheet, Children, was read; not Reviews" in problems


@pytest.mark.parametrize("first", ["sep=,\r\n", "SEP=,\n", '"sep=,"\n'])
def test_what_a_spreadsheet_is_told_in_the_first_line_is_no_heading(tmp_path: Path, first: str):
    found, problems = read(tmp_path / "a.csv", (first + TEXT).encode())
    assert found is not None
    assert (found.select("CHILD", "NAME").rows(), problems) == (SEEN, [])
    assert files.headings(tmp_path / "a.csv") == ["CHILD", "NAME"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("CHILD,NAME", "The headings once more, and no row"),
        ("Total,2", "A line of totals, and no row"),
        ("GRAND TOTAL:,", "A line of totals, and no row"),
    ],
)
def test_what_a_report_writes_between_its_rows_is_no_child(tmp_path: Path, line: str, said: str):
    (tmp_path / "a.csv").write_text(f"{TEXT}{line}\n0044,CHILD\n", encoding="utf-8")
    problems = Problems()
    found = files.read_text_table(tmp_path / "a.csv", problems)
    assert found is not None and found["CHILD"].to_list() == ["0042", "0043", "0044"]
    problems.count("a.csv", found.height, found.height)
    assert problems.table().select("row", "problem", "effect").rows() == [(2, said, "row set aside")]
    assert problems.counts().row(0) == ("a.csv", 4, 3, 1)


def test_formula_text_stays_text(tmp_path: Path):
    found, _ = read(tmp_path / "a.csv", b'CHILD,NOTE\n1,"=HYPERLINK(""x"")"\n2,+44\n')
    assert found is not None
    assert found["NOTE"].to_list() == ['=HYPERLINK("x")', "+44"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_no_junk_ends_in_an_error(tmp_path: Path, data: bytes):
    found, problems = read(tmp_path / "a.csv", data)
    assert found is not None or problems
    assert isinstance(files.headings(tmp_path / "a.csv"), list)
