"""A return is read as it is meant: good rows are kept, each bad cell is said, and nothing is made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from hearth.returns import ssda903
from hearth.returns.ssda903 import layout
from tests.returns.building import EPISODES, HEADER, NORFOLK, a_return, check, csv, problems, read


def test_people_and_episodes_are_read(tmp_path: Path):
    record = read(a_return(tmp_path))
    assert (record.kind, record.history_from, record.authorities) == ("ssda903", date(2025, 4, 1), [NORFOLK])
    check(
        record["people"],
        """
        child_id | sex | born_on    | ethnicity | upn           | upn_unknown | is_mother
        0042     | M   | 12/06/2012 | WBRI      | J438339128987 |             |
        0043     | F   | 01/02/2010 | BAFR      |               | UN1         | no
        """,
    )
    check(
        record["episodes"],
        """
        child_id | started_on | ended_on   | reason_started | legal_status | placement_type | is_in_area
        0042     | 01/05/2025 | 01/08/2025 | S              | C1           | U6             | yes
        0042     | 01/08/2025 |            | P              | C1           | U6             | no
        0043     | 10/03/2024 |            | L              | C2           | K2             | no
        """,
    )
    assert record.problems.filter(pl.col("effect") != "noted").is_empty()


def test_files_go_by_their_headings_in_any_case_and_not_by_their_names(tmp_path: Path):
    (tmp_path / "one.csv").write_text(csv(HEADER).replace("CHILD", " child ").replace("MC_DOB", "mc dob"))
    (tmp_path / "two.txt").write_text(csv(EPISODES, separator=";").lower())
    (tmp_path / "providers.csv").write_text("URN,Name\nSC1,Home\n")
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n")
    record = read(tmp_path)
    assert (record["people"].height, record["episodes"].height) == (2, 3)
    assert record["episodes"]["legal_status"].to_list() == ["C1", "C1", "C2"]
    assert record.problems.select("file", "problem", "effect").rows() == [
        ("notes.csv", "Not a table of the return by its first row", "noted"),
        ("providers.csv", "Not a table of the return by its first row", "noted"),
        ("two.txt", "Headings of Episodes that are missing: URN", "noted"),
    ]


def test_a_table_under_a_title_or_without_headings_is_not_left_out_unsaid(tmp_path: Path):
    folder = a_return(tmp_path)
    (folder / "reviews.csv").write_text(
        "Reviews held,,,\nCHILD,DOB,REVIEW,REVIEW_CODE\n0042,12/06/2012,01/06/2025,PN1\n"
    )
    (folder / "uasc.csv").write_text("0042,M,12/06/2012,12/06/2030\n")
    said = read(folder).problems.filter(pl.col("problem") == "Not a table of the return by its first row")
    assert said["file"].to_list() == ["reviews.csv", "uasc.csv"]
    assert all("put the return's headings in its first row" in remedy for remedy in said["remedy"])


def test_days_that_nobody_means_do_not_tell_the_year(tmp_path: Path):
    folder = a_return(tmp_path)
    (folder / "reviews.csv").write_text(
        "CHILD,DOB,REVIEW,REVIEW_CODE\n" + "0042,12/06/2012,31/12/9999,PN1\n" * 30 + "0042,12/06/2012,02/06/2025,PN1\n"
    )
    record = read(folder)
    assert record.history_from == date(2025, 4, 1)
    assert record["reviews"].height == 1


@pytest.mark.parametrize(
    ("year", "absent"), [(2023, {"SWEpisodes", "DoLo"}), (2024, {"DoLo"}), (2026, {"DoLo"}), (2027, set())]
)
def test_each_collection_year_has_its_tables(year: int, absent: set[str]):
    assert set(layout.tables()) - set(layout.expected(year)) == absent


def test_the_year_is_that_of_most_dates_and_no_mistyped_one(tmp_path: Path):
    reviews = "CHILD | DOB | REVIEW | REVIEW_CODE\n" + "\n".join(
        f"0042 | 12/06/2012 | {day:02}/06/2025 | PN1" for day in range(1, 20)
    )
    record = read(a_return(tmp_path, Reviews=reviews + "\n0042 | 12/06/2012 | 01/06/2036 | PN1"))
    assert record.history_from == date(2025, 4, 1)
    assert record["reviews"].height == 19
    assert problems(record, "row set aside")["column"].to_list() == ["REVIEW"]


def test_sex_is_read_as_1_and_2_until_2024_and_noted_after(tmp_path: Path):
    old = a_return(
        tmp_path / "old",
        Header="CHILD | SEX | DOB | ETHNIC\n1 | 1 | 01/01/2010 | WBRI\n2 | 2 | 01/01/2010 | WBRI",
        Episodes="CHILD | DECOM | RNE | LS | CIN | PLACE | DEC | REC\n"
        "1 | 01/05/2023 | S | C1 | N1 | U6 | 01/06/2023 | X1\n2 | 01/05/2023 | S | C1 | N1 | U6 | 01/06/2023 | X1",
    )
    record = read(old)
    assert record["people"]["sex"].to_list() == ["M", "F"]
    assert problems(record).filter(pl.col("column") == "SEX").is_empty()
    new = read(a_return(tmp_path / "new", Header=HEADER.replace("| M ", "| 1 ")))
    assert new["people"]["sex"].to_list() == ["M", "F"]
    assert problems(new, "noted").filter(pl.col("column") == "SEX")["value"].to_list() == ["1"]


def test_a_retired_placement_code_holds_for_an_episode_that_began_before(tmp_path: Path):
    record = read(
        a_return(
            tmp_path,
            Episodes="""
            CHILD | DECOM      | RNE | LS | CIN | PLACE | DEC        | REC
            0042  | 01/05/2023 | S   | C1 | N1  | H5    | 01/05/2025 | X1
            0043  | 01/05/2025 | S   | C1 | N1  | P2    | 01/06/2025 | X1
            """,
        )
    )
    assert record["episodes"]["placement_type"].to_list() == ["H5", None]
    assert problems(record).filter(pl.col("column") == "PLACE").select("value", "effect").rows() == [
        ("H5", "noted"),
        ("P2", "value not used"),
    ]


def test_bad_cells_are_not_used_and_the_row_is_kept(tmp_path: Path):
    record = read(
        a_return(
            tmp_path,
            Episodes="""
            CHILD | DECOM      | RNE | LS | CIN | PLACE | PLACE_PROVIDER | DEC        | REC | HOME_POST | PL_POST | URN
            0042  | 01/05/2025 | ?   | Q9 | N9  | XX    | 99             | 01/06/2025 | X1  | 0         | Q9      | 12
            """,
        )
    )
    episode = record["episodes"].row(0, named=True)
    unknown = ["reason_started", "legal_status", "category_of_need", "placement_type", "placement_provider"]
    unknown += ["home_postcode", "placement_postcode", "urn", "distance_miles", "is_in_area"]
    assert [episode[column] for column in unknown] == [None] * 10
    assert set(problems(record, "value not used")["column"]) == {
        "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "HOME_POST", "PL_POST", "URN",
    }  # fmt: skip


def test_rows_that_cannot_be_used_are_set_aside_and_the_counts_add_up(tmp_path: Path):
    record = read(
        a_return(
            tmp_path,
            Header=HEADER + "0042 | M | 12/06/2012 | WBRI | | |\n | F | 01/01/2010 | WBRI | | |\n",
            Reviews="""
            CHILD  | DOB        | REVIEW     | REVIEW_CODE
            0042   | 12/06/2012 | 20/05/2025 | PN1
            0042   | 12/06/2012 | 20/05/2025 | PN1
            9999   | 12/06/2012 | 21/05/2025 | PN1
            0042   | 12/06/2012 | 31/02/2025 | PN1
            0042   | 12/06/2012 | 2025-06-01 | PN1
            0043.0 | 01/02/2010 | 22/05/2025 | PN9
            """,
        )
    )
    check(
        record["reviews"],
        """
        child_id | held_on    | participation
        0042     | 20/05/2025 | PN1
        0043     | 22/05/2025 |
        """,
    )
    assert record.counts.sort("file").rows() == [
        ("episodes.csv", 3, 3, 0),
        ("header.csv", 4, 2, 2),
        ("reviews.csv", 6, 2, 4),
    ]
    aside = problems(record, "row set aside")
    assert aside.group_by("file").len().sort("file").rows() == [("header.csv", 2), ("reviews.csv", 4)]


def test_a_date_of_birth_lost_in_header_is_taken_from_tables_that_agree(tmp_path: Path):
    record = read(
        a_return(
            tmp_path,
            Header=HEADER.replace("12/06/2012", "unknown   ").replace("01/02/2010", "31/02/2024"),
            Reviews="""
            CHILD | DOB        | REVIEW     | REVIEW_CODE
            0042  | 12/06/2012 | 20/05/2025 | PN1
            0042  | 12/06/2012 | 20/08/2025 | PN1
            0043  | 01/02/2010 | 20/05/2025 | PN1
            0043  | 01/02/2011 | 20/08/2025 | PN1
            """,
        )
    )
    assert record["people"]["born_on"].to_list() == [date(2012, 6, 12), None]


@pytest.mark.parametrize(
    ("ends", "kept"),
    [
        ("31/02/2025 | X1 ", ["01/08/2025", ""]),
        ("           |    ", ["01/08/2025", ""]),
        ("01/04/2025 | X1 ", ["01/08/2025", ""]),
        ("01/07/2037 | X1 ", ["01/08/2025", ""]),
        ("31/02/2025 | E4A", [""]),
        ("01/09/2025 | X1 ", ["01/09/2025", ""]),
    ],
)
def test_an_episode_ends_when_the_next_begins_unless_the_child_left_on_an_unknown_day(
    tmp_path: Path, ends: str, kept: list[str]
):
    record = read(a_return(tmp_path, Episodes=EPISODES.replace("01/08/2025 | X1 ", ends, 1)))
    found = record["episodes"].filter(pl.col("child_id") == "0042")["ended_on"].dt.strftime("%d/%m/%Y").fill_null("")
    assert found.to_list() == kept
    assert problems(record).height > 0


def test_a_lost_end_of_the_last_episode_leaves_it_open(tmp_path: Path):
    record = read(a_return(tmp_path, Episodes=EPISODES.replace("|            |     |  ", "| unknown    |     |  ", 1)))
    assert record["episodes"]["ended_on"].to_list()[1] is None
    assert problems(record, "value not used").select("row", "column").rows() == [(1, "DEC")]


def test_every_other_table_is_read(tmp_path: Path):
    record = read(
        a_return(
            tmp_path,
            UASC="CHILD | SEX | DOB | DUC\n0042 | M | 12/06/2012 | 12/06/2030",
            OC2="CHILD | DOB | SDQ_SCORE | CONVICTED | TEETH_CHECK | IMMUNISATIONS\n0043 | 01/02/2010 | 14 | 0 | 1 |",
            OC3="CHILD | DOB | IN_TOUCH | ACTIV | ACCOM\n0043 | 01/02/2010 | YES | F4 | U1",
            PrevPerm="CHILD | DOB | PREV_PERM | LA_PERM | DATE_PERM\n0042 | 12/06/2012 | P2 | 301 | zz/08/2019",
            Missing="CHILD | DOB | MISSING | MIS_START | MIS_END\n0043 | 01/02/2010 | M | 01/06/2025 | 03/06/2025",
            DoLo="CHILD | DOB | DOLO_START | DOLO_END\n0043 | 01/02/2010 | 01/06/2025 | 03/06/2025",
            SWEpisodes="""
            CHILD | DOB        | SW_ID    | SW_DECOM   | SW_DEC     | SW_REASON
            0042  | 12/06/2012 | SW123456 | 01/05/2025 | 01/06/2025 | FCONTA
            0042  | 12/06/2012 | XX1      | 01/06/2025 |            | ABSENC
            """,
        )
    )
    check(record["unaccompanied"], "child_id | started_on | ended_on\n0042 | | 12/06/2030")
    assert record["episodes"]["distance_miles"].to_list()[:2] == [None, None]
    check(
        record["annual_outcomes"],
        """
        child_id | year_ended_on | sdq_score | is_convicted | is_teeth_checked | is_immunised | is_health_assessed
        0043     | 31/03/2026    | 14        | no           | yes              |              |
        """,
    )
    check(record["care_leaver_birthdays"], "child_id | in_touch | activity | accommodation\n0043 | YES | F4 | U1")
    check(
        record["previous_permanence"], "child_id | option | arranged_by | ordered_on_text\n0042 | P2 | 301 | ZZ/08/2019"
    )
    check(record["missing_episodes"], "child_id | kind | started_on | ended_on\n0043 | M | 01/06/2025 | 03/06/2025")
    check(record["deprivations_of_liberty"], "child_id | started_on | ended_on\n0043 | 01/06/2025 | 03/06/2025")
    check(
        record["allocations"],
        """
        worker_id | role          | registration | started_on | ended_on
        SW123456  | social_worker | SW123456     | 01/05/2025 | 01/06/2025
        XX1       | social_worker |              | 01/06/2025 |
        """,
    )


def test_a_return_carries_the_tables_it_has_and_no_more(tmp_path: Path):
    record = read(a_return(tmp_path, Missing="CHILD | DOB | MISSING | MIS_START | MIS_END"))
    assert record.lacks(["people", "episodes", "missing_episodes", "periods_of_care", "legal_statuses"]) == []
    assert record.lacks(["reviews", "visits", "missing_episodes.interview_held_on", "health_assessments"]) == [
        "reviews",
        "visits",
        "missing_episodes.interview_held_on",
        "health_assessments",
    ]


def test_missing_files_and_headings_are_said_and_the_rest_is_read(tmp_path: Path):
    (tmp_path / "a.csv").write_text(csv(EPISODES).replace("LS,", "STATUS,", 1))
    record = read(tmp_path)
    assert record["people"]["child_id"].sort().to_list() == ["0042", "0043"]
    assert record["episodes"]["legal_status"].to_list() == [None, None, None]
    assert record.problems.select("file", "problem").rows() == [
        ("a.csv", "Headings that Episodes does not have: STATUS"),
        ("a.csv", "Headings of Episodes that are missing: LS, URN"),
        ("header.csv", "There is no file with the headings of Header"),
    ]


def test_legal_statuses_run_on_over_changes_of_placement(tmp_path: Path):
    record = read(a_return(tmp_path))
    check(
        record["legal_statuses"],
        """
        child_id | status | started_on | ended_on
        0042     | C1     | 01/05/2025 |
        0043     | C2     | 10/03/2024 |
        """,
    )


ADOPTED = """
    CHILD | DECOM      | RNE | LS | CIN | PLACE | PLACE_PROVIDER | DEC        | REC
    0042  | 01/02/2024 | S   | C1 | N1  | U5    | PR1            | 01/05/2024 | X1
    0042  | 01/05/2024 | L   | E1 | N1  | U5    | PR1            | 01/08/2024 | X1
    0042  | 01/08/2024 | {rne}   | E1 | N1  | {place}    | PR1            | 01/06/2025 | E11
