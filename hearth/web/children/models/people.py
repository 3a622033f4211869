"""Who the child is: person, names, needs, disability, immigration."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models

from hearth.web.children.fields import code, day, text, words, yes_no
from hearth.web.children.files import valid_photo, where
from hearth.web.children.reach import StandingChildren
from hearth.web.children.records import ChildRecord, Kept
from hearth.web.children.truths import in_order, known
from hearth.web.design.words import age_in_years

CHECKED_DIGITS = 9


def is_nhs_number(value: str) -> bool:
    """Whether ten digits form an NHS number: the tenth answers the other nine, modulus 11."""
    written = value.replace(" ", "")
    if len(written) != CHECKED_DIGITS + 1 or not (written.isascii() and written.isdigit()):
        return False
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(written[:CHECKED_DIGITS]))
    return (11 - total % 11) % 11 == int(written[CHECKED_DIGITS])


def valid_nhs_number(value: str) -> None:
    """Raises Django's validation error when the value is no NHS number."""
    if not is_nhs_number(value):
        raise ValidationError(f"{value} is not an NHS number: check its ten digits against the letter or card")


class Child(Kept):
    """A child in care, a care leaver, or a child known to the council."""

    table: ClassVar[str] = "people"

    authority = text("responsible authority", required=True)
    child_id = text("identifier", required=True)
    born_on = day("date of birth")
    sex = code("sex", "sex as registered")
    ethnicity = code("ethnicity")
    upn = text("unique pupil number")
    upn_unknown = code("upn_unknown", "why the pupil number is not known")
    is_mother = yes_no("is a mother")
    first_child_born_on = day("date of birth of the young person's first child")
    died_on = day("date of death")
    has_ehc_plan = yes_no("has an education, health and care plan")
    nationality = text("nationality or country of origin")
    locality = text("locality the child comes from")
    family_id = text("family: siblings share it")

    preferred_name = text("preferred name")
    first_names = text("first names")
    last_names = text("last names")
    other_names = text("other names: at birth, before adoption, used by family")
    pronouns = text("pronouns")
    identity = words("identity in the child's own words")
    language = text("first language")
    needs_interpreter = yes_no("needs an interpreter")
    communication_needs = words("how the child communicates")
    religion = text("religion or belief")
    nhs_number = models.CharField("NHS number", max_length=12, null=True, blank=True, validators=[valid_nhs_number])
    photo = models.FileField("photo", upload_to=where, max_length=200, blank=True, validators=[valid_photo])

    objects: ClassVar[StandingChildren[Self]] = StandingChildren()

    class Meta:
        verbose_name = "child"
        verbose_name_plural = "children"
        constraints = (
            models.UniqueConstraint(
                fields=("authority", "child_id"),
                name="one_child_an_identifier",
                violation_error_message="Another child of the authority has this identifier",
            ),
            in_order("born_on", "died_on"),
            known("sex", "sex"),
        )
        indexes = (
            models.Index(fields=["family_id"], name="child_by_family"),
            models.Index(fields=["last_names", "first_names"], name="child_by_name"),
            models.Index(fields=["born_on"], name="child_by_birth"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name the child goes by, then the family name; the identifier where no name is known."""
        called = self.preferred_name or (self.first_names or "").split(" ")[0]
        return f"{called} {self.last_names or ''}".strip() or f"Child {self.child_id}"

    @property
    def full_name(self) -> str:
        """First and last names as registered; the name the child goes by where they are not known."""
        return f"{self.first_names or ''} {self.last_names or ''}".strip() or self.name

    def age_on(self, on: date) -> int | None:
        """Completed years on the day; None when the date of birth is not known or lies after it."""
        if self.born_on is None or self.born_on > on:
            return None
        return age_in_years(self.born_on, on)

    def siblings(self) -> models.QuerySet[Child]:
        """The other children of the family, eldest first."""
        if not self.family_id:
            return Child.objects.none()
        return Child.of_family(self.authority, self.family_id, self.pk)

    @staticmethod
    def of_family(authority: str, family_id: str, but: int) -> models.QuerySet[Child]:
        """The children of a family but one, eldest first."""
        same = Child.objects.filter(authority=authority, family_id=family_id)
        return same.exclude(pk=but).order_by("born_on", "pk")


class Disability(ChildRecord):
    """A disability of the child; code NONE says that there is none."""

    table: ClassVar[str] = "disabilities"
    disability = code("disability", required=True)

    class Meta:
        verbose_name_plural = "disabilities"


class ImmigrationStatus(ChildRecord):
    """An immigration status other than unaccompanied, with leave to remain and applications for it."""

    table: ClassVar[str] = "immigration_statuses"
    status = text("immigration status")
    started_on = day("from")
    ended_on = day("to")
    leave_expires_on = day("leave to remain runs out")
    applied_on = day("applied for leave, its extension or settled status")

    class Meta:
        verbose_name_plural = "immigration statuses"
        constraints = (in_order("started_on", "ended_on"),)


class Unaccompanied(ChildRecord):
    """A time as an unaccompanied asylum-seeking child."""

    table: ClassVar[str] = "unaccompanied"
    started_on = day("from")
    ended_on = day("to")

    class Meta:
        verbose_name = "time as an unaccompanied child"
        verbose_name_plural = "times as an unaccompanied child"
        constraints = (in_order("started_on", "ended_on"),)
