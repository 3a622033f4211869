"""Periods of care and placements are worked out from episodes as rules R8 and R15 say."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.tables import catalogue
from hearth.tables.journeys import derive

COLUMNS = ("started_on", "reason_started", "legal_status", "placement_type", "urn", "ended_on", "reason_ended")


def episodes(table: str, child: str = "A") -> pl.DataFrame:
    """A table of episodes, one a line: started | RNE | LS | PLACE | URN | ended | REC."""
    rows = []
    for line in filter(None, map(str.strip, table.splitlines())):
        cells = [cell.strip() or None for cell in line.split("|")]
        row = dict(zip(COLUMNS, cells, strict=True))
        days = {key: date.fromisoformat(row[key]) for key in ("started_on", "ended_on") if row[key]}
        rows.append({"authority": "E10000020", "child_id": child, **row, **days})
    return catalogue.conform("episodes", pl.DataFrame(rows, infer_schema_length=None))


def placements(table: str) -> list[tuple[str, str | None, bool | None]]:
    found = derive(episodes(table))["placements"]
    return [
        (str(a), str(b) if b else None, c)
        for a, b, c in found.select("started_on", "ended_on", "is_start_known").rows()
    ]


def periods(table: str) -> list[tuple[str | None, str | None, str | None]]:
    found = derive(episodes(table))["periods_of_care"].select("started_on", "ended_on", "reason_ended")
    return [(str(a) if a else None, str(b) if b else None, c) for a, b, c in found.rows()]


def test_the_worked_trap_of_the_handbook_is_two_placements() -> None:
    """indicators.md 2.1: hospital and the return from it, and the carers' house move, start nothing (R15)."""
    found = placements("""
        2024-11-01 | S | C2 | U6 | SC100001 | 2025-06-10 | X1
        2025-06-10 | P | C2 | T1 |          | 2025-06-20 | X1
        2025-06-20 | P | C2 | U6 | SC100001 | 2025-09-02 | X1
        2025-09-02 | P | C2 | U6 | SC100002 | 2026-01-05 | X1
        2026-01-05 | T | C2 | U6 | SC100002 |            |
    """)
    assert found == [("2024-11-01", "2025-09-02", True), ("2025-09-02", None, True)]


def test_going_elsewhere_after_a_temporary_placement_is_a_move() -> None:
    found = placements("""
        2024-11-01 | S | C2 | U6 | SC100001 | 2025-06-10 | X1
        2025-06-10 | P | C2 | T1 |          | 2025-06-20 | X1
        2025-06-20 | P | C2 | K2 | SC100009 |            |
    """)
    assert [start for start, _, _ in found] == ["2024-11-01", "2025-06-20"]


@pytest.mark.parametrize(
    ("reason", "starts_one"),
    [("P", True), ("B", True), ("S", True), ("L", False), ("T", False), ("U", False)],
)
def test_only_s_p_and_b_start_a_placement(reason: str, starts_one: bool) -> None:
    table = f"""
        2025-01-01 | S | C1 | U6 | SC100001 | 2025-03-01 | X1
        2025-03-01 | {reason} | C2 | U4 | SC100001 | |
    """
    assert len(placements(table)) == (2 if starts_one else 1)


def test_an_episode_without_a_reason_begins_a_placement_only_elsewhere() -> None:
    found = placements("""
        2025-01-01 | S | C1 | U6 | SC100001 | 2025-03-01 | X1
        2025-03-01 |   | C2 | U6 | SC100001 | 2025-06-01 | X1
        2025-06-01 |   | C2 | U6 | SC100009 |            |
    """)
    assert [start for start, _, _ in found] == ["2025-01-01", "2025-06-01"]


def test_a_placement_begun_before_the_first_file_has_no_known_start() -> None:
    assert placements("2025-01-01 | L | C2 | U6 | SC100001 | |") == [("2025-01-01", None, False)]
    assert placements("2025-01-01 | P | C2 | U6 | SC100001 | |") == [("2025-01-01", None, True)]


