"""School, health between assessments, missing children, exploitation."""

from __future__ import annotations

from datetime import date

import polars as pl

from hearth.timescales import engine
from hearth.timescales.limits import national
from hearth.timescales.terms import Terms
from tests.timescales.acting import a_child, acts, on_entry
from tests.timescales.builders import AUTHORITY, a_record, check, days, in_care


def planned(row):
    plans = [{"started_on": row["started"], "finalised_on": row.get("finalised"), "graded_on": row.get("graded")}]
    return {
        "people": [{"born_on": row.get("born") or "2012-05-10"}],
        "episodes": [in_care(row.get("in care") or "2024-10-24")],
        "education_plans": plans if row["started"] else [],
    }


def test_an_education_plan_is_started_in_10_working_days_and_ready_in_20():
    started = """
    started    | born       | due        | outcome
    2024-11-07 |            | 2024-11-07 | met
    2024-11-08 |            | 2024-11-07 | late
               |            | 2024-11-07 | overdue
    2024-10-01 |            | 2024-11-07 | met
               | 2022-01-10 | 2025-01-10 | due"""
    check("pep-initiated", "2024-12-31", started, planned)
    ready = """
    started    | finalised  | due        | outcome
    2024-11-07 | 2024-11-21 | 2024-11-21 | met
    2024-11-07 | 2024-11-22 | 2024-11-21 | late
    2024-11-07 |            | 2024-11-21 | overdue"""
    check("pep-first-complete", "2024-12-31", ready, planned)
    graded = """
    started    | finalised  | graded     | due        | outcome
    2024-11-07 | 2024-11-21 | 2024-12-05 | 2024-12-05 | met
    2024-11-07 | 2024-11-21 | 2024-12-06 | 2024-12-05 | late
    2024-11-07 | 2024-11-21 |            | 2024-12-05 | overdue
    2024-11-07 |            |            |            | none"""
    check("pep-quality", "2024-12-31", graded, planned)


def test_an_education_plan_is_reviewed_each_term():
    rows = {
        "term": ["autumn", "spring", "summer"],
        "start": [date(2024, 9, 3), date(2025, 1, 6), date(2025, 4, 22)],
        "end": [date(2024, 12, 20), date(2025, 4, 4), date(2025, 7, 22)],
        "half_term_start": [date(2024, 10, 28), date(2025, 2, 17), date(2025, 5, 26)],
        "half_term_end": [date(2024, 11, 1), date(2025, 2, 21), date(2025, 5, 30)],
    }
    limits = national().with_terms({AUTHORITY: Terms(pl.DataFrame(rows))})

    def life(row):
        return planned(row | {"started": None}) | {"education_plans": days(row["plans"], "started_on")}

    table = """
    plans                  | due        | outcome
    2024-11-12             | 2025-04-04 | overdue
    2024-11-12, 2025-02-03 | 2025-07-22 | due
    2024-11-12, 2024-12-03 | 2025-04-04 | overdue
                           |            | none"""
    check("pep-termly", "2025-05-01", table, life, limits=limits)
    twice = a_record(life({"plans": "2024-11-12, 2024-12-03, 2024-12-10, 2025-02-03, 2025-03-03"}))
    stood = engine.as_of(engine.occurrences(twice, ["pep-termly"], limits), [date(2025, 5, 1)])
    assert stood.select("would_be_due_on", "status").cast(str).rows() == [("2025-04-04", "met"), ("2025-07-22", "due")]


def test_work_experience_is_offered_in_each_school_year_from_year_9():
    table = """
    in care    | born       | done       | due        | outcome
    2024-01-03 | 2010-05-10 |            | 2025-07-31 | due
    2024-01-03 | 2010-05-10 | 2024-10-01 | 2025-07-31 | met
    2024-01-03 | 2010-05-10 | 2024-08-01 | 2025-07-31 | due
    2024-01-03 | 2012-05-10 |            |            | none"""
    check("work-experience-offer", "2025-06-30", table, on_entry("work_experience_offered"))


def test_an_assessment_of_special_needs_ends_in_a_plan_in_20_weeks():
    def life(row):
        request = {f"{name}_on": row[name] for name in ("requested", "decided", "assessed")}
        return {**a_child(), "ehc_requests": [request | {"outcome": row["answer"]}]}

    table = """
    requested  | decided    | answer | assessed   | due        | outcome
    2024-01-08 | 2024-02-19 | Y      | 2024-05-27 | 2024-05-27 | met
    2024-01-08 | 2024-02-19 | Y      | 2024-05-28 | 2024-05-27 | late
    2024-01-08 | 2024-02-19 | Y      |            | 2024-05-27 | overdue
    2024-01-08 | 2024-02-19 | N      |            | 2024-05-27 | lapsed"""
    check("ehc-assessment", "2024-06-28", table, life)


