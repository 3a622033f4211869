"""Statutory visits: each rule, its first visit and its interval."""

from __future__ import annotations

from datetime import date

from hearth.timescales import engine
from tests.timescales.builders import a_record, check, days, in_care, standing


def placed(row):
    """A child in care from the day the placement began; ``plan`` is the day from which it is meant to last to 18."""
    plans = [{"recorded_on": row["plan"]}] if row.get("plan") else []
    return {
        "people": [{}],
        "episodes": [in_care(row["placed"], row.get("left"), placement_type=row.get("place") or "U6")],
        "visits": days(row["visited"], "visited_on"),
        "permanence_plans": plans,
    }


def test_a_child_is_visited_within_a_week_of_moving():
    table = """
    placed     | left       | visited                | due        | outcome
    2025-06-02 |            | 2025-06-02             | 2025-06-09 | met
    2025-06-02 |            | 2025-06-09             | 2025-06-09 | met
    2025-06-02 |            | 2025-06-10             | 2025-06-09 | late
    2025-06-02 |            | 2025-06-10, 2025-06-12 | 2025-06-09 | late
    2025-06-02 |            |                        | 2025-06-09 | overdue
    2025-06-25 |            |                        | 2025-07-02 | due
    2025-06-23 |            |                        | 2025-06-30 | due
    2025-06-02 | 2025-06-09 |                        | 2025-06-09 | lapsed
    2025-06-02 | 2025-06-20 |                        | 2025-06-09 | missed"""
    check("visit-placement-start", "2025-06-30", table, placed)


def test_a_visit_at_which_the_child_was_not_seen_is_no_visit():
    def tried(row):
        seen = {"yes": True, "no": False, None: None}[row["seen"]]
        return {
            "people": [{}],
            "episodes": [in_care("2025-06-02")],
            "visits": [{"visited_on": "2025-06-05", "is_seen": seen}],
        }

    table = """
    seen | due        | outcome
    yes  | 2025-06-09 | met
    no   | 2025-06-09 | overdue
         | 2025-06-09 | not_known"""
    check("visit-placement-start", "2025-06-30", table, tried)


def test_while_the_first_visit_is_outstanding_the_chain_waits():
    found = engine.as_of(
        engine.occurrences(a_record(placed({"placed": "2025-01-06", "visited": None}))), [date(2025, 6, 30)]
    )
    assert found.filter(found["duty"].cast(str).str.starts_with("visit-"))["status"].to_list() == ["overdue"]


def test_in_the_first_year_visits_are_six_weeks_apart_counted_from_the_last():
    table = """
    placed     | visited                | due        | outcome
    2025-01-06 | 2025-01-08             | 2025-02-19 | overdue
    2025-01-06 | 2025-01-08, 2025-02-10 | 2025-03-24 | due
    2025-01-06 | 2025-01-08, 2025-02-25 | 2025-04-08 | due
    2024-06-01 | 2024-06-03, 2025-02-28 | 2025-04-11 | due
    2024-03-11 | 2024-03-12, 2025-03-10 | 2025-04-21 | due"""
    check("visit-year-one", "2025-03-10", table, placed)


def test_from_the_first_anniversary_a_permanent_placement_is_visited_every_three_months():
    table = """
    placed     | plan       | place | visited                | due        | outcome
    2023-06-01 | 2023-09-01 | U6    | 2023-06-05, 2024-06-01 | 2024-09-01 | due
    2023-06-01 | 2023-09-01 | U6    | 2023-06-05, 2024-05-31 |            | none
    2023-06-01 |            | U4    | 2023-06-05, 2024-06-14 | 2024-09-14 | due
    2023-06-01 |            | U1    | 2023-06-05, 2024-06-14 | 2024-09-14 | due
    2023-06-01 | 2024-06-20 | U6    | 2023-06-05, 2024-06-14 |            | none
    2023-06-01 |            | K2    | 2023-06-05, 2024-06-14 |            | none"""
    check("visit-after-year-permanent", "2024-08-31", table, placed)


def test_any_other_placement_goes_on_with_six_weeks():
    table = """
    placed     | plan       | visited                | due        | outcome
    2023-05-20 |            | 2023-05-22, 2024-06-14 | 2024-07-26 | overdue
    2023-05-20 | 2024-06-20 | 2023-05-22, 2024-06-14 | 2024-07-26 | overdue
    2023-05-20 | 2024-01-20 | 2023-05-22, 2024-06-14 |            | none"""
    check("visit-after-year-other", "2024-08-31", table, placed)


def test_a_recorded_match_makes_the_placement_permanent_until_it_ends():
    def matched(row):
        return {
            "people": [{}],
            "episodes": [
                in_care("2021-01-04", "2022-05-20") | {"reason_ended": "X1"},
                in_care("2022-05-20", reason_started="P", placement_postcode="NR5 5ZZ"),
            ],
            "visits": days("2021-01-05, 2022-05-21, 2023-08-01", "visited_on"),
            "long_term_matches": days(row["matched"], "matched_on"),
        }

    table = """
    matched    | due        | outcome
    2023-01-10 | 2023-11-01 | due
    2021-09-01 |            | none"""
    check("visit-after-year-permanent", "2023-08-31", table, matched)


def moved(kind, start="2024-09-02", end="2024-09-13", **facts):
    return [
        in_care(start, end) | {"reason_ended": "X1"},
        in_care(end, reason_started=kind, **facts),
    ]


