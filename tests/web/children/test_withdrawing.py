"""What goes with a review that is withdrawn, and what is said of it before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from hearth.web.access.models import AuditEvent
from hearth.web.children import actions
from hearth.web.children.conflict import Conflict
from hearth.web.children.models import Review, ReviewAttendance, ReviewDecision

pytestmark = pytest.mark.django_db
Build = Callable[..., Any]
MARCH, JUNE = date(2025, 3, 3), date(2025, 6, 2)
DECISIONS = [actions.Decision("Swimming lessons", "Foster carer"), actions.Decision("See Gran", "Social worker")]
CAME = [actions.Attending("Ann Lee", "Mother")]


@pytest.fixture
def officer(a_user: Build) -> Any:
    return a_user(role="reviewing_officer")


@pytest.fixture
def held(a_child: Build, allocated: Build, officer: Any) -> Build:
    """Records a review with two decisions and a guest: ``held(MARCH)``, all of one child."""
    child = a_child("Mia", "Jones")
    allocated(child, officer, role="reviewing_officer")

    def build(on: date, decisions: Any = DECISIONS) -> Review:
        facts = {"held_on": on, "decisions": decisions, "attendance": CAME}
        return actions.record_review(child=child, by=officer, **facts)

    return build


def standing() -> tuple[int, int, int]:
    """How many reviews, decisions and people who took part stand."""
    return Review.objects.count(), ReviewDecision.objects.count(), ReviewAttendance.objects.count()


def test_its_decisions_and_who_took_part_go_with_a_review_and_are_kept(held: Build, officer: Any) -> None:
    review, _ = held(MARCH), held(JUNE)
    actions.withdraw_review(review, by=officer, why="Another child's review")
    assert standing() == (1, 2, 1)
    assert set(ReviewDecision.objects.values_list("reviewed_on", flat=True)) == {JUNE}
    gone = ReviewDecision.everything.filter(is_withdrawn=True)
    assert [(row.history.count(), row.history.first().history_change_reason) for row in gone] == [
        (2, "Another child's review"),
        (2, "Another child's review"),
    ]
    line = AuditEvent.objects.latest("pk")
    assert (line.what, line.why, len(line.details["rows"])) == ("review withdrawn", "Another child's review", 4)


def test_decisions_stay_with_another_review_of_the_same_day(held: Build, officer: Any) -> None:
    twice, _ = held(MARCH, decisions=[]), held(MARCH)
    actions.withdraw_review(twice, by=officer, why="Recorded twice")
    assert standing() == (1, 2, 1)


def test_nothing_goes_when_the_review_cannot_be_withdrawn(held: Build, officer: Any) -> None:
    review = held(MARCH)
    actions.correct_review(review, by=officer, why="Said by phone", summary="You were there")
    with pytest.raises(Conflict):
        actions.withdraw_review(review, by=officer, why="Another child's review", seen_revision=1)
    assert standing() == (1, 2, 1)


@pytest.mark.parametrize(
    ("others", "decisions", "said"),
    [
        ([], DECISIONS, "Its 2 decisions and who took part in it are withdrawn too."),
        ([], DECISIONS[:1], "Its 1 decision and who took part in it are withdrawn too."),
        ([], [], "Who took part in it is withdrawn too."),
        ([MARCH], DECISIONS, "Another review of this day stands, and the decisions of the day stay with that one"),
    ],
)
def test_the_page_says_beforehand_what_goes(
    held: Build, officer: Any, signed_in: Build, others: list[date], decisions: Any, said: str
) -> None:
    review = held(MARCH, decisions=decisions)
    for on in others:
        held(on)
    page = reverse("record_review", args=[review.child_id, review.pk])
    assert said in signed_in(officer).get(page).content.decode()


def test_a_review_is_withdrawn_on_its_page(held: Build, officer: Any, signed_in: Build) -> None:
    from tests.web.sheets.opened import Opened

    review = held(MARCH)
    page = Opened(signed_in(officer), reverse("record_review", args=[review.child_id, review.pk]))
    page.values["_why"] = ["Another child's review"]
    assert page.send("withdraw").is_done
    assert standing() == (0, 0, 0)


def test_of_a_decision_only_that_it_is_no_longer_needed_is_told(held: Build, officer: Any, signed_in: Build) -> None:
    review = held(MARCH)
    needed, dropped = ReviewDecision.objects.filter(child=review.child)
    actions.correct(needed, by=officer, why="Still needed", is_dropped=False)
    page = reverse("child_plans", args=[review.child_id])
    assert "No longer needed" not in signed_in(officer).get(page).content.decode()
    actions.correct(dropped, by=officer, why="Gran moved in", is_dropped=True, outcome="Gran lives here")
    assert "No longer needed" in signed_in(officer).get(page).content.decode()
