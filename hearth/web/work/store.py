"""A store of what follows from the record, made the same as what was worked out: only what differs is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import connection, models

Row = Sequence[Any]


def make_same(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Row],
    *,
    children: Iterable[int],
    **among: Sequence[str],
) -> None:
    """Writes rows of (the child's key, *columns*) in place of those that the store has of these children.

    ``among``: a column with the values that were worked out again; rows with another value stay as they are. A row that
    is there already is left alone; where nothing was worked out again nothing is done. Inside the caller's transaction.
    """
    ((column, values),) = among.items()
    if not values:
        return
    select, insert, delete = _statements(model, tuple(columns), column, len(values))
    with connection.cursor() as cursor:
        cursor.execute(select.format(children=_listed(children)), values)
        there: defaultdict[Row, list[int]] = defaultdict(list)
        for key, *row in cursor.fetchall():
            there[tuple(row)].append(key)
        new = [row for row in map(tuple, rows) if not (there[row] and there[row].pop())]
        gone = [key for keys in there.values() for key in keys]
        if gone:
            cursor.execute(delete.format(gone=_listed(gone)))
        if new:
            cursor.executemany(insert, [tuple(map(_stored, row)) for row in new])


@cache
def _statements(model: type[models.Model], columns: tuple[str, ...], among: str, many: int) -> tuple[str, str, str]:
    """The statements that find, add and remove rows of a store: of its own names only."""
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(map(quote, ("child_id", *columns)))
    marks = ", ".join(["%s"] * (1 + len(columns)))
    asked = f"{quote(among)} IN ({', '.join(['%s'] * many)})"
    return (
        f"SELECT id, {names} FROM {table} WHERE child_id IN ({{children}}) AND {asked}",  # noqa: S608  # nosec B608
        f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608  # nosec B608
        f"DELETE FROM {table} WHERE id IN ({{gone}})",  # noqa: S608  # nosec B608
    )


def _listed(keys: Iterable[int]) -> str:
    """Keys written out: whole numbers, of which a database takes only so many as parameters."""
    return ", ".join(f"{key:d}" for key in keys) or "NULL"


def _stored(value: Any) -> Any:
    """A value as the database takes it."""
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
