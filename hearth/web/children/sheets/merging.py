"""Two people changed one record: their versions side by side, and what is chosen put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from hearth.web.children.conflict import Conflict, Difference
from hearth.web.children.records import Kept
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.typed import CHOICE, CONTROLS, put
from hearth.web.design.fields import TimeField
from hearth.web.design.words import answer

REVISION = "_revision"
THEIRS, YOURS = "theirs", "yours"


@dataclass(frozen=True)
class Choice:
    """One question on which two people differ."""

    name: str
    label: str
    theirs: str
    yours: str
    seen: str
    is_clash: bool
    is_theirs: bool


def choices(conflict: Conflict, sheet: Sheet) -> list[Choice]:
    """What differs, in the words of the form: clashes to choose between, and what only one of the two changed."""
    return [
        _choice(found, sheet.fields[found.column]) for found in conflict.differences if found.column in sheet.fields
    ]


def _choice(found: Difference, field: forms.Field) -> Choice:
    return Choice(
        name=f"{CHOICE}{found.column}",
        label=str(field.label),
        theirs=shown(field, found.theirs),
        yours=shown(field, found.yours),
        seen=shown(field, found.seen),
        is_clash=found.is_clash,
        is_theirs=found.theirs != found.seen,
    )


def shown(field: forms.Field, value: object) -> str:
    """A value in the words of its question."""
    if isinstance(field, forms.ChoiceField):
        pairs: Any = field.choices
        labels = {str(code): str(words) for code, words in pairs}
        return labels.get(str(field.prepare_value(value)), answer(value))
    return answer(field.prepare_value(value) if isinstance(field, TimeField) else value)


def carried(conflict: Conflict, sheet: Sheet, sent: QueryDict) -> QueryDict:
    """What was typed, with the other's changes where only they made one, as written on the version that now stands."""
    data = sent.copy()
    for found in conflict.differences:
        if found.column in sheet.fields and not found.is_clash:
            put(data, sheet.fields[found.column], found.column, conflict.merged[found.column])
    data[REVISION] = str(conflict.current.revision)
    return data


def hidden(data: QueryDict) -> Iterator[tuple[str, str]]:
    """The answers as hidden fields."""
    for name, values in data.lists():
        if name not in CONTROLS and not name.startswith(CHOICE):
            yield from ((name, value) for value in values)


def resolved(data: QueryDict, sheet: Sheet, current: Kept) -> QueryDict:
    """The answers after the choices: the other's version where that was chosen."""
    result = data.copy()
    for name, field in sheet.fields.items():
        if data.get(f"{CHOICE}{name}") == THEIRS:
            put(result, field, name, getattr(current, name))
    return result


def unchosen(data: QueryDict, asked: list[str]) -> list[str]:
    """The clashes for which nothing was chosen."""
    return [name for name in asked if data.get(name) not in (THEIRS, YOURS)]
