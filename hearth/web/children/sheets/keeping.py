"""Nothing typed is lost: what a form sent and no page took (signed out, page too old, our fault) becomes a draft."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from hearth.web.children.models import Draft
from hearth.web.children.sheets import drafts, seal, typed
from hearth.web.children.sheets.merging import REVISION
from hearth.web.children.sheets.views import HANDLED

TOO_MUCH = 413
"""Status of what was refused unread, and so is not read here either."""
Answer = Callable[[HttpRequest], HttpResponse]


class KeepTyping:
    """Keeps as a draft what was typed by a person whose page was refused on the way, and brings them back to it.

    The seal of the page says whose it is: it was given to a signed-in person for one child, and cannot be made up.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Passes on; looks on the way back whether a page took what was typed."""
        response = self.get_response(request)
        is_done = request.method != "POST" or getattr(request, HANDLED, False) or response.status_code == TOO_MUCH
        if is_done or "_sheet" not in request.POST:
            return response
        draft = _kept(request)
        return response if draft is None else _towards(request, draft, response)


def _kept(request: HttpRequest) -> Draft | None:
    found = seal.read(request.POST["_sheet"])
    answers = typed.of(request.POST)
    if found is None or typed.is_blank(answers):
        return None
    try:
        saves, seen = (typed.whole(request.POST.get(name)) for name in ("_saves", REVISION))
        return drafts.keep(found, answers, saves or 0, seen)
    except DatabaseError:
        return None


def _towards(request: HttpRequest, draft: Draft, response: HttpResponse) -> HttpResponse:
    """To the sign-in and then the draft, or to the draft where the page was only too old; else the answer as it is."""
    again = f"{request.path}?{urlencode({'draft': draft.key})}"
    if response.status_code == 302 and response["Location"].startswith(resolve_url(settings.LOGIN_URL)):
        return redirect_to_login(again)
    return redirect(again) if response.status_code == 403 else response
