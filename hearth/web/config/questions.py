"""Questions that many pages ask: put into SQL by Django once a process, then asked with other values.

Putting a question together takes Django several times as long as the database takes to answer it. What is kept is the
words of the question, never an answer and nothing of a record: in the place of each value stands a mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, wraps
from operator import itemgetter
from typing import Any, Generic, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet, signals
from django.db.models.base import ModelState
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable, get_related_populators

P = ParamSpec("P")
R = TypeVar("R")
MOST_KEPT = 2_000
"""Questions kept; then all are put together anew."""
LONGEST = 200
"""The longest list of values that a question is kept for: one for each length."""
NUMBER, DAY, MOMENT = 1_918_273_000, date(8918, 2, 1), datetime(8918, 2, 1, tzinfo=UTC)
"""The first marks: no value of a record comes near them."""
MARK = re.compile(r"19182\d{5}|89\d\d-\d\d-\d\d")
"""A mark within anything else."""
PLACE = re.compile("(%%|%s)")
PLAIN = re.compile(r"[a-z0-9_-]{1,80}|[0-9]{1,9}", re.ASCII)
"""A value that may stand in the words of a question as it is; ``True`` and ``None`` have a capital."""
LARGEST = 2**63 - 1
"""No row has a larger number."""
MARKED = (int, str, date, datetime)
Fill = Callable[[Sequence[Any]], Any]
"""Gives one parameter of the question from the values it is asked with, as the database is given them."""


def kept(put: Callable[P, QuerySet[Any, R]]) -> Callable[P, list[R]]:
    """Has ``put(values)`` give the rows of its queryset, which it puts together once for each shape of the values.

    Values given by position are numbers, words, days, moments, and lists of them: each reaches the database as it is
    given, or not at all. None, True, False and whatever is given by name shape the question: it is kept for each.
    """
    known: dict[Hashable, _Question[R]] = {}

    @wraps(put)
    def ask(*given: P.args, **shaping: P.kwargs) -> list[R]:
        if any(isinstance(value, list) and len(value) > LONGEST for value in given):
            return list(put(*given, **shaping))
        if any(isinstance(value, int) and abs(value) > LARGEST for value in given):
            return []
        key = (*map(_shape, given), *shaping.items())
        question = known.get(key)
        if question is None:
            if len(known) >= MOST_KEPT:
                known.clear()
            question = known[key] = _Question.put_together(put, given, shaping)
        return question.ask([one for value in given for one in _each(value)])

    return ask


def _shape(value: Any) -> Hashable:
    """What of a value shapes the question."""
    if isinstance(value, list):
        return tuple(map(_shape, value))
    kind: type = type(value)
    return kind if kind in MARKED else ("is", value)


def _each(value: object) -> Iterable[Any]:
    return value if isinstance(value, list) else (value,)


@dataclass(frozen=True)
class _Question(Generic[R]):
    """SQL, how each of its parameters is filled in, and how a row is read; no SQL: nothing can answer it."""

    sql: str
    fills: Sequence[Fill]
    read: Callable[[Iterable[Sequence[Any]]], list[R]]

    @classmethod
    def put_together(cls, put: Callable[..., QuerySet[Any, R]], given: Sequence[Any], shaping: Any) -> _Question[R]:
        """Puts it together with marks in the place of the values. Raises ValueError when a mark went astray."""
        marks = _Marks()
        asked = put(*map(marks.instead_of, given), **shaping)
        compiler = asked.query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return cls("", (), lambda _: [])
        return cls(*marks.found_in(sql, params), _Reader(asked, compiler))

    def ask(self, values: Sequence[Any]) -> list[R]:
        """The rows."""
        if not self.sql:
            return []
        sent = list(map(adapted, values))
        with asking() as cursor:
            cursor.execute(self.sql, [fill(sent) for fill in self.fills])
            return self.read(cursor.fetchall())


def asking() -> Any:
    """A cursor for a question whose words stay the same: PostgreSQL is given words and values apart, and plans it once.

    Not for long lists: PostgreSQL takes 65,535 values apart.
    """
    here: Any = connections[DEFAULT_DB_ALIAS]  # looked up once: ``connection`` looks for it at every word
    if here.vendor != "postgresql":
        return here.cursor()
    here.ensure_connection()
    return here._prepare_cursor(_server_cursor()(here.connection))


@cache
def _server_cursor() -> Any:
    from django.db.backends.postgresql.base import ServerBindingCursor

    return ServerBindingCursor


class _Marks:
    """Stands in the place of values while a question is put together, and is found again among its parameters."""

    def __init__(self) -> None:
        self.given: list[Any] = []

    def instead_of(self, value: Any) -> Any:
        """A mark of the same kind; None, True, False stay."""
        if isinstance(value, list):
            return [self.instead_of(one) for one in value]
        mark = self._mark(len(self.given), value)
        self.given.append(mark)
        return mark

    @staticmethod
    def _mark(number: int, value: Any) -> Any:
        kinds: dict[type, Callable[[], Any]] = {
            int: lambda: NUMBER + number,
            str: lambda: f"mark {NUMBER + number}",
            date: lambda: DAY + timedelta(days=number),
            datetime: lambda: MOMENT + timedelta(days=number),
        }
        return kinds[type(value)]() if type(value) in kinds else value

    def found_in(self, sql: str, params: Iterable[Any]) -> tuple[str, list[Fill]]:
        """The question, and for each of its parameters how it follows from the values."""
        places = {adapted(mark): n for n, mark in enumerate(self.given) if type(mark) in MARKED}
        found = [(param, places.get(param) if isinstance(param, Hashable) else None) for param in params]
        if any(MARK.search(text) for text in (sql, *(str(param) for param, place in found if place is None))):
            raise ValueError("A value does not reach the database as it is given: the question is not to be kept.")
        return _written(sql, found)


def _written(sql: str, found: Sequence[tuple[Any, int | None]]) -> tuple[str, list[Fill]]:
    """What stays the same at each asking is written into the question where it is a number or a plain code."""
    parts, params, fills = PLACE.split(sql), iter(found), []
    for number, part in enumerate(parts):
        if part == "%s":
            param, place = next(params)
            if place is None and PLAIN.fullmatch(str(param)) and isinstance(param, int | str):
                parts[number] = str(int(param)) if isinstance(param, int) else f"'{param}'"
            else:
                fills.append(_constant(param) if place is None else _filling(place, type(param)))
    return "".join(parts), fills


def adapted(value: Any) -> Any:
    """The value as the database is given it."""
    if not isinstance(value, date):
        return value
    adapt = connection.ops
    return adapt.adapt_datetimefield_value(value) if isinstance(value, datetime) else adapt.adapt_datefield_value(value)


def _constant(param: Any) -> Fill:
    return lambda _: param


def _filling(place: int, kind: type) -> Fill:
    """PostgreSQL is given whole numbers of a kind of its own."""
    if issubclass(kind, int) and kind is not int:
        return lambda sent: kind(sent[place])
    return itemgetter(place)


class _Reader:
    """Reads rows as the queryset would have: objects with what was selected beside them, or values."""

    def __init__(self, asked: QuerySet[Any, Any], compiler: Any) -> None:
        self.iterable = asked._iterable_class
        if self.iterable not in (ModelIterable, ValuesListIterable, FlatValuesListIterable):
            raise TypeError("A question that is kept gives objects or lists of values.")
        found = compiler.get_converters([column for column, *_ in compiler.select])
        self.converters = [(place, kinds, column) for place, (kinds, column) in found.items()]
        self.annotations = dict(compiler.annotation_col_map or {})
        self.beside: list[Any] = []
        if self.iterable is ModelIterable:
            self._of_objects(compiler)

    def _of_objects(self, compiler: Any) -> None:
        picked = compiler.klass_info["select_fields"]
        self.model, self.start, self.end = compiler.klass_info["model"], picked[0], picked[-1] + 1
        self.names = [column.target.attname for column, *_ in compiler.select[self.start : self.end]]
        self.is_plain = _is_plain(self.model)
        self.beside = get_related_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the types know a later Django

    def __call__(self, rows: Iterable[Sequence[Any]]) -> list[Any]:
        """The rows, read."""
        converted = self._converted(rows) if self.converters else rows
        if self.iterable is FlatValuesListIterable:
            return [row[0] for row in converted]
        return list(map(self._object if self.iterable is ModelIterable else tuple, converted))

    def _converted(self, rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
        for row in map(list, rows):
            for place, kinds, column in self.converters:
                for convert in kinds:
                    row[place] = convert(row[place], column, connection)
            yield row

    def _object(self, row: Sequence[Any]) -> Any:
        values = row[self.start : self.end]
        made = (
            _made(self.model, zip(self.names, values, strict=True))
            if self.is_plain
            else self.model.from_db(DEFAULT_DB_ALIAS, self.names, values)
        )
        for other in self.beside:
            other.populate(row, made)
        for name, place in self.annotations.items():
            setattr(made, name, row[place])
        return made


def _is_plain(model: type[Model]) -> bool:
    """Whether nothing is done with a row of the model when it is read but to take its values."""
    is_heard = any(signal.has_listeners(model) for signal in (signals.pre_init, signals.post_init))
    is_as_it_comes = model.from_db.__func__ is Model.from_db.__func__  # type: ignore[attr-defined]  # the types know no bound method
    return not is_heard and model.__init__ is Model.__init__ and is_as_it_comes


def _made(model: type[Model], values: Iterable[tuple[str, Any]]) -> Model:
    """A row as ``from_db`` makes it: what was not asked for is read when it is needed."""
    made = model.__new__(model)
    made._state = state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    made.__dict__.update(values)
    return made
