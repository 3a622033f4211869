"""Visits to the child."""

from __future__ import annotations

from datetime import date

from hearth.web.access.models import User
from hearth.web.children import recording
from hearth.web.children.models import Child, Visit


def record_visit(
    *,
    child: Child,
    by: User,
    visited_on: date,
    is_seen: bool | None = None,
    is_seen_alone: bool | None = None,
    reason_not_alone: str | None = None,
    why_not_seen: str = "",
    child_views: str = "",
    concerns: str = "",
    note: str | None = None,
) -> Visit:
    """Records a visit. A child who was not seen was not seen alone; a visit without the child is kept as itself."""
    visit = Visit(
        child=child,
        visited_on=visited_on,
        is_seen=is_seen,
        is_seen_alone=False if is_seen is False else is_seen_alone,
        reason_not_alone=reason_not_alone or None,
        why_not_seen=why_not_seen,
        child_views=child_views,
        concerns=concerns,
        note=note or None,
    )
    return recording.record(visit, by=by, what="visit recorded")
