"""Plans and reviews in time, and the ways to a home that lasts: every case can be counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from hearth.measures import adoption, permanence
from hearth.measures.derived import DERIVED
from hearth.measures.measure import Measure

from .builders import answers, episodes, figure, figures, in_care, record

REVIEWED = """
    child             | from       | to
    planned before    | 2025-01-01 |
    planned that day  | 2025-01-01 |
    planned after     | 2025-01-01 |
    never planned     | 2025-01-01 |
    old plan in force | 2025-01-01 |
    old plan ended    | 2025-01-01 |
    one review only   | 2025-01-01 |
    reviewed too soon | 2024-06-01 |
"""
SECOND = "2025-04-20"
REVIEWS = "\n".join(
    ["child_id | held_on | is_cancelled"]
    + [
        f"{child} | {day} |"
        for child in ("planned before", "planned that day", "planned after", "never planned", "old plan in force")
        for day in ("2025-01-20", SECOND, "2025-10-20")
    ]
    + [f"old plan ended | {day} |" for day in ("2025-01-20", SECOND)]
    + ["one review only | 2025-05-01 |", "one review only | 2025-06-01 | yes"]
    + [f"reviewed too soon | {day} |" for day in ("2024-06-20", "2024-09-20", "2025-05-01")]
)
PLANS = """
    child_id          | option   | recorded_on | ended_on
    planned before    | ADOPTION | 2025-03-01  |
    planned that day  | LTFOST18 | 2025-04-20  |
    planned after     | LTFOST18 | 2025-04-21  |
    old plan in force | LTFOST18 | 2020-05-02  |
    old plan ended    | LTFOST18 | 2020-05-02  | 2021-01-01
"""


def test_a_permanence_plan_stands_at_the_second_review_of_the_time_in_care() -> None:
    found = in_care(REVIEWED, reviews=REVIEWS, permanence_plans=PLANS)
    assert answers(found, permanence.PERMANENCE_PLAN) == {
        "planned before": 1,
        "planned that day": 1,
        "planned after": 0,
        "never planned": 0,
        "old plan in force": 1,
        "old plan ended": 0,
        "one review only": 0,  # the second fell due on 1 August, and there is no plan
    }
    (of_the_duty,) = [each for each in DERIVED.values() if each.id == "permanence-plan-in-time"]
    assert answers(found, of_the_duty) == answers(found, permanence.PERMANENCE_PLAN)


ROUTES = """
    child           | from       | to         | rec
    adopted         | 2024-04-01 | 2025-04-01 | E11
    guardian        | 2025-03-22 | 2025-04-01 | E45
    old code        | 2025-03-22 | 2025-04-01 | E43
    child order     | 2025-03-22 | 2025-04-01 | E41
    home            | 2025-03-22 | 2025-04-01 | E4B
    matched         | 2025-03-22 |            |
    matched then sgo| 2024-01-01 | 2025-09-01 | E46
    turned 18       | 2025-03-22 | 2025-04-01 | E5
    year before     | 2025-01-01 | 2025-03-31 | E11
"""
MATCHES = "child_id | matched_on\nmatched | 2025-05-01\nmatched then sgo | 2024-02-01"


def test_permanence_is_secured_once_by_the_first_way_to_it() -> None:
    found = in_care(ROUTES, long_term_matches=MATCHES)
    days = {"adopted": 365, "guardian": 10, "old code": 10, "child order": 10, "home": 10, "matched": 40}
    assert answers(found, permanence.TIMELY_PERMANENCE) == days
    (row,) = figures(found, permanence.TIMELY_PERMANENCE)
    assert (row["numerator"], row["denominator"], row["value"]) == (445, 6, 445 / 6)


CHAIN = """
    child          | from       | to
    all in time    | 2025-04-01 |
    first was late | 2025-04-01 |
    none held      | 2025-04-01 |
    in care 27 days| 2026-03-04 |
    in care 28 days| 2026-03-03 |
    for adoption   | 2025-04-01 |
