"""What every test of the web part may use: people with posts, signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from hearth.web.access.models import Team, User

NUMBERS = count(1)


@pytest.fixture
def a_team(db: None) -> Callable[..., Team]:
    """Makes a team: ``a_team("East", service="Children in care", locality="East")``; found again by its name."""
    from hearth.web.access.models import Team

    def build(name: str = "Care team", service: str = "Children in care", locality: str = "") -> Team:
        return Team.objects.get_or_create(name=name, defaults={"service": service, "locality": locality})[0]

    return build


@pytest.fixture
def a_user(a_team: Callable[..., Team]) -> Callable[..., User]:
    """Makes a person with a post: ``a_user(role="team_manager", team="East")``; role None gives no post."""
    from hearth.web.access.models import Post, User

    def build(
        role: str | None = "social_worker",
        team: str | Team | None = "Care team",
        name: str = "",
        worker_id: str | None = None,
        started_on: date = date(2015, 1, 1),
        ended_on: date | None = None,
        **details: object,
    ) -> User:
        number = next(NUMBERS)
        words = name or f"{(role or 'person').replace('_', ' ').capitalize()} {number}"
        user = User.objects.create_user(
            f"person{number}@example.org", words, worker_id=worker_id or f"W{number}", **details
        )
        if role:
            held = a_team(team) if isinstance(team, str) else team
            Post.objects.create(user=user, role=role, team=held, started_on=started_on, ended_on=ended_on)
        return user

    return build


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A client with the person signed in."""
    from django.test import Client

    def build(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return build
