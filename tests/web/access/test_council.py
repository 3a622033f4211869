"""The council's own sign-in, with a real provider in a process of its own on loopback: the whole way there and back."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from django.test import Client
from django.urls import reverse

from hearth.web.access.models import AuditEvent
from hearth.web.config.outside import open_id_connect
from hearth.web.config.security import content_security_policy
from tests.web.access.provider import CLIENT, SECRET
from tests.web.access.test_refusals import refusals
from tests.web.access.test_sign_in import is_in

BEGIN, RETURN = "/sign-in/council/begin", "/sign-in/council/return"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    words = [sys.executable, "-m", "tests.web.access.provider"]
    running = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    yield running.stdout.readline().strip()
    running.terminate()
    running.wait(10)


def set_up(settings: Any, monkeypatch: Any, url: str, **more: str) -> None:
    """The settings of a council that has its own sign-in."""
    given = {"URL": url, "CLIENT": CLIENT, "SECRET": SECRET, "NAME": "your council account", **more}
    for name, value in given.items():
        monkeypatch.setenv(f"HEARTH_OPENID_{name}", value)
    settings.SOCIALACCOUNT_PROVIDERS = open_id_connect()
    settings.CONTENT_SECURITY_POLICY = content_security_policy(url)


@pytest.fixture
def council(provider, settings, monkeypatch) -> str:
    set_up(settings, monkeypatch, provider)
    return provider


def sent_to(client: Client, **asked: str) -> str:
    answer = client.post(BEGIN, asked)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def told(url: str, address: str, wrong: str = "") -> dict[str, str]:
    """What the provider sends back with the person, after they said who they are on its page."""
    page = requests.get(url, timeout=10)
    assert page.status_code == 200, page.text
    kept = re.findall(r'name="([a-z_]+)" value="([^"]*)"', page.text)
    form = {name: unescape(value) for name, value in kept} | {"address": address, "wrong": wrong}
    back = requests.post(f"{url.split('/authorize', maxsplit=1)[0]}/person", form, timeout=10, allow_redirects=False)
    return {name: values[0] for name, values in parse_qs(urlsplit(back.headers["Location"]).query).items()}


def come_back(client: Client, answer: dict[str, str]) -> Any:
    return client.get(f"{RETURN}?{urlencode(answer)}")


def test_a_person_comes_in_with_the_councils_account(council, a_user, client):
    user = a_user()
    answer = come_back(client, told(sent_to(client, next="/account"), user.email))
    assert answer.headers["Location"] == "/account"
    assert is_in(client)
    assert list(AuditEvent.objects.values_list("user", "what")) == [(user.pk, "signed in")]


@pytest.mark.parametrize(
    ("wrong", "noted"),
    [
        ("issuer", "the council's sign-in failed (OAuth2Error: Invalid id_token)"),
        ("audience", "the council's sign-in failed (OAuth2Error: Invalid id_token)"),
        ("too old", "the council's sign-in failed (OAuth2Error: Invalid id_token)"),
        ("nonce", "the council's sign-in failed (OAuth2Error: the answer was not made for this try)"),
        ("no nonce", "the council's sign-in failed (OAuth2Error: the answer was not made for this try)"),
        ("no proof", "the council's sign-in failed (OAuth2Error: the answer was not made for this try)"),
        ("two people", "the council's sign-in failed (OAuth2Error: the answer speaks of two people)"),
        ("cancelled", "the council's sign-in failed"),
        ("address not verified", "council account of nobody here"),
        ("address not spoken of", "council account of nobody here"),
    ],
)
def test_an_answer_that_is_not_right_lets_nobody_in_and_is_noted(council, a_user, client, wrong, noted):
    user = a_user()
    answer = come_back(client, told(sent_to(client), user.email, wrong))
    assert answer.status_code in (200, 302, 401)
    assert not is_in(client)
    assert refusals() == [noted]


@pytest.mark.parametrize(
    ("how", "change"),
    [
        ("another state", lambda answer: answer | {"state": "made-up"}),
        ("no state", lambda answer: {"code": answer["code"]}),
        ("no code", lambda answer: {"state": answer["state"]}),
        ("another code", lambda answer: answer | {"code": "made-up"}),
    ],
)
def test_a_way_back_that_was_tampered_with_lets_nobody_in(council, a_user, client, how, change):
    answer = come_back(client, change(told(sent_to(client), a_user().email)))
    assert answer.status_code == 401, how
    assert "did not work" in answer.content.decode()
    assert not is_in(client)
    assert len(refusals()) == 1


def test_a_way_back_begun_in_another_browser_or_used_before_lets_nobody_in(council, a_user):
    mine, theirs, user = Client(), Client(), a_user()
    answer = told(sent_to(mine), user.email)
    assert come_back(theirs, answer).status_code == 401
    assert not is_in(theirs)
    come_back(mine, answer)
    assert is_in(mine)
    mine.post(reverse("account_logout"))
    assert come_back(mine, answer).status_code == 401
    assert not is_in(mine)


@pytest.mark.parametrize(
    ("who", "noted"),
    [("nobody here", "council account of nobody here"), ("shut out", "may no longer sign in")],
)
def test_only_people_who_were_added_and_may_sign_in_come_in(council, a_user, client, who, noted):
    address = a_user(is_active=False).email if who == "shut out" else "new@example.org"
    come_back(client, told(sent_to(client), address))
    assert not is_in(client)
    assert refusals() == [noted]


def test_addresses_of_a_domain_that_the_settings_vouch_for_need_no_word_of_the_provider(
    provider, settings, monkeypatch, a_user
):
    set_up(settings, monkeypatch, provider, DOMAINS="council.example, example.org")
    client = Client()
    come_back(client, told(sent_to(client), a_user().email, "address not spoken of"))
    assert is_in(client)


@pytest.mark.parametrize("where", ["imposter", "not there"])
def test_a_provider_that_is_not_the_one_of_the_settings_is_a_page_in_words(
    provider, settings, monkeypatch, client, db, where
):
    url = f"{provider}/imposter" if where == "imposter" else "http://localhost:1"
    set_up(settings, monkeypatch, url)
    answer = client.post(BEGIN)
    assert answer.status_code == 401
    assert "did not work" in answer.content.decode()
    assert refusals()[0].startswith("the council's sign-in failed (OAuth2Error: the provider at HEARTH_OPENID_URL")


@pytest.mark.parametrize("asked", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere_afterwards(council, a_user, client, asked):
    answer = come_back(client, told(sent_to(client, next=asked), a_user().email))
    assert is_in(client)
    assert answer.headers["Location"] == "/"


def test_a_visit_to_the_address_alone_begins_nothing(council, client, db):
    assert client.get(BEGIN).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_in_a_browser(council, browsing, a_user):
    user = a_user()
    page = browsing()
    page.goto("/account")
    page.get_by_role("button", name="Sign in with your council account").click()
    page.wait_for_url(f"{council}/**")
    page.get_by_label("Address").fill(user.email)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/account")
    assert page.locator("h1").inner_text() == "Your account"
