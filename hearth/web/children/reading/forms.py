"""How a chronology is narrowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms

from hearth.web.children.reading.areas import Area, Section
from hearth.web.children.reading.chronology import Narrowing
from hearth.web.design.fields import DayField
from hearth.web.design.forms import Filter


class NarrowingForm(Filter):
    """Which events of the chronology are shown; what cannot be understood narrows nothing, and the page says so."""

    area = forms.ChoiceField(label="Area", required=False)
    kind = forms.ChoiceField(label="Kind of record", required=False)
    words = forms.CharField(label="Words", required=False, max_length=200)
    since = DayField(label="From", required=False, help_text="")
    until = DayField(label="To", required=False, help_text="")
    turns = forms.BooleanField(label="Turning points only", required=False)

    def __init__(self, *given: Any, kinds: Iterable[tuple[Area, Section]], **named: Any) -> None:
        super().__init__(*given, **named)
        offered = list(kinds)
        self._offer("area", dict.fromkeys((area.path, area.words) for area, _ in offered))
        self._offer("kind", ((s.name, s.words[:1].upper() + s.words[1:]) for _, s in offered))

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "All"), *_sorted(choices)]

    def narrowing(self) -> Narrowing:
        """What is asked for."""
        told = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return Narrowing(
            area=told.get("area", ""),
            kind=told.get("kind", ""),
            since=told.get("since"),
            until=told.get("until"),
            turns_only=told.get("turns", False),
            words=told.get("words", ""),
        )


def _sorted(choices: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    yield from sorted(choices, key=lambda choice: choice[1])
