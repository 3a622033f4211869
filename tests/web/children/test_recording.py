"""How a record is written: all or nothing, one line in the log, a version kept, and nobody's work overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from hearth.web.access.models import AuditEvent
from hearth.web.children import actions, frames, recording
from hearth.web.children.conflict import Conflict
from hearth.web.children.models import Allocation, CarePlan, Child, PermanencePlan, ReviewDecision, Visit
from hearth.web.education.actions import grade_education_plan, record_education_plan
from hearth.web.health.actions import record_health_assessment
from hearth.web.safety.actions import record_missing, record_return, record_return_interview

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
MARCH = date(2025, 3, 3)


def log() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("what", flat=True))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[set[int], set[str]]]]:
    """What the derived stores were told."""
    heard: list[tuple[set[int], set[str]]] = []
    monkeypatch.setattr(recording, "_IN_STEP", [lambda children, tables: heard.append((set(children), set(tables)))])
    return heard


def test_a_visit_is_one_row_one_version_one_line_in_the_log(a_child: Build, a_user: Build, told: list[Any]) -> None:
    child, worker = a_child(), a_user()
    visit = actions.record_visit(child=child, by=worker, visited_on=MARCH, is_seen=True, is_seen_alone=True)
    event = AuditEvent.objects.get()
    assert (event.what, event.user, event.child_id) == ("visit recorded", worker, child.pk)
    assert event.details == {"rows": [["visits", visit.pk, "+"]]}
    assert (visit.recorded_by, visit.source, visit.revision) == (worker, "hearth", 1)
    assert [row.history_user for row in visit.history.all()] == [worker]
    assert told == [({child.pk}, {"visits"})]


@pytest.mark.parametrize(
    ("is_seen", "is_seen_alone", "stored"),
    [(True, True, (True, True)), (True, None, (True, None)), (False, True, (False, False)), (None, None, (None, None))],
)
def test_a_child_who_was_not_seen_was_not_seen_alone(
    a_child: Build, a_user: Build, is_seen: bool | None, is_seen_alone: bool | None, stored: tuple[bool | None, ...]
) -> None:
    facts = {"is_seen": is_seen, "is_seen_alone": is_seen_alone}
    visit = actions.record_visit(child=a_child(), by=a_user(), visited_on=MARCH, **facts)
    assert (visit.is_seen, visit.is_seen_alone) == stored


def test_an_act_that_fails_leaves_nothing(a_child: Build, a_user: Build, told: list[Any]) -> None:
    child, worker = a_child(), a_user()
    with pytest.raises(ValidationError), recording.writing(child, worker, "two visits recorded") as act:
        act.add(Visit(child=child, visited_on=MARCH))
        act.add(Visit(child=child))
    assert (Visit.everything.count(), Visit.history.count(), log(), told) == (0, 0, [], [])


def test_a_store_that_cannot_follow_undoes_the_act(
    a_child: Build, a_user: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("no room")

    monkeypatch.setattr(recording, "_IN_STEP", [fails])
    child, worker = a_child(), a_user()
    with pytest.raises(RuntimeError):
        actions.record_visit(child=child, by=worker, visited_on=MARCH)
    assert (Visit.everything.count(), log()) == (0, [])


def test_a_correction_says_why_and_who(a_child: Build, a_user: Build, told: list[Any]) -> None:
    child, worker, manager = a_child(), a_user(), a_user(role="team_manager")
    visit = actions.record_visit(child=child, by=worker, visited_on=MARCH, is_seen=True)
    after = actions.correct(visit, by=manager, why="Wrong day", seen_revision=1, visited_on=date(2025, 3, 4))
    newest, oldest = after.history.all()
    assert (newest.visited_on, newest.history_user, newest.history_change_reason) == (
        date(2025, 3, 4),
        manager,
        "Wrong day",
    )
    assert (oldest.visited_on, oldest.history_user) == (MARCH, worker)
    assert (after.revision, after.recorded_by, log()) == (2, worker, ["visit recorded", "visit corrected"])
    assert len(told) == 2


def test_a_correction_that_changes_nothing_is_none(a_child: Build, a_user: Build, told: list[Any]) -> None:
    visit = actions.record_visit(child=a_child(), by=a_user(), visited_on=MARCH)
    actions.correct(visit, by=a_user(), why="Looked again", visited_on=MARCH)
    assert (visit.history.count(), log(), len(told)) == (1, ["visit recorded"], 1)


@pytest.mark.parametrize("why", ["", "  "])
def test_a_correction_without_a_reason_is_refused(a_child: Build, a_user: Build, visited: Build, why: str) -> None:
    visit = visited(a_child(), MARCH)
    for verb in (actions.correct, actions.withdraw):
        with pytest.raises(ValidationError, match="Say why"):
            verb(visit, by=a_user(), why=why)


def test_a_row_withdrawn_counts_no_more_and_cannot_be_corrected(
    a_child: Build, a_user: Build, visited: Build, told: list[Any]
) -> None:
    child, worker = a_child(), a_user()
    visit = visited(child, MARCH)
    actions.withdraw(visit, by=worker, why="Another child's visit")
    assert (Visit.objects.count(), Visit.everything.count(), log()) == (0, 1, ["visit withdrawn"])
    assert told == [({child.pk}, {"visits"})]
    with pytest.raises(ValidationError, match="was withdrawn: record it again"):
        actions.correct(visit, by=worker, why="Mine after all", visited_on=MARCH)


def test_the_place_of_a_withdrawn_row_may_be_taken(a_child: Build, a_user: Build, placed: Build) -> None:
    child, worker = a_child(), a_user()
    actions.withdraw(placed(child), by=worker, why="Never came into care")
    again = {"legal_status": "V2", "category_of_need": "N1", "placement_type": "U6"}
    assert actions.start_care(child=child, by=worker, started_on=date(2024, 1, 1), **again).pk


def test_two_people_at_once_see_both_versions(a_child: Build, a_user: Build) -> None:
    first, second = a_user(), a_user()
    visit = actions.record_visit(child=a_child(), by=first, visited_on=MARCH, is_seen=True, concerns="Thin")
    actions.correct(visit, by=first, why="Day", seen_revision=1, visited_on=date(2025, 3, 5), concerns="Very thin")
    mine = {"visited_on": date(2025, 3, 4), "concerns": "Thin", "child_views": "Likes school", "is_seen": True}
    with pytest.raises(Conflict) as found:
        actions.correct(visit, by=second, why="Views", seen_revision=1, **mine)
    both = {row.column: (row.seen, row.theirs, row.yours, row.is_clash) for row in found.value.differences}
    assert both == {
        "visited_on": (MARCH, date(2025, 3, 5), date(2025, 3, 4), True),
        "concerns": ("Thin", "Very thin", "Thin", False),
        "child_views": ("", "", "Likes school", False),
    }
    assert [row.words for row in found.value.clashes] == ["day of the visit"]
    kept = {"concerns": "Very thin", "child_views": "Likes school", "is_seen": True}
    assert found.value.merged == {"visited_on": date(2025, 3, 4), **kept}
    current = Visit.objects.get()
    assert (current.visited_on, current.child_views, current.revision) == (date(2025, 3, 5), "", 2)
    merged = actions.correct(visit, by=second, why="Views", seen_revision=2, **found.value.merged)
    assert (merged.revision, merged.concerns, merged.child_views) == (3, "Very thin", "Likes school")


def test_a_visit_to_brothers_and_sisters_is_recorded_once(a_child: Build, a_user: Build, told: list[Any]) -> None:
    worker, family = a_user(), [a_child(family_id="F1") for _ in range(3)]
    visits = actions.together(family, actions.record_visit, by=worker, visited_on=MARCH, is_seen=True)
    assert [visit.child for visit in visits] == family
    assert list(AuditEvent.objects.order_by("child_id").values_list("child_id", flat=True)) == [c.pk for c in family]
    assert len(told) == 3


def test_brothers_and_sisters_all_or_none(a_child: Build, a_user: Build, placed: Build) -> None:
    worker, family = a_user(), [a_child(family_id="F1") for _ in range(2)]
    placed(family[1])
    care = {"started_on": MARCH, "legal_status": "V2", "category_of_need": "N1", "placement_type": "U6"}
    with pytest.raises(ValidationError), transaction.atomic():
        actions.together(family, actions.start_care, by=worker, **care)
    assert (family[0].episode_set.count(), log()) == (0, [])


def test_a_child_is_given_the_authoritys_next_identifier(a_user: Build, a_child: Build, told: list[Any]) -> None:
    worker = a_user()
    given = [actions.create_child(by=worker, authority="E10000020", first_names="Mia").child_id for _ in range(2)]
    assert given == ["H000001", "H000002"]
    assert actions.create_child(by=worker, authority="E10000021").child_id == "H000001"
    assert AuditEvent.objects.filter(what="child added").count() == len(told) == 3
    assert set(AuditEvent.objects.values_list("child_id", flat=True)) == set(Child.objects.values_list("pk", flat=True))
    with pytest.raises(ValidationError, match="has this identifier"):
        actions.create_child(by=worker, authority="E10000020", child_id="H000001")


def test_a_child_withdrawn_is_gone_from_what_is_worked_out(a_child: Build, a_user: Build, visited: Build) -> None:
    child, worker = a_child(child_id="0042"), a_user()
    visited(child, MARCH)
    actions.withdraw(child, by=worker, why="Entered twice")
    assert [frames.record_of(who)[name].height for who in (None, [child.pk]) for name in ("people", "visits")] == [
        0
    ] * 4
    with pytest.raises(ValidationError, match="0042 belonged to a child withdrawn"):
        actions.create_child(by=worker, authority=child.authority, child_id="0042")


def test_names_change_and_the_old_ones_are_kept(a_user: Build, a_child: Build) -> None:
    child = actions.change_child(a_child("Mia", "Jones"), by=a_user(), last_names="Lee", pronouns="they, them")
    assert (child.name, [row.last_names for row in child.history.all()]) == ("Mia Lee", ["Lee", "Jones"])


@pytest.mark.parametrize(
    ("role", "started_on", "workers"),
    [
        ("social_worker", MARCH, ["W1 01 Jan-03 Mar", "W2 03 Mar-"]),
        ("reviewing_officer", MARCH, ["W1 01 Jan-", "W2 03 Mar-"]),
    ],
)
def test_the_worker_before_ends_when_another_is_allocated(
    a_child: Build, a_user: Build, role: str, started_on: date, workers: list[str]
) -> None:
    child, manager = a_child(), a_user(role="team_manager")
    before = {"worker_id": "W1", "role": "social_worker", "started_on": date(2025, 1, 1)}
    actions.allocate(child=child, by=manager, **before)
    actions.allocate(child=child, by=manager, worker_id="W2", role=role, started_on=started_on)
    rows = Allocation.objects.filter(child=child).order_by("worker_id")
    assert [
        f"{r.worker_id} {r.started_on:%d %b}-{r.ended_on or '':%d %b}"
        if r.ended_on
        else f"{r.worker_id} {r.started_on:%d %b}-"
        for r in rows
    ] == workers


@pytest.mark.parametrize(
    ("said", "loaded", "role", "registration"),
    [
        ("SW1", None, "social_worker", "SW1"),
        ("SW1", "SW2", "social_worker", "SW1"),
        ("", "SW2", "social_worker", "SW2"),
        ("", None, "social_worker", None),
        ("SW1", "SW2", "reviewing_officer", None),
    ],
)
def test_a_social_worker_is_allocated_with_the_registration_the_record_has(
    a_child: Build, a_user: Build, allocated: Build, said: str, loaded: str | None, role: str, registration: str | None
) -> None:
    child, manager, worker = a_child(), a_user(role="team_manager"), a_user(registration=said)
    allocated(a_child(), worker, registration=loaded)
    actions.allocate(child=child, by=manager, worker_id=worker.worker_id, role=role, started_on=MARCH)
    assert Allocation.objects.get(child=child).registration == registration


@pytest.mark.parametrize(
    ("worker_id", "started_on", "sentence"),
    [("W1", MARCH, "already has the child"), ("W2", date(2024, 12, 1), "began on 1 January 2025")],
)
def test_an_allocation_that_cannot_be(
    a_child: Build, a_user: Build, worker_id: str, started_on: date, sentence: str
) -> None:
    child, manager = a_child(), a_user(role="team_manager")
    first = {"worker_id": "W1", "role": "social_worker", "started_on": date(2025, 1, 1)}
    actions.allocate(child=child, by=manager, **first)
    with pytest.raises(ValidationError, match=sentence):
        actions.allocate(child=child, by=manager, worker_id=worker_id, role="social_worker", started_on=started_on)


def test_an_allocation_ends(a_child: Build, a_user: Build, allocated: Build) -> None:
    held = allocated(a_child(), a_user())
    assert actions.end_allocation(held, by=a_user(), ended_on=MARCH).ended_on == MARCH


def test_a_review_keeps_its_decisions_and_who_came(a_child: Build, a_user: Build) -> None:
    child, officer = a_child(), a_user(role="reviewing_officer")
    review = actions.record_review(
        child=child,
        by=officer,
        held_on=MARCH,
        participation="PN1",
        is_chaired_by_child=True,
        decisions=[actions.Decision("Swimming lessons", "Foster carer", date(2025, 4, 1))],
        attendance=[actions.Attending("Ann Lee", "Mother", "by_video"), actions.Attending("Mr Roe", "School")],
    )
    decision = ReviewDecision.of(review).get()
    assert [(row.name, row.part) for row in review.attendance.all()] == [
        ("Ann Lee", "by_video"),
        ("Mr Roe", "attended"),
    ]
    assert (decision.is_open_on(MARCH), log()) == (True, ["review recorded"])
    done = actions.finish_decision(decision, by=officer, done_on=date(2025, 3, 20), outcome="Every Monday")
    assert (done.is_open_on(date(2025, 3, 20)), done.is_open_on(MARCH)) == (False, True)
    assert ReviewDecision.history.count() == 2


def test_decisions_go_with_their_review_to_another_day(a_child: Build, a_user: Build) -> None:
    child, officer = a_child(), a_user(role="reviewing_officer")
    decisions = [actions.Decision("Swimming lessons", "Foster carer")]
    review = actions.record_review(child=child, by=officer, held_on=MARCH, decisions=decisions)
    other = actions.record_review(child=child, by=officer, held_on=date(2025, 6, 2), decisions=decisions)
    corrected = actions.correct_review(review, by=officer, why="Day", held_on=date(2025, 3, 4))
    assert [row.reviewed_on for row in ReviewDecision.of(corrected)] == [date(2025, 3, 4)]
    assert [row.reviewed_on for row in ReviewDecision.of(other)] == [date(2025, 6, 2)]


def test_a_new_plan_ends_the_one_before(a_child: Build, a_user: Build) -> None:
    child, worker = a_child(), a_user()
    for on in (date(2025, 1, 1), MARCH):
        actions.record_care_plan(child=child, by=worker, started_on=on)
    assert [plan.ended_on for plan in CarePlan.objects.order_by("started_on")] == [MARCH, None]


def test_aims_that_go_on_stay_and_others_end(a_child: Build, a_user: Build) -> None:
    child, worker = a_child(), a_user()
    plan = {"child": child, "by": worker}
    actions.record_permanence_plan(**plan, recorded_on=date(2025, 1, 1), options=["RETURN1M", "RETURN6M"])
    actions.record_permanence_plan(**plan, recorded_on=MARCH, options=["RETURN6M", "RETURNEV"])
    rows = PermanencePlan.objects.order_by("option").values_list("option", "recorded_on", "ended_on")
    assert list(rows) == [
        ("RETURN1M", date(2025, 1, 1), MARCH),
        ("RETURN6M", date(2025, 1, 1), None),
        ("RETURNEV", MARCH, None),
    ]


def test_health_education_and_missing_episodes(a_child: Build, a_user: Build, told: list[Any]) -> None:
    child, nurse = a_child(), a_user(role="health")
    assert record_health_assessment(child=child, by=nurse, assessed_on=MARCH).status == "Completed"
    with pytest.raises(ValidationError):
        record_health_assessment(child=child, by=nurse, assessed_on=MARCH, status="Maybe")
    plan = record_education_plan(child=child, by=nurse, started_on=MARCH, targets="Read a chapter a night")
    assert grade_education_plan(plan, by=nurse, graded_on=date(2025, 3, 9), grade="Good").revision == 2
    missing = record_missing(child=child, by=nurse, started_on=MARCH)
    with pytest.raises(ValidationError, match="already recorded as missing"):
        record_missing(child=child, by=nurse, started_on=date(2025, 3, 4))
    assert record_return(missing, by=nurse, ended_on=date(2025, 3, 4)).ended_on == date(2025, 3, 4)
    interview = {"is_offered": True, "is_accepted": True, "held_on": date(2025, 3, 6), "findings": "At a friend's"}
    assert record_return_interview(missing, by=nurse, **interview).interview_held_on == date(2025, 3, 6)
    assert [tables for _, tables in told] == [
        {"health_assessments"},
        {"education_plans"},
        {"education_plans"},
        {"missing_episodes"},
        {"missing_episodes"},
        {"missing_episodes"},
    ]
