"""The return as XML: as the format has it, and read back as the same return that the CSV files hold."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from hearth.cli import hearth
from hearth.returns.ssda903 import layout, sources, writing, writing_xml
from hearth.synthetic.authority import make
from hearth.tables.problems import Problems
from hearth.tables.record import Record
from tests.returns.test_ssda903_writing import a_record

GOLDEN = Path(__file__).parent / "golden.xml"
PEOPLE = """
    child_id | born_on    | sex | ethnicity | upn           | is_mother | first_child_born_on
    0042     | 12/06/2012 | M   | WBRI      | J438339128987 |           |
    0043     | 01/02/2009 | F   | BAFR      |               | yes       | 02/01/2026
"""
EPISODES = """
    child_id | started_on | ended_on   | reason_started | reason_ended | legal_status | category_of_need|placement_type
    0042     | 01/05/2025 | 01/08/2025 | S              | X1           | C1           | N1               | U6
    0042     | 01/08/2025 |            | P              |              | C1           | N1               | K2
    0043     | 10/03/2024 |            | S              |              | V2           | N5               | U4
"""


@pytest.fixture(scope="module")
def council() -> Record:
    return make(150, 3, 1)


def test_the_file_is_as_the_format_has_it(tmp_path: Path) -> None:
    record = a_record(
        people=PEOPLE,
        episodes=EPISODES,
        reviews="child_id | held_on | participation\n0042 | 01/06/2025 | PN1\n0042 | 01/09/2025 | PN2",
        unaccompanied="child_id | ended_on\n0043 | 01/02/2027",
        missing_episodes="child_id | kind | started_on | ended_on\n0043 | M | 01/06/2025 | 02/06/2025",
        previous_permanence="child_id | option\n0042 | Z1",
    )
    path = tmp_path / "return.xml"
    writing_xml.write(record, path, 2026)
    assert path.read_text(encoding="utf-8") == GOLDEN.read_text(encoding="utf-8")


def test_the_xml_is_read_back_as_the_csv_files(council: Record, tmp_path: Path) -> None:
    writing_xml.write(council, tmp_path / "return.xml", 2026)
    (found,) = sources.within(tmp_path / "return.xml", Problems())
    texts = writing.texts(council, 2026)
    for name, (_, frame) in found.texts.items():
        columns = layout.tables()[name].headings
        expected = texts[name].sort(columns)
        assert frame.select(columns).sort(columns).equals(expected), name


def test_the_command_writes_both_forms_and_check_finds_no_artefact(council: Record, tmp_path: Path) -> None:
    from hearth.returns import hearth_tables

    hearth_tables.write(council, tmp_path / "tables")
    out = tmp_path / "out"
    asked = ["export", str(tmp_path / "tables"), "--kind", "ssda903", "--year", "2026", "-o", str(out)]
    assert CliRunner().invoke(hearth, asked).exit_code == 0
    assert {path.name for path in out.iterdir()} == {
        *(layout.tables()[name].file for name in layout.expected(2026)),
        "ssda903-2026.xml",
    }
    by_form = [
        json.loads(CliRunner().invoke(hearth, ["check", str(path), "--only", "101", "146", "--format", "json"]).stdout)
        for path in (out, out / "ssda903-2026.xml")
    ]
    assert [said["findings"] for said in by_form] == [[], []]
    assert pl.DataFrame(by_form[0]["not_run"]).is_empty()
