"""What is owed to others than children: to foster carers, by children's homes, by the authority as corporate parent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import F

from hearth.tables import catalogue
from hearth.timescales.limits import Limits
from hearth.web.children.frames import record_of
from hearth.web.config.today import today
from hearth.web.design import words
from hearth.web.work import frames
from hearth.web.work.models import OwedElsewhere

SUBJECTS = ("foster_carer", "childrens_home", "authority")


@dataclass(frozen=True)
class Due:
    """Something due: of whom, what, when, the colour of a tag where it is late, and the day."""

    name: str
    what: str
    when: str
    colour: str
    on: date | None


@cache
def tables_of(subject: str) -> frozenset[str]:
    """The tables about a kind of subject."""
    return frozenset(
        name for name in catalogue.TABLES if name not in catalogue.DERIVED and catalogue.subject(name) == subject
    )


def keep(touched: Collection[str], limits: Limits) -> None:
    """Works out again what is owed of each kind of subject whose tables were touched; in the caller's transaction."""
    for subject in SUBJECTS:
        tables = tables_of(subject)
        if not tables.isdisjoint(touched):
            rows = frames.owed_elsewhere(record_of(None, tables), subject, today(), limits)
            OwedElsewhere.objects.filter(subject=subject).delete()
            OwedElsewhere.objects.bulk_create(OwedElsewhere(subject=subject, **row) for row in rows)


def due_of(subject: str) -> list[OwedElsewhere]:
    """What is open today for a kind of subject, the soonest first; what has no day last."""
    found = OwedElsewhere.objects.open_on(today()).filter(subject=subject)
    return list(found.order_by(F("due_on").asc(nulls_last=True), "subject_id", "pk"))


def told(rows: Sequence[OwedElsewhere], names: Mapping[str, str | None], called: str) -> list[Due]:
    """The rows in words; ``names`` by identifier, one without a name is ``called`` so, with its identifier."""
    day = today()
    return [
        Due(
            names.get(row.subject_id) or f"{called} {row.subject_id}",
            row.words.title,
            words.due(row.due_on, day),
            "red" if row.due_on and row.due_on < day else "",
            row.due_on,
        )
        for row in rows
    ]
