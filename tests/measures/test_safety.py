"""Measures of safety: who has a social worker, who was seen, who was missing, who broke the law."""

from __future__ import annotations

from datetime import date

import pytest

from hearth.measures import safety
from tests.measures.builders import answers, figure, figures, in_care, record

YEAR = date(2026, 3, 31)
IN_CARE = "child | from | to\n"


def children(*ids: str, since: str = "2024-01-01") -> str:
    """Children in care since a day, still there."""
    return IN_CARE + "\n".join(f"{child} | {since} | " for child in ids)


def test_an_allocated_social_worker_is_registered_and_holds_the_role_on_the_day():
    of = in_care(
        children("A", "B", "C", "D", "E", "F"),
        allocations="""
            child_id | worker_id | role              | registration | started_on | ended_on
            A        | W1        | social_worker     | SW1          | 2024-01-01 |
            B        | W2        | social_worker     |              | 2024-01-01 |
            C        | W3        | reviewing_officer | SW3          | 2024-01-01 |
            D        | W1        | social_worker     | SW1          | 2024-01-01 | 2026-03-31
            E        | W1        | social_worker     | SW1          | 2026-04-01 |""",
    )
    assert answers(of, safety.ALLOCATED_SOCIAL_WORKER) == {"A": 1, "B": 0, "C": 0, "D": 0, "E": 0, "F": 0}
    assert figure(of, safety.ALLOCATED_SOCIAL_WORKER) == (1, 6, 0)


def test_a_change_of_worker_is_a_different_worker_who_follows():
    of = in_care(
        children("back and forth", "first", "same again", "before the year") + "\nnew in care | 2025-06-01 | ",
        allocations="""
            child_id        | worker_id | role          | started_on | ended_on
            back and forth  | W1        | social_worker | 2024-01-01 | 2025-05-01
            back and forth  | W2        | social_worker | 2025-05-01 | 2025-09-01
            back and forth  | W1        | social_worker | 2025-09-01 |
            first           | W1        | social_worker | 2025-05-01 |
            same again      | W1        | social_worker | 2024-01-01 | 2025-06-01
            same again      | W1        | social_worker | 2025-06-01 |
            same again      | P1        | personal_adviser | 2025-07-01 |
            before the year | W1        | social_worker | 2024-01-01 | 2025-03-31
            before the year | W2        | social_worker | 2025-03-31 |
            new in care     | W7        | social_worker | 2023-01-01 | 2023-05-01
            new in care     | W8        | social_worker | 2025-06-01 |""",
    )
    expected = {"back and forth": 2, "first": 0, "same again": 0, "before the year": 0, "new in care": 0}
    assert answers(of, safety.WORKER_CHANGES) == expected
    assert figure(of, safety.WORKER_CHANGES) == (2, 5, 0)


def test_three_social_workers_are_three_people_whose_time_touched_the_year():
    of = in_care(
        children("three", "back", "before"),
        allocations="""
            child_id | worker_id | role          | started_on | ended_on
            three    | W1        | social_worker | 2024-01-01 | 2025-04-02
            three    | W2        | social_worker | 2025-04-02 | 2025-09-01
            three    | W3        | social_worker | 2025-09-01 |
            back     | W1        | social_worker | 2024-01-01 | 2025-05-01
            back     | W2        | social_worker | 2025-05-01 | 2025-09-01
            back     | W1        | social_worker | 2025-09-01 |
            before   | W1        | social_worker | 2024-01-01 | 2025-04-01
            before   | W2        | social_worker | 2025-04-01 | 2025-09-01
            before   | W3        | social_worker | 2025-09-01 |""",
    )
    assert answers(of, safety.THREE_OR_MORE_SOCIAL_WORKERS) == {"three": 1, "back": 0, "before": 0}


def test_the_latest_visit_due_decides_whether_a_child_was_seen_in_time():
    of = in_care(
        """
        child       | from       | to
        in time     | 2026-02-02 |
        a day late  | 2026-02-02 |
        never seen  | 2026-02-02 |
        not seen    | 2026-02-02 |
        due today   | 2026-03-24 |
        not due yet | 2026-03-25 | """,
        visits="""
            child_id   | visited_on | is_seen
            in time    | 2026-02-09 | yes
            in time    | 2026-03-23 | yes
            a day late | 2026-02-09 | yes
            a day late | 2026-03-24 | yes
            not seen   | 2026-02-09 | no""",
    )
    # First visit within 1 week (9 February), the next within 6 weeks of it (23 March).
    assert answers(of, safety.SEEN_IN_TIMESCALE) == {"in time": 1, "a day late": 0, "never seen": 0, "not seen": 0}


