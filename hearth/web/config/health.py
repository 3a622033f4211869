"""Whether the service works: the database answers and has every change of its tables."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import DatabaseError, connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse


def health_check(request: HttpRequest) -> JsonResponse:
    """200 when it works, else 503 with what is wrong; without sign-in, and without anything about anyone."""
    said = wrong()
    return JsonResponse({"status": "wrong" if said else "well", "wrong": said}, status=503 if said else 200)


@dataclass
class Seen:
    """Once every change of the tables was seen to be there it is not asked again: only whether the database answers."""

    is_current: bool = False


SEEN = Seen()


def wrong() -> str:
    """One sentence about what is wrong; empty when nothing is."""
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        waiting = 0 if SEEN.is_current else unapplied()
    except DatabaseError:
        return "The database does not answer."
    SEEN.is_current = not waiting
    return f"{waiting} changes of the tables wait: run `hearth manage migrate`." if waiting else ""


def unapplied() -> int:
    """How many migrations wait. Raises DatabaseError when the database cannot be reached."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_between(made: Collection[tuple[str, str]]) -> bool:
    """Whether of the changes that one migration replaces some are made and others not: it cannot go on from there."""
    replaced = [set(migration.replaces) for migration in migrations().values()]
    return any(changes & set(made) and changes - set(made) for changes in replaced)


def migrations() -> dict[tuple[str, str], Migration]:
    """The migrations of this Hearth, by app and name."""
    found: dict[tuple[str, str], Migration] = MigrationLoader(None).disk_migrations
    return found


def made() -> Collection[tuple[str, str]]:
    """The migrations that the database has, by app and name. Raises DatabaseError when it cannot be reached."""
    return MigrationRecorder(connection).applied_migrations()
