"""Signing in by code, the limits of a session, and who may not."""

from __future__ import annotations

import re
import time

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from hearth.web.access.models import AuditEvent, User
from tests.web.sheets.opened import Opened

SIGN_IN, CODE = "/sign-in", "/sign-in/code/enter"


def code_mailed() -> str:
    found = re.search(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", mail.outbox[-1].body, re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found.group(1)


def ask(client: Client, user: User) -> None:
    assert client.post(SIGN_IN, {"login": user.email}).headers["Location"].startswith(CODE)


def is_in(client: Client) -> bool:
    return client.get("/account").status_code == 200


def test_a_person_signs_in_with_the_code_that_was_mailed(a_user, client):
    user = a_user()
    ask(client, user)
    assert mail.outbox[-1].to == [user.email]
    answer = client.post(CODE, {"code": code_mailed()})
    assert answer.headers["Location"] == "/"
    assert is_in(client)
    assert AuditEvent.objects.filter(user=user, what="signed in").count() == 1


def test_an_address_nobody_has_is_answered_alike_and_gets_no_mail(client, db):
    answer = client.post(SIGN_IN, {"login": "nobody@example.org"})
    assert answer.headers["Location"].startswith(CODE)
    assert not mail.outbox
    assert "has been sent" not in client.get(CODE).content.decode(), "no code was"


def test_a_wrong_code_is_told_once_and_in_our_words(a_user, client):
    ask(client, a_user())
    words = client.post(CODE, {"code": "WRONG1"}).content.decode()
    assert words.count("There is a problem") == 1
    assert "That is not the code: type the one in the newest message from us" in words


def test_three_wrong_codes_end_the_try(a_user, client):
    user = a_user()
    ask(client, user)
    right = code_mailed()
    for _ in range(3):
        client.post(CODE, {"code": "WRONG1"})
    client.post(CODE, {"code": right})
    assert not is_in(client)


def test_asking_for_codes_again_and_again_is_stopped(a_user, client):
    user = a_user()
    statuses = [client.post(SIGN_IN, {"login": user.email}).status_code for _ in range(40)]
    assert 429 in statuses
    assert len(mail.outbox) <= 6


def test_a_person_shut_out_gets_no_code(a_user, client):
    user = a_user(is_active=False)
    client.post(SIGN_IN, {"login": user.email})
    if mail.outbox:
        client.post(CODE, {"code": code_mailed()})
    assert not is_in(client)


def test_nobody_adds_themselves(client, db):
    client.post("/sign-in/closed", {"email": "new@example.org"})
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("unused", "lasted", "still_in"),
    [(0, 0, True), (29, 60, True), (31, 60, False), (5, 9 * 60, True), (5, 10 * 60 + 1, False)],
)
def test_a_session_ends_without_use_and_at_the_latest_after_ten_hours(a_user, signed_in, unused, lasted, still_in):
    client = signed_in(a_user())
    assert is_in(client)
    session = client.session
    session.update({"last": time.time() - 60 * unused, "began": time.time() - 60 * lasted})
    session.save()
    assert is_in(client) is still_in


def test_using_the_service_keeps_the_session(a_user, signed_in):
    client = signed_in(a_user())
    is_in(client)
    session = client.session
    session["last"] = time.time() - 60 * 20
    session.save()
    assert client.get("/account/still-here").status_code == 204
    assert time.time() - client.session["last"] < 10


def test_signing_out_everywhere_ends_every_session(a_user, signed_in):
    user = a_user()
    office, phone = signed_in(user), signed_in(user)
    assert is_in(office)
    assert is_in(phone)
    office.post(reverse("sign_out_everywhere"))
    assert not is_in(office)
    assert not is_in(phone)


@pytest.mark.parametrize(
    ("is_demo", "is_made_up", "status"), [(True, True, 302), (True, False, 404), (False, True, 404)]
)
def test_only_made_up_people_are_signed_in_by_a_button_and_only_in_the_demonstration(
    a_user, client, settings, is_demo, is_made_up, status
):
    settings.HEARTH_DEMO = is_demo
    user = a_user(is_made_up=is_made_up)
    assert (user.name in client.get(SIGN_IN).content.decode()) is (status == 302)
    assert client.post(reverse("demo_sign_in"), {"person": user.pk}).status_code == status
    assert is_in(client) is (status == 302)


def test_what_was_to_be_said_to_one_person_is_not_said_to_the_next_at_the_machine(
    a_user, signed_in, a_child, allocated
):
    worker, child = a_user(), a_child("Mia", "Jones")
    allocated(child, worker)
    machine = signed_in(worker)
    page = Opened(machine, reverse("record_family_member", args=[child.pk]))
    assert page.fill(name="Ann Smith", relation="mother", may_have_contact=True).send().is_done
    kept = {name for name, cookie in machine.cookies.items() if cookie.value}
    assert kept <= {"hearth", "hearth-form"}, "nothing that is said of a child lies in the browser"
    machine.post(reverse("account_logout"))
    machine.force_login(a_user(name="Pat Other"), backend="hearth.web.access.backend.Backend")
    said = machine.get("/", follow=True).content.decode()
    assert "Pat Other" in said and "Mia" not in said


def test_pages_carry_no_script_or_style_of_their_own_and_are_not_kept(a_user, signed_in):
    answer = signed_in(a_user()).get("/account")
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    words = answer.content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", words)
