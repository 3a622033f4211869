"""What a journey needs: the day, a desk in the browser, and forms filled as a hand would."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from hearth.web.work import owing

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django import Settings

    from hearth.web.access.models import User

TODAY = date(2026, 3, 31)
ENTRY = {"legal_status": "C2", "category_of_need": "N1", "placement_type": "U6"}
MEANT = ("status of 4", "ERR_INTERNET_DISCONNECTED")
"""What the console says when a page was refused or a journey pulled the plug, as it meant to."""
PATIENCE = 8000
"""Milliseconds: a machine that does other things meanwhile may be slow."""


@pytest.fixture(autouse=True)
def the_day(settings: Settings) -> Iterator[None]:
    settings.HEARTH_TODAY = TODAY
    owing.limits.cache_clear()
    yield
    owing.limits.cache_clear()


@pytest.fixture(autouse=True)
def by_night(last_night: Callable[[], None]) -> None:
    """On a journey no page works out the day by itself."""


@pytest.fixture
def at_desk(browsing: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """The person's first page: ``at_desk(user, has_script=False)``; what the console complains of fails the journey."""
    complaints: list[str] = []

    def hear(message: Any) -> None:
        if message.type == "error" and not any(said in message.text for said in MEANT):
            complaints.append(f"{message.location.get('url')}: {message.text}")

    def build(user: User | None, *, has_script: bool = True, width: int = 1280) -> Page:
        tab = browsing(user, width=width, java_script_enabled=has_script)
        tab.set_default_timeout(PATIENCE)
        tab.on("console", hear)
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.goto("/")
        return tab

    yield build
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def in_care(a_child: Callable[..., Any], allocated: Callable[..., Any]) -> Callable[..., Any]:
    """A child who came into care, allocated to a person: ``in_care("Mia", "Jones", worker, date(2026, 3, 20))``."""
    from hearth.web.children.actions import start_care

    def build(first: str, last: str, who: User, began: date, role: str = "social_worker", **facts: Any) -> Any:
        child = a_child(first, last, **facts)
        allocated(child, who, role=role)
        start_care(child=child, by=who, started_on=began, **ENTRY)
        return child

    return build


def answer(tab: Page, question: str, said: str) -> None:
    """Chooses an answer of a question with round buttons."""
    buttons = tab.get_by_role("group", name=question).locator(":scope > .govuk-radios > .govuk-radios__item")
    buttons.get_by_label(said, exact=True).check()


def fill_day(tab: Page, question: str, day: date) -> None:
    """Types a day into its three boxes."""
    boxes = tab.get_by_role("group", name=question)
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        boxes.get_by_label(part, exact=True).fill(str(value))


def press(tab: Page, words: str) -> None:
    """Presses the button with these words."""
    tab.get_by_role("button", name=words, exact=True).click()
