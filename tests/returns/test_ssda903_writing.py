"""The return that is written belongs to its year: what was open or held in it, and what was known by its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest

from hearth.returns import ssda903
from hearth.returns.ssda903 import layout
from hearth.tables import catalogue
from hearth.tables.record import Record
from tests.returns.building import NORFOLK, csv, rows


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder apart from those of other tests, which would read a return beside theirs as last year's."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


def a_table(name: str, table: str) -> pl.DataFrame:
    """A Hearth table from bars: days dd/mm/yyyy, yes and no; the authority is Norfolk."""
    head, *cells = rows(table)
    kinds = catalogue.empty(name).schema
    frame = pl.DataFrame(cells, schema=dict.fromkeys(head, pl.String), orient="row")
    made = frame.select(_made(column, kinds[column]) for column in head)
    return catalogue.conform(name, made.with_columns(authority=pl.lit(NORFOLK)))


def _made(column: str, kind: Any) -> pl.Expr:
    cell = pl.when(pl.col(column) != "").then(pl.col(column))
    if kind == pl.Date:
        return cell.str.to_date("%d/%m/%Y").alias(column)
    return (cell == "yes").alias(column) if kind == pl.Boolean else cell.cast(kind).alias(column)


def a_record(*, people: str, episodes: str, **tables: str) -> Record:
    given = {"people": people, "episodes": episodes, **tables}
    made = {name: a_table(name, table) for name, table in given.items()}
    return Record(made, kind="hearth", carries=frozenset(made))


def written(record: Record, folder: Path, name: str, year: int = 2026) -> str:
    ssda903.write(record, folder, year)
    return (folder / layout.tables()[name].file).read_text(encoding="utf-8")


PEOPLE = """
    child_id | born_on    | sex | ethnicity | upn           | upn_unknown | is_mother
    0042     | 12/06/2012 | M   | WBRI      | J438339128987 |             | no
    0043     | 01/02/2010 | F   | BAFR      |               | UN1         | no
    0044     | 01/02/2010 | F   | BAFR      |               | UN1         | no
"""
EPISODES = """
    child_id | started_on | ended_on   | reason_started | reason_ended | legal_status | category_of_need|placement_type
    0042     | 01/05/2025 | 01/08/2025 | S              | X1           | C1           | N1               | U6
    0042     | 01/08/2025 | 01/06/2026 | P              | E4A          | C1           | N1               | K2
    0043     | 10/03/2024 |            | S              |              | C2           | N5               | U4
    0044     | 10/03/2024 | 31/03/2025 | S              | E4A          | C2           | N5               | U4
"""


def test_episodes_of_the_year_are_written_and_later_ends_are_not_known_yet(tmp_path: Path):
    record = a_record(people=PEOPLE, episodes=EPISODES)
    assert written(record, tmp_path, "Episodes") == csv(
        """
        CHILD|DECOM|RNE|LS|CIN|PLACE|PLACE_PROVIDER|DEC|REC|REASON_PLACE_CHANGE|HOME_POST|PL_POST|URN
        0042|01/05/2025|S|C1|N1|U6||01/08/2025|X1||||
        0042|01/08/2025|P|C1|N1|K2|||||||
        0043|10/03/2024|S|C2|N5|U4|||||||
        """
    )


@pytest.mark.parametrize(("year", "sexes"), [(2024, ["2", "2"]), (2025, ["M", "F", "F"])])
def test_sex_is_written_with_the_codes_of_the_year(tmp_path: Path, year: int, sexes: list[str]):
    before = EPISODES.replace("01/05/2025", "01/05/2024").replace("01/08/2025", "01/08/2024")
    people = written(a_record(people=PEOPLE, episodes=before), tmp_path, "Header", year)
    assert [line.split(",")[1] for line in people.splitlines()[1:]] == sexes


@pytest.mark.parametrize(
    ("child_born", "year", "mother", "written_as"),
    [
        ("31/03/2026", 2026, "yes", "1,31/03/2026"),
        ("01/04/2026", 2026, "yes", "0,"),
        ("01/06/2025", 2025, "yes", "0,"),
        ("01/06/2025", 2026, "yes", "1,01/06/2025"),
        ("", 2026, "yes", "1,"),
        ("", 2026, "no", "0,"),
        ("", 2026, "", ","),
    ],
)
def test_a_mother_is_one_from_the_birth_of_her_child(child_born: str, year: int, mother: str, written_as: str):
    people = f"""
        child_id | born_on    | sex | is_mother | first_child_born_on
        0043     | 01/02/2010 | F   | {mother}  | {child_born}
    """
    with TemporaryDirectory() as folder:
        header = written(a_record(people=people, episodes=EPISODES), Path(folder), "Header", year)
    assert header.splitlines()[1].endswith(written_as)


@pytest.mark.parametrize(("year", "files"), [(2023, 10), (2024, 11), (2026, 11), (2027, 12)])
def test_the_files_are_those_of_the_year(tmp_path: Path, year: int, files: int):
    ssda903.write(a_record(people=PEOPLE, episodes=EPISODES), tmp_path, year)
    assert len(list(tmp_path.iterdir())) == files


def test_answers_of_the_year_come_from_dated_events(tmp_path: Path):
    record = a_record(
        people=PEOPLE,
        episodes=EPISODES,
        health_assessments="""
            child_id | assessed_on | status
            0043     | 01/06/2025  | Refused
            0043     | 01/09/2025  | Completed
        """,
        dental_checks="child_id | checked_on | status\n0043 | 01/03/2025 | Completed",
        sdq_scores="""
            child_id | completed_on | score | reason_no_score
            0043     | 01/06/2025   | 12    |
            0043     | 01/09/2025   | 14    |
            0043     | 01/12/2025   |       | SDQ2
        """,
        immunisations="child_id | found_on | is_up_to_date\n0043 | 01/09/2024 | yes",
        substance_misuse="child_id | found_on | intervention_received\n0043 | 01/09/2025 | no",
    )
    assert written(record, tmp_path, "OC2") == csv(
        """
        CHILD|DOB|SDQ_SCORE|SDQ_REASON|CONVICTED|HEALTH_CHECK|IMMUNISATIONS|TEETH_CHECK|HEALTH_ASSESSMENT|SUBSTANCE_MISUSE|INTERVENTION_RECEIVED|INTERVENTION_OFFERED
        0043|01/02/2010|14||||1|0|1|1|0|
        """
    )


LEAVERS = """
    child_id | born_on    | sex | died_on
    left     | 10/10/2007 | M   |
    short    | 10/10/2007 | M   |
    still    | 10/10/2007 | M   |
    home     | 10/10/2008 | M   |
    died     | 10/10/2006 | M   | 01/05/2025
    older    | 10/10/2003 | M   |
