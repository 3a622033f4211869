"""What must be there before pages are served: components, tables, collected files. Each lack is one sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection

from hearth.web.config.health import is_between, made, unapplied

COMPONENTS = "vendor/govuk.css"
MARK = "collected"
TOO_OLD = (
    "The tables are of a version of Hearth before 26 November 2026 and lack changes that have since become one: "
    "run `hearth manage migrate` of the version of that day first."
)


class NotReadyError(Exception):
    """Pages cannot be served yet; the message says why and what to do."""


def database_waits() -> int:
    """How many changes of the tables wait. Raises NotReadyError when it does not answer, or is of too old a version."""
    with answering(DatabaseError):
        if is_between(made()):
            raise NotReadyError(TOO_OLD)
        return unapplied()


@contextmanager
def answering(fault: type[DatabaseError] = OperationalError) -> Iterator[None]:
    """What is asked of the database inside; such a fault of it becomes a NotReadyError that says what to look at."""
    try:
        yield
    except fault as error:
        cause = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise NotReadyError(
            f"The database does not answer ({cause}): check HEARTH_DATABASE_URL or HEARTH_DATA, then run "
            "`hearth manage migrate`."
        ) from error


def is_embedded() -> bool:
    """Whether the database is SQLite, which belongs to this machine alone."""
    return connection.vendor == "sqlite"


def make_folders() -> None:
    """Makes the folders that Hearth keeps things in. Raises NotReadyError when that is not allowed."""
    for folder in (settings.HEARTH_FOLDER, settings.MEDIA_ROOT):
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NotReadyError(
                f"{folder} cannot be made ({error.strerror}): set HEARTH_DATA to a folder you own."
            ) from error


def migrate() -> None:
    """Applies the changes of the tables that wait."""
    call_command("migrate", verbosity=0, interactive=False)


def collect() -> bool:
    """Collects the files of the pages where they changed; returns whether it did. Raises NotReadyError without them."""
    found = list(_files())
    if not any(path.as_posix().endswith(COMPONENTS) for path in found):
        raise NotReadyError("The page components are not here: run `make assets`, then start again.")
    mark, wanted = Path(settings.STATIC_ROOT) / MARK, _signature(found)
    if mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(wanted, encoding="utf-8")
    return True


def _files() -> Iterator[Path]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            yield Path(storage.path(path))


def _signature(found: list[Path]) -> str:
    """Changes when any file does, or the way they are kept."""
    said = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in sorted(found)]
    kept = settings.STORAGES["staticfiles"]["BACKEND"]
    return hashlib.sha256("\n".join([kept, *said]).encode()).hexdigest()


def said() -> list[str]:
    """The settings in force, a sentence each, without any secret."""
    kind = "SQLite in " + str(settings.DATABASES["default"]["NAME"]) if is_embedded() else "PostgreSQL"
    waits = database_waits()
    return [
        f"Environment: {settings.HEARTH_ENVIRONMENT}.",
        f"Database: {kind}; " + (f"{waits} changes of its tables wait." if waits else "its tables are up to date."),
        f"Served for: {', '.join(settings.ALLOWED_HOSTS)}.",
        f"Mail: {_mail()}.",
        f"The council's own sign-in: {'on' if settings.SOCIALACCOUNT_PROVIDERS else 'off'}.",
        f"Sessions: {settings.SESSION_IDLE_SECONDS // 60} minutes without use, "
        f"{settings.SESSION_LONGEST_SECONDS // 3600} hours at the longest.",
        f"Sign-in as made-up people: {'on' if settings.HEARTH_DEMO else 'off'}.",
    ]


def _mail() -> str:
    if settings.EMAIL_HOST and "smtp" in settings.EMAIL_BACKEND:
        return f"sent through {settings.EMAIL_HOST}, from {settings.DEFAULT_FROM_EMAIL}"
    return "shown on the console, not sent: set HEARTH_EMAIL_URL so that sign-in codes arrive"
