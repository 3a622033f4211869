"""Made-up households, homes and schools have names; children placed with the council's own carers live with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from hearth.synthetic import names
from hearth.tables.codes import members
from hearth.web.children import bulk
from hearth.web.children.models import Child, ChildrensHome, Episode, FosterCarer, HomeReview, HomeVisit
from hearth.web.children.recording import follow
from hearth.web.education.models import SchoolAttended

OWN = members("placement_provider", "PR1")[0]
CONNECTED = members("foster_carer_kind", "connected_person")[0]
WITH_FAMILY, WITH_OTHERS = members("placement_type", "U1", "U2", "U3"), members("placement_type", "U4", "U5", "U6")
HOMES = members("placement_type", "K2")
HOUSES = (
    "The Elms", "Oak House", "Hillside", "Orchard View", "Beech Lodge", "The Old School House", "Riverbank",
    "Mill House", "Fernleigh", "Rowan Court", "The Willows", "Ashfield",
)  # fmt: skip
SECONDARY = 11
"""Years of age from which a child goes to a secondary school here."""
MOST = 3
"""Children who live with one household."""


def furnish(as_of: date, seed: int, load: bulk.Load) -> None:
    """Names every household, home and school; each child with the council's own carers lives with one of them.

    A home of the council that children live in goes by the number that their episodes give, and so does what it owes.
    """
    rows = FosterCarer.objects.order_by("pk").values_list("pk", "carer_id")
    bulk.update(FosterCarer, ["names"], [(pk, names.of_household(number, seed)) for pk, number in rows], load)
    bulk.update(Episode, ["carer_id", "carers"], list(_with_carers(as_of)), load)
    _name_homes(as_of, load)
    bulk.update(SchoolAttended, ["school"], list(_schools(as_of, seed)), load)
    follow(frozenset(), frozenset({ChildrensHome.table}))


def _name_homes(as_of: date, load: bulk.Load) -> None:
    lived_in = sorted({episode.urn for episode in _living(as_of, HOMES) if episode.urn})
    homes = sorted(ChildrensHome.objects.all(), key=lambda row: (row.closed_on is not None, row.pk))
    numbers = dict(zip((row.home_id for row in homes), lived_in, strict=False))
    called = [
        (row.pk, HOUSES[place % len(HOUSES)], numbers.get(row.home_id, row.home_id)) for place, row in enumerate(homes)
    ]
    bulk.update(ChildrensHome, ["name", "home_id"], called, load)
    for model in (HomeVisit, HomeReview):
        rows = model.objects.order_by("pk").values_list("pk", "home_id")
        bulk.update(model, ["home_id"], [(pk, numbers.get(number, number)) for pk, number in rows], load)


def _schools(as_of: date, seed: int) -> Iterator[tuple[int, str]]:
    """The name of each school in place of its number, of a kind that goes with the ages at which the child is there."""
    rows = SchoolAttended.objects.select_related("child").order_by("pk")
    for row in rows:
        first, last = (row.child.age_on(day) for day in (row.started_on, row.ended_on or as_of))
        yield row.pk, names.of_school(row.school or "", _kind(first, last), seed)


def _kind(first: int | None, last: int | None) -> str:
    if last is None or last <= SECONDARY:
        return "primary"
    return "secondary" if first is not None and first >= SECONDARY - 1 else "all-through"


def _living(as_of: date, types: tuple[str, ...]) -> list[Episode]:
    held = Q(ended_on=None) | Q(ended_on__gt=as_of)
    found = Episode.objects.filter(held, started_on__lte=as_of, placement_type__in=types, placement_provider=OWN)
    return list(found.select_related("child").order_by("child__family_id", "child", "pk"))


def _with_carers(as_of: date) -> Iterator[tuple[int, str, str | None]]:
    approved = FosterCarer.objects.filter(ended_on=None, approved_on__lte=as_of).order_by("pk")
    for types, kinds in ((WITH_FAMILY, Q(kind=CONNECTED)), (WITH_OTHERS, ~Q(kind=CONNECTED))):
        places = [row for row in approved.filter(kinds) for _ in range(MOST)]
        families: dict[str, FosterCarer] = {}
        for episode in _living(as_of, types):
            family = _family(episode.child)
            if family not in families and not places:
                break
            carer = families.get(family) or families.setdefault(family, places[0])
            places = [row for row in places if row.pk != carer.pk]
            yield episode.pk, carer.carer_id, carer.names


def _family(child: Child) -> str:
    return child.family_id or f"child {child.pk}"
