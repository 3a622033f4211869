"""School: personal education plans."""

from __future__ import annotations

from hearth.tables.columns import day, text
from hearth.tables.table import ChildTable


class EducationPlans(ChildTable):
    """Personal education plans: one row for each plan or review of it"""

    started_on = day("Meeting held, or record begun", required=True)
    finalised_on = day("Signed off and submitted")
    graded_on = day("Quality checked by the virtual school")
    grade = text("Grade given")
