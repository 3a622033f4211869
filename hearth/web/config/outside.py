"""What Hearth reaches outside itself, by settings: the council's sign-in and its mail server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlparse

from django.core.exceptions import ImproperlyConfigured

from hearth.web.config import environment

PARTS = ("HEARTH_OPENID_URL", "HEARTH_OPENID_CLIENT", "HEARTH_OPENID_SECRET")


def open_id_connect() -> dict[str, Any]:
    """The council's sign-in where its three settings are given (Entra ID: ``https://…/TENANT/v2.0``); else none.

    An address counts only where the provider says that it was verified, or where HEARTH_OPENID_DOMAINS has its domain.
    """
    given = {name: environment.text(name) for name in PARTS}
    missing = [name for name, value in given.items() if not value]
    if len(missing) == len(PARTS):
        return {}
    if missing:
        raise ImproperlyConfigured(f"{' and '.join(missing)} is not set: the council's sign-in needs all three.")
    url, client, secret = given.values()
    app = {
        "provider_id": "council",
        "name": environment.text("HEARTH_OPENID_NAME", "your council account"),
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": url, "verified_email": environment.several("HEARTH_OPENID_DOMAINS")},
    }
    return {"openid_connect": {"APPS": [app], "EMAIL_AUTHENTICATION": True, "OAUTH_PKCE_ENABLED": True}}


@dataclass(frozen=True)
class Email:
    """How mail is sent: through a server, or shown on the console where there is none."""

    backend: str
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    is_encrypted: bool = False


def email() -> Email:
    """Mail from HEARTH_EMAIL_URL, such as ``smtp+tls://user:password@host:587``. Console where it is not set."""
    url = environment.text("HEARTH_EMAIL_URL")
    if not url:
        return Email("django.core.mail.backends.console.EmailBackend")
    parts = urlparse(url)
    if parts.scheme not in ("smtp", "smtp+tls") or not parts.hostname:
        raise ImproperlyConfigured(
            f"HEARTH_EMAIL_URL begins with {parts.scheme!r}: it is smtp+tls://user:password@host:587."
        )
    return Email(
        "django.core.mail.backends.smtp.EmailBackend",
        parts.hostname,
        parts.port or 25,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        parts.scheme == "smtp+tls",
    )
