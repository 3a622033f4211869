"""The children who live with a household or in a home now: named to who may know each child, counted for the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hearth.web.access.models import User
from hearth.web.carers.subjects import Elsewhere, Home, Household
from hearth.web.children.models import Child, Episode
from hearth.web.children.queries import CHILD_PAGE
from hearth.web.config.today import today
from hearth.web.work.lines import LISTED
from hearth.web.work.team.cases import current


@dataclass
class Placed:
    """Children in one place: those the reader may know, and how many others."""

    children: list[Child] = field(default_factory=list)
    others: int = 0

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.children) + self.others


COLUMN = {Household.sort: "carer_id", Home.sort: "urn"}
"""The column of an episode of care that names where the child lives, by the sort of place."""
Key = tuple[str, str]


def placed_with(user: User, sort: str, *, only: Sequence[Elsewhere] | None = None) -> Mapping[Key, Placed]:
    """Who lives today with each of a sort, by authority and identifier; ``only``: with these."""
    column = COLUMN.get(sort)
    if column is None or only == []:
        return {}
    living = Episode.objects.filter(current(today()), child__is_withdrawn=False).exclude(**{column: None})
    if only is not None:
        living = living.filter(**{f"{column}__in": [one.identifier for one in only]})
    rows = list(living.values_list("child", "child__authority", column))
    known = Child.objects.visible_to(user, CHILD_PAGE).filter(pk__in=[row[0] for row in rows]).only(*LISTED)
    named = {child.pk: child for child in known}
    found: defaultdict[Key, Placed] = defaultdict(Placed)
    for pk, authority, identifier in rows:
        place = found[authority, identifier]
        if pk in named:
            place.children.append(named[pk])
        else:
            place.others += 1
    return found
