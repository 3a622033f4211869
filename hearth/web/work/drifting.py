"""Journeys that stand still: their stages kept in step with the record, and the list of them for some children."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hearth.timescales.drift.catalogue import DRIFTS
from hearth.timescales.drift.engine import reading, why
from hearth.timescales.history import History
from hearth.timescales.limits import Limits
from hearth.web.children.models import Child
from hearth.web.children.reach import among
from hearth.web.config.today import today
from hearth.web.work import frames
from hearth.web.work.models import Stage
from hearth.web.work.store import make_same

AT_ONCE = 2_000
Keys = Mapping[tuple[str, str], int]
Journey = tuple[int, str, date, date]
"""A journey that stands still: the child, the rule, since when it is at the stage, from when it stands still."""


@dataclass(frozen=True)
class Still:
    """A journey that stands still: whose, by which rule, whose to move it, for how many days, and why."""

    child: Child
    drift: str
    title: str
    owner: str
    since_on: date
    days: int
    why: str


def read(tables: Collection[str]) -> frozenset[str]:
    """The tables read by the rules that read one of these."""
    return frozenset().union(*(DRIFTS[rule].reads for rule in reading(tables)))


def keep(history: History, keys: Keys, tables: Collection[str], children: Collection[int]) -> None:
    """Works out again the stages that the tables touched can have changed; inside the caller's transaction.

    ``history`` is of at least the tables of ``read``, of the children of ``keys``.
    """
    rules = reading(tables)
    if not rules:
        return
    rows = frames.stages(history, keys, today(), tables)
    make_same(Stage, frames.STAGE, rows, children=children, drift=rules)


def rebuild(history: History, keys: Keys) -> None:
    """Works out the stages of every child; inside the caller's transaction."""
    rows = frames.stages(history, keys, today())
    Stage.objects.all().delete()
    _insert(rows)


def _insert(rows: Iterable[frames.Row]) -> None:
    made = (Stage(**dict(zip(("child_id", *frames.STAGE), row, strict=True))) for row in rows)
    Stage.objects.bulk_create(made, batch_size=AT_ONCE)


def still(children: Collection[int]) -> list[Journey]:
    """The journeys of these children that stand still today, the longest first; of a child by one rule the longest."""
    rows = Stage.objects.still_on(today()).filter(child__in=among(children)).order_by("opened_on", "pk")
    found: dict[tuple[int, str], Journey] = {}
    for child, drift, opened_on, still_from in rows.values_list("child_id", "drift", "opened_on", "still_from"):
        if still_from is not None:
            found.setdefault((child, drift), (child, drift, opened_on, still_from))
    return sorted(found.values(), key=lambda one: (one[3], one[0], one[1]))


def told(found: Sequence[Journey], limits: Limits) -> list[Still]:
    """The journeys in words, in the order given."""
    children, day = Child.objects.in_bulk({child for child, *_ in found}), today()
    made = []
    for key, rule, since_on, still_from in found:
        drift, child, days = DRIFTS[rule], children[key], (day - still_from).days + 1
        said = why(drift, child.authority, since_on, days, limits)
        made.append(Still(child, rule, drift.title, drift.owner, since_on, days, said))
    return made
