"""`flush` under test: the log's triggers are taken off, everything is emptied, the triggers are put back."""

from typing import Any

from django.core.management.commands.flush import Command as Flush
from django.db import connections

from hearth.web.access.append_only import GUARDED, guard, release


class Command(Flush):
    """Empties the test database."""

    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        with connection.schema_editor() as editor:
            for table in GUARDED:
                release(editor, table)
        super().handle(**options)
        with connection.schema_editor() as editor:
            for table in GUARDED:
                guard(editor, table)
