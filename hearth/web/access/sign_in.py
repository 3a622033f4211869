"""The pages of signing in, each of which notes in the log a try that failed; buttons for made-up people in the demo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.views import ConfirmLoginCodeView, LoginView, RequestLoginCodeView
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hearth.web.access import audit
from hearth.web.access.models import Post, User
from hearth.web.access.roles import Role
from hearth.web.config.today import today


def note_failure(request: HttpRequest, what: str, whose: User | None = None) -> None:
    """Notes a try that failed: of whose account where that is known, and from where. Never what was typed."""
    signed_in = request.user if isinstance(request.user, User) else None
    details = {"person": whose.pk} if whose else {}
    said = f"As {whose}, from {network_address(request)}" if whose else f"From {network_address(request)}"
    page = request.resolver_match.view_name if request.resolver_match else ""
    audit.refused(signed_in, what, page=page, why=said, details=details)


def network_address(request: HttpRequest) -> str:
    """The address the request came from, as throttling counts it."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return "an address not known"


class Noted:
    """A page of signing in: a try that fails, or one too many, is a line in the log.

    ``failure`` says what failed when the form is not valid; "" where the form has nothing secret in it.
    """

    request: HttpRequest
    failure = ""

    def dispatch(self, request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        """Answers; notes that tries were stopped."""
        response: HttpResponse = super().dispatch(request, *given, **named)  # type: ignore[misc]  # mixed into a view
        if response.status_code == 429:
            note_failure(request, "too many tries to sign in")
        return response

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Notes what failed; one try too many is answered as such."""
        if self.failure:
            note_failure(self.request, self.failure, self.whose())
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]  # mixed into a view
        if is_stopped(form):
            response.status_code = 429
        return response

    def whose(self) -> User | None:
        """Whose account was tried, where that is known."""
        stage = getattr(self, "stage", None)
        found = stage.login.user if stage else self.request.user
        return found if isinstance(found, User) else None


def is_stopped(form: BaseForm) -> bool:
    """Whether the form was refused because of too many tries."""
    stopped = str(get_adapter().error_messages["too_many_login_attempts"])
    return any(stopped in errors for errors in form.errors.values())


class AsksForCode(Noted):
    """A page that mails a code: asking for one of an account that cannot sign in is noted, and answered alike."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Sends the code, to nobody where the account cannot sign in."""
        if getattr(form, "user", None) is None and getattr(form, "_user", None) is None:
            address = form.cleaned_data.get("login") or form.cleaned_data.get("email") or ""
            known = User.objects.filter(email__iexact=address).first()
            note_failure(self.request, "may no longer sign in" if known else "no such account", known)
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # mixed into a view
        return response


class AskForCode(AsksForCode, RequestLoginCodeView):  # type: ignore[misc]  # allauth has no types
    """Asks for an address again, where a code was lost or tried too often."""


class EnterCode(Noted, ConfirmLoginCodeView):  # type: ignore[misc]  # allauth has no types
    """Asks for the code that was mailed."""

    failure = "wrong code"


class SecondStep(Noted, AuthenticateView):  # type: ignore[misc]  # allauth has no types
    """Asks for the authenticator app's code, a passkey, or a recovery code."""

    failure = "wrong code at the second step"


class WithPasskey(Noted, LoginWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Signs in with a passkey."""

    failure = "passkey not accepted"


class Again:
    """Who is signed in proves it once more here; who has nothing to prove it with sees what there is to add."""

    def dispatch(self, request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        """Answers, or leads to the ways of signing in."""
        if not get_reauthentication_flows(request.user):
            return redirect("mfa_index")
        response: HttpResponse = super().dispatch(request, *given, **named)  # type: ignore[misc]  # mixed into a view
        return response


class Confirm(Again, Noted, ReauthenticateView):  # type: ignore[misc]  # allauth has no types
    """Asks who is signed in to prove it again, before ways of signing in are changed."""

    failure = "wrong code when asked again"


class ConfirmWithPasskey(Again, Noted, ReauthenticateWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """The same with a passkey."""

    failure = "passkey not accepted when asked again"


class SignIn(AsksForCode, LoginView):  # type: ignore[misc]  # allauth has no types
    """Asks for an address and sends a code; offers passkeys and the council's own sign-in."""

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """Adds the made-up people."""
        context: dict[str, Any] = super().get_context_data(**named)
        return context | {"demo_people": demo_people()}


def demo_people() -> list[Mapping[str, Any]]:
    """The first made-up person of each role, in the order of the roles; nobody outside the demonstration."""
    if not settings.HEARTH_DEMO:
        return []
    posts = Post.objects.held_on(today()).filter(user__in=User.objects.filter(is_made_up=True, is_active=True))
    first: dict[str, Post] = {}
    for post in posts.select_related("user", "team").order_by("pk"):
        first.setdefault(post.role, post)
    return [_button(first[role]) for role in Role.values if role in first]


def _button(post: Post) -> Mapping[str, Any]:
    return {"pk": post.user.pk, "name": post.user.name, "role": post.get_role_display(), "team": post.team}
