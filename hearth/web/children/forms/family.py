"""The people around the child, how they belong together, and where they live."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.forms import ModelChoiceField

from hearth.tables.codes import members
from hearth.web.children import actions
from hearth.web.children.models import Address, FamilyBond, FamilyMember
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.kinds import Kind, adding

LIVES = members("address_kind", "lives")[0]
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}")


class MemberSheet(Sheet):
    """Who it is to the child, how to reach them, what was agreed about contact."""

    must = ("relation",)
    folds = {"E-mail, sex and dates of birth or death": ("email", "sex", "born_on", "died_on", "expected_on")}
    before_birth = ("born_on", "died_on")
    ahead = ("expected_on",)

    class Meta(Sheet.Meta):
        model = FamilyMember
        fields = (
            "name", "relation", "has_parental_responsibility", "may_have_contact", "contact_terms",
            "is_emergency_contact", "telephone", "email", "sex", "born_on", "died_on", "expected_on",
        )  # fmt: skip
        labels = {
            "has_parental_responsibility": "Do they have parental responsibility?",
            "may_have_contact": "May they have contact with the child?",
            "is_emergency_contact": "Should they be called in an emergency?",
            "expected_on": "Expected date of birth, of a baby not yet born",
        }
        help_texts = {"name": "Leave blank where nobody knows it: a father not named, a baby not yet born."}


class BondSheet(Sheet):
    """Which two people, and how they belong together; a blank is the child."""

    must = ("kind",)
    folds = {"From when to when": ("started_on", "ended_on")}
    before_birth = ("started_on", "ended_on")

    class Meta(Sheet.Meta):
        model = FamilyBond
        fields = ("one", "kind", "other", "started_on", "ended_on")
        labels = {"one": "Who", "kind": "is", "other": "of whom"}

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        _offer_family(self, "one", "other")

    def check(self, answers: Mapping[str, Any]) -> None:
        """Two different people."""
        if answers.get("one") == answers.get("other"):
            self.add_error("other", "Choose somebody else: these are the same person")


class AddressSheet(Sheet):
    """Whose address, which, from when to when, and whether it is confidential."""

    must = ("kind", "lines", "is_withheld")
    before_birth = ("started_on",)

    class Meta(Sheet.Meta):
        model = Address
        fields = ("member", "kind", "lines", "postcode", "started_on", "ended_on", "is_withheld")
        labels = {
            "member": "Whose address is it?",
            "kind": "What kind of address is it?",
            "is_withheld": "Is the address confidential?",
        }
        help_texts = {
            "is_withheld": "Answer Yes where somebody in the family must not learn it. It is then left out of every "
            "page, print and extract, and shown alone to those who may know it.",
        }

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        _offer_family(self, "member")

    def check(self, answers: Mapping[str, Any]) -> None:
        """A postcode is one; a person's address is not where the child lives."""
        postcode = answers.get("postcode")
        if postcode and not POSTCODE.fullmatch(postcode.strip().upper()):
            self.add_error("postcode", f"{postcode} is not a postcode: write it as BD1 1HY, or leave it blank")
        if answers.get("member") and answers.get("kind") == LIVES:
            self.add_error("member", f"Where the child lives is the child's address: choose {self.child}")


def _offer_family(sheet: Sheet, *names: str) -> None:
    """The people around the child as choices; a blank is the child."""
    for name in names:
        field = sheet.fields[name]
        if isinstance(field, ModelChoiceField):
            field.queryset = FamilyMember.objects.filter(child=sheet.child)
            field.empty_label = str(sheet.child or "The child")
            vars(field)["is_needed"] = True  # somebody is always chosen
            if not field.queryset.exists():
                field.help_text = "Record the people around the child first: then they can be chosen here"


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
    Kind(
        code="address",
        area="care",
        words="an address",
        done="Address recorded",
        form=AddressSheet,
        action=actions.record_address,
        model=Address,
        takes_papers=False,
    ),
)
