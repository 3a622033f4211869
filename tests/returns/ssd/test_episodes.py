"""Episodes from an extract: placements, legal statuses and homes found where the dataset keeps them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.returns.ssd.extracts import EPISODE, PERSON, PLACEMENT, a_status, an_episode, read_extract

LEGAL_CASES = {
    # statuses (code, from, to) of a child in care from 10 January 2024 to 10 January 2025, and the parts of the episode
    "one status throughout": ([("C2", "2024-01-10", None)], [("S", "2024-01-10", "C2")]),
    "status older than care": ([("C2", "2020-01-10", None)], [("S", "2024-01-10", "C2")]),
    "interim order, then full": (
        [("C1", "2024-01-10", "2024-06-01"), ("C2", "2024-06-01", None)],
        [("S", "2024-01-10", "C1"), ("L", "2024-06-01", "C2")],
    ),
    "end written as the last day": (
        [("C1", "2024-01-10", "2024-05-31"), ("C2", "2024-06-01", None)],
        [("S", "2024-01-10", "C1"), ("L", "2024-06-01", "C2")],
    ),
    "agreement, then interim order, never ended": (
        [("V2", "2024-01-10", None), ("C1", "2024-06-01", None)],
        [("S", "2024-01-10", "V2"), ("L", "2024-06-01", "C1")],
    ),
    "placement order beside the care order": (
        [("C2", "2024-01-10", None), ("E1", "2024-06-01", None)],
        [("S", "2024-01-10", "C2"), ("L", "2024-06-01", "E1")],
    ),
    "both orders on one day: the placement order": (
        [("C2", "2024-01-10", None), ("E1", "2024-01-10", None)],
        [("S", "2024-01-10", "E1")],
    ),
    "the same status recorded again": (
        [("C2", "2024-01-10", "2024-06-01"), ("C2", "2024-06-01", None)],
        [("S", "2024-01-10", "C2")],
    ),
    "an old agreement over before care": ([("V2", "2022-01-10", "2023-06-01")], [("S", "2024-01-10", None)]),
    "a status that is no care": ([("Supervision order", "2024-01-10", None)], [("S", "2024-01-10", None)]),
    "a status later than entry": (
        [("C1", "2024-02-01", None)],
        [("S", "2024-01-10", None), ("L", "2024-02-01", "C1")],
    ),
    "a status after care": (
        [("C2", "2024-01-10", None), ("V2", "2025-02-01", None)],
        [("S", "2024-01-10", "C2")],
    ),
    "label behind the code": ([("c2 - Full care order", "2024-01-10", None)], [("S", "2024-01-10", "C2")]),
}


@pytest.mark.parametrize(("statuses", "parts"), LEGAL_CASES.values(), ids=LEGAL_CASES.keys())
def test_the_legal_status_is_the_one_in_force_and_a_change_inside_splits(
    tmp_path: Path, statuses: Any, parts: Any
) -> None:
    rows = [a_status(number, *status) for number, status in enumerate(statuses)]
    left = an_episode(1, "2024-01-10", "2025-01-10", cla_episode_ceased_reason="E4A")
    found = read_extract(tmp_path, cla_episodes=[left], legal_status=rows)["episodes"].sort("started_on")
    assert found.select("reason_started", pl.col("started_on").cast(pl.String), "legal_status").rows() == parts
    assert found["ended_on"].to_list() == [*found["started_on"].to_list()[1:], date(2025, 1, 10)]
    assert found["reason_ended"].to_list() == ["X1"] * (len(parts) - 1) + ["E4A"]


def test_a_change_with_its_own_episode_is_not_split_again(tmp_path: Path) -> None:
    episodes = [
        an_episode(1, "2024-01-10", "2024-06-01", cla_episode_ceased_reason="X1"),
        an_episode(2, "2024-06-01", cla_episode_start_reason="L"),
    ]
    statuses = [a_status(1, "C1", "2024-01-10", "2024-06-01"), a_status(2, "C2", "2024-06-01")]
    record = read_extract(tmp_path, cla_episodes=episodes, legal_status=statuses)
    assert record["episodes"].sort("started_on")["legal_status"].to_list() == ["C1", "C2"]
    assert record.problems.is_empty()


PLACEMENT_CASES = {
    # link of the episode, person on the placement, start and end of the placement: the kind of placement found
    "by its identifier": ("l1", "1", "2024-01-10", None, "U6"),
    "by its identifier, whatever its days": ("l1", "1", "2024-03-01", None, "U6"),
    "no link: by child and day": (None, "1", "2024-01-01", None, "U6"),
    "dangling link: by child and day": ("l9", "1", "2024-01-10", "2024-06-01", "U6"),
    "no link, and not there on the day": (None, "1", "2024-01-11", None, None),
    "no link, and already over": (None, "1", "2023-01-11", "2024-01-09", None),
    "link to another child's placement": ("l1", "2", "2024-01-10", None, None),
    "no person on the placement, linked": ("l1", None, "2024-01-10", None, "U6"),
}


@pytest.mark.parametrize("case", PLACEMENT_CASES.values(), ids=PLACEMENT_CASES.keys())
def test_the_placement_is_found_by_link_or_by_day(tmp_path: Path, case: Any) -> None:
    link, person, start, end, kind = case
    days = {"clap_cla_placement_start_date": start, "clap_cla_placement_end_date": end, "clap_person_id": person}
    record = read_extract(
        tmp_path,
        person=[PERSON, {**PERSON, "pers_person_id": "2"}],
        cla_episodes=[{**EPISODE, "clae_cla_placement_id": link}],
        cla_placement=[{**PLACEMENT, **days}],
    )
    assert record["episodes"]["placement_type"].to_list() == [kind]


def test_why_a_placement_ended_stands_with_its_last_episode(tmp_path: Path) -> None:
    episodes = [
        an_episode(1, "2024-01-10", "2024-03-01", cla_episode_ceased_reason="X1"),
        an_episode(2, "2024-03-01", "2024-06-01", cla_episode_start_reason="L", cla_episode_ceased_reason="X1"),
        an_episode(3, "2024-06-01", cla_episode_start_reason="P", cla_placement_id="l2"),
    ]
    placements = [
        {**PLACEMENT, "clap_cla_placement_change_reason": "CREQB", "clap_cla_placement_end_date": "2024-06-01"},
        {**PLACEMENT, "clap_cla_placement_id": "l2", "clap_cla_placement_start_date": "2024-06-01"},
    ]
    found = read_extract(tmp_path, cla_episodes=episodes, cla_placement=placements)["episodes"].sort("started_on")
    assert found["reason_placement_changed"].to_list() == [None, "CREQB", None]


HOME_CASES = {
    # addresses (kind, from, to, postcode) of a child in care since 10 January 2024: the home postcode
    "at home since birth": ([("Home", "2012-05-06", None, "A")], "A"),
    "moved before care": ([("Home", "2012-05-06", "2023-01-01", "A"), ("Home", "2023-01-01", None, "B")], "B"),
    "home ended on the day of entry": ([("Home", "2012-05-06", "2024-01-10", "A")], "A"),
    "family moved after": ([("Home", "2012-05-06", "2024-05-01", "A"), ("Home", "2024-05-01", None, "B")], "A"),
    "placement address is no home": ([("Placement", "2024-01-10", None, "A")], None),
    "kind not said": ([(None, "2012-05-06", None, "A")], "A"),
    "only later addresses": ([("Home", "2024-05-01", None, "A")], None),
}


@pytest.mark.parametrize(("addresses", "postcode"), HOME_CASES.values(), ids=HOME_CASES.keys())
def test_home_is_where_the_child_lived_when_care_began(tmp_path: Path, addresses: Any, postcode: Any) -> None:
    fields = ("addr_address_type", "addr_address_start_date", "addr_address_end_date", "addr_address_postcode")
    rows = [{"addr_person_id": "1", **dict(zip(fields, address, strict=True))} for address in addresses]
    found = read_extract(tmp_path, address=rows)["episodes"]
    assert found["home_postcode"].to_list() == [postcode]


@pytest.mark.parametrize(
    ("given", "postcodes", "miles"),
    [
        # distance in the file, postcodes of home and placement: miles
        ("12.3", (None, None), 12.3),
        ("999.9", (None, None), None),
        (None, (None, None), None),
        ("12.3", ("NR1 3JU", "NR1 3JU"), 0.0),
    ],
)
def test_distance_is_from_postcodes_else_from_the_file(tmp_path: Path, given: Any, postcodes: Any, miles: Any) -> None:
    home, placed = postcodes
    record = read_extract(
        tmp_path,
        cla_placement=[{**PLACEMENT, "clap_cla_placement_distance": given, "clap_cla_placement_postcode": placed}],
        address=[{"addr_person_id": "1", "addr_address_type": "Home", "addr_address_postcode": home}],
    )
    assert record["episodes"]["distance_miles"].to_list() == [miles]


def test_an_unaccompanied_child_has_no_distance(tmp_path: Path) -> None:
    record = read_extract(
        tmp_path,
        cla_placement=[{**PLACEMENT, "clap_cla_placement_distance": "12.3"}],
        immigration_status=[{"immi_person_id": "1", "immi_immigration_status": "Uasc"}],
    )
    assert record["episodes"]["distance_miles"].to_list() == [None]


END_CASES = {
    # end and reason of a first episode, a second on 1 June or not: ends in the record, effects told
    "ended, and another": ("2024-06-01", "X1", True, ["2024-06-01", None], []),
    "no end, another follows": (None, None, True, ["2024-06-01", None], ["noted"]),
    "end before start, another follows": ("2023-06-01", "X1", True, ["2024-06-01", None], ["noted", "value not used"]),
    "care ended on no day": (None, "E4A", False, [], ["row set aside"]),
    "still open": (None, None, False, [None], []),
}


@pytest.mark.parametrize("case", END_CASES.values(), ids=END_CASES.keys())
def test_an_end_is_never_made_up(tmp_path: Path, case: Any) -> None:
    end, reason, goes_on, ends, effects = case
    following = [an_episode(2, "2024-06-01", cla_episode_start_reason="P", cla_placement_id=None)] if goes_on else []
    rows = [an_episode(1, "2024-01-10", end, cla_episode_ceased_reason=reason), *following]
    record = read_extract(tmp_path, cla_episodes=rows)
    assert record["episodes"].sort("started_on")["ended_on"].cast(pl.String).to_list() == ends
    assert sorted(record.problems["effect"].to_list()) == effects


def test_the_day_care_began_is_known_from_any_episode(tmp_path: Path) -> None:
    later = an_episode(1, "2024-06-01", cla_episode_start_reason="P", entered_care_date="2019-05-01")
    record = read_extract(tmp_path, cla_episodes=[later])
    assert record["periods_of_care"]["started_on"].to_list() == [date(2019, 5, 1)]
