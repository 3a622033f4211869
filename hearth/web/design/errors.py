"""The pages shown when something cannot be done, in plain words."""

from __future__ import annotations

import sys
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


class Refused(PermissionDenied):
    """A refusal that has more to say than that: the template to show, and what it shows."""

    def __init__(self, template: str, **context: Any) -> None:
        super().__init__()
        self.template, self.context = template, context


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent could not be understood."""
    return render(request, "errors/400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the page may be known of, but is not this person's."""
    if isinstance(exception, Refused):
        return render(request, exception.template, exception.context, status=403)
    return render(request, "errors/403.html", {"why": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is nothing here, or nothing this person may know of."""
    return render(request, "errors/404.html", status=404)


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """413: more was sent at once than is taken, in megabytes; none of it was read."""
    return render(request, "errors/413.html", {"most": most}, status=413)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too many tries in a short time."""
    return render(request, "errors/429.html", status=429)


TRY_AGAIN_SECONDS = 60


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our own fault; 503 where the database could not be reached in time. Drawn without the database."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        page = render_to_string("errors/503.html")
        return HttpResponse(page, status=503, headers={"Retry-After": str(TRY_AGAIN_SECONDS)})
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form sent from a page that was open too long or from elsewhere."""
    return render(request, "errors/form_too_old.html", status=403)
