"""The row that a form is opened for: by its key, or by the day it began, as a line of a worklist knows it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import DateField, DateTimeField
from django.forms import Field
from django.http import Http404, QueryDict

from hearth.web.children.records import Kept
from hearth.web.children.sheets.kinds import Kind
from hearth.web.design.fields import DayField

ROW = "row"
"""Asks for the row of a day: ``?kind=visit&row=raised_on:2026-03-03``."""
WAITS = "waits"
"""Asks for the row begun since a day that lacks another: ``?waits=decided_on:2026-03-03``."""


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

    Or the last one begun since a day that does not say yet what is asked for.
    """
    return _waiting(kind, subject, asked) if WAITS in asked else _of_the_day(kind, subject, asked)


def _of_the_day(kind: Kind, subject: Any, asked: QueryDict) -> Kept | None:
    column, _, said = asked.get(ROW, "").partition(":")
    day = _day(said)
    if kind.model is None or day is None or column not in _days(kind):
        return None
    columns = {field.name for field in kind.model._meta.fields} & kind.form.base_fields.keys()
    facts = {name: value for name, value in asked.items() if name in columns}
    rows = kind.about.rows(kind.model, subject).filter(**{f"{column}__lte": day}, **facts)
    found: Kept | None = rows.order_by(f"-{column}", "-pk").first()
    return found


def _waiting(kind: Kind, subject: Any, asked: QueryDict) -> Kept | None:
    column, _, said = asked.get(WAITS, "").partition(":")
    since, days = _day(said), _days(kind)
    if kind.model is None or since is None or column not in days:
        return None
    begun = next(day for day in days if day != column)
    rows = kind.about.rows(kind.model, subject).filter(**{column: None, f"{begun}__gte": since})
    found: Kept | None = rows.order_by(f"-{begun}", "-pk").first()
    return found


def day_or_text(field: Field, said: str) -> date | str | None:
    """An answer given in an address: a day for a question about a day, else the words."""
    return _day(said) if isinstance(field, DayField) else said


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _days(kind: Kind) -> list[str]:
    """The columns that are days, as the model has them: the first is that of the row."""
    columns = kind.model._meta.fields if kind.model else ()
    return [field.name for field in columns if isinstance(field, DateField) and not isinstance(field, DateTimeField)]
