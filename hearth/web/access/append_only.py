"""Makes the database itself refuse to change or remove rows of a table, on SQLite and on PostgreSQL."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GUARDED = ("access_auditevent", "access_listing", "access_listedchild")
"""The tables of the log."""
REFUSAL = "the log is only ever added to"

SQLITE = "CREATE TRIGGER {table}_keep_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '" + REFUSAL + "'); END"
POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '" + REFUSAL + "' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)
POSTGRESQL = (
    "CREATE TRIGGER {table}_keep_{verb} BEFORE {verb} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_keep()"
)


def guard(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Puts the triggers on the table."""
    is_server = editor.connection.vendor == "postgresql"
    if is_server:
        editor.execute(POSTGRESQL_FUNCTION.format(table=table))
    statement = POSTGRESQL if is_server else SQLITE
    verbs = ("update", "delete", "truncate") if is_server else ("update", "delete")
    for verb in verbs:
        editor.execute(statement.format(table=table, verb=verb))


def release(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Takes the triggers off, for undoing the migration and for emptying a test database."""
    on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
    for verb in ("update", "delete", "truncate"):
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_keep_{verb}{on}")
