"""The tables of a test run, made by the migrations once and kept: made anew whenever a migration or Django changes."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from importlib.metadata import version
from pathlib import Path

import hearth.web

WEB = Path(hearth.web.__file__).parent
MAKERS = ("*/migrations/*.py", "access/append_only.py", "config/create_together.py")
PACKAGES = ("django", "django-allauth", "django-simple-history")


def kept() -> Path:
    """Where the tables are kept; the name changes with everything that makes them."""
    made_of = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in PACKAGES).encode())
    for path in sorted(path for pattern in MAKERS for path in WEB.glob(pattern)):
        made_of.update(path.read_bytes())
    return Path(tempfile.gettempdir()) / f"hearth-tables-{made_of.hexdigest()[:24]}.sqlite3"


def fill(database: str) -> sqlite3.Connection | None:
    """Copies the tables kept, if there are any, into the database in memory, which lives while the answer is open."""
    if not kept().exists():
        return None
    opened = sqlite3.connect(database, uri=True)
    with sqlite3.connect(kept()) as source:
        source.backup(opened)
    return opened


def keep(database: str) -> None:
    """Keeps the tables of the database for the next run."""
    beside = kept().with_suffix(f".{os.getpid()}")
    with sqlite3.connect(beside) as to, sqlite3.connect(database, uri=True) as source:
        source.backup(to)
    beside.replace(kept())
