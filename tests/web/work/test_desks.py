"""Each profession's desk: the children in the order of what is due, with what that profession asks first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from hearth.web.access.models import AuditEvent
from hearth.web.children import recording
from hearth.web.children.actions import record_review, start_care
from hearth.web.children.actions.reviewing import Decision
from hearth.web.children.models import CaseAction, Notification, PermanencePlan
from hearth.web.education.models import EducationPlan, SchoolAttendance, SchoolAttended, Suspension
from hearth.web.health.models import HealthAssessment, SdqScore
from hearth.web.leaving_care.models import CareLeaverAccommodation, CareLeaverActivity, CareLeaverContact
from hearth.web.work import owing
from hearth.web.work.desks import DESKS
from hearth.web.work.desks.desk import order, rows
from hearth.web.work.models import Owed

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)
PLACE = {"legal_status": "C2", "category_of_need": "N1", "placement_type": "U6"}


@pytest.fixture(autouse=True)
def the_day(settings: Settings) -> Iterator[None]:
    settings.HEARTH_TODAY = TODAY
    owing.limits.cache_clear()
    owing.declarations.cache_clear()
    yield
    owing.limits.cache_clear()
    owing.declarations.cache_clear()


def shown(page: str, user: Any) -> dict[str, dict[str, str]]:
    """The table as a person reads it: child, column, words."""
    desk = DESKS[page]
    found = rows(desk, order(desk, user, page))
    return {row.child.name: dict(zip(desk.columns, (cell.words for cell in row.cells), strict=True)) for row in found}


def picks(page: str, user: Any) -> dict[str, set[str]]:
    """What finds each child, of what the desk may be narrowed to."""
    desk = DESKS[page]
    found = rows(desk, order(desk, user, page))
    return {row.child.name: {pick for pick in desk.picks if row.is_picked(pick)} for row in found}


def test_the_reviewing_officer_sees_what_is_due_and_how_far_it_is_prepared(
    a_child: Build, a_user: Build, allocated: Build
) -> None:
    officer = a_user(role="reviewing_officer", team=None)
    near, far = a_child("Mia", "Near"), a_child("Leo", "Far")
    for child, began in ((near, date(2026, 3, 13)), (far, date(2025, 12, 1))):
        allocated(child, officer, role="reviewing_officer")
        start_care(child=child, by=officer, started_on=began, **PLACE)
    record_review(
        child=far,
        by=officer,
        held_on=date(2026, 3, 20),
        participation="PN1",
        is_chaired_by_child=True,
        decisions=[Decision("See the dentist", "Foster carer"), Decision("Visit grandma", "Social worker")],
    )
    recording.record(EducationPlan(child=near, started_on=date(2026, 3, 20)), by=officer, what="plan recorded")
    recording.record(
        CaseAction(child=near, kind="review_consulted", done_on=date(2026, 3, 25)), by=officer, what="planned"
    )
    table = shown("my_reviews", officer)
    assert set(table) == {"Mia Near"}, "the other's next review is not due for months"
    assert table["Mia Near"] == {
        "Review due": "Due in 14 days (14 April)",
        "Last review": "No review yet",
        "How the child took part": "No review yet",
        "Last decisions": "No decisions recorded",
        "Permanence": "No plan for permanence",
        "Last education plan": "20 March 2026 (11 days ago)",
        "Planning": "Planned",
    }
    assert picks("my_reviews", officer)["Mia Near"] == {"aimless"}


def test_a_review_ahead_shows_the_open_decisions_of_the_last_and_who_chaired(
    a_child: Build, a_user: Build, allocated: Build
) -> None:
    officer, child = a_user(role="reviewing_officer", team=None), a_child("Leo", "Far")
    allocated(child, officer, role="reviewing_officer")
    start_care(child=child, by=officer, started_on=date(2025, 12, 15), **PLACE)
    decisions = [Decision("See the dentist", "Foster carer"), Decision("Visit grandma", "Social worker")]
    record_review(
        child=child,
        by=officer,
        held_on=date(2026, 1, 10),
        participation="PN1",
        is_chaired_by_child=True,
        decisions=decisions,
    )
    recording.record(
        PermanencePlan(child=child, recorded_on=date(2026, 1, 10), option="LTFOST18"), by=officer, what="aim"
    )
    row = shown("my_reviews", officer)["Leo Far"]
    assert row["Review due"] == "Due in 10 days (10 April)"
    assert row["Last decisions"] == "2 of 2 open"
    assert row["How the child took part"].endswith("chaired by the child")
    assert row["Permanence"] not in ("No plan for permanence", "LTFOST18")
    assert picks("my_reviews", officer)["Leo Far"] == {"decisions", "unplanned"}


def test_the_nurse_sees_the_clock_refusals_and_high_scores_without_follow_up(a_child: Build, a_user: Build) -> None:
    nurse, worker = a_user(role="health", team=None), a_user()
    child = a_child("Mia", "Jones", born_on=date(2015, 6, 1))
    start_care(child=child, by=worker, started_on=date(2026, 3, 1), is_in_area=False, **PLACE)
    for row in (
        HealthAssessment(child=child, assessed_on=date(2026, 3, 20), status="Refused", why_refused="Not this week"),
        SdqScore(child=child, completed_on=date(2026, 3, 10), score=22),
        Notification(child=child, recipient="health_commissioner", sent_on=date(2026, 3, 3)),
    ):
        recording.record(row, by=nurse, what="health recorded")
    said = shown("health_clock", nurse)["Mia Jones"]
    assert said["Next due"] == "4 days late (27 March)"
    assert said["In care for"] == "30 days"
    assert said["Health told"] == "Told"
    assert said["Last assessment"] == "Declined 20 March 2026 (11 days ago): Not this week"
    assert said["Strengths and difficulties"] == "22, no follow-up"
    assert said["Placement"].endswith("outside the area")


def test_the_virtual_school_sees_attendance_suspensions_and_who_has_no_school(a_child: Build, a_user: Build) -> None:
    head, worker = a_user(role="virtual_school", team=None), a_user()
    child, adult = a_child("Mia", "Jones", born_on=date(2012, 6, 1)), a_child("Ada", "Old", born_on=date(2005, 6, 1))
    without = a_child("Leo", "Poe", born_on=date(2013, 6, 1))
    for one in (child, without):
        start_care(child=one, by=worker, started_on=date(2026, 1, 5), **PLACE)
    for row in (
        SchoolAttended(child=child, school="Hill School", started_on=date(2024, 9, 1), is_full_time=True),
        SchoolAttendance(child=child, ended_on=date(2026, 2, 13), possible_sessions=50, attended_sessions=44),
        Suspension(child=child, kind="suspension", started_on=date(2026, 1, 20)),
        EducationPlan(child=child, started_on=date(2026, 1, 25), finalised_on=date(2026, 2, 1), grade="Good"),
    ):
        recording.record(row, by=head, what="education recorded")
    table = shown("education_plans", head)
    assert adult.name not in table
    assert (table["Mia Jones"]["Attendance"], table["Mia Jones"]["Suspensions"]) == ("88%", "1 in 12 months")
    assert (table["Mia Jones"]["Quality"], table["Mia Jones"]["School"]) == ("Good", "Hill School")
    assert (table["Leo Poe"]["School"], table["Leo Poe"]["Last plan"]) == ("No school recorded", "No plan yet")
    found = picks("education_plans", head)
    assert found["Mia Jones"] - {"overdue"} == {"absent", "suspended"}
    assert found["Leo Poe"] - {"overdue"} == {"unplanned", "unplaced"}


def test_an_old_plan_never_checked_is_no_reason_for_a_next_plan(a_child: Build, a_user: Build) -> None:
    head, worker = a_user(role="virtual_school", team=None), a_user()
    child = a_child("Mia", "Jones", born_on=date(2012, 6, 1))
    start_care(child=child, by=worker, started_on=date(2024, 1, 5), **PLACE)
    for row in (
        EducationPlan(child=child, started_on=date(2024, 1, 15), finalised_on=date(2024, 1, 20)),
        EducationPlan(child=child, started_on=date(2026, 1, 20), finalised_on=date(2026, 1, 25), grade="good"),
    ):
        recording.record(row, by=head, what="plan recorded")
    assert not Owed.objects.filter(child=child, duty="pep-quality", due_on__lt=date(2024, 3, 1)).exists()
    said = shown("education_plans", head)["Mia Jones"]
    assert "2024" not in said["Next plan due"]
    assert said["Quality"] == "Good"


def test_the_adviser_sees_who_was_last_spoken_to_and_how_each_lives(
    a_child: Build, a_user: Build, allocated: Build
) -> None:
    adviser = a_user(role="personal_adviser", team=None)
    young = a_child("Kai", "Moss", born_on=date(2007, 4, 10))
    allocated(young, adviser, role="personal_adviser")
    for row in (
        CareLeaverContact(child=young, contacted_on=TODAY - timedelta(days=10), is_two_way=True),
        CareLeaverContact(child=young, contacted_on=TODAY - timedelta(days=2), is_two_way=False),
        CareLeaverActivity(child=young, activity="G5", started_on=date(2025, 9, 1)),
        CareLeaverAccommodation(child=young, accommodation="U1", started_on=date(2025, 9, 1)),
    ):
        recording.record(row, by=adviser, what="recorded")
    said = shown("my_young_people", adviser)["Kai Moss"]
    assert said["Last spoke"] == "21 March 2026 (10 days ago)", "a call that was not answered is no contact"
    assert said["Birthday"] == "19 in 10 days"
    assert said["Doing"].startswith("NEET")
    assert picks("my_young_people", adviser)["Kai Moss"] - {"overdue"} == {"birthday", "idle"}


ROLES = {
    "my_reviews": "reviewing_officer",
    "health_clock": "health",
    "education_plans": "virtual_school",
    "my_young_people": "personal_adviser",
}


def test_a_desk_narrows_to_what_its_profession_looks_for_and_its_file_with_it(
    a_child: Build, a_user: Build, signed_in: Build
) -> None:
    nurse, worker = a_user(role="health", team=None), a_user()
    for name, began in (("Ada", date(2025, 12, 31)), ("Ben", date(2025, 3, 1))):
        child = a_child(name, "Jones", born_on=date(2015, 6, 1))
        start_care(child=child, by=worker, started_on=began, is_in_area=name != "Ben", **PLACE)
    ben = child
    for row in (
        HealthAssessment(child=ben, kind="initial", assessed_on=date(2025, 3, 20), status="Completed"),
        HealthAssessment(child=ben, kind="review", assessed_on=date(2026, 3, 10), status="Refused"),
        Notification(child=ben, recipient="health_commissioner", sent_on=date(2025, 3, 3)),
    ):
        recording.record(row, by=nurse, what="health recorded")
    clock = {name: said["In care for"] for name, said in shown("health_clock", nurse).items()}
    assert clock == {"Ada Jones": "90 days", "Ben Jones": "13 months"}
    client = signed_in(nurse)

    def named(pick: str, form: str) -> set[str]:
        said = client.get(f"/health-clock{form}?show={pick}").content.decode()
        return {name for name in ("Ada", "Ben") if f"{name} Jones" in said}

    for form in ("", ".csv"):
        assert {pick: named(pick, form) for pick in DESKS["health_clock"].picks} == {
            "health-initial": {"Ada"},
            "overdue": {"Ada", "Ben"},
            "declined": {"Ben"},
            "untold": {"Ada"},
            "unfollowed": set(),
            "outside": {"Ben"},
        }
        assert named("", form) == named("nonsense", form) == {"Ada", "Ben"}
    assert "Nobody here now" in client.get("/health-clock?show=unfollowed").content.decode()


def test_a_desk_says_what_is_due_first_and_leads_to_its_form(
    a_child: Build, a_user: Build, allocated: Build, signed_in: Build
) -> None:
    adviser = a_user(role="personal_adviser", team=None)
    young = a_child("Kai", "Moss", born_on=date(2007, 4, 10))
    allocated(young, adviser, role="personal_adviser")
    Owed.objects.create(
        child=young,
        duty="keep-in-touch",
        opened_on=date(2026, 1, 1),
        triggered_on=date(2026, 1, 1),
        due_on=date(2026, 2, 26),
        is_known=True,
    )
    page = signed_in(adviser).get("/my-young-people").content.decode()
    assert "33 days late (26 February)" in page
    assert "Authority keeps in touch" in page
    assert f'href="/child/{young.pk}/record/contact"' in page
    assert picks("my_young_people", adviser)["Kai Moss"] >= {"overdue", "unspoken"}


@pytest.mark.parametrize("page", sorted(DESKS))
def test_a_desk_opens_empty_says_so_and_is_logged(page: str, a_user: Build, signed_in: Build) -> None:
    user = a_user(role=ROLES[page], team=None)
    client = signed_in(user)
    assert DESKS[page].nothing.split(".")[0] in client.get(f"/{page.replace('_', '-')}").content.decode()
    assert client.get(f"/{page.replace('_', '-')}.csv").status_code == 200
    assert client.get("/").url == f"/{page.replace('_', '-')}", "each lands on its desk"
    assert AuditEvent.objects.filter(user=user, page=page).exists()


def test_a_desk_of_many_children_asks_the_database_little(
    a_child: Build, a_user: Build, signed_in: Build, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    nurse, worker = a_user(role="health", team=None), a_user()
    for number in range(12):
        child = a_child("Mia", f"Jones {number}", born_on=date(2015, 6, 1))
        start_care(child=child, by=worker, started_on=date(2026, 3, 1), **PLACE)
    client = signed_in(nurse)
    client.get("/health-clock")
    with django_assert_max_num_queries(26):
        client.get("/health-clock")
