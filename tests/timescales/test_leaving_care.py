"""Leaving care: needs assessment, pathway plan and reviews, adviser, keeping in touch."""

from __future__ import annotations

from datetime import date

import pytest

from hearth.timescales import engine
from hearth.timescales.eligibility import eligible_from
from hearth.timescales.history import History
from hearth.timescales.limits import national
from tests.timescales.builders import a_record, check, days, in_care


def young(row):
    """Born 30 November 2008 unless told otherwise, in care from 2020."""
    plans = days(row.get("planned"), "completed_on") + days(row.get("plan reviewed"), "completed_on", kind="review")
    return {
        "people": [{"born_on": row.get("born") or "2008-11-30"}],
        "episodes": [in_care(row.get("care began") or "2020-01-06", row.get("care ended"))],
        "needs_assessments": days(row.get("assessed"), "completed_on"),
        "pathway_plans": plans,
        "reviews": days(row.get("reviewed"), "held_on"),
        "care_leaver_contacts": days(row.get("spoken to"), "contacted_on"),
    }


@pytest.mark.parametrize(
    ("born", "periods", "eligible_on"),
    [
        ("2009-05-10", [("2018-09-01", None)], "2025-05-10"),
        ("2008-12-01", [("2024-10-02", None)], "2025-01-01"),
        ("2008-03-15", [("2023-06-01", "2023-07-11"), ("2024-03-01", None)], "2024-04-21"),
        ("2007-09-01", [("2024-06-01", "2024-08-31")], "2024-08-31"),
        ("2007-09-01", [("2024-06-01", "2024-08-30")], None),
        ("2008-06-20", [("2021-01-05", "2024-06-19")], None),
        ("2008-06-20", [("2021-01-05", "2024-06-20")], "2024-06-20"),
        ("2008-05-02", [("2024-10-07", None)], "2025-01-06"),
    ],
)
def test_the_day_a_young_person_becomes_eligible(born, periods, eligible_on):
    rows = {"people": [{"born_on": born}], "episodes": [in_care(start, end) for start, end in periods]}
    found = eligible_from(History(a_record(rows), national()))
    assert [str(day) for day in found["eligible_on"]] == ([eligible_on] if eligible_on else [])


def test_needs_are_assessed_within_three_months_of_becoming_eligible():
    table = """
    care began | care ended | assessed   | due        | outcome
               |            | 2025-02-28 | 2025-02-28 | met
               |            | 2025-03-01 | 2025-02-28 | late
               |            |            | 2025-02-28 | overdue
               | 2024-12-20 |            | 2025-02-28 | overdue
    2024-12-20 |            |            | 2025-06-21 | due
               | 2024-11-20 |            |            | none"""
    check("needs-assessment", "2025-03-31", table, young)


def test_where_the_start_of_care_is_not_known_the_day_of_eligibility_may_not_be():
    def unknown(row):
        return young(row) | {"episodes": [in_care(row["first known"], reason_started="P")]}

    table = """
    first known | due        | outcome
    2024-10-20  |            | not_known
    2024-06-01  | 2025-02-28 | overdue"""
    check("needs-assessment", "2025-03-31", table, unknown)


def test_a_pathway_plan_follows_the_assessment_within_20_working_days():
    table = """
    assessed   | planned    | due        | outcome
               |            |            | none
    2025-01-06 |            | 2025-02-03 | overdue
    2025-01-06 | 2025-02-03 | 2025-02-03 | met
    2025-01-06 | 2024-12-20 | 2025-02-03 | met
    2025-01-06 | 2025-02-04 | 2025-02-03 | late"""
    check("pathway-plan", "2025-03-31", table, young)


def test_who_leaves_care_has_a_pathway_plan_whether_assessed_or_not():
    table = """
    care ended | assessed   | planned    | due        | outcome
    2025-01-10 |            |            | 2025-01-10 | overdue
    2025-01-10 |            | 2024-12-02 | 2025-01-10 | met
    2025-01-10 |            | 2025-01-10 | 2025-01-10 | met
    2025-01-10 |            | 2025-01-20 | 2025-01-10 | late
    2025-01-10 | 2025-02-03 |            | 2025-01-10 | overdue
    2025-01-10 | 2025-01-06 |            | 2025-02-03 | overdue
    2025-01-10 | 2025-01-06 | 2025-01-10 | 2025-02-03 | met
    2025-01-10 | 2025-01-06 | 2025-01-20 | 2025-02-03 | late
    2024-11-20 |            |            |            | none"""
    check("pathway-plan", "2025-03-31", table, young)


