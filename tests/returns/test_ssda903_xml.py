"""The XML form gives the same tables as CSV, however it is written."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from hearth.returns import ssda903
from hearth.tables.record import Record
from tests.returns.building import NORFOLK, check

CHILD = """
<CHILD><HEADER><CHILDID>0042</CHILDID><SEX>M</SEX><DOB>12/06/2012</DOB><ETHNIC>WBRI</ETHNIC><UPN>UN1</UPN>
  <UASC>{uasc}</UASC><DUC>12/06/2030</DUC><IN_TOUCH/>
  <AREVIEW><REVIEW>20/05/2025</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
  <AREVIEW><REVIEW>20/08/2025</REVIEW><REVIEW_CODE> pn2 </REVIEW_CODE></AREVIEW>
  <OC2><SDQ_SCORE>12</SDQ_SCORE></OC2></HEADER>
  <EPISODE><DECOM>01/05/2025</DECOM><RNE>S</RNE><LS>C1</LS><CIN>N1</CIN><PL>U6</PL><DEC/><REC/></EPISODE></CHILD>
"""
ORPHAN = """
<CHILD><HEADER><CHILDID>9999</CHILDID><SEX/><DOB/><ETHNIC/><UASC>0</UASC></HEADER>
  <EPISODE><DECOM>01/05/2025</DECOM><RNE>S</RNE><LS>C1</LS><CIN>N1</CIN><PL>U6</PL><DEC/><REC/></EPISODE></CHILD>
"""


def read(folder: Path, body: str, *, uasc: str = "0", encoding: str = "utf-8") -> Record:
    text = f"<?xml version='1.0' encoding='{encoding}'?><EXPSSDA903>{body.format(uasc=uasc)}</EXPSSDA903>"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "anything.xml").write_bytes(text.encode(encoding))
    return ssda903.read(folder / "anything.xml", authority=NORFOLK)


@pytest.mark.parametrize("encoding", ["utf-8", "us-ascii", "utf-16"])
def test_a_child_is_read_from_xml(tmp_path: Path, encoding: str):
    record = read(tmp_path / "r", CHILD, encoding=encoding)
    check(record["people"], "child_id | sex | born_on | ethnicity\n0042 | M | 12/06/2012 | WBRI")
    check(record["episodes"], "started_on | ended_on | legal_status | placement_type\n01/05/2025 | | C1 | U6")
    check(record["reviews"], "held_on | participation\n20/05/2025 | PN1\n20/08/2025 | PN2")
    check(record["annual_outcomes"], "year_ended_on | sdq_score\n31/03/2026 | 12")
    assert record["care_leaver_birthdays"].is_empty()


def test_elements_may_be_in_any_case(tmp_path: Path):
    lower = CHILD.replace("EPISODE", "Episode").replace("HEADER", "header").replace("AREVIEW", "aReview")
    record = read(tmp_path / "r", lower)
    assert (record["people"].height, record["episodes"].height, record["reviews"].height) == (1, 1, 2)


@pytest.mark.parametrize(("uasc", "rows"), [("1", 1), ("0", 0), ("", 0)])
def test_only_1_marks_an_unaccompanied_child(tmp_path: Path, uasc: str, rows: int):
    assert read(tmp_path / "r", CHILD, uasc=uasc)["unaccompanied"].height == rows


def test_an_element_with_nothing_but_an_identifier_is_a_child_not_in_header(tmp_path: Path):
    record = read(tmp_path / "r", CHILD + ORPHAN)
    assert record["people"]["child_id"].to_list() == ["0042"]
    said = record.problems.filter(pl.col("effect") == "row set aside")
    assert said.select("file", "row", "value").rows() == [("anything.xml Episodes", 1, "9999")]


def test_broken_xml_is_read_as_far_as_it_can_be(tmp_path: Path):
    record = read(tmp_path / "r", CHILD + "<CHILD><HEADER><CHILDID>0050</CHILDID><SEX>F")
    assert "0042" in record["people"]["child_id"].to_list()
    assert any(said.startswith("The XML is broken in line") for said in record.problems["problem"])


def test_xml_carries_no_social_workers(tmp_path: Path):
    assert read(tmp_path / "r", CHILD).lacks(["reviews", "allocations"]) == ["allocations"]


def test_nothing_outside_the_file_is_fetched_into_it(tmp_path: Path):
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "r"
    folder.mkdir()
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret.txt">]>'
    body = CHILD.format(uasc="0").replace("WBRI", "&e;")
    (folder / "a.xml").write_text(f"{entity}<EXPSSDA903>{body}</EXPSSDA903>")
    record = ssda903.read(folder / "a.xml", authority=NORFOLK)
    assert record["people"]["ethnicity"].to_list() == [None]
    assert "secret" not in str(record.problems.to_dicts())
