"""A load killed (-9) in the middle of its writing: nothing of it is there, and the next load finds an open door."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

WORDS = [sys.executable, "-m", "tests.web.intake.half_way"]
TABLES = ("children_child", "children_visit", "children_historicalvisit", "intake_batch", "access_auditevent")


@pytest.fixture
def database(transactional_db: None, tmp_path: Path) -> tuple[str, Callable[[str], int]]:
    """The address of a database that another process can open, and how many rows a table of it has."""
    if connection.vendor == "postgresql":
        said = connection.settings_dict
        return f"postgresql://{said['USER']}@/{said['NAME']}?host={said['OPTIONS']['host']}", _counted
    at = tmp_path / "hearth.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(at) as kept:
        connection.connection.backup(kept)

    def counted(table: str) -> int:
        with sqlite3.connect(at) as opened:
            return int(opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    return f"sqlite:///{at}", counted


def _counted(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_a_load_killed_half_way_leaves_nothing_and_can_be_done_again(database, tmp_path: Path):
    address, counted = database
    environment = {
        **os.environ,
        "HEARTH_ENVIRONMENT": "development",
        "HEARTH_DATABASE_URL": address,
        "HEARTH_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "hearth.web.config.settings",
    }
    before = {table: counted(table) for table in TABLES}
    loading = subprocess.Popen([*WORDS, "wait"], env=environment, stdout=subprocess.PIPE, text=True)
    assert loading.stdout is not None
    assert loading.stdout.readline() == "half-way\n"
    loading.kill()
    loading.wait(30)
    loading.stdout.close()
    assert {table: counted(table) for table in TABLES} == before
    subprocess.run(WORDS, env=environment, check=True, timeout=200)
    assert counted("intake_batch") == before["intake_batch"] + 1
    assert counted("children_visit") == counted("children_historicalvisit") > 0
