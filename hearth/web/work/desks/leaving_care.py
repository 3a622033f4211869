"""The personal adviser's desk: last contact, next review of the pathway plan, birthday, activity, home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from hearth.tables.codes import label
from hearth.timescales.dates import birthday_on
from hearth.timescales.leaving_care import KEEP_IN_TOUCH
from hearth.timescales.whose import owned_by
from hearth.web.children.models import Child
from hearth.web.design.words import days
from hearth.web.leaving_care.models import (
    CareLeaverAccommodation,
    CareLeaverActivity,
    CareLeaverContact,
    PathwayPlan,
)
from hearth.web.work.desks.desk import OVERDUE, Cell, Desk, day_cell, due_cell, latest, of, open_of
from hearth.web.work.models import Owed

SOON = 60
UNSUITABLE = "2"
"""The last character of an accommodation's code: 1 suitable, 2 not."""


def _facts(children: Sequence[Child], owed: Mapping[int, Owed | None], day: date) -> Mapping[int, Sequence[Cell]]:
    spoken = latest(of(CareLeaverContact, children, is_two_way=True), "contacted_on", day)
    plans = latest(of(PathwayPlan, children), "completed_on", day)
    doing = latest(of(CareLeaverActivity, children, ended_on=None), "started_on", day)
    homes = latest(of(CareLeaverAccommodation, children, ended_on=None), "started_on", day)
    touch = open_of(KEEP_IN_TOUCH.id, children, day)
    return {
        child.pk: [
            due_cell(owed.get(child.pk), day),
            _spoken(spoken.get(child.pk), touch.get(child.pk), day),
            day_cell(plans[child.pk].completed_on if child.pk in plans else None, day, "No plan yet"),
            _birthday(child, day),
            _doing(doing.get(child.pk)),
            _home(homes.get(child.pk)),
        ]
        for child in children
    }


def _spoken(contact: CareLeaverContact | None, row: Owed | None, day: date) -> Cell:
    """When they last spoke; picked where the next contact is late."""
    said = day_cell(contact.contacted_on if contact else None, day)
    is_late = row is not None and row.status_on(day) == "overdue"
    return replace(said, colour="red", picks=("unspoken",)) if is_late else said


def _birthday(child: Child, day: date) -> Cell:
    if child.born_on is None:
        return Cell("Not known", "grey")
    age = day.year - child.born_on.year
    age += birthday_on(child.born_on, age) < day
    left = (birthday_on(child.born_on, age) - day).days
    if not left:
        return Cell(f"{age} today", "blue", ("birthday",))
    return Cell(f"{age} in {days(left)}", "blue", ("birthday",)) if left <= SOON else Cell(f"{age} in {days(left)}")


def _doing(row: CareLeaverActivity | None) -> Cell:
    if row is None:
        return Cell("Not known", "orange", ("idle",))
    words = label("activity", row.activity)
    return Cell(words, "orange", ("idle",)) if row.activity.startswith("G") else Cell(words)


def _home(row: CareLeaverAccommodation | None) -> Cell:
    if row is None:
        return Cell("Not known", "orange", ("home",))
    words = label("accommodation", row.accommodation)
    return Cell(words, "red", ("home",)) if row.accommodation.endswith(UNSUITABLE) else Cell(words)


DESK = Desk(
    page="my_young_people",
    counted="young person,young people",
    title="My young people",
    about="Young people whose personal adviser you are, by what is due first.",
    duties=frozenset(owned_by("personal adviser")),
    columns=("Due first", "Last spoke", "Pathway plan", "Birthday", "Doing", "Home"),
    facts=_facts,
    picks={
        OVERDUE: "Something overdue",
        "unspoken": "Contact overdue",
        "idle": "Not in education, work or training, or not known",
        "home": "Home unsuitable or not known",
        "birthday": "Birthday in the next 60 days",
    },
    nothing="No young person is allocated to you. Ask your manager if you expected some.",
)
