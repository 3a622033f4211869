"""What the templates of forms ask of a field."""

from __future__ import annotations

from django import forms, template
from django.forms.boundfield import BoundField

from hearth.web.design.forms import Filter

register = template.Library()


@register.filter
def is_single_box(field: BoundField) -> bool:
    """Whether the field is one box to tick, whose label stands behind it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def optional(field: BoundField) -> str:
    """ " (optional)" where no answer is wanted."""
    is_needed = field.field.required or vars(field.field).get("is_needed", False)
    return "" if is_needed or isinstance(field.form, Filter) else " (optional)"


@register.filter
def first_control(field: BoundField) -> str:
    """The id that a link of the error summary leads to."""
    return field.id_for_label or f"{field.auto_id}_0"
