"""The people around the child, where they live, and the time they spend together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.db import models

from hearth.tables import codes
from hearth.web.children.fields import code, day, text, words, yes_no
from hearth.web.children.records import ChildRecord
from hearth.web.children.truths import STANDING, in_order


class FamilyMember(ChildRecord):
    """A person who matters to the child: family in the genogram's sense, carers of the past, friends."""

    called_by: ClassVar[Sequence[str]] = ("name", "relation")

    name = text("name")
    relation = code("family_relation", "who this is to the child", required=True)
    sex = code("sex")
    born_on = day("date of birth")
    died_on = day("date of death")
    expected_on = day("expected date of birth")
    has_parental_responsibility = yes_no("has parental responsibility")
    may_have_contact = yes_no("may have contact with the child")
    contact_terms = words("what was agreed, or ordered, about contact")
    telephone = text()
    email = text("e-mail address")
    is_emergency_contact = yes_no("to be called in an emergency")
    same_as = models.ForeignKey(
        "children.Child", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="also a child here"
    )

    class Meta:
        verbose_name = "person around the child"
        verbose_name_plural = "people around the child"
        constraints = (in_order("born_on", "died_on"),)

    def __str__(self) -> str:
        return self.name or f"{codes.label('family_relation', self.relation)}, name not known"

    @property
    def called(self) -> str:
        """The name, and who it is to the child."""
        words = codes.label("family_relation", self.relation)
        return f"{self.name}, {words[:1].lower()}{words[1:]}" if self.name else str(self)


class FamilyBond(ChildRecord):
    """How two people around the child belong together; ``one`` or ``other`` null is the child."""

    called_by: ClassVar[Sequence[str]] = ("one", "kind", "other")

    one = models.ForeignKey(FamilyMember, models.PROTECT, null=True, blank=True, related_name="bonds_from")
    kind = code("family_bond", required=True)
    other = models.ForeignKey(FamilyMember, models.PROTECT, null=True, blank=True, related_name="bonds_to")
    started_on = day("from")
    ended_on = day("to")

    class Meta:
        verbose_name = "family bond"
        constraints = (
            in_order("started_on", "ended_on"),
            models.CheckConstraint(
                condition=models.Q(one__isnull=False) | models.Q(other__isnull=False),
                name="familybond_of_two",
                violation_error_message="Say who the two people are",
            ),
            models.UniqueConstraint(
                fields=("child", "one", "kind", "other"), condition=STANDING, name="one_bond_of_a_kind_between_two"
            ),
        )

    @property
    def called(self) -> str:
        """Both people, and how they belong together."""
        words = codes.label("family_bond", self.kind)
        return f"{self.one or self.child}: {words[:1].lower()}{words[1:]} {self.other or self.child}"


class Address(ChildRecord):
    """An address of the child (``member`` null) or of somebody around the child, from when to when."""

    kept_back: ClassVar[Sequence[str]] = ("lines", "postcode")

    member = models.ForeignKey(
        FamilyMember, models.PROTECT, null=True, blank=True, related_name="addresses", verbose_name="whose"
    )
    kind = code("address_kind", "kind of address", required=True)
    lines = words("address")
    postcode = text()
    started_on = day("from")
    ended_on = day("to")
    is_withheld = yes_no("confidential")

    class Meta:
        verbose_name_plural = "addresses"
        constraints = (in_order("started_on", "ended_on"),)

    @property
    def is_kept_back(self) -> bool:
        """Whether it must not be told to everyone in the family, and is shown on a page of its own alone."""
        return bool(self.is_withheld)

    @property
    def whose(self) -> str:
        """Whose it is: the person around the child, or the child."""
        return str(self.member or self.child)


class FamilyTime(ChildRecord):
    """Time that the child spent, or was to spend, with somebody of the family."""

    member = models.ForeignKey(FamilyMember, models.PROTECT, null=True, blank=True, verbose_name="with whom")
    with_whom = text("with whom, where not in the list")
    happened_on = day("day", required=True)
    kind = code("family_time_kind", "how")
    took_place = yes_no("it took place")
    why_not = words("why it did not take place")
    how_it_was = words("how it was for the child")

    class Meta:
        verbose_name = "family time"
        verbose_name_plural = "family time"
