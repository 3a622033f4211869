"""Many people at once: nobody's work is lost, and what must be one stays one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.web.children import racing


@pytest.fixture
def database(tmp_path: Path, db: None) -> str:
    """The address of an empty database of the kind under test."""
    if connection.vendor == "sqlite":
        return f"sqlite://{tmp_path}/race.sqlite3"
    import psycopg

    about = connection.get_connection_params() | {"dbname": "postgres", "autocommit": True}
    about = {key: about[key] for key in ("host", "port", "user", "password", "dbname", "autocommit") if about.get(key)}
    with psycopg.connect(**about) as server:
        server.execute("DROP DATABASE IF EXISTS race")
        server.execute("CREATE DATABASE race")
    held = settings.DATABASES["default"]
    return f"postgresql://{held['USER']}@/race?host={held.get('HOST') or held['OPTIONS'].get('host', '')}"


def test_eight_people_write_to_one_child_at_once(database: str) -> None:
    given = {**os.environ, "HEARTH_DATABASE_URL": database, "HEARTH_ENVIRONMENT": "development"}
    given["DJANGO_SETTINGS_MODULE"] = "hearth.web.config.settings"
    ran = subprocess.run(
        [sys.executable, "-m", "tests.web.children.racing"], env=given, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout.splitlines()[-1])
    acts = racing.PEOPLE * racing.TURNS
    assert found == {
        "visits": acts,
        "versions": 2 * acts,
        "revision": acts + 1,
        "open_episodes": 1,
        "open_workers": 1,
        "log": 3 * acts + 1,
        "refused": acts - 1,
    }
