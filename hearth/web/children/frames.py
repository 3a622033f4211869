"""Between the record and the tables: rows of the database as tables, and tables as rows for the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

import polars as pl
from django.db import connection
from django.db.models import QuerySet

from hearth.tables import catalogue
from hearth.tables.record import Record
from hearth.web.children import carrying, mirror
from hearth.web.children.models import Child
from hearth.web.children.records import ChildRecord

Children = QuerySet[Child] | Iterable[int] | None
MANY = 200
"""Children from which on a table is put together by columns, which is quicker for many rows than for few."""


def record_of(
    children: Children = None, tables: Iterable[str] | None = None, *, known_at: datetime | None = None
) -> Record:
    """The record of the children: a queryset of ``Child``, their keys, or None for all there are.

    ``tables``: only these (names of ``hearth.tables``); what is not asked for is empty. Tables about carers, homes and
    the authority come with None for ``children``, or when they are asked for. ``known_at``: the record as it was known
    at that moment, before later corrections and what was recorded since.
    """
    wanted = mirror.STORED if tables is None else tuple(t for t in mirror.STORED if t in set(tables))
    if children is not None and tables is None:
        wanted = tuple(table for table in wanted if catalogue.subject(table) == "child")
    reach = _Reach(children, known_at)
    told = carrying.told()
    return Record(
        tables=reach.read_all(wanted),
        kind="hearth",
        carries=told.carries,
        snapshot_on=told.snapshot_on,
    )


class _Reach:
    """Whose rows are read, which version of them, and how."""

    def __init__(self, children: Children, known_at: datetime | None) -> None:
        self.sql, self.is_many = "", True
        self.values: tuple[Any, ...] = ()
        self.known_at = known_at and connection.ops.adapt_datetimefield_value(known_at)
        if isinstance(children, QuerySet):
            self.sql, self.values = children.order_by().values("pk").query.sql_with_params()
        elif children is not None:
            keys = [int(key) for key in children]
            self.sql, self.is_many = ", ".join(map(str, keys)) or "NULL", len(keys) >= MANY

    def read_all(self, tables: Sequence[str]) -> dict[str, pl.DataFrame]:
        """The standing rows of the tables: of a few children in one question."""
        is_one_question = bool(self.sql) and not self.is_many and self.known_at is None
        together = tuple(table for table in tables if is_one_question and _goes_with_others(table))
        found = self._read_together(together) if len(together) > 1 else {}
        return {table: found[table] if table in found else self.read(table) for table in tables}

    def _read_together(self, tables: tuple[str, ...]) -> dict[str, pl.DataFrame]:
        found: list[list[list[Any]]] = [[] for _ in tables]
        readers = [_readers(table) for table in tables]
        with connection.cursor() as cursor:
            cursor.execute(_question(tables, connection.vendor).format(among=self.sql))
            for at, _, *row in cursor.fetchall():
                found[at].append([v if v is None else read(v) for read, v in zip(readers[at], row, strict=False)])
        return {table: self._frame(table, rows) for table, rows in zip(tables, found, strict=True)}

    def read(self, table: str) -> pl.DataFrame:
        """The standing rows of a table, in the order in which they were recorded."""
        select, source, key = _select(table, connection.vendor, is_history=self.known_at is not None)
        is_bounded = bool(self.sql) and catalogue.subject(table) == "child"
        among, values = (f"{key} IN ({self.sql})", self.values) if is_bounded else ("1 = 1", ())
        stands = "NOT t.is_withdrawn" + (" AND NOT c.is_withdrawn" if key == "child_id" else "")
        where = f"{stands} AND {'t.' if is_bounded else ''}{among}"
        if self.known_at is not None:
            newest = f"{source} WHERE history_date <= %s AND {among} GROUP BY id"
            where += f" AND t.history_id IN (SELECT MAX(history_id) FROM {newest})"  # names only  # noqa: S608  # nosec B608
            values = (*values, self.known_at, *values)
        with connection.cursor() as cursor:
            cursor.execute(f"{select} WHERE {where} ORDER BY t.id", values)
            rows = cursor.fetchall()
        return self._frame(table, rows)

    def _frame(self, table: str, rows: Sequence[Sequence[Any]]) -> pl.DataFrame:
        if not rows:
            return catalogue.empty(table)
        schema = catalogue.empty(table).schema
        return _by_column(rows, schema) if self.is_many else pl.DataFrame(rows, schema=schema, orient="row")


@cache
def _select(table: str, _vendor: str, *, is_history: bool) -> tuple[str, str, str]:
    """The columns of a table from its model (and the child's identifiers), where they stand, the child's key there."""
    picked, source, child, key = _parts(table, is_history=is_history)
    select = f"SELECT {', '.join(picked)} FROM {source} t{child}"  # names only  # noqa: S608  # nosec B608
    return select, source, key


def _parts(table: str, *, is_history: bool) -> tuple[list[str], str, str, str]:
    model = mirror.models()[table]
    of_child = issubclass(model, ChildRecord)
    own = catalogue.identity(table) if of_child else ()
    picked = [f"{'c' if c in own else 't'}.{_q(c)}" for c in catalogue.empty(table).columns]
    child = f" JOIN {_q(Child._meta.db_table)} c ON c.id = t.child_id" if of_child else ""
    source = _q((model.history.model if is_history else model)._meta.db_table)
    return picked, source, child, "child_id" if of_child else "id"


@cache
def _question(tables: tuple[str, ...], vendor: str) -> str:
    """One question for the rows of several tables: which table, the key, then the columns, which share their places.

    On SQLite a sign before each keeps the driver from reading all of a place as what the first table has there.
    """
    width = max(len(catalogue.empty(table).columns) for table in tables)
    plain = "CAST({} AS text)" if vendor == "postgresql" else "+{}"
    each = []
    for at, table in enumerate(tables):
        picked, source, child, key = _parts(table, is_history=False)
        columns = ", ".join(plain.format(c) for c in (*picked, *["NULL"] * (width - len(picked))))
        stands = "NOT t.is_withdrawn" + (" AND NOT c.is_withdrawn" if child else "")
        rows = f"FROM {source} t{child} WHERE {stands} AND t.{key} IN ({{among}})"
        each.append(f"SELECT {at}, t.id, {columns} {rows}")  # names only  # nosec B608
    return f"{' UNION ALL '.join(each)} ORDER BY 1, 2"


def _is_so(said: object) -> bool:
    """A yes or no as SQLite keeps it, or as PostgreSQL writes it."""
    return said in (1, "true")


READERS: Mapping[type[pl.DataType], Callable[[Any], Any]] = {
    pl.String: str,
    pl.Date: date.fromisoformat,
    pl.Boolean: _is_so,
    pl.Int64: int,
    pl.Float64: float,
}
"""How a value is read that stands in a place that columns of other kinds share."""


@cache
def _goes_with_others(table: str) -> bool:
    """Whether a table can be read in one question with others: about children, and all of its columns can be."""
    kinds = {kind.base_type() for kind in catalogue.empty(table).dtypes}
    return catalogue.subject(table) == "child" and kinds <= READERS.keys()


@cache
def _readers(table: str) -> tuple[Callable[[Any], Any], ...]:
    return tuple(READERS[kind.base_type()] for kind in catalogue.empty(table).dtypes)


def _by_column(rows: Sequence[Sequence[Any]], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    columns = zip(*rows, strict=True)
    return pl.DataFrame([pl.Series(n, list(v), dtype=k) for (n, k), v in zip(schema.items(), columns, strict=True)])


def stamps(tables: Iterable[str], children: Iterable[int]) -> dict[int, tuple[Any, ...]]:
    """What changes for a child whenever a row of one of the tables does: tells whether what was derived still holds."""
    among = ", ".join(f"{key:d}" for key in children) or "NULL"
    each = [_stamp(table).format(among=among) for table in tables]
    found: defaultdict[int, tuple[Any, ...]] = defaultdict(tuple)
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(each)} ORDER BY 1, 2")
        for child, *rest in cursor.fetchall():
            found[child] += tuple(rest)
    return found


def stamp(tables: Iterable[str]) -> tuple[Any, ...]:
    """What changes whenever a row of one of these tables does, whomever it is about."""
    picked = "COUNT(*), MAX(id), SUM(revision), MAX(recorded_at)"
    each = [f"SELECT '{t}', {picked} FROM {_q(mirror.models()[t]._meta.db_table)}" for t in tables]  # noqa: S608  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(each)} ORDER BY 1")
        return tuple(cursor.fetchall())


@cache
def _stamp(table: str) -> str:
    picked = f"child_id, '{table}', COUNT(*), MAX(id), SUM(revision), MAX(recorded_at)"
    whose = f"{mirror.models()[table]._meta.db_table} WHERE child_id IN ({{among}}) GROUP BY child_id"
    return f"SELECT {picked} FROM {whose}"  # names only  # noqa: S608  # nosec B608


def keys() -> pl.DataFrame:
    """The children there are, withdrawn ones among them: authority, child_id, child (the key)."""
    rows = Child.everything.values_list("authority", "child_id", "pk")
    return pl.DataFrame(
        list(rows), schema={"authority": pl.String, "child_id": pl.String, "child": pl.Int64}, orient="row"
    )


def values_for(table: str, frame: pl.DataFrame, known: pl.DataFrame) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The columns and rows, as ``children.bulk`` takes them, of a frame of the table; children are found in ``known``.

    Rows of a child that is not in ``known`` are left out: load the table ``people`` first, then take ``keys()``.
    """
    columns = list(mirror.columns(table))
    if issubclass(mirror.models()[table], ChildRecord):
        frame = frame.join(known, on=["authority", "child_id"], maintain_order="left")
        columns = ["child", *columns]
    return columns, frame.select(stored(frame.schema, name) for name in columns).rows()


def stored(schema: Mapping[str, pl.DataType], name: str) -> pl.Expr:
    """A column as the driver stores it quickest: SQLite keeps days as text."""
    kind = schema[name]
    if connection.vendor == "sqlite" and kind == pl.Date:
        return pl.col(name).dt.to_string("%Y-%m-%d")
    if connection.vendor == "sqlite" and kind == pl.Datetime:
        return pl.col(name).dt.to_string("%Y-%m-%d %H:%M:%S%.6f")
    return pl.col(name)


def _q(name: str) -> str:
    return connection.ops.quote_name(name)