def test_a_pathway_plan_is_reviewed_every_six_months_by_the_childs_reviews_while_in_care():
    table = """
    planned    | plan reviewed | reviewed   | due        | outcome
               |               |            |            | none
    2025-01-31 |               |            | 2025-07-31 | overdue
    2025-01-31 | 2025-07-15    |            | 2026-01-15 | due
    2025-01-31 |               | 2025-06-30 | 2025-12-30 | due"""
    check("pathway-plan-review", "2025-08-31", table, young)


def test_the_authority_keeps_in_touch_every_eight_weeks_after_care():
    table = """
    care ended | spoken to              | due        | outcome
    2025-01-10 |                        | 2025-03-07 | overdue
    2025-01-10 | 2025-03-01             | 2025-04-26 | due
    2024-06-10 |                        |            | none
               |                        |            | none"""
    check("keep-in-touch", "2025-03-31", table, young)


def test_what_is_owed_to_care_leavers_ends_at_21():
    row = {"born": "2004-04-20", "care ended": "2022-04-20", "spoken to": "2025-03-20"}
    found = engine.as_of(engine.occurrences(a_record(young(row)), ["keep-in-touch"]), [date(2025, 4, 30)])
    assert found["status"].to_list()[-1] == "lapsed"


def test_an_adviser_is_appointed_within_three_months_of_becoming_eligible():
    def advised(row):
        return young(row) | {"allocations": days(row["adviser from"], "started_on", role="personal_adviser")}

    table = """
    adviser from | due        | outcome
    2024-06-01   | 2025-02-28 | met
    2025-02-28   | 2025-02-28 | met
    2025-03-10   | 2025-02-28 | late
                 | 2025-02-28 | overdue"""
    check("pa-appointed", "2025-03-31", table, advised)


def test_six_months_at_home_end_what_is_owed():
    rows = young({"care ended": "2025-01-10"}) | {"returns_home": [{"started_on": "2025-01-10"}]}
    found = engine.as_of(engine.occurrences(a_record(rows), ["keep-in-touch"]), [date(2025, 8, 1)])
    assert found["status"].to_list() == ["missed"]


def home_again(row):
    """Born 15 July 2007; in care from 2019 to 31 August 2024, then at home; perhaps back in care."""
    care = [in_care("2019-01-01", "2024-08-31")]
    if row.get("care again"):
        care.append(in_care(row["care again"], row.get("left again")))
    return {
        "people": [{"born_on": "2007-07-15"}],
        "episodes": care,
        "returns_home": [{"started_on": "2024-08-31", "ended_on": row.get("home ended")}],
        "needs_assessments": days(row.get("assessed"), "completed_on"),
        "pathway_plans": days(row.get("planned"), "completed_on"),
        "care_leaver_contacts": days(row.get("spoken to"), "contacted_on"),
        "case_actions": days(row.get("told"), "done_on", kind="category_told"),
        "allocations": days(row.get("adviser from"), "started_on", role="personal_adviser"),
    }


def test_a_home_that_breaks_down_makes_a_young_person_relevant_again_at_once():
    contact = """
    home ended | care again | left again | spoken to  | due        | outcome
               |            |            |            | 2024-10-26 | missed
    2025-02-20 |            |            |            | 2024-10-26 | overdue
    2025-05-10 |            |            |            | 2025-07-05 | overdue
    2025-05-10 |            |            | 2025-06-01 | 2025-07-27 | overdue
    2025-07-20 |            |            |            | 2024-10-26 | missed
               | 2025-04-01 | 2025-06-10 |            | 2025-08-05 | overdue
    2025-04-01 | 2025-04-01 | 2025-07-15 |            | 2025-09-09 | due"""
    check("keep-in-touch", "2025-08-31", contact, home_again)
    reviews = """
    home ended | planned    | due        | outcome
               | 2024-06-10 | 2024-12-10 | missed
    2025-05-10 | 2024-06-10 | 2025-11-10 | due
    2025-05-10 |            |            | none"""
    check("pathway-plan-review", "2025-08-31", reviews, home_again)


