"""Keeps what is owed and what stands still in step with the record: a part on each write, all of it when asked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import islice
from operator import itemgetter
from types import MappingProxyType

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from hearth.tables.catalogue import TABLES
from hearth.tables.record import Record
from hearth.timescales.catalogue import DUTIES
from hearth.timescales.drift.catalogue import DRIFTS
from hearth.timescales.duty import Duty
from hearth.timescales.history import History
from hearth.timescales.limits import Limits, in_force
from hearth.timescales.numbering import CHILD
from hearth.timescales.owed import reading, unavailable
from hearth.web.children import carrying
from hearth.web.children.frames import record_of
from hearth.web.children.models import Child
from hearth.web.config.questions import kept
from hearth.web.config.today import today
from hearth.web.work import drifting, elsewhere, frames
from hearth.web.work.models import Owed, Reckoning
from hearth.web.work.signing import waiting
from hearth.web.work.store import make_same

AT_ONCE = 2_000
STORES = ("owed", "stages", "elsewhere", "awaited")
"""What is kept in step with the record: where one is added, all are worked out anew."""


@cache
def limits() -> Limits:
    """The limits in force: the council's own where ``hearth.toml`` lies in Hearth's folder."""
    return in_force(settings.HEARTH_FOLDER)


def fingerprint() -> str:
    """What changes when the duties, the rules of drift or the limits do, or what the record can say at all."""
    return _digest(declarations(), ",".join(sorted(untold())))


@lru_cache(maxsize=8)
def _digest(declared: str, told: str) -> str:
    return hashlib.sha256(f"{declared} {STORES} {told}".encode()).hexdigest()


def untold() -> Mapping[str, str]:
    """The duties of which the record says nothing, because no load carries it and nobody recorded it; each with why."""
    return _untold(carrying.carried())


@cache
def _untold(carries: frozenset[str]) -> Mapping[str, str]:
    return MappingProxyType(unavailable(Record({}, "hearth", carries)))


@cache
def declarations() -> str:
    """The duties, the rules of drift and the limits, as text."""
    said = [
        (d.id, d.rules, d.within if isinstance(d.within, str) else str(len(d.within)), _overtaken(d))
        for d in DUTIES.values()
    ]
    rules = [(drift.id, drift.within, drift.limits) for drift in DRIFTS.values()]
    return repr((said, rules, limits().rows, sorted(limits().terms)))


def _overtaken(duty: Duty) -> tuple[str, ...]:
    return tuple(each.once for each in duty.clock.overtaken)


def is_stale() -> bool:
    """Whether what is stored was worked out by other duties or limits than those in force, or never."""
    return [fingerprint()] != _last()


@kept
def _last() -> QuerySet[Reckoning, str]:
    return Reckoning.objects.values_list("fingerprint", flat=True)[:1]


def keep(children: frozenset[int], tables: frozenset[str]) -> None:
    """Works out again what the tables touched can have changed for the children; inside the caller's transaction."""
    waiting.keep(children, tables)
    touched = tables & set(TABLES)
    elsewhere.keep(touched, limits())
    if not children or not touched:
        return
    history = History(record_of(sorted(children), _read(touched)), limits())
    keys = _keys_in(history.record, children)
    rows = frames.owed(history, keys, today(), touched)
    make_same(Owed, frames.KEPT, rows, children=children, duty=reading(touched, "child"))
    drifting.keep(history, keys, touched, children)


@cache
def _read(touched: frozenset[str]) -> frozenset[str]:
    """The tables read by whatever follows from one of these: duties, and journeys that may stand still."""
    return drifting.read(touched).union(*(DUTIES[duty].clock.reads for duty in reading(touched, "child")))


def rebuild() -> int:
    """Works out everything that is owed, in one transaction; gives how many things are."""
    keys = keys_of(None)
    with transaction.atomic():
        history = History(record_of(None), limits())
        rows = frames.owed(history, keys, today())
        Owed.objects.all().delete()
        _insert(sorted(rows, key=itemgetter(0)))  # a child's together, as they are asked for
        drifting.rebuild(history, keys)
        elsewhere.keep(TABLES, limits())
        waiting.rebuild()
        Reckoning.objects.create(fingerprint=fingerprint(), rows=len(rows))
    return len(rows)


def _keys_in(record: Record, children: frozenset[int]) -> Mapping[tuple[str, str], int]:
    """The keys of the children of a record that was read of these; of one child the record says enough."""
    people = record["people"]
    if len(children) > 1:
        return keys_of(children)
    return {(authority, child): key for authority, child in people[[*CHILD]].rows() for key in children}


def keys_of(children: frozenset[int] | None) -> dict[tuple[str, str], int]:
    """The key of each child by authority and identifier, withdrawn ones too; None: of all."""
    found = Child.everything.all() if children is None else Child.everything.filter(pk__in=children)
    return {(authority, child): key for authority, child, key in found.values_list("authority", "child_id", "pk")}


def _insert(rows: list[frames.Row]) -> None:
    made = (Owed(**dict(zip(("child_id", *frames.KEPT), row, strict=True))) for row in rows)
    while some := list(islice(made, AT_ONCE)):
        Owed.objects.bulk_create(some)
