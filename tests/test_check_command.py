"""`hearth check`: the return on the screen and as data, with a status that a script can ask."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import fastexcel
import pytest
from click.testing import CliRunner, Result

from hearth.cli import hearth
from tests.returns.building import EPISODES, HEADER, a_return

FINDING = ("code", "table", "row", "child_id", "fields", "message")


def run(*words: object) -> Result:
    return CliRunner().invoke(hearth, ["check", *(str(word) for word in words)])


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    return a_return(tmp_path / "spoiled", Header=HEADER.replace("WBRI", "none"))


def as_json(*words: object) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(run(*words, "--format", "json").stdout)
    return said


def test_json_holds_the_findings_and_what_was_not_run(spoiled: Path) -> None:
    said = as_json(spoiled, "--only", "103", "NoE")
    (finding,) = said["findings"]
    assert {name: finding[name] for name in FINDING} == {
        "code": "103",
        "table": "Header",
        "row": 0,
        "child_id": "0042",
        "fields": ["ETHNIC"],
        "message": "The ethnicity code is either not valid or has not been entered.",
    }
    assert [(row["code"], row["reason"]) for row in said["not_run"]] == [
        ("NoE", "not run, because there is no table Episodes of last year")
    ]


def test_the_status_says_whether_something_was_found(spoiled: Path, tmp_path: Path) -> None:
    assert run(spoiled, "--only", "101").exit_code == 0
    assert run(spoiled, "--only", "103").exit_code == 1
    assert run(spoiled, "--only", "NoE").exit_code == 2
    assert run(spoiled, "--only", "9999").exit_code == 2
    assert run(tmp_path / "nowhere").exit_code == 2
    assert run(spoiled, "--providers", tmp_path / "nowhere.csv").exit_code == 2
    (tmp_path / "empty").mkdir()
    assert run(spoiled, "--last-year", tmp_path / "empty").exit_code == 2


def test_a_fault_of_the_user_is_one_sentence(spoiled: Path, tmp_path: Path) -> None:
    assert "There is no rule 9999" in run(spoiled, "--only", "9999").output
    assert "check the name" in run(tmp_path / "nowhere").output
    assert "make it with hearth check --format json" in run(spoiled, "--compare", spoiled / "header.csv").output
    assert "name a file with --output" in run(spoiled, "--format", "xlsx").output
    assert "Traceback" not in run(spoiled, "--teams", tmp_path / "nowhere.csv").output


def test_last_year_is_used_where_it_is_named(spoiled: Path, tmp_path: Path) -> None:
    last = a_return(tmp_path / "last", Episodes=EPISODES.replace("0043", "0044"))
    rows = as_json(spoiled, "--last-year", last, "--only", "NoE")["findings"]
    assert [(row["table"], row["row"], row["child_id"]) for row in rows] == [("Episodes", 2, "0043")]


def test_an_earlier_run_is_compared(spoiled: Path, tmp_path: Path) -> None:
    earlier = tmp_path / "earlier.json"
    run(spoiled, "--only", "103", "145", "--format", "json", "-o", earlier)
    mended = a_return(tmp_path / "mended", Episodes=EPISODES.replace("N5", "N9"))
    result = run(mended, "--only", "103", "145", "--compare", earlier, "--format", "json")
    assert {(row["code"], row["since"]) for row in json.loads(result.stdout)["findings"]} == {
        ("103", "fixed"),
        ("145", "new"),
    }
    assert "1 fixed, 1 new, 0 still" in result.stderr


@pytest.mark.parametrize(("group", "heading"), [("rule", "message"), ("child", "rules"), ("worker", "findings")])
def test_a_table_is_grouped_as_asked(spoiled: Path, group: str, heading: str) -> None:
    assert heading in run(spoiled, "--only", "103", "--group", group).stdout


def test_the_workbook_can_be_sorted_and_sent_on(spoiled: Path, tmp_path: Path) -> None:
    book = tmp_path / "check.xlsx"
    run(spoiled, "--only", "103", "NoE", "--format", "xlsx", "-o", book)
    sheets = fastexcel.read_excel(book)
    assert sheets.sheet_names == ["Summary", "By rule", "Findings", "By child", "By worker", "Not run"]
    found = sheets.load_sheet("Findings").to_polars()
    assert found.select("Rule", "Child", "Values").rows() == [("103", "0042", "ETHNIC none")]


def test_the_page_names_rules_and_children_without_script(spoiled: Path, tmp_path: Path) -> None:
    page = tmp_path / "check.html"
    run(spoiled, "--only", "103", "--format", "html", "-o", page)
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "The ethnicity code is either not valid" in text
    assert "0042" in text


def test_a_return_in_xml_is_checked_by_its_indicator(shared: Path) -> None:
    said = as_json(shared / "data" / "returns" / "county-2026" / "this_year.xml", "--only", "105", "101")
    assert said["not_run"] == []


def test_another_source_is_checked_as_the_return_it_would_make(shared: Path) -> None:
    source = shared / "data" / "returns" / "small-2026"
    result = run(source, "--only", "101", "103", "145", "--year", "2026")
    assert result.exit_code == 0, result.output
