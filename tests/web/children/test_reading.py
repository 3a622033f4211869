"""What a reader of a child's record sees: status with its reason, what is owed, records with who recorded them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from hearth.web.access.models import AuditEvent
from hearth.web.children import actions
from hearth.web.children.models import Visit
from hearth.web.health.models import HealthAssessment

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)


@pytest.fixture(autouse=True)
def _today(settings):
    settings.HEARTH_TODAY = TODAY


@pytest.fixture
def worker(a_user):
    return a_user(name="Asha Khan")


@pytest.fixture
def mia(a_child, allocated, placed, worker):
    child = a_child("Mia", "Jones", family_id="F1", pronouns="she/her")
    allocated(child, worker)
    placed(child)
    return child


@pytest.fixture
def read(signed_in, worker, mia):
    """The text of a page about Mia: ``read("child_visits", day="2025-03-31", by=nurse)``."""

    def open_page(page: str, by=None, **query) -> str:
        answer = signed_in(by or worker).get(reverse(page, args=[mia.pk]), query)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return open_page


def test_the_overview_says_how_things_stand_and_why(read, a_child):
    a_child("Leo", "Jones", family_id="F1", born_on=date(2015, 2, 2))
    text = read("child")
    for said in ("Looked after since 1 January 2024", "Full care order", "The child came to this placement", "she/her"):
        assert said in text
    assert text.count("Asha Khan") >= 2
    assert "No aim is recorded" in text


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("social_worker", ["visit", "missing"]),
        ("reviewing_officer", ["review"]),
        ("health", ["health-assessment"]),
        ("virtual_school", ["education-plan"]),
        ("placements", []),
    ],
)
def test_what_a_role_records_most_is_one_press_from_the_child(mia, worker, a_user, allocated, signed_in, role, offered):
    reader = worker if role == "social_worker" else a_user(role=role, team=None)
    if role == "reviewing_officer":
        allocated(mia, reader, role=role)
    body = signed_in(reader).get(f"/child/{mia.pk}").content.decode()
    head = body.partition("How things stand")[0].partition("<h1")[2]
    assert re.findall(rf'href="/child/{mia.pk}/record/([a-z-]+)"', head) == offered
    past = signed_in(reader).get(f"/child/{mia.pk}?as_of=2026-01-01").content.decode()
    assert "Record something else" not in past


def test_of_a_care_leaver_the_contact_is_recorded_first(a_child, allocated, a_user, signed_in, placed):
    young = a_child("Kai", "Moss", born_on=date(2006, 4, 10))
    placed(young, date(2020, 1, 1), ended_on=date(2024, 4, 10), reason_ended="E7")
    adviser = a_user(role="personal_adviser", team=None)
    allocated(young, adviser, role="personal_adviser")
    head = signed_in(adviser).get(f"/child/{young.pk}").content.decode().partition("How things stand")[0]
    assert re.findall(rf'href="/child/{young.pk}/record/([a-z-]+)"', head) == ["contact", "visit"]


def test_what_is_owed_stands_on_the_overview(read, mia, worker):
    actions.record_visit(child=mia, by=worker, visited_on=date(2025, 1, 6), is_seen=True, is_seen_alone=True)
    assert "Overdue" in read("child")


def test_brothers_and_sisters_whom_the_reader_may_not_know_are_left_out(read, a_child, allocated, worker):
    leo = a_child("Leo", "Jones", family_id="F1")
    assert "Leo Jones" not in read("child")
    allocated(leo, worker)
    assert "Leo Jones" in read("child")


def test_a_record_says_who_recorded_it_and_how_it_was_corrected(read, mia, worker, signed_in):
    visit = actions.record_visit(child=mia, by=worker, visited_on=date(2026, 3, 2), is_seen=True, is_seen_alone=True)
    assert "Recorded by Asha Khan" in read("child_visits")
    actions.correct(visit, by=worker, why="Wrong day", visited_on=date(2026, 3, 3))
    text = read("child_visits")
    assert "3 March 2026" in text
    assert "by Asha Khan: Wrong day" in text
    history = signed_in(worker).get(reverse("child_visits", args=[mia.pk, "visits", visit.pk])).content.decode()
    assert "2 March 2026" in history


def test_what_was_withdrawn_is_shown_apart(read, mia, worker, visited):
    actions.withdraw(visited(mia, date(2026, 3, 2)), by=worker, why="Another child")
    text = read("child_visits")
    assert "Withdrawn: kept, and no longer counted" in text
    assert "Another child" in text


def test_a_nurse_sees_health_and_no_other_area(read, mia, a_user, signed_in):
    HealthAssessment.objects.create(child=mia, assessed_on=date(2026, 2, 1), status="Completed", findings="She grows")
    nurse = a_user(role="health", team=None)
    assert "She grows" in read("child_health", by=nurse)
    for page in ("child_visits", "child_care", "child_education", "child_safety", "child_network"):
        assert signed_in(nurse).get(reverse(page, args=[mia.pk])).status_code == 403
        assert reverse(page, args=[mia.pk]) not in read("child", by=nurse)


@pytest.mark.parametrize(
    ("as_of", "sees", "sees_not"),
    [
        ("2025-03-31", "As it stood on 31 March 2025", "5 May 2025"),
        ("31/3/2025", "As it stood on 31 March 2025", "5 May 2025"),
        ("31 March 2025", "As it stood on 31 March 2025", "5 May 2025"),
        ("2025-06-30", "5 May 2025", "Since 31 March 2025"),
        ("yesterday", "is not a day: write it as 31 March 2025", "As it stood"),
        ("2027-01-01", "That day has not come yet", "As it stood"),
    ],
)
def test_the_record_as_it_stood_on_a_day_gone_by(read, mia, visited, as_of, sees, sees_not):
    visited(mia, date(2025, 5, 5))
    text = read("child_visits", as_of=as_of)
    assert sees in text
    assert sees_not not in text


def test_the_bar_warns_of_a_child_who_is_missing(read, mia):
    mia.missingepisode_set.create(started_on=date(2026, 3, 30), kind="M")
    assert "Missing now" in read("child_visits")


def test_every_reading_is_in_the_log(read, mia, worker):
    read("child_health")
    assert AuditEvent.objects.filter(child_id=mia.pk, user=worker, page="child_health", what="read").exists()


def test_a_row_of_another_child_has_no_page(mia, a_child, visited, signed_in, worker):
    other = visited(a_child("Leo", "Smith"), date(2026, 3, 2))
    assert signed_in(worker).get(reverse("child_visits", args=[mia.pk, "visits", other.pk])).status_code == 404
    assert signed_in(worker).get(reverse("child_visits", args=[mia.pk, "wishes", other.pk])).status_code == 404
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "sees", "sees_not"),
    [
        ({}, ["5 May 2025", "Visit", "Episode of care began"], []),
        ({"area": "visits"}, ["5 May 2025"], ["Episode of care began"]),
        ({"turns": "on"}, ["Episode of care began"], ["5 May 2025"]),
        ({"since": "2025-01-01"}, ["5 May 2025"], ["Episode of care began"]),
        ({"until": "2025-05-04"}, ["Episode of care began"], ["5 May 2025"]),
        ({"as_of": "2025-03-31"}, ["Episode of care began"], ["5 May 2025"]),
        ({"area": "health"}, ["Nothing is recorded that fits"], ["5 May 2025"]),
    ],
)
def test_the_chronology_tells_what_happened_by_day(read, mia, visited, asked, sees, sees_not):
    visited(mia, date(2025, 5, 5))
    text = read("child_chronology", **asked)
    assert all(said in text for said in sees)
    assert not any(said in text for said in sees_not)


def test_the_chronology_calls_a_row_by_what_happened_and_asks_no_question_that_was_answered_yes(read, mia, visited):
    visited(mia, date(2026, 3, 2), is_seen_alone=False)
    mia.caseaction_set.create(kind="review_record_sent", done_on=date(2026, 2, 10))
    text = read("child_chronology")
    assert "<strong>Full record of the review distributed</strong>" in text
    assert "Case action" not in text
    assert "The child was seen; The child was seen alone: No" in text


def test_the_journey_is_drawn_and_said_in_words(read, mia, placed, visited):
    mia.episode_set.update(ended_on=date(2025, 1, 1))
    placed(mia, date(2025, 1, 1), reason_started="P")
    visited(mia, date(2025, 5, 5))
    text = read("child_journey")
    assert "1 period of care, 2 placements, 1 social worker" in text
    assert text.count("<rect") == 5
    assert '<td>Visits</td><td colspan="2">1 time: 5 May 2025</td>' in text
    assert "1 placement," in read("child_journey", as_of="2024-06-30")


def test_one_page_carries_what_a_worker_needs(read, mia):
    mia.missingepisode_set.create(started_on=date(2026, 3, 30), kind="M")
    text = read("child_print")
    for said in ("Missing now", "Who to call", "Asha Khan", "Full care order", "as of 31 March 2026"):
        assert said in text


def test_a_longer_record_asks_no_more_of_the_database(mia, visited, worker, signed_in, django_assert_max_num_queries):
    client, url = signed_in(worker), reverse("child_visits", args=[mia.pk])
    for day in range(1, 10):
        visited(mia, date(2025, 5, day))
    client.get(url)
    with django_assert_max_num_queries(25):
        client.get(url)


def test_where_a_child_is_placed_is_said_by_the_name_of_the_authority_with_its_code(read, mia, worker):
    actions.correct(mia.episode_set.get(), by=worker, why="Found", placement_authority="E06000018")
    assert "Nottingham (E06000018)" in read("child_care")