"""
CARE = """
    child_id | started_on | ended_on   | reason_started | reason_ended | legal_status | placement_type
    left     | 01/01/2020 | 09/10/2025 | S              | E5           | C2           | U4
    short    | 01/08/2025 | 09/10/2025 | S              | E5           | C2           | U4
    still    | 01/01/2020 |            | S              |              | C2           | U4
    home     | 01/01/2020 | 01/11/2024 | S              | E4A          | C2           | U4
    died     | 01/01/2020 | 10/10/2024 | S              | E5           | C2           | U4
    older    | 01/01/2019 | 10/10/2021 | S              | E5           | C2           | U4
"""


def test_care_leavers_around_their_birthday_come_from_dated_events(tmp_path: Path):
    record = a_record(
        people=LEAVERS,
        episodes=CARE,
        care_leaver_contacts="""
            child_id | contacted_on | is_two_way
            left     | 01/09/2025   | yes
        """,
        care_leaver_activities="child_id | activity | started_on | ended_on\nleft | F2 | 01/09/2025 |",
        care_leaver_accommodations="child_id | accommodation | started_on | ended_on\nleft | Z1 | 09/10/2025 |",
        returns_home="child_id | started_on | ended_on\nhome | 01/11/2024 |",
    )
    assert written(record, tmp_path, "OC3") == csv(
        """
        CHILD|DOB|IN_TOUCH|ACTIV|ACCOM
        died|10/10/2006|DIED|0|0
        home|10/10/2008|RHOM|0|0
        left|10/10/2007|YES|F2|Z1
        """
    )


def test_other_tables_hold_what_belongs_to_the_year(tmp_path: Path):
    record = a_record(
        people=PEOPLE,
        episodes=EPISODES,
        reviews="""
            child_id | held_on    | participation | is_cancelled
            0042     | 20/05/2025 | PN1           | no
            0042     | 21/05/2025 |               | yes
            0042     | 20/05/2026 | PN1           | no
            0043     |            |               |
        """,
        adoptions="child_id | decided_on | matched_on | reversed_on | ordered_on\n0043 | 01/05/2025 | | 01/05/2026 |",
        allocations="""
            child_id | worker_id | role              | registration | started_on | ended_on
            0043     | a         | social_worker     | SW77         | 01/05/2025 |
            0043     | b         | reviewing_officer | SW78         | 01/05/2025 |
            0042     | c         | social_worker     |              | 01/05/2025 | 01/06/2025
        """,
        previous_permanence="child_id | option\n0042 | Z1\n0043 | P1",
    )
    assert written(record, tmp_path, "Reviews") == csv("CHILD|DOB|REVIEW|REVIEW_CODE\n0042|12/06/2012|20/05/2025|PN1")
    assert written(record, tmp_path, "PlacedAdoption") == csv(
        "CHILD|DOB|DATE_PLACED|DATE_PLACED_CEASED|REASON_PLACED_CEASED\n0043|01/02/2010|01/05/2025||"
    )
    assert written(record, tmp_path, "SWEpisodes") == csv(
        """
        CHILD|DOB|SW_ID|SW_DECOM|SW_DEC|SW_REASON
        0042|12/06/2012|XX2|01/05/2025|01/06/2025|
        0043|01/02/2010|SW77|01/05/2025||
        """
    )
    assert written(record, tmp_path, "PrevPerm") == csv("CHILD|DOB|PREV_PERM|LA_PERM|DATE_PERM\n0042|12/06/2012|Z1||")


def test_each_authority_has_its_own_folder(tmp_path: Path):
    one = a_record(people=PEOPLE, episodes=EPISODES)
    other = {name: frame.with_columns(authority=pl.lit("E06000013")) for name, frame in one.tables.items()}
    two = Record({n: pl.concat([one[n], other[n]]) for n in one.tables}, kind="hearth", carries=one.carries)
    ssda903.write(two, tmp_path, 2026)
    assert sorted(folder.name for folder in tmp_path.iterdir()) == ["E06000013", NORFOLK]


def test_formula_text_is_written_behind_a_quote_and_read_back_as_it_was(tmp_path: Path):
    record = a_record(people=PEOPLE.replace("0043", "=1+1"), episodes=EPISODES.replace("0043", "=1+1"))
    folder = tmp_path / "return"
    assert "'=1+1,F," in written(record, folder, "Header")
    again = ssda903.read(folder, authority=NORFOLK)
    assert sorted(again["people"]["child_id"]) == ["0042", "=1+1"]
    assert again["episodes"].filter(pl.col("child_id") == "=1+1")["started_on"].to_list() == [date(2024, 3, 10)]
