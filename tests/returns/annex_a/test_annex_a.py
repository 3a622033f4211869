"""Annex A: what an inspector's lists say of each child on their day, and what they do not say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from hearth.returns import annex_a
from hearth.returns.annex_a import lists

Row = Mapping[str, Any]

A_CHILD: Row = {
    "Child Unique ID": "0042",
    "Gender": "b) Female",
    "Ethnicity": "a) WBRI",
    "Date of Birth": date(2012, 5, 6),
    "Age of Child (Years)": 13,
    "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)": "b) No",
    "Does the Child have a Disability": "a) Yes",
    "Date Started to be Looked After": date(2023, 1, 10),
    "Child's Category of Need": "N1 - Abuse or neglect",
    "Start date of current legal status": date(2023, 9, 1),
    "Child's Legal Status": "C2: Full care order",
    "Date of Latest Statutory Review": date(2026, 2, 2),
    "Date of Last Social Work Visit": date(2026, 3, 20),
    "What is the permanence plan for this child?": "f) Long-term fostering",
    "Date of Last Health Assessment": date(2025, 11, 3),
    "Date of Last Dental Check": date(2025, 10, 1),
    "Start Date of Most Recent Placement": date(2024, 6, 1),
    "Placement Type": "u) U4 - Foster placement with other carer, long term",
    "Placement Provider": "e) PR4 - Private provision",
    "Placement postcode": "zz99 9zz",
    "URN of Placement": "SC012345",
    "Placement Location": "b) Out",
    "Allocated Team": "North",
    "Allocated Worker": "A. Worker",
}
A_CARE_LEAVER: Row = {
    "Child Unique ID": "77",
    "Gender": "a) Male",
    "Ethnicity": "q) CHNE",
    "Date of Birth": date(2006, 1, 1),
    "Does the Child have a Disability": "c) Unknown",
    "Allocated Team": "Leaving care",
    "Allocated Worker": "B. Worker",
    "Allocated Personal Advisor (SSD extract)": "C. Adviser",
    "Eligibility Category": "b) Former relevant child",
    "Latest Pathway Plan (SSD extract)": date(2025, 12, 1),
    "LA in Touch": "a) Yes",
    "Latest Contact (SSD extract)": date(2026, 3, 1),
    "Type of Accommodation": "U: Independent living",
    "Suitability of Accommodation": "b) Unsuitable",
    "Activity Status": "F4: Full time in an apprenticeship",
}
AN_ADOPTION: Row = {
    "Child Unique ID": "0042",
    "Family identifier": "F1",
    "Gender": "b) Female",
    "Ethnicity": "a) WBRI",
    "Does the Child have a Disability": "a) Yes",
    "Date the Child Entered Care": date(2023, 1, 10),
    "Date of Decision that Child Should be Placed for Adoption": date(2023, 8, 1),
    "Date of Placement Order": date(2023, 9, 1),
    "Date of Decision that Child Should No Longer be Placed for Adoption": date(2024, 2, 1),
    "Reason Why Child No Longer Placed for Adoption": "RD3 - Prospective adopters could not be found",
}


def a_workbook(path: Path, sheets: Mapping[str, Sequence[Row]], *, above: int = 0) -> Path:
    """A workbook with a list on each sheet, ``above`` rows of title over the headings."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for line in range(above):
                sheet.write(line, 0, "A title over the list")
            headings = list(dict.fromkeys(heading for row in rows for heading in row))
            sheet.write_row(above, 0, headings)
            for line, row in enumerate(rows, above + 1):
                for place, heading in enumerate(headings):
                    if row.get(heading) is not None:
                        sheet.write(line, place, row[heading])
    return path


def a_child(**changes: Any) -> Row:
    return {**A_CHILD, **{heading.replace("_", " "): value for heading, value in changes.items()}}


