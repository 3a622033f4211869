"""Visits to the child."""

from __future__ import annotations

from hearth.web.children import actions
from hearth.web.children.models import Visit
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.conditions import After
from hearth.web.children.sheets.kinds import Kind


class VisitSheet(Sheet):
    """When, whether the child was seen and seen alone, what the child said, what worries."""

    must = ("is_seen",)
    prompts = (
        "When I came to see you, you told me ...",
        "We talked about ...",
        "I promised you that I would ...",
        "What worries me is ...",
    )
    only_if = {
        "is_seen_alone": After("is_seen", "yes", "Say whether you saw the child alone"),
        "reason_not_alone": After("is_seen_alone", "no", "Say why the child was not seen alone"),
        "why_not_seen": After("is_seen", "no", "Say why the child was not seen"),
    }

    class Meta(Sheet.Meta):
        model = Visit
        fields = (
            "visited_on", "is_seen", "why_not_seen", "is_seen_alone", "reason_not_alone", "child_views", "concerns",
        )  # fmt: skip
        labels = {
            "is_seen": "Did you see the child?",
            "is_seen_alone": "Did you see the child alone?",
            "reason_not_alone": "Why was the child not seen alone?",
            "why_not_seen": "Why was the child not seen?",
            "concerns": "What worries you, and what you did about it",
        }


VISIT = Kind(
    code="visit",
    area="care",
    words="a visit",
    done="Visit recorded",
    form=VisitSheet,
    action=actions.record_visit,
    model=Visit,
    per_child=("is_seen", "why_not_seen", "is_seen_alone", "reason_not_alone", "child_views", "concerns"),
)
