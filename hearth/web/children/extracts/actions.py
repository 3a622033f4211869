"""What may be done to an extract: begin it, choose its entries, lock it (then it never changes), make files of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from hearth.web.access.models import User
from hearth.web.children import recording
from hearth.web.children.models import Child, Extract, ExtractEntry, ExtractFile
from hearth.web.children.reading.chronology import Event
from hearth.web.children.recording import Writing


def begin_extract(
    *, child: Child, by: User, title: str, purpose: str, follows: Extract | None = None, note: str | None = None
) -> Extract:
    """Begins a draft. ``follows``: a locked extract of the same child that this one goes on from."""
    row = Extract(child=child, title=title, purpose=purpose, follows=follows, note=note)
    return recording.record(row, by=by, what="extract of the chronology begun")


def choose(extract: Extract, *, by: User, shown: Iterable[Event], taken: Mapping[str, str]) -> int:
    """Takes events into a draft, and out of it: of those ``shown``, the keys in ``taken`` with why each matters.

    Gives how many entries the draft has then. Raises Django's validation error when the extract is locked.
    """
    with recording.writing(extract.child, by, "entries of an extract chosen") as act:
        draft = _open(extract)
        held = {entry.key: entry for entry in ExtractEntry.objects.filter(extract=draft)}
        for event in shown:
            _choose_one(act, draft, event, held.get(event.key), taken.get(event.key))
    return ExtractEntry.objects.filter(extract=extract).count()


def _choose_one(act: Writing, draft: Extract, event: Event, entry: ExtractEntry | None, why: str | None) -> None:
    if why is None:
        if entry is not None:
            act.change(entry, is_withdrawn=True)
    elif entry is not None:
        act.change(entry, why=why)
    else:
        named = {"section": event.section.name, "row_id": event.entry.row.pk, "is_end": event.is_end}
        act.add(ExtractEntry(child=draft.child, extract=draft, why=why, on=event.on, **named))


def lock_extract(extract: Extract, *, by: User, events: Mapping[str, Event]) -> Extract:
    """Copies the words of every entry as they stand (``events`` by key) and locks the extract for good.

    Raises Django's validation error when it has no entries, an entry without a reason, or one no longer in the record.
    """
    with recording.writing(extract.child, by, "extract of the chronology locked") as act:
        draft = _open(extract)
        entries = list(ExtractEntry.objects.filter(extract=draft))
        _check(entries, events)
        for entry in entries:
            act.change(entry, **copied(events[entry.key]))
        return act.change(draft, locked_at=timezone.now(), locked_by=by)


def withdraw_draft(extract: Extract, *, by: User) -> Extract:
    """Throws a draft away: it is kept, withdrawn, with its entries."""
    with recording.writing(extract.child, by, "draft of an extract thrown away") as act:
        draft = _open(extract)
        for entry in ExtractEntry.objects.filter(extract=draft):
            act.change(entry, is_withdrawn=True)
        return act.change(draft, is_withdrawn=True)


def make_file(extract: Extract, *, by: User, kind: str, for_whom: str, why: str) -> ExtractFile:
    """Notes that a file of the extract is made for somebody; who and why stand in the log as well."""
    row = ExtractFile(child=extract.child, extract=extract, kind=kind, for_whom=for_whom, why=why)
    return recording.record(row, by=by, what="extract made into a file", why=f"For {for_whom}: {why}")


def copied(event: Event) -> dict[str, Any]:
    """The words of an event as an entry keeps them."""
    entry = event.entry
    return {
        "on": event.on,
        "area": event.area.path,
        "what": event.words,
        "said": [list(pair) for pair in (*entry.facts, *entry.said)],
        "origin": entry.origin,
    }


def _check(entries: list[ExtractEntry], events: Mapping[str, Event]) -> None:
    if not entries:
        raise ValidationError("Choose at least one entry before you lock the extract")
    bare = sum(not entry.why.strip() for entry in entries)
    if bare:
        has = "has" if bare == 1 else "have"
        raise ValidationError(f"Say of each entry why it matters: {bare} {has} no reason yet")
    gone = [entry for entry in entries if entry.key not in events]
    if gone:
        raise ValidationError("An entry is no longer in the record, or not yours to see: take it out")


def _open(extract: Extract) -> Extract:
    found = Extract.objects.select_for_update(of=("self",)).get(pk=extract.pk)
    if found.is_locked:
        raise ValidationError("The extract is locked: begin another that follows it")
    return found
