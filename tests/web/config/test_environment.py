"""A record of real children does not start open: settings refuse what is unsafe, in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

KEY = "k3y-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2
SETTINGS = "import hearth.web.config.settings as s; print(s.HEARTH_ENVIRONMENT, s.DATABASES['default']['ENGINE'])"


def start(tmp_path: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Reads the settings in a process of its own with the environment given."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("HEARTH_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-c", SETTINGS],
        env={**clean, "HEARTH_DATA": str(tmp_path), **given},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "HEARTH_SECRET_KEY is not set"),
        ({"HEARTH_SECRET_KEY": "short"}, "default or too short"),
        ({"HEARTH_SECRET_KEY": "a" * 60}, "default or too short"),
        ({"HEARTH_SECRET_KEY": "for-made-up-children-only-never-for-a-record-of-real-ones"}, "default or too short"),
        ({"HEARTH_SECRET_KEY": KEY, "HEARTH_ENVIRONMENT": "production", "HEARTH_DEMO": "1"}, "HEARTH_DEMO is set in"),
        ({"HEARTH_SECRET_KEY": KEY, "HEARTH_ENVIRONMENT": "production", "HEARTH_DEBUG": "1"}, "HEARTH_DEBUG is set in"),
        ({"HEARTH_ENVIRONMENT": "prod"}, "it is one of production, demo, development"),
        ({"HEARTH_DEMO": "maybe"}, "write 1 for yes or 0 for no"),
        ({"HEARTH_DEMO": "1", "HEARTH_TODAY": "31/03/2026"}, "write a day as 2026-03-31"),
        ({"HEARTH_DEMO": "1", "HEARTH_DATABASE_URL": "mysql://x/y"}, "it is postgresql://"),
    ],
)
def test_settings_refuse_what_is_unsafe_or_unreadable(tmp_path: Path, given: dict[str, str], said: str) -> None:
    done = start(tmp_path, **given)
    assert done.returncode != 0
    assert said in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ({"HEARTH_SECRET_KEY": KEY}, "production django.db.backends.sqlite3"),
        ({"HEARTH_DEMO": "1"}, "demo django.db.backends.sqlite3"),
        ({"HEARTH_DEBUG": "1"}, "development django.db.backends.sqlite3"),
        ({"HEARTH_DEMO": "1", "HEARTH_DATABASE_URL": "postgresql://a@b/c"}, "demo django.db.backends.postgresql"),
    ],
)
def test_settings_start(tmp_path: Path, given: dict[str, str], printed: str) -> None:
    done = start(tmp_path, **given)
    assert (done.stdout.strip(), done.returncode) == (printed, 0), done.stderr
