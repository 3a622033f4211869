"""Who may open which page, and of which children: the table ``policy.csv``, read once."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hearth.web.access.roles import Role

if TYPE_CHECKING:
    from hearth.web.access.models import Post
    from hearth.web.access.standing import Standing

TABLE = Path(__file__).with_name("policy.csv")
AREAS: Mapping[str, str] = {
    "open": "Without signing in",
    "own": "Anyone who is signed in",
    "work": "The day's work",
    "care": "The child and the care",
    "health": "Health",
    "education": "Education",
    "leaving_care": "Leaving care",
    "safety": "Safety",
    "carers": "Foster carers, children's homes and the council",
    "figures": "Figures and papers",
    "intake": "Loading files",
    "administration": "Administration",
}
KINDS = ("read", "write", "export")


class Reach(IntEnum):
    """How far a role reaches on a page; each holds what the one before it holds."""

    NONE = 0
    OWN = 1
    TEAM = 2
    SERVICE = 3
    CARE = 4
    AUTHORITY = 5


class PolicyError(Exception):
    """The policy table says something that cannot be."""


@dataclass(frozen=True)
class Page:
    """A page (the name of its address), what it is, its words in the menu, and each role's reach."""

    name: str
    what: str
    menu: str
    area: str
    kind: str
    reach: Mapping[str, Reach]

    @property
    def is_open(self) -> bool:
        """Whether it opens without signing in."""
        return self.area == "open"

    @property
    def is_for_all(self) -> bool:
        """Whether it opens for anyone signed in, whatever their posts: it is about themselves."""
        return self.area == "own"


@cache
def pages() -> Mapping[str, Page]:
    """Every page of the policy by name. Raises PolicyError naming the row that cannot be."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [_page(row) for row in csv.DictReader(file)]
    names = [page.name for page in rows]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise PolicyError(f"policy.csv has more than one row for {', '.join(twice)}: keep one.")
    return {page.name: page for page in rows}


def _page(row: Mapping[str, str]) -> Page:
    name = row["page"]
    for column, known in (("area", tuple(AREAS)), ("kind", KINDS)):
        if row[column] not in known:
            raise PolicyError(f"policy.csv, {name}: {column} is {row[column]!r}; it is one of {', '.join(known)}.")
    return Page(
        name=name,
        what=row["what"],
        menu=row["menu"],
        area=row["area"],
        kind=row["kind"],
        reach={role: _reach(name, role, row[role]) for role in Role.values},
    )


def _reach(name: str, role: str, word: str) -> Reach:
    if word and word not in ("own", "team", "service", "care", "authority"):
        raise PolicyError(
            f"policy.csv, {name}: {role} is {word!r}; it is own, team, service, care, authority or blank."
        )
    return Reach[word.upper()] if word else Reach.NONE


def reaches(standing: Standing, page: str) -> list[tuple[Post, Reach]]:
    """The posts by which a person reaches the page, with how far; none where the page is not theirs."""
    found = pages().get(page)
    if found is None:
        return []
    held = [(post, found.reach[post.role]) for post in standing.posts]
    return [(post, reach) for post, reach in held if reach]


@cache
def reaches_of(role: str) -> frozenset[Reach]:
    """How far the role reaches on any page of all."""
    return frozenset(page.reach[role] for page in pages().values() if page.reach[role])


def may_open(standing: Standing, page: str) -> bool:
    """Whether a person may open the page at all, whatever the child."""
    return page in opened_to(standing.roles)


@cache
def opened_to(roles: frozenset[str]) -> frozenset[str]:
    """The pages that people in these roles may open at all."""
    return frozenset(
        page.name
        for page in pages().values()
        if page.is_open or page.is_for_all or any(page.reach[role] for role in roles)
    )
