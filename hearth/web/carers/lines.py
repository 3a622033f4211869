"""What is owed to carers, by homes and by the council, as lines: of whom, what, by when, why, by which law."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from hearth.web.access.models import User
from hearth.web.access.policy import opened_to
from hearth.web.access.standing import standing
from hearth.web.carers.subjects import Council, Elsewhere, Home, Household, council, homes, households
from hearth.web.children.queries import own_authority
from hearth.web.config.today import today
from hearth.web.design import words
from hearth.web.design.addresses import address
from hearth.web.work import where
from hearth.web.work.elsewhere import AUTHORITY, counted_from, may_see_concerns, owed_elsewhere, title
from hearth.web.work.grouping import is_old
from hearth.web.work.lines import urgency, why
from hearth.web.work.models import OwedElsewhere

COUNCIL_PAGE = "corporate_parent"
KINDS: Mapping[str, type[Elsewhere]] = {one.sort: one for one in (Household, Home, Council)}
Known = Mapping[str, Elsewhere]


@dataclass(frozen=True)
class Line:
    """One line: ``status`` overdue, due or not_known; ``record_url`` is the form that answers it, "" where none is."""

    subject: Elsewhere
    owed: OwedElsewhere
    status: str
    when: str
    why: str
    record_url: str

    @property
    def title(self) -> str:
        """What is owed, in words."""
        return title(self.owed)

    @property
    def law(self) -> str:
        """By which law or guidance."""
        return self.owed.words.citation

    @property
    def due_on(self) -> date | None:
        """The day it is due, where known."""
        return self.owed.due_on

    @property
    def name(self) -> str:
        """Of whom, as lists are ordered by it."""
        return str(self.subject)


def known(sort: str) -> Known:
    """Those of a sort that the record knows, by identifier; where another council has the same, our own."""
    if sort == AUTHORITY:
        own = council()
        return {own.identifier: own} if own else {}
    found = households() if sort == Household.sort else homes()
    ours = own_authority()
    ours_last = sorted(found.values(), key=lambda one: one.authority == ours)
    return {one.identifier: one for one in ours_last}


def lines(user: User, sort: str, among: Known, *, of: Collection[Elsewhere] | None = None) -> list[Line]:
    """What is owed today as far as the person may know it, overdue first, then by day; ``of``: only of these."""
    day, forms = today(), opened_to(standing(user).roles) & where.pages()
    rows = owed_elsewhere(sort, with_concerns=may_see_concerns(user))
    found = (_line(among, row, day, forms) for row in rows)
    return sorted((line for line in found if of is None or line.subject in of), key=soonest)


def soonest(line: Line) -> tuple[object, ...]:
    """Overdue first, then by day; what was missed long ago comes last, as in other lists."""
    return is_old(line.status, line.due_on, today()), *urgency(line)


def _line(among: Known, row: OwedElsewhere, day: date, forms: frozenset[str]) -> Line:
    subject = among.get(row.subject_id) or KINDS[row.subject](0, "", row.subject_id)
    return Line(
        subject=subject,
        owed=row,
        status=row.status_on(day),
        when=words.due(row.due_on, day) if row.is_known else "day not known",
        why=why(row, day, counted_from(row)),
        record_url=_record_url(subject, row, forms),
    )


def _record_url(subject: Elsewhere, row: OwedElsewhere, forms: frozenset[str]) -> str:
    place = where.place(row.duty, row.limit)
    if place is None or place.page not in forms or not subject.is_on_record:
        return ""
    key = None if row.subject == AUTHORITY else subject.pk
    return address(place.page, key) + place.query(row.opened_on)
