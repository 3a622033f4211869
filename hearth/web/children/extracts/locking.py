"""Makes the database itself refuse to change a locked extract or its entries, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "a locked extract never changes"
OF_EXTRACT = "EXISTS (SELECT 1 FROM children_extract e WHERE e.id = {row}.extract_id AND e.locked_at IS NOT NULL)"
WHEN: Mapping[tuple[str, str], str] = MappingProxyType({
    ("children_extract", "UPDATE"): "OLD.locked_at IS NOT NULL",
    ("children_extractentry", "UPDATE"): OF_EXTRACT.format(row="OLD"),
    ("children_extractentry", "INSERT"): OF_EXTRACT.format(row="NEW"),
})  # fmt: skip
"""On which table and for which statement a row is refused, and when."""


def guard(editor: BaseDatabaseSchemaEditor) -> None:
    """Puts the triggers on both tables."""
    for (table, verb), when in WHEN.items():
        name = f"{table}_locked_{verb.lower()}"
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {when} THEN RAISE EXCEPTION "
                f"'{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
            )
            editor.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
        else:
            editor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def release(editor: BaseDatabaseSchemaEditor) -> None:
    """Takes the triggers off."""
    for table, verb in WHEN:
        name = f"{table}_locked_{verb.lower()}"
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            editor.execute(f"DROP FUNCTION IF EXISTS {name}()")
        else:
            editor.execute(f"DROP TRIGGER IF EXISTS {name}")