def test_what_starts_a_placement_for_visits():
    """R15: a new carer does; the same carer's new house, a change of legal status or a temporary placement do not."""

    def life(row):
        other = {"placement_postcode": "NR7 7AA"} if row["because"] in ("P", "B", "T", "U") else {}
        facts = {"placement_type": row["place"]} if row["place"] else {}
        return {
            "people": [{}],
            "episodes": moved(row["because"], **other, **facts),
            "visits": days("2024-09-05", "visited_on"),
        }

    table = """
    because | place | due        | outcome
    P       |       | 2024-09-20 | overdue
    B       |       | 2024-09-20 | overdue
    T       |       | 2024-09-09 | met
    U       |       | 2024-09-09 | met
    L       |       | 2024-09-09 | met
    P       | T1    | 2024-09-09 | met"""
    check("visit-placement-start", "2024-09-30", table, life)


def with_parents(row):
    return {
        "people": [{}],
        "episodes": [in_care("2024-01-04", legal_status=row["order"], placement_type="P1", placement_provider="PR0")],
        "visits": days(row["visited"], "visited_on"),
        "reviews": days(row["reviewed"], "held_on"),
    }


def test_on_an_interim_order_at_home_visits_are_weekly_until_the_first_review_then_four_weekly():
    table = """
    order | visited                | reviewed   | due        | outcome
    C1    |                        |            | 2024-01-11 | overdue
    C1    | 2024-01-10             |            | 2024-01-17 | overdue
    C1    | 2024-01-10             | 2024-01-16 | 2024-01-17 | overdue
    C1    | 2024-01-10, 2024-01-16 | 2024-01-16 | 2024-02-13 | due
    C1    | 2024-01-10, 2024-01-20 | 2024-01-16 | 2024-02-17 | due
    C2    | 2024-01-10             |            |            | none"""
    check("visit-interim-order-parents", "2024-01-31", table, with_parents)


def test_on_a_full_order_at_home_visits_are_six_weeks_apart_with_no_step_to_three_months():
    table = """
    order | visited                | reviewed | due        | outcome
    C2    |                        |          | 2024-01-11 | overdue
    C2    | 2024-01-10             |          | 2024-02-21 | overdue
    C2    | 2024-01-10, 2025-02-28 |          | 2025-04-11 | due"""
    check("visit-care-order-parents", "2025-03-10", table, with_parents)


def test_a_full_order_made_at_home_needs_a_visit_within_a_week_of_the_order():
    rows = {
        "people": [{}],
        "episodes": [
            in_care("2024-01-04", "2024-02-22", legal_status="C1", placement_type="P1") | {"reason_ended": "X1"},
            in_care("2024-02-22", reason_started="L", legal_status="C2", placement_type="P1"),
        ],
        "visits": days("2024-01-08, 2024-02-20", "visited_on"),
    }
    found = engine.as_of(engine.occurrences(a_record(rows)), [date(2024, 3, 10)])
    assert standing(found, "visit-care-order-parents") == ("2024-02-29", "overdue")
    assert standing(found, "visit-interim-order-parents") == ("2024-02-27", "lapsed")


def test_a_child_placed_for_adoption_is_visited_weekly_until_the_first_review_of_the_placement():
    def life(row):
        return {
            "people": [{"born_on": "2022-05-10"}],
            "episodes": moved("U", placement_type="A5", legal_status="E1"),
            "visits": days(row["visited"], "visited_on"),
            "reviews": days(row["reviewed"], "held_on"),
        }

    table = """
    visited                | reviewed               | due        | outcome
                           |                        | 2024-09-20 | overdue
    2024-09-19             |                        | 2024-09-26 | overdue
    2024-09-19, 2024-09-26 | 2024-09-10             | 2024-10-03 | overdue
    2024-09-19, 2024-09-26 | 2024-09-10, 2024-09-26 | 2024-09-26 | met"""
    check("visit-adoptive-placement", "2024-10-10", table, life)


def test_a_child_in_care_in_custody_is_visited_within_a_week_then_six_weekly_then_quarterly():
    def life(row):
        return {
            "people": [{"born_on": "2008-05-10"}],
            "episodes": [in_care("2024-04-02", placement_type="R5", legal_status=row["order"])],
            "visits": days(row["visited"], "visited_on"),
        }

    table = """
    order | visited                | due        | outcome
    C2    |                        | 2024-04-09 | overdue
    C2    | 2024-04-09             | 2024-05-21 | overdue
    C2    | 2024-04-09, 2025-05-31 | 2025-08-31 | due
    J1    | 2024-04-09             |            | none"""
    check("visit-other-arrangements", "2025-06-30", table, life)


def test_where_the_placement_began_before_the_file_the_first_visit_is_not_known_and_the_interval_may_be():
    def life(row):
        return {
            "people": [{}],
            "episodes": [in_care("2024-04-01", reason_started="L", placement_type=row["place"])],
            "visits": days("2024-04-20", "visited_on"),
        }

    check("visit-placement-start", "2024-05-01", "place | due | outcome\nU6 | | not_known", life)
    check("visit-year-one", "2024-05-01", "place | due | outcome\nU6 | 2024-06-01 | due", life)
    check("visit-after-year-permanent", "2024-05-01", "place | due | outcome\nU4 | | not_known", life)


def test_whether_the_weekly_phase_is_over_may_not_be_known():
    """On an interim order at home since before the source's history the first review may have been held unseen."""
    reviewed = days("2024-05-20", "held_on")
    for reviews, expected in (([], (None, "not_known")), (reviewed, ("2024-06-29", "due"))):
        rows = with_parents({"order": "C1", "visited": "2024-06-01", "reviewed": None}) | {"reviews": reviews}
        record = a_record(rows, history_from="2024-04-01")
        found = engine.as_of(engine.occurrences(record), [date(2024, 6, 10)])
        assert standing(found, "visit-interim-order-parents") == expected
