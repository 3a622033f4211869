"""Offers: to take part, of a family meeting; made also when they are refused."""

from __future__ import annotations

from hearth.timescales import engine
from tests.timescales.acting import a_child
from tests.timescales.builders import a_record, check, days, in_care


def test_an_offer_that_was_refused_was_made():
    def life(kind, **facts):
        def made(row):
            given = {"kind": kind, "done_on": row["offered"], "is_refused": row["answer"] == "no"}
            return {**a_child(), **facts, "case_actions": [given] if row["offered"] else []}

        return made

    taking_part = """
    offered    | answer | due        | outcome
               |        | 2024-04-03 | overdue
    2024-03-01 | yes    | 2025-03-01 | due
    2024-03-01 | no     | 2025-03-01 | due"""
    check("participation-offer", "2024-12-31", taking_part, life("participation_offered"))
    meeting = """
    offered    | answer | due        | outcome
               |        | 2024-02-26 | overdue
    2024-02-26 | no     | 2024-02-26 | met
    2024-02-27 | no     | 2024-02-26 | late"""
    work = [{"decided_on": "2024-02-05"}]
    check("family-group-conference", "2024-12-31", meeting, life("family_meeting_offered", pre_proceedings=work))


def test_a_refusal_stands_with_the_offer_that_was_refused_and_not_with_the_next():
    offers = [{"kind": "participation_offered", "done_on": "2024-03-01", "is_refused": True}]
    found = engine.occurrences(a_record({**a_child(), "case_actions": offers}), ["participation-offer"])
    assert [str(day) for day in found["refused_on"]] == ["2024-03-01", "None"]


def test_who_leaves_care_to_be_a_care_leaver_goes_on_being_invited_each_year_to_21():
    def life(row):
        return {
            "people": [{"born_on": row["born"]}],
            "episodes": [in_care("2020-01-06", row["left"])],
            "case_actions": days(row["offered"], "done_on", kind="participation_offered"),
        }

    table = """
    born       | left       | offered    | due        | outcome
    2006-05-10 | 2024-05-10 | 2023-09-01 | 2024-09-01 | overdue
    2006-05-10 | 2024-05-10 | 2024-09-01 | 2025-09-01 | due
    2003-11-10 | 2021-11-10 | 2024-02-01 | 2025-02-01 | lapsed
    2012-05-10 | 2024-05-10 | 2023-09-01 | 2024-09-01 | lapsed
    2012-05-10 |            | 2023-09-01 | 2024-09-01 | overdue"""
    check("participation-offer", "2024-12-31", table, life)
