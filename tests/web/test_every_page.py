"""Every page, as its widest role sees it: no rule of axe is broken, nothing scrolls sideways, nothing is blocked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
from django.urls import URLPattern, reverse

from hearth.web.access.policy import Page, pages
from hearth.web.access.roles import Role
from hearth.web.children.sheets.kinds import Kind
from tests.web.access.test_policy import PATTERNS
from tests.web.furnishing import things_of

NO_PAGE = {
    "health_check": "an answer for machines",
    "still_here": "an answer without a page",
    "paper_care": "a file",
    "paper_health": "a file",
    "paper_education": "a file",
    "paper_leaving_care": "a file",
    "paper_safety": "a file",
    "child_photo": "a picture",
    "sign_off": "of a plan that waits: tests/web/work/test_signing",
    "confidential_address": "of an address kept apart: tests/web/children/test_addresses",
    "mfa_download_recovery_codes": "a file",
    "mfa_reauthenticate": "only with an authenticator app; it is made of the same parts as entering a code",
    "mfa_reauthenticate_webauthn": "only with a passkey: test_passkeys",
    "mfa_deactivate_totp": "only with an authenticator app",
    "mfa_view_recovery_codes": "only with a second step",
    "mfa_remove_webauthn": "only with a passkey",
    "mfa_edit_webauthn": "only with a passkey",
    "openid_connect_login": "leads to the council's sign-in: test_council",
    "openid_connect_callback": "comes from the council's sign-in: test_council",
}
"""What has an address and is not looked at here, with the reason; nor are exported files, nor corrections of rows
other than a visit, whose page is the same."""

LOOKED_AT = (200, 401)
"""401 is what the page says that tells of a failed sign-in."""


def widest(page: Page) -> str | None:
    """The role that reaches furthest on the page; None where nobody need be signed in."""
    return None if page.is_open else max(Role.values, key=lambda role: page.reach[role])


@pytest.fixture
def people(a_user):
    found: dict[str, Any] = {}
    return lambda role: found.get(role) or found.setdefault(role, a_user(role=role))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_can_be_used_by_everyone(browsing, people, a_child, allocated, placed, settings, width):
    settings.HEARTH_DEMO, settings.HEARTH_TODAY = True, date(2026, 3, 31)
    child = a_child("Mia", "Jones")
    allocated(child, people("social_worker"))
    placed(child)
    things = things_of(child, people)
    wrong, tabs = [], {}
    for name, url in addresses(things):
        role = widest(pages()[name])
        if role not in tabs:
            tabs[role] = browsing(people(role) if role else None, width=width)
        wrong += look(tabs[role], url, width)
    assert not wrong, "\n".join(wrong)


def test_every_page_is_looked_at_or_there_is_a_reason():
    every = {key: 0 for pattern in PATTERNS for key in pattern.pattern.converters}
    looked_at = {name for name, _ in addresses(every | {"section": "x", "table": "x", "measure_id": "x"})}
    files = {str(pattern.name) for pattern in PATTERNS if is_file(pattern)}
    corrections = {p.name for p in PATTERNS if getattr(p.default_args.get("kind"), "is_only_corrected", False)}
    assert set(pages()) - looked_at == (set(NO_PAGE) & set(pages())) | files | corrections


def addresses(things: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each page with its address, the further things in it taken from the furnished record.

    Fails for an address that names a kind of thing of which the record has none: give it one in ``furnishing``.
    """
    for pattern in PATTERNS:
        name, keys = str(pattern.name), set(pattern.pattern.converters)
        if name in NO_PAGE or is_file(pattern) or is_of_another_row(pattern):
            continue
        assert keys <= set(things), f"{name}: the furnished record has no {', '.join(sorted(keys - set(things)))}"
        yield name, reverse(name, kwargs={key: things[key] for key in keys})


def is_file(pattern: URLPattern) -> bool:
    """Whether the address gives a file to keep, not a page."""
    is_export = pages()[str(pattern.name)].kind == "export"
    return is_export and ("form" in pattern.pattern.converters or str(pattern.name).endswith("_file"))


def is_of_another_row(pattern: URLPattern) -> bool:
    """Whether the address is of a row of another kind than the visit by which such pages are looked at."""
    kind, area = pattern.default_args.get("kind"), pattern.default_args.get("shown")
    if "row_pk" not in pattern.pattern.converters:
        return False
    if isinstance(kind, Kind):
        return kind.code != "visit"
    return area is None or area.page != "child_visits"


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
    if answer.status not in LOOKED_AT:
        return [f"{url}: {answer.status}"] if answer.status != 405 else []
    if tab.locator("h1").count() != 1:
        complaints.append(f"{url}: {tab.locator('h1').count()} headings of the first level")
    if tab.evaluate("document.documentElement.scrollWidth") > width:
        complaints.append(f"{url}: scrolls sideways at {width}")
    found = Axe().run(tab).response["violations"]
    return complaints + [f"{url}: {rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found]
