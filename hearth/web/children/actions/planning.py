"""Plans for the child: each new version ends the one before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hearth.web.access.models import User
from hearth.web.children import recording
from hearth.web.children.models import CarePlan, Child, PermanencePlan


def record_care_plan(*, child: Child, by: User, started_on: date, plan: str = "", note: str | None = None) -> CarePlan:
    """Records a version of the care plan; the version in force before it ends on the same day."""
    with recording.writing(child, by, "care plan recorded") as act:
        for before in CarePlan.objects.filter(child=child, ended_on=None, started_on__lte=started_on):
            act.change(before, ended_on=started_on)
        return act.add(CarePlan(child=child, started_on=started_on, plan=plan, note=note))


def record_permanence_plan(
    *, child: Child, by: User, recorded_on: date, options: Sequence[str], note: str | None = None
) -> list[PermanencePlan]:
    """Records the plan for permanence, one row for each aim; aims of the plan before end, save those that go on."""
    with recording.writing(child, by, "permanence plan recorded") as act:
        standing = list(PermanencePlan.objects.filter(child=child, ended_on=None, recorded_on__lte=recorded_on))
        for before in standing:
            if before.option not in options:
                act.change(before, ended_on=recorded_on)
        kept = [before for before in standing if before.option in options]
        going_on = {before.option for before in kept}
        new = [PermanencePlan(child=child, recorded_on=recorded_on, option=o, note=note) for o in options]
        return kept + [act.add(row) for row in new if row.option not in going_on]
