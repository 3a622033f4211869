"""What is due next of the kind that was just recorded, in a sentence."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import Any

from django.db import connection

from hearth.timescales.duty import words
from hearth.web.children.models import Child
from hearth.web.children.sheets import addresses
from hearth.web.config.today import today
from hearth.web.design.words import day
from hearth.web.work import where
from hearth.web.work.models import Owed

NOBODY = -1
"""Stands in a question that is kept for the child of whom it is asked."""


def next_due(child: Any, page: str) -> str:
    """ "Next: visit to the child, due by 14 April 2026." where something of the page has a day to come; else ""."""
    if not isinstance(child, Child):
        return ""
    sql, values = _to_come(today())
    with connection.cursor() as cursor:
        cursor.execute(sql, [child.pk if value == NOBODY else value for value in values])
        rows = cursor.fetchall()
    for duty, limit, due_on in rows:
        place = where.place(duty, limit)
        if place and place.page in _alike(page):
            return f"Next: {words()[duty].title}, due by {day(due_on)}."
    return ""


@lru_cache(maxsize=8)
def _to_come(on: date) -> tuple[str, tuple[Any, ...]]:
    """The question for what is open and due on a day or later, soonest first, with ``NOBODY`` for the child.

    Django takes longer to put it together than the database to answer.
    """
    rows = Owed.objects.open_on(on).filter(child=NOBODY, due_on__gte=on).order_by("due_on", "pk")
    sql, values = rows.values_list("duty", "limit", "due_on").query.sql_with_params()
    return sql, tuple(values)


@cache
def _alike(page: str) -> frozenset[str]:
    """The pages on which rows of the same table are recorded: after a return comes the interview."""
    tables = {kind.page: kind.form.table_of() for kind in addresses.known()}
    return frozenset(other for other, table in tables.items() if table and table == tables.get(page))
