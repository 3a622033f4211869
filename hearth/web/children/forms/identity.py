"""Who the child is: a new child on the record, and what changes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from hearth.web.children import actions
from hearth.web.children.models import Child
from hearth.web.children.queries import own_authority
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.kinds import Kind

NAMES = ("preferred_name", "first_names", "last_names", "other_names", "pronouns")
FACTS = (
    "born_on",
    "sex",
    "ethnicity",
    "language",
    "needs_interpreter",
    "communication_needs",
    "religion",
    "nhs_number",
)
ASKED = {
    "needs_interpreter": "Does the child need an interpreter?",
    "has_ehc_plan": "Is there an education, health and care plan?",
    "family_id": "Family: the same word or number for brothers and sisters",
}


class NewChildSheet(Sheet):
    """A child who comes onto the record."""

    folds = {
        "Other names and pronouns": ("other_names", "pronouns"),
        "Language, belief and NHS number": (
            "ethnicity", "language", "needs_interpreter", "communication_needs", "religion", "nhs_number",
        ),
    }  # fmt: skip
    must = ("first_names", "last_names", "born_on")

    class Meta(Sheet.Meta):
        model = Child
        fields = (*NAMES, *FACTS, "family_id")
        labels = ASKED

    def clean(self) -> dict[str, Any]:
        """The same child is not added twice: the same NHS number, or the same names and date of birth."""
        answers = super().clean()
        if number := answers.get("nhs_number"):
            self._refuse(Child.objects.filter(nhs_number=number), "nhs_number", "A child with this NHS number")
        same = {f"{name}__iexact": answers.get(name) or "" for name in ("first_names", "last_names")}
        twin = Child.objects.filter(born_on=answers.get("born_on"), **same) if answers.get("born_on") else None
        if twin is not None:
            self._refuse(twin, "first_names", "A child of this name and date of birth")
        return answers

    def _refuse(self, found: Any, name: str, who: str) -> None:
        if (there := list(found)) and not self.has_error(name):
            self.told_of = [*self.told_of, *there]
            self.add_error(name, f"{who} is on the record already: look for the child by search")


class DetailsSheet(Sheet):
    """What is known of who the child is."""

    folds = {
        "Language, belief and identity": (
            "ethnicity", "nationality", "language", "needs_interpreter", "communication_needs", "religion", "identity",
        ),
        "Family, locality, numbers and school": ("family_id", "locality", "nhs_number", "upn", "has_ehc_plan"),
    }  # fmt: skip

    class Meta(Sheet.Meta):
        model = Child
        fields = (*NAMES, *FACTS, "identity", "nationality", "locality", "family_id", "upn", "has_ehc_plan")
        labels = ASKED


def add_child(*, by: Any, **facts: Any) -> Child:
    """Puts a child of the council on the record."""
    authority = own_authority()
    if not authority:
        raise ValidationError("Whose children these are is not set yet: ask your administrator to set HEARTH_AUTHORITY")
    return actions.create_child(by=by, authority=authority, **facts)


NEW = Kind(
    code="child",
    area="care",
    title="Add a child",
    words="a child",
    done="Child added",
    form=NewChildSheet,
    action=add_child,
    is_new=True,
    takes_papers=False,
    button="Add the child",
)
DETAILS = Kind(
    code="details",
    area="care",
    title="Change the child's details",
    words="the child's details",
    done="Details brought up to date",
    form=DetailsSheet,
    action=actions.change_child,
    model=Child,
    is_of_child=True,
    asks_why=False,
    takes_papers=False,
    button="Save",
)
KINDS = (NEW, DETAILS)
