"""What may be recorded of a child's health."""

from __future__ import annotations

from datetime import date

from hearth.web.access.models import User
from hearth.web.children import recording
from hearth.web.children.models import Child
from hearth.web.health.models import HealthAssessment


def record_health_assessment(
    *,
    child: Child,
    by: User,
    assessed_on: date,
    status: str = "Completed",
    kind: str | None = None,
    assessor: str | None = None,
    findings: str = "",
    why_refused: str = "",
    note: str | None = None,
) -> HealthAssessment:
    """Records a health assessment: completed, planned, refused or cancelled."""
    row = HealthAssessment(
        child=child,
        assessed_on=assessed_on,
        status=status,
        kind=kind,
        assessor=assessor,
        findings=findings,
        why_refused=why_refused,
        note=note,
    )
    return recording.record(row, by=by, what="health assessment recorded")
