"""The main pages by keyboard alone: the skip link first, each place that can be used reached and seen, no trap."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 400
PLACES = """
[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(e => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}))
  .filter(e => e.type !== 'radio').length
"""
"""How many places of the page can be used; round buttons are one place a question, and are left out."""
FOCUSED = """
() => {
  const e = document.activeElement
  if (!e || e === document.body || e === document.documentElement) { return null }
  const box = e.getBoundingClientRect()
  const drawn = [e, ...e.querySelectorAll('*'), e.nextElementSibling, e.parentElement].filter(Boolean).flatMap(
    one => [getComputedStyle(one), getComputedStyle(one, '::before')])
  const isMarked = drawn.some(s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0)
    || s.boxShadow !== 'none' || s.backgroundColor === 'rgb(255, 221, 0)')
  return {
    words: (e.innerText || e.getAttribute('aria-label') || e.name || e.id || e.tagName).trim().slice(0, 60),
    isRound: e.type === 'radio',
    isSeen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    isMarked,
  }
}
"""


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (None, "/sign-in"),
        ("social_worker", "/my-work"),
        ("social_worker", "/child/{child}"),
        ("social_worker", "/child/{child}/chronology"),
        ("social_worker", "/child/{child}/record/visit"),
        ("social_worker", "/search?q=mia"),
        ("team_manager", "/my-team"),
        ("team_manager", "/child/{child}/record/review"),
        ("reviewing_officer", "/my-reviews"),
        ("health", "/health-clock"),
        ("administrator", "/log"),
    ],
)
def test_a_page_is_used_by_keyboard(browsing, a_user, a_child, allocated, placed, settings, role, page):
    settings.HEARTH_TODAY = date(2026, 3, 31)
    user, child = a_user(role=role) if role else None, a_child("Mia", "Jones")
    allocated(child, user if role == "social_worker" else a_user())
    placed(child)
    tab = browsing(user)
    assert tab.goto(page.format(child=child.pk)).status == 200
    tab.keyboard.press("Tab")
    first = tab.evaluate(FOCUSED)
    assert (first["words"], first["isSeen"]) == ("Skip to main content", True)
    steps = walked(tab, first)
    assert not [step["words"] for step in steps if not step["isSeen"]], "reached, but not on the screen"
    assert not [step["words"] for step in steps if not step["isMarked"]], "reached, but not marked as reached"
    assert sum(not step["isRound"] for step in steps) >= tab.evaluate(PLACES), "some places are not reached"


def walked(tab: Any, first: dict[str, Any]) -> list[dict[str, Any]]:
    """The places reached by pressing Tab from the first until the page is left; fails when it never is."""
    steps = [first]
    for _ in range(MOST):
        tab.keyboard.press("Tab")
        step = tab.evaluate(FOCUSED)
        if step is None:
            return steps
        steps.append(step)
    raise AssertionError(f"a trap: after {MOST} presses still at {steps[-1]['words']}")


def test_the_skip_link_leads_past_the_menu(browsing, a_user, settings):
    settings.HEARTH_TODAY = date(2026, 3, 31)
    tab = browsing(a_user())
    tab.goto("/my-work")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")
