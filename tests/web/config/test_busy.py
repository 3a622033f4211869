"""While somebody else holds the database, pages say so in words; nobody is signed out or told they sent rubbish."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from hearth.web.access.middleware import NOTE_EVERY
from tests.web.conftest import IN_MEMORY

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite alone lets only one write at a time"),
]


@contextmanager
def held_by_another() -> Iterator[None]:
    """Another connection writes and does not end, as a load does."""
    with closing(sqlite3.connect(IN_MEMORY, uri=True, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.parametrize("address", ["/search?q=Mia", "/account"])
def test_a_page_that_cannot_be_answered_in_time_says_that_hearth_is_busy(
    a_user: Callable[..., Any], address: str
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(a_user())
    session = client.session
    session["last"] = time.time() - 2 * NOTE_EVERY
    session.save()
    with held_by_another():
        answer = client.get(address)
    assert answer.status_code == 503
    assert "try again in a minute" in answer.content.decode()
    assert answer.headers["Retry-After"] == "60"
    assert client.get("/account").status_code == 200, "and is signed in still"
