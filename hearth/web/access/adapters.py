"""Sign-in as this service wants it: nobody adds themselves; only people an administrator added may come in."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.http import HttpRequest, HttpResponse

from hearth.web.access import audit, council
from hearth.web.access.models import User
from hearth.web.access.sign_in import note_failure


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Closes sign-up; what goes wrong is said in our words."""

    error_messages: ClassVar[dict[str, str]] = DefaultAccountAdapter.error_messages | {
        "incorrect_code": "That is not the code: type the one in the newest message from us",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administrator adds people."""
        return False

    def post_login(self, request: HttpRequest, user: User, **named: Any) -> HttpResponse:
        """Notes in the log that the person signed in."""
        audit.record(user, "signed in", page="account_login")
        answer: HttpResponse = super().post_login(request, user, **named)
        return answer

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Notes in the log that someone who may no longer sign in proved who they are."""
        note_failure(request, "may no longer sign in", user)
        answer: HttpResponse = super().respond_user_inactive(request, user)
        return answer

    def logout(self, request: HttpRequest) -> None:
        """Notes in the log that the person signed out."""
        if isinstance(request.user, User):
            audit.record(request.user, "signed out", page="account_logout")
        super().logout(request)


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Passkeys and authenticator apps in plain words."""

    error_messages: ClassVar[dict[str, str]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That is not the code: type the one that the app shows now",
        "cannot_generate_recovery_codes": "Add an authenticator app or a passkey first: recovery codes stand in for it",
    }

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """What a passkey is called that the person gave no name."""
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Lets in through the council's sign-in only people who are here already, on an answer made for this very try."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: the council's sign-in proves who someone is, not that they may come in."""
        note_failure(request, "council account of nobody here")
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuses an answer that was not made for this try, or that speaks of two people."""
        if why := council.wrong_with(sociallogin):
            answer = render_authentication_error(request, sociallogin.provider, exception=OAuth2Error(why))
            raise ImmediateHttpResponse(answer)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **named: Any) -> None:
        """Notes in the log that the council's sign-in failed, and how where that is known."""
        error = named.get("exception")
        how = f" ({type(error).__name__}: {error})" if isinstance(error, OAuth2Error) else ""
        note_failure(request, f"the council's sign-in failed{how}"[:90])