def assessed(kind):
    def life(row):
        return {
            "people": [{"born_on": row.get("born") or "2012-05-10"}],
            "episodes": [in_care("2024-01-03")],
            "health_assessments": days(row["assessed"], "assessed_on"),
            "case_actions": acts(row, kind) if kind else [],
        }

    return life


def test_what_follows_a_health_assessment():
    plan = """
    assessed               | done       | due        | outcome
    2024-02-01             | 2024-02-29 | 2024-02-29 | met
    2024-02-01             | 2024-03-01 | 2024-02-29 | late
    2024-02-01             | 2024-01-20 | 2024-02-29 | overdue
    2024-01-10, 2024-04-10 | 2024-05-09 | 2024-05-09 | met
                           |            |            | none"""
    check("health-plan", "2024-06-28", plan, assessed("health_plan"))
    screen = """
    assessed   | born       | done       | due        | outcome
    2024-01-31 | 2012-05-10 | 2024-01-31 | 2024-01-31 | met
    2024-01-31 | 2012-05-10 | 2024-02-01 | 2024-01-31 | late
    2024-01-31 | 2012-05-10 |            | 2024-01-31 | overdue
    2024-01-31 | 2014-05-10 |            |            | none"""
    check("substance-misuse-screen", "2024-06-28", screen, assessed("substance_screened"))

    def found(row):
        told = {"is_up_to_date": {"yes": True, "no": False}.get(row["up to date"] or "")}
        return assessed(None)(row) | {"immunisations": days(row["checked"], "found_on", **told)}

    immunised = """
    assessed   | checked    | up to date | due        | outcome
    2024-01-31 | 2024-01-31 | yes        | 2024-01-31 | met
    2024-01-31 | 2024-01-10 | no         | 2024-01-31 | met
    2024-01-31 | 2024-02-01 | yes        | 2024-01-31 | late
    2024-01-31 | 2024-01-31 |            | 2024-01-31 | overdue"""
    check("immunisations", "2024-06-28", immunised, found)


def test_the_first_plans_for_health_and_school_are_made_by_the_first_review():
    """In care from 3 January 2024: the first review is due on 31 January, and is the day where it is held sooner."""

    def life(row):
        plans = [{"started_on": "2024-01-10", "finalised_on": row["done"]}]
        return {
            "people": [{"born_on": row["born"] or "2012-05-10"}],
            "episodes": [in_care("2024-01-03")],
            "health_assessments": days("2024-01-20", "assessed_on"),
            "reviews": days(row["reviewed"], "held_on"),
            "case_actions": acts(row, "health_plan"),
            "education_plans": plans if row["done"] else [],
        }

    table = """
    born       | reviewed   | done       | due        | outcome
               | 2024-01-31 | 2024-01-31 | 2024-01-31 | met
               | 2024-01-31 | 2024-02-01 | 2024-01-31 | late
               | 2024-01-25 | 2024-01-25 | 2024-01-31 | met
               | 2024-01-25 | 2024-01-26 | 2024-01-31 | late
               | 2024-02-20 | 2024-02-20 | 2024-01-31 | late
               |            |            | 2024-01-31 | overdue"""
    check("health-plan", "2024-06-28", table, life)
    check("pep-first-complete", "2024-06-28", table, life)
    young = """
    born       | reviewed   | done       | due        | outcome
    2021-03-01 | 2024-01-25 | 2024-02-28 | 2024-03-01 | met
    2021-03-01 | 2024-01-25 | 2024-03-02 | 2024-03-01 | late"""
    check("pep-first-complete", "2024-06-28", young, life)


def test_a_high_score_is_followed_up_in_20_working_days():
    def life(row):
        scores = [{"completed_on": "2024-01-31", "score": int(row["score"])}]
        return {**a_child(), "sdq_scores": scores, "case_actions": acts(row, "sdq_followed_up")}

    table = """
    score | done       | due        | outcome
    17    | 2024-02-28 | 2024-02-28 | met
    17    | 2024-02-29 | 2024-02-28 | late
    17    |            | 2024-02-28 | overdue
    16    |            |            | none"""
    check("sdq-follow-up", "2024-06-28", table, life)


def test_an_order_that_deprives_of_liberty_is_recorded_on_its_day():
    def life(row):
        return {**a_child(), "deprivations_of_liberty": days(row["order"], "started_on")} | {
            "case_actions": acts(row, "liberty_order_recorded")
        }

    table = """
    order      | done       | due        | outcome
    2024-01-31 | 2024-01-31 | 2024-01-31 | met
    2024-01-31 | 2024-02-01 | 2024-01-31 | late
    2024-01-31 |            | 2024-01-31 | overdue"""
    check("dol-order-tracked", "2024-06-28", table, life)


def went_missing(kind):
    def life(row):
        spans = [part.strip().partition(" to") for part in (row["missing"] or "").split(",")]
        episodes = [{"started_on": a, "ended_on": b.strip() or None} for a, _, b in spans]
        return {**a_child(), "missing_episodes": episodes, "case_actions": acts(row, kind)}

    return life