"""
HELD = """
    child_id       | held_on
    all in time    | 2025-04-29
    all in time    | 2025-07-29
    all in time    | 2026-01-29
    first was late | 2025-05-02
    first was late | 2025-08-02
    first was late | 2026-02-02
    for adoption   | 2025-04-29
    for adoption   | 2025-05-26
    for adoption   | 2025-08-26
    for adoption   | 2026-02-26
"""


def test_reviews_are_in_time_when_held_by_the_day_they_were_due() -> None:
    """Care began on 1 April 2025: the first review is due on 1 May (20 working days, two bank holidays at Easter)."""
    found = in_care(CHAIN.replace("    for adoption   | 2025-04-01 |\n", ""), reviews=_without_adoption())
    # all in time: 3 due, 3 met; first was late: 3 due, 2 met; none held: 1 due; in care 28 days: due today, not held;
    # in care 27 days: due on 1 April
    assert figure(found, permanence.REVIEWS_IN_TIME) == (5, 8, 0)


def _without_adoption() -> str:
    return "\n".join(line for line in HELD.splitlines() if "for adoption" not in line)


def test_the_national_form_counts_children_in_care_for_28_days_and_not_placed_for_adoption() -> None:
    rows = episodes(CHAIN)
    moved = [
        row | {"placement_type": "A4", "legal_status": "E1"} if row["child_id"] == "for adoption" else row
        for row in rows
    ]
    found = record(episodes=moved, reviews=HELD)
    assert answers(found, permanence.REVIEWS_IN_TIME_CHILD) == {
        "all in time": 1,
        "first was late": 0,
        "none held": 0,
        "in care 28 days": 0,
    }


@pytest.mark.parametrize("measure", [permanence.REVIEWS_IN_TIME, permanence.REVIEWS_IN_TIME_CHILD], ids=lambda m: m.id)
def test_a_return_alone_cannot_give_reviews_in_time(measure: Measure) -> None:
    found = record(
        kind="ssda903", carries=["episodes", "reviews"], history_from=date(2024, 4, 1), episodes=episodes(CHAIN)
    )
    (row,) = figures(found, measure)
    assert row["value"] is None
    assert row["unavailable"] == (
        "needs the day each child came into care, not known for those who came before 1 April 2024"
    )


def test_a_care_plan_is_up_to_date_until_a_plan_or_its_revision_is_overdue() -> None:
    """Reviews of 2 March 2026 want a revision by 30 March (20 working days), those of 3 March by 31 March."""
    found = in_care(
        """
        child           | from       | to
        revised         | 2025-04-01 |
        revised too old | 2025-04-01 |
        still has a day | 2025-04-01 |
        never planned   | 2025-04-01 |
        came last week  | 2026-03-25 |
        """,
        care_plans="""
        child_id        | started_on
        revised         | 2025-04-05
        revised         | 2026-03-10
        revised too old | 2025-04-05
        revised too old | 2026-02-20
        still has a day | 2025-04-05
        """,
        reviews="""
        child_id        | held_on
        revised         | 2026-03-02
        revised too old | 2026-03-02
        still has a day | 2026-03-03
        """,
    )
    assert answers(found, permanence.CARE_PLAN_UP_TO_DATE) == {
        "revised": 1,
        "revised too old": 0,
        "still has a day": 1,
        "never planned": 0,
    }


def test_proceedings_are_counted_by_case_and_siblings_share_one() -> None:
    found = record(
        proceedings="""
        child_id | case_id | issued_on  | concluded_on | outcome
        A        | 1       | 2025-01-06 | 2025-07-07   | care_order
        B        | 1       | 2025-01-06 | 2025-07-07   | special_guardianship
        C        | 2       | 2025-01-06 | 2025-04-07   | special_guardianship
        D        | 3       | 2025-01-06 | 2025-03-31   | special_guardianship
        E        | 4       | 2025-01-06 |              |
        """
    )
    assert answers(found, permanence.PROCEEDINGS_DURATION) == {"A": 26, "C": 13}
    (row,) = figures(found, permanence.PROCEEDINGS_DURATION)
    assert (row["numerator"], row["denominator"], row["value"]) == (39, 2, 19.5)
    assert set(answers(found, adoption.SGO_AT_CONCLUSION)) == {"B", "C"}


def test_time_in_care_leaves_out_whose_start_is_not_known() -> None:
    found = record(
        history_from=date(2024, 4, 1),
        episodes=episodes("""
            child       | from       | to         | rne | rec
            ten days    | 2026-03-21 |            | S   |
            a hundred   | 2025-12-21 |            | S   |
            not known   | 2025-01-01 |            | L   |
            has left    | 2025-06-01 | 2025-06-21 | S   | E4A
            left, hidden| 2024-06-01 | 2025-06-21 | L   | E4A
        """),
    )
    assert answers(found, permanence.TIME_IN_CARE) == {"ten days": 10, "a hundred": 100, "not known": None}
    assert figure(found, permanence.TIME_IN_CARE) == (110, 2, 1)
    assert answers(found, permanence.TIME_IN_CARE_LEFT) == {"has left": 20, "left, hidden": None}


ADOPTIONS = """
    child          | from       | to         | rne | ls | place | rec
    placed         | 2024-06-30 | 2025-06-30 | S   | E1 | U6    | X1
    placed         | 2025-06-30 |            | P   | E1 | A6    |
    carers adopt   | 2025-01-01 | 2025-04-11 | S   | E1 | U5    | X1
    carers adopt   | 2025-04-11 |            | T   | E1 | A5    |
    second home    | 2024-01-01 | 2025-01-01 | S   | E1 | A6    | X1
    second home    | 2025-01-01 | 2025-06-01 | P   | E1 | U6    | X1
    second home    | 2025-06-01 |            | P   | E1 | A6    |
    adopted        | 2023-01-01 | 2025-01-01 | S   | E1 | U6    | X1
    adopted        | 2025-01-01 | 2025-06-30 | P   | E1 | A6    | E12
    hidden         | 2025-01-01 | 2025-06-30 | L   | E1 | A6    | E11
    home           | 2024-01-01 | 2025-06-30 | S   | C2 | U6    | E4A
    guardian       | 2024-01-01 | 2025-06-30 | S   | C2 | U6    | E47
    not said       | 2024-01-01 | 2025-06-30 | S   | C2 | U6    | E48
