"""Entry to care, leaving it, and children at home on a care order: every case a line that can be counted by hand."""

from __future__ import annotations

from datetime import date

from hearth.measures import family as measures
from hearth.measures.measure import Measure
from hearth.tables.record import Record

from .builders import answers, episodes, figure, figures, in_care, record

JOURNEYS = """
    child           | from       | to         | rne | ls | rec
    first day       | 2025-04-01 |            | S   |    |
    last day        | 2026-03-31 |            | S   |    |
    day before      | 2025-03-31 |            | S   |    |
    day after       | 2026-04-01 |            | S   |    |
    came back       | 2023-01-01 | 2024-01-01 | S   |    | E4A
    came back       | 2025-06-01 |            | S   |    |
    twice this year | 2025-05-01 | 2025-06-01 | S   |    | E4B
    twice this year | 2025-08-01 | 2025-12-01 | S   |    | E41
    moved           | 2025-01-01 | 2025-06-01 | S   |    | X1
    moved           | 2025-06-01 |            | P   |    |
    new order       | 2025-01-01 | 2025-06-01 | S   | C1 | X1
    new order       | 2025-06-01 |            | L   | C2 |
    short breaks    | 2025-06-01 | 2025-07-01 | S   | V4 | E8
    under 24 hours  | 2025-06-01 | 2025-06-01 | S   |    | E8
"""


def test_an_entrant_started_to_be_looked_after_in_the_period_and_counts_once() -> None:
    assert answers(in_care(JOURNEYS), measures.ENTRANTS) == dict.fromkeys(
        ("first day", "last day", "came back", "twice this year"), 1
    )


def test_a_re_entry_had_an_earlier_closed_period_of_care() -> None:
    assert set(answers(in_care(JOURNEYS), measures.RE_ENTRIES)) == {"came back", "twice this year"}


def test_short_breaks_before_are_no_earlier_period_of_care() -> None:
    found = in_care("""
        child | from       | to         | rne | ls | rec
        A     | 2024-01-01 | 2024-05-01 | S   | V4 | E8
        A     | 2025-06-01 |            | S   | V2 |
    """)
    assert figure(found, measures.RE_ENTRIES) == (0, None, 0)


def test_from_a_return_of_two_years_an_earlier_period_may_be_hidden() -> None:
    found = record(
        kind="ssda903",
        carries=["episodes"],
        history_from=date(2024, 4, 1),
        episodes=episodes("""
            child           | from       | to         | rne | rec
            seen before     | 2024-05-01 | 2024-06-01 | S   | E4A
            seen before     | 2025-06-01 |            | S   |
            who can tell    | 2025-06-01 |            | S   |
            born after that | 2025-06-01 |            | S   |
        """),
        people="""
        child_id        | born_on
        seen before     | 2015-01-01
        who can tell    | 2015-01-01
        born after that | 2025-01-01
        """,
    )
    assert answers(found, measures.RE_ENTRIES) == {"seen before": 1, "who can tell": None}


def test_the_age_profile_takes_the_age_on_the_day_the_child_came() -> None:
    found = in_care(
        """
        child    | from       | to
        baby     | 2025-06-01 |
        turned 1 | 2025-06-01 |
        is 4     | 2025-06-01 |
        turned 5 | 2025-06-01 |
        is 15    | 2025-06-01 |
        turned 16| 2025-06-01 |
        no birth | 2025-06-01 |
        """,
        people="""
        child_id  | born_on
        baby      | 2024-06-02
        turned 1  | 2024-06-01
        is 4      | 2020-06-02
        turned 5  | 2020-06-01
        is 15     | 2009-06-02
        turned 16 | 2009-06-01
        """,
    )
    profile = {row["age_band"]: row["numerator"] for row in figures(found, measures.ENTRANTS_AGE_PROFILE)}
    assert profile == {"under 1": 1, "1-4": 2, "5-9": 1, "10-15": 1, "16 and over": 1, "not known": 1}
    assert {row["denominator"] for row in figures(found, measures.ENTRANTS_AGE_PROFILE)} == {7}


LEAVING = """
    child             | from       | to         | rec
    home planned      | 2024-01-01 | 2025-04-01 | E4A
    home unplanned    | 2024-01-01 | 2026-03-31 | E4B
    without parental  | 2024-01-01 | 2025-09-01 | E13
    arrangements order| 2024-01-01 | 2025-09-01 | E41
    transferred       | 2024-01-01 | 2025-09-01 | E3
    the year before   | 2024-01-01 | 2025-03-31 | E4A
    the year after    | 2024-01-01 | 2026-04-01 | E4A
    goes on           | 2024-01-01 | 2025-09-01 | X1
    home and away     | 2024-01-01 | 2025-06-01 | E4A
    home and away     | 2025-07-01 | 2025-12-01 | E5
    still here        | 2024-01-01 |            |
"""


