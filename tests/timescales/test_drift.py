"""Each rule of drift notices a journey that stands still, from the day it does, and no other."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hearth.measures import engine as measures
from hearth.measures.periods import series
from hearth.timescales.drift.catalogue import DRIFTS
from hearth.timescales.drift.engine import drifting, stages
from hearth.timescales.limits import Limit, national
from hearth.timescales.worklist import Only
from tests.timescales.builders import a_record, days, in_care, together

CHILD = {"people": [{"born_on": "2015-05-10"}], "episodes": [in_care("2025-01-06")]}
V2 = {"people": [{"born_on": "2015-05-10"}], "episodes": [in_care("2025-01-06", legal_status="V2")]}
HOME = {
    "people": [{"born_on": "2015-05-10"}],
    "episodes": [in_care("2025-01-06", placement_type="P1")],
    "case_actions": [{"kind": "home_order_reviewed", "done_on": "2025-03-01"}],
}
REVIEWED = {**CHILD, "reviews": days("2025-02-03, 2025-05-01", "held_on"), "permanence_plans": []}
AWAY = [
    {"started_on": f"2025-0{month}-01", "ended_on": f"2025-0{month}-02", "interview_held_on": None}
    for month in (3, 4, 5)
]
DECIDED = {"reviewed_on": "2025-02-03", "decision": "Book a dental check", "due_on": "2025-03-03"}
"""At the review of 3 February; two more are held on 1 May and 1 October."""
CASES = [
    # rule, life, first day on which it stands still
    ("section-20", V2, "2025-04-07"),
    ("no-permanence-plan", REVIEWED, "2025-05-02"),
    (
        "placement-order-unmatched",
        {**CHILD, "adoptions": [{"decided_on": "2025-02-01", "placement_order_on": "2025-03-01"}]},
        "2025-09-02",
    ),
    ("proceedings-26-weeks", {**CHILD, "proceedings": [{"issued_on": "2025-01-06"}]}, "2025-07-07"),
    (
        "plan-unchanged",
        {**CHILD, "care_plans": days("2025-01-20", "started_on"), "reviews": days("2025-02-03, 2025-05-01", "held_on")},
        "2025-05-01",
    ),
    (
        "decisions-unmet",
        {
            **CHILD,
            "reviews": days("2025-02-03, 2025-05-01, 2025-10-01", "held_on"),
            "review_decisions": [DECIDED],
        },
        "2025-10-01",
    ),
    ("care-order-home-unreviewed", HOME, "2025-09-02"),
    ("no-worker-contact", {**CHILD, "visits": days("2025-01-10", "visited_on")}, "2025-04-12"),
    (
        "high-sdq-no-follow-up",
        {**CHILD, "sdq_scores": [{"completed_on": "2025-02-03", "score": 17}], "case_actions": []},
        "2025-03-04",
    ),
    ("missing-no-interview", {**CHILD, "missing_episodes": AWAY}, "2025-05-06"),
]


def still(life, rule: str, day: str) -> bool:
    found = drifting(a_record(life), date.fromisoformat(day), rules=[rule])
    return found.height == 1


@pytest.mark.parametrize(("rule", "life", "first"), CASES)
def test_a_journey_stands_still_from_the_day_after_its_limit(rule, life, first):
    before = date.fromordinal(date.fromisoformat(first).toordinal() - 1).isoformat()
    assert (still(life, rule, before), still(life, rule, first)) == (False, True)


def test_every_rule_has_its_case():
    assert {rule for rule, *_ in CASES} == set(DRIFTS)


@pytest.mark.parametrize(
    ("rule", "life"),
    [
        ("section-20", {**V2, "episodes": [in_care("2025-01-06", "2025-03-01", legal_status="V2")]}),
        ("section-20", {**V2, "people": [{"born_on": "2009-02-01"}]}),  # 16 in February: agrees itself
        ("section-20", {**V2, "unaccompanied": [{"started_on": "2025-01-06"}]}),
        ("no-permanence-plan", {**REVIEWED, "permanence_plans": [{"recorded_on": "2025-04-30"}]}),
        ("plan-unchanged", {**CASES[4][1], "care_plans": days("2025-01-20, 2025-02-10", "started_on")}),
        ("no-worker-contact", {**CHILD, "visits": days("2025-01-10, 2025-04-10", "visited_on")}),
        ("high-sdq-no-follow-up", {**CASES[7][1], "sdq_scores": [{"completed_on": "2025-02-03", "score": 16}]}),
        (
            "high-sdq-no-follow-up",
            {**CASES[7][1], "case_actions": [{"kind": "sdq_followed_up", "done_on": "2025-02-20"}]},
        ),
        (
            "missing-no-interview",
            {**CHILD, "missing_episodes": [{**AWAY[0], "interview_held_on": "2025-03-03"}, *AWAY[1:]]},
        ),
        ("missing-no-interview", {**CHILD, "missing_episodes": AWAY[:2]}),
    ],
)
def test_a_journey_that_moves_on_or_is_exempt_does_not(rule, life):
    assert not still(life, rule, "2025-05-06")


@pytest.mark.parametrize(
    ("decision", "is_still"),
    [
        ({}, True),
        ({"due_on": None}, True),  # by the next review
        ({"due_on": "2025-10-01"}, False),  # one review since then
        ({"due_on": "2025-05-02"}, False),
        ({"done_on": "2025-10-01"}, False),  # on the very day of the second review
        ({"done_on": "2025-09-30"}, False),
        ({"done_on": "2025-10-02"}, True),
        ({"is_dropped": True}, False),
        ({"reviewed_on": "2025-05-01"}, False),  # one review since then
    ],
)
def test_a_decision_stands_still_once_two_reviews_found_it_undone(decision, is_still):
    reviews = days("2025-02-03, 2025-05-01, 2025-10-01", "held_on")
    life = {**CHILD, "reviews": reviews, "review_decisions": [{**DECIDED, **decision}]}
    assert still(life, "decisions-unmet", "2025-10-01") is is_still


def test_a_councils_own_limit_moves_the_day():
    own = national().with_own([Limit("s20-drift-review", 6, "week")])
    found = drifting(a_record(V2), date(2025, 2, 18), rules=["section-20"], limits=own)
    assert found["why"].to_list() == [
        "Looked after under section 20 since 6 January 2025, no other legal basis. "
        "The limit is 6 weeks: it has stood still for 1 day."
    ]


def test_the_words_of_a_limit_are_those_of_the_childs_council_and_day():
    own = national().with_own(
        [
            Limit("s20-drift-review", 6, "week", authority="E10000099"),
            Limit("s20-drift-review", 8, "week", valid_from=date(2025, 1, 7)),
        ]
    )
    found = drifting(a_record(V2), date(2025, 4, 7), rules=["section-20"], limits=own)
    assert found["why"].to_list()[0].endswith("The limit is 3 months: it has stood still for 1 day.")


def test_the_list_is_the_longest_first_and_can_be_of_a_team_or_a_family():
    held = {"worker_id": "w1", "team": "North", "started_on": "2025-01-06"}
    one = {**V2, "allocations": [held], "people": [{"born_on": "2015-05-10", "family_id": "F1"}]}
    other = {**V2, "episodes": [in_care("2024-01-06", legal_status="V2")]}
    record = a_record(together(one, other))
    rows = drifting(record, date(2025, 6, 1), rules=["section-20"])
    assert rows["child_id"].to_list() == ["2", "1"]
    for only in (Only(team="North"), Only(worker="w1"), Only(siblings="F1"), Only(siblings="1"), Only(child="1")):
        assert drifting(record, date(2025, 6, 1), rules=["section-20"], only=only)["child_id"].to_list() == ["1"]


@pytest.mark.parametrize(("rule", "life", "first"), CASES)
def test_the_measure_counts_the_list(rule, life, first):
    record, day = a_record(life), date.fromisoformat(first)
    (row,) = measures.measure(record, series(day, 1, "12m"), only=[f"drift-{rule}"]).iter_rows(named=True)
    assert (row["numerator"], row["denominator"]) == (1, 1)


def test_a_source_without_the_tables_says_so_and_lists_nobody():
    record = a_record(V2, without=["proceedings"])
    assert stages(record, DRIFTS["proceedings-26-weeks"], [date(2025, 6, 1)]).is_empty()
    (row,) = measures.measure(record, series(date(2025, 6, 1), 1, "12m"), only=["drift-proceedings-26-weeks"]).rows(
        named=True
    )
    assert "proceedings" in row["unavailable"]


def test_nothing_later_than_the_day_is_known():
    seen_later = {**CHILD, "visits": days("2025-01-10, 2025-06-01", "visited_on")}
    assert still(seen_later, "no-worker-contact", "2025-05-31")
    assert not still(seen_later, "no-worker-contact", "2025-06-01")
    assert pl.Series(list(DRIFTS)).is_unique().all()