def test_a_visit_due_today_and_not_made_leaves_the_one_before_to_decide():
    of = in_care(
        children("A", since="2026-02-10"),
        visits="child_id | visited_on | is_seen\nA | 2026-02-17 | yes",
    )
    assert answers(of, safety.SEEN_IN_TIMESCALE) == {"A": 1}  # next due 31 March, the day itself


def test_seen_alone_counts_visits_at_which_the_child_was_seen():
    of = in_care(
        children("A", "B") + "\nC | 2025-01-01 | 2025-06-01",
        visits="""
            child_id | visited_on | is_seen | is_seen_alone
            A        | 2025-04-01 | yes     | yes
            A        | 2026-03-31 | yes     | no
            A        | 2025-03-31 | yes     | yes
            A        | 2026-04-01 | yes     | yes
            B        | 2025-06-01 | yes     |
            B        | 2025-07-01 | no      | yes
            C        | 2025-05-31 | yes     | yes
            C        | 2025-07-01 | yes     | yes""",
    )
    assert figure(of, safety.SEEN_ALONE) == (2, 4, 1)


MISSING = """
    child_id | kind | started_on | ended_on   | is_interview_offered | is_interview_accepted | interview_held_on
    A        | M    | 2025-03-30 | 2025-04-02 | yes                  | yes                   | 2025-04-03
    A        | M    | 2025-05-01 | 2025-05-02 | yes                  | yes                   | 2025-05-09
    A        | M    | 2025-06-01 | 2025-06-02 | yes                  | no                    |
    B        | M    | 2026-03-30 |            |                      |                       |
    B        | A    | 2025-07-01 | 2025-07-01 |                      |                       |
    B        |      | 2025-08-01 | 2025-08-02 |                      |                       |
    C        | M    | 2025-12-01 | 2025-12-02 | no                   |                       |
    D        | M    | 2025-12-01 | 2025-12-02 |                      |                       | """
LIVES = children("A", "B") + "\nC | 2020-01-01 | 2025-10-01\nD | 2020-01-01 | 2025-10-01"
PEOPLE = "child_id | born_on\nC | 2009-06-01\nD | 2013-06-01"


def test_missing_episodes_are_those_that_began_in_the_period():
    # A: 2 (the one of March began before), B: 1 and one of unknown kind, C left at 16 and still counts, D left at 12.
    of = in_care(LIVES, missing_episodes=MISSING, people=PEOPLE)
    assert figure(of, safety.MISSING_EPISODES) == (4, None, 1)
    assert figure(of, safety.AWAY_EPISODES) == (1, None, 1)
    assert figure(of, safety.MISSING_CHILDREN) == (3, None, 0)


def test_the_national_share_counts_children_missing_at_any_time_in_the_year():
    of = in_care(
        children("carried over", "away only", "never")
        + "\nleft | 2020-01-01 | 2025-04-02\ngone | 2020-01-01 | 2025-04-01",
        missing_episodes="""
            child_id     | kind | started_on | ended_on
            carried over | M    | 2025-03-30 | 2025-04-01
            away only    | A    | 2025-05-01 | 2025-05-02
            gone         | M    | 2025-02-01 | 2025-02-02""",
    )
    assert answers(of, safety.MISSING_IN_THE_YEAR) == {"carried over": 1, "away only": 0, "never": 0, "left": 0}


def test_return_interviews_held_offered_and_refused_stand_apart():
    of = in_care(LIVES, missing_episodes=MISSING, people=PEOPLE)
    # Ended in the year: A three (held, held, refused), B's unknown kind (not known), C (not offered).
    assert figure(of, safety.RETURN_INTERVIEWS) == (2, None, 1)
    assert figure(of, safety.RETURN_INTERVIEWS_OFFERED) == (3, 5, 1)
    assert figure(of, safety.RETURN_INTERVIEWS_REFUSED) == (1, None, 1)


def test_without_the_day_of_an_interview_one_accepted_counts_as_held_and_none_is_in_time():
    of = record(
        "ssd",
        carries={"episodes", "missing_episodes", "missing_episodes.is_interview_accepted"},
        episodes=[{"child_id": "A", "started_on": "2024-01-01", "reason_started": "S", "placement_type": "U6"}],
        missing_episodes="""
            child_id | kind | started_on | ended_on   | is_interview_offered | is_interview_accepted
            A        | M    | 2025-05-01 | 2025-05-02 | yes                  | yes
            A        | M    | 2025-06-01 | 2025-06-02 | yes                  | no """,
    )
    assert figure(of, safety.RETURN_INTERVIEWS) == (1, None, 0)
    (row,) = figures(of, safety.RETURN_INTERVIEWS_IN_TIME)
    assert row["value"] is None
    assert row["unavailable"] == (
        "needs the day of each return interview, which the Standard Safeguarding Dataset does not carry"
    )


