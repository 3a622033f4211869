"""What is asked for or happens and must be answered: disputes, incidents, meetings, notices, complaints."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hearth.timescales import engine
from hearth.timescales.limits import Limit, national
from hearth.timescales.terms import Terms
from tests.timescales.acting import a_child, asked
from tests.timescales.builders import AUTHORITY, a_record, check, days

ANSWERED = """
    duty                        | kind                | on the day | a day late
    iro-escalation              | iro_dispute         | 2024-04-29 | 2024-04-30
    strategy-discussion         | significant_harm    | 2024-04-02 | 2024-04-03
    serious-incident-notice     | serious_incident    | 2024-04-08 | 2024-04-09
    disruption-meeting          | placement_ended     | 2024-04-29 | 2024-04-30
    stability-meeting           | placement_at_risk   | 2024-04-08 | 2024-04-09
    contact-refusal             | contact_refused     | 2024-04-04 | 2024-04-05
    special-guardianship-notice | guardianship_notice | 2024-06-29 | 2024-06-30
    subject-access-request      | subject_access      | 2024-04-29 | 2024-04-30
    key-stage-4-move            | education_move      | 2024-03-29 | 2024-03-30
    distant-placement-approval  | distant_placement   | 2024-03-29 | 2024-03-30"""
"""All raised on Good Friday, 29 March 2024."""


def told():
    lines = [[cell.strip() for cell in line.split("|")] for line in ANSWERED.strip().splitlines()[1:]]
    return [pytest.param(*line, id=line[0]) for line in lines]


@pytest.mark.parametrize(("duty", "kind", "on_the_day", "a_day_late"), told())
def test_what_is_raised_is_answered_in_time(duty: str, kind: str, on_the_day: str, a_day_late: str):
    table = f"""
    raised     | answered     | ended      | due          | outcome
    2024-03-29 | {on_the_day} |            | {on_the_day} | met
    2024-03-29 | {a_day_late} |            | {on_the_day} | late
    2024-03-29 |              |            | {on_the_day} | overdue
    2024-03-29 |              | 2024-12-31 | {on_the_day} | overdue"""
    check(duty, "2024-07-31", table, asked(kind))
    if on_the_day > "2024-03-30":
        closed = f"""
        raised     | answered | ended        | due          | outcome
        2024-03-29 |          | {on_the_day} | {on_the_day} | lapsed
        2024-03-29 |          | {a_day_late} | {on_the_day} | missed"""
        check(duty, "2024-07-31", closed, asked(kind))
        check(duty, "2024-03-30", "raised | due | outcome\n2024-03-29 | " + on_the_day + " | due", asked(kind))


def test_a_request_for_access_that_was_extended_has_three_months_from_the_day_received():
    table = """
    raised     | extended   | answered   | due        | outcome
    2024-01-31 | 2024-02-20 | 2024-04-30 | 2024-04-30 | met
    2024-01-31 | 2024-02-20 | 2024-05-01 | 2024-04-30 | late
    2024-01-31 | 2024-02-20 |            | 2024-04-30 | overdue"""
    check("subject-access-request", "2024-06-28", table, asked("subject_access"))
    found = engine.occurrences(
        a_record(asked("subject_access")({"raised": "2024-01-31", "extended": "2024-02-20"})),
        ["subject-access-request"],
    )
    assert engine.as_of(found, [date(2024, 2, 19)])["due_on"].to_list() == [date(2024, 2, 29)]


def test_a_death_does_not_end_the_notice_of_it():
    row = {"raised": "2024-03-29"}
    rows = asked("serious_incident", died_on="2024-03-29")(row)
    found = engine.as_of(engine.occurrences(a_record(rows), ["serious-incident-notice"]), [date(2024, 4, 9)])
    assert found["status"].to_list() == ["overdue"]


def test_a_review_answers_what_asks_for_one():
    def life(kind):
        return lambda row: {**asked(kind)(row), "reviews": days(row["reviewed"], "held_on")}

    table = """
    raised     | reviewed               | due        | outcome
    2024-03-28 | 2024-04-15             | 2024-04-15 | met
    2024-03-28 | 2024-04-16             | 2024-04-15 | late
    2024-03-28 | 2024-03-20             | 2024-04-15 | overdue
    2024-03-28 |                        | 2024-04-15 | overdue"""
    check("review-brought-forward", "2024-06-28", table, life("review_early"))
    check("visit-after-poor-visit", "2024-06-28", table, life("poor_visit"))
    ending = """
    raised     | promised   | reviewed   | due        | outcome
    2024-03-28 | 2024-04-15 | 2024-04-15 | 2024-04-15 | met
    2024-03-28 | 2024-04-15 | 2024-04-16 | 2024-04-15 | late
    2024-03-28 | 2024-04-15 |            | 2024-04-15 | overdue
    2024-03-28 |            |            |            | not_known"""
    check("placement-end-review", "2024-06-28", ending, life("placement_ending"))


def test_a_visit_answers_what_asks_for_one():
    def life(kind):
        return lambda row: {**asked(kind)(row), "visits": days(row["visited"], "visited_on")}

    on_request = """
    raised     | visited    | due        | outcome
    2024-03-28 | 2024-04-08 | 2024-04-08 | met
    2024-03-28 | 2024-04-09 | 2024-04-08 | late
    2024-03-28 |            | 2024-04-08 | overdue"""
    check("visit-on-request", "2024-06-28", on_request, life("visit"))
    after_notice = """
    raised     | visited    | due        | outcome
    2024-12-27 | 2025-01-03 | 2025-01-03 | met
    2024-12-27 | 2025-01-04 | 2025-01-03 | late
    2024-12-27 |            | 2025-01-03 | overdue"""
    check("visit-after-ofsted-notice", "2025-01-31", after_notice, life("home_notice"))


def test_the_child_is_seen_alone_or_it_is_said_why_not():
    def life(row):
        told = {"is_seen_alone": {"yes": True, "no": False}.get(row["alone"] or ""), "reason_not_alone": row["reason"]}
        return {**a_child(), "visits": [{"visited_on": "2024-03-28", **told}]}

    table = """
    alone | reason       | due        | outcome
    yes   |              | 2024-03-28 | met
    no    | child asleep | 2024-03-28 | met
    no    |              | 2024-03-28 | overdue
          |              | 2024-03-28 | not_known"""
    check("visit-seen-alone", "2024-06-28", table, life)


def test_a_permanence_plan_is_achieved_by_its_target():
    table = """
    raised     | promised   | answered   | due        | outcome
    2024-01-10 | 2024-05-01 | 2024-05-01 | 2024-05-01 | met
    2024-01-10 | 2024-05-01 | 2024-05-02 | 2024-05-01 | late
    2024-01-10 | 2024-05-01 |            | 2024-05-01 | overdue
    2024-01-10 |            |            |            | not_known"""
    check("permanence-plan-achieved", "2024-06-28", table, asked("permanence_agreed"))


def terms() -> Terms:
    rows = {
        "term": ["spring", "summer", "autumn"],
        "start": [date(2025, 1, 6), date(2025, 4, 22), date(2025, 9, 2)],
        "end": [date(2025, 4, 4), date(2025, 7, 22), date(2025, 12, 19)],
        "half_term_start": [date(2025, 2, 17), date(2025, 5, 26), date(2025, 10, 27)],
        "half_term_end": [date(2025, 2, 21), date(2025, 5, 30), date(2025, 10, 31)],
    }
    return Terms(pl.DataFrame(rows))


SCHOOL = national().with_terms({AUTHORITY: terms()})


def complained(**fixed):
    def life(row):
        told = {f"{name.replace(' ', '_')}_on": value for name, value in row.items() if name not in ("due", "outcome")}
        return {**a_child(), "complaints": [{"received_on": "2024-12-18", **fixed, **told}]}

    return life


def test_stage_1_of_a_complaint():
    table = """
    responded  | extended   | withdrawn  | due        | outcome
    2025-01-06 |            |            | 2025-01-06 | met
    2025-01-07 |            |            | 2025-01-06 | late
               |            |            | 2025-01-06 | overdue
               |            | 2025-01-03 | 2025-01-06 | lapsed
    2025-01-20 | 2025-01-03 |            | 2025-01-06 | lapsed"""
    check("complaint-stage1", "2025-06-30", table, complained())
    extended = """
    responded  | extended   | due        | outcome
    2025-01-20 | 2025-01-03 | 2025-01-20 | met
    2025-01-21 | 2025-01-03 | 2025-01-20 | late
               | 2025-01-03 | 2025-01-20 | overdue
    2025-01-06 |            |            | none"""
    check("complaint-stage1-extended", "2025-06-30", extended, complained())


def test_stages_2_and_3_of_a_complaint():
    stage_2 = """
    stage2 requested | adjudicated | stage2 extended | due        | outcome
    2023-04-03       | 2023-05-12  |                 | 2023-05-12 | met
    2023-04-03       | 2023-05-15  |                 | 2023-05-12 | late
    2023-04-03       |             |                 | 2023-05-12 | overdue
    2023-04-03       | 2023-07-10  | 2023-05-10      | 2023-05-12 | lapsed"""
    check("complaint-stage2", "2025-06-30", stage_2, complained(received_on="2023-03-01"))
    extended = """
    stage2 requested | adjudicated | stage2 extended | due        | outcome
    2023-04-03       | 2023-07-10  | 2023-05-10      | 2023-07-10 | met
    2023-04-03       |             | 2023-05-10      | 2023-07-10 | overdue"""
    check("complaint-stage2-extended", "2025-06-30", extended, complained(received_on="2023-03-01"))
    panel = """
    stage3 requested | panel      | due        | outcome
    2024-08-12       | 2024-09-24 | 2024-09-24 | met
    2024-08-12       | 2024-09-25 | 2024-09-24 | late
    2024-08-12       |            | 2024-09-24 | overdue"""
    check("complaint-stage3-panel", "2025-06-30", panel, complained(received_on="2024-01-03"))
    report = """
    panel      | panel reported | due        | outcome
    2024-03-28 | 2024-04-08     | 2024-04-08 | met
    2024-03-28 |                | 2024-04-08 | overdue"""
    check("complaint-panel-report", "2025-06-30", report, complained(received_on="2024-01-03"))
    final = """
    panel reported | final response | due        | outcome
    2026-12-04     | 2026-12-29     | 2026-12-29 | met
    2026-12-04     |                | 2026-12-29 | overdue"""
    check("complaint-final-response", "2027-01-31", final, complained(received_on="2026-01-05"))


def test_the_right_to_ask_runs_out_and_nobody_is_late():
    table = """
    responded  | stage2 requested | due        | outcome
    2025-07-30 | 2025-08-28       | 2025-08-28 | met
    2025-07-30 |                  | 2025-08-28 | missed
    2025-09-30 |                  | 2025-10-28 | due"""
    check("complaint-stage2-request", "2025-10-01", table, complained())
    table = """
    adjudicated | stage3 requested | due        | outcome
    2025-07-30  | 2025-08-28       | 2025-08-28 | met
    2025-07-30  |                  | 2025-08-28 | missed
    2025-09-30  |                  | 2025-10-28 | due"""
    check("complaint-stage3-request", "2025-10-01", table, complained())


def test_a_complaint_is_brought_within_a_year():
    table = """
    grounds    | received   | due        | outcome
    2023-02-28 | 2024-02-28 | 2024-02-28 | met
    2023-02-28 | 2024-02-29 | 2024-02-28 | late
               | 2024-02-28 |            | none"""
    check("complaint-time-limit", "2025-06-30", table, complained())


def test_a_step_of_adoption_answers_its_papers():
    def life(row):
        taken = [{"decided_on": row["decided"]}] if row["decided"] else []
        return {**asked("adoption_papers")(row), "adoptions": taken}

    table = """
    raised     | decided    | due        | outcome
    2024-12-23 | 2025-01-06 | 2025-01-06 | met
    2024-12-23 | 2025-01-07 | 2025-01-06 | late
    2024-12-23 |            | 2025-01-06 | overdue"""
    check("adoption-adm-decision", "2025-06-30", table, life)


def test_an_order_without_a_limit_is_listed_once_the_council_sets_one():
    def life(row):
        return {**asked("placement_order_applied")(row), "adoptions": days(row["ordered"], "placement_order_on")}

    table = """
    raised     | ordered    | due        | outcome
    2024-01-02 | 2024-07-02 | 2024-07-02 | met
    2024-01-02 |            | 2024-07-02 | overdue"""
    check(
        "placement-order", "2024-12-31", table, life, limits=national().with_own([Limit("placement-order", 26, "week")])
    )
    check("placement-order", "2024-12-31", "raised | ordered | due | outcome\n2024-01-02 | | | none", life)


def test_a_complaint_that_goes_on_leaves_no_step_before_it_open():
    def life(row):
        steps = ("responded", "stage2_requested", "adjudicated", "stage3_requested", "panel", "final_response")
        return {
            **a_child(),
            "complaints": [{"received_on": "2024-02-01", **{f"{each}_on": row.get(each) for each in steps}}],
        }

    first = """
    responded  | stage2_requested | final_response | due        | outcome
               |                  |                | 2024-02-15 | overdue
               | 2024-03-01       |                | 2024-02-15 | missed
               | 2024-02-10       |                | 2024-02-15 | lapsed
    2024-03-05 | 2024-03-01       |                | 2024-02-15 | late
               |                  | 2024-04-01     | 2024-02-15 | missed"""
    check("complaint-stage1", "2024-12-31", first, life)
    second = """
    stage2_requested | adjudicated | stage3_requested | due        | outcome
    2024-03-01       |             |                  | 2024-04-09 | overdue
    2024-03-01       |             | 2024-06-03       | 2024-04-09 | missed"""
    check("complaint-stage2", "2024-12-31", second, life)
    panel = """
    stage3_requested | panel | final_response | due        | outcome
    2024-06-03       |       |                | 2024-07-15 | overdue
    2024-06-03       |       | 2024-09-02     | 2024-07-15 | missed"""
    check("complaint-stage3-panel", "2024-12-31", panel, life)
