"""Journeys that stand still: their stages kept in step with the record, and the list of them for some children."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from hearth.timescales.drift.catalogue import DRIFTS
from hearth.timescales.drift.engine import reading
from hearth.timescales.history import History
from hearth.timescales.limits import Limits
from hearth.web.children.models import Child
from hearth.web.config.today import today
from hearth.web.work import frames
from hearth.web.work.models import Stage
from hearth.web.work.store import make_same

AT_ONCE = 2_000
Keys = Mapping[tuple[str, str], int]


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


def still(seen: QuerySet[Child], limits: Limits) -> Sequence[Still]:
    """The journeys of these children that stand still today, the longest first."""
    stages = Stage.objects.still_on(today()).filter(child__in=seen)
    told = frames.still(stages.values_list("child_id", *frames.STAGE), today(), limits)
    children = Child.objects.in_bulk({row["child"] for row in told})
    return [
        Still(
            children[row["child"]],
            row["drift"],
            row["title"],
            row["owner"],
            row["since_on"],
            row["days_still"],
            row["why"],
        )
        for row in told
        if row["child"] in children
    ]
