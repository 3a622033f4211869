"""The council's own sign-in by OpenID Connect: begun here for one try, and its answer held against that try."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

NONCE = "nonce"
"""What this try is known by: sent along, kept with the session, and to be in the answer."""


class CouncilAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """The council's provider, which must be the one that the settings name."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself. Raises OAuth2Error when it does not answer, or speaks for another."""
        try:
            said: dict[str, Any] = super().openid_config
        except (OSError, ValueError) as error:
            raise OAuth2Error("the provider at HEARTH_OPENID_URL does not answer as one") from error
        named = self.get_provider().app.settings["server_url"].split("/.well-known/")[0]
        if str(said.get("issuer", "")).rstrip("/") != named.rstrip("/"):
            raise OAuth2Error("the provider at HEARTH_OPENID_URL names another issuer")
        return said


@require_POST
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Sends the person to the council's sign-in. Raises Http404 where none is set up."""
    try:
        provider = CouncilAdapter(request, provider_id).get_provider()
    except SocialApp.DoesNotExist:
        raise Http404 from None
    provider.oauth2_adapter_class = CouncilAdapter
    nonce = secrets.token_urlsafe(24)
    try:
        answer: HttpResponse = provider.redirect(
            request, process="login", next_url=_next(request), auth_params={NONCE: nonce}, nonce=nonce
        )
    except OAuth2Error as error:
        answer = render_authentication_error(request, provider, exception=error)
    return answer


def _next(request: HttpRequest) -> str | None:
    """Where the person was going, if that is a place here."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_here = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_here else None


def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Takes the answer of the council's sign-in. Raises Http404 where none is set up."""
    try:
        view = OAuth2CallbackView.adapter_view(CouncilAdapter(request, provider_id))
        answer: HttpResponse = view(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return answer


def wrong_with(login: Any) -> str:
    """Why the answer is not for this try, or not of one person; empty when it is right."""
    told = login.account.extra_data
    proof, person = told.get("id_token") or {}, told.get("userinfo")
    sent = login.state.get(NONCE)
    if not sent or not secrets.compare_digest(str(proof.get(NONCE, "")), sent):
        return "the answer was not made for this try"
    if person is not None and person.get("sub") != proof.get("sub"):
        return "the answer speaks of two people"
    return ""
