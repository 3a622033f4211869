"""The questions asked before a record is restricted or opened in an emergency."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q

from hearth.web.access.models import Post, User
from hearth.web.children.models import Child
from hearth.web.config.today import today
from hearth.web.design.fields import DayField
from hearth.web.design.forms import Form

LEAST_WORDS = 3


def reason(label: str, hint: str = "") -> forms.CharField:
    """A question for a reason, which must say something."""
    return forms.CharField(
        label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": 3}), validators=[says_something]
    )


def says_something(value: str) -> None:
    """Raises ValidationError for a reason of fewer than three words."""
    if len(value.split()) < LEAST_WORDS:
        raise ValidationError("Say the reason in a sentence: whoever reads the log must understand it")


class ByPost(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic for the type checker alone
    """People to choose from, each with the posts held today: two people may have one name."""

    def label_from_instance(self, obj: Any) -> str:
        """The name, and the posts in words."""
        return ", ".join([str(obj), *map(str, obj.held)]) if obj.held else f"{obj}, no post today"


class RestrictionForm(Form):
    """Why the record is restricted and who may open it."""

    why = reason("Why is the record restricted?", "For example, the child is related to someone who works here")
    people = ByPost(
        User.objects.none(),
        label="Who may open it?",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "hearth-many"}),
    )
    may_be_opened_in_emergency = forms.BooleanField(
        label="It may be opened in an emergency, with a reason, and the manager is told", required=False, initial=True
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field = self.fields["people"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        held = Prefetch("posts", Post.objects.held_on(today()).select_related("team"), to_attr="held")
        field.queryset = User.objects.filter(is_active=True).exclude(posts=None).order_by("name").prefetch_related(held)


class LiftForm(Form):
    """Why the restriction ends."""

    why = reason("Why is the record no longer restricted?")


class FindingForm(Form):
    """What the manager found."""

    finding = reason("What did you find?", "For example, spoke with Asha: the police had rung about a missing child")


class EmergencyForm(Form):
    """Which child, and why it cannot wait. The identifier alone suffices; else both names and the date of birth."""

    child_id = forms.CharField(
        label="Identifier of the child",
        help_text="With it neither the name nor the date of birth is needed",
        required=False,
        max_length=100,
    )
    last_names = forms.CharField(
        label="Last name",
        help_text="Together with the date of birth, where you do not have the identifier",
        required=False,
        max_length=200,
    )
    born_on = DayField(label="Date of birth", required=False, is_past=True)
    why = reason("What is the emergency?", "It is kept in the log, and your manager is told at once")

    def clean(self) -> dict[str, Any]:
        """Finds the child. The same sentence is said whether there is no such child or more than one."""
        cleaned = super().clean() or {}
        found = self._named(cleaned)
        if len(found) != 1:
            raise ValidationError("No single child was found: give the identifier, or the last name and date of birth")
        return cleaned | {"child": found[0]}

    def _named(self, cleaned: dict[str, Any]) -> list[Child]:
        identifier, name, born_on = (cleaned.get(key) for key in ("child_id", "last_names", "born_on"))
        if identifier:
            return list(Child.objects.filter(child_id__iexact=identifier)[:2])
        if not (name and born_on):
            return []
        same = Q(last_names__iexact=name) | Q(other_names__iexact=name)
        return list(Child.objects.filter(same, born_on=born_on)[:2])
