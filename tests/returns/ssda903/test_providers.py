"""The regulator's register, in the layouts in which it is published."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from hearth.returns.ssda903.checking import providers
from hearth.returns.ssda903.checking.unavailable import UnavailableError

COLUMNS = ["URN", "PLACE_CODES", "PROVIDER_CODES", "REG_END", "POSTCODE", "AUTHORITY"]
WANTED = ("1234567", "K2", "PR1,PR4", "31/12/2025", "NR24ND", "E10000020")


@pytest.mark.parametrize(
    "layout",
    [
        "urn,placement code,placement provider code,deregistration date,setting address postcode,local authority\n"
        '1234567,K2,"PR1, PR4",31/12/2025,NR2 4ND,E10000020\n',
        "URN;PLACE_CODES;PROVIDER_CODES;REG_END;POSTCODE;LA_CODE_INFERRED\n"
        "1234567;k2;PR1/PR4;2025-12-31;nr2 4nd;E10000020\n",
        "Postcode,Local Authority,Registration end date,Provider codes,Place codes,URN\n"
        "NR2 4ND,Norfolk,31 December 2025,PR1 PR4,K2,1234567\n",
    ],
)
def test_text_in_its_layouts(layout: str, tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text(layout, encoding="utf-8")
    assert providers.read(path).select(COLUMNS).rows() == [WANTED]


def test_a_workbook_with_a_title_above_its_headings_and_several_sheets(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Cover").write(0, 0, "Social care providers")
        for number, name in ((1234567, "Homes"), ("SC123456", "Agencies")):
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, "Settings registered on 31 March 2026")
            head = ("URN", "Placement code", "Placement provider code", "Deregistration date", "Postcode")
            sheet.write_row(3, 0, head)
            sheet.write_row(4, 0, (number, "K2", "PR1,PR4", "31/12/2025", "NR2 4ND"))
    found = providers.read(path)
    assert found["URN"].to_list() == ["1234567", "SC123456"]
    assert found.select(COLUMNS).row(0) == WANTED


def test_a_frame_will_do() -> None:
    given = pl.DataFrame({"URN": [1234567], "PLACE_CODES": ["K2"], "REG_END": [None]})
    assert providers.read(given).rows() == [("1234567", "K2", None)]


def test_codes_may_be_lists() -> None:
    framed = pl.DataFrame({"URN": ["1234567"], "PLACE_CODES": [["K2", "S1"]]})
    rows = [{"URN": "1234567", "PLACE_CODES": ["K2", "S1"]}]
    for given in (framed, rows):
        assert providers.read(given).rows() == [("1234567", "K2,S1")]


@pytest.mark.parametrize("given", [None, {"PLACE_CODES": ["K2"]}, "nowhere.csv"])
def test_no_register_is_said(given: object) -> None:
    with pytest.raises(UnavailableError, match="register of providers"):
        providers.read(given)
