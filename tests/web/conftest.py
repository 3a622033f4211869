"""What every test of the web part may use: people with posts, signed in."""

from __future__ import annotations

import fcntl
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.web import tables_made

if TYPE_CHECKING:
    from django.test import Client
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from hearth.web.access.models import Team, User
    from hearth.web.children.models import Allocation, Child, Episode, Visit


DATABASES = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a browser shows is the same on either database, and so is what needs none: those tests run once."""
    for item in items:
        uses = set(getattr(item, "fixturenames", ()))
        if "chromium" in uses or not (uses & DATABASES or item.get_closest_marker("django_db")):
            item.add_marker(pytest.mark.once)


IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"
"""What Django calls the database of a test run on SQLite."""
NUMBERS = count(1)
AUTHORITY = "E10000020"


@pytest.fixture(scope="session")
def tables_made_before(django_test_environment: None) -> Iterator[None]:
    """On SQLite: the tables from the run before, where no migration changed since; making them is half a minute."""
    from django.db import connection

    if connection.vendor != "sqlite":
        yield
        return
    opened = tables_made.fill(IN_MEMORY)
    yield
    if opened:
        opened.close()


@pytest.fixture(scope="session")
def django_db_setup(tables_made_before: None, django_db_setup: None, django_db_blocker: Any) -> None:
    """The database under test: migrations run where the tables are not there already, and what they made is kept."""
    from django.db import connection

    if connection.vendor == "sqlite" and not tables_made.kept().exists():
        tables_made.keep(IN_MEMORY)


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
    """A client with the person signed in just now, by the code that was mailed."""
    from django.test import Client

    def build(user: User) -> Client:
        client = Client()
        client.force_login(user)
        session = client.session
        session["account_authentication_methods_user"] = str(user.pk)
        session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
        session.save()
        return client

    return build


@pytest.fixture
def a_child(db: None) -> Callable[..., Child]:
    """Makes a child: ``a_child("Mia", "Jones", born_on=date(2012, 5, 1), family_id="F7")``, identifiers by count."""
    from hearth.web.children.models import Child

    def build(first_names: str | None = None, last_names: str | None = None, **facts: object) -> Child:
        named = {"first_names": first_names, "last_names": last_names}
        given = {"authority": AUTHORITY, "child_id": f"{next(NUMBERS):06}", "born_on": date(2012, 5, 1), **facts}
        return Child.objects.create(**named, **given)

    return build


@pytest.fixture
def allocated(db: None) -> Callable[..., Allocation]:
    """Allocates a child to a person: ``allocated(child, user, role="reviewing_officer", ended_on=...)``."""
    from hearth.web.children.models import Allocation

    def build(child: Child, user: User, role: str = "social_worker", **facts: object) -> Allocation:
        given = {"started_on": date(2024, 1, 1), "team": "Care team", **facts}
        return Allocation.objects.create(child=child, worker_id=user.worker_id, role=role, **given)

    return build


@pytest.fixture
def placed(db: None) -> Callable[..., Episode]:
    """Gives a child an episode of care, from 1 January 2024 in foster care unless told otherwise."""
    from hearth.web.children.models import Episode

    def build(child: Child, started_on: date = date(2024, 1, 1), **facts: object) -> Episode:
        given = {"reason_started": "S", "legal_status": "C2", "placement_type": "U6", "category_of_need": "N1", **facts}
        return Episode.objects.create(child=child, started_on=started_on, **given)

    return build


@pytest.fixture
def visited(db: None) -> Callable[..., Visit]:
    """Records a visit at which the child was seen alone."""
    from hearth.web.children.models import Visit

    def build(child: Child, visited_on: date, **facts: object) -> Visit:
        given = {"is_seen": True, "is_seen_alone": True, **facts}
        return Visit.objects.create(child=child, visited_on=visited_on, **given)

    return build


@pytest.fixture
def last_night(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """No page works out the day by itself, as in a council where the night does: ``last_night()`` is that night."""
    from hearth.web.work import daily

    monkeypatch.setattr(daily, "_is_going_on", lambda: True)
    return daily.reckon


@pytest.fixture(scope="session")
def page_components() -> None:
    """Brings in the GOV.UK and MOJ components where `make assets` has not yet; one process at a time."""
    from assets import bring

    with (Path(tempfile.gettempdir()) / "hearth-assets.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not bring.is_current():
            bring.bring()


@pytest.fixture
def browsing(
    page_components: None, chromium: Browser, live_server: LiveServer, signed_in: Callable[[User], Client]
) -> Iterator[Callable[..., Page]]:
    """A page of the browser with the person signed in: ``browsing(user, width=360)``; None is nobody."""
    opened = []

    def build(user: User | None = None, width: int = 1280, **options: object) -> Page:
        base = live_server.url.replace("127.0.0.1", "localhost")
        context = chromium.new_context(viewport={"width": width, "height": 800}, base_url=base, **options)
        opened.append(context)
        if user is not None:
            cookie = signed_in(user).cookies["hearth"].value
            context.add_cookies([{"name": "hearth", "value": cookie, "url": base}])
        return context.new_page()

    yield build
    for context in opened:
        context.close()
