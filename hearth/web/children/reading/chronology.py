"""Everything that happened to a child in one list by day, from all the records the reader may open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from hearth.web.children.reading import rows
from hearth.web.children.reading.areas import AREAS, Area, Section
from hearth.web.children.reading.looking import Look
from hearth.web.children.reading.rows import Entry


@dataclass(frozen=True)
class Narrowing:
    """What of the chronology is asked for.

    An area's path, a section's name, days between, turning points only, words that all stand in it.
    """

    area: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    turns_only: bool = False
    words: str = ""

    def takes(self, area: Area, section: Section) -> bool:
        """Whether records of the section are asked for."""
        return (
            self.area in ("", area.path)
            and self.kind in ("", section.name)
            and (section.is_turn or not self.turns_only)
        )

    def takes_day(self, day: date) -> bool:
        """Whether the day lies between those asked for."""
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def takes_words(self, event: Event) -> bool:
        """Whether all the words asked for stand in what the event says, whatever their capitals."""
        wanted = self.words.casefold().split()
        text = event.text.casefold() if wanted else ""
        return all(word in text for word in wanted)


@dataclass(frozen=True)
class Event:
    """Something that began, happened or ended on a day, with the record that says so."""

    on: date
    words: str
    area: Area
    section: Section
    entry: Entry
    is_end: bool = False

    @property
    def key(self) -> str:
        """The name of the event among those of the child: the section, the row, and whether it is the row's end."""
        return f"{self.section.name}.{self.entry.row.pk}{'.end' if self.is_end else ''}"

    @property
    def text(self) -> str:
        """All that the chronology says of it."""
        return " ".join((self.words, self.area.words, self.entry.in_short, *(value for _, value in self.entry.said)))


def kinds(look: Look) -> Iterator[tuple[Area, Section]]:
    """The kinds of record with a day that the reader may open."""
    for area in AREAS:
        if look.may_open(area):
            yield from ((area, section) for section in area.sections if rows.day_of(section))


def events(look: Look, narrowing: Narrowing) -> list[Event]:
    """What happened, the latest first, up to the day of the reading."""
    found = [
        event
        for area, section in kinds(look)
        if narrowing.takes(area, section)
        for event in _of(look, area, section)
        if event.on <= look.day and narrowing.takes_day(event.on) and narrowing.takes_words(event)
    ]
    return sorted(found, key=lambda event: (event.on, event.entry.row.pk), reverse=True)


def events_of(look: Look, sections: Iterable[str]) -> Iterator[Event]:
    """The events of the sections named that the reader may see, in no order."""
    wanted = set(sections)
    for area, section in kinds(look):
        if section.name in wanted:
            yield from _of(look, area, section)


def _of(look: Look, area: Area, section: Section) -> Iterable[Event]:
    standing = [row for row in rows.ordered(look, section) if not row.is_withdrawn]
    for entry in map(rows.told, rows.entries(look, area, section, standing)):
        is_span = entry.when.startswith("Since") or entry.until is not None
        if entry.on is not None:
            yield Event(entry.on, f"{entry.what} began" if is_span else entry.what, area, section, entry)
        if entry.until is not None:
            yield Event(entry.until, f"{entry.what} ended", area, section, entry, is_end=True)
