"""School: education plans, schools attended, attendance, unauthorised absence, suspensions and exclusions."""

from __future__ import annotations

from hearth.tables.columns import code, day, text, whole, yes_no
from hearth.tables.table import ChildTable


class EducationPlans(ChildTable):
    """Personal education plans: one row for each plan or review of it"""

    started_on = day("Meeting held, or record begun", required=True)
    finalised_on = day("Signed off and submitted")
    graded_on = day("Quality checked by the virtual school")
    grade = text("Grade given")


class SchoolsAttended(ChildTable):
    """Schools attended: time on the roll of a school"""

    school = text("Reference number of the school, or its name")
    started_on = day("On roll from", required=True)
    ended_on = day("Taken off the roll")
    is_full_time = yes_no("Full-time place; only a full-time place ends the search for one")


class SchoolAttendance(ChildTable):
    """School attendance: sessions attended in a period"""

    started_on = day("Period from")
    ended_on = day("Period to: the day the figure speaks of", required=True)
    possible_sessions = whole("Sessions (half days) that the pupil could attend")
    attended_sessions = whole("Sessions attended")
    unauthorised_sessions = whole("Sessions missed without authorisation")
    acted_on = day("Day on which it was recorded what was done about low attendance")


class UnauthorisedAbsences(ChildTable):
    """Unauthorised absences: unbroken runs of days"""

    started_on = day("First day of absence", required=True)
    ended_on = day("Back in school")
    reported_on = day("School's notice received")


class Suspensions(ChildTable):
    """Suspensions and exclusions: from school"""

    kind = code("suspension_kind", "Suspension or permanent exclusion", required=True)
    started_on = day("First day, or day of the notice", required=True)
    ended_on = day("Last day of a suspension; exclusion withdrawn or overturned")
    virtual_school_told_on = day("Virtual school brought in")
    education_from_on = day("Education provided from")
    governors_met_on = day("Governors met")
