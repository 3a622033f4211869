"""Restricting a record and opening one in an emergency, as people do it on the pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from hearth.web.access.models import AuditEvent, EmergencyOpening, Post, Restriction


@pytest.fixture
def east(a_team):
    return a_team("East")


@pytest.fixture
def people(a_user, east):
    return {role: a_user(role=role, team=east) for role in ("social_worker", "team_manager", "service_manager")}


def test_a_manager_restricts_a_record_and_ends_it(people, a_child, allocated, signed_in):
    child, manager, worker = a_child(), people["team_manager"], people["social_worker"]
    allocated(child, worker)
    url = reverse("restriction", args=[child.pk])
    client = signed_in(manager)
    answer = client.post(url, {"why": "Related to a member of staff", "people": [manager.pk]})
    assert answer.status_code == 302
    assert signed_in(worker).get(reverse("child", args=[child.pk])).status_code == 403
    assert client.get(reverse("child", args=[child.pk])).status_code == 200
    client.post(reverse("restriction_lifted", args=[child.pk]), {"lift-why": "The member of staff has left"})
    assert signed_in(worker).get(reverse("child", args=[child.pk])).status_code == 200
    whats = AuditEvent.objects.filter(child_id=child.pk).values_list("what", flat=True)
    assert {"record restricted", "restriction lifted"} <= set(whats)


@pytest.mark.parametrize(
    ("why", "named", "said"),
    [
        ("", "team_manager", "Answer the question: Why is the record restricted?"),
        ("no reason", "team_manager", "Say the reason in a sentence"),
        ("Related to a member of staff", "", "Answer the question: Who may open it?"),
        ("Related to a member of staff", "social_worker", "Name also a manager"),
    ],
)
def test_a_restriction_needs_a_reason_and_somebody_who_can_end_it(
    people, a_child, allocated, signed_in, why, named, said
):
    child = a_child()
    allocated(child, people["social_worker"])
    given = {"why": why, "people": [people[named].pk] if named else []}
    answer = signed_in(people["team_manager"]).post(reverse("restriction", args=[child.pk]), given)
    assert said in answer.content.decode().replace("&#x27;", "'")
    assert not Restriction.objects.exists()


def test_a_restriction_that_nobody_named_can_end_any_more_is_ended_by_another_manager(
    people, a_user, east, a_child, allocated, signed_in
):
    child, leaver = a_child(), a_user(role="team_manager", team=east)
    allocated(child, people["social_worker"])
    Restriction.objects.create(child=child, begun_by=leaver, why="x").people.add(leaver)
    url, client = reverse("restriction", args=[child.pk]), signed_in(people["service_manager"])
    assert client.get(url).status_code == 403
    leaver.posts.update(ended_on="2020-01-01")
    answer = client.get(url)
    assert answer.status_code == 200
    assert "Who this is" not in answer.content.decode(), "the name alone: the record stays shut"


def test_an_emergency_opening_tells_the_manager_and_no_mail_names_the_child(
    people, a_user, a_team, a_child, signed_in, django_capture_on_commit_callbacks
):
    child, worker = a_child("Mia", "Jones"), people["social_worker"]
    a_user(role="team_manager", team=a_team("West"))
    client = signed_in(worker)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("emergency"), {"child_id": child.child_id, "why": "The police found her at night"})
    assert answer.headers["Location"] == reverse("child", args=[child.pk])
    assert client.get(answer.headers["Location"]).status_code == 200
    assert [message.to for message in mail.outbox] == [[people["team_manager"].email]]
    assert "Mia" not in mail.outbox[0].body + mail.outbox[0].subject
    assert "Jones" not in mail.outbox[0].body + mail.outbox[0].subject


def test_the_manager_looks_at_what_was_opened_and_keeps_a_finding(people, a_child, signed_in):
    child, worker, manager = a_child(), people["social_worker"], people["team_manager"]
    signed_in(worker).post(reverse("emergency"), {"child_id": child.child_id, "why": "The police found her at night"})
    signed_in(worker).get(reverse("child", args=[child.pk]))
    opening, client = EmergencyOpening.objects.get(), signed_in(manager)
    assert "The police found her at night" in client.get(reverse("emergencies")).content.decode()
    url = reverse("emergency_looked_at", args=[opening.pk])
    assert "opened in an emergency" in client.get(url).content.decode()
    client.post(url, {"finding": "Spoke with the worker and the police"})
    opening.refresh_from_db()
    assert (opening.looked_at_by, opening.finding) == (manager, "Spoke with the worker and the police")


@pytest.mark.parametrize("role", ["team_manager", "service_manager"])
def test_who_leaves_the_job_or_the_team_leaves_the_opening_with_the_manager_of_then(
    people, a_user, a_team, a_child, signed_in, role
):
    worker, then, now = people["social_worker"], timezone.now() - timedelta(days=30), timezone.localdate()
    west = a_team("West", service="Elsewhere")
    signed_in(worker).post(reverse("emergency"), {"child_id": a_child().child_id, "why": "The police found her"})
    EmergencyOpening.objects.update(opened_at=then, ends_at=then)
    worker.posts.update(ended_on=now - timedelta(days=1))
    Post.objects.create(user=worker, role="social_worker", team=west, started_on=now)
    assert "The police found her" in signed_in(people[role]).get(reverse("emergencies")).content.decode()
    others = signed_in(a_user(role=role, team=west)).get(reverse("emergencies"))
    assert others.status_code == 200 and "The police found her" not in others.content.decode()


def test_nobody_looks_at_their_own_opening(people, a_child, signed_in):
    manager, child = people["team_manager"], a_child()
    client = signed_in(manager)
    client.post(reverse("emergency"), {"child_id": child.child_id, "why": "The police found her at night"})
    assert client.get(reverse("emergency_looked_at", args=[EmergencyOpening.objects.get().pk])).status_code == 404


@pytest.mark.parametrize(
    "asked",
    [{"child_id": "none"}, {"last_names": "Jones"}, {"last_names": "Jones", "born_on": "2012-05-02"}, {}],
)
def test_an_emergency_does_not_tell_who_is_here(people, a_child, signed_in, asked):
    a_child("Mia", "Jones")
    answer = signed_in(people["social_worker"]).post(reverse("emergency"), asked | {"why": "The police rang at night"})
    assert "No single child was found" in answer.content.decode()
    assert not EmergencyOpening.objects.exists()


def test_a_child_is_found_by_name_and_birth_in_an_emergency(people, a_child, signed_in):
    child = a_child("Mia", "Jones")
    given = {"last_names": "jones", "born_on": "2012-05-01", "why": "The police rang at night"}
    assert signed_in(people["social_worker"]).post(reverse("emergency"), given).status_code == 302
    assert EmergencyOpening.objects.get().child == child


def test_a_record_may_be_kept_shut_even_in_an_emergency(people, a_child, allocated, signed_in):
    child, worker = a_child(), people["social_worker"]
    allocated(child, worker)
    shut = Restriction.objects.create(
        child=child, begun_by=people["team_manager"], why="x", may_be_opened_in_emergency=False
    )
    shut.people.add(people["team_manager"])
    answer = signed_in(worker).post(
        reverse("emergency"), {"child_id": child.child_id, "why": "The police rang at night"}
    )
    assert "ring the duty manager" in answer.content.decode()


def test_a_record_open_in_an_emergency_says_so_on_each_page_and_until_when(people, a_child, signed_in):
    child, client = a_child(), signed_in(people["social_worker"])
    client.post(reverse("emergency"), {"child_id": child.child_id, "why": "The police found her at night"})
    until = timezone.localtime(EmergencyOpening.objects.get().ends_at)
    for page in ("child", "child_visits"):
        words = client.get(reverse(page, args=[child.pk])).content.decode()
        assert f"Open to you in an emergency until {until:%H:%M}" in words


def test_an_emergency_is_closed_early(people, a_child, signed_in):
    child, client = a_child(), signed_in(people["social_worker"])
    client.post(reverse("emergency"), {"child_id": child.child_id, "why": "The police found her at night"})
    client.post(reverse("emergency_ended", args=[EmergencyOpening.objects.get().pk]))
    assert client.get(reverse("child", args=[child.pk])).status_code == 404


def test_who_has_looked_names_everyone_with_role_and_reason(people, a_child, allocated, signed_in):
    child, worker = a_child(), people["social_worker"]
    allocated(child, worker)
    signed_in(worker).get(reverse("child", args=[child.pk]))
    words = signed_in(people["team_manager"]).get(reverse("who_has_looked", args=[child.pk])).content.decode()
    assert worker.name in words
    assert "Social worker, East" in words
    assert "As part of the work" in words


def test_people_of_one_name_are_told_apart_by_their_posts(people, a_user, a_team, a_child, allocated, signed_in):
    child = a_child()
    allocated(child, people["social_worker"])
    for team in ("North", "South"):
        a_user(name="Adaeze Ndlovu", team=a_team(team))
    a_user(name="Old Hand", ended_on=date(2020, 1, 1))
    words = signed_in(people["team_manager"]).get(reverse("restriction", args=[child.pk])).content.decode()
    for said in (
        "Adaeze Ndlovu, Social worker, North",
        "Adaeze Ndlovu, Social worker, South",
        "Old Hand, no post today",
    ):
        assert said in words


@pytest.mark.parametrize("page", ["who_has_looked", "restriction", "record", "record_visit"])
def test_who_the_child_is_stands_on_each_page_about_the_child(people, a_child, allocated, placed, signed_in, page):
    child = a_child("Mia", "Jones")
    allocated(child, people["social_worker"])
    placed(child)
    words = signed_in(people["team_manager"]).get(reverse(page, args=[child.pk])).content.decode()
    for said in ('aria-label="Who this is"', "Full care order", people["social_worker"].name):
        assert said in words