def test_a_period_runs_from_s_to_the_first_final_reason() -> None:
    found = periods("""
        2023-01-01 | S | V2 | U6 | SC100001 | 2023-05-01 | X1
        2023-05-01 | L | C1 | U6 | SC100001 | 2023-09-01 | E4A
        2024-02-01 | S | V2 | U6 | SC100003 |            |
    """)
    assert found == [("2023-01-01", "2023-09-01", "E4A"), ("2024-02-01", None, None)]


def test_the_start_of_care_is_not_known_when_the_first_file_begins_in_the_middle() -> None:
    assert periods("2024-05-01 | P | C2 | U6 | SC100001 | |") == [(None, None, None)]


def test_short_breaks_are_a_period_of_their_own() -> None:
    found = derive(
        episodes("""
        2024-05-01 | S | V4 | K2 | SC100001 | 2024-08-01 | X1
        2024-08-01 | S | V2 | K2 | SC100001 |            |
    """)
    )["periods_of_care"]
    assert found["is_short_breaks"].to_list() == [True, False]


def test_care_that_ends_on_the_day_it_began_is_under_24_hours() -> None:
    found = derive(episodes("2024-05-01 | S | L1 | U6 | SC100001 | 2024-05-01 | E4A"))["periods_of_care"]
    assert found["is_under_24_hours"].to_list() == [True]


def test_a_stay_in_hospital_keeps_the_home_the_child_returns_to() -> None:
    stays = derive(
        episodes("""
        2024-11-01 | S | C2 | U6 | SC100001 | 2025-06-10 | X1
        2025-06-10 | P | C2 | T1 |          |            |
    """)
    )["stays"]
    last = stays.row(1, named=True)
    assert (last["placement_type"], last["temporary_type"], last["urn"]) == ("U6", "T1", "SC100001")


def test_an_empty_record_has_empty_journeys() -> None:
    assert all(frame.is_empty() for frame in derive(catalogue.empty("episodes")).values())


CHAINS = st.lists(
    st.tuples(
        st.integers(1, 200), st.sampled_from([*"PTLBU", None]), st.sampled_from(["U6", "K2", "T1"]), st.integers(1, 3)
    ),
    min_size=1,
    max_size=8,
)


def chain(child: str, moves: list[tuple[int, str, str, int]]) -> pl.DataFrame:
    """A contiguous chain of episodes from the first of January 2020."""
    day, rows = date(2020, 1, 1), []
    for at, (length, reason, place, home) in enumerate(moves):
        until = date.fromordinal(day.toordinal() + length)
        last = at == len(moves) - 1
        rows.append((day, reason if at else "S", "C2", place, f"SC10000{home}", until, "E4A" if last else "X1"))
        day = until
    frame = pl.DataFrame(rows, schema=list(COLUMNS), orient="row")
    return catalogue.conform("episodes", frame.with_columns(authority=pl.lit("E1"), child_id=pl.lit(child)))


@settings(max_examples=60, deadline=None)
@given(CHAINS, CHAINS)
def test_a_childs_journey_does_not_depend_on_other_children_or_row_order(one: list, other: list) -> None:
    alone = derive(chain("A", one))
    together = derive(pl.concat([chain("B", other), chain("A", one).reverse()]))
    for name, frame in alone.items():
        assert together[name].filter(pl.col("child_id") == "A").equals(frame)


@settings(max_examples=60, deadline=None)
@given(CHAINS)
def test_placements_fill_the_period_without_gap_or_overlap(moves: list) -> None:
    found = derive(chain("A", moves))
    starts, ends = found["placements"]["started_on"].to_list(), found["placements"]["ended_on"].to_list()
    assert found["periods_of_care"].height == 1
    assert starts[1:] == ends[:-1]
    assert (starts[0], ends[-1]) == found["periods_of_care"].select("started_on", "ended_on").row(0)


def test_what_is_derived_keeps_to_the_schemas_of_its_tables():
    found = derive(episodes("2024-01-02 | S | C2 | U1 | SC1 | |"))
    for name, table in found.items():
        assert catalogue.TABLES[name].validate(table).equals(table)
