"""What is written about keeping the child safe, kind by kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from hearth.web.children.models import Child
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.conditions import After
from hearth.web.children.sheets.kinds import Kind, adding
from hearth.web.design import words
from hearth.web.safety import actions
from hearth.web.safety.models import Allegation, MissingEpisode, RiskAssessment

TIMES = {"started_at": "started_on", "returned_at": "ended_on", "interview_held_at": "interview_held_on"}
"""The time of day of each day of a missing episode: the limit on the interview is counted in hours."""
OF_INTERVIEW = {
    "is_interview_accepted": After("is_interview_offered", "yes"),
    "interview_held_on": After("is_interview_accepted", "yes"),
    "interview_held_at": After("is_interview_accepted", "yes"),
    "interviewer": After("is_interview_accepted", "yes"),
    "interview_findings": After("is_interview_accepted", "yes"),
}


class OfAbsence(Sheet):
    """Days of a missing episode, with the time of day where it is known."""

    times = TIMES

    def check(self, answers: Mapping[str, Any]) -> None:
        """Nobody is back before going missing, or interviewed before being back."""
        self._in_order(answers, "started_at", "returned_at", "The child is back before going missing")
        self._in_order(answers, "returned_at", "interview_held_at", "The interview is before the return")

    def _in_order(self, answers: Mapping[str, Any], first: str, then: str, sentence: str) -> None:
        for one, other in ((TIMES[first], TIMES[then]), (first, then)):
            if answers.get(one) and answers.get(other) and answers[other] < answers[one]:
                self.add_error(other, f"{sentence}: correct one of them")
                return


class MissingSheet(OfAbsence):
    """The child is missing, or away without authorisation."""

    must = ("kind", "circumstances")

    class Meta(Sheet.Meta):
        model = MissingEpisode
        fields = ("kind", "started_on", "started_at", "circumstances")
        labels = {"started_on": "Day the child went missing"}


class MissingCorrection(OfAbsence):
    """All that is known of a missing episode."""

    only_if = OF_INTERVIEW

    class Meta(Sheet.Meta):
        model = MissingEpisode
        fields = (
            "kind", "started_on", "started_at", "circumstances", "ended_on", "returned_at", "found",
            "is_interview_offered", "is_interview_accepted", "interview_held_on", "interview_held_at", "interviewer",
            "interview_findings",
        )  # fmt: skip


class ReturnSheet(OfAbsence):
    """The child is back."""

    must = ("ended_on", "found")

    class Meta(Sheet.Meta):
        model = MissingEpisode
        fields = ("ended_on", "returned_at", "found")
        labels = {"ended_on": "Day the child came back"}


class InterviewSheet(OfAbsence):
    """The return interview: offered, wanted, held, what the child said."""

    must = ("is_interview_offered",)
    only_if = OF_INTERVIEW
    prompts = ("You told me that you left because ...", "What would help you is ...")

    class Meta(Sheet.Meta):
        model = MissingEpisode
        fields = (
            "is_interview_offered", "is_interview_accepted", "interview_held_on", "interview_held_at", "interviewer",
            "interview_findings",
        )  # fmt: skip
        labels = {
            "is_interview_offered": "Was an interview offered?",
            "is_interview_accepted": "Did the child want it?",
        }

    def check(self, answers: Mapping[str, Any]) -> None:
        """An interview that was held was held by somebody."""
        super().check(answers)
        if answers.get("interview_held_on"):
            self.needs("interviewer", "Say who held the interview")

    def facts(self) -> dict[str, Any]:
        """In the words of the action."""
        return {name.replace("interview_", ""): value for name, value in super().facts().items()}


class RiskSheet(Sheet):
    """A risk assessed: how high, why, what will keep the child safe."""

    must = ("level", "reasons")
    folds = {"A panel agreed that the risk has fallen": ("panel_agreed_on",)}

    class Meta(Sheet.Meta):
        model = RiskAssessment
        fields = ("kind", "assessed_on", "level", "reasons", "plan", "panel_agreed_on")


class AllegationSheet(Sheet):
    """What was said, against whom, who was told."""

    must = ("what",)
    folds = {"It is concluded": ("concluded_on", "outcome", "child_told_on")}

    class Meta(Sheet.Meta):
        model = Allegation
        fields = (
            "made_on", "against", "what", "told_designated_officer_on", "concluded_on", "outcome", "child_told_on",
        )  # fmt: skip


def _gone(child: Child) -> MissingEpisode | None:
    return MissingEpisode.objects.filter(child=child, ended_on=None).first()


def _back(child: Child) -> MissingEpisode | None:
    """The last missing episode that ended: the one that an interview is about."""
    return MissingEpisode.objects.filter(child=child, ended_on__isnull=False).order_by("-ended_on", "-pk").first()


def said_of_return(child: Child) -> str:
    """Since when the child is missing, or that it is not."""
    gone = _gone(child)
    if gone is None:
        return f"{child} is not recorded as missing: record the missing episode first"
    at = f" at {gone.started_at:%H:%M}" if gone.started_at else ""
    return f"{child} is missing since {words.day(gone.started_on)}{at}."


def said_of_interview(child: Child) -> str:
    """Which missing episode the interview is about; where it was held already, where it is corrected."""
    back = _back(child)
    if back is None:
        return f"{child} has not come back from a missing episode: record the return first"
    which = f"the missing episode of {words.day(back.started_on)} to {words.day(back.ended_on)}"
    if back.interview_held_on:
        held = words.day(back.interview_held_on)
        return f"The interview after {which} was held on {held}: to change it, correct the missing episode"
    return f"About {which}."


def come_back(*, child: Child, by: Any, ended_on: Any, returned_at: Any, found: str) -> MissingEpisode:
    """Ends the open missing episode."""
    gone = _gone(child)
    if gone is None:
        raise ValidationError(said_of_return(child))
    if ended_on < gone.started_on:
        raise ValidationError(f"{child} went missing on {gone.started_on:%-d %B %Y}: give that day or a later one")
    if returned_at and gone.started_at and returned_at < gone.started_at:
        raise ValidationError(f"{child} went missing at {gone.started_at:%H:%M} on that day: give a later time")
    return actions.record_return(gone, by=by, ended_on=ended_on, returned_at=returned_at, found=found)


def interviewed(*, child: Child, by: Any, held_on: Any = None, held_at: Any = None, **facts: Any) -> MissingEpisode:
    """Records the interview of the last missing episode that ended."""
    back = _back(child)
    if back is None or back.interview_held_on:
        raise ValidationError(said_of_interview(child))
    if held_on and back.ended_on and held_on < back.ended_on:
        raise ValidationError(f"{child} came back on {back.ended_on:%-d %B %Y}: give that day or a later one")
    if held_at and back.returned_at and held_at < back.returned_at:
        raise ValidationError(f"{child} came back at {back.returned_at:%H:%M} on that day: give a later time")
    return actions.record_return_interview(back, by=by, held_on=held_on, held_at=held_at, **facts)


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
        goes_on=True,
        per_child=(),
    ),
    Kind(
        code="return",
        area="safety",
        words="that the child is back",
        done="Return recorded",
        form=ReturnSheet,
        action=come_back,
        said_first=said_of_return,
        per_child=("found",),
    ),
    Kind(
        code="return_interview",
        area="safety",
        words="a return interview",
        done="Return interview recorded",
        form=InterviewSheet,
        action=interviewed,
        said_first=said_of_interview,
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
        goes_on=True,
    ),
)