def test_a_child_left_care_in_the_period_and_counts_once_at_the_last_end() -> None:
    assert set(answers(in_care(LEAVING), measures.EXITS_FROM_CARE)) == {
        "home planned",
        "home unplanned",
        "without parental",
        "arrangements order",
        "transferred",
        "home and away",
    }


def test_a_return_home_is_e4a_or_e4b_at_the_last_end() -> None:
    assert set(answers(in_care(LEAVING), measures.RETURNS_HOME)) == {"home planned", "home unplanned"}


def test_children_at_home_on_a_full_care_order() -> None:
    found = in_care("""
        child         | from       | to | ls | place
        full order    | 2025-01-01 |    | C2 | P1
        interim order | 2025-01-01 |    | C1 | P1
        fostered      | 2025-01-01 |    | C2 | U6
    """)
    assert answers(found, measures.CARE_ORDERS_WITH_PARENTS) == {"full order": 1}


def test_a_care_order_at_home_is_discharged_when_care_ends_early_or_section_20_takes_its_place() -> None:
    found = in_care(
        """
        child        | from       | to         | rne | ls | place | rec
        discharged   | 2024-01-01 | 2025-09-01 | S   | C2 | P1    | E4A
        other reason | 2024-01-01 | 2025-09-01 | S   | C2 | P1    | E8
        at 18        | 2024-01-01 | 2025-09-01 | S   | C2 | P1    | E8
        transferred  | 2024-01-01 | 2025-09-01 | S   | C2 | P1    | E3
        died         | 2024-01-01 | 2025-09-01 | S   | C2 | P1    | E2
        section 20   | 2024-01-01 | 2025-09-01 | S   | C2 | P1    | X1
        section 20   | 2025-09-01 |            | B   | V2 | U6    |
        moved out    | 2024-01-01 | 2025-09-01 | S   | C2 | P1    | X1
        moved out    | 2025-09-01 |            | P   | C2 | U6    |
        not at home  | 2024-01-01 | 2025-09-01 | S   | C2 | U6    | E4A
        year before  | 2024-01-01 | 2025-03-01 | S   | C2 | P1    | E4A
        """,
        people="\n".join(
            ["child_id | born_on"]
            + [f"{child} | 2015-01-01" for child in ("discharged", "other reason", "transferred", "died")]
            + ["at 18 | 2007-09-01"]
        ),
    )
    assert {child for child, counted in answers(found, measures.CARE_ORDERS_DISCHARGED).items() if counted} == {
        "discharged",
        "other reason",
        "section 20",
    }


def test_entrants_known_to_services_had_a_plan_in_the_12_months_before() -> None:
    found = in_care(
        """
        child           | from       | to
        open plan       | 2025-06-01 |
        ended in time   | 2025-06-01 |
        ended too early | 2025-06-01 |
        began after     | 2025-06-01 |
        no plan         | 2025-06-01 |
        """,
        earlier_plans="""
        child_id        | kind             | started_on | ended_on
        open plan       | child_protection | 2025-01-01 |
        open plan       | child_in_need    | 2023-01-01 | 2025-01-01
        ended in time   | family_support   | 2023-01-01 | 2024-06-01
        ended too early | child_in_need    | 2023-01-01 | 2024-05-31
        began after     | child_in_need    | 2025-06-01 |
        """,
    )
    assert set(answers(found, measures.ENTRANTS_KNOWN_TO_SERVICES)) == {"open plan", "ended in time"}


def _plans() -> Record:
    return record(
        earlier_plans="""
        child_id | kind             | started_on | ended_on
        A        | child_in_need    | 2025-01-01 |
        B        | child_in_need    | 2025-01-01 | 2026-03-31
        C        | child_protection | 2026-03-31 |
        D        | child_protection | 2025-01-01 | 2026-04-01
        D        | child_protection | 2025-02-01 |
        E        | family_support   | 2025-01-01 |
        """
    )


def _counted(of: Record, each: Measure) -> set[str]:
    return set(answers(of, each))


def test_plans_open_on_the_day_are_counted_by_child() -> None:
    assert _counted(_plans(), measures.CHILD_IN_NEED_PLANS) == {"A"}
    assert _counted(_plans(), measures.CHILD_PROTECTION_PLANS) == {"C", "D"}
