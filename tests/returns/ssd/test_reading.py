"""Reading an extract: what its tables say, whatever the files are called and however they are written."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from hearth.returns import ssd
from hearth.returns.ssd import plans
from hearth.returns.ssd.snapshot import last_event
from tests.returns.ssd.extracts import EPISODE, PERSON, PLACEMENT, STATUS, an_episode, an_extract, read_extract


def test_files_are_known_by_their_headings_whatever_they_are_called(tmp_path: Path) -> None:
    an_extract(tmp_path)
    for number, path in enumerate(sorted(tmp_path.iterdir())):
        path.write_text(path.read_text().upper())
        path.rename(tmp_path / f"export {number}.TXT")
    assert ssd.recognise(tmp_path)
    record = ssd.read(tmp_path, authority="E10000020")
    assert record["episodes"].select("child_id", "placement_type", "legal_status").rows() == [("1", "U6", "C2")]
    assert record.problems.is_empty()


def test_a_folder_of_something_else_is_no_extract(tmp_path: Path) -> None:
    (tmp_path / "header.csv").write_text("CHILD,SEX,DOB\n1,M,01/01/2010\n")
    assert not ssd.recognise(tmp_path)
    assert not ssd.recognise(tmp_path / "header.csv")


@pytest.mark.parametrize(
    "written",
    [
        "2024-01-10",
        "2024-01-10 00:00:00",
        "2024-01-10T00:00:00",
        "2024-01-10 00:00:00.000",
        "10/01/2024",
        "10/01/2024 00:00:00",
    ],
)
def test_days_are_read_as_each_column_writes_them(tmp_path: Path, written: str) -> None:
    visit = {"clav_person_id": "1", "clav_cla_visit_date": written, "clav_cla_visit_seen": "Y"}
    record = read_extract(tmp_path, cla_visits=[visit])
    assert record["visits"]["visited_on"].to_list() == [date(2024, 1, 10)]
    assert record["episodes"]["started_on"].to_list() == [date(2024, 1, 10)]
    assert record.problems.is_empty()


def test_a_workbook_in_place_of_text_is_read(tmp_path: Path) -> None:
    an_extract(tmp_path)
    frame = pl.read_csv(tmp_path / "ssd_person.csv", infer_schema=False)
    (tmp_path / "ssd_person.csv").unlink()
    frame.write_excel(tmp_path / "ssd_person.xlsx")
    assert ssd.read(tmp_path, authority="X")["people"]["born_on"].to_list() == [date(2012, 5, 6)]


def test_extra_columns_and_tables_are_told_once_and_lacking_ones_accepted(tmp_path: Path) -> None:
    an_extract(
        tmp_path,
        person=[{**PERSON, "pers_ours": "x"}],
        s251_finance=[{"s251_table_id": "1", "s251_cla_placement_id": "l1"}],
    )
    (tmp_path / "ours.csv").write_text("a,b\n1,2\n")
    record = ssd.read(tmp_path, authority="X")
    assert record.problems.select("file", "effect").rows() == [("ours.csv", "noted"), ("ssd_person.csv", "noted")]


REVIEWS = {
    # date, due date, cancelled: held on, is cancelled
    "held": (("2024-02-01", "2024-02-05", "N"), ("2024-02-01", False)),
    "planned": ((None, "2024-02-05", None), (None, None)),
    "cancelled": (("2024-02-05", "2024-02-05", "Y"), (None, True)),
}


@pytest.mark.parametrize(("given", "found"), REVIEWS.values(), ids=REVIEWS.keys())
def test_only_a_review_that_took_place_was_held(tmp_path: Path, given: Any, found: Any) -> None:
    fields = ("clar_cla_review_date", "clar_cla_review_due_date", "clar_cla_review_cancelled")
    row = {"clar_cla_review_id": "1", "clar_cla_id": "p1", **dict(zip(fields, given, strict=True))}
    reviews = read_extract(tmp_path, cla_reviews=[row])["reviews"]
    assert reviews.select("child_id", pl.col("held_on").cast(pl.String), "is_cancelled").rows() == [("1", *found)]


AIMS = {
    '["ADOPTION"]': ["ADOPTION"],
    '["LTFOST18", "RETURN1M"]': ["RETURN1M", "LTFOST18"],
    '{"ADOPTION": "Y", "RETURN1M": "N", "LTFOST18": ""}': ["ADOPTION"],
    '{"ADOPTION":"N","RETURN1M":"N"}': [],
    '{"PERMANENCE": "LTRELFR"}': ["LTRELFR"],
    '[{"code": "SUPPLIV"}]': ["SUPPLIV"],
    "ADOPTION": ["ADOPTION"],
    "adoption; ltfost18": ["LTFOST18", "ADOPTION"],
    "Long-term fostering": ["LTFOST18"],
    "Return to family / Long-term residential placement": ["RETURNEV", "RESPLMT"],
    "[]": [],
    "{}": [],
    "to be decided": [],
}


@pytest.mark.parametrize(("text", "aims"), AIMS.items(), ids=AIMS.keys())
def test_aims_of_a_care_plan_are_found_in_every_shape(text: str, aims: list[str]) -> None:
    assert list(plans.options(text)) == aims


def test_a_care_plan_without_aims_stays_a_plan_and_its_text_is_told(tmp_path: Path) -> None:
    rows = [
        {
            "lacp_table_id": "1",
            "lacp_person_id": "1",
            "lacp_cla_care_plan_start_date": "2024-02-01",
            plans.FIELD: "to be decided",
        },
        {"lacp_table_id": "2", "lacp_person_id": "1", "lacp_cla_care_plan_start_date": "2024-03-01", plans.FIELD: "[]"},
    ]
    record = read_extract(tmp_path, cla_care_plan=rows)
    assert record["care_plans"].height == 2
    assert record["permanence_plans"].is_empty()
    assert record.problems.select("row", "value", "effect").rows() == [(0, "to be decided", "noted")]


def test_health_checks_are_told_apart_by_their_words(tmp_path: Path) -> None:
    kinds = ["Initial Health Assessment", "dental check", "Optician", "HEALTH ASSESSMENT"]
    rows = [
        {
            "clah_health_check_id": str(number),
            "clah_person_id": "1",
            "clah_health_check_type": kind,
            "clah_health_check_date": "2024-02-01",
            "clah_health_check_status": "Completed",
        }
        for number, kind in enumerate(kinds)
    ]
    record = read_extract(tmp_path, cla_health=rows)
    assert record["health_assessments"].select("kind", "status").rows() == [
        ("initial", "Completed"),
        (None, "Completed"),
    ]
    assert record["dental_checks"].select("checked_on", "status").rows() == [(date(2024, 2, 1), "Completed")]


def test_a_missing_episode_has_no_day_of_interview(tmp_path: Path) -> None:
    row = {
        "miss_table_id": "1",
        "miss_person_id": "1",
        "miss_missing_episode_start_date": "2024-03-01",
        "miss_missing_episode_type": "Missing from care",
        "miss_missing_episode_end_date": "2024-03-02 14:30:00",
        "miss_missing_rhi_offered": "Y",
        "miss_missing_rhi_accepted": "NA",
    }
    record = read_extract(tmp_path, missing=[row])
    found = record["missing_episodes"].drop("authority").row(0, named=True)
    assert (found["kind"], found["ended_on"], found["returned_at"]) == (
        "M",
        date(2024, 3, 2),
        datetime(2024, 3, 2, 14, 30),
    )
    assert (found["is_interview_offered"], found["is_interview_accepted"], found["interview_held_on"]) == (
        True,
        None,
        None,
    )
    assert "missing_episodes.is_interview_offered" in record.carries
    assert "missing_episodes.interview_held_on" not in record.carries


def test_a_worker_has_role_registration_and_team(tmp_path: Path) -> None:
    involvements = [
        ("w1", "Social Worker", "t1"),
        ("w2", "Personal Adviser", "t9"),
        ("w3", "Keeper of the Seal", None),
        ("w4", None, None),
    ]
    record = read_extract(
        tmp_path,
        involvements=[
            {
                "invo_involvements_id": worker,
                "invo_professional_id": worker,
                "invo_professional_role_id": role,
                "invo_professional_team": team,
                "invo_involvement_start_date": "2024-01-10",
                "invo_person_id": "1",
            }
            for worker, role, team in involvements
        ],
        professionals=[
            {"prof_professional_id": "w1", "prof_social_worker_registration_no": "SW123"},
            {"prof_professional_id": "w2", "prof_social_worker_registration_no": "XX"},
            {"prof_professional_id": "w4", "prof_professional_job_title": "Social Worker"},
        ],
        department=[{"dept_team_id": "t1", "dept_team_name": "North"}],
    )
    found = record["allocations"].select("worker_id", "role", "registration", "team").rows()
    assert found == [
        ("w1", "social_worker", "SW123", "North"),
        ("w2", "personal_adviser", None, "t9"),
        ("w3", "unknown", None, None),
        ("w4", "social_worker", None, None),
    ]
    assert record.problems.select("value", "effect").rows() == [("Keeper of the Seal", "noted")]
    assert "allocations" in record.carries


def test_without_registration_numbers_allocations_are_not_carried(tmp_path: Path) -> None:
    row = {"invo_professional_id": "w1", "invo_involvement_start_date": "2024-01-10", "invo_person_id": "1"}
    assert "allocations" not in read_extract(tmp_path, involvements=[row]).carries


def test_unaccompanied_children_and_other_statuses_are_told_apart(tmp_path: Path) -> None:
    rows = [
        {"immi_person_id": "1", "immi_immigration_status": "UASC", "immi_immigration_status_end_date": "2030-05-06"},
        {"immi_person_id": "1", "immi_immigration_status": "Indefinite leave to remain"},
    ]
    record = read_extract(tmp_path, immigration_status=rows)
    assert record["unaccompanied"]["ended_on"].to_list() == [date(2030, 5, 6)]
    assert record["immigration_statuses"]["status"].to_list() == ["Indefinite leave to remain"]


def test_special_needs_find_the_child_through_the_chain_of_tables(tmp_path: Path) -> None:
    record = read_extract(
        tmp_path,
        send=[{"send_table_id": "s", "send_person_id": "1"}],
        ehcp_requests=[{"ehcr_ehcp_request_id": "r", "ehcr_send_table_id": "s", "ehcr_ehcp_req_date": "2024-02-01"}],
        ehcp_assessment=[
            {
                "ehca_ehcp_assessment_id": "a",
                "ehca_ehcp_request_id": "r",
                "ehca_ehcp_assessment_outcome_date": "2024-06-01",
            }
        ],
        ehcp_named_plan=[
            {"ehcn_named_plan_id": "n", "ehcn_ehcp_asmt_id": "a", "ehcn_named_plan_start_date": "2024-06-02"}
        ],
        ehcp_active_plans=[
            {"ehcp_active_ehcp_id": "p", "ehcp_ehcp_request_id": "r", "ehcp_active_ehcp_last_review_date": "2025-06-01"}
        ],
        sen_need=[
            {"senn_table_id": "1", "senn_active_ehcp_id": "p", "senn_active_ehcp_need_type": "ASD"},
            {"senn_table_id": "2", "senn_active_ehcp_id": "lost", "senn_active_ehcp_need_type": "ASD"},
        ],
    )
    assert record["special_needs"].select("child_id", "need", "support").rows() == [("1", "ASD", "plan")]
    assert record["ehc_requests"].select("requested_on", "assessed_on").rows() == [(date(2024, 2, 1), date(2024, 6, 1))]
    assert record["ehc_plans"].select("started_on", "reviewed_on").rows() == [(date(2024, 6, 2), date(2025, 6, 1))]
    assert record.problems.select("file", "row", "effect").rows() == [("ssd_sen_need.csv", 1, "row set aside")]


def test_earlier_plans_come_from_three_tables(tmp_path: Path) -> None:
    record = read_extract(
        tmp_path,
        cin_plans=[{"cinp_cin_plan_id": "1", "cinp_person_id": "1", "cinp_cin_plan_start_date": "2023-01-01"}],
        cp_plans=[{"cppl_cp_plan_id": "1", "cppl_person_id": "1", "cppl_cp_plan_start_date": "2023-06-01"}],
        early_help_episodes=[{"earl_person_id": "1", "earl_episode_start_date": "2022-06-01"}],
    )
    assert record["earlier_plans"]["kind"].to_list() == ["child_in_need", "child_protection", "family_support"]
    assert "earlier_plans" in record.carries


def test_a_care_leaver_is_as_the_latest_row_says(tmp_path: Path) -> None:
    rows = [
        {
            "clea_table_id": "1",
            "clea_person_id": "1",
            "clea_care_leaver_activity": "G5",
            "clea_care_leaver_latest_contact": "2024-01-01",
        },
        {
            "clea_table_id": "2",
            "clea_person_id": "1",
            "clea_care_leaver_eligibility": "Former Relevant",
            "clea_care_leaver_in_touch": "yes",
            "clea_care_leaver_latest_contact": "2024-06-01",
            "clea_care_leaver_accommodation": "U",
            "clea_care_leaver_accom_suitable": "1",
            "clea_care_leaver_activity": "F2",
        },
    ]
    record = read_extract(tmp_path, care_leavers=rows)
    found = record["care_leaver_statuses"].select(
        "eligibility", "in_touch", "accommodation_kind", "is_suitable", "activity"
    )
    assert found.rows() == [("former_relevant", "YES", "U", True, "F2")]
    assert record.problems.select("row", "effect").rows() == [(0, "row set aside")]
    assert record.snapshot_on == date(2024, 6, 1)


SNAPSHOTS = {
    # events, and the day of the extract
    "the last event": (["2024-01-01", "2024-06-01", "2024-12-31"], "2024-12-31"),
    "a lone day years ahead is a mistake": ([f"2024-{m:02}-01" for m in range(1, 13)] + ["2062-01-01"], "2024-12-01"),
    "two of them": (
        [f"2024-{m:02}-{d:02}" for m in range(1, 13) for d in (1, 9)] + ["2030-01-01", "2062-01-01"],
        "2024-12-09",
    ),
    "few events, none a mistake": (["2020-01-01", "2024-06-01"], "2024-06-01"),
    "none": ([], None),
}


@pytest.mark.parametrize(("days", "last"), SNAPSHOTS.values(), ids=SNAPSHOTS.keys())
def test_the_day_of_the_extract_is_its_last_event(days: list[str], last: str | None) -> None:
    events = pl.Series("on", [date.fromisoformat(day) for day in days], dtype=pl.Date)
    assert last_event(events) == (last and date.fromisoformat(last))


def test_a_table_that_is_not_there_is_not_carried(tmp_path: Path) -> None:
    visit = {"clav_person_id": "1", "clav_cla_visit_date": "2024-02-01"}
    an_extract(tmp_path, cla_visits=[visit])
    assert "visits" in ssd.read(tmp_path).carries
    (tmp_path / "ssd_cla_visits.csv").unlink()
    assert "visits" not in ssd.read(tmp_path).carries


@pytest.mark.parametrize(
    ("postcode", "authority"), [("NR1 3JU", "E10000020"), ("nr13ju", "E10000020"), ("XX9 9XX", "unknown")]
)
def test_the_authority_is_that_of_most_homes(tmp_path: Path, postcode: str, authority: str) -> None:
    home = {"addr_person_id": "1", "addr_address_type": "Home", "addr_address_postcode": postcode}
    record = ssd.read(an_extract(tmp_path, address=[home]))
    assert record.authorities == [authority]
    assert record.problems["effect"].to_list() == ["noted"]


SPOILED = {
    # table, rows: the effect told, and rows kept of those given
    "orphan": ("cla_episodes", [EPISODE, an_episode(2, "2024-02-01", person_id="99")], "row set aside", 1),
    "duplicate identifier": ("cla_episodes", [EPISODE, an_episode(1, "2024-02-01")], "row set aside", 1),
    "same row twice": ("person", [PERSON, PERSON], "row set aside", 1),
    "no child": ("cla_episodes", [EPISODE, an_episode(2, "2024-02-01", person_id=None)], "row set aside", 1),
    "no start": ("cla_episodes", [EPISODE, {**an_episode(2, ""), "clae_cla_id": "p2"}], "row set aside", 1),
    "impossible day": ("person", [{**PERSON, "pers_dob": "2012-02-31"}], "value not used", 1),
    "placeholder day": ("person", [{**PERSON, "pers_dob": "1900-01-01"}], "value not used", 1),
    "unknown code": ("person", [{**PERSON, "pers_ethnicity": "XXXX"}], "value not used", 1),
    "unknown placement": ("cla_placement", [{**PLACEMENT, "clap_cla_placement_type": "Q1"}], "value not used", 1),
    "end before start": ("legal_status", [{**STATUS, "lega_legal_status_end_date": "2023-01-01"}], "value not used", 1),
    "identifier with .0": ("cla_episodes", [{**EPISODE, "clae_person_id": "1.0"}], "noted", 1),
    "unknown heading": ("person", [{**PERSON, "pers_shoes": "42"}], "noted", 1),
}


@pytest.mark.parametrize(("table", "rows", "effect", "kept"), SPOILED.values(), ids=SPOILED.keys())
def test_bad_input_is_a_row_in_the_table_of_problems(
    tmp_path: Path, table: str, rows: Any, effect: str, kept: int
) -> None:
    record = read_extract(tmp_path, **{table: rows})
    assert effect in record.problems.filter(pl.col("file") == f"ssd_{table}.csv")["effect"].to_list()
    counted = record.counts.filter(pl.col("file") == f"ssd_{table}.csv").row(0)
    assert counted == (f"ssd_{table}.csv", len(rows), kept, len(rows) - kept)
    assert record["people"]["child_id"].to_list() == ["1"]
    assert record["episodes"]["child_id"].to_list() == ["1"]


FILES = {
    "empty file": b"",
    "junk": bytes(range(256)) * 40,
    "headings only": b"clav_person_id,clav_cla_visit_date\n",
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES.keys())
def test_a_file_that_cannot_be_read_leaves_the_others_whole(tmp_path: Path, content: bytes) -> None:
    an_extract(tmp_path)
    (tmp_path / "ssd_cla_visits.csv").write_bytes(content)
    record = ssd.read(tmp_path, authority="X")
    assert record["episodes"].height == 1
    assert record.problems["file"].to_list() == ["ssd_cla_visits.csv"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8", "cp1252"])
def test_any_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    row = {
        "clac_person_id": "1",
        "clac_cla_conviction_date": "2024-05-01",
        "clac_cla_conviction_offence": "Theft, café",
    }
    an_extract(tmp_path, cla_convictions=[row])
    path = tmp_path / "ssd_cla_convictions.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    assert ssd.read(tmp_path, authority="X")["convictions"]["offence"].to_list() == ["Theft, café"]


def test_without_persons_the_rest_is_read_and_the_lack_is_told(tmp_path: Path) -> None:
    record = read_extract(tmp_path, person=[])
    assert record["people"].select("child_id", "born_on").rows() == [("1", None)]
    assert record["episodes"].height == 1
    assert "people" not in record.carries
    assert record.problems.select("file", "effect").rows() == [("ssd_person", "file not read")]


@pytest.mark.parametrize("table", ["person", "cla_episodes", "cla_placement", "legal_status"])
def test_a_missing_table_that_is_needed_is_told(tmp_path: Path, table: str) -> None:
    record = read_extract(tmp_path, **{table: []})
    assert record.problems.filter(pl.col("effect") == "file not read")["file"].to_list() == [f"ssd_{table}"]
