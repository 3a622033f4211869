"""Undoing a load: each row as it was before it, unless later work stands on what it wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, Max, Min, Model, OuterRef
from django.utils import timezone

from hearth.web.access import audit
from hearth.web.access.models import User
from hearth.web.children import bulk, mirror, recording
from hearth.web.children.models import Child
from hearth.web.children.records import Kept
from hearth.web.intake.loading import LoadRefusedError, suspend, touched
from hearth.web.intake.models import Batch
from hearth.web.intake.queries import RESTRICTED, is_unknown, unknown_to

SHOWN = 20
OF_A_LOAD = re.compile(r"load \d+( undone)?")
PORTION = 2000


class LaterWorkError(LoadRefusedError):
    """Work done since stands on rows of the load; ``standing`` says which, in sentences."""

    def __init__(self, batch: Batch, standing: Sequence[str]) -> None:
        more = len(standing) - SHOWN
        self.standing = [*standing[:SHOWN], *([f"and {more:,} more"] if more > 0 else [])]
        super().__init__(
            f"Load {batch.pk} cannot be undone, because later work stands on {len(standing):,} of its rows: "
            "correct those by hand, or undo the later load first."
        )


@dataclass(frozen=True)
class _Written:
    """What a load wrote of one model: the key of each row, and its first and last version by the load."""

    model: type[Kept]
    first: dict[int, int]
    last: dict[int, int]
    added: frozenset[int]


def undo(batch: Batch, by: User | None) -> None:
    """Puts every row back as it was before the load; rows that it added are withdrawn. One transaction.

    Raises LoadRefusedError when it was undone before, LaterWorkError when later work stands on its rows.
    """
    with transaction.atomic():
        current = Batch.objects.select_for_update().get(pk=batch.pk)
        if current.undone_at:
            raise LoadRefusedError(f"Load {batch.pk} was undone on {current.undone_at:%d %B %Y} already.")
        written = [_written(model, current) for model in mirror.models().values()]
        unknown = unknown_to(by) if by else frozenset()
        if later := [sentence for one in written for sentence in _later(one, current, unknown)]:
            raise LaterWorkError(current, later)
        whose = touched(current)
        for one in written:
            _put_back(one, bulk.Load(None, by, timezone.now(), f"load {batch.pk} undone"))
        current.undone_at, current.undone_by = timezone.now(), by
        current.save(update_fields=["undone_at", "undone_by"])
        audit.record(by, "load undone", page="undo_load", details={"load": current.pk})
        recording.follow(whose, frozenset(one.model.table for one in written if one.first))


def _history(model: type[Kept]) -> Any:
    return model.history.model.objects.order_by()


def _written(model: type[Kept], batch: Batch) -> _Written:
    versions = _history(model).filter(batch_id=batch.pk)
    spans = versions.values("id").annotate(first=Min("history_id"), last=Max("history_id"))
    rows = list(spans.values_list("id", "first", "last"))
    added = versions.filter(history_type="+").values_list("id", flat=True) if rows else ()
    return _Written(model, {r[0]: r[1] for r in rows}, {r[0]: r[2] for r in rows}, frozenset(added))


def _portions(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + PORTION] for start in range(0, len(keys), PORTION))


def _later(one: _Written, batch: Batch, unknown: frozenset[str]) -> Iterator[str]:
    """What was done since to rows of the load, and what was recorded of children that it brought."""
    undone = _words_of_undone()
    columns = ("id", "history_id", "history_change_reason", "history_date")
    for keys in _portions(list(one.last)):
        newer = _history(one.model).filter(id__in=keys, history_id__gt=min(one.last[key] for key in keys))
        for key, version, reason, when in newer.values_list(*columns):
            if version > one.last[key] and reason not in undone:
                yield f"{_what(one.model)} {key}: {_how(reason)}, {when:%d %B %Y}"
    if one.model is Child and one.added:
        yield from _recorded_since(sorted(one.added), batch, unknown)


def _how(reason: str | None) -> str:
    """A later load by its number; that a person changed the row, never the reason written for those who may read it."""
    return reason if reason and OF_A_LOAD.fullmatch(reason) else "changed by hand"


def _words_of_undone() -> frozenset[str]:
    """How versions are marked that came and went: those of loads undone since."""
    undone = Batch.objects.filter(undone_at__isnull=False).values_list("pk", flat=True)
    return frozenset(words for pk in undone for words in (f"load {pk}", f"load {pk} undone"))


def _recorded_since(children: Sequence[int], batch: Batch, unknown: frozenset[str]) -> Iterator[str]:
    for model in mirror.records():
        for keys in _portions(children):
            of_the_load = _history(model).filter(batch_id=batch.pk, id=OuterRef("pk"))
            since = model.objects.filter(~Exists(of_the_load), child__in=keys).exclude(batch=batch)
            for key, child, when in since.values_list("pk", "child__child_id", "recorded_at"):
                whose = RESTRICTED[:1].lower() + RESTRICTED[1:] if is_unknown(child, unknown) else f"child {child}"
                yield f"{_what(model)} {key} of {whose}: recorded on {when:%d %B %Y}"


def _what(model: type[Model]) -> str:
    return recording.title_of(model).capitalize()


def _put_back(one: _Written, load: bulk.Load) -> None:
    changed = [key for key in one.first if key not in one.added]
    suspend(one.model, [*one.added, *changed])
    columns = [*_columns(one.model), "is_withdrawn", "batch"]
    if changed:
        bulk.update(one.model, columns, _before(one, changed, columns), load)
    if one.added:
        bulk.withdraw(one.model, sorted(one.added), load)


def _columns(model: type[Kept]) -> tuple[str, ...]:
    return tuple(mirror.columns(model.table))


def _before(one: _Written, keys: Sequence[int], columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """The version before the load's first of each row: the key and then the columns' values."""
    newest: dict[int, tuple[Any, ...]] = {}
    for some in _portions(keys):
        versions = _history(one.model).filter(id__in=some).order_by("history_id")
        for key, version, *values in versions.values_list("id", "history_id", *columns):
            if version < one.first[key]:
                newest[key] = (key, *_as_stored(one.model, columns, values))
    return list(newest.values())


def _as_stored(model: type[Kept], columns: Sequence[str], values: Sequence[Any]) -> Iterator[Any]:
    for column, value in zip(columns, values, strict=True):
        field = model._meta.get_field(column)
        yield value if field.is_relation else field.get_db_prep_save(value, connection)  # type: ignore[union-attr]  # a column of the model
