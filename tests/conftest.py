"""What tests of every room may use: the shared reference data where it is there, and one real browser a process."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_collection_finish() -> None:
    """What was imported stays to the end: Python need not look through it for rubbish again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data beside the project; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the shared reference data is not beside the project")
    return SHARED


CHROMIUM = [Path("/usr/bin/chromium"), Path("/usr/bin/chromium-browser"), Path("/usr/bin/google-chrome")]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser, one a process of tests; the test is skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    pytest.importorskip("axe_playwright_python", reason="axe is not installed")
    found = next((path for path in CHROMIUM if path.exists()), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver runs a loop in the thread of the test
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=str(found), args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
