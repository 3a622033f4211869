"""`flush` under test: the log's triggers are taken off, everything is emptied, the triggers are put back."""

from typing import Any

from django.core.management.commands.flush import Command as Flush
from django.db import connections

from hearth.web.access.append_only import guard, release

TABLE = "access_auditevent"


class Command(Flush):
    """Empties the test database."""

    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        with connection.schema_editor() as editor:
            release(editor, TABLE)
        super().handle(**options)
        with connection.schema_editor() as editor:
            guard(editor, TABLE)
