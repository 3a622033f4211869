"""Family time, the child's own people, and complaints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import ModelChoiceField

from hearth.web.children.models import AdvocacyOffer, Complaint, FamilyMember, FamilyTime, IndependentVisitor
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.kinds import Kind, adding

STEPS = (
    "extended_on", "responded_on", "stage2_requested_on", "stage2_extended_on", "adjudicated_on", "stage3_requested_on",
    "panel_on", "panel_reported_on", "final_response_on", "withdrawn_on",
)  # fmt: skip


class FamilyTimeSheet(Sheet):
    """With whom, how, whether it took place, how it was for the child."""

    must = ("kind", "took_place")
    ahead = ()
    prompts = ("You spent time with ...", "You told us it was ...", "It did not happen because ...")

    class Meta(Sheet.Meta):
        model = FamilyTime
        fields = ("happened_on", "member", "with_whom", "kind", "took_place", "why_not", "how_it_was")
        labels = {"took_place": "Did it take place?"}  # noqa: RUF012 - Django's own way of saying it

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        member = self.fields["member"]
        if isinstance(member, ModelChoiceField):
            member.queryset = FamilyMember.objects.filter(child=self.child)
            member.empty_label = "Somebody not in the list"

    def check(self, answers: Mapping[str, Any]) -> None:
        """With somebody; what did not happen says why."""
        if not answers.get("member"):
            self.needs("with_whom", "Say with whom")
        if answers.get("took_place") is False:
            self.needs("why_not", "Say why it did not take place")


class AdvocacySheet(Sheet):
    """An advocate was offered, and what the child wanted."""

    must = ("occasion", "is_accepted")

    class Meta(Sheet.Meta):
        model = AdvocacyOffer
        fields = ("offered_on", "occasion", "is_accepted", "advocate", "started_on", "ended_on")
        labels = {"is_accepted": "Did the child or young person want an advocate?"}  # noqa: RUF012

    def check(self, answers: Mapping[str, Any]) -> None:
        """An advocate comes after the offer, to a child who wanted one."""
        offered, began = answers.get("offered_on"), answers.get("started_on")
        if offered and began and began < offered:
            self.add_error("started_on", "The advocate began before the offer: correct one of the days")
        if answers.get("is_accepted") is False and began:
            self.add_error("started_on", "The child did not want an advocate: leave this day, or answer Yes")


class VisitorSheet(Sheet):
    """Whether an independent visitor is needed and wanted, and the match."""

    must = ("is_needed",)

    class Meta(Sheet.Meta):
        model = IndependentVisitor
        fields = ("considered_on", "is_needed", "is_wanted", "matched_on", "visitor", "ended_on")
        labels = {  # noqa: RUF012 - Django's own way of saying it
            "is_needed": "Is a visitor in the child's interests?",
            "is_wanted": "Does the child want one?",
        }

    def check(self, answers: Mapping[str, Any]) -> None:
        """A child who does not want a visitor is not matched with one."""
        if answers.get("matched_on") and answers.get("is_wanted") is False:
            self.add_error("matched_on", "The child does not want a visitor: leave this day, or answer Yes above")


class ComplaintSheet(Sheet):
    """What it is about, and the day it came."""

    must = ("subject",)

    class Meta(Sheet.Meta):
        model = Complaint
        fields = ("received_on", "grounds_on", "subject")


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
        per_child=(),
    ),
)
