"""What stands still is in step with the record, and the boards of team and service show it beside the weeks ahead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from hearth.tables import codes
from hearth.timescales.drift.engine import drifting
from hearth.web.access.models import AuditEvent, EmergencyOpening
from hearth.web.children.actions import change_legal_status, record_permanence_plan, record_review, start_care
from hearth.web.children.frames import record_of
from hearth.web.children.models import BoardReport, Child
from hearth.web.intake.models import Batch
from hearth.web.work import daily, owing
from hearth.web.work.drifting import still, told
from hearth.web.work.models import DayReckoned, ForecastWeek, Stage

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)
BOARD_REPORT = next(iter(codes.load("board_report")))
SECTION_20 = {"legal_status": "V2", "category_of_need": "N1", "placement_type": "U6"}


@pytest.fixture(autouse=True)
def the_day(settings: Settings) -> Iterator[None]:
    settings.HEARTH_TODAY = TODAY
    owing.limits.cache_clear()
    owing.declarations.cache_clear()
    yield
    owing.limits.cache_clear()
    owing.declarations.cache_clear()


@pytest.fixture
def team(a_child: Build, a_user: Build, allocated: Build) -> Any:
    """A manager, a worker of her team, and a child under section 20 for long whose second review has no plan yet."""
    manager, worker, mia = a_user(role="team_manager", name="Ann"), a_user(name="Bo Reed"), a_child("Mia", "Jones")
    allocated(mia, worker, started_on=date(2024, 1, 1))
    start_care(child=mia, by=worker, started_on=date(2024, 1, 1), **SECTION_20)
    for day in (date(2024, 1, 20), date(2024, 4, 10)):
        record_review(child=mia, by=worker, held_on=day, participation="PN1")
    return manager, worker, mia


def shown() -> set[tuple[str, str, int, str]]:
    keys = Child.objects.values_list("pk", flat=True)
    return {(one.child.child_id, one.drift, one.days, one.why) for one in told(still(keys), owing.limits())}


def found() -> set[tuple[str, str, int, str]]:
    rows = drifting(record_of(), TODAY, limits=owing.limits())
    return set(rows.select("child_id", "drift", "days_still", "why").iter_rows())


def test_the_list_is_what_the_rules_find_and_is_right_at_once_after_each_act(team: Any) -> None:
    _, worker, mia = team
    assert {drift for _, drift, *_ in shown()} >= {"section-20", "no-permanence-plan"}
    assert shown() == found()
    record_permanence_plan(child=mia, by=worker, recorded_on=TODAY, options=["REMAINSUP"])
    assert "no-permanence-plan" not in {drift for _, drift, *_ in shown()}
    assert shown() == found()
    change_legal_status(child=mia, by=worker, changed_on=TODAY, legal_status="C2")
    assert "section-20" not in {drift for _, drift, *_ in shown()}
    assert shown() == found()


def test_the_list_moves_with_the_day_and_is_the_same_worked_out_anew(team: Any, settings: Settings) -> None:
    before = shown()
    settings.HEARTH_TODAY = TODAY + timedelta(days=10)
    assert {row[:3] for row in shown()} == {(child, drift, days + 10) for child, drift, days, _ in before}
    stored = sorted(Stage.objects.values_list("child_id", "drift", "opened_on", "still_from"))
    call_command("rebuild_owed")
    assert sorted(Stage.objects.values_list("child_id", "drift", "opened_on", "still_from")) == stored


def test_the_board_says_what_stands_still_the_weeks_ahead_and_logs_the_children_it_names(
    team: Any, signed_in: Build
) -> None:
    manager, worker, mia = team
    body = signed_in(manager).get("/my-team").content.decode()
    assert "Section 20 beyond its threshold" in body
    assert "Looked after under section 20 since 1 January 2024" in body
    assert "What falls due in each week: Care team" in body
    week = ForecastWeek.objects.get(by="team", group="Care team", week=1)
    assert week.why.partition(";")[0].partition(", ")[0] in body or "Nothing was recorded as done" in body
    assert ForecastWeek.objects.filter(by="worker", group=worker.worker_id).count() == 26
    assert AuditEvent.objects.about(mia.pk).filter(user=manager, page="my_team").exists()


def test_a_workers_weeks_are_drawn_when_asked_for_and_only_of_workers_on_the_board(
    team: Any, a_user: Build, signed_in: Build
) -> None:
    manager, worker, _ = team
    stranger = a_user(name="Zed Far", team="Far")
    client = signed_in(manager)
    assert "The weeks ahead of Bo Reed" in client.get(f"/my-team?worker={worker.worker_id}").content.decode()
    body = client.get(f"/my-team?worker={stranger.worker_id}").content.decode()
    assert "Zed Far" not in body
    assert "What falls due in each week: Care team" in body


def test_the_service_manager_sees_what_the_council_owes(team: Any, a_user: Build, signed_in: Build) -> None:
    BoardReport.objects.create(authority="E10000020", kind=BOARD_REPORT, reported_on=date(2025, 1, 10))
    body = signed_in(a_user(role="service_manager")).get("/my-service").content.decode()
    assert "Report to the corporate parenting board" in body


@pytest.mark.usefixtures("last_night")
def test_the_service_has_a_row_for_each_team_and_opens_its_board(
    team: Any, a_user: Build, a_team: Build, signed_in: Build
) -> None:
    _, _, mia = team
    elsewhere = a_team("Far team", "Another service")
    empty = a_team("West", "Children in care")
    client = signed_in(a_user(role="service_manager"))
    assert client.get("/").url == "/my-service"
    body = client.get("/my-service").content.decode()
    assert "Care team" in body
    assert "West" in body
    assert "Far team" not in body
    assert mia.name in client.get("/drift").content.decode()
    assert client.get(f"/my-team?team={empty.pk}").status_code == 200
    assert mia.name not in client.get(f"/my-team?team={empty.pk}").content.decode()
    assert client.get(f"/my-team?team={elsewhere.pk}").status_code == 404


def test_another_teams_manager_sees_nothing_of_it(team: Any, a_user: Build, a_team: Build, signed_in: Build) -> None:
    client = signed_in(a_user(role="team_manager", team=a_team("West")))
    for page in ("/my-team", "/drift", "/sign-offs"):
        assert "Mia" not in client.get(page).content.decode()
    assert client.get("/my-service").status_code == 403


@pytest.mark.usefixtures("last_night")
@pytest.mark.parametrize("role", ["team_manager", "service_manager", "administrator"])
def test_whoever_answers_for_an_emergency_opening_is_told_where_they_land(
    team: Any, a_user: Build, signed_in: Build, role: str
) -> None:
    _, worker, mia = team
    client = signed_in(a_user(role=role, name="Nat Rowe"))
    assert "opened in an emergency" not in client.get("/", follow=True).content.decode()
    EmergencyOpening.objects.create(user=worker, child=mia, why="x", ends_at=timezone.now() + timedelta(minutes=9))
    assert "1 record was opened in an emergency" in client.get("/", follow=True).content.decode()
    mine = signed_in(worker).get("/my-work").content.decode()
    assert "was opened in an emergency" not in mine, "nobody is told of what they answer for to others"


def test_the_days_working_out_is_done_once_and_again_after_a_load_or_on_another_day(
    team: Any, settings: Settings
) -> None:
    first = daily.current()
    assert first is not None
    assert daily.current() == first
    Batch.objects.create(kind="ssd", said="files")
    second = daily.current()
    assert second != first
    settings.HEARTH_TODAY = TODAY + timedelta(days=1)
    assert daily.current() != second
    assert DayReckoned.objects.count() == 1


def test_work_going_on_elsewhere_is_not_begun_twice(team: Any, settings: Settings, monkeypatch: Any) -> None:
    begun: list[tuple[str, ...]] = []
    settings.HEARTH_LOADS_APART = True
    monkeypatch.setattr(daily.apart, "begin", lambda *words: begun.append(words))
    assert [daily.current(), daily.current()] == [None, None]
    assert begun == [("reckon",)]
    DayReckoned.objects.update(begun_at=timezone.now() - timedelta(hours=1))
    daily.current()
    assert len(begun) == 2, "one that died is begun again"
