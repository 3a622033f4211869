"""What is written about the child at school, kind by kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.kinds import Kind, adding
from hearth.web.education import actions
from hearth.web.education.models import (
    EducationPlan,
    EhcPlan,
    EhcRequest,
    SchoolAttendance,
    SchoolAttended,
    Suspension,
    UnauthorisedAbsence,
)


class PlanSheet(Sheet):
    """The meeting, what the child said, how it goes, what was agreed."""

    prompts = ("You told us that at school ...", "You are getting on well with ...", "We will help you by ...")

    class Meta(Sheet.Meta):
        model = EducationPlan
        fields = ("started_on", "child_views", "progress", "targets", "finalised_on")

    def check(self, answers: Mapping[str, Any]) -> None:
        """What is signed off says what was agreed, on a day not before the meeting."""
        began, final = answers.get("started_on"), answers.get("finalised_on")
        if final and final != self.instance.finalised_on:
            self.needs("targets", "Say what was agreed before the plan is signed off")
        if began and final and final < began:
            self.add_error("finalised_on", "The plan was signed off before the meeting: correct one of the days")


class PlanCorrection(PlanSheet):
    """The plan, and the virtual school's grade of it."""

    class Meta(Sheet.Meta):
        model = EducationPlan
        fields = ("started_on", "child_views", "progress", "targets", "finalised_on", "graded_on", "grade")


class SchoolSheet(Sheet):
    """On the roll of which school, from when."""

    folds = {"The child has left this school": ("ended_on",)}

    must = ("school",)

    class Meta(Sheet.Meta):
        model = SchoolAttended
        fields = ("school", "started_on", "is_full_time", "designated_teacher", "ended_on")
        labels = {"is_full_time": "Is it a full-time place?"}


class AttendanceSheet(Sheet):
    """Sessions in a period."""

    must = ("started_on", "possible_sessions", "attended_sessions")
    folds = {"Attendance is low, and something was done about it": ("acted_on",)}

    class Meta(Sheet.Meta):
        model = SchoolAttendance
        fields = (
            "started_on", "ended_on", "possible_sessions", "attended_sessions", "unauthorised_sessions", "acted_on",
        )  # fmt: skip

    def check(self, answers: Mapping[str, Any]) -> None:
        """No more sessions attended and missed than there were."""
        possible = answers.get("possible_sessions")
        if possible is None:
            return
        attended, missed = answers.get("attended_sessions") or 0, answers.get("unauthorised_sessions") or 0
        if attended > possible:
            self.add_error("attended_sessions", f"{attended} sessions attended of {possible}: correct one of them")
        elif attended + missed > possible:
            self.add_error(
                "unauthorised_sessions", f"{attended} attended and {missed} missed of {possible}: correct one"
            )


class SuspensionSheet(Sheet):
    """Suspension or exclusion: why, and the child's own account."""

    must = ("reason",)
    folds = {"What was done since": ("virtual_school_told_on", "education_from_on", "governors_met_on")}
    ahead = ("ended_on", "governors_met_on")
    prompts = ("The school says ...", "You say ...")

    class Meta(Sheet.Meta):
        model = Suspension
        fields = (
            "kind", "started_on", "ended_on", "reason", "virtual_school_told_on", "education_from_on",
            "governors_met_on",
        )  # fmt: skip


class AbsenceSheet(Sheet):
    """An unbroken run of days of unauthorised absence, and the school's notice."""

    class Meta(Sheet.Meta):
        model = UnauthorisedAbsence
        fields = ("started_on", "reported_on", "ended_on", "note")


class EhcRequestSheet(Sheet):
    """A request for an education, health and care plan, with the decision and the plan."""

    must = ("requested_on",)

    class Meta(Sheet.Meta):
        model = EhcRequest
        fields = ("requested_on", "decided_on", "assessed_on", "note")


class EhcPlanSheet(Sheet):
    """A plan, and its last yearly review."""

    must = ("started_on",)
    moving = ("reviewed_on",)
    folds = {"It has ended": ("ended_on",)}

    class Meta(Sheet.Meta):
        model = EhcPlan
        fields = ("started_on", "reviewed_on", "note", "ended_on")


KINDS = (
    Kind(
        code="education_plan",
        area="education",
        words="a personal education plan",
        done="Personal education plan recorded",
        form=PlanSheet,
        corrected_by=PlanCorrection,
        action=actions.record_education_plan,
        model=EducationPlan,
        goes_on=True,
    ),
    Kind(
        code="school",
        area="education",
        words="a school",
        done="School recorded",
        form=SchoolSheet,
        action=adding(SchoolAttended, "school recorded"),
        model=SchoolAttended,
        goes_on=True,
        per_child=("is_full_time", "designated_teacher"),
    ),
    Kind(
        code="attendance",
        area="education",
        words="school attendance",
        done="Attendance recorded",
        form=AttendanceSheet,
        action=adding(SchoolAttendance, "attendance recorded"),
        model=SchoolAttendance,
        goes_on=True,
        per_child=("possible_sessions", "attended_sessions", "unauthorised_sessions", "acted_on"),
    ),
    Kind(
        code="suspension",
        area="education",
        words="a suspension or exclusion",
        done="Suspension recorded",
        form=SuspensionSheet,
        action=adding(Suspension, "suspension recorded"),
        model=Suspension,
        goes_on=True,
    ),
    Kind(
        code="absence",
        area="education",
        words="unauthorised absence",
        done="Unauthorised absence recorded",
        form=AbsenceSheet,
        action=adding(UnauthorisedAbsence, "unauthorised absence recorded"),
        model=UnauthorisedAbsence,
        goes_on=True,
    ),
    Kind(
        code="ehc_request",
        area="education",
        words="a request for an education, health and care plan",
        done="Request for a plan recorded",
        form=EhcRequestSheet,
        action=adding(EhcRequest, "request for an education, health and care plan recorded"),
        model=EhcRequest,
        goes_on=True,
    ),
    Kind(
        code="ehc_plan",
        area="education",
        words="an education, health and care plan",
        done="Education, health and care plan recorded",
        form=EhcPlanSheet,
        action=adding(EhcPlan, "education, health and care plan recorded"),
        model=EhcPlan,
        goes_on=True,
    ),
)
