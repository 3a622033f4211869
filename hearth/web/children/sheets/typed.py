"""What was typed, as plain data: kept in a draft, put back into a form, carried through a page of choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django import forms
from django.http import QueryDict

Typed = dict[str, list[str]]
CONTROLS = frozenset({"csrfmiddlewaretoken", "_sheet", "_saves", "_do", "_base", "_asked", "_why"})
"""What the page itself sends beside the answers."""
CHOICE = "_choose_"
DIGITS = 10


def of(data: QueryDict) -> Typed:
    """The answers of a form as sent, empty ones among them."""
    return {name: list(values) for name, values in data.lists() if name not in CONTROLS and not name.startswith(CHOICE)}


def whole(sent: str | None) -> int | None:
    """A whole number that the page sent beside the answers; None for anything else, or one no page of ours sends."""
    return int(sent) if sent and sent.isdecimal() and len(sent) < DIGITS else None


def back(typed: Mapping[str, Iterable[str]]) -> QueryDict:
    """The answers as a form takes them; they may be changed."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, list(values))
    return data


def is_blank(typed: Mapping[str, Iterable[str]]) -> bool:
    """Whether nothing was answered."""
    return not any(value.strip() for name, values in typed.items() if name[:1] != "_" for value in values)


def names_of(field: forms.Field, name: str) -> Iterator[str]:
    """Every name under which the answer to one question may be sent."""
    yield name
    if isinstance(field.widget, forms.MultiWidget):
        parts: list[str] = vars(field.widget)["widgets_names"]
        yield from (f"{name}{suffix}" for suffix in parts)


def put(data: QueryDict, field: forms.Field, name: str, value: object) -> None:
    """Replaces the answer to one question by a value of the record."""
    for sent in names_of(field, name):
        data.pop(sent, None)
    shown = field.prepare_value(value)
    several = list(shown) if isinstance(shown, list | tuple) else [shown]
    data.setlist(name, ["" if part is None else str(part) for part in several])
