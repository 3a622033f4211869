"""What every page knows: the authority, who is signed in as what, where they may go, when the session ends."""

from __future__ import annotations

import time
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hearth.web.access.middleware import BEGAN
from hearth.web.access.models import User
from hearth.web.access.policy import AREAS, may_open, pages
from hearth.web.access.standing import Standing, standing
from hearth.web.design.addresses import address
from hearth.web.design.navigation import Link

MOST = 7
"""Places that fit in one row of the menu."""
DAYS_WORK, MORE = "work", "more"


@dataclass(frozen=True)
class Place:
    """A link of the menu, and whether the page is in it."""

    link: Link
    is_here: bool


@dataclass(frozen=True)
class SessionEnds:
    """When the session ends if nothing is done."""

    seconds: int
    at: str


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of every page."""
    said: dict[str, Any] = {"is_demo": settings.HEARTH_DEMO, "authority_name": settings.HEARTH_AUTHORITY_NAME}
    user = getattr(request, "user", None)
    if isinstance(user, User):
        held = standing(user)
        said |= {"post": held.main, "places": places(held, request.path), "session_ends": session_ends(request)}
        said["typing"] = typing(user)
        said["may_open_in_emergency"] = may_open(held, "emergency")
    return said


@dataclass(frozen=True)
class Typing:
    """How a browser keeps what is typed: the key it is locked with, and a mark of whose it is, which tells nothing."""

    lock: str
    whose: str


def typing(user: User) -> Typing:
    """The person's own, until they sign out everywhere. Only pages given to the person hold the key."""
    said = f"{user.pk}.{user.sessions_ended}"
    lock = salted_hmac("hearth.typing.lock", said, algorithm="sha256").digest()
    return Typing(
        b64encode(lock).decode(), salted_hmac("hearth.typing.whose", said, algorithm="sha256").hexdigest()[:16]
    )


def places(held: Standing, path: str) -> list[Place]:
    """The places of the menu that the person may open, in the order of the policy; the longest that fits is here.

    Of more than fit in a row only those of the day's work stay: the others are on the page *More*, which is here then.
    """
    links, others = menu(held)
    fitting = [link.url for link in (*links, *others) if link.is_here(path)]
    here = max(fitting, key=len, default="")
    found = [Place(link, link.url == here) for link in links]
    if others:
        more = Link("More", address(MORE))
        found.append(Place(more, more.is_here(path) or here in {link.url for link in others}))
    return found


def menu(held: Standing) -> tuple[list[Link], dict[Link, str]]:
    """The places that stand in the menu, and those on the page *More*, each with its area in words."""
    mine = [page for page in pages().values() if page.menu and may_open(held, page.name)]
    stay = [page for page in mine if page.area == DAYS_WORK] if len(mine) > MOST else mine
    links = {page.name: Link(page.menu, address(page.name), about=page.what) for page in mine}
    return [links[page.name] for page in stay], {links[p.name]: AREAS[p.area] for p in mine if p not in stay}


def session_ends(request: HttpRequest) -> SessionEnds:
    """How long until the session ends without use, or for good."""
    now = time.time()
    left = request.session.get(BEGAN, now) + settings.SESSION_LONGEST_SECONDS - now
    seconds = int(min(settings.SESSION_IDLE_SECONDS, left))
    at = timezone.localtime(datetime.fromtimestamp(now + seconds, tz=timezone.get_current_timezone()))
    return SessionEnds(seconds, f"{at:%H:%M}")
