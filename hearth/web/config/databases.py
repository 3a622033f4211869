"""The database from its address: SQLite for one machine, PostgreSQL for a council."""

from __future__ import annotations

import sqlite3
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import ParseResult, parse_qsl, unquote, urlparse

from django.core.exceptions import ImproperlyConfigured

BUSY_SECONDS = 20
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; "
    "PRAGMA recursive_triggers=ON; PRAGMA mmap_size=1073741824; PRAGMA wal_autocheckpoint=4000;"
)
"""Recursive triggers: a row of the log put in the place of another calls the trigger that keeps the other.

What another process wrote empties a process's cache of pages, and every page that is read is noted in the log: so pages
are read where the system holds them, not copied. What was written is put in its place every 4,000 pages, as the request
that does it waits for the disk.
"""
ASKED_BEFORE = 2
"""How often PostgreSQL is asked a question that is kept before it keeps the plan of it too."""
DAYS_KEPT = 50_000
"""Days of which the letters are known: more than a hundred years of them."""
SHORT_QUERIES = "-c jit=off"
"""A page asks many short questions: compiling one takes PostgreSQL longer than answering it."""


def database(url: str, folder: Path) -> dict[str, Any]:
    """Django's settings of the database at ``url``; SQLite in the folder when it is empty."""
    if not url:
        return sqlite(folder / "hearth.sqlite3")
    parts = urlparse(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme in ("postgresql", "postgres"):
        return postgresql(parts)
    raise ImproperlyConfigured(
        f"HEARTH_DATABASE_URL begins with {parts.scheme!r}: it is postgresql://user:password@host:5432/name "
        "or sqlite:///folder/file."
    )


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite that loses nothing: every transaction takes the write lock at its start and waits its turn."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": BUSY_SECONDS, "init_command": SQLITE_START},
    }


def postgresql(parts: ParseResult) -> dict[str, Any]:
    """PostgreSQL over one connection a thread that serves; options after `?` are handed to the driver.

    A pool gives its connections back in threads of its own, for which a request waits longer than for its answers.
    """
    options: dict[str, Any] = {
        "options": SHORT_QUERIES,
        "prepare_threshold": ASKED_BEFORE,
        **dict(parse_qsl(parts.query)),
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }


def read_days_quickly() -> None:
    """Has SQLite's driver know a day by its letters, once it was read: lists are full of the same few."""
    from django.db import connection
    from django.utils.dateparse import parse_date

    @lru_cache(maxsize=DAYS_KEPT)
    def day(letters: bytes) -> date | None:
        return parse_date(letters.decode())

    if connection.vendor == "sqlite":
        sqlite3.register_converter("date", day)
