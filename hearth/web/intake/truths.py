"""The truths of a model as those of its table: declared once, asked before a load writes and by the database after."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db.models import CharField, CheckConstraint, F, Q, UniqueConstraint

from hearth.tables import catalogue
from hearth.tables.holding import Longest, Once, OneOf, Order, Truth
from hearth.web.children import mirror


class UnknownTruthError(TypeError):
    """A constraint of a shape that this module does not know: our own bug, found by a test."""


@cache
def truths_of(table: str) -> tuple[Truth, ...]:
    """What rows of the table must hold to, by the constraints and fields of its model."""
    model = mirror.models()[table]
    found: list[Truth] = [
        Longest(field.name, field.max_length)
        for field in model._meta.concrete_fields
        if isinstance(field, CharField) and field.max_length and field.name in mirror.columns(table)
    ]
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            found.append(_of_row(constraint))
        elif isinstance(constraint, UniqueConstraint) and not set(constraint.fields) <= {"authority", "child_id"}:
            found.append(_of_rows(table, constraint))
    return tuple(found)


def _conditions(condition: Any) -> Iterator[tuple[str, Any]]:
    """The conditions that must all hold."""
    if not isinstance(condition, Q) or condition.connector != Q.AND or condition.negated:
        raise UnknownTruthError(f"{condition!r} is no conjunction")
    for part in condition.children:
        if isinstance(part, Q):
            yield from _conditions(part)
        elif isinstance(part, tuple):
            yield part
        else:
            raise UnknownTruthError(f"{part!r} is no condition on a column")


def _of_row(constraint: CheckConstraint) -> Truth:
    (look_up, value), *more = _conditions(constraint.condition)
    column, _, how = look_up.partition("__")
    sentence = str(constraint.violation_error_message)
    if not more and how == "gte" and isinstance(value, F):
        return Order(str(value.deconstruct()[1][0]), column, sentence)
    if not more and how == "in":
        return OneOf(column, tuple(map(str, value)), sentence)
    raise UnknownTruthError(f"{constraint!r} is neither an order of two days nor a list of codes")


def _of_rows(table: str, constraint: UniqueConstraint) -> Once:
    where: dict[str, tuple[str, ...]] = {}
    for look_up, value in _conditions(constraint.condition):
        column, _, how = look_up.partition("__")
        if how == "isnull" and value is True:
            where[column] = ()
        elif how == "in":
            where[column] = tuple(map(str, value))
        elif look_up != "is_withdrawn":
            raise UnknownTruthError(f"{constraint!r} has a condition of another kind")
    columns = [c for field in constraint.fields for c in (catalogue.identity(table) if field == "child" else (field,))]
    return Once(tuple(columns), where, str(constraint.violation_error_message))