def test_a_meeting_after_24_hours_then_weekly_or_after_three_episodes_in_90_days():
    """24 hours are over on Saturday 4 May 2024; the next working day is 7 May, after the bank holiday."""
    often = "2024-04-01 to 2024-04-01, 2024-04-20 to 2024-04-20, 2024-05-03 to 2024-05-03"
    seldom = "2024-01-04 to 2024-01-04, 2024-04-20 to 2024-04-20, 2024-05-03 to 2024-05-03"
    table = f"""
    missing                  | done       | due        | outcome
    2024-05-03 to 2024-05-20 | 2024-05-07 | 2024-05-14 | missed
    2024-05-03 to 2024-05-20 |            | 2024-05-07 | missed
    2024-05-03 to 2024-05-08 | 2024-05-07 | 2024-05-14 | lapsed
    2024-05-03 to            | 2024-05-07 | 2024-05-14 | overdue
    2024-05-03 to 2024-05-04 |            |            | none
    {often}                  |            | 2024-05-13 | overdue
    {often}                  | 2024-05-13 | 2024-05-13 | met
    {often}                  | 2024-05-14 | 2024-05-13 | late
    {seldom}                 |            |            | none"""
    check("missing-strategy-meeting", "2024-06-28", table, went_missing("missing_meeting"))


def test_a_passport_of_health_is_given_three_months_before_18():
    def life(row):
        return {
            "people": [{"born_on": "2007-08-31"}],
            "episodes": [in_care("2020-01-03")],
            "case_actions": acts(row, "health_passport"),
        }

    table = """
    done       | due        | outcome
    2025-05-31 | 2025-08-31 | due
    2025-06-01 | 2025-08-31 | due
               | 2025-05-31 | overdue"""
    check("health-passport", "2025-06-28", table, life)
    found = engine.occurrences(a_record(life({"done": None})), ["health-passport"])
    assert engine.as_of(found, [date(2025, 8, 31)])["status"].to_list() == ["overdue"]


def test_a_child_of_school_age_who_comes_into_care_without_a_school_is_owed_a_place():
    """Twenty school days from Tuesday 4 March 2025 end on 1 April; the last school ended the day before care began."""
    rows = {"term": ["spring"], "start": [date(2025, 1, 6)], "end": [date(2025, 4, 4)]}
    halves = {"half_term_start": [date(2025, 2, 17)], "half_term_end": [date(2025, 2, 21)]}
    limits = national().with_terms({AUTHORITY: Terms(pl.DataFrame({**rows, **halves}))})

    def life(row):
        spells = [part.strip().partition(" to") for part in (row["schools"] or "").split(",")]
        schools = [{"started_on": start, "ended_on": end.strip() or None} for start, _, end in spells if start]
        return {
            "people": [{"born_on": row["born"]}],
            "episodes": [in_care("2025-03-04")],
            "schools_attended": schools,
        }

    table = """
    born       | schools                                 | due        | outcome
    2010-05-10 |                                         | 2025-04-01 | overdue
    2010-05-10 | 2025-03-20 to                           | 2025-04-01 | met
    2010-05-10 | 2025-04-02 to                           | 2025-04-01 | late
    2010-05-10 | 2024-09-03 to                           |            | none
    2010-05-10 | 2024-09-03 to 2025-03-03, 2025-03-04 to |            | none
    2010-05-10 | 2024-09-03 to 2025-03-03                | 2025-04-01 | overdue
    2020-06-10 |                                         |            | none
    2009-03-01 |                                         |            | none"""
    check("school-place", "2025-04-02", table, life, limits=limits)


def test_a_high_risk_of_exploitation_is_low_only_once_the_panel_agrees():
    """Assessed high on 5 February 2024; what was found on 3 May and 2 August decides whether another is owed."""

    def life(row):
        raised = [{"kind": "exploitation_concern", "raised_on": "2024-02-01"}]
        days_of = ("2024-02-05", "2024-05-03", "2024-08-02")
        levels = ("high", row["found"], row["then"])
        told = [
            {"kind": "exploitation", "assessed_on": day, "level": None if level == "?" else level}
            | {"panel_agreed_on": row["panel"] if level == "low" else None}
            for day, level in zip(days_of, levels, strict=True)
            if level
        ]
        return {**a_child(), "requests": raised, "risk_assessments": told}

    table = """
    found  | then   | panel      | due        | outcome
    high   |        |            | 2024-08-03 | overdue
    low    |        |            | 2024-08-03 | overdue
    low    | low    |            | 2024-11-02 | due
    low    | low    | 2024-08-10 | 2024-05-05 | met
    medium | low    |            | 2024-08-03 | met
    ?      |        |            |            | not_known"""
    check("exploitation-risk-assessment", "2024-09-30", table, life)
