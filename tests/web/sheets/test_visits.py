"""Recording a visit, as a worker does it without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from hearth.web.access.models import AuditEvent
from hearth.web.children.models import Draft, Visit
from tests.web.sheets.opened import Opened

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)


def path(child: Any, row: Any = None) -> str:
    return reverse("record_visit", args=[child.pk] if row is None else [child.pk, row.pk])


def test_a_visit_is_recorded_in_one_page(desk: Build) -> None:
    child, worker, client = desk()
    page = Opened(client, path(child)).fill(visited_on=DAY, is_seen=True, is_seen_alone=True, child_views="I like it")
    answer = client.get(page.send().answer["Location"])
    visit = Visit.objects.get()
    assert (visit.child, visit.visited_on, visit.is_seen_alone, visit.recorded_by) == (child, DAY, True, worker)
    assert "Visit recorded for Robin Smith." in answer.content.decode()
    assert AuditEvent.objects.filter(what="visit recorded", child_id=child.pk, user=worker).count() == 1


@pytest.mark.parametrize(
    ("answers", "sentences"),
    [
        ({}, ["Enter the day of the visit", "Answer the question: Did you see the child?"]),
        ({"visited_on": DAY, "is_seen": True}, ["Say whether you saw the child alone"]),
        (
            {"visited_on": DAY, "is_seen": True, "is_seen_alone": False},
            ["Say why the child was not seen alone"],
        ),
        ({"visited_on": DAY, "is_seen": False}, ["Say why the child was not seen"]),
        (
            {"visited_on": DAY, "is_seen": False, "why_not_seen": "Out", "is_seen_alone": True},
            ["Asked only where “Did you see the child?” is answered Yes: answer No, or change that answer"],
        ),
        (
            {"visited_on": date(2010, 1, 1), "is_seen": True, "is_seen_alone": True},
            ["Day of the visit is before Robin Smith was born (1 May 2012)"],
        ),
        (
            {"visited_on": date.today() + timedelta(days=9), "is_seen": True, "is_seen_alone": True},
            ["Day of the visit must be today or in the past"],
        ),
    ],
)
def test_what_is_wrong_is_said_on_the_page_and_nothing_is_recorded(
    desk: Build, answers: dict[str, Any], sentences: list[str]
) -> None:
    child, _, client = desk()
    answer = Opened(client, path(child)).fill(**answers).send()
    assert (answer.errors, Visit.objects.count()) == (sentences, 0)
    assert "Error: Record a visit" in answer.html


def test_a_button_pressed_twice_records_one_visit(desk: Build) -> None:
    child, _, client = desk()
    page = Opened(client, path(child)).fill(visited_on=DAY, is_seen=True, is_seen_alone=True)
    assert page.send().is_done and page.send().is_done
    assert Visit.objects.count() == 1


def test_a_visit_is_for_those_whose_child_it_is(desk: Build, a_child: Build, a_user: Build, signed_in: Build) -> None:
    child, _, client = desk()
    assert client.get(path(a_child("Ada"))).status_code == 404
    assert signed_in(a_user(role="health")).get(path(child)).status_code == 403
    assert Draft.objects.count() == 0


def test_a_correction_keeps_the_earlier_version_and_says_why(desk: Build, visited: Build) -> None:
    child, worker, client = desk()
    visit = visited(child, DAY)
    page = Opened(client, path(child, visit)).fill(visited_on=date(2026, 3, 4))
    assert page.send().errors == ["Answer the question: Why is it corrected?"]
    assert page.fill(why_corrected="It was the Wednesday").send().is_done
    visit.refresh_from_db()
    versions = [(v.visited_on.day, v.history_change_reason, v.history_user) for v in visit.history.all()]
    assert versions[0] == (4, "It was the Wednesday", worker) and versions[1][0] == 3
    assert "It was the Wednesday" in client.get(path(child, visit)).content.decode()


def test_a_visit_recorded_by_mistake_is_withdrawn_with_a_reason(desk: Build, visited: Build) -> None:
    child, _, client = desk()
    visit = visited(child, DAY)
    page = Opened(client, path(child, visit))
    assert page.send("withdraw").errors == ["Say why: the reason is kept with the earlier version"]
    page.values["_why"] = ["Another child"]
    assert page.send("withdraw").is_done
    assert (Visit.objects.count(), Visit.everything.get().is_withdrawn) == (0, True)
    assert client.get(path(child, visit)).status_code == 404


def test_one_childs_visit_is_not_corrected_through_another_child(desk: Build, visited: Build, a_child: Build) -> None:
    child, _, client = desk()
    assert client.get(path(child, visited(a_child("Ada"), DAY))).status_code == 404