"""


def test_a_child_is_placed_for_adoption_when_the_first_adoptive_placement_begins() -> None:
    assert answers(in_care(ADOPTIONS), adoption.PLACED_FOR_ADOPTION) == {"placed": 1, "carers adopt": 1}
    assert answers(in_care(ADOPTIONS), adoption.TIME_TO_ADOPTIVE_PLACEMENT) == {"placed": 365, "carers adopt": 100}


def test_time_to_the_order_runs_from_moving_in_with_adopters() -> None:
    assert answers(in_care(ADOPTIONS), adoption.TIME_TO_ADOPTION_ORDER) == {"adopted": 180, "hidden": None}
    assert figure(in_care(ADOPTIONS), adoption.TIME_TO_ADOPTION_ORDER) == (180, 1, 1)


def test_shares_of_those_who_left_care() -> None:
    rows = [row | {"reason_ended": None} if row["child_id"] == "not said" else row for row in episodes(ADOPTIONS)]
    found = record(episodes=rows)
    assert figure(found, adoption.ADOPTED_SHARE) == (2, 5, 1)
    assert figure(found, adoption.SGO_SHARE) == (1, 5, 1)


def test_matches_of_the_period_are_counted_by_child() -> None:
    found = in_care(
        "child | from | to\nA | 2020-01-01 |\nB | 2020-01-01 |",
        long_term_matches="child_id | matched_on\nA | 2025-04-01\nA | 2026-03-31\nB | 2025-03-31",
    )
    assert answers(found, permanence.LONG_TERM_MATCHED) == {"A": 1}


def test_long_term_homes_among_fostered_children() -> None:
    found = in_care("""
        child        | from       | to | place
        with kin     | 2025-01-01 |    | U1
        with carers  | 2025-01-01 |    | U4
        for a time   | 2025-01-01 |    | U6
        not fostered | 2025-01-01 |    | K2
    """)
    assert answers(found, permanence.LONG_TERM_FOSTER_SHARE) == {"with kin": 1, "with carers": 1, "for a time": 0}
