"""The headers that keep pages about children private; none may carry a script or a style of its own."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from csp.constants import HEADER, NONE, SELF
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

PERMISSIONS = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), "
    "midi=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)"
)


def content_security_policy(council: str) -> dict[str, dict[str, list[str]]]:
    """What pages may bring in and send to: only to here, and to the council's own sign-in where its address is given.

    Browsers hold where a form leads, also by redirection, against form-action.
    """
    parts = urlsplit(council)
    sign_in = [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
    return {
        "DIRECTIVES": {
            "default-src": [SELF],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:"],
            "font-src": [SELF],
            "connect-src": [SELF],
            "object-src": [NONE],
            "base-uri": [NONE],
            "form-action": [SELF, *sign_in],
            "frame-ancestors": [NONE],
        }
    }


class PrivatePages:
    """Says of every answer what it may bring in and send to, and that it uses no camera, microphone or place."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.policy: object = None
        self.content = ""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Adds the headers, which are put into words once, and again only where the settings are others."""
        response = self.get_response(request)
        if self.policy is not settings.CONTENT_SECURITY_POLICY:
            self.policy, self.content = settings.CONTENT_SECURITY_POLICY, build_policy()
        response.headers.setdefault(HEADER, self.content)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