@pytest.fixture
def three_lists(tmp_path: Path) -> Path:
    sheets = {"List 8": [A_CHILD], "List 9": [A_CARE_LEAVER], "List 10": [AN_ADOPTION]}
    return a_workbook(tmp_path / "anything.xlsx", sheets, above=3)


def test_the_lists_are_known_by_their_headings_wherever_they_stand(three_lists: Path, tmp_path: Path) -> None:
    assert annex_a.recognise(three_lists)
    assert annex_a.recognise(tmp_path)
    assert not annex_a.recognise(a_workbook(tmp_path / "other.xlsx", {"List 8": [{"Name": "x", "Gender": "y"}]}))


def test_a_child_of_list_8_is_in_care_in_the_placement_and_status_of_the_list(three_lists: Path) -> None:
    record = annex_a.read(three_lists, authority="E10000020")
    expected = [
        ("S", date(2023, 1, 10), date(2023, 9, 1), "X1", None, None),
        ("L", date(2023, 9, 1), date(2024, 6, 1), "X1", "C2", None),
        ("P", date(2024, 6, 1), None, None, "C2", "U4"),
    ]
    columns = ["reason_started", "started_on", "ended_on", "reason_ended", "legal_status", "placement_type"]
    assert record["episodes"].sort("started_on").select(columns).rows() == expected
    last = record["episodes"].sort("started_on").tail(1)
    assert last.select("placement_provider", "urn", "is_in_area", "category_of_need").row(0) == (
        "PR4",
        "SC012345",
        False,
        "N1",
    )
    assert record["periods_of_care"].select("started_on", "ended_on").rows() == [(date(2023, 1, 10), None)]


def test_last_dates_are_single_events_and_no_history(three_lists: Path) -> None:
    record = annex_a.read(three_lists)
    assert record["health_assessments"].select("assessed_on", "status").rows() == [(date(2025, 11, 3), "Completed")]
    assert record["dental_checks"]["checked_on"].to_list() == [date(2025, 10, 1)]
    assert record["reviews"]["held_on"].to_list() == [date(2026, 2, 2)]
    assert record["visits"]["visited_on"].to_list() == [date(2026, 3, 20)]
    assert record.lacks(["visits", "reviews", "health_assessments", "missing_episodes", "allocations"]) != []
    assert record.lacks(["visits.latest", "reviews.latest", "health_assessments.latest", "dental_checks.latest"]) == []
    assert record.snapshot_on == record.history_from == date(2026, 3, 20)


def test_a_care_leaver_of_list_9_is_as_the_list_says(three_lists: Path) -> None:
    found = annex_a.read(three_lists)["care_leaver_statuses"].drop("authority").row(0, named=True)
    assert found == {
        "child_id": "77",
        "eligibility": "former_relevant",
        "in_touch": "YES",
        "latest_contact_on": date(2026, 3, 1),
        "accommodation_kind": "U",
        "is_suitable": False,
        "activity": "F4",
        "pathway_plan_on": date(2025, 12, 1),
        "adviser": "C. Adviser",
        "team": "Leaving care",
        "worker_id": "B. Worker",
    }


def test_an_adoption_of_list_10_keeps_its_days(three_lists: Path) -> None:
    found = annex_a.read(three_lists)["adoptions"].row(0, named=True)
    assert (found["decided_on"], found["placement_order_on"]) == (date(2023, 8, 1), date(2023, 9, 1))
    assert (found["reversed_on"], found["reason_reversed"]) == (date(2024, 2, 1), "RD3")


def test_people_of_all_lists_stand_once(three_lists: Path) -> None:
    record = annex_a.read(three_lists)
    people = record["people"].sort("child_id").select("child_id", "sex", "ethnicity", "born_on").rows()
    assert people == [("0042", "F", "WBRI", date(2012, 5, 6)), ("77", "M", "CHNE", date(2006, 1, 1))]
    assert record["disabilities"].select("child_id", "disability").rows() == [("0042", "DDA")]
    assert record["unaccompanied"].is_empty()


