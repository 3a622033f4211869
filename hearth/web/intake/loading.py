"""A load: what it would do, and doing it in one transaction, so that it is there whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection, transaction

from hearth.tables.merging import Merged
from hearth.tables.record import KINDS, Record
from hearth.web.access import audit
from hearth.web.access.models import User
from hearth.web.children import bulk, mirror, recording
from hearth.web.children import frames as children_frames
from hearth.web.children.records import ChildRecord, Kept
from hearth.web.config.ready import NotReadyError, database_waits
from hearth.web.intake import frames, whose
from hearth.web.intake.frames import Plan
from hearth.web.intake.models import Batch, Problem, TableCount
from hearth.web.work import owing

Progress = Callable[[str, int, int], None]
"""Told before each table: its name, rows done, rows in all."""
MANY, SHARE = 50, 5
"""A load that would withdraw more rows of a table than this, and more than one in so many, is refused unless told."""
SET_ASIDE = "row set aside"
PORTION = 2000
LONGEST = 200


class LoadRefusedError(Exception):
    """The load was not done; the message is one sentence that says why and what to do."""


@dataclass(frozen=True)
class Options:
    """How a load is to be done."""

    said: str
    by: User | None
    today: date
    overwrite_owned: bool = False
    withdraw_many: bool = False
    of_others: bool = False


@dataclass(frozen=True)
class Count:
    """What a load does, or would do, to a table."""

    table: str
    new: int
    changed: int
    unchanged: int
    withdrawn: int
    kept: int
    set_aside: int


def nothing_said(_table: str, _done: int, _whole: int) -> None:
    """Progress that nobody wants to see."""


def ready() -> str:
    """Why the database cannot be loaded into, in a sentence; empty when it can."""
    try:
        waits = database_waits()
    except NotReadyError as error:
        return str(error)
    return f"{waits} changes of the tables wait: run `hearth manage migrate` first." if waits else ""


def counts(plan: Plan) -> list[Count]:
    """What the plan does to each table."""
    return [_count(name, merged) for name, merged in plan.tables.items()]


def _count(name: str, merged: Merged) -> Count:
    kept = len(set(merged.conflicts["row_id"]))
    aside = int((merged.told["effect"] == SET_ASIDE).sum())
    return Count(name, merged.new.height, merged.changed.height, merged.unchanged, len(merged.absent), kept, aside)


def many_withdrawn(plan: Plan) -> list[Count]:
    """Tables of which the plan would withdraw so many rows that the source may be broken."""
    found = counts(plan)
    return [c for c in found if c.withdrawn > MANY and c.withdrawn * SHARE > c.changed + c.unchanged + c.withdrawn]


def changes_nothing(plan: Plan) -> bool:
    """Whether every row is as it stands."""
    return not any(c.new or c.changed or c.withdrawn for c in counts(plan))


def load(record: Record, plan: Plan, options: Options, progress: Progress = nothing_said) -> Batch:
    """Does what the plan says, in one transaction; plans anew when the record has changed since.

    Returns the load. Raises LoadRefusedError when it would withdraw more than is likely to be right, or put children
    of another council on the record.
    """
    with transaction.atomic():
        _wait_for_others()
        if not options.of_others and (doubt := whose.doubt(record)):
            raise LoadRefusedError(doubt)
        if frames.stamp() != plan.stamp:
            plan = frames.plan(record, options.today, overwrite_owned=options.overwrite_owned)
        _refuse_emptying(plan, options)
        batch = _batch(record, plan, options)
        _write(plan, bulk.Load(batch, options.by, batch.loaded_at, f"load {batch.pk}"), progress)
        _keep_counts(batch, plan)
        _keep_problems(batch, plan)
        audit.record(options.by, "data loaded", page="load", why=options.said, details={"load": batch.pk})
        _follow(batch, frozenset(name for name, merged in plan.tables.items() if _writes(merged)))
    _tell_planner()
    return batch


def _follow(batch: Batch, tables: frozenset[str]) -> None:
    """What follows from the record, in step again; all of what is owed where it was never, or otherwise, worked out."""
    if owing.is_stale():
        owing.rebuild()
    else:
        recording.follow(touched(batch), tables)


def _wait_for_others() -> None:
    """On PostgreSQL nobody else writes to the record until the load is over; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in mirror.models().values())
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")


