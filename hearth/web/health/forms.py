"""What is written about the child's health, kind by kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import ChoiceField

from hearth.tables.codes import members
from hearth.web.children.models import CaseAction
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.conditions import After
from hearth.web.children.sheets.kinds import Kind, adding
from hearth.web.design.fields import CodeField, Radios
from hearth.web.health import actions
from hearth.web.health.models import DentalCheck, HealthAssessment, Immunisation, SdqScore, SubstanceMisuse

COMPLETED, PLANNED, REFUSED = members("health_status", "Completed", "Planned", "Refused")
HIGHEST = 40
STEPS = members(
    "case_action", "health_plan", "development_checked", "eyes_tested", "sdq_followed_up", "substance_screened",
    "health_passport",
)  # fmt: skip


class Dated(Sheet):
    """What is planned may lie ahead; what was done may not."""

    day_name = ""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._day(self.day_name).is_past = self.data.get(self.add_prefix("status")) != PLANNED


class AssessmentSheet(Dated):
    """When, whether it took place, by whom, what was found."""

    day_name = "assessed_on"
    must = ("assessed_on", "status", "kind")
    prompts = ("When we met, you told me ...", "You are well because ...", "We agreed that ...")
    kind = ChoiceField(
        label="Which assessment?", choices=[("initial", "Initial"), ("review", "Review")], widget=Radios(is_inline=True)
    )
    only_if = {
        "assessor": After("status", COMPLETED, "Say who carried it out"),
        "findings": After("status", COMPLETED),
        "why_refused": After("status", REFUSED, "Say why the child or young person did not want it"),
    }
    field_order = ("kind", "status", "assessed_on")

    class Meta(Sheet.Meta):
        model = HealthAssessment
        fields = ("kind", "status", "assessed_on", "assessor", "findings", "why_refused")
        labels = {
            "status": "How does it stand?",
            "why_refused": "Why did the child or young person not want it?",
        }


class DentalSheet(Dated):
    """When the child was seen by a dentist."""

    day_name = "checked_on"
    must = ("checked_on", "status")

    class Meta(Sheet.Meta):
        model = DentalCheck
        fields = ("status", "checked_on", "note")
        labels = {"status": "How does it stand?"}


class ImmunisationSheet(Sheet):
    """Whether immunisations were up to date on a day."""

    must = ("found_on", "is_up_to_date")

    class Meta(Sheet.Meta):
        model = Immunisation
        fields = ("found_on", "is_up_to_date", "note")
        labels = {"is_up_to_date": "Have all immunisations due for the age been given?"}


class SdqSheet(Sheet):
    """The score of the carer's questionnaire, or why there is none."""

    must = ("completed_on",)
    reason_no_score = CodeField("sdq_reason", label="Why is there no score?", blank="There is a score", required=False)

    class Meta(Sheet.Meta):
        model = SdqScore
        fields = ("completed_on", "score", "reason_no_score", "note")

    def check(self, answers: Mapping[str, Any]) -> None:
        """A score of 0 to 40, or a reason; not both."""
        score, reason = answers.get("score"), answers.get("reason_no_score")
        if score is not None and not 0 <= score <= HIGHEST:
            self.add_error("score", f"The score is from 0 to 40: you wrote {score}")
        elif score is None and not reason and not self.has_error("score"):
            self.add_error("score", "Enter the score, or say why there is none")
        elif score is not None and reason:
            self.add_error("reason_no_score", "There is a score: leave the reason blank, or take the score out")


class SubstanceSheet(Sheet):
    """Substance misuse, and what was offered."""

    must = ("found_on",)
    only_if = {"intervention_received": After("intervention_offered", "yes")}

    class Meta(Sheet.Meta):
        model = SubstanceMisuse
        fields = ("found_on", "substance", "intervention_offered", "intervention_received", "note")
        labels = {
            "intervention_offered": "Was an intervention offered?",
            "intervention_received": "Was one received?",
        }


class StepSheet(Sheet):
    """A health plan, a check or a follow-up."""

    folds = {"It answers something that happened on another day": ("answers_on",)}

    kind = CodeField("case_action", only=STEPS, label="What was done")
    field_order = ("kind", "done_on")

    class Meta(Sheet.Meta):
        model = CaseAction
        fields = ("kind", "done_on", "is_refused", "outcome", "note", "answers_on")
        labels = {"is_refused": "Did the child or young person decline?"}


KINDS = (
    Kind(
        code="health_assessment",
        area="health",
        words="a health assessment",
        done="Health assessment recorded",
        form=AssessmentSheet,
        action=actions.record_health_assessment,
        model=HealthAssessment,
        per_child=("status", "assessor", "findings", "why_refused"),
    ),
    Kind(
        code="dental_check",
        area="health",
        words="a dental check",
        done="Dental check recorded",
        form=DentalSheet,
        action=adding(DentalCheck, "dental check recorded"),
        model=DentalCheck,
        per_child=("status", "note"),
    ),
    Kind(
        code="immunisation",
        area="health",
        words="immunisations",
        done="Immunisations recorded",
        form=ImmunisationSheet,
        action=adding(Immunisation, "immunisations recorded"),
        model=Immunisation,
        per_child=("is_up_to_date", "note"),
    ),
    Kind(
        code="sdq",
        area="health",
        words="a strengths and difficulties score",
        done="Strengths and difficulties score recorded",
        form=SdqSheet,
        action=adding(SdqScore, "strengths and difficulties score recorded"),
        model=SdqScore,
    ),
    Kind(
        code="substance_misuse",
        area="health",
        words="substance misuse",
        done="Substance misuse recorded",
        form=SubstanceSheet,
        action=adding(SubstanceMisuse, "substance misuse recorded"),
        model=SubstanceMisuse,
    ),
    Kind(
        code="health_step",
        area="health",
        words="a health check or step",
        done="Health step recorded",
        form=StepSheet,
        action=adding(CaseAction, "health step recorded"),
        per_child=("is_refused", "outcome", "note"),
    ),
)
