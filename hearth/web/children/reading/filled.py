"""Of which kinds a child has any record at all: one question, so that nothing is asked of tables without a row."""

from __future__ import annotations

from functools import cache

from django.db import connection

from hearth.web.children.models import Child
from hearth.web.children.reading.areas import AREAS
from hearth.web.children.records import ChildRecord

Models = frozenset[type[ChildRecord]]


def filled(child: Child) -> Models:
    """The models on the pages of a child of which there is a row, withdrawn ones among them."""
    models, sql = _question()
    with connection.cursor() as cursor:
        cursor.execute(sql, [child.pk] * len(models))
        found = cursor.fetchone()
    return frozenset(model for model, is_there in zip(models, found, strict=True) if is_there)


@cache
def _question() -> tuple[tuple[type[ChildRecord], ...], str]:
    models = tuple(dict.fromkeys(section.model for area in AREAS for section in area.sections))
    tables = (connection.ops.quote_name(model._meta.db_table) for model in models)
    each = [f"EXISTS(SELECT 1 FROM {table} WHERE child_id = %s)" for table in tables]  # noqa: S608  # nosec B608 - names only
    return models, f"SELECT {', '.join(each)}"
