"""What is due next of the kind that was just recorded, in a sentence."""

from __future__ import annotations

from hearth.web.children.models import Child
from hearth.web.config.today import today
from hearth.web.design.words import day
from hearth.web.work.lines import record_page
from hearth.web.work.models import Owed


def next_due(child: Child, page: str) -> str:
    """ "Next: visit to the child, due by 14 April 2026." where something of the page has a day to come; else ""."""
    rows = Owed.objects.open_on(today()).filter(child=child, due_on__gte=today()).order_by("due_on", "pk")
    found = next((row for row in rows if record_page(row.duty) == page), None)
    return f"Next: {found.words.title}, due by {day(found.due_on)}." if found else ""
