"""Last year's return makes the history longer: this year's row wins, and what this year leaves out is not made up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from hearth.tables.record import Record
from tests.returns.building import a_return, check, problems, read

HEADING = "CHILD | DECOM | RNE | LS | CIN | PLACE | PLACE_PROVIDER | DEC | REC\n"
LAST = (
    HEADING
    + """
    0042 | 10/05/2024 | S | V2 | N1 | U6 | PR1 | 10/09/2024 | X1
    0042 | 10/09/2024 | P | V2 | N1 | U6 | PR1 |            |
    0043 | 01/06/2024 | S | C2 | N1 | U6 | PR1 |            |
    0044 | 02/06/2024 | S | C2 | N1 | U6 | PR1 | 01/12/2024 | E4A
"""
)
HEADER = """
    CHILD | SEX | DOB        | ETHNIC | UPN | MOTHER | MC_DOB
    0042  | M   | 12/06/2012 | WBRI   | UN1 |        |
    0043  | F   | 01/02/2010 | BAFR   | UN1 | 0      |
    0044  | F   | 01/02/2011 | BAFR   | UN1 | 0      |
"""
THIS_HEADER = HEADER.replace("    0044  | F   | 01/02/2011 | BAFR   | UN1 | 0      |\n", "")
ELSEWHERE = """
    0043 | 01/06/2024 | S | C2 | N1 | U6 | PR1 | 01/07/2025 | E4A
