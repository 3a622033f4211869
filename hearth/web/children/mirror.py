"""Which model carries which table of ``hearth.tables``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from django.apps import apps
from django.db.models import Field

from hearth.tables import catalogue
from hearth.web.children.records import ChildRecord, Kept

STORED = tuple(name for name in catalogue.TABLES if name not in catalogue.DERIVED)


@cache
def models() -> Mapping[str, type[Kept]]:
    """The models by the name of their table, in the order of the catalogue."""
    kept = [model for model in apps.get_models() if issubclass(model, Kept)]
    found = {model.table: model for model in kept if model.table}
    return MappingProxyType({name: found[name] for name in STORED if name in found})


@cache
def records() -> tuple[type[ChildRecord], ...]:
    """Every model of rows that belong to a child, with and without a table."""
    return tuple(model for model in apps.get_models() if issubclass(model, ChildRecord))


@cache
def columns(table: str) -> tuple[str, ...]:
    """The columns of the table that its model has too: all but those that say whose row it is, where that is a key."""
    of_child = issubclass(models()[table], ChildRecord)
    return tuple(c for c in catalogue.TABLES[table].columns() if not (of_child and c in catalogue.identity(table)))


def label(model: type[Kept], column: str) -> str:
    """What a column holds, in words, for a page that shows any record."""
    field = model._meta.get_field(column)
    return str(field.verbose_name) if isinstance(field, Field) else column.replace("_", " ")
