"""Taking a backup and putting one back, whichever the database."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.utils import timezone

from hearth.web.access import audit
from hearth.web.config import health, ready
from hearth.web.config.backup import embedded, served
from hearth.web.config.backup.archive import BackupError, Contents, opened, write

PAPERS, DATABASE = "files", "database"
COUNTED = ("children.Child", "children.Visit", "children.Review", "children.Episode", "access.AuditEvent")
"""What is counted, so that people see what a backup holds."""


def backup(to: Path) -> Contents:
    """Writes the whole record and its papers into one file, as of one moment, while people work; gives what it holds.

    The file holds everything: keep it as carefully as the record. The tables are taken as they are, also before an
    upgrade. Raises BackupError, also where there is no record: a backup of nothing is taken for one.
    """
    _refuse_nothing()
    with tempfile.TemporaryDirectory(prefix="hearth-", dir=_roomy(to)) as name:
        folder = Path(name)
        (folder / DATABASE).mkdir()
        _take(folder / DATABASE)
        _copy_papers(Path(settings.MEDIA_ROOT), folder / PAPERS)
        contents = Contents(
            kind=connection.vendor,
            taken_at=timezone.now().isoformat(timespec="seconds"),
            migrations=_migrations(),
            rows=_counted(),
        )
        write(to, contents, folder)
    return contents


def _roomy(to: Path) -> Path:
    if not to.parent.is_dir():
        raise BackupError(f"There is no folder {to.parent}: name a file in a folder that there is.")
    return to.parent


def _refuse_nothing() -> None:
    """Raises BackupError where no record was ever begun, NotReadyError where the database does not answer."""
    kept = settings.DATABASES["default"]["NAME"]
    is_missing = ready.is_embedded() and not Path(kept).is_file()
    if is_missing or (ready.database_waits() and not _migrations()):
        where = kept if ready.is_embedded() else "that database"
        raise BackupError(
            f"There is no record in {where}: set HEARTH_DATA or HEARTH_DATABASE_URL as the service has it."
        )


def _take(folder: Path) -> None:
    if ready.is_embedded():
        embedded.take(Path(settings.DATABASES["default"]["NAME"]), folder)
    else:
        served.take(folder)


def restore(path: Path, *, over: bool) -> Contents:
    """Puts a backup in the place of the record, in one step; gives what it holds.

    Refuses when there is a record already, unless ``over``; when the backup is of the other kind of database; and when
    its tables are of a newer Hearth. Older tables are brought up to date. Raises BackupError.
    """
    with opened(path) as (contents, folder):
        _refuse(contents, over=over)
        PUT_BACK[contents.kind](folder / DATABASE)
        connections.close_all()
        if ready.database_waits():
            ready.migrate()
        _copy_papers(folder / PAPERS, Path(settings.MEDIA_ROOT))
        audit.record(None, "record restored from a backup", details={"taken_at": contents.taken_at})
    return contents


def _refuse(contents: Contents, *, over: bool) -> None:
    if contents.kind != connection.vendor:
        raise BackupError(
            f"The backup is of {contents.kind}, and Hearth runs on {connection.vendor} here: "
            "set HEARTH_DATABASE_URL to match."
        )
    has = {(app, step) for app, step in contents.migrations if app in OURS}
    if newer := sorted(has - _known()):
        raise BackupError(f"The backup is of a newer Hearth (it has {' '.join(newer[0])}): install that one first.")
    if health.is_between(has):
        raise BackupError(ready.TOO_OLD.replace("The tables are", "The backup is", 1))
    if not over and _has_record():
        raise BackupError(
            "There is a record already: stop the service, then give --yes to put the backup in its place."
        )


OURS = frozenset({"access", "children", "health", "education", "leaving_care", "safety", "intake", "work", "figures"})


def _known() -> set[tuple[str, str]]:
    """The changes that this Hearth can make or go on from: its migrations, and those that they replace."""
    there = health.migrations()
    return set(there) | {change for migration in there.values() for change in migration.replaces}


def _has_record() -> bool:
    try:
        return bool(apps.get_model("children.Child")._base_manager.exists())
    except DatabaseError:
        connection.close()
        return False


def _put_back_embedded(folder: Path) -> None:
    connections.close_all()
    embedded.put_back(folder, Path(settings.DATABASES["default"]["NAME"]))


def _put_back_served(folder: Path) -> None:
    ready.migrate()
    served.put_back(folder)


PUT_BACK: dict[str, Callable[[Path], None]] = {"sqlite": _put_back_embedded, "postgresql": _put_back_served}


def _migrations() -> list[list[str]]:
    return [[app, step] for app, step in health.made()]


def _counted() -> dict[str, int]:
    return {name: apps.get_model(name)._base_manager.count() for name in COUNTED}


def _copy_papers(start: Path, to: Path) -> None:
    """Papers are written once and never changed, so those there already are left."""
    for path in start.rglob("*") if start.is_dir() else ():
        target = to / path.relative_to(start)
        if path.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
