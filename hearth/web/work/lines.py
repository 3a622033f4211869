"""What is owed, as lines of a worklist: whose, what, by when and why, in words, and where it is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol

from django.db.models import QuerySet

from hearth.timescales.catalogue import DUTIES
from hearth.timescales.whose import owned_by
from hearth.web.access.models import User
from hearth.web.access.policy import opened_to
from hearth.web.access.roles import Role
from hearth.web.access.standing import standing
from hearth.web.children.models import Child, Draft
from hearth.web.children.reach import visible
from hearth.web.config.questions import kept
from hearth.web.config.today import today
from hearth.web.design import words
from hearth.web.work import where
from hearth.web.work.models import Duty, Owed, SignOff

OWNERS = {
    Role.SOCIAL_WORKER: "social worker",
    Role.PERSONAL_ADVISER: "personal adviser",
    Role.REVIEWING_OFFICER: "reviewing officer",
    Role.HEALTH: "nurse",
    Role.VIRTUAL_SCHOOL: "virtual school",
    Role.TEAM_MANAGER: "manager",
    Role.SERVICE_MANAGER: "manager",
    Role.PLACEMENTS: "placements",
    Role.PARTICIPATION: "participation",
}
"""By which words of the handbook the duties of a role are found."""
AREAS: Mapping[Role, tuple[str, ...]] = {
    Role.HEALTH: ("D",),
    Role.VIRTUAL_SCHOOL: ("E",),
    Role.PLACEMENTS: ("G", "placement-notification"),
    Role.PARTICIPATION: (
        "I",
        "review-participation",
        "independent-visitor-considered",
        "independent-advocacy",
        "rights-information",
    ),
}
"""Roles that see one area of the record alone, with what is owed in it: sections of the handbook, or single duties."""

LISTED = ("authority", "child_id", "family_id", "preferred_name", "first_names", "last_names", "born_on")
"""What lists show of a child and group by."""


class InOrder(Protocol):
    """A line of a list, of whomever: how it stands, by when, of whom, what."""

    @property
    def status(self) -> str:
        """How it stands: overdue, due or not_known."""

    @property
    def due_on(self) -> date | None:
        """The day it is due, where known."""

    @property
    def name(self) -> str:
        """Of whom."""

    @property
    def title(self) -> str:
        """What is owed, in words."""


@dataclass(frozen=True)
class Line:
    """One line: ``status`` overdue, due or not_known.

    ``record_page`` is the form that answers it, None where there is none for them; ``record_query`` says what the form
    begins with.
    """

    child: Child
    owed: Owed
    status: str
    when: str
    why: str
    record_page: str | None
    record_query: str = ""

    @property
    def name(self) -> str:
        """Of which child."""
        return self.child.name

    @property
    def title(self) -> str:
        """What is owed, in words."""
        return self.owed.words.title

    @property
    def due_on(self) -> date | None:
        """The day it is due, where known."""
        return self.owed.due_on


@cache
def duties_of(roles: frozenset[str]) -> frozenset[str]:
    """The duties of people in these roles, by id."""
    return frozenset(duty for role in roles if role in OWNERS for duty in owned_by(OWNERS[Role(role)]))


@cache
def known_to(roles: frozenset[str]) -> frozenset[str] | None:
    """The duties that people in these roles may know of: their own and those of their area; None: all."""
    held = {Role(role) for role in roles if role in OWNERS}
    if not held or not held <= AREAS.keys():
        return None
    return duties_of(roles) | frozenset().union(*(area_of(role) for role in held))


@cache
def area_of(role: Role) -> frozenset[str]:
    """What is owed in the one area that a role sees."""
    return frozenset(id_ for id_, duty in DUTIES.items() if {duty.words.section, id_} & set(AREAS[role]))


def seen_by(user: User, page: str) -> dict[int, Child]:
    """The children whom the person sees on the page, by key, with what a list shows of them.

    Asked once, however much is asked about them. Who sees one area of every child's record is told of the children of
    whom something is said there: to whom something is owed, or of whom they wrote what is not finished or not agreed.
    """
    known_of = known_to(standing(user).roles)
    if known_of is None:
        return {child.pk: child for child in visible(user, page, _listed)}
    owed = Owed.objects.open_on(today()).filter(duty__in=known_of).order_by().values("child")
    drafts = Draft.objects.filter(user=user).exclude(child=None).order_by().values("child")
    answered = SignOff.objects.filter(answer=SignOff.SENT_BACK).order_by().values("child")
    found = Child.objects.visible_to(user, page).filter(pk__in=owed.union(drafts, answered))
    return {child.pk: child for child in found.only(*LISTED)}


def _listed(children: QuerySet[Child]) -> QuerySet[Child]:
    return children.only(*LISTED)


def lines(user: User, seen: Mapping[int, Child], *, duties: Iterable[str] | None = None) -> list[Line]:
    """What is owed today to these children, overdue first, then by day; ``duties``: only these."""
    return lines_of(user, owed_to(user, seen, duties), seen)


def owed_to(user: User, seen: Mapping[int, Child], duties: Iterable[str] | None = None) -> list[Owed]:
    """What is owed today to these children of which the person may know; ``duties``: only these."""
    return owed_on(today(), list(seen), duties=known(user, duties))


def known(user: User, duties: Iterable[str] | None = None) -> frozenset[str] | None:
    """The duties of which the person may know, of these; None: of all, and they may know of all."""
    theirs = known_to(standing(user).roles)
    if duties is None or theirs is None:
        return theirs if duties is None else frozenset(duties)
    return theirs & frozenset(duties)


@kept
def owed_on(day: date, children: list[int], *, duties: frozenset[str] | None) -> QuerySet[Owed]:
    """What is owed on the day to the children; ``duties``: only these."""
    return Owed.objects.open_on(day).of(children, duties)


def lines_of(user: User, rows: Iterable[Owed], seen: Mapping[int, Child]) -> list[Line]:
    """These rows as lines, overdue first, then by day."""
    day, forms = today(), _forms(user)
    return sorted((_line(seen[row.child_id], row, day, forms) for row in rows), key=urgency)


def urgency(line: InOrder) -> tuple[int, date, str, str]:
    """By which lines are ordered: overdue first, then by day, by name, by what it is."""
    rank = {"overdue": 0, "due": 1}.get(line.status, 2)
    return rank, line.due_on or date.max, line.name, line.title


def _line(child: Child, row: Owed, day: date, forms: frozenset[str]) -> Line:
    found = where.place(row.duty, row.limit)
    is_theirs = found is not None and found.page in forms
    return Line(
        child=child,
        owed=row,
        status=row.status_on(day),
        when=words.due(row.due_on, day) if row.is_known else "day not known",
        why=why(row, day),
        record_page=found.page if found and is_theirs else None,
        record_query=found.query(row.opened_on) if found and is_theirs else "",
    )


def why(row: Duty, day: date, trigger: str = "") -> str:
    """One sentence: what it is counted from (by the duty's word, or ``trigger``), when it was last done or refused."""
    trigger = trigger or row.words.trigger_event
    counted = f"{trigger[:1].upper()}{trigger[1:]}: {words.day(row.triggered_on).replace('Not', 'not')}"
    last = row.last_done_on if row.last_done_on != row.triggered_on else None
    more = [
        f"last done {words.ago(last, day)}" if last else "",
        f"declined on {words.day(row.refused_on)}" if row.refused_on else "",
    ]
    return "; ".join(filter(None, (counted, *more))) + "."


def _forms(user: User) -> frozenset[str]:
    """The forms that the person may open at all."""
    return opened_to(standing(user).roles) & where.pages()