@pytest.mark.parametrize(
    ("changes", "starts"),
    [
        # care from, placement from, legal status from: how the episodes begin
        (("2025-01-01", "2025-01-01", "2025-01-01"), ["S"]),
        (("2025-01-01", "2024-01-01", "2023-01-01"), ["S"]),
        (("2025-01-01", "2025-06-01", "2025-06-01"), ["S", "B"]),
        (("2025-01-01", "2025-06-01", "2025-01-01"), ["S", "P"]),
        (("2025-01-01", "2025-01-01", "2025-06-01"), ["S", "L"]),
        (("2025-01-01", None, None), ["S"]),
    ],
)
def test_episodes_begin_where_care_the_placement_or_the_status_begins(
    tmp_path: Path, changes: tuple[str | None, ...], starts: list[str]
) -> None:
    care, placed, legal = (None if day is None else date.fromisoformat(day) for day in changes)
    child = a_child(
        Date_Started_to_be_Looked_After=care,
        Start_Date_of_Most_Recent_Placement=placed,
        Start_date_of_current_legal_status=legal,
    )
    found = annex_a.read(a_workbook(tmp_path / "a.xlsx", {"x": [child]}))["episodes"].sort("started_on")
    assert found["reason_started"].to_list() == starts
    assert found["placement_type"].to_list()[-1] == "U4"


def test_a_child_who_left_care_left_on_that_day(tmp_path: Path) -> None:
    left = a_child(
        Date_Ceased_to_be_Looked_After=date(2026, 1, 5), Reason_Ceased_to_be_Looked_After="d) E4A - Returned"
    )
    periods = annex_a.read(a_workbook(tmp_path / "a.xlsx", {"x": [left]}))["periods_of_care"]
    assert periods.select("ended_on", "reason_ended").rows() == [(date(2026, 1, 5), "E4A")]


def test_each_list_may_be_a_file_of_its_own(tmp_path: Path) -> None:
    a_workbook(tmp_path / "a.xlsx", {"Sheet1": [A_CHILD]})
    text = pl.DataFrame([{k: str(v) for k, v in A_CARE_LEAVER.items()}])
    text.write_csv(tmp_path / "b.csv")
    record = annex_a.read(tmp_path)
    assert (record["episodes"].height, record["care_leaver_statuses"].height) == (3, 1)
    assert {"care_leaver_statuses", "episodes"} <= record.carries
    assert "adoptions" not in record.carries


@pytest.mark.parametrize(
    ("change", "effect", "children"),
    [
        ({"Child_Unique_ID": None}, "row set aside", 1),
        ({"Date_Started_to_be_Looked_After": None}, "row set aside", 1),
        ({"Placement_Type": "q) QQ"}, "value not used", 2),
        ({"Date_of_Birth": "31/02/2012"}, "value not used", 2),
        ({"Does_the_Child_have_a_Disability": "perhaps"}, "value not used", 2),
    ],
)
def test_what_cannot_be_used_is_told(tmp_path: Path, change: dict[str, Any], effect: str, children: int) -> None:
    spoiled = a_child(**{"Child_Unique_ID": "43", **change})
    record = annex_a.read(a_workbook(tmp_path / "a.xlsx", {"x": [A_CHILD, spoiled]}))
    told = record.problems.filter(pl.col("file") == "a.xlsx: x")
    assert told.select("row", "effect").rows() == [(1, effect)]
    assert record["periods_of_care"].height == children
    assert record.counts.row(0, named=True) == {
        "file": "a.xlsx: x",
        "read": 2,
        "kept": children,
        "set_aside": 2 - children,
    }


def test_every_column_declared_feeds_a_table_that_there_is() -> None:
    from hearth.tables import catalogue

    for known in lists.columns().values():
        for column in known.values():
            if column.hearth_table:
                assert column.hearth_column in catalogue.empty(column.hearth_table).columns, column
