"""Nothing opens unless the policy says so; sessions end when nobody is there; pages about people are not kept."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from hearth.web.access import audit
from hearth.web.access.models import User
from hearth.web.access.policy import may_open, pages
from hearth.web.access.standing import standing
from hearth.web.design.errors import too_large

log = logging.getLogger("hearth.access")
Answer = Callable[[HttpRequest], HttpResponse]
BEGAN, LAST = "began", "last"
LOADING = "load_files"
NOBODY_MB, PAPERS_MB = 1, 101
"""Megabytes that may be sent at once: by whoever is not signed in, and with a form (five papers of 20)."""
NOTE_EVERY = 60
"""The last moment of use is written at most once a minute, so that reading pages does not write each time."""


class SessionLimits:
    """Ends a session after some time without use, and at the latest some hours after it began."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Signs out whoever has been away too long and says so."""
        if isinstance(request.user, User):
            if is_over(request, time.time()):
                audit.record(request.user, "signed out: the session had ended")
                logout(request)
                messages.info(request, "You were signed out because the session had ended. Sign in again to go on.")
                return redirect_to_login(request.get_full_path())
            note(request, time.time())
        return self.get_response(request)


def is_over(request: HttpRequest, now: float) -> bool:
    """Whether the session has been unused, or has lasted, too long."""
    began, last = float(request.session.get(BEGAN, now)), float(request.session.get(LAST, now))
    return now - last > float(settings.SESSION_IDLE_SECONDS) or now - began > float(settings.SESSION_LONGEST_SECONDS)


def note(request: HttpRequest, now: float) -> None:
    """Notes that someone is there."""
    request.session.setdefault(BEGAN, now)
    if now - request.session.get(LAST, 0) > NOTE_EVERY:
        request.session[LAST] = now


class NotTooMuch:
    """Refuses, before a byte of it is read, more than a page takes: nobody fills the disk from outside."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], given: Any, named: Any
    ) -> HttpResponse | None:
        """413 with how much may be sent."""
        sent = request.META.get("CONTENT_LENGTH") or "0"
        most = most_megabytes(request)
        is_too_much = not sent.isdecimal() or len(sent) > 15 or int(sent) > most * 1024**2
        return too_large(request, most) if is_too_much else None


class PlainLetters:
    """Refuses a letter that is none: the NUL that nobody types, which PostgreSQL cannot keep."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], given: Any, named: Any
    ) -> HttpResponse | None:
        """Raises SuspiciousOperation, answered with 400 and words."""
        for sent in (request.GET, request.POST):
            if any("\x00" in text for name, texts in sent.lists() for text in (name, *map(str, texts))):
                raise SuspiciousOperation("A NUL letter was sent")
        return None


def most_megabytes(request: HttpRequest) -> int:
    """How much may be sent at once: files to load by those who load, papers by those signed in, else an address."""
    if not isinstance(request.user, User):
        return NOBODY_MB
    name = request.resolver_match.view_name if request.resolver_match else ""
    is_loading = name == LOADING and may_open(standing(request.user), name)
    return int(settings.HEARTH_UPLOAD_MB) + 1 if is_loading else PAPERS_MB


class PolicyMiddleware:
    """Refuses each page that the policy does not give to one of the person's posts, and each page it does not name."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes on; on the way back nothing may be kept by a browser, save what a page said itself."""
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], given: Any, named: Any
    ) -> HttpResponse | None:
        """Raises PermissionDenied unless the page may be opened; asks for sign-in first."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        page = pages().get(name)
        if page is None:
            log.error("refused: the policy has no row for this page", extra={"page": name})
            raise PermissionDenied("This page has no row in the policy.")
        if page.is_open:
            return None
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path())
        if not may_open(standing(request.user), name):
            audit.refused(request.user, "not for this post", page=name)
            raise PermissionDenied
        return None
