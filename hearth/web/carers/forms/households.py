"""What is written about a fostering household: approvals, reviews, visits, training, what was said by and about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from hearth.web.access.models import Team
from hearth.web.carers import actions
from hearth.web.carers.subjects import CARER
from hearth.web.children.forms.allocating import workers
from hearth.web.children.models import CarerConcern, CarerReview, CarerTraining, CarerVisit, FosterCarer
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.kinds import Kind, adding
from hearth.web.design.fields import Radios, keeping

OUTCOMES = (("continue", "The approval continues"), ("change", "The terms change"), ("end", "The approval ends"))
ASKED = {
    "names": "Names of the carers",
    "kind": "What are they approved as?",
    "approved_on": "Day of approval",
    "reason_ended": "Why did the approval end?",
}


def teams() -> list[tuple[str, str]]:
    """The teams there are, and those that households are with already."""
    named = {*Team.objects.filter(ended_on=None).values_list("name", flat=True)}
    named |= {team for team in FosterCarer.objects.values_list("team", flat=True).distinct() if team}
    return [("", "Not known"), *((team, team) for team in sorted(named, key=str.casefold))]


class Supported(Sheet):
    """A form that asks who supports a household."""

    worker_id = forms.ChoiceField(label="Supervising social worker", choices=workers, required=False)
    team = forms.ChoiceField(label="Team", choices=teams, required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name, choices in (("worker_id", workers), ("team", teams)):
            field: Any = self.fields[name]
            field.choices = keeping(choices, getattr(self.instance, name, None))


class NewHousehold(Supported):
    """A household that comes onto the record with its approval."""

    must = ("names", "kind", "approved_on")
    folds = {"It has a number in another system": ("carer_id",)}
    carer_id = forms.CharField(
        label="Number of the household",
        help_text="Leave it out and Hearth gives one.",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    field_order = ("names", "kind", "approved_on", "worker_id", "team")

    class Meta(Sheet.Meta):
        model = FosterCarer
        fields = ("names", "kind", "approved_on", "worker_id", "team", "carer_id")
        labels = ASKED

    def clean_carer_id(self) -> str:
        """Without the blanks that copying brings."""
        return str(self.cleaned_data.get("carer_id") or "").strip()


class ApprovalSheet(Supported):
    """An approval: as what, since when, who supports the household, when and why it ended."""

    must = ("kind",)
    moving = ("worker_id", "team")
    folds = {"The approval has ended": ("ended_on", "reason_ended")}
    field_order = ("names", "kind", "approved_on", "worker_id", "team")

    class Meta(Sheet.Meta):
        model = FosterCarer
        fields = ("names", "kind", "approved_on", "worker_id", "team", "ended_on", "reason_ended")
        labels = ASKED | {"ended_on": "Day the approval ended"}

    def check(self, answers: Mapping[str, Any]) -> None:
        """An end has a reason."""
        if answers.get("ended_on"):
            self.needs("reason_ended", "Say why the approval ended")


class ReviewSheet(Sheet):
    """A review of the approval: held, whether at panel, decided."""

    must = ("is_at_panel",)
    outcome = forms.ChoiceField(label="What was decided?", choices=OUTCOMES, widget=Radios(), required=False)
    folds = {"The decision is made": ("decided_on", "outcome")}
    field_order = ("reviewed_on", "is_at_panel", "note")

    class Meta(Sheet.Meta):
        model = CarerReview
        fields = ("reviewed_on", "is_at_panel", "note", "decided_on", "outcome")
        labels = {"is_at_panel": "Did it go to the fostering panel?", "decided_on": "Day of the decision"}
        help_texts = {
            "is_at_panel": "The first review must: until one has, the review stays owed.",
            "decided_on": "The review is complete only then.",
        }

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        outcome: Any = self.fields["outcome"]
        outcome.choices = keeping(lambda: OUTCOMES, getattr(self.instance, "outcome", None))

    def check(self, answers: Mapping[str, Any]) -> None:
        """A decision comes with what was decided, and not before the review."""
        in_order(self, answers, "reviewed_on", "decided_on", "The decision is before the review: correct one of them")
        if answers.get("decided_on"):
            self.needs("outcome", "Say what was decided")
        if answers.get("outcome"):
            self.needs("decided_on", "Enter the day of the decision")


class VisitSheet(Sheet):
    """A visit of the supervising social worker."""

    must = ("is_unannounced",)

    class Meta(Sheet.Meta):
        model = CarerVisit
        fields = ("visited_on", "is_unannounced", "note")
        labels = {"is_unannounced": "Was it unannounced?", "note": "What was seen and said"}


class TrainingSheet(Sheet):
    """The training, support and development standards, completed."""

    class Meta(Sheet.Meta):
        model = CarerTraining
        fields = ("completed_on", "note")


class ConcernSheet(Sheet):
    """A complaint or an allegation, and its answer."""

    folds = {"It is answered, decided or withdrawn": ("answered_on", "outcome", "ended_on")}
    field_order = ("kind", "received_on", "note")

    class Meta(Sheet.Meta):
        model = CarerConcern
        fields = ("kind", "received_on", "note", "answered_on", "outcome", "ended_on")
        labels = {
            "kind": "What is it?",
            "received_on": "Day it was received",
            "note": "What it is about",
            "answered_on": "Day it was answered, or the outcome decided",
            "outcome": "The outcome, in a few words",
            "ended_on": "Day it was withdrawn",
        }

    def check(self, answers: Mapping[str, Any]) -> None:
        """Nothing ends before it was received."""
        for name, what in (("answered_on", "The answer"), ("ended_on", "The withdrawal")):
            in_order(self, answers, "received_on", name, f"{what} is before it was received: correct one of the days")


def in_order(sheet: Sheet, answers: Mapping[str, Any], first: str, then: str, sentence: str) -> None:
    """Adds the sentence where the second day is before the first."""
    before, after = answers.get(first), answers.get(then)
    if before and after and after < before:
        sheet.add_error(then, sentence)


def _kind(code: str, model: Any, form: type[Sheet], words: str, done: str, **more: Any) -> Kind:
    action = adding(model, done[:1].lower() + done[1:], CARER)
    given = {"action": action, "about": CARER, **more}
    return Kind(code=code, area="carers", model=model, form=form, words=words, done=done, **given)


KINDS = (
    Kind(
        code="carer",
        area="carers",
        title="Add a fostering household",
        words="a fostering household",
        done="Fostering household added",
        form=NewHousehold,
        action=actions.add_household,
        about=CARER,
        is_new=True,
        button="Add the household",
    ),
    _kind("carer_approval", FosterCarer, ApprovalSheet, "an approval", "Approval of the household recorded",
          goes_on=True),
    _kind("carer_review", CarerReview, ReviewSheet, "a review of the approval", "Review of the approval recorded",
          goes_on=True),
    _kind("carer_visit", CarerVisit, VisitSheet, "a visit to the carers", "Visit to the carers recorded"),
    _kind("carer_training", CarerTraining, TrainingSheet, "training completed", "Training of the carers recorded"),
    _kind("carer_concern", CarerConcern, ConcernSheet, "a complaint or allegation", "Complaint or allegation recorded",
          goes_on=True),
)  # fmt: skip
