"""Makes the database itself refuse to change, replace or remove rows of a table, on SQLite and on PostgreSQL."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GUARDED = ("access_auditevent", "access_listing", "access_listedchild")
"""The tables of the log."""
REFUSAL = "the log is only ever added to"

SQLITE = (
    "CREATE TRIGGER {table}_keep_{verb} BEFORE {verb} ON {table} {when} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
)
IS_THERE = "WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
"""INSERT OR REPLACE takes the old row away without the trigger on DELETE: so a key that is there is refused."""
POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)
POSTGRESQL = (
    "CREATE TRIGGER {table}_keep_{verb} BEFORE {verb} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_keep()"
)


def guard(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Puts the triggers on the table, whose key is ``id``."""
    if editor.connection.vendor == "postgresql":
        editor.execute(POSTGRESQL_FUNCTION.format(table=table, refusal=REFUSAL))
        for verb in ("update", "delete", "truncate"):
            editor.execute(POSTGRESQL.format(table=table, verb=verb))
        return
    for verb, when in (("update", ""), ("delete", ""), ("insert", IS_THERE.format(table=table))):
        editor.execute(SQLITE.format(table=table, verb=verb, when=when, refusal=REFUSAL))


def release(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Takes the triggers off, for undoing the migration and for emptying a test database."""
    on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
    for verb in ("insert", "update", "delete", "truncate"):
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_keep_{verb}{on}")
