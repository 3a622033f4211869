"""The page passes the accessibility rules of axe, wide and narrow, closed and open, and does not scroll sideways."""

from __future__ import annotations

from pathlib import Path

import pytest

from hearth.reports import page
from tests.reports.made_up import a_full_one


@pytest.fixture(scope="module", params=[False, True], ids=["restricted", "public"])
def html(request, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("page") / "scorecard.html"
    path.write_text(page.render(a_full_one(public=request.param)), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_breaks_no_rule_of_axe(chromium, html, width):
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    shown = context.new_page()
    shown.goto(html.as_uri())
    shown.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(shown)
    assert found.violations_count == 0, found.generate_report()
    context.close()


def test_a_narrow_page_does_not_scroll_sideways(chromium, html):
    shown = chromium.new_page(viewport={"width": 360, "height": 800})
    shown.goto(html.as_uri())
    assert shown.evaluate("document.documentElement.scrollWidth") <= 360
    shown.close()


def test_on_paper_the_rules_are_open_and_the_long_tables_are_left_out(chromium, html):
    shown = chromium.new_page(viewport={"width": 900, "height": 800})
    shown.goto(html.as_uri())
    shown.emulate_media(media="print")
    assert shown.locator("text=children in care for a year").first.is_visible()
    assert not shown.locator("text=month by month").first.is_visible()
    assert not any(each.is_visible() for each in shown.locator("text=behind this number").all())
    shown.close()
