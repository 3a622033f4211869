"""What the record can say at all: what a load has ever carried, or somebody has ever recorded; decision 28."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from django.db import connection

from hearth.web.children import mirror
from hearth.web.children.models import Carried
from hearth.web.children.records import Kept
from hearth.web.config.questions import asking
from hearth.web.intake.models import Batch

NAMED_BY = ("kind", "recipient")
"""The columns whose codes name kinds of act in the needs of duties: "notifications.police"."""

LOADED, RECORDED, SNAPSHOT = "loaded", "recorded", "snapshot"


def said_by(row: Kept) -> frozenset[str]:
    """What a row recorded in Hearth shows to be recorded here: its table, its answered columns, its kind."""
    if not row.table:
        return frozenset()
    answered = {name: getattr(row, name) for name in mirror.columns(row.table)}
    names = {name for name, value in answered.items() if value not in (None, "")}
    kinds = {value for name in NAMED_BY if (value := answered.get(name))}
    return frozenset({row.table, *(f"{row.table}.{name}" for name in names | kinds)})


def note(names: Collection[str]) -> None:
    """Keeps what is recorded in Hearth for the first time; once kept it stays."""
    known = set(Carried.objects.filter(name__in=names).values_list("name", flat=True)) if names else set()
    new = sorted(set(names) - known)
    if new:
        Carried.objects.bulk_create([Carried(name=name) for name in new], ignore_conflicts=True)


@dataclass(frozen=True)
class Told:
    """What the record carries, as ``Record.carries`` has it; the day that the last snapshot loaded speaks of."""

    carries: frozenset[str]
    snapshot_on: date | None


def carried() -> frozenset[str]:
    """What the record carries, as ``Record.carries`` has it; everything where nothing was loaded."""
    return told().carries


def told() -> Told:
    """What loads and what was recorded here say that the record can say: one question."""
    with asking() as cursor:
        cursor.execute(_question(connection.vendor))
        return _told(frozenset(cursor.fetchall()))


@cache
def _question(_vendor: str) -> str:
    """What each load carries, what was recorded, and the day of the last snapshot: what is said of, and the text."""
    text = "CAST({} AS text)".format
    load, name = (connection.ops.quote_name(model._meta.db_table) for model in (Batch, Carried))
    stands = f"FROM {load} WHERE undone_at IS NULL"  # names only  # nosec B608
    days = f"SELECT snapshot_on {stands} AND snapshot_on IS NOT NULL ORDER BY loaded_at DESC LIMIT 1"
    each = (
        f"SELECT DISTINCT '{LOADED}', {text('carries')} {stands}",  # nosec B608 - names only
        f"SELECT '{RECORDED}', name FROM {name}",  # noqa: S608  # nosec B608 - names only
        f"SELECT '{SNAPSHOT}', {text('snapshot_on')} FROM ({days}) AS newest",  # noqa: S608  # nosec B608 - names only
    )
    return " UNION ALL ".join(each)


@lru_cache(maxsize=16)
def _told(rows: frozenset[tuple[str, str | None]]) -> Told:
    loads = [json.loads(text) if text else None for of, text in rows if of == LOADED]
    days = [date.fromisoformat(text) for of, text in rows if of == SNAPSHOT and text]
    said = [frozenset(names) for names in loads if names is not None]
    recorded = [text for of, text in rows if of == RECORDED and text]
    is_all_said = bool(said) and len(said) == len(loads)
    carries = together([*said, recorded]) if is_all_said else frozenset(mirror.STORED)
    return Told(carries, days[0] if days else None)


def together(sources: Iterable[Iterable[str]]) -> frozenset[str]:
    """What several sources carry between them; a table that one load carries whole is carried whole."""
    whole: set[str] = set()
    named: set[str] = set()
    for source in sources:
        names = set(source)
        in_part = {name.partition(".")[0] for name in names if "." in name}
        whole |= {name for name in names if "." not in name and name not in in_part}
        named |= names
    return frozenset(whole | {name for name in named if name.partition(".")[0] not in whole})
