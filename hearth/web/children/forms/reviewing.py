"""Reviews of the child's case, and what became of their decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from hearth.tables.codes import members
from hearth.web.children import actions
from hearth.web.children.models import Review, ReviewDecision
from hearth.web.children.sheets.asking import Row, Sheet
from hearth.web.children.sheets.kinds import Kind
from hearth.web.design.fields import CodeField, DayField

UNDER_FOUR = members("participation", "PN0")[0]
OLD_ENOUGH = 4


class DecisionRow(Row):
    """A decision: what, who, by when."""

    decision = forms.CharField(label="Decision", widget=forms.Textarea(attrs={"rows": 2}))
    owner = forms.CharField(label="Who will do it", max_length=500)
    due_on = DayField(label="By when", required=False)


class AttendingRow(Row):
    """Somebody who took part, or was asked to."""

    name = forms.CharField(label="Name", max_length=500)
    capacity = forms.CharField(label="Who this is, for example mother, carer, school", max_length=500, required=False)
    part = CodeField("review_part", label="How they took part", widget=forms.Select, required=False, blank="Was there")

    def clean_part(self) -> str:
        """Somebody named without more was there."""
        return str(self.cleaned_data["part"] or "attended")


class ReviewSheet(Sheet):
    """When, how the child took part, what was said, what was decided, who was there."""

    must = ("held_on", "participation", "is_chaired_by_child")
    lists = {
        "decisions": ("Decisions", DecisionRow),
        "attendance": ("Who took part", AttendingRow),
    }
    prompts = (
        "At your review we talked about ...",
        "You told us that you want ...",
        "We decided that ... because ...",
        "We did not agree to ... because ...",
    )

    class Meta(Sheet.Meta):
        model = Review
        fields = ("held_on", "participation", "is_chaired_by_child", "child_views", "summary")
        labels = {
            "held_on": "Day of the review",
            "participation": "How did the child take part?",
            "is_chaired_by_child": "Did the child chair the review, or a part of it?",
        }

    def check(self, answers: Mapping[str, Any]) -> None:
        """PN0 is for children under four on the day of the review, and for them alone (rules 440 and 441)."""
        held_on, code = answers.get("held_on"), answers.get("participation")
        age = self.child.age_on(held_on) if self.child and held_on else None
        if age is None or not code:
            return
        if age >= OLD_ENOUGH and code == UNDER_FOUR:
            self.add_error("participation", f"{self.child} was {age} on the day: choose one of PN1 to PN7")
        if age < OLD_ENOUGH and code != UNDER_FOUR:
            self.add_error("participation", f"{self.child} was under 4 on the day: choose PN0")
        if age < OLD_ENOUGH and answers.get("is_chaired_by_child"):
            self.add_error("is_chaired_by_child", f"{self.child} was under 4 on the day: answer No")

    def facts(self) -> dict[str, Any]:
        """Decisions and those who took part as the action takes them; a correction is of the review alone."""
        facts = super().facts()
        if not self.is_correction:
            facts["decisions"] = [actions.Decision(**line) for line in facts["decisions"]]
            facts["attendance"] = [actions.Attending(**line) for line in facts["attendance"]]
        return facts


class DecisionSheet(Sheet):
    """What became of a decision."""

    ahead = ("due_on",)
    must = ("owner",)

    class Meta(Sheet.Meta):
        model = ReviewDecision
        fields = ("decision", "owner", "due_on", "done_on", "is_dropped", "outcome")
        labels = {"is_dropped": "Is it no longer needed?"}

    def check(self, answers: Mapping[str, Any]) -> None:
        """What is no longer needed was not done, and says why."""
        if answers.get("is_dropped"):
            self.needs("outcome", "Say why it is no longer needed")
            if answers.get("done_on"):
                self.add_error(
                    "done_on", "A decision that was done is still needed: leave this day, or answer No below"
                )


def said_to_go(review: Review) -> str:
    """What is withdrawn with a review, and where its decisions stay, why."""
    number = sum(isinstance(row, ReviewDecision) for row in actions.goes_with(review))
    if actions.is_one_of_its_day(review):
        return (
            "Who took part in it is withdrawn too. Another review of this day stands, and the decisions of the day "
            "stay with that one: withdraw those that are wrong one by one."
        )
    if not number:
        return "Who took part in it is withdrawn too."
    return f"Its {number} decision{'s' if number > 1 else ''} and who took part in it are withdrawn too."


REVIEW = Kind(
    code="review",
    area="care",
    words="a review",
    done="Review recorded",
    form=ReviewSheet,
    action=actions.record_review,
    correct=actions.correct_review,
    withdraw=actions.withdraw_review,
    said_to_go=said_to_go,
    model=Review,
    per_child=("participation", "is_chaired_by_child", "child_views", "summary"),
)
DECISION = Kind(
    code="review_decision",
    area="care",
    words="a decision of a review",
    done="Decision brought up to date",
    form=DecisionSheet,
    action=actions.finish_decision,
    model=ReviewDecision,
    asks_why=False,
    button="Save",
    is_only_corrected=True,
)
KINDS = (REVIEW, DECISION)
