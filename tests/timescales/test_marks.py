"""Arrangements that change how often a child must be visited."""

from __future__ import annotations

from datetime import date

from hearth.timescales import engine
from hearth.timescales.catalogue import DUTIES
from tests.timescales.builders import a_record, check, days, drawn, in_care, standing

VISITS = [duty.id for duty in DUTIES.values() if duty.clock.name == "visits"]


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


def test_when_the_arrangement_ends_the_rule_of_the_order_holds_and_the_visits_go_on():
    row = {"visited": "2024-03-08, 2024-03-20", "reviewed": None, "to": "2024-03-15"}
    record = a_record(placed("parents_pending", "P1")(row))
    found = engine.as_of(engine.occurrences(record), [date(2024, 4, 1)])
    ours = found.filter(
        found["duty"].cast(str).str.starts_with("visit-") & (found["duty"].cast(str) != "visit-seen-alone")
    )
    assert ours.sort("opened_on").select("duty", "would_be_due_on", "status").cast({"duty": str}).rows() == [
        ("visit-parents-pending-assessment", date(2024, 3, 8), "met"),
        ("visit-parents-pending-assessment", date(2024, 3, 15), "lapsed"),
        ("visit-interim-order-parents", date(2024, 3, 15), "late"),
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


APPROVED = """
    visited                | approved   | extended to | duty                       | due        | outcome
    2024-05-10             |            |             | visit-temporary-approval   | 2024-06-07 | overdue
    2024-05-10             | 2024-05-20 |             | visit-year-one             | 2024-06-21 | due
    2024-05-10, 2024-05-20 | 2024-05-20 |             | visit-year-one             | 2024-07-01 | due
    2024-03-20             | 2024-05-20 |             | visit-year-one             | 2024-05-20 | overdue
                           | 2024-05-20 |             | visit-placement-start      | 2024-05-20 | overdue
    2024-05-25             | 2024-05-20 | 2024-07-15  | visit-temporary-approval   | 2024-06-22 | due
    2024-05-25             | 2024-05-20 | 2024-06-10  | visit-year-one             | 2024-07-06 | due"""


def test_once_the_connected_person_is_approved_the_general_rule_goes_on_from_the_last_visit():
    """Regulation 28(4) holds to the end of the approval, extended or not; then no first visit is asked for again."""

    def life(row):
        spells = [("temporary_approval", "2024-03-01", row["approved"])]
        spells += [("temporary_approval_extended", row["approved"], row["extended to"])] if row["extended to"] else []
        return {
            "people": [{}],
            "episodes": [in_care("2024-03-01", placement_type="U3", legal_status="C1")],
            "visits": days(row["visited"], "visited_on"),
            "reviews": days("2024-03-28", "held_on"),
            "arrangements": [{"kind": kind, "started_on": start, "ended_on": end} for kind, start, end in spells],
        }

    for row in drawn(APPROVED):
        found = engine.occurrences(a_record(life(row)), VISITS)
        stands = engine.current(found, [date(2024, 6, 11)]).select("duty", "due_on", "status").cast(str)
        assert stands.rows() == [(row["duty"], row["due"], row["outcome"])], row


def test_the_last_visit_before_the_arrangement_ended_must_be_known_to_have_seen_the_child():
    life = placed("temporary_approval", "U3")({"visited": None, "reviewed": None, "to": "2024-05-20"})
    visits = [{"visited_on": "2024-05-10", "is_seen": None}]
    found = engine.as_of(engine.occurrences(a_record({**life, "visits": visits}), VISITS), [date(2024, 6, 11)])
    assert standing(found, "visit-year-one") == (None, "not_known")


def test_an_order_made_on_the_day_the_assessment_ends_asks_for_a_visit_within_a_week():
    """With parents on a full order before, the next visit is six weeks from the last; on a new order within a week."""

    def life(row):
        home = {"placement_type": "P1"}
        first = in_care("2024-03-01", "2024-05-20", legal_status=row["order before"], **home) | {"reason_ended": "X1"}
        return {
            "people": [{}],
            "episodes": [first, in_care("2024-05-20", reason_started="L", legal_status="C2", **home)],
            "visits": days("2024-05-10", "visited_on"),
            "reviews": days("2024-03-28", "held_on"),
            "arrangements": [{"kind": "parents_pending", "started_on": "2024-03-01", "ended_on": "2024-05-20"}],
        }

    table = """
    order before | due        | outcome
    C1           | 2024-05-27 | overdue
    C2           | 2024-06-21 | due"""
    check("visit-care-order-parents", "2024-06-11", table, life)


WITHDRAWN = """
    withdrawn  | as of      | duty                           | due        | outcome
               | 2024-12-31 | visit-long-term-foster-reduced | 2025-02-28 | due
    2024-10-15 | 2024-10-14 | visit-long-term-foster-reduced | 2025-02-28 | due
    2024-10-15 | 2024-10-15 | visit-after-year-permanent     | 2024-11-30 | due
    2024-10-15 | 2024-12-31 | visit-after-year-permanent     | 2024-11-30 | overdue
    2024-12-20 | 2024-12-19 | visit-long-term-foster-reduced | 2025-02-28 | due
    2024-12-20 | 2024-12-20 | visit-after-year-permanent     | 2024-12-20 | due"""


def test_a_child_who_agrees_no_longer_is_seen_every_three_months_from_the_last_visit():
    """It falls due on the day of the withdrawal at the earliest: until then less often was right."""
    for row in drawn(WITHDRAWN):
        life = {
            "people": [{}],
            "episodes": [in_care("2023-01-10", placement_type="U4")],
            "visits": days("2024-08-31", "visited_on"),
            "arrangements": [{"kind": "fewer_visits", "started_on": "2024-02-01", "ended_on": row["withdrawn"]}],
        }
        found = engine.occurrences(a_record(life), VISITS)
        stands = engine.current(found, [date.fromisoformat(str(row["as of"]))]).select("duty", "due_on", "status")
        assert stands.cast(str).rows() == [(row["duty"], row["due"], row["outcome"])], row
