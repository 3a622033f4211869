"""Measures of health: assessments, teeth, questionnaires, substance misuse."""

from __future__ import annotations

from datetime import date

import pytest

from hearth.measures import health
from hearth.tables.record import Record
from tests.measures.builders import answers, figure, figures, in_care, record

LIVES = """
    child    | from       | to
    all year | 2025-04-01 |
    too late | 2025-04-02 |
    left     | 2020-01-01 | 2026-03-31
    baby     | 2025-04-01 |
    teenager | 2020-01-01 | """
PEOPLE = """
    child_id | born_on
    all year | 2014-01-01
    too late | 2014-01-01
    left     | 2014-01-01
    baby     | 2025-03-01
    teenager | 2009-03-31"""


def a_return(**answered: str) -> Record:
    """A return of two children in care all year, with the answers given for the year."""
    return record(
        "ssda903",
        carries={"episodes", "annual_outcomes"},
        history_from=date(2025, 4, 1),
        people="child_id | born_on\nA | 2014-01-01\nB | 2014-01-01",
        episodes=[
            {"child_id": child, "started_on": "2024-01-01", "reason_started": "S", "placement_type": "U6"}
            for child in "AB"
        ],
        **answered,
    )


def test_a_dental_check_is_completed_within_12_months_by_those_in_care_all_year():
    of = in_care(
        LIVES,
        people=PEOPLE,
        dental_checks="""
            child_id | checked_on | status
            all year | 2025-04-01 | Completed
            too late | 2025-05-01 | Completed
            left     | 2025-05-01 | Completed
            baby     | 2025-09-01 | Refused
            teenager | 2025-03-31 | Completed
            teenager | 2026-04-01 | Completed
            teenager | 2026-03-01 | Planned""",
    )
    assert answers(of, health.DENTAL_CHECK) == {"all year": 1, "baby": 0, "teenager": 0}
    assert figure(of, health.DENTAL_CHECKS_REFUSED) == (1, None, 0)


def test_a_return_answers_for_the_year_and_no_answer_is_not_known():
    of = a_return(annual_outcomes="child_id | year_ended_on | is_teeth_checked\nA | 2026-03-31 | yes")
    assert answers(of, health.DENTAL_CHECK) == {"A": 1, "B": None}
    assert figure(of, health.DENTAL_CHECK) == (1, 2, 1)
    (row,) = figures(of, health.DENTAL_CHECK, as_of=date(2026, 1, 31))
    assert row["value"] is None
    assert "whole years only" in row["unavailable"]


def test_a_return_also_answers_for_those_who_left_on_the_last_day_of_the_year():
    of = record(
        "ssda903",
        carries={"episodes", "annual_outcomes"},
        episodes=[
            {
                "child_id": child,
                "started_on": "2024-01-01",
                "reason_started": "S",
                "placement_type": "U6",
                "ended_on": ended,
                "reason_ended": "E4A",
            }
            for child, ended in {"last day": "2026-03-31", "day before": "2026-03-30"}.items()
        ],
        annual_outcomes="""
            child_id   | year_ended_on | is_teeth_checked
            last day   | 2026-03-31    | yes
            day before | 2026-03-31    | yes""",
    )
    assert answers(of, health.DENTAL_CHECK) == {"last day": 1}


@pytest.mark.parametrize(
    ("assessed", "is_done"),
    [("2025-12-01", 1), ("2025-04-01", 1), ("2026-03-31", 1), ("2025-03-31", 0), ("", 0)],
)
def test_the_annual_assessment_of_a_child_of_5_or_over(assessed: str, is_done: int):
    given = f"child_id | assessed_on | status\nA | {assessed} | Completed" if assessed else "child_id | assessed_on"
    of = in_care(
        "child | from | to\nA | 2020-01-01 | ", people="child_id | born_on\nA | 2014-01-01", health_assessments=given
    )
    assert answers(of, health.ANNUAL_HEALTH_ASSESSMENT) == {"A": is_done}


