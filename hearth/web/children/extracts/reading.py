"""An extract as it is read: a draft by the words of the record today, a locked one by those it keeps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from hearth.web.children.models import Extract, ExtractEntry
from hearth.web.children.reading import chronology
from hearth.web.children.reading.areas import AREAS
from hearth.web.children.reading.chronology import Event
from hearth.web.children.reading.looking import Look


@dataclass(frozen=True)
class Line:
    """A line of the document: ``said`` is what the record says of it; ``is_gone`` that the record has it no more."""

    on: date | None
    what: str
    said: Sequence[tuple[str, str]]
    why: str
    origin: str
    is_gone: bool = False


@dataclass(frozen=True)
class Document:
    """The lines by day, the oldest first, and how many are of areas that the reader may not open."""

    lines: Sequence[Line]
    left_out: int


def document(look: Look, extract: Extract) -> Document:
    """What the reader may see of the extract."""
    entries = list(ExtractEntry.objects.filter(extract=extract).order_by("on", "pk"))
    if extract.is_locked:
        open_areas = {area.path for area in AREAS if look.may_open(area)}
        seen = [entry for entry in entries if entry.area in open_areas]
        return Document([_kept(entry) for entry in seen], len(entries) - len(seen))
    events, hidden = events_named(look, {entry.key for entry in entries}), _sections_shut(look)
    seen = [entry for entry in entries if entry.section not in hidden]
    lines = [_living(entry, events.get(entry.key)) for entry in seen]
    return Document(sorted(lines, key=lambda line: line.on or date.max), len(entries) - len(seen))


def events_named(look: Look, keys: Collection[str]) -> dict[str, Event]:
    """The events of these keys that the reader may see, as the record has them."""
    sections = {key.partition(".")[0] for key in keys}
    return {event.key: event for event in chronology.events_of(look, sections) if event.key in keys}


def _sections_shut(look: Look) -> set[str]:
    return {section.name for area in AREAS if not look.may_open(area) for section in area.sections}


def _kept(entry: ExtractEntry) -> Line:
    return Line(entry.on, entry.what or "", [(key, value) for key, value in entry.said], entry.why, entry.origin or "")


def _living(entry: ExtractEntry, event: Event | None) -> Line:
    if event is None:
        return Line(entry.on, "No longer in the record", [], entry.why, "", is_gone=True)
    found = event.entry
    return Line(event.on, event.words, [*found.facts, *found.said], entry.why, found.origin)
