"""The people around the child, and how they belong together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import ModelChoiceField

from hearth.web.children.models import FamilyBond, FamilyMember
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.kinds import Kind, adding


class MemberSheet(Sheet):
    """Who it is to the child, how to reach them, what was agreed about contact."""

    must = ("name", "relation")
    folds = {"Address, e-mail and dates of birth or death": ("email", "address", "sex", "born_on", "died_on")}  # noqa: RUF012 - read, never changed

    class Meta(Sheet.Meta):
        model = FamilyMember
        fields = (
            "name", "relation", "has_parental_responsibility", "may_have_contact", "contact_terms",
            "is_emergency_contact", "telephone", "email", "address", "sex", "born_on", "died_on",
        )  # fmt: skip
        labels = {  # noqa: RUF012 - Django's own way of saying it
            "has_parental_responsibility": "Do they have parental responsibility?",
            "may_have_contact": "May they have contact with the child?",
            "is_emergency_contact": "Should they be called in an emergency?",
        }


class BondSheet(Sheet):
    """Which two people, and how they belong together; a blank is the child."""

    must = ("kind",)
    folds = {"From when to when": ("started_on", "ended_on")}  # noqa: RUF012 - read, never changed

    class Meta(Sheet.Meta):
        model = FamilyBond
        fields = ("one", "kind", "other", "started_on", "ended_on")
        labels = {"one": "Who", "kind": "is", "other": "of whom"}  # noqa: RUF012 - Django's own way of saying it

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name in ("one", "other"):
            field = self.fields[name]
            if isinstance(field, ModelChoiceField):
                field.queryset = FamilyMember.objects.filter(child=self.child)
                field.empty_label = str(self.child or "The child")

    def check(self, answers: Mapping[str, Any]) -> None:
        """Two different people."""
        if answers.get("one") == answers.get("other"):
            self.add_error("other", "Choose somebody else: these are the same person")


KINDS = (
    Kind(
        code="family_member",
        area="care",
        words="a person around the child",
        done="Person around the child recorded",
        form=MemberSheet,
        action=adding(FamilyMember, "person around the child recorded"),
        model=FamilyMember,
        takes_papers=False,
    ),
    Kind(
        code="family_bond",
        area="care",
        words="how two people belong together",
        done="Family bond recorded",
        form=BondSheet,
        action=adding(FamilyBond, "family bond recorded"),
        model=FamilyBond,
        takes_papers=False,
    ),
)