def test_return_interviews_are_in_time_to_the_end_of_the_third_day():
    of = in_care(
        children("A", "B", "C", "D"),
        missing_episodes="""
            child_id | kind | started_on | ended_on   | interview_held_on
            A        | M    | 2025-05-01 | 2025-05-02 | 2025-05-05
            B        | M    | 2025-05-01 | 2025-05-02 | 2025-05-06
            C        | M    | 2025-05-01 | 2025-05-02 |
            D        | M    | 2026-03-28 | 2026-03-30 | """,
    )
    assert answers(of, safety.RETURN_INTERVIEWS_IN_TIME) == {"A": 1, "B": 0, "C": 0}


def test_the_link_is_a_correlation_over_children_with_its_n():
    of = in_care(
        children("often", "twice", "once"),
        missing_episodes="""
            child_id | kind | started_on | ended_on   | interview_held_on
            often    | M    | 2025-05-01 | 2025-05-02 |
            often    | M    | 2025-06-01 | 2025-06-02 |
            often    | M    | 2025-07-01 | 2025-07-02 |
            twice    | M    | 2025-05-01 | 2025-05-02 | 2025-05-03
            twice    | M    | 2025-06-01 | 2025-06-02 |
            once     | M    | 2025-05-01 | 2025-05-02 | 2025-05-03""",
    )
    (row,) = figures(of, safety.MISSING_AND_INTERVIEWS_LINK)
    assert row["denominator"] == 3
    assert row["numerator"] == 6
    assert row["value"] == pytest.approx(-1)  # 3, 2, 1 episodes against 0, 1/2, 1 of them in time


def test_offending_is_counted_among_children_of_10_to_17_in_care_all_year():
    of = in_care(
        """
        child | from       | to
        A     | 2025-04-01 |
        B     | 2025-04-02 |
        C     | 2020-01-01 |
        D     | 2020-01-01 |
        E     | 2020-01-01 | """,
        people="child_id | born_on\nA | 2012-01-01\nB | 2012-01-01\nC | 2016-04-01\nD | 2016-03-31\nE | 2012-01-01",
        convictions="child_id | convicted_on\nA | 2025-04-01\nB | 2025-09-01\nC | 2025-09-01\nE | 2025-03-31",
    )
    # B came a day too late for the cohort, C is 9, D is 10 today, E was convicted in the year before.
    assert answers(of, safety.OFFENDING) == {"A": 1, "D": 0, "E": 0}


def test_from_a_return_offending_is_answered_for_whole_years_only():
    of = record(
        "ssda903",
        carries={"episodes", "annual_outcomes"},
        history_from=date(2024, 4, 1),
        people="child_id | born_on\nA | 2012-01-01\nB | 2012-01-01\nC | 2012-01-01",
        episodes=[
            {"child_id": child, "started_on": "2024-01-01", "reason_started": "S", "placement_type": "U6"}
            for child in "ABC"
        ],
        annual_outcomes="child_id | year_ended_on | is_convicted\nA | 2026-03-31 | yes\nB | 2026-03-31 | no",
    )
    assert answers(of, safety.OFFENDING) == {"A": 1, "B": 0, "C": None}
    assert figure(of, safety.OFFENDING) == (1, 3, 1)
    (row,) = figures(of, safety.OFFENDING, as_of=date(2026, 2, 28))
    assert row["value"] is None
    assert row["unavailable"] == "a return answers this for whole years only (ending 31 March 2026)"


def test_a_return_cannot_tell_visits():
    of = record("ssda903", carries={"episodes"}, episodes=[])
    (row,) = figures(of, safety.SEEN_IN_TIMESCALE)
    assert (row["numerator"], row["denominator"], row["value"]) == (None, None, None)
    assert "which an SSDA903 return does not carry" in row["unavailable"]


def test_a_source_without_registration_numbers_cannot_tell_who_is_qualified():
    of = in_care(
        children("A"),
        allocations="child_id | worker_id | role | started_on\nA | W1 | social_worker | 2024-01-01",
    )
    (row,) = figures(of, safety.ALLOCATED_SOCIAL_WORKER)
    assert row["value"] is None
    assert row["unavailable"] == "needs the registration numbers of social workers, and the source gives none"


def test_a_source_that_does_not_say_who_was_seen_alone_gives_no_share():
    of = record("ssd", carries={"episodes", "visits", "visits.visited_on", "visits.is_seen"}, episodes=[])
    (row,) = figures(of, safety.SEEN_ALONE)
    assert row["value"] is None
    assert "whether the child was seen alone" in row["unavailable"]
