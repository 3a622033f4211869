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
