"""The pages on which people change how they sign in: a change and its line in the log are made together."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from hearth.web.access import audit
from hearth.web.access.models import AuditEvent, Post, User
from hearth.web.access.roles import Role
from hearth.web.access.sign_in import network_address
from hearth.web.access.signed_in import person

BY_ADMINISTRATORS = ("person_changed", "person_let_in")
WORDS: Mapping[str, str] = {
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}
SHOWN = 20

Ways = dict[int, tuple[str, str]]
"""The ways of signing in that a person has: the kind and the name of each, by its key."""


def ways_of(user: User) -> Ways:
    """What the person has beside the code that is mailed. Passkeys have a name that the person gave them."""
    held = Authenticator.objects.filter(user=user).order_by("pk")
    return {one.pk: (one.type, str(one) if one.type == Authenticator.Type.WEBAUTHN else "") for one in held}


def changes(before: Ways, after: Ways) -> Iterator[tuple[str, str]]:
    """What became of the ways of signing in, as the log says it, with the name of a passkey."""
    made_anew = {kind for key, (kind, _) in after.items() if key not in before}
    for key, (kind, name) in before.items():
        if key not in after and kind not in made_anew:
            yield f"{WORDS[kind]} removed", name
        elif key in after and after[key][1] != name:
            yield f"{WORDS[kind]} renamed", f"{name}, now {after[key][1]}"
    for key, (kind, name) in after.items():
        if key not in before:
            yield (f"{WORDS[kind]} made" if kind == Authenticator.Type.RECOVERY_CODES else f"{WORDS[kind]} added"), name


class Changes:
    """A page that changes how the person signs in: what it changed is in the log, with from where."""

    request: HttpRequest
    page = ""
    """Its name in the policy: a form sent again after the person proved who they are comes without one."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Does what the page does, and notes each change."""
        user = person(self.request)
        with transaction.atomic():
            before = ways_of(user)
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # mixed into a view
            for what, name in changes(before, ways_of(user)):
                self.note(user, what, name)
        return response

    def note(self, user: User, what: str, name: str) -> None:
        """One line of the log; never a secret or a code."""
        details = {"person": user.pk} | ({"name": name} if name else {})
        audit.record(user, what, page=self.page, why=f"From {network_address(self.request)}", details=details)


class Proven:
    """A page that adds a way of signing in: whoever stays signed in for long proves again that it is they.

    Who has an app or a passkey already is asked for it by allauth. Who has neither signs in again.
    """

    def dispatch(self, request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        """Answers, or asks to sign in again."""
        user = person(request)
        if not get_reauthentication_flows(user) and not signed_in_lately(request, user):
            minutes = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT // 60
            back = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
            return render(request, "access/sign_in_again.html", {"minutes": minutes, "back": back})
        response: HttpResponse = super().dispatch(request, *given, **named)  # type: ignore[misc]  # mixed into a view
        return response


def signed_in_lately(request: HttpRequest, user: User) -> bool:
    """Whether the person proved who they are within the time after which allauth asks again."""
    times = [record["at"] for record in get_authentication_records(request, user)]
    return bool(times) and time.time() - max(times) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


class AddApp(Proven, Changes, ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Adds an authenticator app."""

    page = "mfa_activate_totp"


class RemoveApp(Changes, DeactivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Removes it, and recovery codes that stood beside nothing else."""

    page = "mfa_deactivate_totp"


class AddPasskey(Proven, Changes, AddWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Adds a passkey."""

    page = "mfa_add_webauthn"


class RemovePasskey(Changes, RemoveWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Removes one."""

    page = "mfa_remove_webauthn"


class RenamePasskey(Changes, EditWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Gives one another name."""

    page = "mfa_edit_webauthn"


class NewCodes(Changes, GenerateRecoveryCodesView):  # type: ignore[misc]  # allauth has no types
    """Makes new recovery codes; those before are good no more."""

    page = "mfa_generate_recovery_codes"


OWN = (
    *(view.page for view in (AddApp, RemoveApp, AddPasskey, RemovePasskey, RenamePasskey, NewCodes)),
    "sign_out_everywhere",
)
"""The pages whose lines in the log are about how whoever stands in them signs in."""


@dataclass(frozen=True)
class Change:
    """One change to how a person signs in: when, what, by whom."""

    at: datetime
    what: str
    by: str


def latest(user: User) -> list[Change]:
    """The latest changes to how the person signs in, by themselves or by an administrator, the newest first."""
    own = AuditEvent.objects.filter(user=user, page__in=OWN, details__person=user.pk)
    administrators = User.objects.filter(pk__in=Post.objects.filter(role=Role.ADMINISTRATOR).values("user"))
    theirs = AuditEvent.objects.filter(user__in=administrators, page__in=BY_ADMINISTRATORS, details__person=user.pk)
    told = [Change(line.at, _what(line), "You") for line in own[:SHOWN]]
    told += [
        Change(line.at, said, str(line.user)) for line in theirs.select_related("user")[:SHOWN] if (said := _what(line))
    ]
    return sorted(told, key=lambda change: change.at, reverse=True)[:SHOWN]


def _what(line: AuditEvent) -> str:
    """The line as its person reads it; empty where it is not about signing in."""
    if line.page == "person_changed":
        return "E-mail address changed" if "email" in line.details.get("changed", ()) else ""
    said = {"person let in": "Let in again", "person shut out": "Shut out"}.get(line.what, line.what.capitalize())
    return f"{said}: {line.details['name']}" if line.details.get("name") else said
