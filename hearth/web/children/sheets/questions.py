"""The question asked for each kind of column: a day in three boxes, a time, yes or no, a code with its label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models

from hearth.web.children.fields import CodeField as CodeColumn
from hearth.web.children.fields import MomentField as MomentColumn
from hearth.web.design.fields import CodeField, DayField, TimeField, YesNoField

LINES = 4
WIDTHS: Mapping[str, int] = {"postcode": 10, "urn": 10, "telephone": 20, "number": 20, "upn": 20, "id": 20}
"""Characters that fit into the box, by the last word of the column's name."""


def question(column: models.Field[Any, Any], **given: Any) -> forms.Field | None:
    """The form field for a column of a record, by its kind; the words are the column's unless the form gives others."""
    label = given.pop("label", None) or sentence(str(column.verbose_name))
    asked: dict[str, Any] = {"label": label, "required": not column.blank} | given
    if isinstance(column, CodeColumn):
        return CodeField(column.codes_from, **asked)
    if isinstance(column, models.BooleanField):
        return YesNoField(may_be_unknown=False, **asked)
    if isinstance(column, MomentColumn):
        return TimeField(**asked)
    if isinstance(column, models.DateField):
        return DayField(is_past=True, **asked)
    if isinstance(column, models.TextField):
        return forms.CharField(widget=forms.Textarea(attrs={"rows": LINES}), **asked)
    if isinstance(column, models.IntegerField | models.FloatField):
        asked["widget"] = forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"})
    elif width := WIDTHS.get(column.name.rpartition("_")[2]):
        asked["widget"] = forms.TextInput(attrs={"class": f"govuk-input--width-{width}"})
    return column.formfield(**asked)


def sentence(words: str) -> str:
    """The words with a capital."""
    return words[:1].upper() + words[1:]
