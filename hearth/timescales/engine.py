"""The engine's door: what is owed over all history, and how it stands on any day."""

from __future__ import annotations

from hearth.timescales.owed import SCHEMA, occurrences, reading, unavailable
from hearth.timescales.standing import STATUSES, as_of, current, due_in, latest_due, owed_on
from hearth.timescales.worklist import due_list, due_of_parts

__all__ = [
    "SCHEMA",
    "STATUSES",
    "as_of",
    "current",
    "due_in",
    "due_list",
    "due_of_parts",
    "latest_due",
    "occurrences",
    "owed_on",
    "reading",
    "unavailable",
]
