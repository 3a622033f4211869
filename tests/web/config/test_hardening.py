"""What an attacker tries at the door: other hosts, other sites, too much, odd numbers; and the pages that say no."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import product

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from tests.web.access.test_sign_in import CODE, ask, code_mailed

ELSEWHERE = ["https://elsewhere.example/", "//elsewhere.example/a", "/\\elsewhere.example", "javascript:alert(1)"]
HUGE = "9" * 40
ODD = [HUGE, "-1", "\x00", "٣", "9" * 5000]


@pytest.mark.parametrize("there", ELSEWHERE)
def test_signing_in_leads_nowhere_else(a_user, client, settings, there):
    user = a_user(is_made_up=True)
    ask(client, user)
    assert client.post(f"{CODE}?next={there}", {"code": code_mailed(), "next": there}).headers["Location"] == "/"
    settings.HEARTH_DEMO = True
    demo = Client().post(reverse("demo_sign_in"), {"person": user.pk, "next": there})
    assert demo.headers["Location"] == "/"


@pytest.mark.parametrize("there", ELSEWHERE)
def test_signing_out_and_being_sent_to_sign_in_lead_nowhere_else(a_user, client, signed_in, there):
    gone = signed_in(a_user()).post(f"{reverse('account_logout')}?next={there}", {"next": there})
    assert gone.headers["Location"] == reverse("account_login")
    sent = client.get("/child/1", {"next": there}).headers["Location"]
    assert sent.startswith("/sign-in?next=/child/1")
    double = client.get("//elsewhere.example/child/1")
    assert double.status_code in (302, 404)
    assert not double.headers.get("Location", "").startswith(("//", "http"))


def test_a_host_that_is_not_ours_is_refused_in_words(client, db):
    for name in ("HTTP_HOST", "HTTP_X_FORWARDED_HOST"):
        answer = client.get("/sign-in", **{name: "elsewhere.example"})
        assert b"elsewhere.example" not in answer.content
        assert answer.status_code == (400 if name == "HTTP_HOST" else 200)
    refused = client.get("/sign-in", HTTP_HOST="elsewhere.example")
    assert b"<h1" in refused.content and b"could not be understood" in refused.content
    assert b"Traceback" not in refused.content


def breaks(error):
    def view(*_, **__):
        raise error

    return view


WRONG = {
    400: SuspiciousOperation("the secret of Mia Jones"),
    500: RuntimeError("the secret of Mia Jones"),
    503: OperationalError("the secret of Mia Jones"),
}


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
@pytest.mark.parametrize("is_in", [True, False], ids=["signed in", "nobody signed in"])
def test_every_page_that_says_no_has_words_and_the_same_headers_as_others(a_user, client, monkeypatch, status, is_in):
    client.raise_request_exception = False
    if is_in:
        client.force_login(a_user())
    where = reverse("account") if is_in else reverse("account_login")
    if status in WRONG:
        at = "hearth.web.access.views.standing" if is_in else "hearth.web.access.sign_in.demo_people"
        monkeypatch.setattr(at, breaks(WRONG[status]))
        answer = client.get(where)
    elif status == 403:
        answer = client.get(reverse("people")) if is_in else Client(enforce_csrf_checks=True).post(where)
    elif status == 404:
        answer = client.get("/nothing-here")
    else:
        answers = [Client().post(reverse("account_login"), {"login": "a@example.org"}) for _ in range(6)]
        answer = answers[-1]
    assert answer.status_code == status
    words = answer.content.decode()
    assert words.count("<h1") == 1 and "<title>" in words
    assert not [secret for secret in ("Traceback", "Mia Jones", "hearth.web", "SuspiciousOperation") if secret in words]
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "url",
    [
        f"/child/{HUGE}",
        f"/child/{HUGE}/record/visit",
        f"/child/{HUGE}/health",
        f"/emergency?child={HUGE}",
        f"/my-work?page={HUGE}",
        "/my-work?by=%00&within=%00&whose=%F0%9F%90%88",
        "/search?q=%00",
        f"/search?q={HUGE}",
        f"/search?q={'x' * 100}",
        "/search?q=99/99/9999",
        "/my-work.exe",
        f"/my-team?worker={HUGE}",
        "/my-team/reallocate?worker=%00",
    ],
)
def test_odd_numbers_and_letters_in_an_address_break_nothing(a_user, signed_in, url):
    client = signed_in(a_user(role="team_manager"))
    client.raise_request_exception = False
    assert client.get(url).status_code in (200, 400, 403, 404)


@pytest.mark.parametrize(
    "url",
    ["?as_of=0000-00-00", "?as_of=%00", "/health?all=%00", f"/care/episodes/{HUGE}", f"?page={HUGE}", "?draft=%00"],
)
def test_odd_things_asked_of_a_child_break_nothing(a_user, a_child, allocated, signed_in, url):
    user, child = a_user(role="team_manager"), a_child()
    allocated(child, user)
    client = signed_in(user)
    client.raise_request_exception = False
    for page in ("", "/chronology", "/record/visit", "/who-has-looked"):
        status = client.get(f"/child/{child.pk}{page}{url}").status_code
        assert status in ((400, 404) if "%00" in url else (200, 404)), page


@pytest.mark.parametrize(
    "name",
    ["_revision", "_saves", "_base", "_more_decisions", "decisions-{}-what", "_sheet", "_do", "visited_on_0", "_with"],
)
def test_odd_answers_in_a_form_break_nothing(a_user, a_child, allocated, signed_in, name):
    user, child = a_user(role="team_manager"), a_child()
    allocated(child, user)
    client = signed_in(user)
    client.raise_request_exception = False
    for page, value in product(("record_visit", "record_details", "record_review"), ODD):
        for do in ("record", "draft", "merge"):
            sent = {"_do": do, name.format(value): value}
            answer = client.post(reverse(page, args=[child.pk]), sent)
            assert answer.status_code in (200, 302, 400, 404, 409), (page, do, value[:9])


@pytest.mark.parametrize(
    ("role", "page", "megabytes"),
    [
        (None, "account_login", 2),
        (None, "load_files", 2),
        ("social_worker", "load_files", 102),
        ("social_worker", "account", 102),
        ("analyst", "account", 102),
        ("analyst", "load_files", 302),
    ],
)
def test_more_than_a_page_takes_is_refused_unread(a_user, signed_in, client, settings, role, page, megabytes):
    settings.HEARTH_UPLOAD_MB = 300
    sender = signed_in(a_user(role=role)) if role else client
    said = {"content_type": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(megabytes * 1024**2)}
    answer = sender.generic("POST", reverse(page), b"--x--", **said)
    assert answer.status_code == 413
    assert "can be sent here at once" in answer.content.decode()


PRODUCTION = """
import django, json
django.setup()
from django.conf import settings
from django.test import Client
answer = Client().get("/sign-in", secure=True, HTTP_HOST="hearth.council.example")
plain = Client().get("/sign-in", HTTP_HOST="hearth.council.example")
print(json.dumps({
    "status": answer.status_code,
    "cookies": {name: str(morsel) for name, morsel in answer.cookies.items()},
    "hsts": answer.headers.get("Strict-Transport-Security"),
    "plain": [plain.status_code, plain.headers.get("Location")],
    "session": [settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY,
                settings.SESSION_COOKIE_SAMESITE],
    "other": Client().get("/sign-in", secure=True, HTTP_HOST="elsewhere.example").status_code,
    "debug": settings.DEBUG, "demo": settings.HEARTH_DEMO, "today": settings.HEARTH_TODAY,
}))
"""


READY = """
import django
django.setup()
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from hearth.web.config import ready
ready.make_folders()
ready.collect()
settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}  # the tables straight from the models
call_command("migrate", run_syncdb=True, verbosity=0)
"""


def production(tmp_path, program: str, **more: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("HEARTH_")}
    given = {
        "DJANGO_SETTINGS_MODULE": "hearth.web.config.settings",
        "HEARTH_ENVIRONMENT": "production",
        "HEARTH_DATA": str(tmp_path),
        "HEARTH_SECRET_KEY": "k3y-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
        "HEARTH_HOSTS": "hearth.council.example",
        "HEARTH_TODAY": "2020-01-01",
    }
    words = [sys.executable, "-c", program]
    return subprocess.run(words, env=clean | given | more, capture_output=True, text=True, check=False)


@pytest.mark.once
def test_in_production_cookies_travel_encrypted_and_out_of_reach_of_scripts(tmp_path, page_components):
    made = production(tmp_path, READY)
    assert made.returncode == 0, made.stderr
    done = production(tmp_path, PRODUCTION)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert (said["status"], said["other"]) == (200, 400)
    assert said["session"] == ["__Host-hearth", True, True, "Lax"]
    form = said["cookies"]["__Host-hearth-form"]
    assert all(part in form for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/")) and "Domain" not in form
    assert said["hsts"] == "max-age=31536000; includeSubDomains"
    assert said["plain"] == [301, "https://hearth.council.example/sign-in"]
    assert (said["debug"], said["demo"], said["today"]) == (False, False, None)


@pytest.mark.once
@pytest.mark.parametrize("hosts", ["*", ".", "hearth.council.example,*"])
def test_production_does_not_answer_for_every_host(tmp_path, hosts):
    done = production(tmp_path, "import django; django.setup()", HEARTH_HOSTS=hosts)
    assert done.returncode != 0
    assert "HEARTH_HOSTS" in done.stderr
