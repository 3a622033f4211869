"""Placement codes in the return are those of its year; a renamed code is no new episode."""

from __future__ import annotations

import pytest

from hearth.returns.ssda903 import renaming
from tests.returns.building import check
from tests.returns.test_ssda903_writing import a_table

HEAD = "child_id | started_on | ended_on | reason_started | reason_ended | legal_status | placement_type"
RENAMED = f"""
    {HEAD}
    0042 | 01/05/2023 | 28/10/2023 | S | X1 | C2 | H5
    0042 | 28/10/2023 | 01/04/2025 | T | X1 | C2 | Z1
    0042 | 01/04/2025 |            | T |    | C2 | Z12
    0043 | 01/05/2023 | 28/10/2023 | S | X1 | C2 | P2
    0043 | 28/10/2023 |            | T |    | C2 | K3
"""


@pytest.mark.parametrize(
    ("year", "codes"),
    [(2023, ("H5", "P2")), (2024, ("Z1", "P2")), (2025, ("Z1", "K3")), (2026, ("Z12", "K3"))],
)
def test_a_renamed_placement_is_one_episode_with_the_code_of_the_year(year: int, codes: tuple[str, str]) -> None:
    episodes = renaming.coded(a_table("episodes", RENAMED), year)
    check(
        episodes,
        f"""
        {HEAD}
        0042 | 01/05/2023 |  | S |  | C2 | {codes[0]}
        0043 | 01/05/2023 |  | S |  | C2 | {codes[1]}
        """,
    )


def test_a_real_change_stays_an_episode() -> None:
    moved = RENAMED.replace("28/10/2023 |            | T |    | C2 | K3", "28/10/2023 |            | P |    | C2 | K3")
    changed = moved.replace(
        "01/04/2025 |            | T |    | C2 | Z12", "01/04/2025 |            | U |    | E1 | Z12"
    )
    assert renaming.coded(a_table("episodes", changed), 2026).height == 4
    assert renaming.coded(a_table("episodes", changed), 2024)["placement_type"].to_list() == [
        *("Z1", "Z1", "P2", "H5"),
    ]
