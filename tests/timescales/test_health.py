"""Health: the assessment at the start, reviews by age, teeth, questionnaires, refusals."""

from __future__ import annotations

from datetime import date

from hearth.timescales import engine
from tests.timescales.builders import a_record, check, days, in_care


def assessed(row):
    checks = days(row["assessed"], "assessed_on") + days(row.get("refused"), "assessed_on", status="Refused")
    return {
        "people": [{"born_on": row.get("born", "2012-05-10")}],
        "episodes": [in_care(row["care began"], row.get("care ended"))],
        "health_assessments": checks,
    }


def test_the_first_assessment_is_due_within_20_working_days():
    table = """
    care began | care ended | assessed               | due        | outcome
    2024-07-29 |            | 2024-08-15             | 2024-08-27 | met
    2024-07-29 |            | 2024-08-27             | 2024-08-27 | met
    2024-07-29 |            | 2024-08-28             | 2024-08-27 | late
    2024-07-29 |            |                        | 2024-08-27 | overdue
    2024-07-29 |            | 2024-05-15             | 2024-08-27 | met
    2024-07-29 |            | 2024-04-28             | 2024-08-27 | overdue
    2024-07-29 | 2024-08-27 |                        | 2024-08-27 | lapsed
    2024-07-29 | 2024-08-29 |                        | 2024-08-27 | missed"""
    check("health-initial", "2024-08-30", table, assessed)


def test_under_five_every_six_months_and_then_yearly():
    table = """
    care began | born       | assessed   | due        | outcome
    2024-01-02 | 2022-01-10 | 2024-08-31 | 2025-02-28 | due
    2024-01-02 | 2019-08-01 | 2024-01-10 | 2024-07-10 | overdue
    2024-01-02 | 2019-08-01 | 2024-03-10 |            | none
    2024-01-02 | 2019-08-01 | 2024-02-01 |            | none
    2024-01-02 | 2020-02-29 | 2024-08-28 | 2025-02-28 | due
    2024-01-02 |            | 2024-01-10 |            | none"""
    check("health-review-under5", "2024-09-30", table, assessed)
    table = """
    care began | born       | assessed   | due        | outcome
    2024-01-02 | 2019-08-01 | 2024-03-10 | 2025-03-10 | due
    2024-01-02 | 2019-08-01 | 2024-02-01 | 2025-02-01 | due
    2022-01-04 | 2012-06-03 | 2023-02-28 | 2024-02-28 | overdue
    2023-09-04 | 2006-06-03 | 2023-09-20 | 2024-09-20 | lapsed
    2023-09-04 | 2006-09-03 | 2023-09-20 | 2024-09-20 | lapsed
    2024-01-02 |            | 2024-01-10 |            | not_known"""
    check("health-review-5plus", "2024-09-30", table, assessed)


def test_a_refusal_is_not_done_and_is_kept_as_itself():
    row = {"care began": "2024-01-02", "assessed": "2024-01-20", "refused": "2024-12-10"}
    found = engine.occurrences(a_record(assessed(row)), ["health-review-5plus"])
    for day, refused_on in [(date(2024, 12, 9), None), (date(2025, 3, 31), date(2024, 12, 10))]:
        stood = engine.as_of(found, [day]).row(0, named=True)
        assert (stood["refused_on"], stood["done_on"]) == (refused_on, None)


def test_planned_and_cancelled_assessments_are_not_done():
    def planned(row):
        return assessed({"care began": "2024-07-29", "assessed": None}) | {
            "health_assessments": [{"assessed_on": "2024-08-15", "status": row["status"]}]
        }

    table = """
    status    | due        | outcome
    Completed | 2024-08-27 | met
    Planned   | 2024-08-27 | overdue
    Cancelled | 2024-08-27 | overdue
    Refused   | 2024-08-27 | overdue
              | 2024-08-27 | overdue"""
    check("health-initial", "2024-08-30", table, planned)


def test_teeth_are_checked_within_three_months_and_then_yearly():
    def life(row):
        return assessed({"care began": "2024-01-31", "assessed": None}) | {
            "dental_checks": days(row["checked"], "checked_on")
        }

    table = """
    checked                | due        | outcome
                           | 2024-04-30 | overdue
    2024-04-30             | 2025-04-30 | due
    2024-04-10, 2025-02-28 | 2026-02-28 | due"""
    check("dental-check", "2025-04-30", table, life)


def test_a_questionnaire_is_due_after_a_year_of_care_from_four_to_sixteen():
    def life(row):
        return {
            "people": [{"born_on": row["born"]}],
            "episodes": [in_care(row["care began"])],
            "sdq_scores": days(row["answered"], "completed_on"),
        }

    table = """
    care began | born       | answered   | due        | outcome
    2023-03-31 | 2014-05-20 |            | 2024-03-31 | overdue
    2022-05-01 | 2020-06-15 |            | 2024-06-15 | due
    2022-05-01 | 2014-05-20 | 2024-02-29 | 2025-02-28 | due
    2023-05-01 | 2007-04-30 |            | 2024-05-01 | lapsed
    2023-05-01 | 2007-05-02 |            | 2024-05-01 | due
    2023-05-01 |            |            |            | not_known"""
    check("sdq-annual", "2024-04-29", table, life)


def test_a_reason_for_having_no_score_meets_the_duty_and_an_empty_row_does_not():
    def life(row):
        return {
            "people": [{"born_on": "2014-05-20"}],
            "episodes": [in_care("2023-03-31")],
            "sdq_scores": [{"completed_on": "2024-03-01", "score": None, "reason_no_score": row["reason"]}],
        }

    table = """
    reason | due        | outcome
    SDQ2   | 2025-03-01 | due
           | 2024-03-31 | overdue"""
    check("sdq-annual", "2024-04-29", table, life)


def test_a_source_without_the_table_has_no_rows_and_says_why():
    record = a_record(
        {"people": [{}], "episodes": [in_care("2024-01-02")]}, without=["health_assessments"], kind="ssda903"
    )
    assert "health-initial" not in set(engine.occurrences(record)["duty"].cast(str))
    assert engine.unavailable(record)["health-initial"].startswith("needs ")
    assert engine.unavailable(record)["health-initial"].endswith("which an SSDA903 return does not carry")
