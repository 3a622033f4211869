"""The journey in care: it starts, the child moves, the legal status changes, care ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from hearth.web.children import actions
from hearth.web.children.actions.caring import CONTINUES
from hearth.web.children.forms.combinations import TEMPORARY, clashes
from hearth.web.children.models import Episode, FosterCarer
from hearth.web.children.queries import own_authority
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.kinds import Kind
from hearth.web.design.fields import YesNoField, keeping

PLACE = (
    "placement_type",
    "placement_provider",
    "carers",
    "is_in_area",
    "carer_id",
    "placement_telephone",
    "placement_postcode",
    "urn",
)
MEETS = "A placement or episode before it that led to this one then ends on the same day. For example, 27 3 2026"
WHERE = {"Household, telephone, postcode and registration of the placement": PLACE[4:]}
TO_THE_CHILD = ("You are going to live with ... because ...", "What you told us you wanted was ...")


class OfCare(Sheet):
    """What the codes of care must agree on, whatever happened."""

    day_name = "started_on"

    def check(self, answers: Mapping[str, Any]) -> None:
        """Says which codes do not go together, or not with the child's age on the day."""
        on = answers.get(self.day_name)
        age = self.child.age_on(on) if self.child and on else None
        for name, sentence in clashes(self.standing() | dict(answers), age):
            if name in self.fields and not self.has_error(name):
                self.add_error(name, sentence)

    def standing(self) -> dict[str, Any]:
        """What the open episode says where the form does not ask."""
        found = Episode.objects.filter(child=self.child, ended_on=None).first()
        return {} if found is None else {"legal_status": found.legal_status}


def households() -> list[tuple[str, str]]:
    """The council's fostering households whose approval has not ended, by number, with the names of the carers."""
    found = FosterCarer.objects.filter(authority=own_authority(), ended_on=None).values_list("carer_id", "names")
    named = {number: f"{names}, {number}" if names else f"Household {number}" for number, names in found}
    return [("", "None of them, or not known"), *sorted(named.items(), key=lambda one: one[1].casefold())]