"""


@pytest.mark.parametrize(
    ("rne", "place", "fostered"), [("T", "A5", "01/02/2024"), ("P", "A6", ""), ("U", "A5", "01/02/2024")]
)
def test_the_steps_of_an_adoption_come_from_the_episodes(tmp_path: Path, rne: str, place: str, fostered: str):
    record = read(
        a_return(
            tmp_path,
            Episodes=ADOPTED.format(rne=rne, place=place),
            PlacedAdoption="CHILD | DOB | DATE_PLACED\n0042 | 12/06/2012 | 01/04/2024",
            AD1="CHILD | DOB | DATE_INT | DATE_MATCH | FOSTER_CARE\n0042 | 12/06/2012 | 01/04/2024 | 01/07/2024 | 0",
        )
    )
    check(
        record["adoptions"].drop("authority"),
        f"""
        decided_on | placement_order_on | matched_on | placed_on  | fostered_by_adopters_on | ordered_on
        01/04/2024 | 01/05/2024         | 01/07/2024 | 01/08/2024 | {fostered}              | 01/06/2025
        """,
    )


def test_a_placement_order_already_there_in_the_first_known_episode_has_no_known_day(tmp_path: Path):
    known = "\n".join(line for line in ADOPTED.splitlines() if "| C1 |" not in line and "| L " not in line)
    record = read(a_return(tmp_path, Episodes=known.format(rne="P", place="A6")))
    check(
        record["adoptions"],
        """
        child_id | decided_on | placement_order_on | placed_on  | ordered_on | order_kind
        0042     |            |                    | 01/08/2024 | 01/06/2025 | adoption
        """,
    )


def test_the_authority_is_where_most_homes_are_unless_it_is_named(tmp_path: Path):
    a_return(tmp_path / "r")
    assert ssda903.read(tmp_path / "r").authorities == [NORFOLK]
    (tmp_path / "r" / "meta.json").write_text('{"authority": "E09000022"}')
    assert ssda903.read(tmp_path / "r").authorities == ["E09000022"]
    assert ssda903.read(tmp_path / "r", authority="E06000013").authorities == ["E06000013"]
    said = ssda903.read(tmp_path / "r").problems["problem"].to_list()
    assert "The authority Lambeth (E09000022) is taken from meta.json" in said


def test_a_file_named_by_itself_is_a_return_of_one_table(tmp_path: Path):
    record = read(a_return(tmp_path) / "episodes.csv")
    assert (record["people"].height, record["episodes"].height) == (2, 3)


def test_an_episode_that_promises_another_which_is_not_there_is_said(tmp_path: Path):
    lost = "\n".join(line for line in EPISODES.splitlines() if "PE1 5EP" not in line)
    record = read(a_return(tmp_path, Episodes=lost))
    said = "The reason says that another episode begins the same day, and none does"
    assert problems(record, "noted").select("row", "column", "problem").rows() == [(0, "REC", said)]