def test_what_was_done_before_a_home_broke_down_is_not_owed_again():
    needs = """
    home ended | assessed   | due        | outcome
    2025-05-10 | 2023-09-01 | 2023-10-15 | met
    2025-05-10 | 2023-10-20 | 2023-10-15 | late
    2025-05-10 | 2025-06-20 | 2025-08-10 | met
    2025-03-10 |            | 2025-06-10 | missed
               |            | 2023-10-15 | missed"""
    check("needs-assessment", "2025-08-31", needs, home_again)
    plans = """
    home ended | assessed   | planned    | due        | outcome
    2025-05-10 | 2023-09-01 | 2023-09-20 | 2023-09-29 | met
    2025-05-10 | 2023-09-01 | 2025-05-20 | 2025-06-09 | met
    2025-05-10 | 2023-09-01 |            | 2025-06-09 | overdue"""
    check("pathway-plan", "2025-08-31", plans, home_again)


def test_the_category_is_told_each_time_it_changes():
    """Eligible at 16, relevant on leaving, again when a home broke down, eligible on coming back, former at 18."""
    told = """
    home ended | care again | left again | told                               | due        | outcome
    2025-05-10 |            |            | 2023-07-20                         | 2025-07-29 | overdue
    2025-05-10 |            |            | 2025-07-15                         | 2025-07-29 | met
    2025-07-20 |            |            | 2023-07-20                         | 2024-09-13 | missed
    2025-07-20 |            |            | 2024-09-02                         | 2024-09-13 | met
    2025-04-01 | 2025-04-01 |            | 2025-03-20                         | 2025-04-15 | met
    2025-04-01 | 2025-04-01 | 2025-07-15 | 2025-04-02                         | 2025-07-29 | overdue"""
    check("leaving-care-status", "2025-08-31", told, home_again)

    def others(row):
        left = in_care(row["care began"], row["left"]) | ({"reason_ended": row["reason"]} if row["left"] else {})
        told = days(row["told"], "done_on", kind="category_told")
        return {"people": [{"born_on": "2008-11-30"}], "episodes": [left], "case_actions": told}

    table = """
    care began | left       | reason | told       | due        | outcome
    2025-01-06 | 2025-02-10 | E4A    |            | 2025-02-24 | overdue
    2025-01-06 | 2025-02-10 | E4A    | 2025-02-24 | 2025-02-24 | met
    2025-01-06 | 2025-02-10 | E3     |            |            | none
    2024-01-08 | 2024-02-12 | E4A    |            |            | none
    2020-01-06 |            |        | 2024-12-05 | 2024-12-13 | met"""
    check("leaving-care-status", "2025-08-31", table, others)


def test_an_adviser_is_owed_without_a_gap_until_it_is_owed_no_more():
    def advised(row):
        second = row.get("next from")
        first = {"role": "personal_adviser", "started_on": "2024-12-02", "ended_on": row.get("first left")}
        others = [{"role": "personal_adviser", "started_on": second}] if second else []
        end = {"ended_on": row["left"], "reason_ended": row["reason"]} if row.get("left") else {}
        return young(row) | {
            "episodes": [in_care("2020-01-06") | end],
            "allocations": [] if row.get("none") else [first, *others],
        }

    table = """
    none | first left | next from  | left       | reason | due        | outcome
         |            |            |            |        | 2025-02-28 | met
         | 2025-05-02 |            |            |        | 2025-05-02 | overdue
         | 2025-05-02 | 2025-05-03 |            |        | 2025-02-28 | met
         | 2025-05-02 | 2025-05-06 |            |        | 2025-05-02 | late
         | 2025-05-03 |            |            |        | 2025-05-06 | overdue
    yes  |            |            | 2025-04-01 | E4A    | 2025-02-28 | overdue
    yes  |            |            | 2025-04-01 | E11    | 2025-02-28 | missed
    yes  |            |            | 2025-04-01 | E3     | 2025-02-28 | missed"""
    check("pa-appointed", "2025-06-30", table, advised)


def test_who_becomes_eligible_late_has_the_whole_time_from_then():
    def life(row):
        return young(row) | {
            "case_actions": days(row.get("in hand"), "done_on", kind="identity_documents"),
            "panels": days(row.get("panel"), "met_on", kind="transition"),
        }

    panel = """
    care began | panel      | due        | outcome
    2020-01-06 |            | 2025-05-30 | overdue
    2025-01-06 |            | 2025-10-07 | due
    2025-01-06 | 2025-09-30 | 2025-10-07 | met"""
    check("transition-panel", "2025-09-30", panel, life)
    documents = """
    born       | care began | in hand    | due        | outcome
    2008-11-30 | 2020-01-06 |            | 2026-05-30 | due
    2007-12-10 | 2025-04-10 |            | 2025-07-10 | overdue
    2007-12-10 | 2025-04-10 | 2025-07-10 | 2025-07-10 | met"""
    check("national-identity-documents", "2025-09-30", documents, life)
