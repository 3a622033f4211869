"""Measures of education that the social care record can give."""

from __future__ import annotations

from hearth.measures import education
from tests.measures.builders import answers, figures, in_care, record


def test_children_with_a_need_are_considered_when_a_plan_was_asked_for_or_made():
    of = in_care(
        """
        child | from       | to
        need  | 2020-01-01 |
        asked | 2020-01-01 |
        plan  | 2020-01-01 |
        flag  | 2020-01-01 |
        none  | 2020-01-01 |
        later | 2020-01-01 | """,
        special_needs="""
            child_id | need | identified_on
            need     | MLD  | 2024-01-01
            asked    | SEMH |
            later    | MLD  | 2026-04-01""",
        ehc_requests="child_id | request_id | requested_on\nasked | R1 | 2026-03-31",
        ehc_plans="child_id | started_on\nplan | 2025-01-01",
        people="child_id | has_ehc_plan\nflag | yes\nnone | no",
    )
    assert answers(of, education.SEN_IDENTIFIED) == {"need": 0, "asked": 1, "plan": 1, "flag": 1}


def test_a_return_does_not_say_who_has_special_needs():
    of = record("ssda903", carries={"episodes"}, episodes=[])
    (row,) = figures(of, education.SEN_IDENTIFIED)
    assert row["value"] is None
    assert row["unavailable"].startswith("needs ")
