"""Nothing opens unless the policy says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
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


def test_the_log_calls_each_page_by_words_of_its_own():
    said = [page.what for page in pages().values() if not page.is_open]
    assert sorted({what for what in said if said.count(what) > 1}) == []


SECOND_STEP = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
"""Pages of those who have an authenticator app or a passkey: allauth itself refuses them to others."""
CLOSED = [name for name in PLAIN if not pages()[name].is_open and name not in SECOND_STEP]


def ask(client: Client, name: str) -> HttpResponse:
    """The answer of a page; what it did is undone."""
    before = transaction.savepoint()
    answer = client.get(reverse(name))
    transaction.savepoint_rollback(before)
    return answer


def is_sent_to_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in?next=")


def test_without_signing_in_only_open_pages_open(client, db):
    sent = {name for name in PLAIN if is_sent_to_sign_in(ask(client, name))}
    assert sent == {name for name in PLAIN if not pages()[name].is_open}


@pytest.mark.once  # who may see which child, where the databases might differ, is in test_reach
@pytest.mark.usefixtures("last_night")  # whoever may open a page may do so before the day is worked out too
@pytest.mark.parametrize("role", Role.values)
def test_each_role_opens_its_pages_and_no_other(a_user, signed_in, role):
    client = signed_in(a_user(role=role))
    answers = {name: ask(client, name) for name in CLOSED}
    refused = {name for name, answer in answers.items() if answer.status_code == 403}
    assert refused == {n for n in CLOSED if not (pages()[n].is_for_all or pages()[n].reach[role])}
    assert not [name for name, answer in answers.items() if answer.status_code >= 500 or is_sent_to_sign_in(answer)]


def test_a_person_without_a_post_opens_nothing_but_their_account(a_user, signed_in):
    client = signed_in(a_user(role=None))
    opened = {name for name in CLOSED if ask(client, name).status_code != 403}
    assert opened == {name for name in CLOSED if pages()[name].is_for_all}


def test_a_page_without_a_row_is_refused(a_user, signed_in, monkeypatch):
    monkeypatch.setattr("hearth.web.access.middleware.pages", dict)
    assert signed_in(a_user(role="administrator")).get(reverse("account")).status_code == 403
