"""What forms have in common: errors that say what to do, and no checks by the browser that hide ours."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.http import urlencode

from hearth.web.design import words
from hearth.web.design.fields import DayField

MANY = 4
"""From so many fields on a filter says above the list what is chosen."""
CHOSEN = (forms.ChoiceField, forms.ModelChoiceField)


class Asking(forms.BaseForm):
    """Mixed into a form: an unanswered question is named in its error."""

    use_required_attribute = False

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name, field in self.fields.items():
            field.label = field.label or name.replace("_", " ").capitalize()
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = unanswered(field)


def unanswered(field: forms.Field) -> str:
    """What is said when a question has no answer."""
    question = str(field.label)
    if question.endswith("?"):
        return f"Answer the question: {question}"
    if isinstance(field, forms.BooleanField):
        return f"Tick the box: {question}"
    if isinstance(field, DayField):
        is_named = question.startswith(("Day ", "Date "))
        return f"Enter the {question[:1].lower()}{question[1:]}" if is_named else f"Enter the day: {question}"
    verb = "Choose" if isinstance(field, CHOSEN) else "Enter"
    return f"{verb} {question[:1].lower()}{question[1:]}"


class Form(Asking, forms.Form):
    """A form of its own fields."""


class Filter(Form):
    """A form that narrows a list: nothing in it needs an answer, so that no label says "(optional)".

    Its questions have addresses of their own in the page, where another form may ask by the same names.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **{"auto_id": "narrow_%s", **named})

    @property
    def selected(self) -> list[tuple[str, str]]:
        """What narrows the list now: in words, with the address at which it no longer does. Nothing of few fields."""
        if len(self.fields) < MANY or not self.is_bound:
            return []
        self.is_valid()
        given = {name: self.cleaned_data.get(name) for name in self.fields}
        return [(self._said(name, value), self._without(name)) for name, value in given.items() if value]

    def _said(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if value is True:
            return str(field.label)
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            value = dict(field.choices).get(value, value)  # type: ignore[arg-type]  # our choices have no groups
        return f"{field.label}: {words.day(value) if isinstance(value, date) else value}"

    def _without(self, name: str) -> str:
        left = ((key, value) for key, value in self.data.items() if key not in {"page", name})
        return f"?{urlencode([(key, value) for key, value in left if not key.startswith(f'{name}_')])}"


class ModelForm(Asking, forms.ModelForm):  # type: ignore[type-arg]  # the model is named by each form's Meta
    """A form of the fields of a model."""