def _refuse_emptying(plan: Plan, options: Options) -> None:
    if options.withdraw_many:
        return
    for count in many_withdrawn(plan):
        raise LoadRefusedError(
            f"The source no longer has {count.withdrawn:,} rows of {count.table.replace('_', ' ')} that an earlier "
            "load gave: check that it is whole; if it is, load again and say that so many may be withdrawn."
        )


def _batch(record: Record, plan: Plan, options: Options) -> Batch:
    return Batch.objects.create(
        kind=record.kind,
        said=options.said[:500],
        loaded_by=options.by,
        carries=sorted(record.carries),
        snapshot_on=record.snapshot_on,
        speaks_to=plan.speaks_to,
        overwrote_owned=options.overwrite_owned,
    )


def _writes(merged: Merged) -> bool:
    return bool(merged.new.height or merged.changed.height or merged.absent)


def _write(plan: Plan, by: bulk.Load, progress: Progress) -> None:
    """The children first, since every other row needs the child's key."""
    whole = sum(merged.new.height + merged.changed.height for merged in plan.tables.values())
    done, known = 0, None
    for name, merged in plan.tables.items():
        if name != "people" and known is None:
            known = children_frames.keys()
        progress(name, done, whole)
        _write_table(name, merged, known, by)
        done += merged.new.height + merged.changed.height
    progress("", whole, whole)


def _write_table(name: str, merged: Merged, known: Any, by: bulk.Load) -> None:
    """What ends comes before what begins, so that no two rows stand at once that may not."""
    model = mirror.models()[name]
    if merged.absent:
        bulk.update(model, ["is_withdrawn"], [(key, True) for key in merged.absent], by)
    if merged.changed.height:
        columns, rows = frames.changed_rows(merged)
        suspend(model, [row[0] for row in rows])
        bulk.update(model, columns, rows, by)
    if merged.new.height:
        columns, rows = frames.new_rows(name, merged, known)
        bulk.insert(model, columns, rows, by)


def suspend(model: type[Kept], keys: list[int]) -> None:
    """Lets rows not stand while they are being changed, so that they cannot clash with one another half-way."""
    for start in range(0, len(keys), PORTION):
        model.everything.filter(pk__in=keys[start : start + PORTION]).update(is_withdrawn=True)


def _keep_counts(batch: Batch, plan: Plan) -> None:
    TableCount.objects.bulk_create(TableCount(batch=batch, **vars(count)) for count in counts(plan))


def _keep_problems(batch: Batch, plan: Plan) -> None:
    rows = iter(plan.problems)
    while portion := list(islice(rows, PORTION)):
        Problem.objects.bulk_create(Problem(batch=batch, **_short(row)) for row in portion)


def _short(row: dict[str, Any]) -> dict[str, Any]:
    cut = {name: row[name] and str(row[name]).replace("\0", "")[:LONGEST] for name in ("column", "value", "ours")}
    return {**row, **cut, "file": row["file"][:300], "child_id": row["child_id"] and row["child_id"][:500]}


def touched(batch: Batch) -> frozenset[int]:
    """The keys of the children of whose record the load wrote something."""
    return frozenset(child for model in mirror.models().values() for child in _children_of(model, batch))


def _children_of(model: type[Kept], batch: Batch) -> Iterator[int]:
    column = "child_id" if issubclass(model, ChildRecord) else "id" if model.table == "people" else ""
    if column:
        yield from model.everything.filter(batch=batch).order_by().values_list(column, flat=True).distinct()


def _tell_planner() -> None:
    """After many new rows the database looks again at how they lie, and then finds the quickest way to them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")


def said_of(record: Record, names: str) -> str:
    """A load in words: the kind of source and its name."""
    return f"{KINDS.get(record.kind, record.kind)}: {names}"
