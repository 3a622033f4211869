"""The child at school: education plans, schools, attendance, absence, suspensions, special needs."""

from __future__ import annotations

from typing import ClassVar

from hearth.web.children.fields import code, day, text, whole, words, yes_no
from hearth.web.children.records import ChildRecord
from hearth.web.children.truths import in_order


class SpecialNeed(ChildRecord):
    """A special educational need, as identified."""

    table: ClassVar[str] = "special_needs"
    need = code("special_need", "kind of need")
    rank = whole("1 primary, 2 secondary")
    identified_on = day("identified on")
    support = text("support, or plan")


class EhcRequest(ChildRecord):
    """A request for an education, health and care plan, with the decision."""

    table: ClassVar[str] = "ehc_requests"
    request_id = text("identifier of the request")
    requested_on = day("request received")
    decided_on = day("requester told whether there will be an assessment")
    outcome = text()
    assessed_on = day("plan issued, or told there will be none")

    class Meta:
        verbose_name = "request for an education, health and care plan"
        verbose_name_plural = "requests for an education, health and care plan"


class EhcPlan(ChildRecord):
    """An education, health and care plan."""

    table: ClassVar[str] = "ehc_plans"
    started_on = day("plan began")
    ended_on = day("plan ended")
    reviewed_on = day("last annual review decision sent")

    class Meta:
        verbose_name = "education, health and care plan"
        constraints = (in_order("started_on", "ended_on"),)


class EducationPlan(ChildRecord):
    """A personal education plan, or a review of it."""

    table: ClassVar[str] = "education_plans"
    started_on = day("meeting held, or record begun", required=True)
    finalised_on = day("signed off and submitted")
    graded_on = day("quality checked by the virtual school")
    grade = text("grade given")

    child_views = words("what the child said")
    progress = words("how the child is getting on")
    targets = words("what was agreed, who will do it, by when")

    class Meta:
        verbose_name = "personal education plan"
        constraints = (in_order("started_on", "finalised_on"),)


class SchoolAttended(ChildRecord):
    """Time on the roll of a school."""

    table: ClassVar[str] = "schools_attended"
    school = text("school")
    started_on = day("on roll from", required=True)
    ended_on = day("taken off the roll")
    is_full_time = yes_no("full-time place")

    designated_teacher = text("designated teacher")

    class Meta:
        verbose_name_plural = "schools attended"
        constraints = (in_order("started_on", "ended_on"),)


class SchoolAttendance(ChildRecord):
    """Sessions attended at school in a period."""

    table: ClassVar[str] = "school_attendance"
    started_on = day("period from")
    ended_on = day("period to", required=True)
    possible_sessions = whole("sessions (half days) that the pupil could attend")
    attended_sessions = whole("sessions attended")
    unauthorised_sessions = whole("sessions missed without authorisation")
    acted_on = day("day on which it was recorded what was done about low attendance")

    class Meta:
        verbose_name_plural = "school attendance"
        constraints = (in_order("started_on", "ended_on"),)


class UnauthorisedAbsence(ChildRecord):
    """An unbroken run of days of unauthorised absence."""

    table: ClassVar[str] = "unauthorised_absences"
    started_on = day("first day of absence", required=True)
    ended_on = day("back in school")
    reported_on = day("school's notice received")

    class Meta:
        constraints = (in_order("started_on", "ended_on"),)


class Suspension(ChildRecord):
    """A suspension or exclusion from school."""

    table: ClassVar[str] = "suspensions"
    kind = code("suspension_kind", "suspension or permanent exclusion", required=True)
    started_on = day("first day, or day of the notice", required=True)
    ended_on = day("last day of a suspension, or exclusion withdrawn")
    virtual_school_told_on = day("virtual school brought in")
    education_from_on = day("education provided from")
    governors_met_on = day("governors met")

    reason = words("why, and the child's own account")

    class Meta:
        constraints = (in_order("started_on", "ended_on"),)