"""


def both(folder: Path, this: str, *, header: str = THIS_HEADER, **tables: str) -> Record:
    a_return(folder / "b", Header=HEADER, Episodes=LAST)
    a_return(folder / "a", Header=header, Episodes=HEADING + this + ELSEWHERE, **tables)
    return read(folder)


def episodes(record: Record, child: str = "0042") -> pl.DataFrame:
    return record["episodes"].filter(pl.col("child_id") == child)


def test_two_years_are_one_history_whatever_the_folders_are_called(tmp_path: Path):
    record = both(
        tmp_path, "0042 | 10/09/2024 | P | C2 | N1 | U6 | PR4 | 01/06/2025 | X1\n0042|01/06/2025|P|C2|N1|K2|PR4||"
    )
    assert record.history_from == date(2024, 4, 1)
    check(
        episodes(record),
        """
        started_on | ended_on   | legal_status | placement_provider
        10/05/2024 | 10/09/2024 | V2           | PR1
        10/09/2024 | 01/06/2025 | C2           | PR4
        01/06/2025 |            | C2           | PR4
        """,
    )
    check(episodes(record, "0044"), "started_on | ended_on | reason_ended\n02/06/2024 | 01/12/2024 | E4A")
    assert record["people"]["child_id"].sort().to_list() == ["0042", "0043", "0044"]
    assert problems(record).is_empty()


def test_an_episode_that_this_year_does_not_carry_on_is_closed_when_the_year_begins(tmp_path: Path):
    record = both(tmp_path, "", header=THIS_HEADER)
    check(
        episodes(record),
        """
        started_on | ended_on   | reason_ended
        10/05/2024 | 10/09/2024 | X1
        10/09/2024 | 01/04/2025 |
        """,
    )
    assert "Open last year, and not in this year's return" in problems(record)["problem"].to_list()


def test_an_episode_closed_in_turn_when_this_year_begins_with_a_later_one(tmp_path: Path):
    record = both(tmp_path, "0042 | 05/05/2025 | P | C2 | N1 | K2 | PR4 | |")
    assert episodes(record)["ended_on"].to_list() == [date(2024, 9, 10), date(2025, 5, 5), None]
    assert "No usable end, though another follows" in problems(record)["problem"].to_list()


def test_an_open_episode_with_another_start_this_year_is_not_counted_twice(tmp_path: Path):
    record = both(tmp_path, "0042 | 01/09/2024 | P | C2 | N1 | K2 | PR4 | |")
    assert episodes(record)["started_on"].to_list() == [date(2024, 5, 10), date(2024, 9, 1)]
    said = problems(record)["problem"].to_list()
    assert "Last year's open row has another start this year" in said
    assert "It ends after the next one of the child has begun" in said


def test_what_is_true_of_a_person_fills_a_gap_of_this_year(tmp_path: Path):
    header = THIS_HEADER.replace("12/06/2012 | WBRI", "31/02/2012 | ?   ")
    record = both(tmp_path, "0042 | 10/09/2024 | P | C2 | N1 | U6 | PR4 | |", header=header)
    child = record["people"].row(by_predicate=pl.col("child_id") == "0042", named=True)
    assert (child["born_on"], child["ethnicity"]) == (date(2012, 6, 12), "WBRI")


def test_last_years_folder_beside_the_return_is_read_with_it(tmp_path: Path):
    both(tmp_path, "0042 | 10/09/2024 | P | C2 | N1 | U6 | PR4 | |")
    assert read(tmp_path / "a")["episodes"].equals(read(tmp_path)["episodes"])


def test_another_councils_folder_beside_the_return_is_not_read(tmp_path: Path):
    both(tmp_path, "0042 | 10/09/2024 | P | C2 | N1 | U6 | PR4 | |")
    a_return(tmp_path / "b", Header=HEADER.replace("/20", "/19"), Episodes=LAST)
    record = read(tmp_path / "a")
    assert record.history_from == date(2025, 4, 1)
    assert episodes(record).height == 1


@pytest.mark.parametrize("table", ["SWEpisodes", "Missing"])
def test_a_table_that_this_years_return_lacks_does_not_come_from_last_years_alone(tmp_path: Path, table: str):
    tables = {
        "SWEpisodes": "CHILD | DOB | SW_ID | SW_DECOM | SW_DEC\n0042 | 12/06/2012 | SW1 | 01/06/2024 |",
        "Missing": "CHILD | DOB | MISSING | MIS_START | MIS_END\n0042 | 12/06/2012 | M | 01/06/2024 |",
    }
    a_return(tmp_path / "b", Header=HEADER, Episodes=LAST, **{table: tables[table]})
    a_return(tmp_path / "a", Header=THIS_HEADER, Episodes=HEADING + ELSEWHERE)
    record = read(tmp_path)
    assert record.lacks(["allocations", "missing_episodes"]) == ["allocations", "missing_episodes"]
    assert record["allocations"].is_empty()
    assert record["missing_episodes"].is_empty()


def test_reviews_workers_and_answers_of_both_years_are_kept(tmp_path: Path):
    def tables(year: int) -> dict[str, str]:
        return {
            "Reviews": f"CHILD | DOB | REVIEW | REVIEW_CODE\n0042 | 12/06/2012 | 01/08/{year - 1} | PN1",
            "OC2": f"CHILD | DOB | SDQ_SCORE\n0042 | 12/06/2012 | {year - 2000}",
            "OC3": "CHILD | DOB | IN_TOUCH\n0043 | 01/02/2010 | YES",
            "SWEpisodes": "CHILD | DOB | SW_ID | SW_DECOM | SW_DEC\n"
            f"0042 | 12/06/2012 | SW1 | 01/06/2024 | {'01/06/2025' if year == 2026 else ''}",
        }

    a_return(tmp_path / "b", Header=HEADER, Episodes=LAST, **tables(2025))
    record = both_with(tmp_path, tables(2026))
    assert record["reviews"]["held_on"].to_list() == [date(2024, 8, 1), date(2025, 8, 1)]
    assert record["annual_outcomes"].select("year_ended_on", "sdq_score").rows() == [
        (date(2025, 3, 31), 25),
        (date(2026, 3, 31), 26),
    ]
    assert record["care_leaver_birthdays"]["year_ended_on"].to_list() == [date(2025, 3, 31), date(2026, 3, 31)]
    assert record["allocations"].select("started_on", "ended_on").rows() == [(date(2024, 6, 1), date(2025, 6, 1))]


def both_with(folder: Path, tables: dict[str, str]) -> Record:
    running = "0042 | 10/09/2024 | P | C2 | N1 | U6 | PR4 | |"
    a_return(folder / "a", Header=THIS_HEADER, Episodes=HEADING + running + ELSEWHERE, **tables)
    return read(folder)
