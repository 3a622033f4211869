"""Nothing opens unless the policy says so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hearth.web.access.policy import pages
from hearth.web.access.roles import Role


def named(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns)
        else:
            yield pattern


PATTERNS = list(named(get_resolver().url_patterns))
PLAIN = sorted({p.name for p in PATTERNS if p.name and not p.pattern.converters})
"""Pages whose address names no child or other thing."""


def test_every_address_has_a_row_in_the_policy_and_every_row_an_address():
    assert all(pattern.name for pattern in PATTERNS)
    assert {pattern.name for pattern in PATTERNS} == set(pages())


SECOND_STEP = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
"""Pages of those who have an authenticator app or a passkey: allauth itself refuses them to others."""
CLOSED = [name for name in PLAIN if not pages()[name].is_open and name not in SECOND_STEP]


@pytest.mark.parametrize("name", PLAIN)
def test_without_signing_in_only_open_pages_open(client, db, name):
    answer = client.get(reverse(name))
    if pages()[name].is_open:
        assert answer.status_code in (200, 302, 401, 404, 405)
        assert not answer.headers.get("Location", "").startswith("/sign-in?next")
    else:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize(("name", "role"), list(product(CLOSED, Role.values)))
def test_each_role_opens_its_pages_and_no_other(a_user, signed_in, name, role):
    answer = signed_in(a_user(role=role)).get(reverse(name))
    page = pages()[name]
    if page.is_for_all or page.reach[role]:
        assert answer.status_code in (200, 204, 302, 404, 405)
        assert not answer.headers.get("Location", "").startswith("/sign-in")
    else:
        assert answer.status_code == 403


@pytest.mark.parametrize("name", CLOSED)
def test_a_person_without_a_post_opens_nothing_but_their_account(a_user, signed_in, name):
    answer = signed_in(a_user(role=None)).get(reverse(name))
    assert (answer.status_code != 403) is pages()[name].is_for_all


def test_a_page_without_a_row_is_refused(a_user, signed_in, monkeypatch):
    monkeypatch.setattr("hearth.web.access.middleware.pages", dict)
    assert signed_in(a_user(role="administrator")).get(reverse("account")).status_code == 403
