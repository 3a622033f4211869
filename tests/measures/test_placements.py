"""Homes: how often children move, what kind of home it is and how far away; every case can be counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from hearth.measures import placement_distance as distance
from hearth.measures import placement_stability as stability
from hearth.measures import placement_types as kinds
from hearth.measures.measure import Measure
from hearth.tables.record import Record

from .builders import answers, episodes, figure, figures, in_care, record

YEAR = """
    child           | from       | to         | rne | place | rec | urn
    the trap        | 2024-01-01 | 2025-06-10 | S   | U6    |     | SC1
    the trap        | 2025-06-10 | 2025-06-20 | P   | T1    |     |
    the trap        | 2025-06-20 | 2025-09-02 | P   | U6    |     | SC1
    the trap        | 2025-09-02 | 2026-01-05 | P   | U6    |     | SC2
    the trap        | 2026-01-05 |            | T   | U6    |     | SC2
    three           | 2024-01-01 | 2025-06-10 | S   | U6    |     |
    three           | 2025-06-10 | 2025-09-02 | P   | U6    |     |
    three           | 2025-09-02 |            | B   | K2    |     |
    one is a night  | 2024-01-01 | 2025-06-10 | S   | U6    |     |
    one is a night  | 2025-06-10 | 2025-06-10 | P   | U6    |     |
    one is a night  | 2025-06-10 |            | P   | K2    |     |
    moved on day 1  | 2024-01-01 | 2025-04-01 | S   | U6    |     |
    moved on day 1  | 2025-04-01 | 2025-09-02 | P   | U6    |     |
    moved on day 1  | 2025-09-02 |            | P   | K2    |     |
    two times in    | 2025-04-10 | 2025-05-01 | S   | U6    | E4A |
    two times in    | 2025-07-01 | 2025-08-01 | S   | U6    |     |
    two times in    | 2025-08-01 |            | P   | U6    |     |
    new order only  | 2024-01-01 | 2025-06-10 | S   | U6    |     |
    new order only  | 2025-06-10 | 2025-07-10 | L   | U6    |     |
    new order only  | 2025-07-10 |            | U   | A5    |     |
    has left        | 2025-05-01 | 2025-06-10 | S   | U6    |     |
    has left        | 2025-06-10 | 2025-07-10 | P   | U6    |     |
    has left        | 2025-07-10 | 2025-12-01 | P   | U6    | E4A |
"""
PLACEMENTS = {
    "the trap": 2,
    "three": 3,
    "one is a night": 2,
    "moved on day 1": 2,
    "two times in": 3,
    "new order only": 1,
}
MOVES = {"the trap": 1, "three": 2, "one is a night": 1, "moved on day 1": 2, "two times in": 1, "has left": 2}


def test_three_or_more_counts_placements_and_not_moves() -> None:
    expected = {child: float(placements >= 3) for child, placements in PLACEMENTS.items()}
    assert answers(in_care(YEAR), stability.THREE_OR_MORE) == expected
    assert figure(in_care(YEAR), stability.THREE_OR_MORE) == (2, 6, 0)


def test_a_move_is_a_placement_that_began_in_the_period_and_was_not_the_first() -> None:
    assert figure(in_care(YEAR), stability.PLACEMENT_MOVES)[0] == sum(MOVES.values())


def test_stability_of_children_who_came_alone_is_counted_among_them() -> None:
    found = in_care(YEAR, unaccompanied="child_id\nthree\nthe trap")
    assert answers(found, stability.UASC_STABILITY) == {"three": 1, "the trap": 0}
    assert figure(found, stability.UASC_STABILITY) == (1, 2, 0)


TWO_YEARS = """
    child               | from       | to         | rne | place
    settled             | 2023-09-30 |            | S   | U4
    a day short of care | 2023-10-01 |            | S   | U4
    moved 2 years ago   | 2020-01-01 | 2024-03-31 | S   | U6
    moved 2 years ago   | 2024-03-31 |            | P   | U4
    moved a day later   | 2020-01-01 | 2024-04-01 | S   | U6
    moved a day later   | 2024-04-01 |            | P   | U4
    adopters, together  | 2020-01-01 | 2022-01-01 | S   | U6
    adopters, together  | 2022-01-01 | 2025-09-01 | P   | U6
    adopters, together  | 2025-09-01 |            | P   | A4
    adopters, not two   | 2020-01-01 | 2025-01-01 | S   | U6
    adopters, not two   | 2025-01-01 | 2025-09-01 | P   | U6
    adopters, not two   | 2025-09-01 |            | P   | A4
    carers adopt        | 2020-01-01 | 2025-01-01 | S   | U6
    carers adopt        | 2025-01-01 | 2025-09-01 | P   | U5
    carers adopt        | 2025-09-01 |            | T   | A5
    in hospital         | 2020-01-01 | 2026-03-20 | S   | U4
    in hospital         | 2026-03-20 |            | P   | T1
    came back           | 2020-01-01 | 2023-12-01 | S   | U4
    came back           | 2024-01-01 |            | S   | U4
    is 16               | 2020-01-01 |            | S   | U4