class OfPlace(OfCare):
    """A form that asks where the child lives, and with which household of the council's own."""

    carer_id = forms.ChoiceField(
        label="Which of the council’s own fostering households is it?", choices=households, required=False
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        offered: Any = self.fields["carer_id"]
        offered.choices = keeping(households, self.instance.carer_id)

    def clean(self) -> dict[str, Any]:
        """Where the household is known its names need not be typed."""
        answers = super().clean()
        if answers.get("carer_id") and not answers.get("carers"):
            row = FosterCarer.objects.filter(authority=own_authority(), carer_id=answers["carer_id"]).last()
            answers["carers"] = row.names if row else None
        return answers


class StartSheet(OfPlace):
    """The child becomes looked after."""

    must = ("legal_status", "category_of_need", "placement_type")
    folds = {**WHERE, "Where the child lived before": ("home_postcode",)}
    prompts = TO_THE_CHILD

    class Meta(Sheet.Meta):
        model = Episode
        fields = ("started_on", "legal_status", "category_of_need", *PLACE, "home_postcode", "why_moved")
        labels = {
            "started_on": "Day care began",
            "is_in_area": "Is the placement in the council's area?",
        }

    def standing(self) -> dict[str, Any]:
        """Nothing stands before care begins."""
        return {}

    def check(self, answers: Mapping[str, Any]) -> None:
        """A period of care does not start in a temporary placement."""
        super().check(answers)
        if answers.get("placement_type") in TEMPORARY and not self.has_error("placement_type"):
            self.add_error("placement_type", "Care cannot begin with a temporary move: choose where the child lives")


class MoveSheet(OfPlace):
    """The child moves to another placement."""

    must = ("placement_type", "is_move_planned", "is_move_positive")
    folds = {**WHERE, "The legal status changed on the same day": ("legal_status",)}
    prompts = TO_THE_CHILD
    is_same_carer = YesNoField(label="Is it with the same carer, at another address?", may_be_unknown=False)
    field_order = ("started_on", "is_same_carer", *PLACE, "reason_placement_changed", "is_move_planned")

    class Meta(Sheet.Meta):
        model = Episode
        fields = (
            "started_on", *PLACE, "reason_placement_changed", "is_move_planned", "is_move_positive", "why_moved",
            "legal_status",
        )  # fmt: skip
        labels = {
            "started_on": "Day of the move",
            "is_in_area": "Is the placement in the council's area?",
            "reason_placement_changed": "Why did the placement before end?",
            "is_move_planned": "Was the move planned?",
            "is_move_positive": "Is the move good for the child?",
            "legal_status": "Legal status from that day",
        }

    def check(self, answers: Mapping[str, Any]) -> None:
        """A day on which the placement before had begun; a reason, save for temporary moves."""
        super().check({name: value for name, value in answers.items() if name != "legal_status" or value})
        if answers.get("placement_type") not in TEMPORARY:
            self.needs("reason_placement_changed", "Say why the placement before ended")

    def facts(self) -> dict[str, Any]:
        """In the words of the action."""
        facts = super().facts()
        renamed = {"started_on": "moved_on", "is_move_planned": "is_planned", "is_move_positive": "is_positive"}
        return {renamed.get(name, name): value for name, value in facts.items()}


class EpisodeCorrection(OfPlace):
    """What an episode of care says; the days on which it meets another are corrected in both."""

    folds = WHERE

    class Meta(Sheet.Meta):
        model = Episode
        fields = (
            "started_on", "ended_on", "reason_ended", "legal_status", "category_of_need", *PLACE, "home_postcode",
            "reason_placement_changed", "is_move_planned", "is_move_positive", "why_moved",
        )  # fmt: skip
        labels = {
            "started_on": "Day it began",
            "ended_on": "Day it ended",
            "reason_ended": "Why did care end?",
            "is_in_area": "Is the placement in the council's area?",
            "reason_placement_changed": "Why did the placement end?",
            "is_move_planned": "Was the move planned?",
            "is_move_positive": "Was the move good for the child?",
        }
        help_texts = {"started_on": MEETS}

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        if self.instance.ended_on is None:
            del self.fields["ended_on"]
        if self.instance.reason_ended in (None, CONTINUES):
            del self.fields["reason_ended"]

    def check(self, answers: Mapping[str, Any]) -> None:
        """Care that ended says when and why; where another episode follows, this one ended on its first day."""
        super().check(answers)
        if "reason_ended" not in self.fields:
            if "ended_on" in self.fields:
                self.needs("ended_on", "Enter the day it ended: another episode follows")
            return
        if bool(answers.get("ended_on")) != bool(answers.get("reason_ended")):
            self.add_error("reason_ended", "Give both the day and the reason, or neither where care has not ended")
        if answers.get("reason_ended") == CONTINUES:
            self.add_error("reason_ended", "Say why care ended: X1 means that another episode follows")


class LegalSheet(OfCare):
    """The legal status changes, the placement stays."""

    must = ("legal_status",)

    class Meta(Sheet.Meta):
        model = Episode
        fields = ("started_on", "legal_status", "note")
        labels = {"started_on": "Day it changed", "note": "Order, court and case number"}

    def standing(self) -> dict[str, Any]:
        """Where the child lives."""
        found = Episode.objects.filter(child=self.child, ended_on=None).first()
        return {} if found is None else {"placement_type": found.placement_type}

    def check(self, answers: Mapping[str, Any]) -> None:
        """A status that cannot be with the placement is the status's fault here."""
        on = answers.get("started_on")
        age = self.child.age_on(on) if self.child and on else None
        for _, sentence in clashes(self.standing() | dict(answers), age):
            self.add_error("legal_status", sentence)

    def facts(self) -> dict[str, Any]:
        """In the words of the action."""
        facts = super().facts()
        return {"changed_on" if name == "started_on" else name: value for name, value in facts.items()}


class EndSheet(OfCare):
    """The child stops being looked after."""

    day_name = "ended_on"
    must = ("ended_on", "reason_ended")
    why = forms.CharField(label="How it was decided, in words to the child", widget=forms.Textarea(attrs={"rows": 4}))

    class Meta(Sheet.Meta):
        model = Episode
        fields = ("ended_on", "reason_ended")
        labels = {"ended_on": "Day care ended", "reason_ended": "Why did care end?"}


START = Kind(
    code="start_of_care",
    area="care",
    title="Record that care began",
    words="the start of care",
    done="Start of care recorded",
    form=StartSheet,
    action=actions.start_care,
    per_child=("placement_type", "placement_provider", "carers", "carer_id", "placement_telephone",
               "placement_postcode", "urn", "is_in_area", "why_moved"),
)  # fmt: skip
MOVE = Kind(
    code="move",
    area="care",
    title="Record a move to another placement",
    words="a placement",
    done="Move recorded",
    form=MoveSheet,
    corrected_by=EpisodeCorrection,
    action=actions.move,
    correct=actions.correct_episode,
    withdraw=actions.withdraw_episode,
    model=Episode,
    per_child=("reason_placement_changed", "is_move_planned", "is_move_positive", "why_moved", "legal_status"),
)
LEGAL = Kind(
    code="legal_status",
    area="care",
    title="Record a change of legal status",
    words="a change of legal status",
    done="Legal status recorded",
    form=LegalSheet,
    action=actions.change_legal_status,
    per_child=(),
)
END = Kind(
    code="end_of_care",
    area="care",
    title="Record that care ended",
    words="the end of care",
    done="End of care recorded",
    form=EndSheet,
    action=actions.end_care,
    per_child=("why",),
)
KINDS = (START, MOVE, LEGAL, END)
