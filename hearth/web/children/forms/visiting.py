"""Visits to the child."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hearth.web.children import actions
from hearth.web.children.models import Visit
from hearth.web.children.sheets.asking import Sheet
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

    class Meta(Sheet.Meta):
        model = Visit
        fields = (
            "visited_on", "is_seen", "why_not_seen", "is_seen_alone", "reason_not_alone", "child_views", "concerns",
        )  # fmt: skip
        labels = {  # noqa: RUF012 - Django's own way of saying it
            "is_seen": "Did you see the child?",
            "is_seen_alone": "Did you see the child alone?",
            "concerns": "What worries you, and what you did about it",
        }

    def check(self, answers: Mapping[str, Any]) -> None:
        """A child who was not seen was not seen alone; each "no" says why."""
        if answers.get("is_seen") is False:
            self.needs("why_not_seen", "Say why the child was not seen")
            if answers.get("is_seen_alone"):
                self.add_error("is_seen_alone", "A child who was not seen was not seen alone: answer No, or leave it")
        if answers.get("is_seen"):
            self.needs("is_seen_alone", "Say whether you saw the child alone")
            if answers.get("is_seen_alone") is False:
                self.needs("reason_not_alone", "Say why the child was not seen alone")


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
