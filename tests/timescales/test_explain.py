"""Why something is owed, in sentences that a worker can check by hand."""

from __future__ import annotations

from datetime import date

import pytest

from hearth.timescales.catalogue import DUTIES
from hearth.timescales.explain import RULES, explain
from hearth.timescales.limits import Limit, national
from tests.timescales.builders import a_record, days, drawn, in_care

RECORD = a_record(
    {
        "people": [{}],
        "episodes": [in_care("2024-02-01")],
        "reviews": days("2024-02-29", "held_on"),
        "health_assessments": days("2024-03-02", "assessed_on", status="Refused"),
    }
)


def test_the_chain_runs_from_the_trigger_to_the_due_day():
    told = explain(RECORD, "1", "review-first", date(2024, 3, 31)).splitlines()
    assert told[1:5] == [
        "1. Counted from 1 February 2024 (date child becomes looked after).",
        "   Due 20 working days later, by 29 February 2024 (rules R1 R2 R8).",
        "   Done on 29 February 2024.",
        "   So it is met.",
    ]
    assert "Law: CPPCR 2010 reg 33(1) (statutory)." in told


def test_what_is_not_done_says_when_it_lapses_and_what_was_refused():
    told = explain(RECORD, "1", "health-initial", date(2024, 3, 31))
    assert "Not done. It was refused on 2 March 2024. It lapses on 10 May 2030." in told
    assert "So it is overdue." in told


def test_as_of_a_day_nothing_later_is_told():
    assert "Not done." in explain(RECORD, "1", "review-first", date(2024, 2, 28))


@pytest.mark.parametrize(
    ("child", "duty", "sentence"),
    [
        ("1", "review-second", "by 29 May 2024"),
        ("1", "pa-support-21-offer", "not computed, because needs case actions (support offered)"),
        ("1", "staying-close", "not computed, because needs case actions (staying close assessed)"),
        ("2", "review-first", "nothing has been owed so far"),
    ],
)
def test_each_answer_is_a_sentence(child: str, duty: str, sentence: str):
    assert sentence in explain(RECORD, child, duty, date(2024, 3, 31))


WHAT = """
    duty                         | as of      | sentence
    allocated-social-worker      | 2025-06-30 | Counted from 3 March 2025 (care began, or the last social worker left).
    health-notification-new      | 2025-06-30 | Counted from 20 March 2025 (a placement began, or care ended).
    placement-notification       | 2025-06-30 | Counted from 20 March 2025 (a placement began, or care ended).
    immunisations                | 2025-06-30 | Counted from 10 February 2025 (health assessment).
    optician-check               | 2026-06-30 | Counted from 3 February 2025 (care began).
    sdq-annual                   | 2026-06-30 | Counted from 3 February 2025 (care began).
    rights-information           | 2026-06-30 | Counted from 10 February 2025 (the day it was last done).
    independent-advocacy         | 2025-02-03 | Counted from 3 February 2025 (entry to care).
    independent-advocacy         | 2025-06-30 | Counted from 14 February 2025 (review).
    health-passport              | 2028-06-30 | Counted from 10 May 2030 (18th birthday)."""
MOVED = {
    "people": [{}],
    "episodes": [
        in_care("2025-02-03", "2025-03-20") | {"reason_ended": "X1"},
        in_care("2025-03-20", reason_started="P", placement_postcode="NR9 9ZZ"),
    ],
    "reviews": days("2025-02-14", "held_on"),
    "allocations": [{"started_on": "2025-02-03", "ended_on": "2025-03-03"}],
    "health_assessments": days("2025-02-10", "assessed_on"),
    "case_actions": days("2025-02-10", "done_on", kind="rights_explained"),
    "notifications": [],
    "advocacy_offers": [],
}


def test_it_is_said_of_each_link_what_it_is_counted_from():
    record = a_record(MOVED)
    for row in drawn(WHAT):
        told = explain(record, "1", row["duty"], date.fromisoformat(row["as of"]))
        assert row["sentence"] in told, told


def test_every_rule_that_a_duty_names_has_its_words():
    assert {rule for duty in DUTIES.values() for rule in duty.rules.split()} <= set(RULES)


CHAIN = a_record(
    {
        "people": [{}],
        "episodes": [in_care("2022-02-01")],
        "reviews": days("2022-03-01, 2022-06-01, 2022-11-30, 2023-05-30", "held_on"),
    }
)


def test_the_links_before_are_told_with_what_was_done():
    told = explain(CHAIN, "1", "review-subsequent", date(2023, 6, 30))
    first, second = told.index("1. First review: counted"), told.index("2. Second review: counted")
    assert "Done on 1 March 2022." in told[first:second] and "Done on 1 June 2022." in told[second:]
    assert "3. Counted from 1 June 2022 (date of previous review)." in told


def test_the_limit_is_told_with_whose_it_is_and_since_when():
    own = national().with_own([Limit("review-subsequent", 5, "month", valid_from=date(2022, 10, 1))])
    told = explain(CHAIN, "1", "review-subsequent", date(2023, 6, 30), limits=own)
    assert "Limit review-subsequent: 6 months (national, statutory)." in told
    own_since = "Limit review-subsequent: 5 months (the council's own, for what is counted from 1 October 2022 on)."
    assert own_since in told and "Due 5 months later, by 30 April 2023" in told


def test_of_a_long_chain_the_first_and_the_last_links_are_printed():
    weekly = [date.fromordinal(date(2022, 2, 8).toordinal() + 28 * n).isoformat() for n in range(20)]
    record = a_record(
        {"people": [{}], "episodes": [in_care("2022-02-01")], "visits": days(", ".join(weekly), "visited_on")}
    )
    told = explain(record, "1", "visit-after-year-other", date(2023, 8, 1))
    assert "more, each counted in the same way" in told
    assert "1. " in told and f"{len(weekly) + 1}. Counted from" in told
