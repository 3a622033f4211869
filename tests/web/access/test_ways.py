"""What people change of how they sign in: in the log with who, what and from where, and on their own page."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from hearth.web.access.models import AuditEvent, User
from tests.web.access.test_refusals import code_of
from tests.web.access.test_sign_in import code_mailed

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha(a_user: Callable[..., User]) -> User:
    return a_user(name="Asha Khan")


@pytest.fixture
def at_home(asha: User, signed_in: Callable[[User], Client]) -> Client:
    """Her own browser, in which she has just proved again that it is she."""
    client = signed_in(asha)
    proof = {"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True}
    session = client.session
    session["account_authentication_methods_user"] = str(asha.pk)
    session["account_authentication_methods"] = [proof]
    session.save()
    return client


def an_app(user: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def a_passkey(user: User, name: str) -> Authenticator:
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": name, "credential": {}})


def told(user: User) -> list[str]:
    return list(AuditEvent.objects.filter(user=user).order_by("pk").values_list("what", flat=True))


def change(client: Client, page: str, *key: int, **said: str) -> None:
    answer = client.post(reverse(page, args=key), said)
    assert answer.status_code == 302, answer.content.decode()


def an_app_is_added(client: Client, _: User) -> None:
    client.get(reverse("mfa_activate_totp"))
    change(client, "mfa_activate_totp", code=code_of(client.session["mfa.totp.secret"]))


def an_app_is_removed(client: Client, user: User) -> None:
    an_app(user)
    RecoveryCodes.activate(user)
    change(client, "mfa_deactivate_totp")


def an_app_is_removed_beside_a_passkey(client: Client, user: User) -> None:
    a_passkey(user, "My phone")
    an_app_is_removed(client, user)


def a_passkey_is_removed(client: Client, user: User) -> None:
    an_app(user)
    change(client, "mfa_remove_webauthn", a_passkey(user, "My phone").pk)


def a_passkey_is_renamed(client: Client, user: User) -> None:
    change(client, "mfa_edit_webauthn", a_passkey(user, "My phone").pk, name="Old phone")


def codes_are_made_anew(client: Client, user: User) -> None:
    an_app(user)
    RecoveryCodes.activate(user)
    change(client, "mfa_generate_recovery_codes")


CASES: list[tuple[Callable[[Client, User], None], list[str], str]] = [
    (an_app_is_added, ["authenticator app added", "recovery codes made"], "Authenticator app added"),
    (an_app_is_removed, ["authenticator app removed", "recovery codes removed"], "Recovery codes removed"),
    (an_app_is_removed_beside_a_passkey, ["authenticator app removed"], "Authenticator app removed"),
    (a_passkey_is_removed, ["passkey removed"], "Passkey removed: My phone"),
    (a_passkey_is_renamed, ["passkey renamed"], "Passkey renamed: My phone, now Old phone"),
    (codes_are_made_anew, ["recovery codes made"], "Recovery codes made"),
]


@pytest.mark.parametrize(("act", "lines", "shown"), CASES, ids=[case[0].__name__ for case in CASES])
def test_each_change_is_in_the_log_and_on_the_persons_own_page(
    at_home: Client, asha: User, act: Callable[[Client, User], None], lines: list[str], shown: str
) -> None:
    act(at_home, asha)
    assert told(asha) == lines
    line = AuditEvent.objects.filter(user=asha).latest("pk")
    assert (line.why, line.details["person"]) == ("From 127.0.0.1", asha.pk)
    assert shown in at_home.get(reverse("account")).content.decode()


def test_no_secret_and_no_code_is_kept_in_the_log(at_home: Client, asha: User) -> None:
    at_home.get(reverse("mfa_activate_totp"))
    secret = at_home.session["mfa.totp.secret"]
    an_app_is_added(at_home, asha)
    codes = Authenticator.objects.get(user=asha, type="recovery_codes").wrap().get_unused_codes()
    kept = json.dumps(list(AuditEvent.objects.values("what", "why", "page", "details")))
    assert not [word for word in (secret, *codes) if word in kept]


def test_a_wrong_code_changes_nothing_and_writes_no_change(at_home: Client, asha: User) -> None:
    at_home.get(reverse("mfa_activate_totp"))
    wrong = f"{(int(code_of(at_home.session['mfa.totp.secret'])) + 1) % 10**6:06}"
    assert at_home.post(reverse("mfa_activate_totp"), {"code": wrong}).status_code == 200
    assert (told(asha), Authenticator.objects.count()) == ([], 0)


def test_nobody_changes_what_is_another_persons(at_home: Client, asha: User, a_user: Any) -> None:
    other = a_passkey(a_user(), "Her phone")
    assert at_home.post(reverse("mfa_remove_webauthn", args=[other.pk])).status_code == 404
    assert (told(asha), Authenticator.objects.count()) == ([], 1)


def test_a_person_sees_what_an_administrator_changed_and_not_what_became_of_others(
    at_home: Client, asha: User, a_user: Any, signed_in: Any
) -> None:
    other, administrator = a_user(name="Bo Reed"), a_user(role="administrator", name="Ada Lane")
    desk = signed_in(administrator)
    for whom, name, address in ((asha, "Asha Khan", "asha.khan@example.org"), (other, "Bo Stone", other.email)):
        desk.post(reverse("person_changed", args=[whom.pk]), {"name": name, "email": address, "worker_id": ""})
    asha.refresh_from_db()
    here, there = (signed_in(whom).get(reverse("account")).content.decode() for whom in (asha, other))
    assert "E-mail address changed" in here
    assert "Ada Lane" in here
    assert "Nothing has been changed" in there


def test_the_administrators_log_says_which_passkey(at_home: Client, asha: User, a_user: Any, signed_in: Any) -> None:
    a_passkey_is_removed(at_home, asha)
    words = signed_in(a_user(role="administrator")).get(reverse("log"), {"person": asha.pk}).content.decode()
    assert "Passkey removed" in words
    assert "From 127.0.0.1" in words


def test_what_was_sent_before_the_person_proved_who_they_are_is_noted_when_it_is_done(
    asha: User, signed_in: Callable[[User], Client]
) -> None:
    client, secret = signed_in(asha), an_app(asha)
    asked = client.post(reverse("mfa_deactivate_totp"))
    assert asked.headers["Location"].startswith(reverse("mfa_reauthenticate"))
    assert told(asha) == []
    done = client.post(asked.headers["Location"], {"code": code_of(secret)})
    assert (done.status_code, Authenticator.objects.count()) == (302, 0)
    assert AuditEvent.objects.get(user=asha).page == "mfa_deactivate_totp"
    assert "Authenticator app removed" in client.get(reverse("account")).content.decode()


@pytest.mark.parametrize("page", ["mfa_activate_totp", "mfa_add_webauthn"])
@pytest.mark.parametrize(("minutes_ago", "is_asked"), [(0, False), (9, False), (11, True), (None, True)])
def test_who_has_no_second_step_signs_in_again_before_one_is_added(
    asha: User, at_home: Client, page: str, minutes_ago: int | None, is_asked: bool
) -> None:
    session = at_home.session
    at = time.time() - 60 * (minutes_ago or 0)
    session["account_authentication_methods"] = [] if minutes_ago is None else [{"method": "code", "at": at}]
    session.save()
    shown = at_home.get(reverse(page)).content.decode()
    assert ("Sign in again first" in shown) == is_asked
    sent = at_home.post(reverse(page), {"code": "123456", "name": "Mine", "credential": "{}"}).content.decode()
    assert ("Sign in again first" in sent) == is_asked
    assert not Authenticator.objects.exists()


def test_who_signed_in_again_comes_back_to_the_page_and_adds_the_app(asha: User, at_home: Client) -> None:
    session = at_home.session
    session["account_authentication_methods"] = []
    session.save()
    assert "Sign in again first" in at_home.get(reverse("mfa_activate_totp")).content.decode()
    back = "/sign-in?next=%2Faccount%2Fauthenticator%2Fadd"
    assert at_home.post(reverse("account_logout"), {"next": back}).headers["Location"] == back
    asked = at_home.post("/sign-in", {"login": asha.email, "next": "/account/authenticator/add"})
    entered = at_home.post(asked.headers["Location"], {"code": code_mailed()})
    assert entered.headers["Location"] == "/account/authenticator/add"
    an_app_is_added(at_home, asha)
    assert Authenticator.objects.filter(user=asha, type="totp").exists()


def test_who_has_an_app_is_asked_for_its_code_before_a_passkey_is_added(asha: User, at_home: Client) -> None:
    an_app(asha)
    session = at_home.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
    session.save()
    answer = at_home.get(reverse("mfa_add_webauthn"))
    assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate"))


@pytest.mark.parametrize("page", ["mfa_reauthenticate", "mfa_reauthenticate_webauthn"])
def test_who_has_nothing_to_prove_it_with_is_led_to_what_may_be_added(
    asha: User, signed_in: Callable[[User], Client], page: str
) -> None:
    answer = signed_in(asha).get(reverse(page))
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("mfa_index"))
    an_app(asha)
    assert signed_in(asha).get(reverse(page)).headers.get("Location") != reverse("mfa_index")
