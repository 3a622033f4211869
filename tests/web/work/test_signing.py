"""Sign-offs: what waits for a manager, the answer, and what comes back to whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from hearth.web.access.models import AuditEvent
from hearth.web.children import recording
from hearth.web.children.actions import record_care_plan, record_permanence_plan
from hearth.web.children.models import CarePlan, CaseAction, Child, LatenessReason
from hearth.web.intake.models import Batch
from hearth.web.leaving_care.models import NeedsAssessment, PathwayPlan
from hearth.web.safety.models import RiskAssessment
from hearth.web.work.models import SignOff
from hearth.web.work.signing.waiting import awaited, told

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)


@pytest.fixture
def people(a_user: Build, a_child: Build, allocated: Build) -> Any:
    """A manager, a worker of the team and the worker's child."""
    manager, worker, mia = a_user(role="team_manager", name="Ann Lee"), a_user(name="Bo Reed"), a_child("Mia", "Jones")
    allocated(mia, worker)
    return manager, worker, mia


def recorded(model: Any, mia: Child, worker: Any, **facts: Any) -> Any:
    return recording.record(model(child=mia, **facts), by=worker, what="recorded")


RECORDED: dict[str, Callable[[Child, Any], Any]] = {
    "Care plan of 3 March 2026": lambda mia, by: record_care_plan(child=mia, by=by, started_on=DAY, plan="Stay"),
    "Permanence plan of 3 March 2026": lambda mia, by: record_permanence_plan(
        child=mia, by=by, recorded_on=DAY, options=["REMAINSUP"]
    ),
    "Placement plan signed, 3 March 2026": lambda mia, by: recorded(
        CaseAction, mia, by, kind="placement_plan", done_on=DAY
    ),
    "Needs assessment of 3 March 2026": lambda mia, by: recorded(NeedsAssessment, mia, by, completed_on=DAY),
    "Pathway plan of 3 March 2026": lambda mia, by: recorded(PathwayPlan, mia, by, kind="plan", completed_on=DAY),
    "Risk assessment of 3 March 2026": lambda mia, by: recorded(
        RiskAssessment, mia, by, kind="exploitation", assessed_on=DAY
    ),
    "Lateness reason of 3 March 2026": lambda mia, by: recorded(
        LatenessReason, mia, by, duty="review-first", due_on=DAY
    ),
}


@pytest.mark.parametrize("what", RECORDED)
def test_what_a_worker_records_waits_for_the_manager_and_no_longer_once_agreed(
    people: Any, signed_in: Build, what: str
) -> None:
    manager, worker, mia = people
    RECORDED[what](mia, worker)
    one = told(list(awaited([mia.pk])))[0]
    assert (one.what, one.by) == (what, worker)
    client = signed_in(manager)
    assert what in client.get("/sign-offs").content.decode()
    url = reverse("sign_off", args=[mia.pk, one.table, one.row.pk])
    assert client.get(url).status_code == 200
    answer = client.post(url, {"given": "agreed", "reason": "", "seen_revision": 1}, follow=True)
    assert f"{what} of Mia Jones: agreed." in answer.content.decode()
    assert not awaited([mia.pk])
    assert AuditEvent.objects.filter(child_id=mia.pk, user=manager, what__endswith=" agreed").count() == 1


def test_other_steps_and_what_a_load_brought_do_not_wait(people: Any) -> None:
    _, worker, mia = people
    recorded(CaseAction, mia, worker, kind="health_plan", done_on=DAY)
    batch = Batch.objects.create(kind="ssd", said="a load")
    CarePlan.objects.create(child=mia, started_on=DAY, batch=batch)
    assert not awaited([mia.pk])


def test_what_is_sent_back_stands_on_the_workers_page_until_it_is_corrected_and_then_waits_again(
    people: Any, signed_in: Build
) -> None:
    manager, worker, mia = people
    plan = record_care_plan(child=mia, by=worker, started_on=DAY, plan="Stay")
    url = reverse("sign_off", args=[mia.pk, "care-plans", plan.pk])
    given = {"given": "sent back", "reason": "Say where she will live", "seen_revision": 1}
    signed_in(manager).post(url, given)
    mine = signed_in(worker).get("/my-work").content.decode()
    assert "Care plan of 3 March 2026. Ann Lee says: Say where she will live" in mine
    assert reverse("record_care_plan", args=[mia.pk, plan.pk]) in mine
    assert not awaited([mia.pk])
    recording.correct(plan, by=worker, why="As asked", plan="Stay with her aunt")
    assert [(one.row.pk, one.is_again) for one in told(list(awaited([mia.pk])))] == [(plan.pk, True)]
    assert "Say where she will live" not in signed_in(worker).get("/my-work").content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"given": "sent back"}, "Say what must be better"),
        ({"given": ""}, "Answer the question"),
        ({"given": "agreed", "seen_revision": 7}, "It was changed after you opened it"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_a_sentence(
    people: Any, signed_in: Build, given: dict[str, Any], said: str
) -> None:
    manager, worker, mia = people
    plan = record_care_plan(child=mia, by=worker, started_on=DAY)
    url = reverse("sign_off", args=[mia.pk, "care-plans", plan.pk])
    body = signed_in(manager).post(url, {"reason": "", "seen_revision": 1, **given}).content.decode()
    assert said.replace("Answer the question", "Choose your answer") in body or said in body
    assert not SignOff.objects.exists()


def test_nobody_agrees_to_what_they_wrote(people: Any, signed_in: Build) -> None:
    manager, _, mia = people
    plan = record_care_plan(child=mia, by=manager, started_on=DAY)
    url = reverse("sign_off", args=[mia.pk, "care-plans", plan.pk])
    client = signed_in(manager)
    assert "another manager must answer it" in client.get(url).content.decode()
    body = client.post(url, {"given": "agreed", "reason": "", "seen_revision": 1}).content.decode()
    assert "another manager must answer it" in body
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("table", ["visits", "nothing", "care-plans"])
def test_there_is_no_page_for_what_needs_no_answer(people: Any, signed_in: Build, table: str) -> None:
    manager, _, mia = people
    assert signed_in(manager).get(reverse("sign_off", args=[mia.pk, table, 99])).status_code == 404
