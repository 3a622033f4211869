"""Many rows at once, with their history, in statements over whole sets: what a load of half a million rows is made of.

To be used inside an open transaction. The rows bypass ``full_clean``: the caller has set aside what breaks a truth, and
the database refuses the rest. Values come as the database wants them (see ``children.frames.values_for``). Statements
are put together of the models' own names and whole numbers only; everything else is a parameter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.utils import timezone

from hearth.web.access.models import User
from hearth.web.children.records import Kept
from hearth.web.intake.models import Batch

Row = Sequence[Any]
HANDED_OVER = "handed_over"
"""The temporary table through which PostgreSQL is given rows, and both are given keys."""


@dataclass(frozen=True)
class Load:
    """On whose behalf, from which load, when and why rows are written."""

    batch: Batch | None
    by: User | None = None
    at: datetime | None = None
    why: str = ""

    @property
    def batch_key(self) -> int | None:
        """The key of the load; None for what was not loaded."""
        return self.batch.pk if self.batch else None

    @property
    def by_key(self) -> int | None:
        """The key of who; None for the machine."""
        return self.by.pk if self.by else None

    @property
    def moment(self) -> datetime:
        """When."""
        return self.at or timezone.now()


def insert(model: type[Kept], columns: Sequence[str], rows: Iterable[Row], load: Load) -> int:
    """Adds rows to a model and a first version of each to its history; returns how many.

    ``columns`` are column names of the model ("child" is given as the child's key); the others take their defaults.
    """
    before = _newest(model)
    given = _named(model, columns)
    always = {str(f.column): _default(f, load) for f in _stored(model) if f.name not in columns}
    if connection.vendor == "postgresql":
        _copy(model, given, rows)
        _add_from(model, given, always)
    else:
        _add_each(model, given, always, rows)
    batch = _literal(load.batch_key)
    where = f"id > {before:d} AND batch_id {'IS' if load.batch is None else '='} {batch}"
    return _remember(model, load, "+", where)


def update(model: type[Kept], columns: Sequence[str], rows: Iterable[Row], load: Load) -> int:
    """Gives rows new values and remembers the version; each row of ``rows`` is its key and then its values."""
    kept = [tuple(row) for row in rows]
    to_set = ", ".join([f"{_q(c)} = %s" for c in _named(model, columns)])
    batch = "batch_id" if load.batch is None else _literal(load.batch_key)
    to_set += ", revision = revision + 1" + ("" if "batch" in columns else f", batch_id = {batch}")
    sql = f"UPDATE {_table(model)} SET {to_set} WHERE id = %s"  # names only  # noqa: S608  # nosec B608
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(*row[1:], row[0]) for row in kept])
    return _remember(model, load, "~", _among(row[0] for row in kept))


def withdraw(model: type[Kept], keys: Iterable[int], load: Load) -> int:
    """Withdraws rows and remembers the version; returns how many."""
    return _stand(model, list(keys), load, is_withdrawn=True)


def restore(model: type[Kept], keys: Iterable[int], load: Load) -> int:
    """Lets withdrawn rows stand again; returns how many."""
    return _stand(model, list(keys), load, is_withdrawn=False)


def _stand(model: type[Kept], keys: list[int], load: Load, *, is_withdrawn: bool) -> int:
    to_set = "is_withdrawn = %s, revision = revision + 1"
    sql = f"UPDATE {_table(model)} SET {to_set} WHERE {_among(keys)}"  # names only  # noqa: S608  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(sql, [is_withdrawn])
    return _remember(model, load, "~", _among(keys))


def _named(model: type[models.Model], columns: Sequence[str]) -> list[str]:
    """The database's names of columns of the model."""
    by_name = {field.name: str(field.column) for field in model._meta.concrete_fields}
    return [by_name[name] for name in columns]


def _stored(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _default(field: models.Field[Any, Any], load: Load) -> Any:
    said = {"batch": load.batch_key, "recorded_by": load.by_key, "recorded_at": load.moment}
    value = said[field.name] if field.name in said else field.get_default()
    return value if field.is_relation else field.get_db_prep_save(value, connection)


def _add_each(model: type[Kept], given: list[str], always: dict[str, Any], rows: Iterable[Row]) -> None:
    values = ["%s"] * len(given) + [_literal(value) for value in always.values()]
    names = ", ".join(_q(c) for c in (*given, *always))
    sql = f"INSERT INTO {_table(model)} ({names}) VALUES ({', '.join(values)})"  # names only  # noqa: S608  # nosec B608
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows if isinstance(rows, list) else list(rows))


def _copy(model: type[Kept], given: list[str], rows: Iterable[Row]) -> None:
    names = ", ".join(_q(c) for c in given)
    like = f"SELECT {names} FROM {_table(model)} LIMIT 0"  # names only  # noqa: S608  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {HANDED_OVER}")
        cursor.execute(f"CREATE TEMPORARY TABLE {HANDED_OVER} ON COMMIT DROP AS {like}")
        with cursor.copy(f"COPY {HANDED_OVER} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _add_from(model: type[Kept], given: list[str], always: dict[str, Any]) -> None:
    names = ", ".join(_q(c) for c in (*given, *always))
    values = ", ".join([*(_q(c) for c in given), *(["%s"] * len(always))])
    sql = f"INSERT INTO {_table(model)} ({names}) SELECT {values} FROM {HANDED_OVER}"  # names only  # noqa: S608  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(sql, list(always.values()))


def _remember(model: type[Kept], load: Load, how: str, where: str) -> int:
    """A version of each row of the model that ``where`` names, put into its history."""
    history = model.history.model
    same = ", ".join(_q(str(field.column)) for field in model._meta.concrete_fields)
    into = f"{_table(history)} ({same}, history_date, history_type, history_user_id, history_change_reason)"
    chosen = f"SELECT {same}, %s, %s, %s, %s FROM {_table(model)} WHERE {where}"  # names only  # noqa: S608  # nosec B608
    moment = connection.ops.adapt_datetimefield_value(load.moment)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {into} {chosen}", [moment, how, load.by_key, load.why or None])
        return int(cursor.rowcount)


def _newest(model: type[Kept]) -> int:
    return int(model.everything.aggregate(newest=models.Max("pk"))["newest"] or 0)


def _among(keys: Iterable[int]) -> str:
    """A condition on keys: whole numbers written out, because a database takes only so many parameters."""
    return f"id IN ({', '.join(f'{key:d}' for key in keys) or 'NULL'})"


def _literal(value: Any) -> str:
    """A default as SQLite's SQL writes it: a number, a text of our own, or nothing."""
    if value is None:
        return "NULL"
    if isinstance(value, bool | int):
        return f"{int(value)}"
    return "'" + str(value).replace("'", "''").replace("%", "%%") + "'"


def _q(name: str) -> str:
    return connection.ops.quote_name(name)


def _table(model: type[models.Model]) -> str:
    return _q(model._meta.db_table)