def test_children_under_5_need_two_assessments_in_the_year():
    of = in_care(
        """
        child    | from       | to
        once     | 2022-01-01 |
        twice    | 2022-01-01 |
        turned 5 | 2022-01-01 |
        refused  | 2022-01-01 | """,
        people="child_id | born_on\nonce | 2021-04-01\ntwice | 2021-04-01\nturned 5 | 2021-03-31\nrefused | 2021-04-01",
        health_assessments="""
            child_id | assessed_on | status
            once     | 2025-06-01  | Completed
            twice    | 2025-06-01  | Completed
            twice    | 2025-12-01  | Completed
            turned 5 | 2025-06-01  | Completed
            refused  | 2025-06-01  | Completed
            refused  | 2025-12-01  | Refused""",
    )
    assert answers(of, health.ANNUAL_HEALTH_ASSESSMENT) == {"once": 0, "twice": 1, "turned 5": 1, "refused": 0}
    assert answers(of, health.HEALTH_ASSESSMENTS_REFUSED) == {"refused": 1}


def test_initial_assessments_are_due_within_20_working_days_of_coming_into_care():
    of = in_care(
        """
        child    | from       | to
        in time  | 2025-06-02 |
        late     | 2025-06-02 |
        refused  | 2025-06-02 |
        left     | 2025-06-02 | 2025-06-20
        not due  | 2026-03-20 | """,
        health_assessments="""
            child_id | assessed_on | status
            in time  | 2025-06-30  | Completed
            late     | 2025-07-01  | Completed
            refused  | 2025-06-20  | Refused""",
    )
    # 20 working days after Monday 2 June 2025: Monday 30 June.
    assert answers(of, health.INITIAL_HEALTH_IN_TIME) == {"in time": 1, "late": 0, "refused": 0}


def test_review_assessments_run_from_the_last_one_by_the_age_of_the_child():
    of = in_care(
        "child | from | to\nolder | 2024-01-01 | \nyounger | 2024-01-01 | \nlate | 2024-01-01 | ",
        people="child_id | born_on\nolder | 2014-01-01\nyounger | 2023-01-01\nlate | 2014-01-01",
        health_assessments="""
            child_id | assessed_on | status
            older    | 2024-06-01  | Completed
            older    | 2025-06-01  | Completed
            younger  | 2025-02-01  | Completed
            younger  | 2025-08-01  | Completed
            younger  | 2026-02-01  | Completed
            late     | 2024-06-01  | Completed
            late     | 2025-06-02  | Completed""",
    )
    assert figure(of, health.REVIEW_HEALTH_IN_TIME) == (3, 4, 0)  # younger: due 1 August and 1 February, both met


def test_an_assessment_is_up_to_date_when_none_is_overdue():
    of = in_care(
        """
        child    | from       | to
        in date  | 2024-01-01 |
        overdue  | 2024-01-01 |
        never    | 2025-01-01 |
        just in  | 2026-03-20 | """,
        people="""
            child_id | born_on
            in date  | 2014-01-01
            overdue  | 2014-01-01
            never    | 2014-01-01
            just in  | 2014-01-01""",
        health_assessments="""
            child_id | assessed_on | status
            in date  | 2024-01-20  | Completed
            in date  | 2025-03-31  | Completed
            overdue  | 2024-01-20  | Completed
            overdue  | 2025-03-30  | Completed""",
    )
    assert answers(of, health.HEALTH_ASSESSMENT_UP_TO_DATE) == {"in date": 1, "overdue": 0, "never": 0}


def test_from_a_return_the_yearly_answer_stands_for_up_to_date():
    of = a_return(
        annual_outcomes="child_id | year_ended_on | is_health_assessed\nA | 2026-03-31 | yes\nB | 2026-03-31 | no"
    )
    assert figure(of, health.HEALTH_ASSESSMENT_UP_TO_DATE) == (1, 2, 0)


SDQ_LIVES = "child | from | to\n" + "\n".join(f"{age} | 2019-01-01 | " for age in (3, 4, 5, 16, 17))
SDQ_PEOPLE = "child_id | born_on\n3 | 2022-04-01\n4 | 2022-03-31\n5 | 2021-03-31\n16 | 2009-04-01\n17 | 2009-03-31"


def test_questionnaires_cover_ages_4_to_16_and_a_reason_is_no_score():
    of = in_care(
        SDQ_LIVES,
        people=SDQ_PEOPLE,
        sdq_scores="""
            child_id | completed_on | score | reason_no_score
            3        | 2025-06-01   | 10    |
            4        | 2025-06-01   | 0     |
            5        | 2025-06-01   |       | SDQ2
            16       | 2025-06-01   | 20    |
            16       | 2025-09-01   | 14    |
            16       | 2025-10-01   |       | SDQ5
            17       | 2025-06-01   | 12    | """,
    )
    assert answers(of, health.SDQ_COMPLETED) == {"4": 1, "5": 0, "16": 1}
    assert answers(of, health.SDQ_COMPLETED_5_TO_16) == {"5": 0, "16": 1}


