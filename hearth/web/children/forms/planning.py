"""Plans for the child: care plan, placement plan, permanence."""

from __future__ import annotations

from typing import Any

from django import forms

from hearth.tables.codes import members
from hearth.web.children import actions, recording
from hearth.web.children.models import CarePlan, CaseAction, Child, LongTermMatch, PermanencePlan
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.kinds import Kind, adding
from hearth.web.design.fields import choices

PLACEMENT_PLAN = members("case_action", "placement_plan")[0]
WRITTEN_TO_THE_CHILD = (
    "This is your plan. It says ...",
    "You will live with ... because ...",
    "You will see ...",
    "We will help you with ...",
)


class CarePlanSheet(Sheet):
    """From when the plan holds, and the plan in words."""

    must = ("plan",)
    prompts = WRITTEN_TO_THE_CHILD

    class Meta(Sheet.Meta):
        model = CarePlan
        fields = ("started_on", "plan")
        labels = {"started_on": "Day of this version"}


class PlacementPlanSheet(Sheet):
    """The day the placement plan was signed, and for which placement."""

    folds = {"It is for another placement than the present one": ("answers_on",)}

    class Meta(Sheet.Meta):
        model = CaseAction
        fields = ("done_on", "outcome", "answers_on")
        labels = {
            "done_on": "Day the plan was signed",
            "answers_on": "Day that placement began",
            "outcome": "What was agreed, and who may decide what",
        }
        widgets = {"outcome": forms.Textarea(attrs={"rows": 4})}


class PermanenceSheet(Sheet):
    """The aims of the plan for permanence: one, or two when plans run side by side."""

    options = forms.MultipleChoiceField(
        label="Aims of the plan",
        help_text="Choose two when the plan and another run side by side.",
        choices=choices("permanence_option"),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("recorded_on", "options", "note")

    class Meta(Sheet.Meta):
        model = PermanencePlan
        fields = ("recorded_on", "note")
        labels = {"recorded_on": "Day of the decision", "note": "Why this plan, and who decided"}


class PermanenceCorrection(Sheet):
    """One aim, as it was recorded."""

    class Meta(Sheet.Meta):
        model = PermanencePlan
        fields = ("recorded_on", "ended_on", "option", "note")


class MatchSheet(Sheet):
    """A formal match with long-term carers."""

    class Meta(Sheet.Meta):
        model = LongTermMatch
        fields = ("matched_on", "note")
        labels = {"note": "Who the carers are, and what the child said"}


def sign_placement_plan(*, child: Child, by: Any, **facts: Any) -> CaseAction:
    """Records that the plan of a placement was signed."""
    return recording.record(
        CaseAction(child=child, kind=PLACEMENT_PLAN, **facts), by=by, what="placement plan recorded"
    )


CARE_PLAN = Kind(
    code="care_plan",
    area="care",
    words="a care plan",
    done="Care plan recorded",
    form=CarePlanSheet,
    action=actions.record_care_plan,
    model=CarePlan,
    per_child=("plan",),
)
SIGNED = Kind(
    code="placement_plan",
    area="care",
    words="a placement plan",
    done="Placement plan recorded",
    form=PlacementPlanSheet,
    action=sign_placement_plan,
    per_child=("outcome",),
)
PERMANENCE = Kind(
    code="permanence_plan",
    area="care",
    words="a plan for permanence",
    done="Plan for permanence recorded",
    form=PermanenceSheet,
    corrected_by=PermanenceCorrection,
    action=actions.record_permanence_plan,
    model=PermanencePlan,
    per_child=("options", "note"),
)
MATCH = Kind(
    code="long_term_match",
    area="care",
    words="a long-term match",
    done="Long-term match recorded",
    form=MatchSheet,
    action=adding(LongTermMatch, "long-term match recorded"),
    model=LongTermMatch,
    per_child=("note",),
)
KINDS = (CARE_PLAN, SIGNED, PERMANENCE, MATCH)
