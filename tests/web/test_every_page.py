"""Every page, as its widest role sees it: no rule of axe is broken, nothing scrolls sideways, nothing is blocked."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from hearth.web.access.policy import Page, pages
from hearth.web.access.roles import Role
from tests.web.access.test_policy import PATTERNS, SECOND_STEP

ABOUT_NOTHING_ELSE = [p.name for p in PATTERNS if set(p.pattern.converters) <= {"child_pk"}]
NOT_PAGES = {"health_check", "still_here", "mfa_download_recovery_codes"}


def widest(page: Page) -> str | None:
    """The role that reaches furthest on the page; None where nobody need be signed in."""
    return None if page.is_open else max(Role.values, key=lambda role: page.reach[role])


@pytest.fixture
def people(a_user):
    found: dict[str, Any] = {}
    return lambda role: found.get(role) or found.setdefault(role, a_user(role=role))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_can_be_used_by_everyone(browsing, people, a_user, a_child, allocated, placed, settings, width):
    settings.HEARTH_DEMO = True
    child = a_child("Mia", "Jones")
    allocated(child, a_user(team="Care team"))
    placed(child)
    wrong, tabs = [], {}
    for name in ABOUT_NOTHING_ELSE:
        page = pages()[name]
        if name in NOT_PAGES | SECOND_STEP or page.kind == "export":
            continue
        role = widest(page)
        if role not in tabs:
            tabs[role] = browsing(people(role) if role else None, width=width)
        given = {"child_pk": child.pk} if "child_pk" in converters(name) else {}
        wrong += look(tabs[role], reverse(name, kwargs=given), width)
    assert not wrong, "\n".join(wrong)


def converters(name: str) -> set[str]:
    return set(next(p for p in PATTERNS if p.name == name).pattern.converters)


def look(tab: Any, url: str, width: int) -> list[str]:
    """What is wrong with a page, in sentences."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Error

    complaints: list[str] = []

    def hear(message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            complaints.append(f"{url}: {message.text}")

    tab.on("console", hear)
    try:
        answer = tab.goto(url)
    except Error:  # an empty answer to what only takes a form is no page to a browser
        return []
    finally:
        tab.remove_listener("console", hear)
    if answer.status >= 500:
        return [f"{url}: {answer.status}"]
    if tab.locator("h1").count() != 1:
        complaints.append(f"{url}: {tab.locator('h1').count()} headings of the first level")
    if tab.evaluate("document.documentElement.scrollWidth") > width:
        complaints.append(f"{url}: scrolls sideways at {width}")
    found = Axe().run(tab).response["violations"]
    return complaints + [f"{url}: {rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found]
