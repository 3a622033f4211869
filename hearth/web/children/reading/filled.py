"""Of which kinds a child has any record at all: one question, so that nothing is asked of tables without a row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from django.db import connection

from hearth.web.children.models import Child
from hearth.web.children.reading.areas import AREAS
from hearth.web.children.records import ChildRecord
from hearth.web.config.questions import asking

Models = frozenset[type[ChildRecord]]


def filled(child: Child, among: Sequence[type[ChildRecord]] = ()) -> Models:
    """The models of which the child has a row, withdrawn ones among them: of all on the child's pages, or of some."""
    models = tuple(among) or on_pages()
    with asking() as cursor:
        cursor.execute(_question(models), [child.pk] * len(models))
        found = cursor.fetchone()
    return frozenset(model for model, is_there in zip(models, found, strict=True) if is_there)


@cache
def on_pages() -> tuple[type[ChildRecord], ...]:
    """The models on the pages of a child."""
    return tuple(dict.fromkeys(section.model for area in AREAS for section in area.sections))


@cache
def _question(models: tuple[type[ChildRecord], ...]) -> str:
    tables = (connection.ops.quote_name(model._meta.db_table) for model in models)
    each = [f"EXISTS(SELECT 1 FROM {table} WHERE child_id = %s)" for table in tables]  # noqa: S608  # nosec B608 - names only
    return f"SELECT {', '.join(each)}"
