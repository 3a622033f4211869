"""SQLite's part of a backup: its own online copy, which waits for nobody and is of one moment."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from hearth.web.config.backup.archive import BackupError

NAME = "hearth.sqlite3"
BESIDE = ("-wal", "-shm")
SET_ASIDE = ".before-restore"


def take(database: Path, folder: Path) -> None:
    """Copies the database into the folder as of one moment, while others read and write."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(folder / NAME)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    check(folder / NAME)


def check(path: Path) -> None:
    """Raises BackupError when the database file is not whole."""
    with closing(sqlite3.connect(path)) as copy:
        said = [row[0] for row in copy.execute("PRAGMA integrity_check")]
        broken = list(copy.execute("PRAGMA foreign_key_check"))
    if said != ["ok"] or broken:
        raise BackupError(f"The copy of the database is not whole ({said[0] if said != ['ok'] else 'broken keys'}).")


def put_back(folder: Path, database: Path) -> None:
    """Puts the copy in the place of the database; what stood there is kept beside it until the next time."""
    check(folder / NAME)
    database.parent.mkdir(parents=True, exist_ok=True)
    waiting = database.with_name(f"{database.name}.restoring")
    waiting.write_bytes((folder / NAME).read_bytes())
    if database.exists():
        with closing(sqlite3.connect(database)) as before:
            before.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.replace(database.with_name(database.name + SET_ASIDE))
    for ending in BESIDE:
        database.with_name(database.name + ending).unlink(missing_ok=True)
    waiting.replace(database)
