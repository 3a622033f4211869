"""Placements and commissioning: where children live, what ends or may not be, what is due of carers and homes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from hearth.measures.placement_distance import FAR
from hearth.tables import codes
from hearth.tables.journeys import SHORT_BREAKS
from hearth.timescales.placing import UNREGULATED
from hearth.web.access.models import User
from hearth.web.access.roles import Role
from hearth.web.children.models import Arrangement, Episode, Request
from hearth.web.config.today import today
from hearth.web.design import words
from hearth.web.work.areas.told import Listed, Owing, Row, Said, owed_by_child, owing, seen_of
from hearth.web.work.team.cases import current

PAGE, LIST = "placements", "placements_list"
(OWN,) = codes.members("placement_provider", "PR1")
ENDING = codes.members("request", "placement_ending", "placement_at_risk")
(WANTED,) = codes.members("request", "placement_wanted")
(UNREGISTERED,) = codes.members("arrangement", "unregistered_home")
(SUPPORTED,) = codes.members("placement_type", "K3")
"""Registered with Ofsted since 28 October 2023: regulated from 16 on (SI 2023/416), not for a younger child."""
(LEGAL_ONLY,) = codes.members("reason_new_episode", "L")
OLD_ENOUGH = 16
AREA_UNSAID = "Not known whether the placement lies in the area"
UNSAID = "none"
"""Stands in an address for a kind of placement that is not recorded."""


@dataclass(frozen=True)
class Kind:
    """Children in one kind of placement: all, with us as provider, outside the area, far from home."""

    words: str
    cells: Sequence[Listed]


@dataclass(frozen=True)
class Places:
    """The page: by kind of placement with a last row of all; of whom the area is not known; lists; what is owed."""

    kinds: Sequence[Kind]
    unsaid: Listed
    lists: Sequence[Listed]
    owed: Owing
    seen: frozenset[int]

    @property
    def whole(self) -> Kind:
        """The last row, of all children placed."""
        return self.kinds[-1]

    @property
    def of_a_kind(self) -> Sequence[Kind]:
        """The rows before it."""
        return self.kinds[:-1]

    @property
    def all(self) -> Sequence[Listed]:
        """The numbers of all children placed."""
        return self.whole.cells

    @property
    def tiles(self) -> list[tuple[Listed, str]]:
        """The numbers at the head of the page, in words."""
        whole, _, outside, far = self.all
        said = [(whole, "child placed" if len(whole) == 1 else "children placed"), (outside, "outside the area")]
        return [*said, (far, f"over {FAR:g} miles from home"), *((one, one.heading.lower()) for one in self.lists)]

    @property
    def every(self) -> Mapping[str, Listed]:
        """Each list of the page by its code."""
        cells = [cell for kind in self.kinds for cell in kind.cells]
        return {one.code: one for one in (*cells, self.unsaid, *self.lists)}


def placed() -> QuerySet[Episode]:
    """The open episodes of children looked after today; a series of short breaks is not counted."""
    return Episode.objects.filter(current(today())).exclude(legal_status__in=SHORT_BREAKS)


def places(user: User) -> Places:
    """What the person sees on the page: every row is asked for once, and who of them may be seen once."""
    day = today()
    facts = ("child_id", "placement_type", "placement_provider", "is_in_area", "distance_miles", "started_on")
    children = list(placed().order_by("started_on", "child_id").values_list(*facts, "child__born_on"))
    asked, ending, unregistered = _asked((WANTED,), day), _asked(ENDING, day), _unregistered(day)
    owed = owed_by_child(Role.PLACEMENTS)
    seen = seen_of(user, PAGE, (children, asked, ending, unregistered, owed))
    mine, asked, ending, unregistered = (
        [row for row in rows if row[0] in seen] for rows in (children, asked, ending, unregistered)
    )
    unsaid = _of_placement("unsaid", AREA_UNSAID, mine).only("unsaid", AREA_UNSAID, _is_unsaid)
    return Places(_kinds(mine), unsaid, _lists(mine, asked, ending, unregistered),
                  owing(Role.PLACEMENTS, LIST, user, owed, seen), seen)  # fmt: skip


def _is_unsaid(_kind: str, _provider: str, is_in_area: bool | None, *_: Any) -> bool:
    return is_in_area is None


def _is_own(_kind: str, provider: str, *_: Any) -> bool:
    return provider == OWN


def _is_outside(_kind: str, _provider: str, is_in_area: bool | None, *_: Any) -> bool:
    return is_in_area is False


def _is_far(_kind: str, _provider: str, _is_in_area: bool | None, miles: float | None, *_: Any) -> bool:
    return (miles or 0) > FAR


def _of_placement(code: str, heading: str, rows: Sequence[Row]) -> Listed:
    return Listed(LIST, code, heading, rows, _say_placement, "No child is placed so today.")


def _say_placement(kind: str, _: str, is_in_area: bool | None, miles: float | None, on: date, *__: Any) -> Said:
    where = {True: "in the area", False: "outside the area", None: "not known whether in the area"}[is_in_area]
    far = "" if miles is None else f", {miles:g} miles from home"
    return Said(f"{codes.label('placement_type', kind)}, {where}{far}", f"since {words.day(on)}", on=on)


def _kinds(rows: Sequence[Row]) -> list[Kind]:
    """How many children live in each kind of placement, in the order of the code list, and a row of all."""
    by_kind = defaultdict[str | None, list[Row]](list)
    for row in rows:
        by_kind[row[1]].append(row)
    order = {code: place for place, code in enumerate(codes.load("placement_type"))}
    kinds = sorted(by_kind, key=lambda code: order.get(code or "", len(order)))
    made = [_kind(f"-{code or UNSAID}", codes.label("placement_type", code), by_kind[code]) for code in kinds]
    return [*made, _kind("", "All children placed", rows)]


def _kind(code: str, said: str, rows: Sequence[Row]) -> Kind:
    whole = _of_placement(f"placed{code}", said, rows)
    cells = (
        whole,
        whole.only(f"own{code}", f"{said}: our own", _is_own),
        whole.only(f"outside{code}", f"{said}: outside the area", _is_outside),
        whole.only(f"far{code}", f"{said}: over {FAR:g} miles from home", _is_far),
    )
    return Kind(said, cells)


def _lists(mine: Sequence[Row], asked: Sequence[Row], ending: Sequence[Row], here: Sequence[Row]) -> list[Listed]:
    """Placements wanted, ending or at risk, and those that may not be: of these the youngest first."""
    barred = [row for row in mine if row[1] in UNREGULATED and (row[1] != SUPPORTED or _is_young(row[6]))]
    young = sorted(barred, key=lambda row: row[6] or date.min, reverse=True)
    may_not_be = [*here, *((row[0], row[1], row[5], row[6]) for row in young)]
    return [
        Listed(LIST, "asked", "Placements asked for", asked, _say_request, "No request for a placement is open."),
        Listed(
            LIST, "ending", "Placements that end or are at risk", ending, _say_request,
            "No placement is recorded as ending or at risk.",
        ),
        Listed(
            LIST, "unregulated", "Unregulated and unregistered placements", may_not_be, _say_unregulated,
            "No child lives in unregulated or unregistered accommodation.",
        ),
    ]  # fmt: skip


def _asked(which: Sequence[str], day: date) -> list[Row]:
    """Requests of these kinds that are open: child, kind, promised for, raised on."""
    still_open = (Q(answered_on=None) | Q(answered_on__gt=day)) & (Q(ended_on=None) | Q(ended_on__gt=day))
    found = Request.objects.filter(still_open, kind__in=which, raised_on__lte=day)
    if which == ENDING:
        found = found.filter(child__in=placed().order_by().values("child"), raised_on__gte=Subquery(_came(day)))
    rows = found.order_by("promised_on", "raised_on", "pk")
    return list(rows.values_list("child_id", "kind", "promised_on", "raised_on"))


def _say_request(kind: str, promised_on: date | None, raised_on: date) -> Said:
    when = f"by {words.day(promised_on)}" if promised_on else f"since {words.day(raised_on)}"
    colour = "red" if promised_on and promised_on < today() else ""
    return Said(codes.label("request", kind), when, colour, promised_on or raised_on)


def _came(day: date) -> QuerySet[Episode, Any]:
    """The day on which the child of a row came to the placement of today: what was said of an earlier one is over."""
    begun = Episode.objects.filter(child=OuterRef("child"), started_on__lte=day).exclude(reason_started=LEGAL_ONLY)
    return begun.order_by("-started_on").values("started_on")[:1]


def _unregistered(day: date) -> list[Row]:
    """Children in a home that is not registered: child, no kind of placement, since when, no birthday."""
    held = Arrangement.objects.filter(current(day), kind=UNREGISTERED).order_by("started_on", "pk")
    return [(child, None, on, None) for child, on in held.values_list("child_id", "started_on")]


def _say_unregulated(kind: str | None, on: date, born_on: date | None) -> Said:
    """Accommodation that is no regulated home: of a child under 16 it is against the law."""
    since = f"since {words.day(on)}"
    if kind is None:
        return Said("Unregistered children's home", since, "red", on)
    what = f"{codes.label('placement_type', kind)}, aged {words.age(born_on, today())}"
    return Said(what, since, "red" if _is_young(born_on) else "", on)


def _is_young(born_on: date | None) -> bool:
    return born_on is not None and words.age_in_years(born_on, today()) < OLD_ENOUGH
