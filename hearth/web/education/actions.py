"""What may be recorded of a child at school."""

from __future__ import annotations

from datetime import date

from hearth.web.access.models import User
from hearth.web.children import recording
from hearth.web.children.models import Child
from hearth.web.education.models import EducationPlan


def record_education_plan(
    *,
    child: Child,
    by: User,
    started_on: date,
    finalised_on: date | None = None,
    child_views: str = "",
    progress: str = "",
    targets: str = "",
    note: str | None = None,
) -> EducationPlan:
    """Records a personal education plan or a review of it."""
    row = EducationPlan(
        child=child,
        started_on=started_on,
        finalised_on=finalised_on,
        child_views=child_views,
        progress=progress,
        targets=targets,
        note=note,
    )
    return recording.record(row, by=by, what="personal education plan recorded")


def grade_education_plan(plan: EducationPlan, *, by: User, graded_on: date, grade: str) -> EducationPlan:
    """Records the virtual school's check of a plan's quality."""
    with recording.writing(plan.child, by, "personal education plan graded") as act:
        return act.change(EducationPlan.objects.get(pk=plan.pk), graded_on=graded_on, grade=grade)
