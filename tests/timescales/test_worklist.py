"""The worklist and the catalogue: what a worker and a reader see of the duties."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hearth.timescales import duty
from hearth.timescales.catalogue import DUTIES, frame
from hearth.timescales.duty import words
from hearth.timescales.limits import national
from hearth.timescales.whose import owned_by
from hearth.timescales.worklist import due_list
from tests.timescales.builders import SHARED, a_record, days, in_care, together

DAY = date(2024, 3, 11)
RECORD = a_record(
    together(
        {
            "people": [{}],
            "episodes": [in_care("2024-02-01")],
            "visits": days("2024-02-08", "visited_on"),
            "allocations": [
                *days("2024-02-01", "started_on"),
                *days("2024-02-01", "started_on", role="reviewing_officer", worker_id="w2"),
            ],
            "care_plans": days("2024-02-10", "started_on"),
            "health_assessments": days("2024-03-09", "assessed_on", status="Refused"),
        }
    )
)


def rows(**asked):
    return due_list(RECORD, DAY, **asked).select("duty", "status", "due_on").rows()


def test_the_list_opens_with_what_is_overdue_and_then_goes_by_day():
    assert rows() == [
        ("health-initial", "overdue", date(2024, 2, 29)),
        ("review-first", "overdue", date(2024, 2, 29)),
        ("visit-year-one", "due", date(2024, 3, 21)),
        ("dental-check", "due", date(2024, 5, 1)),
        ("sdq-annual", "due", date(2025, 2, 1)),
    ]


def test_only_what_falls_due_soon_can_be_asked_for():
    assert [row[0] for row in rows(days=10)] == ["health-initial", "review-first", "visit-year-one"]
    assert [row[0] for row in rows(days=9)] == ["health-initial", "review-first"]


def test_history_shows_every_occurrence_so_far():
    found = rows(history=True)
    assert ("visit-placement-start", "met", date(2024, 2, 8)) in found
    assert ("care-plan-initial", "met", date(2024, 2, 15)) in found
    assert len(found) == 10


@pytest.mark.parametrize(
    ("owner", "duties"),
    [
        ("reviewing officer", ["review-first"]),
        ("Nurse", ["health-initial", "sdq-annual"]),
        ("carer", ["dental-check", "sdq-annual"]),
        ("harbour master", []),
    ],
)
def test_a_role_sees_its_own_duties(owner: str, duties: list[str]):
    assert [row[0] for row in rows(owner=owner)] == duties


def test_each_line_says_why_in_a_sentence_and_names_the_worker():
    first = due_list(RECORD, DAY).row(0, named=True)
    assert first["why"] == (
        "Child becomes looked after on 1 February 2024; due by 29 February 2024 and not done, 11 days overdue."
    )
    assert (first["worker_id"], first["team"], first["note"]) == ("w1", "North", "refused on 2024-03-09")
    assert first["title"] == "Initial health assessment and report"


def test_every_role_word_finds_a_duty():
    for role in ("social worker", "reviewing officer", "personal adviser", "nurse", "health", "manager", "carer"):
        assert owned_by(role), role


def test_the_catalogue_holds_every_duty_of_the_handbook_in_its_own_words():
    handbook = SHARED / "domain" / "timescales.csv"
    if not handbook.exists():
        pytest.skip("the handbook is not beside the project")
    ours = Path(duty.__file__).with_name("duties.csv")
    assert ours.read_text(encoding="utf-8") == handbook.read_text(encoding="utf-8")
    assert frame().height == 164


def test_every_declared_duty_stands_in_the_handbook_and_its_limits_are_data():
    for declared in DUTIES.values():
        assert declared.id in words()
        for limit, _ in declared.cases:
            assert national().of(limit)


def test_a_duty_without_a_number_says_what_it_waits_for():
    told = dict(frame().select("id", "computed").rows())
    assert told["review-first"] == "yes"
    assert told["staying-close"].startswith("once a council gives its limit a number")
    assert all(
        answer == "yes" or answer.startswith("once a council gives its limit a number: ") for answer in told.values()
    )
