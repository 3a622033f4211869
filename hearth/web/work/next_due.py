"""What is due next of the kind that was just recorded, in a sentence."""

from __future__ import annotations

from functools import cache
from typing import Any

from hearth.timescales.duty import words
from hearth.web.children.models import Child
from hearth.web.children.sheets import addresses
from hearth.web.config.today import today
from hearth.web.design.words import day
from hearth.web.work import where
from hearth.web.work.models import Owed


def next_due(child: Any, page: str) -> str:
    """ "Next: visit to the child, due by 14 April 2026." where something of the page has a day to come; else ""."""
    if not isinstance(child, Child):
        return ""
    rows = Owed.objects.open_on(today()).filter(child=child, due_on__gte=today()).order_by("due_on", "pk")
    for duty, limit, due_on in rows.values_list("duty", "limit", "due_on"):
        place = where.place(duty, limit)
        if place and place.page in _alike(page):
            return f"Next: {words()[duty].title}, due by {day(due_on)}."
    return ""


@cache
def _alike(page: str) -> frozenset[str]:
    """The pages on which rows of the same table are recorded: after a return comes the interview."""
    tables = {kind.page: kind.form.table_of() for kind in addresses.known()}
    return frozenset(other for other, table in tables.items() if table and table == tables.get(page))
