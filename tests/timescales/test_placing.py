"""Placements with parents, with connected people for a time, outside the area and abroad."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.timescales.builders import Cells, Tables, check, days, in_care

CARE = {"people": [{}], "episodes": [in_care("2024-01-03")]}


def test_the_decision_about_parents_is_its_own_clock_also_on_the_day_of_the_assessment_and_when_it_is_no():
    def life(row: Cells) -> Tables:
        approvals = [{"kind": "parents", "approved_on": row["approved"]}] if row["approved"] else []
        refusals = [{"kind": "parents", "approved_on": row["refused"], "is_refused": True}] if row["refused"] else []
        return {
            **CARE,
            "arrangements": [{"kind": "parents_pending", "started_on": "2024-03-28"}],
            "case_actions": days(row["assessed"], "done_on", kind="parents_assessed"),
            "approvals": approvals + refusals,
        }

    table = """
    assessed               | approved   | refused    | due        | outcome
    2024-04-10             | 2024-04-10 |            | 2024-04-24 | met
    2024-04-10             |            | 2024-04-20 | 2024-04-24 | met
    2024-04-10             |            | 2024-04-25 | 2024-04-24 | late
    2024-04-10, 2024-04-20 |            |            | 2024-04-24 | overdue
                           | 2024-04-10 |            | 2024-04-15 | overdue"""
    check("parents-assessment-late", "2024-06-28", table, life)


def connected(row: Cells) -> Tables:
    """Columns from, to; extended, extended to; approved."""
    first = {"kind": "temporary_approval", "started_on": row["from"], "ended_on": row.get("to")}
    later = {"kind": "temporary_approval_extended", "started_on": row["extended"], "ended_on": row.get("extended to")}
    return {
        **CARE,
        "arrangements": [each for each in (first, later) if each["started_on"]],
        "approvals": days(row.get("approved"), "approved_on", kind="connected_person"),
    }


def test_an_extension_counts_from_the_day_on_which_the_first_approval_would_have_run_out():
    table = """
    from       | to         | extended   | approved   | due        | outcome
    2024-01-15 | 2024-05-06 | 2024-05-06 |            | 2024-07-01 | overdue
    2024-01-15 |            | 2024-04-22 | 2024-06-30 | 2024-07-01 | met
    2024-01-15 |            | 2024-05-20 | 2024-07-02 | 2024-07-01 | late
    2024-01-15 | 2024-02-15 | 2024-05-06 |            | 2024-07-01 | overdue
               |            | 2024-05-20 |            | 2024-07-15 | overdue"""
    check("connected-person-extension", "2024-07-31", table, connected)


def test_a_temporary_approval_that_was_extended_in_time_is_not_overdue():
    table = """
    from       | to | extended   | approved   | due        | outcome
    2024-01-15 |    |            |            | 2024-05-06 | overdue
    2024-01-15 |    | 2024-05-06 |            | 2024-05-06 | lapsed
    2024-01-15 |    | 2024-04-22 | 2024-06-30 | 2024-05-06 | lapsed
    2024-01-15 |    | 2024-05-20 |            | 2024-05-06 | missed"""
    check("connected-person-temporary", "2024-07-31", table, connected)


@pytest.mark.parametrize(
    ("duty", "facts", "owed"),
    [
        ("out-of-area-approval", {"is_in_area": False}, True),
        ("out-of-area-approval", {"is_in_area": True}, False),
        ("out-of-area-approval", {"is_in_area": False, "placement_type": "R5"}, False),
        ("out-of-area-approval", {"is_in_area": False, "placement_type": "R2"}, False),
        ("out-of-area-approval", {"is_in_area": False, "placement_type": "A5", "legal_status": "E1"}, False),
        ("placement-outside-england-wales", {"placement_authority": "SCO"}, True),
        ("placement-outside-england-wales", {"placement_authority": "NIR"}, True),
        ("placement-outside-england-wales", {"placement_authority": "NUK"}, True),
        ("placement-outside-england-wales", {"placement_authority": "WAL"}, False),
        ("placement-outside-england-wales", {"placement_authority": "SCO", "legal_status": "V2"}, False),
    ],
)
def test_which_placements_need_approval(duty: str, facts: dict[str, object], owed: bool):
    def life(_: Cells) -> Tables:
        return {"people": [{}], "episodes": [in_care("2024-01-03", **facts)], "approvals": []}

    due, outcome = ("2024-01-03", "overdue") if owed else ("", "none")
    check(duty, "2024-06-28", f"due | outcome\n{due} | {outcome}", life)


def test_a_placement_at_risk_or_at_a_distance_asks_for_nothing_once_the_child_has_moved():
    def life(kind: str) -> Callable[[Cells], Tables]:
        def of(row: Cells) -> Tables:
            first = in_care("2024-01-03", row["moved"]) | {"reason_ended": "X1" if row["moved"] else None}
            facts = {"reason_started": "P", "placement_postcode": "NR2 2AA"}
            after = [in_care(row["moved"], **facts)] if row["moved"] else []
            asked = {"kind": kind, "raised_on": row["raised"], "answered_on": row["answered"]}
            return {"people": [{}], "episodes": [first, *after], "requests": [asked]}

        return of

    stability = """
    raised     | moved      | answered   | due        | outcome
    2024-03-28 |            |            | 2024-04-08 | overdue
    2024-03-28 | 2024-05-01 |            | 2024-04-08 | missed
    2024-03-28 | 2024-04-03 |            | 2024-04-08 | lapsed
    2024-03-28 | 2024-05-01 | 2024-04-05 | 2024-04-08 | met"""
    check("stability-meeting", "2024-06-28", stability, life("placement_at_risk"))
    distance = """
    raised     | moved      | answered | due        | outcome
    2024-01-03 |            |          | 2024-01-03 | overdue
    2024-01-03 | 2024-05-01 |          | 2024-01-03 | missed
    2024-05-01 | 2024-05-01 |          | 2024-05-01 | overdue"""
    check("distant-placement-approval", "2024-06-28", distance, life("distant_placement"))