"""
SETTLED = {
    "settled": 1,
    "moved 2 years ago": 1,
    "moved a day later": 0,
    "adopters, together": 1,
    "adopters, not two": 0,
    "carers adopt": 0,
    "in hospital": 1,
}


def _young(text: str, *, sixteen: str = "is 16") -> str:
    children = {line.split("|")[0].strip() for line in text.strip().splitlines()[1:]}
    born = {child: "2010-03-31" if child == sixteen else "2010-04-01" for child in children}
    return "\n".join(["child_id | born_on", *(f"{child} | {day}" for child, day in born.items())])


def test_two_years_in_one_placement_among_children_under_16_in_care_for_two_and_a_half() -> None:
    found = in_care(TWO_YEARS, people=_young(TWO_YEARS))
    assert answers(found, stability.SAME_PLACEMENT) == SETTLED
    assert figure(found, stability.SAME_PLACEMENT) == (4, 7, 0)


def test_what_a_return_does_not_know_is_not_taken_for_short() -> None:
    text = """
        child               | from       | to         | rne | place
        long enough to tell | 2023-01-01 |            | L   | U4
        home too short      | 2022-01-01 | 2025-01-01 | P   | U6
        home too short      | 2025-01-01 |            | P   | U4
        home may be older   | 2025-01-01 |            | L   | U4
    """
    found = record(history_from=date(2024, 4, 1), episodes=episodes(text), people=_young(text))
    expected = {"long enough to tell": 1, "home too short": 0, "home may be older": None}
    assert answers(found, stability.SAME_PLACEMENT) == expected
    assert figure(found, stability.SAME_PLACEMENT) == (1, 2, 1)


def test_older_young_people_stay_where_they_were_a_year_ago() -> None:
    text = """
        child        | from       | to         | rne | rec
        stayed       | 2024-01-01 |            | S   |
        moved        | 2024-01-01 | 2025-09-01 | S   | X1
        moved        | 2025-09-01 |            | P   |
        left care    | 2024-01-01 | 2025-09-01 | S   | E5
        came later   | 2025-04-02 |            | S   |
        is 16        | 2024-01-01 |            | S   |
        too young    | 2024-01-01 |            | S   |
    """
    people = _young(text, sixteen="is 16").replace("too young | 2010-04-01", "too young | 2011-04-02")
    found = in_care(text, people=people)
    expected = {"stayed": 1, "moved": 0, "left care": 0, "is 16": 1}
    assert answers(found, stability.OLDER_SAME_PLACEMENT) == expected


HOMES = """
    child            | from       | to         | place | by
    own carers       | 2025-01-01 |            | U6    | PR1
    own kinship      | 2025-01-01 |            | U1    | PR1
    private agency   | 2025-01-01 |            | U4    | PR4
    voluntary agency | 2025-01-01 |            | U5    | PR5
    other council    | 2025-01-01 |            | U6    | PR2
    own home         | 2025-01-01 |            | K2    | PR1
    bought home      | 2025-01-01 |            | K2    | PR4
    secure home      | 2025-01-01 |            | K1    | PR2
    care home        | 2025-01-01 |            | R1    | PR5
    school           | 2025-01-01 |            | S1    | PR4
    hospital ward    | 2025-01-01 |            | R2    | PR3
    prison           | 2025-01-01 |            | R5    | PR3
    supported        | 2025-01-01 |            | K3    | PR4
    with parents     | 2025-01-01 |            | P1    | PR0
    with adopters    | 2025-01-01 |            | A4    | PR1
    on holiday       | 2025-01-01 | 2026-03-20 | U6    | PR4
    on holiday       | 2026-03-20 |            | T2    | PR4
