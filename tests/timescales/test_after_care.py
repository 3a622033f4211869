"""What is owed of a child in care ends when care does (R14): it is missed, or lapses, and is on no list."""

from __future__ import annotations

from datetime import date

import pytest

from hearth.timescales import engine
from tests.timescales.builders import Tables, a_record, check, days, drawn, in_care, standing

LEFT = {"people": [{}], "episodes": [in_care("2024-01-03", "2024-06-03")]}
AS_OF = date(2025, 6, 30)


def asked(kind: str, raised: str = "2024-05-01") -> Tables:
    return {**LEFT, "requests": [{"kind": kind, "raised_on": raised}]}


def sent_home(kind: str) -> Tables:
    return {**LEFT, "suspensions": [{"kind": kind, "started_on": "2024-05-01"}]}


RISK = {"kind": "exploitation", "assessed_on": "2024-05-02", "level": "high"}
GONE: Tables = {**LEFT, "missing_episodes": [{"started_on": "2024-05-01"}], "case_actions": [], "notifications": []}
OPEN_WHEN_CARE_ENDS = {
    "review-brought-forward": (asked("review_early"), "2024-05-16", "missed"),
    "visit-after-poor-visit": (asked("poor_visit"), "2024-05-16", "missed"),
    "placement-end-review": (
        {**LEFT, "requests": [{"kind": "placement_ending", "raised_on": "2024-05-01", "promised_on": "2024-05-20"}]},
        "2024-05-20",
        "missed",
    ),
    "visit-on-request": (asked("visit"), "2024-05-09", "missed"),
    "visit-after-ofsted-notice": (asked("home_notice"), "2024-05-08", "missed"),
    "iro-escalation": (asked("iro_dispute", "2024-05-28"), "2024-06-25", "lapsed"),
    "visit-seen-alone": (
        {**LEFT, "visits": [{"visited_on": "2024-05-01", "is_seen_alone": False}]},
        "2024-05-01",
        "missed",
    ),
    "dol-order-tracked": (
        {**LEFT, "deprivations_of_liberty": days("2024-05-01", "started_on"), "case_actions": []},
        "2024-05-01",
        "missed",
    ),
    "exploitation-risk-assessment": (
        {**asked("exploitation_concern"), "risk_assessments": [RISK]},
        "2024-08-02",
        "lapsed",
    ),
    "missing-notify-police": (GONE, "2024-05-01", "missed"),
    "missing-strategy-meeting": (GONE, "2024-05-03", "missed"),
    "unauthorised-absence-10": ({**LEFT, "unauthorised_absences": days("2024-05-01", "started_on")}, None, "not_known"),
    "suspension-education": (sent_home("suspension"), None, "not_known"),
    "exclusion-response": (sent_home("exclusion"), None, "not_known"),
}


@pytest.mark.parametrize("duty", OPEN_WHEN_CARE_ENDS)
def test_what_is_open_when_care_ends_is_owed_no_more(duty: str):
    life, due, outcome = OPEN_WHEN_CARE_ENDS[duty]
    found = engine.occurrences(a_record(life), [duty])
    assert standing(engine.as_of(found, [AS_OF]), duty) == (due, outcome)
    assert engine.current(found, [date(2024, 6, 2)]).height >= 1
    assert engine.current(found, [date(2024, 6, 3)]).is_empty()


def test_a_concern_about_harm_and_the_record_of_an_absence_outlast_care():
    for duty, life in {"strategy-discussion": asked("significant_harm"), "missing-episode-recorded": GONE}.items():
        assert standing(engine.as_of(engine.occurrences(a_record(life), [duty]), [AS_OF]), duty)[1] == "overdue"


def test_a_visit_after_care_answers_no_request_made_in_care():
    row = {**asked("visit"), "visits": days("2024-07-01", "visited_on")}
    found = engine.as_of(engine.occurrences(a_record(row), ["visit-on-request"]), [AS_OF])
    assert standing(found, "visit-on-request") == ("2024-05-09", "missed")


SENT_HOME = """
    kind       | from       | to         | as of      | open
    suspension | 2024-05-01 | 2024-05-01 | 2024-05-01 | yes
    suspension | 2024-05-01 | 2024-05-01 | 2024-05-02 | no
    suspension | 2024-05-01 | 2024-05-07 | 2024-05-07 | yes
    suspension | 2024-05-01 | 2024-05-07 | 2024-05-08 | no
    exclusion  | 2024-05-01 | 2024-05-01 | 2024-05-01 | yes
    exclusion  | 2024-05-01 | 2024-05-01 | 2024-05-02 | no
    exclusion  | 2024-05-01 | 2024-05-07 | 2024-05-06 | yes
    exclusion  | 2024-05-01 | 2024-05-07 | 2024-05-07 | no"""


def test_a_suspension_is_over_after_its_last_day_and_an_exclusion_once_it_is_overturned():
    for row in drawn(SENT_HOME):
        told = {"kind": row["kind"], "started_on": row["from"], "ended_on": row["to"]}
        life = {"people": [{}], "episodes": [in_care("2024-01-03")], "suspensions": [told]}
        found = engine.occurrences(a_record(life), ["suspension-education", "exclusion-response"])
        stands = engine.current(found, [date.fromisoformat(str(row["as of"]))])
        assert (not stands.is_empty()) == (row["open"] == "yes"), row


def test_a_care_leaver_who_complains_is_offered_an_advocate_until_25():
    """Born on New Year's Day 2005, in care to the 18th birthday (Children Act 1989 s26A)."""

    def life(row):
        return {
            "people": [{"born_on": "2005-01-01"}],
            "episodes": [in_care("2022-12-20", "2023-01-01")],
            "complaints": [{"received_on": row["received"]}],
            "advocacy_offers": days(row["offered"], "offered_on", occasion="complaint"),
        }

    table = """
    received   | offered    | due        | outcome
    2029-12-31 | 2029-12-31 | 2029-12-31 | met
    2029-12-31 |            | 2029-12-31 | missed
    2024-05-01 | 2024-05-02 | 2024-05-01 | late
    2030-01-01 |            | 2023-01-20 | lapsed"""
    check("independent-advocacy", "2030-01-31", table, life)
    open_in_care = """
    received   | offered    | due        | outcome
    2024-05-01 |            | 2024-05-01 | overdue"""
    check("independent-advocacy", "2024-05-20", open_in_care, life)


def test_special_needs_are_followed_while_the_child_is_ours_and_on_to_25_for_care_leavers():
    """A plan of January 2021, reviewed each year: of a child who went home young it is no longer ours to review."""

    def life(row):
        return {
            "people": [{"born_on": row["born"]}],
            "episodes": [in_care("2020-01-03", row["left"])],
            "ehc_plans": [{"started_on": "2021-01-04", "reviewed_on": row["reviewed"]}],
            "ehc_requests": [],
        }

    table = """
    born       | left       | reviewed   | due        | outcome
    2014-05-10 |            | 2022-01-04 | 2023-01-04 | overdue
    2014-05-10 | 2022-06-03 | 2022-01-04 | 2023-01-04 | lapsed
    2014-05-10 | 2023-06-05 | 2022-01-04 | 2023-01-04 | missed
    2014-05-10 | 2020-12-01 |            |            | none
    2005-05-10 | 2023-05-10 | 2022-01-04 | 2023-01-04 | overdue"""
    check("ehc-assessment", "2024-06-28", table, life)
