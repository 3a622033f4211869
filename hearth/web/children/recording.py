"""How a record is written: the child's row locked, one transaction, one line in the log, what follows kept in step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction

from hearth.web.access import audit
from hearth.web.access.models import User
from hearth.web.children import carrying
from hearth.web.children.conflict import Conflict
from hearth.web.children.models import Child
from hearth.web.children.records import AuthorityRecord, Kept

R = TypeVar("R", bound=Kept)
Result = TypeVar("Result")
InStep = Callable[[frozenset[int], frozenset[str]], None]

KEPT_FOR_US = frozenset({"id", "child", "batch", "recorded_by", "recorded_at", "is_withdrawn", "revision"})
"""Columns that no form gives: nobody corrects them."""
_IN_STEP: list[InStep] = []


def keep_in_step(store: InStep) -> InStep:
    """Has ``store(children's keys, tables touched)`` called inside the transaction of every write, once a write."""
    if store not in _IN_STEP:
        _IN_STEP.append(store)
    return store


@dataclass
class Writing:
    """One act of writing: add and change rows through it, and they carry who, why and which revision."""

    child: Child | None
    by: User
    why: str = ""
    touched: dict[tuple[str, int], str] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    others: set[tuple[str, ...]] = field(default_factory=set)

    def add(self, row: R) -> R:
        """Saves a new row. Raises Django's validation error, in sentences, when it breaks a truth."""
        row.recorded_by = self.by
        _check(row, _given(row))
        return self._save(row, "+")

    def change(self, row: R, **values: Any) -> R:
        """Saves another version of a row with the values given; nothing happens when they are what it has."""
        changed = {column: value for column, value in values.items() if getattr(row, column) != value}
        if not changed:
            return row
        for column, value in changed.items():
            setattr(row, column, value)
        _check(row, changed)
        row.revision, row.batch = row.revision + 1, None
        return self._save(row, "~")

    def _save(self, row: R, how: str) -> R:
        row._history_user = self.by  # type: ignore[attr-defined]  # read by the history
        row._change_reason = self.why or None  # type: ignore[attr-defined]  # read by the history
        row.save()
        self.touched.setdefault((name_of(type(row)), row.pk), how)
        self.said |= carrying.said_by(row)
        if isinstance(row, AuthorityRecord):
            self.others.add(row.whose)
        return row

    @property
    def tables(self) -> frozenset[str]:
        """The tables written to."""
        return frozenset(table for table, _ in self.touched)


@contextmanager
def writing(child: Child | None, by: User, what: str, why: str = "") -> Iterator[Writing]:
    """One act on a child's record (or, with None, on what is about no one child).

    ``what`` is the verb of the log's line ("visit recorded"). When something was written, the log has one line more and
    what follows from the record is in step, or, after any error, nothing has happened at all.
    """
    with transaction.atomic():
        act = Writing(child and lock([child])[0], by, why)
        yield act
        finish(act, what)


def finish(act: Writing, what: str) -> None:
    """Ends an act: its line in the log, and what follows from it; nothing when nothing was written."""
    if act.touched:
        rows = [[table, pk, how] for (table, pk), how in act.touched.items()]
        about = {"about": sorted(map(list, act.others))} if act.others else {}
        audit.record(act.by, what, act.child, why=act.why, details={"rows": rows, **about})
        carrying.note(act.said)
        follow(frozenset({act.child.pk} if act.child else ()), act.tables)


def lock(children: Iterable[Child]) -> list[Child]:
    """The children's rows, fresh and locked until the transaction ends, always in the same order."""
    return list(_locked(children))


def hold(children: Iterable[Child]) -> None:
    """Locks the children's rows in the same way, without reading them; SQLite lets one write at a time anyway."""
    if connection.features.has_select_for_update:
        list(_locked(children).values_list("pk"))


def _locked(children: Iterable[Child]) -> models.QuerySet[Child]:
    return Child.everything.select_for_update().filter(pk__in={child.pk for child in children}).order_by("pk")


def follow(children: frozenset[int], tables: frozenset[str]) -> None:
    """Tells what is derived from the record that these children's tables changed."""
    for store in _IN_STEP:
        store(children, tables)


def record(row: R, *, by: User, what: str, why: str = "") -> R:
    """Adds one row as one act: ``record(Visit(child=child, ...), by=user, what="visit recorded")``."""
    with writing(child_of(row), by, what, why) as act:
        return act.add(row)


def correct(row: R, *, by: User, why: str, seen_revision: int | None = None, **values: Any) -> R:
    """Corrects a row and keeps the version before.

    ``seen_revision`` is the revision on which the correction was written: raises ``Conflict``, which holds both
    versions, when somebody else has changed the row since. None corrects whatever stands.
    """
    with writing(child_of(row), by, f"{title_of(type(row))} corrected", needed(why)) as act:
        return act.change(current(row, seen_revision, values), **values)


def withdraw(row: R, *, by: User, why: str, seen_revision: int | None = None) -> R:
    """Withdraws a row recorded by mistake: it is kept, with the reason, and counts no more."""
    with writing(child_of(row), by, f"{title_of(type(row))} withdrawn", needed(why)) as act:
        return act.change(current(row, seen_revision, {}), is_withdrawn=True)


def together(children: Sequence[Child], action: Callable[..., Result], **facts: Any) -> list[Result]:
    """The same act for several children, such as siblings: all or none, a line in the log for each."""
    with transaction.atomic():
        lock(children)
        return [action(child=child, **facts) for child in children]


def name_of(model: type[models.Model]) -> str:
    """The name by which derived stores know a model: its table's, else the model's own."""
    return getattr(model, "table", "") or model._meta.label_lower


def title_of(model: type[models.Model]) -> str:
    """The model in words."""
    return str(model._meta.verbose_name)


def child_of(row: Kept) -> Child | None:
    """The child whose record the row belongs to; None for what is about no one child."""
    return row if isinstance(row, Child) else getattr(row, "child", None)


def current(row: R, seen_revision: int | None, values: dict[str, Any]) -> R:
    """The row as it stands, locked; raises ``Conflict`` when it is not the revision that was seen."""
    now = type(row).everything.select_for_update(of=("self",)).get(pk=row.pk)
    if now.is_withdrawn:
        raise ValidationError(f"This {title_of(type(row))} was withdrawn: record it again instead")
    if seen_revision is not None and now.revision != seen_revision:
        raise Conflict(now, seen_revision, values)
    return now


def needed(why: str) -> str:
    """The reason given; a correction without one is refused."""
    if not why.strip():
        raise ValidationError("Say why: the reason is kept with the earlier version")
    return why.strip()


def _given(row: Kept) -> set[str]:
    return {column.name for column in row._meta.fields}


def _check(row: Kept, columns: Iterable[str]) -> None:
    """Columns that changed, then the truths; a key to another row is the database's to check."""
    to_check = set(columns) - KEPT_FOR_US
    unchecked = {f.name for f in row._meta.fields if f.name not in to_check or isinstance(f, models.ForeignKey)}
    row.clean_fields(exclude=unchecked)
    row.clean()
    row.validate_constraints()