"""
IN_FAMILY = {
    "own carers",
    "own kinship",
    "private agency",
    "voluntary agency",
    "other council",
    "with parents",
    "with adopters",
    "on holiday",
}
AGENCY = {"private agency", "voluntary agency", "on holiday"}
RESIDENTIAL = {"own home", "bought home", "secure home", "care home", "school"}


@pytest.mark.parametrize(
    ("measure", "children", "denominator"),
    [
        (kinds.IN_HOUSE_FOSTER_COUNT, {"own carers", "own kinship"}, None),
        (kinds.INDEPENDENT_FOSTER_COUNT, AGENCY, None),
        (kinds.INDEPENDENT_FOSTER_SHARE, AGENCY, 16),
        (kinds.RESIDENTIAL_COUNT, RESIDENTIAL, None),
        (kinds.RESIDENTIAL_SHARE, RESIDENTIAL, 16),
        (kinds.FAMILY_SETTING, IN_FAMILY, 16),
        (
            kinds.EXTERNAL_PLACEMENTS,
            {*AGENCY, "other council", "bought home", "secure home", "care home", "school", "hospital ward", "prison"}
            | {"supported"},
            None,
        ),
    ],
    ids=lambda value: value.id if isinstance(value, Measure) else "",
)
def test_the_kind_of_home(measure: Measure, children: set[str], denominator: int | None) -> None:
    found = in_care(HOMES)
    assert {child for child, counted in answers(found, measure).items() if counted} == children
    assert figure(found, measure) == (len(children), denominator, 0)


def test_whose_carers_fostered_children_live_with() -> None:
    mix = {row["provider_sector"]: row["numerator"] for row in figures(in_care(HOMES), kinds.FOSTERING_PROVIDER_MIX)}
    assert mix == {"council": 2, "independent": 3, "other public": 1}


def test_a_placement_without_a_provider_is_not_known() -> None:
    text = "child | from | to | place\nA | 2025-01-01 | | U6\nB | 2025-01-01 | | K2"
    rows = [{**row, "placement_provider": None if row["child_id"] == "A" else "PR4"} for row in episodes(text)]
    found = record(episodes=rows)
    assert answers(found, kinds.IN_HOUSE_FOSTER_COUNT) == {"A": None}
    assert figure(found, kinds.INDEPENDENT_FOSTER_SHARE) == (0, 2, 1)
    assert figure(found, kinds.EXTERNAL_PLACEMENTS) == (1, None, 1)


MILES = """
    child          | from       | to | distance_miles | is_in_area
    next door      | 2025-01-01 |    | 0.4            | yes
    exactly twenty | 2025-01-01 |    | 20.0           | no
    just over      | 2025-01-01 |    | 20.1           | no
    far but inside | 2025-01-01 |    | 35.0           | yes
    no home known  | 2025-01-01 |    |                | no
    nothing known  | 2025-01-01 |    |                |
    came alone     | 2025-01-01 |    | 50.0           | no
"""


def _placed() -> Record:
    return in_care(MILES, unaccompanied="child_id\ncame alone")


def test_children_placed_within_the_area_and_outside_it() -> None:
    assert figure(_placed(), distance.PLACED_IN_COUNTY) == (2, None, 1)
    assert figure(_placed(), distance.PLACED_OUTSIDE_AREA) == (4, 7, 1)


def test_within_20_miles_counts_known_distances() -> None:
    assert figure(_placed(), distance.WITHIN_20_MILES) == (2, 4, 3)


def test_over_20_miles_and_outside_keeps_the_not_known_in_the_denominator() -> None:
    assert answers(_placed(), distance.OVER_20_MILES_OUTSIDE_AREA) == {
        "next door": 0,
        "exactly twenty": 0,
        "just over": 1,
        "far but inside": 0,
        "no home known": None,
        "nothing known": None,
        "came alone": None,
    }
    assert figure(_placed(), distance.OVER_20_MILES_OUTSIDE_AREA) == (1, 7, 3)


def test_a_source_that_knows_no_distance_gives_no_figure_and_not_nought() -> None:
    (row,) = figures(in_care("child | from | to\nA | 2025-01-01 |"), distance.WITHIN_20_MILES)
    assert row["value"] is None
    assert row["unavailable"] == "the source does not say it of any child"
