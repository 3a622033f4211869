"""Arrangements that change how often a child must be visited."""

from __future__ import annotations

from datetime import date

from hearth.timescales import engine
from tests.timescales.builders import a_record, check, days, in_care


def placed(kind, place, **facts):
    def life(row):
        return {
            "people": [{}],
            "episodes": [in_care("2024-03-01", placement_type=place, legal_status="C1", **facts)],
            "visits": days(row["visited"], "visited_on"),
            "reviews": days(row["reviewed"], "held_on"),
            "arrangements": [{"kind": kind, "started_on": "2024-03-01", "ended_on": row.get("to")}],
        }

    return life


def test_a_child_with_a_connected_person_approved_for_a_time_is_seen_weekly_and_then_every_four_weeks():
    table = """
    visited    | reviewed   | due        | outcome
               |            | 2024-03-08 | overdue
    2024-03-08 |            | 2024-03-15 | overdue
    2024-04-05 | 2024-03-28 | 2024-05-03 | due"""
    check("visit-temporary-approval", "2024-04-10", table, placed("temporary_approval", "U3"))


def test_a_child_with_parents_before_the_assessment_is_seen_weekly_and_then_every_six_weeks():
    table = """
    visited    | reviewed   | due        | outcome
               |            | 2024-03-08 | overdue
    2024-03-08 |            | 2024-03-15 | overdue
    2024-04-05 | 2024-03-28 | 2024-05-17 | due"""
    check("visit-parents-pending-assessment", "2024-04-10", table, placed("parents_pending", "P1"))


def test_when_the_arrangement_ends_the_rule_of_the_order_holds():
    row = {"visited": "2024-03-08, 2024-03-20", "reviewed": None, "to": "2024-03-15"}
    record = a_record(placed("parents_pending", "P1")(row))
    found = engine.as_of(engine.occurrences(record), [date(2024, 4, 1)])
    ours = found.filter(
        found["duty"].cast(str).str.starts_with("visit-") & (found["duty"].cast(str) != "visit-seen-alone")
    )
    assert ours.sort("opened_on").select("duty", "would_be_due_on", "status").cast({"duty": str}).rows() == [
        ("visit-parents-pending-assessment", date(2024, 3, 8), "met"),
        ("visit-parents-pending-assessment", date(2024, 3, 15), "lapsed"),
        ("visit-interim-order-parents", date(2024, 3, 22), "met"),
        ("visit-interim-order-parents", date(2024, 3, 27), "overdue"),
    ]


def test_a_child_in_a_long_term_foster_placement_may_agree_to_fewer_visits():
    def life(row):
        agreed = [{"kind": "fewer_visits", "started_on": row["agreed"], "ended_on": row["withdrawn"]}]
        return {
            "people": [{}],
            "episodes": [in_care("2023-01-10", placement_type="U4")],
            "visits": days("2024-08-31", "visited_on"),
            "arrangements": agreed if row["agreed"] else [],
        }

    table = """
    agreed     | withdrawn  | due        | outcome
    2024-02-01 |            | 2025-02-28 | due
    2024-02-01 | 2024-08-01 |            | none"""
    check("visit-long-term-foster-reduced", "2025-01-31", table, life)
    usual = """
    agreed     | withdrawn  | due        | outcome
               |            | 2024-11-30 | overdue
    2024-02-01 | 2024-08-01 | 2024-11-30 | overdue"""
    check("visit-after-year-permanent", "2025-01-31", usual, life)
