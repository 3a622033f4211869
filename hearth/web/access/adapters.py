"""Sign-in as this service wants it: nobody adds themselves; only people an administrator added may come in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest, HttpResponse

from hearth.web.access import audit
from hearth.web.access.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Closes sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administrator adds people."""
        return False

    def post_login(self, request: HttpRequest, user: User, **named: Any) -> HttpResponse:
        """Notes in the log that the person signed in."""
        audit.record(user, "signed in", page="account_login")
        answer: HttpResponse = super().post_login(request, user, **named)
        return answer

    def logout(self, request: HttpRequest) -> None:
        """Notes in the log that the person signed out."""
        if isinstance(request.user, User):
            audit.record(request.user, "signed out", page="account_logout")
        super().logout(request)


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Lets in through the council's sign-in only people who are here already."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: the council's sign-in proves who someone is, not that they may come in."""
        return False
