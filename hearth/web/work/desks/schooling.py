"""The virtual school's desk: personal education plans, attendance, suspensions, children without a school place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from hearth.timescales.catalogue import DUTIES
from hearth.timescales.dates import years_on
from hearth.web.children.models import Child
from hearth.web.education.models import EducationPlan, SchoolAttendance, SchoolAttended, Suspension
from hearth.web.work.desks.desk import OVERDUE, Cell, Desk, day_cell, due_cell, latest, newest, of
from hearth.web.work.models import Owed

LOW_ATTENDANCE = 90
"""Per cent of sessions; below it a child is persistently absent."""
YEAR = timedelta(days=365)
SCHOOL_AGE = (4, 18)
PLANS_DUE = frozenset(duty for duty in DUTIES if duty.startswith("pep-")) - {"pep-quality"}
"""What a next plan is due by; the check of a plan made is told in its own column."""


def _of_school_age(seen: QuerySet[Child], day: date) -> QuerySet[Child]:
    """Children who are looked after and of the age for school."""
    youngest, oldest = (years_on(day, -years) for years in SCHOOL_AGE)
    in_care = Q(episode__started_on__lte=day, episode__is_withdrawn=False) & (
        Q(episode__ended_on=None) | Q(episode__ended_on__gt=day)
    )
    return seen.filter(in_care, born_on__lte=youngest, born_on__gt=oldest).distinct()


def _facts(children: Sequence[Child], owed: Mapping[int, Owed | None], day: date) -> Mapping[int, Sequence[Cell]]:
    plans = newest(EducationPlan, children, "started_on", day)
    attended = newest(SchoolAttendance, children, "ended_on", day)
    schools = latest(of(SchoolAttended, children, ended_on=None), "started_on", day)
    out = Counter(row.child_id for row in of(Suspension, children, started_on__gt=day - YEAR, started_on__lte=day))
    return {
        child.pk: [
            due_cell(owed.get(child.pk), day),
            _plan(plans.get(child.pk), day),
            _quality(plans.get(child.pk)),
            _attendance(attended.get(child.pk)),
            Cell(f"{out[child.pk]} in 12 months", "orange", ("suspended",)) if out[child.pk] else Cell("None"),
            _place(schools.get(child.pk)),
        ]
        for child in children
    }


def _plan(plan: EducationPlan | None, day: date) -> Cell:
    said = day_cell(plan.started_on if plan else None, day, "No plan yet")
    return said if plan else replace(said, picks=("unplanned",))


def _quality(plan: EducationPlan | None) -> Cell:
    if plan is None:
        return Cell("No plan yet", "grey")
    if plan.grade:
        return Cell(str(plan.grade).capitalize())
    said = ("Signed off, not graded yet", "yellow") if plan.finalised_on else ("Not signed off", "orange")
    return Cell(*said, ("ungraded",))


def _attendance(row: SchoolAttendance | None) -> Cell:
    if row is None or not row.possible_sessions or row.attended_sessions is None:
        return Cell("Not known", "grey")
    share = 100 * row.attended_sessions / row.possible_sessions
    return Cell(f"{share:.0f}%", "red", ("absent",)) if share < LOW_ATTENDANCE else Cell(f"{share:.0f}%")


def _place(school: SchoolAttended | None) -> Cell:
    if school is None:
        return Cell("No school recorded", "orange", ("unplaced",))
    name = school.school or "School not named"
    return Cell(f"{name}, part-time", "orange") if school.is_full_time is False else Cell(name)


DESK = Desk(
    page="education_plans",
    title="Education plans",
    about="Children of school age in care, by the day their next personal education plan is due.",
    duties=PLANS_DUE,
    columns=("Next plan due", "Last plan", "Quality", "Attendance", "Suspensions", "School"),
    facts=_facts,
    picks={
        OVERDUE: "Plan overdue",
        "unplanned": "No plan yet",
        "ungraded": "Not signed off or not graded",
        "absent": "Attendance below 90%",
        "suspended": "Suspended in 12 months",
        "unplaced": "No school recorded",
    },
    nothing="No child of school age is in your reach.",
    among=_of_school_age,
)
