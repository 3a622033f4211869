"""What is due of foster carers and children's homes, and how many households are approved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from hearth.tables import codes
from hearth.web.children.models import ChildrensHome, FosterCarer
from hearth.web.config.today import today
from hearth.web.design import words
from hearth.web.work.areas.told import Said, Told
from hearth.web.work.elsewhere import Due, due_of, told
from hearth.web.work.models import OwedElsewhere

SHOWN = 15
"""How many of what is due are shown before all is asked for."""
LIST = "placements_list"


@dataclass(frozen=True)
class DueList:
    """What is due of one kind of subject: all of it, and the first in words."""

    code: str
    heading: str
    found: Sequence[OwedElsewhere]
    first: Sequence[Due]

    @property
    def url(self) -> str:
        """Where all of it stands."""
        return f"{reverse(LIST)}?{urlencode({'of': self.code})}"

    @property
    def is_long(self) -> bool:
        """Whether there is more than is shown at once."""
        return len(self.found) > SHOWN


def due(at_once: int | None = SHOWN) -> list[DueList]:
    """What is due of carers (reviews, visits, training, complaints) and of homes (visits, reports, reviews)."""
    carers, homes = due_of("foster_carer"), due_of("childrens_home")
    return [
        DueList("carers", "Foster carers", carers, told(carers[:at_once], _carers(carers[:at_once]), "Household")),
        DueList("homes", "Children's homes", homes, told(homes[:at_once], _homes(homes[:at_once]), "Home")),
    ]


def _carers(rows: Iterable[OwedElsewhere]) -> dict[str, str | None]:
    known = FosterCarer.objects.filter(carer_id__in={row.subject_id for row in rows}).exclude(names=None)
    return dict(known.values_list("carer_id", "names"))


def _homes(rows: Iterable[OwedElsewhere]) -> dict[str, str | None]:
    known = ChildrensHome.objects.filter(home_id__in={row.subject_id for row in rows}).exclude(name=None)
    return dict(known.values_list("home_id", "name"))


def told_of(one: DueList) -> list[Told]:
    """What is due as rows of a list."""
    return [Told(None, Said(row.what, row.when, row.colour, row.on), row.name) for row in one.first]


def approved() -> QuerySet[FosterCarer]:
    """The households approved today."""
    day = today()
    return FosterCarer.objects.filter(Q(ended_on=None) | Q(ended_on__gt=day), approved_on__lte=day)


def by_kind() -> list[tuple[str, int, str]]:
    """How many households are approved today by kind of approval, the most first, and where they are listed."""
    counted = Counter(approved().values_list("kind", flat=True))
    found = []
    for kind, many in counted.most_common():
        query = urlencode({"of": f"approved-{kind or ''}"})
        found.append((codes.label("foster_carer_kind", kind), many, f"{reverse(LIST)}?{query}"))
    return found


def households(kind: str) -> list[Told]:
    """The households approved in a kind of approval, by name."""
    rows = approved().filter(kind=kind or None).order_by("names", "carer_id")
    return [
        Told(
            None,
            Said(
                codes.label("foster_carer_kind", kind or None),
                f"since {words.day(row.approved_on)}",
                "",
                row.approved_on,
            ),
            row.names or f"Household {row.carer_id}",
        )
        for row in rows
    ]
