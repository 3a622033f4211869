"""A passkey, added and used in a real browser with a made-up authenticator."""

from __future__ import annotations

from typing import Any

import pytest

from hearth.web.access.models import AuditEvent


def add_passkey(page: Any) -> None:
    """Adds a passkey on the page of the person's own account, from an authenticator that is made up."""
    authenticator = page.context.new_cdp_session(page)
    authenticator.send("WebAuthn.enable")
    traits = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    authenticator.send("WebAuthn.addVirtualAuthenticator", {"options": traits})
    page.goto("/account/passkeys/add")
    page.fill("input[name=name]", "My phone")
    page.check("input[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "passkeys/add" not in url)


@pytest.mark.django_db(transaction=True)
def test_a_person_adds_a_passkey_and_signs_in_with_it(browsing, a_user):
    user = a_user(name="Asha Khan")
    page = browsing(user)
    add_passkey(page)
    page.goto("/account")
    assert page.get_by_role("cell", name="Passkey added: My phone").is_visible()
    page.click("text=Sign out")
    page.wait_for_url("**/sign-in*")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto("/account")
    assert page.locator("h1").inner_text() == "Your account"
    assert AuditEvent.objects.filter(user=user, what="signed in").exists()
