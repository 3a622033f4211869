"""Rows added in words that are kept: Django takes several times as long to put an insert together as to do it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from hearth.web.config.questions import asking


def add(model: type[Model], row: Mapping[str, Any]) -> None:
    """Adds one row: a value for every column but the key, by the attribute that holds it. Nobody is told of it."""
    sql, columns = _insert(model, connection.vendor)
    with asking() as cursor:
        cursor.execute(sql, [column.get_db_prep_save(row[column.attname], connection) for column in columns])


@cache
def _insert(model: type[Model], _vendor: str) -> tuple[str, Sequence[Field[Any, Any]]]:
    """The statement and what it is given."""
    quote, columns = connection.ops.quote_name, [c for c in model._meta.local_concrete_fields if not c.primary_key]
    names, marks = ", ".join(quote(str(column.column)) for column in columns), ", ".join(["%s"] * len(columns))
    # Of the model's own names only; what a row holds goes in beside the statement.
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})", columns  # noqa: S608  # nosec B608