def test_scores_are_averaged_and_shown_by_band():
    of = in_care(
        "child | from | to\n" + "\n".join(f"{child} | 2019-01-01 | " for child in "ABCDE"),
        people="child_id | born_on\n" + "\n".join(f"{child} | 2014-01-01" for child in "ABCDE"),
        sdq_scores="""
            child_id | completed_on | score
            A        | 2025-06-01   | 13
            B        | 2025-06-01   | 14
            C        | 2025-06-01   | 16
            D        | 2025-06-01   | 17""",
    )
    rows = figures(of, health.SDQ_SCORE)
    assert {row["sdq_band"]: (row["numerator"], row["denominator"], row["value"]) for row in rows} == {
        None: (60, 4, 15),
        "normal": (1, 4, 25),
        "borderline": (2, 4, 50),
        "cause for concern": (1, 4, 25),
    }


def test_scores_of_a_return():
    of = a_return(annual_outcomes="child_id | year_ended_on | sdq_score\nA | 2026-03-31 | 12")
    assert answers(of, health.SDQ_COMPLETED) == {"A": 1, "B": 0}
    assert [row["value"] for row in figures(of, health.SDQ_SCORE) if row["sdq_band"] is None] == [12]


def test_substance_misuse_counts_each_person_once_and_care_leavers_too():
    of = in_care(
        "child | from | to\nA | 2020-01-01 | \nB | 2020-01-01 | 2025-01-01\nC | 2025-12-01 | \nD | 2020-01-01 | ",
        substance_misuse="""
            child_id | found_on   | intervention_received
            A        | 2025-06-01 | no
            A        | 2025-09-01 | yes
            B        | 2025-06-01 | no
            C        | 2026-01-01 |
            D        | 2025-03-31 | yes""",
    )
    assert figure(of, health.SUBSTANCE_MISUSE_REFERRALS) == (3, None, 0)
    assert answers(of, health.SUBSTANCE_MISUSE_UPTAKE) == {"A": 1, "B": 0, "C": None}
    assert answers(of, health.SUBSTANCE_MISUSE_IDENTIFIED) == {"A": 1, "D": 0}


def test_substance_misuse_of_a_return():
    of = a_return(
        annual_outcomes="""
            child_id | year_ended_on | is_substance_misuse_found | intervention_received
            A        | 2026-03-31    | yes                       | yes
            B        | 2026-03-31    | no                        | """
    )
    assert figure(of, health.SUBSTANCE_MISUSE_REFERRALS) == (1, None, 0)
    assert figure(of, health.SUBSTANCE_MISUSE_UPTAKE) == (1, 1, 0)
    assert figure(of, health.SUBSTANCE_MISUSE_IDENTIFIED) == (1, 2, 0)


def test_the_last_dates_of_an_inspection_list_are_enough_to_be_up_to_date():
    of = record(
        "annex_a",
        carries={"episodes", "health_assessments.latest", "dental_checks.latest"},
        snapshot_on=date(2026, 3, 31),
        history_from=date(2026, 3, 31),
        people="child_id | born_on\nA | 2014-01-01\nB | 2014-01-01\nC | 2014-01-01",
        episodes=[
            {"child_id": child, "started_on": "2024-01-01", "reason_started": "S", "placement_type": "U6"}
            for child in "ABC"
        ],
        health_assessments="child_id | assessed_on | status\nA | 2025-03-31 | Completed\nB | 2025-03-30 | Completed",
        dental_checks="child_id | checked_on | status\nA | 2025-04-01 | Completed\nB | 2025-03-31 | Completed",
    )
    up_to_date = answers(of, health.HEALTH_ASSESSMENT_UP_TO_DATE)
    assert (up_to_date["A"], up_to_date["B"]) == (1, 0)
    assert up_to_date["C"] != 1
    assert answers(of, health.DENTAL_CHECK) == {"A": 1, "B": 0, "C": 0}
    (row,) = figures(of, health.REVIEW_HEALTH_IN_TIME)
    assert row["unavailable"].startswith("needs ")
