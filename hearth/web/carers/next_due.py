"""What is due next of a household, a home or the council after something was recorded, in a sentence."""

from __future__ import annotations

from typing import Any

from hearth.web.carers.subjects import Elsewhere
from hearth.web.config.today import today
from hearth.web.design.words import day
from hearth.web.work import where
from hearth.web.work.elsewhere import owed_elsewhere


def next_due(subject: Any, page: str) -> str:
    """ "Next: unannounced visit, due by 14 April 2026." where something of the page has a day to come; else ""."""
    if not isinstance(subject, Elsewhere):
        return ""
    rows = [row for row in owed_elsewhere(subject.sort) if row.subject_id == subject.identifier and _is_ahead(row)]
    found = next((row for row in rows if (place := where.place(row.duty, row.limit)) and place.page == page), None)
    return f"Next: {found.words.title}, due by {day(found.due_on)}." if found else ""


def _is_ahead(row: Any) -> bool:
    return row.due_on is not None and row.due_on >= today()
