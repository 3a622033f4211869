"""What the record can say at all: what a load has ever carried, or somebody has ever recorded; decision 28."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from hearth.web.children import mirror
from hearth.web.children.models import Carried
from hearth.web.children.records import Kept
from hearth.web.intake.models import Batch

NAMED_BY = ("kind", "recipient")
"""The columns whose codes name kinds of act in the needs of duties: "notifications.police"."""


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


def carried() -> frozenset[str]:
    """What the record carries, as ``Record.carries`` has it; everything where nothing was loaded."""
    loads = Batch.objects.filter(undone_at=None).order_by().values_list("carries", flat=True).distinct()
    said = [frozenset(names) for names in loads if names is not None]
    if not said or len(said) < len(loads):
        return frozenset(mirror.STORED)
    return together([*said, Carried.objects.values_list("name", flat=True)])


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
