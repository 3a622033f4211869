"""Decisions by those who must take them, those who must be told, and contacts before a review."""

from __future__ import annotations

from typing import Any

from django import forms

from hearth.web.children import recording
from hearth.web.children.models import Approval, Child, Notification, Panel, ReviewingOfficerContact
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.kinds import Kind, adding
from hearth.web.design.fields import choices

OF_ANOTHER = {"It is about something that happened on another day": ("answers_on",)}


class NotificationSheet(Sheet):
    """Who was told, on which day."""

    folds = OF_ANOTHER
    recipient = forms.MultipleChoiceField(
        label="Who was told?",
        help_text="Tick everybody who was told on that day.",
        choices=choices("recipient"),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("sent_on", "recipient")

    class Meta(Sheet.Meta):
        model = Notification
        fields = ("sent_on", "is_withheld", "note", "answers_on")
        labels = {
            "is_withheld": "Was telling them left out on purpose, because it would not be safe?",
        }


class NotificationCorrection(Sheet):
    """One of those who were told."""

    class Meta(Sheet.Meta):
        model = Notification
        fields = ("recipient", "sent_on", "is_withheld", "note", "answers_on")


class ApprovalSheet(Sheet):
    """What was approved or refused, by whom, on which day."""

    folds = {"Others were consulted, or it is about another day": ("consulted_on", "answers_on")}

    class Meta(Sheet.Meta):
        model = Approval
        fields = ("kind", "approved_on", "is_refused", "approver", "approved_by", "note", "consulted_on", "answers_on")
        labels = {"is_refused": "Was approval refused?"}


class PanelSheet(Sheet):
    """Which panel met, what it recommended, when that was decided."""

    class Meta(Sheet.Meta):
        model = Panel
        fields = ("kind", "met_on", "recommendation", "decided_on", "note")


class OfficerContactSheet(Sheet):
    """When the reviewing officer was in contact with the child, and what the child said, or why they did not speak."""

    folds = {"They did not speak": ("is_refused", "reason_not_spoken")}

    class Meta(Sheet.Meta):
        model = ReviewingOfficerContact
        fields = ("contacted_on", "note", "is_refused", "reason_not_spoken")
        labels = {
            "note": "What the child said",
            "is_refused": "Did the child not want to?",
            "reason_not_spoken": "If you judged it not right for the child, why?",
        }


def tell(*, child: Child, by: Any, recipient: list[str], **facts: Any) -> list[Notification]:
    """Records everybody who was told on a day, as one act."""
    with recording.writing(child, by, "notification recorded") as act:
        return [act.add(Notification(child=child, recipient=each, **facts)) for each in recipient]


KINDS = (
    Kind(
        code="notification",
        area="care",
        words="who was told",
        done="Notification recorded",
        form=NotificationSheet,
        corrected_by=NotificationCorrection,
        action=tell,
        model=Notification,
        per_child=(),
    ),
    Kind(
        code="approval",
        area="care",
        words="an approval",
        done="Approval recorded",
        form=ApprovalSheet,
        action=adding(Approval, "approval recorded"),
        model=Approval,
        per_child=("is_refused", "note"),
    ),
    Kind(
        code="panel",
        area="care",
        words="a panel",
        done="Panel recorded",
        form=PanelSheet,
        action=adding(Panel, "panel recorded"),
        model=Panel,
        per_child=("recommendation", "note"),
        goes_on=True,
    ),
    Kind(
        code="officer_contact",
        area="care",
        words="a reviewing officer's contact",
        done="Contact of the reviewing officer recorded",
        form=OfficerContactSheet,
        action=adding(ReviewingOfficerContact, "contact of the reviewing officer recorded"),
        model=ReviewingOfficerContact,
        per_child=("is_refused", "reason_not_spoken", "note"),
    ),
)
