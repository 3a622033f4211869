"""The list of carers and homes: whom it holds, what is owed to or by each, who lives there, in groups and pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from hearth.web.access.models import User
from hearth.web.access.policy import opened_to
from hearth.web.access.standing import standing
from hearth.web.carers import lines as owed
from hearth.web.carers.lines import COUNCIL_PAGE, Line
from hearth.web.carers.narrowing import Narrowing
from hearth.web.carers.placed import Placed, placed_with
from hearth.web.carers.subjects import Council, Elsewhere, Home, Household, within_reach
from hearth.web.children.models import Child
from hearth.web.config.today import today
from hearth.web.work.grouping import Group, by_day, by_key, is_old

SORTS = (Household.sort, Home.sort)
ON_A_PAGE, LINES_A_PAGE = 50, 100
Placing = Mapping[tuple[str, str], Placed]


@dataclass(frozen=True)
class Whose:
    """One of the list: the lines of it that are shown, and who lives there."""

    subject: Elsewhere
    lines: Sequence[Line]
    placed: Placed

    @property
    def overdue(self) -> int:
        """How many of the lines are overdue."""
        return sum(line.status == "overdue" for line in self.lines)


class Listing:
    """The list as one person asked for it."""

    def __init__(self, request: HttpRequest, user: User, page: str) -> None:
        self.user, self.request = user, request
        self.reached = within_reach(user, page)
        self.known = {sort: self._known(sort) for sort in SORTS}
        self.all = sorted((line for sort in SORTS for line in self._lines_of(sort)), key=owed.soonest)
        self.narrowing = Narrowing(request, self._teams(), [sort for sort in SORTS if self._holds(sort)])
        self.asked_for = [line for line in self.all if self.narrowing.holds(line.subject)]
        self.shown = [line for line in self.asked_for if self.narrowing.is_near(line, today())]

    def _known(self, sort: str) -> owed.Known:
        return {key: one for key, one in owed.known(sort).items() if self.reached(one)}

    def _lines_of(self, sort: str) -> list[Line]:
        return [line for line in owed.lines(self.user, sort, self.known[sort]) if self.reached(line.subject)]

    def _holds(self, sort: str) -> bool:
        return bool(self.known[sort]) or any(line.subject.sort == sort for line in self.all)

    def _teams(self) -> list[str]:
        found = {one.team for one in self.known[Household.sort].values() if one.team and not one.is_over}
        return sorted(found, key=str.casefold)

    @cached_property
    def council(self) -> list[Line]:
        """What the council itself owes, for those whose business it is and who ask for more than one sort."""
        if self.narrowing.chosen("sort") or COUNCIL_PAGE not in opened_to(standing(self.user).roles):
            return []
        return owed.lines(self.user, Council.sort, owed.known(Council.sort))

    @property
    def overdue(self) -> int:
        """How many of the lines shown are overdue."""
        return sum(line.status == "overdue" for line in self.shown)

    @property
    def later(self) -> int:
        """How many more there are that are due later."""
        return len(self.asked_for) - len(self.shown) - self.old

    @cached_property
    def old(self) -> int:
        """How many more were missed more than a year ago."""
        hidden = len(self.asked_for) > len(self.shown) and self.narrowing.chosen("within") != "0"
        return sum(is_old(line.status, line.due_on, today()) for line in self.asked_for) if hidden else 0

    @property
    def by(self) -> str:
        """How it is grouped."""
        return self.narrowing.chosen("by", "whom")

    @cached_property
    def page(self) -> Page[Whose]:
        """Each carer and home with its lines, the most urgent first; who is sought by name is there without any."""
        found: dict[Elsewhere, list[Line]] = {}
        for line in self.shown:
            found.setdefault(line.subject, []).append(line)
        for subject in self._sought():
            found.setdefault(subject, [])
        pages = Paginator(list(found.items()), ON_A_PAGE)
        here: Page[Any] = pages.get_page(self.request.GET.get("page"))
        placing = self.placing([subject for subject, _ in here])
        here.object_list = [Whose(one, some, _placed(placing, one)) for one, some in here]
        return here

    def _sought(self) -> list[Elsewhere]:
        if not self.narrowing.chosen("find"):
            return []
        every = (one for sort in SORTS for one in self.known[sort].values())
        return sorted(filter(self.narrowing.holds, every), key=lambda one: (one.is_over, str(one)))

    @cached_property
    def pages(self) -> Page[Line]:
        """The lines by day, or by what is owed, a page of them."""
        flat = [line for group in self._grouped(self.shown) for line in group.lines]
        return Paginator(flat, LINES_A_PAGE).get_page(self.request.GET.get("page"))

    def groups(self) -> list[Group[Line]]:
        """The lines of the page in their groups."""
        return self._grouped(list(self.pages))

    def _grouped(self, some: Sequence[Line]) -> list[Group[Line]]:
        return by_day(some, today()) if self.by == "day" else by_key(some, lambda line: (line.title, line.title))

    def placing(self, among: Sequence[Elsewhere] | None) -> dict[str, Placing]:
        """Who lives with each of these, or of all, by sort."""
        return {sort: placed_with(self.user, sort, only=_of(sort, among)) for sort in SORTS}

    def children(self) -> list[Child]:
        """The children whom the page names."""
        return [child for whose in self.page for child in whose.placed.children] if self.by == "whom" else []


def _of(sort: str, among: Sequence[Elsewhere] | None) -> list[Elsewhere] | None:
    return None if among is None else [one for one in among if one.sort == sort]


def _placed(placing: Mapping[str, Placing], one: Elsewhere) -> Placed:
    return placing[one.sort].get((one.authority, one.identifier), Placed())


def exported(listing: Listing) -> list[list[object]]:
    """The rows of the list as a file has them: children counted, not named."""
    placing = listing.placing(None)
    return [
        [
            line.name,
            line.subject.identifier,
            line.subject.team,
            line.title,
            line.due_on,
            line.when,
            line.why,
            line.law,
            _placed(placing, line.subject).total if line.subject.sort in placing else None,
        ]
        for line in [*listing.shown, *listing.council]
    ]


COLUMNS = ("Carer or home", "Number", "Team", "What is owed", "Due", "How it stands", "Why", "Law", "Children placed")
