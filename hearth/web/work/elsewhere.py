"""What is owed to others than children: to foster carers, by children's homes, by the authority as corporate parent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hearth.tables import catalogue
from hearth.timescales.duty import words as duty_words
from hearth.web.children.frames import record_of
from hearth.web.config.today import today
from hearth.web.design import words
from hearth.web.work import frames, owing


@dataclass(frozen=True)
class Due:
    """Something due: of whom, what, when, and the colour of a tag where it is late."""

    name: str
    what: str
    when: str
    colour: str


def due_of(subject: str, names: Mapping[str, str | None], called: str) -> list[Due]:
    """What is open today for a kind of subject (foster_carer, childrens_home, authority), the soonest first.

    ``names`` by identifier; one without a name is ``called`` so, with its identifier.
    """
    day = today()
    tables = [name for name in catalogue.TABLES if name not in catalogue.DERIVED and catalogue.subject(name) == subject]
    found = frames.owed_elsewhere(record_of(None, tables), subject, day, owing.limits())
    return [
        Due(
            names.get(row["subject_id"]) or f"{called} {row['subject_id']}",
            duty_words()[row["duty"]].title,
            words.due(row["due_on"], day),
            "red" if row["due_on"] and row["due_on"] < day else "",
        )
        for row in found
    ]
