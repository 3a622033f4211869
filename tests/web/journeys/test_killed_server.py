"""The server killed (-9) while a worker types, and started again: a real server, a real browser, nothing typed lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from playwright.sync_api import expect

from tests.web.config.test_serve import environment, free_port, wait_for
from tests.web.journeys.conftest import answer, press
from tests.web.journeys.test_typing import DAY, SAVED, WORDS, draft_of, mia, type_a_visit, worker

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["mia", "worker"]
pytestmark = pytest.mark.django_db(transaction=True)
MORE = " And her gran, who rang on Sunday."
COMPLAINT = "You said that your room is cold."
AWAY = "Hearth does not answer just now. What you typed is still on this page."
BACK = "Hearth is back, and what you typed is saved as a draft. Press the button again."
LONG = 90_000
"""Milliseconds in which the server starts again on a machine that does other things."""


class Server:
    """The service as `hearth serve` runs it, on the record of the test."""

    def __init__(self, folder: Path) -> None:
        self.port, self.database = free_port(), folder / "hearth.sqlite3"
        connection.ensure_connection()
        with sqlite3.connect(self.database) as kept:
            connection.connection.backup(kept)
        said = {
            "HEARTH_ENVIRONMENT": "demo",
            "HEARTH_TODAY": "2026-03-31",
            "HEARTH_DATABASE_URL": f"sqlite:///{self.database}",
        }
        self.environment = environment(folder, **said)

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "hearth", "serve", "--port", str(self.port)]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=quiet, stderr=quiet, start_new_session=True
        )
        wait_for(f"{self.address}/health")

    def kill(self) -> None:
        """Every process of it at once, as when the machine loses its power."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)

    def kept(self, question: str) -> Any:
        with sqlite3.connect(self.database) as opened:
            return opened.execute(question).fetchone()[0]


@pytest.fixture
def server(page_components: None, mia: Any, worker: Any, tmp_path: Path) -> Iterator[Server]:
    type(worker).objects.filter(pk=worker.pk).update(is_made_up=True)
    made = Server(tmp_path)
    made.start()
    yield made
    made.kill()


@pytest.fixture
def at_desk(chromium: Browser, server: Server, worker: Any) -> Iterator[Callable[[str], Page]]:
    """A tab of the worker, signed in, at a page."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, base_url=server.address)
    context.set_default_timeout(20_000)
    context.new_page().goto("/sign-in")
    context.pages[0].get_by_role("button", name=worker.name).click()

    def build(path: str) -> Page:
        tab = context.new_page()
        tab.goto(path)
        return tab

    yield build
    context.close()


def test_what_was_being_typed_is_there_when_the_server_is_back(at_desk: Any, server: Server, mia: Any) -> None:
    tab, other = at_desk(mia.path), at_desk(mia.path.replace("visit", "complaint"))
    other.locator("#id_subject").fill(COMPLAINT)
    expect(other.locator("[data-said]")).to_have_text(SAVED)
    type_a_visit(tab)
    expect(tab.locator("[data-said]")).to_have_text(SAVED)
    server.kill()
    tab.locator("#id_child_views").press_sequentially(MORE)
    expect(tab.locator("[data-said]")).to_contain_text(AWAY, timeout=LONG)
    press(tab, "Record")
    expect(tab.locator("[data-said]")).to_contain_text("Not sent. Hearth does not answer", timeout=LONG)
    expect(tab.locator("#id_child_views")).to_have_value(WORDS + MORE)
    other.close()
    server.start()
    expect(tab.locator("[data-said]")).to_have_text(BACK, timeout=LONG)
    assert server.kept("SELECT count(*) FROM children_visit") == 0
    assert draft_of(at_desk("/"), mia.path) == WORDS + MORE
    again = at_desk(mia.path.replace("visit", "complaint"))
    again.get_by_role("link", name="Go on with that draft").click()
    expect(again.locator("#id_subject")).to_have_value(COMPLAINT)
    answer(tab, "Did you see the child alone?", "Yes")
    press(tab, "Record")
    expect(tab.get_by_text("Visit recorded for Mia Jones")).to_be_visible()
    assert server.kept("SELECT child_views FROM children_visit") == WORDS + MORE
    assert server.kept("SELECT visited_on FROM children_visit") == DAY.isoformat()
    assert server.kept("PRAGMA integrity_check") == "ok"
