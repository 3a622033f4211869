"""Two people correct one record at the same time: both versions, question by question, and one of them chooses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from hearth.web.children.models import Draft
from tests.web.sheets.opened import Opened

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
DAY, OTHER = date(2026, 3, 3), date(2026, 3, 4)


@pytest.fixture
def two(desk: Build, visited: Build) -> Any:
    """A visit opened for correction by two people at once."""
    child, _, client = desk()
    _, _, other = desk(child=child, role="personal_adviser")
    visit = visited(child, DAY, child_views="first", concerns="none")
    path = reverse("record_visit", args=[child.pk, visit.pk])
    return visit, Opened(client, path), Opened(other, path)


def facts(visit: Any) -> tuple[Any, ...]:
    visit.refresh_from_db()
    return (visit.visited_on, visit.child_views, visit.concerns)


def test_different_questions_changed_by_two_both_stay(two: Any) -> None:
    visit, mine, theirs = two
    theirs.fill(visited_on=OTHER, why_corrected="day").send()
    page = mine.fill(concerns="some", why_corrected="words").send()
    assert page.answer.status_code == 409 and "you changed different things" in page.html
    assert facts(visit) == (OTHER, "first", "none"), "nothing is saved unseen"
    assert page.send("merge").is_done
    assert facts(visit) == (OTHER, "first", "some")


@pytest.mark.parametrize(("choice", "stays"), [("theirs", "from them"), ("yours", "from me")])
def test_the_same_question_changed_by_two_is_chosen(two: Any, choice: str, stays: str) -> None:
    visit, mine, theirs = two
    theirs.fill(child_views="from them", why_corrected="w").send()
    page = mine.fill(child_views="from me", concerns="mine", why_corrected="w").send()
    assert "from them" in page.html and "from me" in page.html and "It was: first" in page.html
    again = page.send("merge")
    assert again.errors == ["Choose one of the two for each question below"]
    assert again.fill(_choose_child_views=choice).send("merge").is_done
    assert facts(visit) == (DAY, stays, "mine")
    assert visit.history.count() == 3


def test_a_third_version_is_shown_again(two: Any) -> None:
    visit, mine, theirs = two
    theirs.fill(child_views="second", why_corrected="w").send()
    page = mine.fill(child_views="from me", why_corrected="w").send()
    Opened(theirs.client, theirs.path).fill(child_views="third", why_corrected="w").send()
    answer = page.fill(_choose_child_views="yours").send("merge")
    assert answer.answer.status_code == 409 and "third" in answer.html
    assert facts(visit)[1] == "third"


def test_a_draft_started_on_an_earlier_version_does_not_overwrite_the_newer(two: Any) -> None:
    visit, mine, theirs = two
    mine.fill(child_views="from me", why_corrected="w").send("draft")
    theirs.fill(child_views="from them", why_corrected="w").send()
    draft = Draft.objects.unfinished().get()
    page = Opened(mine.client, f"{mine.path}?draft={draft.key}").send()
    assert (page.answer.status_code, facts(visit)[1], draft.seen_revision) == (409, "from them", 1)


def test_one_who_withdraws_has_seen_the_newest_version(two: Any) -> None:
    visit, mine, theirs = two
    theirs.fill(child_views="second", why_corrected="w").send()
    mine.values["_why"] = ["by mistake"]
    answer = mine.send("withdraw")
    assert answer.errors == [
        "Somebody has changed this record since you opened it: look at it again before you withdraw it"
    ]
    visit.refresh_from_db()
    assert visit.is_withdrawn is False
