"""What is written about keeping the child safe, kind by kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from hearth.web.children.models import Child
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.kinds import Kind, adding
from hearth.web.safety import actions
from hearth.web.safety.models import Allegation, MissingEpisode, RiskAssessment


class MissingSheet(Sheet):
    """The child is missing, or away without authorisation."""

    must = ("kind", "circumstances")

    class Meta(Sheet.Meta):
        model = MissingEpisode
        fields = ("kind", "started_on", "circumstances")
        labels = {"started_on": "Day the child went missing"}  # noqa: RUF012 - Django's own way of saying it


class MissingCorrection(Sheet):
    """All that is known of a missing episode."""

    class Meta(Sheet.Meta):
        model = MissingEpisode
        fields = (
            "kind", "started_on", "circumstances", "ended_on", "found", "is_interview_offered", "is_interview_accepted",
            "interview_held_on", "interviewer", "interview_findings",
        )  # fmt: skip

    def check(self, answers: Mapping[str, Any]) -> None:
        """Nobody is back before going missing."""
        began, back = answers.get("started_on"), answers.get("ended_on")
        if began and back and back < began:
            self.add_error("ended_on", "The child is back before going missing: correct one of the days")


class ReturnSheet(Sheet):
    """The child is back."""

    must = ("ended_on", "found")

    class Meta(Sheet.Meta):
        model = MissingEpisode
        fields = ("ended_on", "found")
        labels = {"ended_on": "Day the child came back"}  # noqa: RUF012 - Django's own way of saying it


class InterviewSheet(Sheet):
    """The return interview: offered, wanted, held, what the child said."""

    must = ("is_interview_offered",)
    prompts = ("You told me that you left because ...", "What would help you is ...")

    class Meta(Sheet.Meta):
        model = MissingEpisode
        fields = (
            "is_interview_offered", "is_interview_accepted", "interview_held_on", "interviewer", "interview_findings",
        )  # fmt: skip
        labels = {  # noqa: RUF012 - Django's own way of saying it
            "is_interview_offered": "Was an interview offered?",
            "is_interview_accepted": "Did the child want it?",
        }

    def check(self, answers: Mapping[str, Any]) -> None:
        """An interview that was held was offered and accepted, by somebody."""
        if not answers.get("interview_held_on"):
            return
        self.needs("interviewer", "Say who held the interview")
        if not (answers.get("is_interview_offered") and answers.get("is_interview_accepted")):
            self.add_error("interview_held_on", "An interview that was held was offered and accepted: answer Yes above")

    def facts(self) -> dict[str, Any]:
        """In the words of the action."""
        short = {"interview_held_on": "held_on", "interview_findings": "findings"}
        found = super().facts().items()
        return {short.get(name, name.replace("interview_", "")): value for name, value in found}


class RiskSheet(Sheet):
    """A risk assessed: how high, why, what will keep the child safe."""

    must = ("level", "reasons")

    class Meta(Sheet.Meta):
        model = RiskAssessment
        fields = ("kind", "assessed_on", "level", "reasons", "plan", "panel_agreed_on")


class AllegationSheet(Sheet):
    """What was said, against whom, who was told."""

    must = ("what",)

    class Meta(Sheet.Meta):
        model = Allegation
        fields = (
            "made_on", "against", "what", "told_designated_officer_on", "concluded_on", "outcome", "child_told_on",
        )  # fmt: skip


def come_back(*, child: Child, by: Any, ended_on: Any, found: str) -> MissingEpisode:
    """Ends the open missing episode."""
    gone = MissingEpisode.objects.filter(child=child, ended_on=None).first()
    if gone is None:
        raise ValidationError(f"{child} is not recorded as missing: record the missing episode first")
    if ended_on < gone.started_on:
        raise ValidationError(f"{child} went missing on {gone.started_on:%-d %B %Y}: give that day or a later one")
    return actions.record_return(gone, by=by, ended_on=ended_on, found=found)


def interviewed(*, child: Child, by: Any, held_on: Any = None, **facts: Any) -> MissingEpisode:
    """Records the interview of the last missing episode that ended."""
    back = MissingEpisode.objects.filter(child=child, ended_on__isnull=False).order_by("-ended_on", "-pk").first()
    if back is None:
        raise ValidationError(f"{child} has not come back from a missing episode: record the return first")
    if held_on and back.ended_on and held_on < back.ended_on:
        raise ValidationError(f"{child} came back on {back.ended_on:%-d %B %Y}: give that day or a later one")
    return actions.record_return_interview(back, by=by, held_on=held_on, **facts)


KINDS = (
    Kind(
        code="missing",
        area="safety",
        words="that the child is missing",
        done="Missing episode recorded",
        form=MissingSheet,
        corrected_by=MissingCorrection,
        action=actions.record_missing,
        model=MissingEpisode,
        per_child=(),
    ),
    Kind(
        code="return",
        area="safety",
        words="that the child is back",
        done="Return recorded",
        form=ReturnSheet,
        action=come_back,
        per_child=("found",),
    ),
    Kind(
        code="return_interview",
        area="safety",
        words="a return interview",
        done="Return interview recorded",
        form=InterviewSheet,
        action=interviewed,
    ),
    Kind(
        code="risk",
        area="safety",
        words="a risk assessment",
        done="Risk assessment recorded",
        form=RiskSheet,
        action=adding(RiskAssessment, "risk assessment recorded"),
        model=RiskAssessment,
    ),
    Kind(
        code="allegation",
        area="safety",
        words="an allegation",
        done="Allegation recorded",
        form=AllegationSheet,
        action=adding(Allegation, "allegation recorded"),
        model=Allegation,
    ),
)
