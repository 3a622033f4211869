"""The children behind a figure, of those whom the reader may see: who needs something first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hearth.measures.measure import Measure
from hearth.timescales.duty import words as of_duties
from hearth.web.access.models import User
from hearth.web.children.models import Child
from hearth.web.design.words import day
from hearth.web.figures.models import Behind

DUTY = re.compile(r"\bduty ([a-z0-9-]+)")
ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


@dataclass(frozen=True)
class Subject:
    """A child, or an event of a child, behind a figure; ``answer``: counted, not counted or not known, in words."""

    child: Child
    on: date | None
    answer: str
    facts: str

    @property
    def said(self) -> str:
        """The facts as a page says them: days in words, duties by their titles. Files keep them as they are."""
        named = DUTY.sub(lambda found: _title(found[1]), self.facts)
        return ISO_DAY.sub(lambda found: day(date.fromisoformat(found[0])), named)


@dataclass(frozen=True)
class Listed:
    """Those the reader may see, and how many there are in all."""

    subjects: Sequence[Subject]
    total: int

    @property
    def answers(self) -> list[tuple[str, str, int]]:
        """Each answer there is, for an address and in words, with how many have it, in their order."""
        counted = Counter(one.answer for one in self.subjects)
        return [(one.lower().replace(" ", "_"), one, many) for one, many in counted.items()]

    def only(self, answer: str) -> Sequence[Subject]:
        """Those with an answer, as an address names it; all for none."""
        return [one for one in self.subjects if answer in ("", one.answer.lower().replace(" ", "_"))]

    @property
    def hidden(self) -> int:
        """How many lie outside the reader's reach, or are restricted."""
        return self.total - len(self.subjects)


def listed(measure: Measure, user: User, page: str) -> Listed:
    """The children behind the figure of the day."""
    rows: list[list[Any]] = next(iter(Behind.objects.filter(measure=measure.id).values_list("rows", flat=True)), [])
    keys = {row[0] for row in rows}
    seen = {child.pk: child for child in Child.objects.visible_to(user, page).filter(pk__in=keys)}
    found = [
        Subject(seen[key], date.fromisoformat(on) if on else None, _answer(measure, numerator), facts or "")
        for key, on, numerator, _, facts in rows
        if key in seen
    ]
    rank = {words: place for place, words in enumerate(_order(measure))}
    return Listed(sorted(found, key=lambda one: (rank[one.answer], one.child.name, one.on or date.max)), len(rows))


def _title(duty: str) -> str:
    known = of_duties()
    return known[duty].title if duty in known else duty


def _answer(measure: Measure, numerator: float | None) -> str:
    if numerator is None:
        return "Not known"
    if measure.kind != "percentage":
        return "Counted"
    if measure.better == "higher":
        return "Met" if numerator else "Not met"
    return "Counted" if numerator else "Not counted"


def _order(measure: Measure) -> Sequence[str]:
    if measure.kind == "percentage" and measure.better == "higher":
        return ("Not met", "Not known", "Met")
    return ("Counted", "Not known", "Not counted")
