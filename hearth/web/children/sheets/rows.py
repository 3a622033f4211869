"""The row that a form is opened for: by its key, or by the day it began, as a line of a worklist knows it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import DateField
from django.forms import Field
from django.http import Http404, QueryDict

from hearth.web.children import recording
from hearth.web.children.models import Child
from hearth.web.children.records import Kept
from hearth.web.children.sheets.kinds import Kind
from hearth.web.design.fields import DayField

ROW = "row"
"""Asks for the row of a day: ``?kind=visit&row=raised_on:2026-03-03``."""


def row_of(kind: Kind, child: Child | None, row_pk: int | None) -> Kept | None:
    """The row that is corrected; None for a new record. Raises Http404 when the child has no such row."""
    if kind.is_of_child:
        return child
    if row_pk is None and not kind.is_only_corrected:
        return None
    found = kind.model.objects.filter(pk=row_pk).first() if kind.model else None
    if found is None or recording.child_of(found) != child:
        raise Http404
    return found


def asked_for(kind: Kind, child: Child | None, asked: QueryDict) -> Kept | None:
    """The child's row of the day asked for, else the last one before it; None where there is none or none is asked."""
    column, _, said = asked.get(ROW, "").partition(":")
    day = _day(said)
    if kind.model is None or day is None or column not in _days(kind):
        return None
    columns = {field.name for field in kind.model._meta.fields} & kind.form.base_fields.keys()
    facts = {name: value for name, value in asked.items() if name in columns}
    standing: Any = kind.model.objects
    rows = standing.filter(child=child, **{f"{column}__lte": day}, **facts)
    found: Kept | None = rows.order_by(f"-{column}", "-pk").first()
    return found


def day_or_text(field: Field, said: str) -> date | str | None:
    """An answer given in an address: a day for a question about a day, else the words."""
    return _day(said) if isinstance(field, DayField) else said


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _days(kind: Kind) -> set[str]:
    return {field.name for field in kind.model._meta.fields if isinstance(field, DateField)} if kind.model else set()
