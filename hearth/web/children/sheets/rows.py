"""The row that a form is opened for: by its key, or by the day it began, as a line of a worklist knows it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import DateField
from django.forms import Field
from django.http import Http404, QueryDict

from hearth.web.children.records import Kept
from hearth.web.children.sheets.kinds import Kind
from hearth.web.design.fields import DayField

ROW = "row"
"""Asks for the row of a day: ``?kind=visit&row=raised_on:2026-03-03``."""


def row_of(kind: Kind, subject: Any, row_pk: int | None) -> Kept | None:
    """The row that is corrected; None for a new record. Raises Http404 when there is no such row of the subject."""
    if kind.is_of_child:
        own: Kept | None = subject
        return own
    if row_pk is None and not kind.is_only_corrected:
        return None
    found = kind.model.objects.filter(pk=row_pk).first() if kind.model else None
    if found is None or kind.about.of(found) != subject:
        raise Http404
    return found


def asked_for(kind: Kind, subject: Any, asked: QueryDict) -> Kept | None:
    """The subject's row of the day asked for, else the last one before it; None where there is none or none is asked.

    A column without a day asks for the latest row that does not say it yet.
    """
    column, _, said = asked.get(ROW, "").partition(":")
    day = _day(said)
    if kind.model is None or (said and day is None) or column not in _days(kind):
        return None
    columns = {field.name for field in kind.model._meta.fields} & kind.form.base_fields.keys()
    facts = {name: value for name, value in asked.items() if name in columns}
    of_day: dict[str, Any] = {f"{column}__lte": day} if day else {column: None}
    rows = kind.about.rows(kind.model, subject).filter(**of_day, **facts)
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
