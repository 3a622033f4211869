"""The person behind a request."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from hearth.web.access.models import User


def person(request: HttpRequest) -> User:
    """Who is signed in. Raises PermissionDenied when nobody is, which the policy prevents on every closed page."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
