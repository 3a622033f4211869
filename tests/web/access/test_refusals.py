"""What was not let happen stands in the log: tries to sign in that failed, and pages and children refused."""

from __future__ import annotations

import json
import time

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from django.urls import reverse

from hearth.web.access.models import AuditEvent
from tests.web.access.test_sign_in import CODE, SIGN_IN, ask, code_mailed, is_in

TYPED = "QQQQ-7777"


def refusals() -> list[str]:
    found = AuditEvent.objects.filter(what__startswith="refused: ").order_by("pk")
    return [line.what.removeprefix("refused: ") for line in found]


def everything_kept() -> str:
    return json.dumps(list(AuditEvent.objects.values("what", "why", "page", "details")))


def test_a_wrong_code_is_noted_with_whose_account_it_was_and_from_where_but_not_the_code(a_user, client):
    user = a_user(name="Asha Khan")
    ask(client, user)
    client.post(CODE, {"code": TYPED})
    line = AuditEvent.objects.get()
    assert (line.user, line.what, line.page) == (None, "refused: wrong code", "account_confirm_login_code")
    assert (line.details, line.why) == ({"person": user.pk}, "As Asha Khan, from 127.0.0.1")
    kept = everything_kept()
    assert not [secret for secret in (TYPED, TYPED.replace("-", ""), code_mailed()) if secret in kept]


def test_the_third_wrong_code_ends_the_try_and_each_is_noted(a_user, client):
    ask(client, a_user())
    for _ in range(4):
        client.post(CODE, {"code": TYPED})
    assert refusals() == ["wrong code"] * 3


@pytest.mark.parametrize("page", [SIGN_IN, "/sign-in/code"])
@pytest.mark.parametrize(
    ("account", "noted"),
    [("works here", []), ("shut out", ["may no longer sign in"]), ("nobody's", ["no such account"])],
)
def test_asking_for_a_code_that_cannot_be_used_is_noted_and_answered_alike(a_user, client, page, account, noted):
    addresses = {
        "works here": a_user().email,
        "shut out": a_user(is_active=False).email,
        "nobody's": "nobody@example.org",
    }
    address = addresses[account]
    answer = client.post(page, {"login" if page == SIGN_IN else "email": address})
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, CODE)
    assert refusals() == noted
    assert "nobody@" not in everything_kept()


def test_whoever_is_shut_out_between_asking_and_entering_the_code_does_not_come_in(a_user, client):
    user = a_user()
    ask(client, user)
    user.is_active = False
    user.save()
    assert client.post(CODE, {"code": code_mailed()}).headers["Location"] == reverse("account_inactive")
    assert not is_in(client)
    assert refusals() == ["may no longer sign in"]


def test_an_address_asked_for_too_often_is_locked_for_a_while_and_noted(a_user):
    user = a_user()
    answers = [Client().post(SIGN_IN, {"login": user.email}) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429] * 2
    assert "Too many" in answers[-1].content.decode()
    assert refusals() == ["too many tries to sign in"] * 2
    assert len(mail.outbox) == 5


def test_one_machine_that_tries_many_addresses_is_stopped_and_noted(db):
    statuses = [Client().post(SIGN_IN, {"login": f"nobody{n}@example.org"}).status_code for n in range(22)]
    assert statuses == [302] * 20 + [429] * 2
    assert refusals() == ["no such account"] * 20 + ["too many tries to sign in"] * 2
    assert "example.org" not in everything_kept()


def code_of(secret: str, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())) + ahead))


def test_a_wrong_code_of_the_authenticator_app_is_noted_and_the_person_is_not_in(a_user, client):
    user, secret = a_user(name="Asha Khan"), generate_totp_secret()
    TOTP.activate(user, secret)
    ask(client, user)
    assert client.post(CODE, {"code": code_mailed()}).headers["Location"] == reverse("mfa_authenticate")
    wrong = f"{(int(code_of(secret)) + 1) % 10**6:06}"
    assert client.post(reverse("mfa_authenticate"), {"code": wrong}).status_code == 200
    assert not is_in(client)
    line = AuditEvent.objects.get()
    assert (line.what, line.details) == ("refused: wrong code at the second step", {"person": user.pk})
    assert wrong not in everything_kept()
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert is_in(client)


def test_a_passkey_that_is_not_known_is_noted(client, db):
    client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    client.post(reverse("mfa_login_webauthn"), {"credential": "{}"})
    client.post(reverse("mfa_login_webauthn"), {"credential": "not even json"})
    assert refusals() == ["passkey not accepted"] * 2


def test_signing_out_and_a_session_that_ends_are_noted(a_user, signed_in):
    user = a_user()
    signed_in(user).post(reverse("account_logout"))
    client = signed_in(user)
    assert is_in(client)
    session = client.session
    session["last"] = time.time() - 31 * 60
    session.save()
    assert not is_in(client)
    found = AuditEvent.objects.filter(user=user).order_by("pk").values_list("what", flat=True)
    assert list(found) == ["signed out", "signed out: the session had ended"]


def test_a_page_that_is_not_for_the_post_is_noted(a_user, signed_in):
    user = a_user(role="health")
    assert signed_in(user).get(reverse("people")).status_code == 403
    line = AuditEvent.objects.get()
    assert (line.user, line.role, line.what, line.page) == (user, "health", "refused: not for this post", "people")


@pytest.mark.parametrize(
    ("role", "whose", "page", "status", "noted"),
    [
        ("social_worker", "hers", "child", 200, []),
        ("social_worker", "another's", "child", 404, ["out of reach"]),
        ("social_worker", "another's", "record_visit", 404, ["out of reach"]),
        ("virtual_school", "another's", "child_education", 200, []),
        ("virtual_school", "another's", "child_visits", 403, ["not for this post"]),
        ("social_worker", "nobody's", "child", 404, []),
    ],
)
def test_a_child_one_may_not_see_is_noted_where_there_is_such_a_child(
    a_user, a_child, allocated, signed_in, role, whose, page, status, noted
):
    user, child = a_user(role=role), a_child("Mia", "Jones")
    allocated(child, user if whose == "hers" else a_user())
    key = child.pk + 1 if whose == "nobody's" else child.pk
    assert signed_in(user).get(reverse(page, args=[key])).status_code == status
    assert refusals() == noted


def test_the_administrator_sees_what_was_refused_to_whom_and_may_see_nothing_else(a_user, client, signed_in):
    asha = a_user(name="Asha Khan", role="health")
    signed_in(asha).get(reverse("people"))
    ask(client, asha)
    client.post(CODE, {"code": TYPED})
    admin = signed_in(a_user(role="administrator"))
    admin.post(reverse("sign_out_everywhere"))
    admin = signed_in(a_user(role="administrator"))
    words = admin.get(reverse("log"), {"only_refused": "on", "person": asha.pk}).content.decode()
    assert "Refused: not for this post: People who may sign in" in words
    assert "Refused: wrong code" in words
    assert "As Asha Khan, from 127.0.0.1" in words
    assert "Nobody signed in" in words
    assert "Signed out everywhere" not in words
    assert "Signed out everywhere" in admin.get(reverse("log")).content.decode()
