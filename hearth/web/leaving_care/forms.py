"""What is written about a young person leaving care, kind by kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.kinds import Kind, adding
from hearth.web.leaving_care.models import (
    CareLeaverAccommodation,
    CareLeaverActivity,
    CareLeaverContact,
    Entitlement,
    NeedsAssessment,
    PathwayPlan,
)

TO_THEM = ("You told me that ...", "We agreed that I will ... and you will ...", "What matters to you most now is ...")

ENDED = {"It has ended": ("ended_on",)}


class NeedsSheet(Sheet):
    """What was found, written to the young person."""

    must = ("findings",)
    prompts = TO_THEM

    class Meta(Sheet.Meta):
        model = NeedsAssessment
        fields = ("completed_on", "findings")


class PathwaySheet(Sheet):
    """A plan, or a review of it."""

    must = ("plan",)
    prompts = TO_THEM

    class Meta(Sheet.Meta):
        model = PathwayPlan
        fields = ("kind", "completed_on", "young_persons_views", "plan")


class ContactSheet(Sheet):
    """When, whether the young person answered, whether it was a visit."""

    must = ("is_two_way", "is_visit")
    prompts = TO_THEM

    class Meta(Sheet.Meta):
        model = CareLeaverContact
        fields = ("contacted_on", "is_two_way", "is_visit", "summary")
        labels = {
            "is_two_way": "Did the young person answer?",
            "is_visit": "Was it a visit where the young person lives?",
        }


class From(Sheet):
    """What holds from a day: not for somebody too young for it."""

    code_name: ClassVar[str] = ""
    from_age: ClassVar[Mapping[str, int]] = {}

    def check(self, answers: Mapping[str, Any]) -> None:
        """The ages of the national return (rules 347 and 3001)."""
        code, on = answers.get(self.code_name), answers.get("started_on")
        age = self.child.age_on(on) if self.child and on else None
        if code and age is not None and age < self.from_age.get(code, 0):
            self.add_error(
                self.code_name, f"Only from the age of {self.from_age[code]}, and the young person was {age}"
            )


class ActivitySheet(From):
    """The main activity, from when."""

    folds = ENDED

    class Meta(Sheet.Meta):
        model = CareLeaverActivity
        fields = ("activity", "started_on", "note", "ended_on")


class AccommodationSheet(From):
    """Where the young person lives, and whether it is suitable."""

    code_name = "accommodation"
    folds = ENDED
    from_age: ClassVar[Mapping[str, int]] = {"T1": 18, "T2": 18, "Z1": 18, "Z2": 18}

    class Meta(Sheet.Meta):
        model = CareLeaverAccommodation
        fields = ("accommodation", "started_on", "address", "note", "ended_on")


class EntitlementSheet(Sheet):
    """Money or relief granted."""

    class Meta(Sheet.Meta):
        model = Entitlement
        fields = ("kind", "granted_on", "amount", "note")


def _kind(code: str, words: str, done: str, form: type[Sheet], model: Any) -> Kind:
    return Kind(
        code=code,
        area="leaving_care",
        words=words,
        done=f"{done} recorded",
        form=form,
        action=adding(model, f"{done.lower()} recorded"),
        model=model,
    )


KINDS = (
    _kind("needs_assessment", "an assessment of needs", "Assessment of needs", NeedsSheet, NeedsAssessment),
    _kind("pathway_plan", "a pathway plan or its review", "Pathway plan", PathwaySheet, PathwayPlan),
    _kind("contact", "a contact with a care leaver", "Contact", ContactSheet, CareLeaverContact),
    _kind("activity", "an activity", "Activity", ActivitySheet, CareLeaverActivity),
    _kind("accommodation", "accommodation", "Accommodation", AccommodationSheet, CareLeaverAccommodation),
    _kind("entitlement", "an entitlement", "Entitlement", EntitlementSheet, Entitlement),
)
