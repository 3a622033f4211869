"""Family time, the child's own people, and complaints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import ModelChoiceField

from hearth.web.children.models import AdvocacyOffer, Complaint, FamilyMember, FamilyTime, IndependentVisitor
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.conditions import After
from hearth.web.children.sheets.kinds import Kind, adding

STEPS = (
    "extended_on", "responded_on", "stage2_requested_on", "stage2_extended_on", "adjudicated_on", "stage3_requested_on",
    "panel_on", "panel_reported_on", "final_response_on", "withdrawn_on",
)  # fmt: skip


class FamilyTimeSheet(Sheet):
    """With whom, how, whether it took place, how it was for the child."""

    must = ("took_place", "kind")
    only_if = {
        "why_not": After("took_place", "no", "Say why it did not take place"),
        "how_it_was": After("took_place", "yes"),
    }
    prompts = ("You spent time with ...", "You told us it was ...", "It did not happen because ...")

    class Meta(Sheet.Meta):
        model = FamilyTime
        fields = ("happened_on", "member", "with_whom", "kind", "took_place", "why_not", "how_it_was")
        labels = {
            "took_place": "Did it take place?",
            "why_not": "Why did it not take place?",
            "how_it_was": "How was it for the child?",
        }

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        member = self.fields["member"]
        if isinstance(member, ModelChoiceField):
            member.queryset = FamilyMember.objects.filter(child=self.child)
            member.empty_label = "Somebody not in the list"
        if not FamilyMember.objects.filter(child=self.child).exists():
            del self.fields["member"]
            self.fields["with_whom"].label = "With whom"

    def check(self, answers: Mapping[str, Any]) -> None:
        """With somebody."""
        if not answers.get("member"):
            self.needs("with_whom", "Say with whom")


class AdvocacySheet(Sheet):
    """An advocate was offered, and what the child wanted."""

    must = ("occasion", "is_accepted")
    only_if = {name: After("is_accepted", "yes") for name in ("advocate", "started_on", "ended_on")}

    class Meta(Sheet.Meta):
        model = AdvocacyOffer
        fields = ("offered_on", "occasion", "is_accepted", "advocate", "started_on", "ended_on")
        labels = {"is_accepted": "Did the child or young person want an advocate?"}

    def check(self, answers: Mapping[str, Any]) -> None:
        """An advocate comes after the offer."""
        offered, began = answers.get("offered_on"), answers.get("started_on")
        if offered and began and began < offered:
            self.add_error("started_on", "The advocate began before the offer: correct one of the days")


class VisitorSheet(Sheet):
    """Whether an independent visitor is needed and wanted, and the match."""

    must = ("is_needed",)
    only_if = {
        "is_wanted": After("is_needed", "yes", "Say whether the child wants one"),
        "matched_on": After("is_wanted", "yes"),
        "visitor": After("is_wanted", "yes"),
        "ended_on": After("is_wanted", "yes"),
    }

    class Meta(Sheet.Meta):
        model = IndependentVisitor
        fields = ("considered_on", "is_needed", "is_wanted", "matched_on", "visitor", "ended_on")
        labels = {
            "is_needed": "Is a visitor in the child's interests?",
            "is_wanted": "Does the child want one?",
        }


class ComplaintSheet(Sheet):
    """What it is about, and the day it came."""

    must = ("subject",)
    folds = {"It is about something longer ago": ("grounds_on",)}

    class Meta(Sheet.Meta):
        model = Complaint
        fields = ("received_on", "subject", "grounds_on")
        labels = {"received_on": "Day it was received", "grounds_on": "Day it happened"}


class ComplaintSteps(Sheet):
    """The complaint through its three stages."""

    class Meta(Sheet.Meta):
        model = Complaint
        fields = (
            "received_on", "grounds_on", "subject", *STEPS, "outcome",
        )  # fmt: skip

    def check(self, answers: Mapping[str, Any]) -> None:
        """No step lies before the complaint came."""
        received = answers.get("received_on")
        for name in STEPS if received else ():
            if answers.get(name) and answers[name] < received:
                self.add_error(name, f"{self.fields[name].label} is before the complaint was received")


KINDS = (
    Kind(
        code="family_time",
        area="care",
        words="family time",
        done="Family time recorded",
        form=FamilyTimeSheet,
        action=adding(FamilyTime, "family time recorded"),
        model=FamilyTime,
    ),
    Kind(
        code="advocacy",
        area="care",
        words="an offer of advocacy",
        done="Offer of advocacy recorded",
        form=AdvocacySheet,
        action=adding(AdvocacyOffer, "advocacy recorded"),
        model=AdvocacyOffer,
        goes_on=True,
        per_child=("is_accepted", "advocate", "started_on", "ended_on"),
    ),
    Kind(
        code="independent_visitor",
        area="care",
        words="an independent visitor",
        done="Independent visitor recorded",
        form=VisitorSheet,
        action=adding(IndependentVisitor, "independent visitor recorded"),
        model=IndependentVisitor,
        goes_on=True,
    ),
    Kind(
        code="complaint",
        area="care",
        words="a complaint",
        done="Complaint recorded",
        form=ComplaintSheet,
        corrected_by=ComplaintSteps,
        action=adding(Complaint, "complaint recorded"),
        model=Complaint,
        goes_on=True,
        per_child=(),
    ),
)
