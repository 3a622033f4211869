"""What forms have in common: errors that say what to do, and no checks by the browser that hide ours."""

from __future__ import annotations

from typing import Any

from django import forms

from hearth.web.design.fields import DayField

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
    if isinstance(field, DayField):
        is_named = question.startswith(("Day ", "Date "))
        return f"Enter the {question[:1].lower()}{question[1:]}" if is_named else f"Enter the day: {question}"
    verb = "Choose" if isinstance(field, CHOSEN) else "Enter"
    return f"{verb} {question[:1].lower()}{question[1:]}"


class Form(Asking, forms.Form):
    """A form of its own fields."""


class ModelForm(Asking, forms.ModelForm):  # type: ignore[type-arg]  # the model is named by each form's Meta
    """A form of the fields of a model."""
