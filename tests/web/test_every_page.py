"""Every page, as its widest role sees it: no rule of axe is broken, nothing scrolls sideways, nothing is blocked."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.backends.db import SessionStore
from django.urls import URLPattern, reverse

from hearth.web.access.models import User
from hearth.web.access.policy import pages
from hearth.web.access.roles import Role
from hearth.web.carers.reading import sections_of
from hearth.web.carers.subjects import council, home_of, household_of
from hearth.web.children.models import ChildrensHome, FosterCarer
from hearth.web.children.sheets.kinds import Kind
from hearth.web.children.sheets.subjects import About
from tests.web.access.test_passkeys import add_passkey
from tests.web.access.test_policy import PATTERNS
from tests.web.furnishing import row_of, things_of

NO_PAGE = {
    "health_check": "an answer for machines",
    "still_here": "an answer without a page",
    "paper_care": "a file",
    "paper_health": "a file",
    "paper_education": "a file",
    "paper_leaving_care": "a file",
    "paper_safety": "a file",
    "paper_carer": "a file",
    "paper_carer_concerns": "a file",
    "paper_childrens_home": "a file",
    "paper_corporate_parent": "a file",
    "child_photo": "a picture",
    "mfa_download_recovery_codes": "a file",
    "openid_connect_login": "leads to the council's sign-in: test_council",
    "openid_connect_callback": "comes from the council's sign-in: test_council",
}
"""What has an address and is not looked at here, with the reason; nor are files to keep, by ``is_file``."""

LEADS_ON = {
    "home": "to the page on which the person lands",
    "account_confirm_login_code": "to the sign-in, where no code was asked for",
    "mfa_authenticate": "to the sign-in, where no first step was taken",
    "mfa_login_webauthn": "to the sign-in, where the passkey is asked for",
    "socialaccount_signup": "to the sign-in, where nobody comes from the council's",
}
"""Pages that lead to another, which is then the one looked at, with the reason."""

PARTS = 4
"""The pages are looked at in so many tests, each on a record of its own: together they take minutes."""
SECOND_STEP = "a person with a second step"
WITH_SECOND_STEP = frozenset({
    "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_deactivate_totp", "mfa_remove_webauthn", "mfa_edit_webauthn",
})  # fmt: skip
"""Pages of those who have an authenticator app, a passkey and recovery codes, and have just proved who they are."""

ASKED = {"reallocate": ("?worker=*",), "search": ("?q=Jones", "?q=Nobody"), "child": ("?as_of=2026-01-31",)}
"""What else is looked at of pages that show little until they are asked."""

DESK, PHONE = 1280, 360
"""Widths in dots."""
LOOKED_AT = (200, 401)
"""401 is what the page says that tells of a failed sign-in."""
TAKES_A_FORM = 405


def whose(name: str) -> str | None:
    """Who looks at the page: the role that reaches furthest; None where nobody need be signed in."""
    page = pages()[name]
    if name in WITH_SECOND_STEP:
        return SECOND_STEP
    if name == "account_logout":
        return Role.BOARD_MEMBER  # open to all, and a page to those who are signed in
    return None if page.is_open else max(Role.values, key=lambda role: page.reach[role])


@pytest.fixture
def people(a_user):
    found: dict[str, Any] = {}
    return lambda role: found.get(role) or found.setdefault(role, a_user(role=role))


@pytest.fixture
def desks(browsing, people, a_user):
    """A tab of whoever looks; each is opened once."""
    tabs: dict[str | None, Any] = {}

    def build(who: str | None) -> Any:
        if who not in tabs and who == SECOND_STEP:
            tabs[who] = browsing(a_user())
            add_passkey(tabs[who])
            add_app(tabs[who])
        elif who not in tabs:
            tabs[who] = browsing(people(who) if who else None)
        return tabs[who]

    return build


def add_app(tab: Any) -> None:
    """Adds an authenticator app on the page, and proves again who is there."""
    store = SessionStore(tab.context.cookies()[0]["value"])
    whose_session = User.objects.get(pk=store["_auth_user_id"])
    TOTP.activate(whose_session, generate_totp_secret())
    proof = {"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True}
    store["account_authentication_methods_user"] = str(whose_session.pk)
    store["account_authentication_methods"] = [proof]
    store.save()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_can_be_used_by_everyone(desks, people, a_child, allocated, placed, settings, part):
    settings.HEARTH_DEMO, settings.HEARTH_TODAY = True, date(2026, 3, 31)
    child = a_child("Mia", "Jones")
    allocated(child, people("social_worker"))
    placed(child)
    things = things_of(child, people)
    here, wrong = looked_at()[part::PARTS], list[str]()
    if WITH_SECOND_STEP & {str(pattern.name) for pattern in here}:
        desks(SECOND_STEP)
        things["pk"] = Authenticator.objects.get(type="webauthn").pk
    for pattern in here:
        name, url = str(pattern.name), address(pattern, child, things)
        for more in ("", *ASKED.get(name, ())):
            wrong += look(desks(whose(name)), name, url + more)
    assert not wrong, "\n".join(wrong)


def test_every_address_is_looked_at_or_there_is_a_reason():
    left_out = {str(p.name) for p in PATTERNS if not is_file(p)} - {str(p.name) for p in looked_at()}
    assert left_out == set(NO_PAGE)
    assert set(LEADS_ON) | WITH_SECOND_STEP <= {str(p.name) for p in looked_at()}


def looked_at() -> list[URLPattern]:
    """Every address of the service, one page often having several: of a list, and of a row of it."""
    return [pattern for pattern in PATTERNS if str(pattern.name) not in NO_PAGE and not is_file(pattern)]


def address(pattern: URLPattern, child: Any, things: Mapping[str, Any]) -> str:
    """The address with things of the furnished record in it: its row is of the kind that the address is about.

    Fails for an address that names a kind of thing of which the record has none: give it one in ``furnishing``.
    """
    name, keys = str(pattern.name), set(pattern.pattern.converters)
    here = dict(things)
    if "row_pk" in keys:
        here |= row_in(pattern, child, things)
    assert keys <= set(here), f"{name}: the furnished record has no {', '.join(sorted(keys - set(here)))}"
    return reverse(name, kwargs={key: here[key] for key in keys})


def row_in(pattern: URLPattern, child: Any, things: Mapping[str, Any]) -> dict[str, Any]:
    """The row of an address, and its section where the address has one."""
    name, kind, area = str(pattern.name), pattern.default_args.get("kind"), pattern.default_args.get("shown")
    if isinstance(kind, Kind):
        return {"row_pk": row_of(kind.model, whom(kind.about, child, things)).pk}
    if area is not None:
        return {"row_pk": row_of(area.sections[0].model, {"child": child}).pk, "section": area.sections[0].name}
    if parts := sections_of(name):
        return {"row_pk": row_of(parts[0].model, whom(parts[0].about, child, things)).pk, "section": parts[0].name}
    return {"row_pk": things[name]}


def whom(about: About, child: Any, things: Mapping[str, Any]) -> Mapping[str, Any]:
    """Whom a row is about, by its columns: the child, or the household, home or council of the furnished record."""
    found = {
        "child_pk": lambda: child,
        "carer_pk": lambda: household_of(FosterCarer.objects.get(pk=things["carer_pk"])),
        "home_pk": lambda: home_of(ChildrensHome.objects.get(pk=things["home_pk"])),
        "": council,
    }
    return about.identity(found[about.key]())


def is_file(pattern: URLPattern) -> bool:
    """Whether the address gives a file to keep, not a page."""
    is_export = pages()[str(pattern.name)].kind == "export"
    return is_export and ("form" in pattern.pattern.converters or str(pattern.name).endswith("_file"))


TWICE = """() => {
  const all = [...document.querySelectorAll("[id]")].map(one => one.id);
  return [...new Set(all.filter((id, at) => all.indexOf(id) !== at))];
}"""
"""What is called so twice: a label, or a link to a question, finds the first alone."""


def look(tab: Any, name: str, url: str) -> list[str]:
    """What is wrong with a page, in sentences: as it comes on a desk, then on a phone, where axe looks at it too."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Error

    complaints: list[str] = []

    def hear(message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            complaints.append(f"{url}: {message.text}")

    tab.set_viewport_size({"width": DESK, "height": 800})
    tab.on("console", hear)
    try:
        answer = tab.goto(url)
    except Error:  # an empty answer to what only takes a form is no page to a browser
        return []
    finally:
        tab.remove_listener("console", hear)
    if answer.status not in LOOKED_AT:
        return [] if answer.status == TAKES_A_FORM else [f"{name}, {url}: {answer.status}"]
    led_to = urlsplit(tab.url).path
    if (led_to != urlsplit(url).path) is not (name in LEADS_ON):
        complaints.append(f"{name}, {url}: leads to {led_to}, and this page itself is not looked at")
    if tab.locator("h1").count() != 1:
        complaints.append(f"{url}: {tab.locator('h1').count()} headings of the first level")
    if twice := tab.evaluate(TWICE):
        complaints.append(f"{url}: more than one thing is called {', '.join(twice)}")
    for width in (DESK, PHONE):
        tab.set_viewport_size({"width": width, "height": 800})
        if tab.evaluate("document.documentElement.scrollWidth") > width:
            complaints.append(f"{url}: scrolls sideways at {width}")
    found = Axe().run(tab).response["violations"]
    return complaints + [f"{url}: {rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found]
