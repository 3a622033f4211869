"""Placements and commissioning: where children live, what ends or may not be, what is due of carers and homes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from hearth.measures.placement_distance import FAR
from hearth.tables import codes
from hearth.tables.journeys import SHORT_BREAKS
from hearth.timescales.placing import UNREGULATED
from hearth.web.children.models import Arrangement, Child, ChildrensHome, Episode, FosterCarer, Request
from hearth.web.config.today import today
from hearth.web.design import words
from hearth.web.work.areas.told import Listed, Told
from hearth.web.work.elsewhere import Due, due_of
from hearth.web.work.team.board import current

(OWN,) = codes.members("placement_provider", "PR1")
ENDING = codes.members("request", "placement_ending", "placement_at_risk")
(WANTED,) = codes.members("request", "placement_wanted")
(UNREGISTERED,) = codes.members("arrangement", "unregistered_home")
(LEGAL_ONLY,) = codes.members("reason_new_episode", "L")
OLD_ENOUGH = 16


@dataclass
class Kind:
    """Children in one kind of placement; ``unsaid``: of whom it is not known whether they live in the area."""

    words: str
    children: int = 0
    own: int = 0
    outside: int = 0
    far: int = 0
    unsaid: int = 0


def placed(seen: QuerySet[Child]) -> QuerySet[Episode]:
    """The open episodes of children looked after today; a series of short breaks is not counted."""
    held = Episode.objects.filter(current(today()), child__in=seen)
    return held.exclude(legal_status__in=SHORT_BREAKS).select_related("child")


def kinds(episodes: Iterable[Episode]) -> list[Kind]:
    """How many children live in each kind of placement, in the order of the code list, and a row of all."""
    found: dict[str | None, Kind] = {}
    total = Kind("All children placed")
    for row in episodes:
        kind = found.setdefault(row.placement_type, Kind(codes.label("placement_type", row.placement_type)))
        for one in (kind, total):
            one.children += 1
            one.own += row.placement_provider == OWN
            one.outside += row.is_in_area is False
            one.far += (row.distance_miles or 0) > FAR
            one.unsaid += row.is_in_area is None
    order = {code: place for place, code in enumerate(codes.load("placement_type"))}
    return [*(found[code] for code in sorted(found, key=lambda code: order.get(code or "", len(order)))), total]


def lists(seen: QuerySet[Child], episodes: Iterable[Episode]) -> list[Listed]:
    """Placements wanted, ending or at risk, and those that may not be."""
    day = today()
    return [
        Listed("Placements asked for", _asked(seen, (WANTED,), day), "No request for a placement is open."),
        Listed(
            "Placements that end or are at risk",
            _asked(seen, ENDING, day),
            "No placement is recorded as ending or at risk.",
        ),
        Listed(
            "Unregulated and unregistered placements",
            [*_unregistered(seen, day), *_unregulated(episodes, day)],
            "No child lives in unregulated or unregistered accommodation.",
        ),
    ]


def _asked(seen: QuerySet[Child], which: Sequence[str], day: date) -> list[Told]:
    still_open = (Q(answered_on=None) | Q(answered_on__gt=day)) & (Q(ended_on=None) | Q(ended_on__gt=day))
    found = Request.objects.filter(still_open, child__in=seen, kind__in=which, raised_on__lte=day)
    if which == ENDING:
        found = found.filter(child__in=placed(seen).values("child"), raised_on__gte=Subquery(_came(day)))
    return [
        Told(
            row.child,
            codes.label("request", row.kind),
            f"by {words.day(row.promised_on)}" if row.promised_on else f"since {words.day(row.raised_on)}",
            "red" if row.promised_on and row.promised_on < day else "",
        )
        for row in found.select_related("child").order_by("promised_on", "raised_on", "pk")
    ]


def _came(day: date) -> QuerySet[Episode, Any]:
    """The day on which the child of a row came to the placement of today: what was said of an earlier one is over."""
    begun = Episode.objects.filter(child=OuterRef("child"), started_on__lte=day).exclude(reason_started=LEGAL_ONLY)
    return begun.order_by("-started_on").values("started_on")[:1]


def _unregistered(seen: QuerySet[Child], day: date) -> list[Told]:
    held = Arrangement.objects.filter(current(day), child__in=seen, kind=UNREGISTERED).select_related("child")
    return [
        Told(row.child, "Unregistered children's home", f"since {words.day(row.started_on)}", "red")
        for row in held.order_by("started_on", "pk")
    ]


def _unregulated(episodes: Iterable[Episode], day: date) -> list[Told]:
    """Those in accommodation that is not a regulated home, the youngest first: under 16 it is against the law."""
    held = [row for row in episodes if row.placement_type in UNREGULATED]
    told = []
    for row in sorted(held, key=lambda row: row.child.born_on or date.min, reverse=True):
        age = row.child.age_on(day)
        is_young = age is not None and age < OLD_ENOUGH
        what = f"{codes.label('placement_type', row.placement_type)}, aged {words.age(row.child.born_on, day)}"
        told.append(Told(row.child, what, f"since {words.day(row.started_on)}", "red" if is_young else ""))
    return told


def carers_due() -> list[Due]:
    """What is due of foster carers: reviews of approval, unannounced visits, training standards, complaints."""
    names = {row.carer_id: row.names for row in FosterCarer.objects.all() if row.names}
    return due_of("foster_carer", names, "Household")


def homes_due() -> list[Due]:
    """What is due of children's homes: the independent person's visits and reports, reviews of quality."""
    names = {row.home_id: row.name for row in ChildrensHome.objects.all() if row.name}
    return due_of("childrens_home", names, "Home")


def carers() -> list[tuple[str, int]]:
    """How many households are approved today, by kind of approval, the most first."""
    held = FosterCarer.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today()), approved_on__lte=today())
    counted = Counter(codes.label("foster_carer_kind", kind) for kind in held.values_list("kind", flat=True))
    return counted.most_common()
