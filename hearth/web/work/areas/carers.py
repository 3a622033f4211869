"""How much is owed to foster carers and by children's homes, and how many households are approved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from hearth.tables import codes
from hearth.web.access.models import User
from hearth.web.children.models import FosterCarer
from hearth.web.config.today import today
from hearth.web.design import words
from hearth.web.work.areas.told import Said, Told
from hearth.web.work.elsewhere import may_see_concerns, owed_elsewhere

LIST, OWED_LIST = "placements_list", "carers_and_homes"


@dataclass(frozen=True)
class Owing:
    """How much is owed to or by one kind, how much of it is overdue, and where each is listed."""

    heading: str
    total: int
    overdue: int
    url: str


def owed(user: User) -> list[Owing]:
    """What is owed to carers (reviews, visits, training, complaints) and by homes (visits, reports, reviews)."""
    found = []
    for subject, heading in (("foster_carer", "Foster carers"), ("childrens_home", "Children's homes")):
        rows = owed_elsewhere(subject, with_concerns=may_see_concerns(user))
        overdue = sum(row.status_on(today()) == "overdue" for row in rows)
        query = urlencode({"sort": subject, "within": "all", "by": "day"})
        found.append(Owing(heading, len(rows), overdue, f"{reverse(OWED_LIST)}?{query}"))
    return found


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
