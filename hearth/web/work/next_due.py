"""What is due next of the kind that was just recorded, in a sentence."""

from __future__ import annotations

from typing import Any

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
    pages = _alike(page)
    found = next((row for row in rows if (place := where.place(row.duty, row.limit)) and place.page in pages), None)
    return f"Next: {found.words.title}, due by {day(found.due_on)}." if found else ""


def _alike(page: str) -> set[str]:
    """The pages on which rows of the same table are recorded: after a return comes the interview."""
    tables = {kind.page: kind.form.table_of() for kind in addresses.known()}
    return {other for other, table in tables.items() if table and table == tables.get(page)}
