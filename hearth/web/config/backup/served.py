"""PostgreSQL's part of a backup: each table as the server copies it, all of one moment; no other program is needed."""

from __future__ import annotations

from pathlib import Path

from django.db import connection, transaction
from psycopg import sql

PIECE = 1 << 20


def tables() -> list[str]:
    """The names of all tables, those of Django among them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
        )
        return [row[0] for row in cursor.fetchall()]


def take(folder: Path) -> None:
    """Copies every table into the folder in one snapshot, while others read and write."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for name in tables():
            _copy_out(name, folder / f"{name}.copy")


def _copy_out(name: str, to: Path) -> None:
    asked = sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(name), _columns(name))
    with connection.cursor() as cursor, to.open("wb") as file, cursor.cursor.copy(asked) as copy:
        for piece in copy:
            file.write(piece)


def _columns(name: str) -> sql.Composable:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, name)
    return sql.SQL(", ").join(sql.Identifier(column.name) for column in found)


def put_back(folder: Path) -> None:
    """Fills an empty, freshly made database with the tables of the folder, in one transaction."""
    with transaction.atomic():
        names = [path.stem for path in sorted(folder.glob("*.copy"))]
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            asked = sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(map(sql.Identifier, names)))
            _without_triggers(names, on=False)
            cursor.execute(asked.as_string(connection.connection))
        for name in names:
            _copy_in(name, folder / f"{name}.copy")
        _number_on(names)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # every key is checked before the triggers come back
        _without_triggers(names, on=True)


def _without_triggers(names: list[str], *, on: bool) -> None:
    """Our own triggers keep the log from being emptied: a restore is the one thing that may."""
    word = sql.SQL("ENABLE" if on else "DISABLE")
    with connection.cursor() as cursor:
        for name in names:
            asked = sql.SQL("ALTER TABLE {} {} TRIGGER USER").format(sql.Identifier(name), word)
            cursor.execute(asked.as_string(connection.connection))


def _copy_in(name: str, path: Path) -> None:
    with connection.cursor() as cursor:
        asked = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(name), _columns(name))
        with path.open("rb") as file, cursor.cursor.copy(asked) as copy:
            while piece := file.read(PIECE):
                copy.write(piece)


def _number_on(names: list[str]) -> None:
    """Rows added later get numbers after those put back."""
    asked = "SELECT setval(pg_get_serial_sequence(%s, 'id'), COALESCE(MAX(id), 1), MAX(id) IS NOT NULL) FROM "
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(
                "SELECT 1 FROM information_schema.columns WHERE table_name = %s AND column_name = 'id' "
                "AND is_identity = 'YES'",
                [name],
            )
            if cursor.fetchone():
                cursor.execute(asked + connection.ops.quote_name(name), [connection.ops.quote_name(name)])
