"""After something is recorded the banner says what is next of the same; an interview has its own page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pytest_django import Settings

from hearth.web.access.models import User
from hearth.web.children import actions
from hearth.web.children.models import Child
from hearth.web.safety import actions as safety
from hearth.web.work.next_due import next_due
from hearth.web.work.where import Place, place

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
CARE = {"legal_status": "C2", "category_of_need": "N1", "placement_type": "U6"}


@pytest.fixture(autouse=True)
def the_day(settings: Settings) -> None:
    settings.HEARTH_TODAY = date(2026, 3, 31)


@pytest.fixture
def mia(a_child: Build, a_user: Build, allocated: Build) -> tuple[Child, User]:
    """Came into care on Tuesday 3 March 2026, and lives with foster carers since."""
    child, worker = a_child("Mia", "Jones"), a_user()
    allocated(child, worker)
    actions.start_care(child=child, by=worker, started_on=date(2026, 3, 3), **CARE)
    return child, worker


@pytest.mark.parametrize(
    ("visited", "said"),
    [
        ([], ""),
        (["2026-03-09"], "due by 20 April 2026."),
        (["2026-03-09", "2026-03-31"], "due by 12 May 2026."),
    ],
)
def test_the_next_visit_is_six_weeks_after_the_last(mia: tuple[Child, User], visited: list[str], said: str) -> None:
    child, worker = mia
    for on in visited:
        actions.record_visit(
            child=child, by=worker, visited_on=date.fromisoformat(on), is_seen=True, is_seen_alone=True
        )
    sentence = next_due(child, "record_visit")
    assert sentence.endswith(said)
    assert bool(sentence) is bool(said)
    assert not said or sentence.startswith("Next: ")


def test_what_is_late_already_is_not_next(mia: tuple[Child, User], settings: Settings) -> None:
    child, worker = mia
    actions.record_visit(child=child, by=worker, visited_on=date(2026, 3, 9), is_seen=True, is_seen_alone=True)
    settings.HEARTH_TODAY = date(2026, 4, 21)
    assert next_due(child, "record_visit") == ""


def test_another_page_has_its_own_next(mia: tuple[Child, User]) -> None:
    child, _ = mia
    assert "review" in next_due(child, "record_review").lower()
    assert next_due(child, "record_contact") == ""
    assert next_due(child, "no such page") == ""


def test_after_the_return_the_interview_is_next(mia: tuple[Child, User]) -> None:
    child, worker = mia
    gone = safety.record_missing(child=child, by=worker, started_on=date(2026, 3, 29))
    safety.record_return(gone, by=worker, ended_on=date(2026, 3, 31))
    assert next_due(child, "record_return").endswith("due by 3 April 2026.")


def test_a_return_interview_is_recorded_with_the_absence_it_is_about() -> None:
    assert place("return-interview") == Place("record_missing", row="ended_on")
    assert place("out-of-area-approval") == Place("record_approval", (("kind", "out_of_area"),))
