"""A row of the record as it is read: its days, its facts in words, who recorded it, and how it came to say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, DateTimeField, Field, ForeignKey, TextField
from django.urls import reverse

from hearth.tables import codes
from hearth.web.access.models import User
from hearth.web.children.fields import CodeField
from hearth.web.children.reading.areas import Area, Section
from hearth.web.children.reading.looking import Look
from hearth.web.children.recording import KEPT_FOR_US, title_of
from hearth.web.children.records import ChildRecord, Kept
from hearth.web.design import words

UNSAID = KEPT_FOR_US | {"of_table", "of_id", "of_revision"}
TO = "ended_on"
WORKER = "worker_id"
CONFIDENTIAL = "Confidential"
YES = words.yes_no(value=True)
"""What stands in place of what is shown on a page of its own alone."""
CONFIDENTIAL_PAGE = "confidential_address"
AUTHORITIES = frozenset({"authority", "placement_authority"})
"""Columns that hold the code of an authority."""


@dataclass(frozen=True)
class Change:
    """A later version of a row: when, by whom, why."""

    at: datetime
    by: str
    why: str


@dataclass(frozen=True)
class Entry:
    """A row in words.

    ``facts`` are short, ``said`` is what somebody wrote; ``change`` the latest correction; ``papers`` what is kept with
    it: title and address.
    """

    row: Kept
    what: str
    on: date | None
    until: date | None
    when: str
    facts: Sequence[tuple[str, str]]
    said: Sequence[tuple[str, str]]
    origin: str
    change: Change | None = None
    versions_url: str = ""
    correct_url: str = ""
    shown_url: str = ""
    papers: Sequence[tuple[str, str]] = ()

    @property
    def in_short(self) -> str:
        """The facts in one line; of a question answered with yes the question alone."""
        return "; ".join(key if value == YES else f"{key}: {value}" for key, value in self.facts)


@dataclass(frozen=True)
class Listed:
    """The rows of a section: those shown, how many there are, those withdrawn, and what may be recorded there."""

    section: Section
    entries: Sequence[Entry]
    total: int
    withdrawn: Sequence[Entry]
    to_record: Sequence[tuple[str, str]]

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return self.total - len(self.entries)


def listed(look: Look, area: Area, section: Section, at_most: int | None = None) -> Listed:
    """A section of a page, newest first; only what had begun by the day of the reading."""
    rows = ordered(look, section)
    standing = [row for row in rows if not row.is_withdrawn]
    withdrawn = [row for row in rows if row.is_withdrawn]
    shown = standing[:at_most]
    made = entries(look, area, section, [*shown, *withdrawn])
    record = [
        (kind.heading, reverse(kind.page, args=[look.child.pk]))
        for kind in look.kinds_of(section.model)
        if not (kind.is_only_corrected or kind.is_of_child)
    ]
    return Listed(section, made[: len(shown)], len(standing), made[len(shown) :], record)


def ordered(look: Look, section: Section) -> list[ChildRecord]:
    """The rows of the child, withdrawn ones among them, newest first."""
    model, day = section.model, day_of(section)
    if model not in look.filled:
        return []
    keys = [f.name for f in model._meta.fields if isinstance(f, ForeignKey) and f.name != "child"]
    rows = list(model.everything.filter(child=look.child.pk).select_related(*keys).order_by("-pk"))
    if look.is_past:
        rows = [row for row in rows if (began(row, day) or look.day) <= look.day]
    return sorted(rows, key=lambda row: began(row, day) or date.min, reverse=True)


def day_of(section: Section) -> str:
    """The column that says when; empty where none does."""
    if section.day is not None:
        return section.day
    return next((f.name for f in section.model._meta.fields if _is_day(f)), "")


def _is_day(column: Any) -> bool:
    return isinstance(column, DateField) and not isinstance(column, DateTimeField)


def began(row: Kept, day: str) -> date | None:
    """The day of a row."""
    found = getattr(row, day) if day else None
    return found if isinstance(found, date) else None


def entries(look: Look, area: Area, section: Section, rows: Sequence[ChildRecord]) -> list[Entry]:
    """The rows in words, with one further query for the corrections and one for the names of workers."""
    changed, names = changes_of(section.model, rows), names_of_workers(rows)
    kind = next((k for k in look.kinds_of(section.model) if not k.is_of_child), None)
    made = []
    for row in rows:
        fix = reverse(kind.page, args=[look.child.pk, row.pk]) if kind and not row.is_withdrawn else ""
        of = [look.child.pk, section.name, row.pk]
        made.append(_entry(look, section, row, names, changed.get(row.pk), reverse(area.page, args=of), fix))
    return made


def _entry(  # noqa: PLR0917 - all that an entry is made of
    look: Look, section: Section, row: ChildRecord, names: dict[str, str], change: Change | None, url: str, fix: str
) -> Entry:
    day = day_of(section)
    is_span = hasattr(row, TO) and day != TO
    shown = worded(row, day, _ended(row, look), names, is_span=is_span)
    return replace(shown, change=change, versions_url=url, correct_url=fix, shown_url=_shown(look, row))


def worded(
    row: Kept,
    day: str,
    until: date | None,
    names: Mapping[str, str],
    without: Iterable[str] = (),
    *,
    is_span: bool,
) -> Entry:
    """A row in words, whomever it is about: ``day`` is the column that says when, ``without`` columns not to say."""
    on = began(row, day)
    facts = list(_facts(row, {day, *without, *((TO,) if is_span else ())}, names))
    return Entry(
        row=row,
        what=row.called or capital(title_of(type(row))),
        on=on,
        until=until,
        when=_when(on, until, is_span=is_span) if day else "",
        facts=[(key, value) for key, value, is_long in facts if not is_long],
        said=[(key, value) for key, value, is_long in facts if is_long],
        origin=origin(row),
    )


def told(entry: Entry) -> Entry:
    """The entry called by what happened, where its row has a column that says so better than its kind."""
    row = entry.row
    value = getattr(row, row.told_by) if row.told_by else None
    if value is None:
        return entry
    column = next(column for column in row._meta.fields if column.name == row.told_by)
    key = capital(str(column.verbose_name))
    return replace(entry, what=in_words(column, value), facts=[fact for fact in entry.facts if fact[0] != key])


def _shown(look: Look, row: ChildRecord) -> str:
    """Where what is kept back of the row is shown alone, to those who may know it."""
    if not row.is_kept_back or CONFIDENTIAL_PAGE not in look.opens:
        return ""
    return reverse(CONFIDENTIAL_PAGE, args=[look.child.pk, row.pk])


def _ended(row: ChildRecord, look: Look) -> date | None:
    """The last day of what had ended by the day of the reading."""
    ended = began(row, TO) if hasattr(row, TO) else None
    return None if ended and look.is_past and ended > look.day else ended


def _when(on: date | None, until: date | None, *, is_span: bool) -> str:
    if not is_span:
        return words.day(on) if on else "Day not known"
    start = words.day(on) if on else "not known"
    return f"{start} to {words.day(until)}" if until else f"Since {start}"


def _facts(row: Kept, without: Iterable[str], names: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    """Each column that says something: its words, its value in words, and whether somebody wrote it at length."""
    left_out = UNSAID | set(without) | set(row.called_by)
    for column in row._meta.fields:
        value = None if column.name in left_out else getattr(row, column.name)
        if value is None or value == "" or (value is False and column.name in row.told_if_so):
            continue
        if row.is_kept_back and column.name in row.kept_back:
            yield capital(str(column.verbose_name)), CONFIDENTIAL, False
            continue
        said = names.get(value, value) if column.name == WORKER else in_words(column, value)
        yield capital(str(column.verbose_name)), said, isinstance(column, TextField)


def facts_of(row: ChildRecord) -> list[tuple[str, str]]:
    """What one row says, in words, for a page about that row alone."""
    return [(key, said) for key, said, _ in _facts(row, (), names_of_workers([row]))]


def in_words(column: Field[Any, Any], value: Any) -> str:
    """A value as it is read."""
    if isinstance(column, CodeField):
        return codes.label(column.codes_from, value)
    if column.name in AUTHORITIES:
        return codes.named("authority", value)
    if isinstance(value, datetime):
        return f"{words.day(value.date())} at {value:%H:%M}"
    if isinstance(value, ChildRecord):
        return row_in_words(value)
    return words.answer(value)


def row_in_words(row: ChildRecord) -> str:
    """What kind of row it is, with its day: "care plan of 3 March 2026"."""
    if type(row).__str__ is not ChildRecord.__str__:
        return str(row)
    day = next((getattr(row, f.name) for f in row._meta.fields if _is_day(f)), None)
    return f"{title_of(type(row))} of {words.day(day)}" if day else title_of(type(row))


def capital(text: str) -> str:
    """The text with a capital first; the rest left as it is."""
    return text[:1].upper() + text[1:]


def origin(row: Kept) -> str:
    """Who recorded the row or where it was loaded from, and when."""
    if row.recorded_by_id is not None:
        return f"Recorded by {row.recorded_by} on {words.day(row.recorded_at)}"
    if row.batch_id is not None and row.batch is not None:
        return f"Loaded from {row.batch.said} on {words.day(row.recorded_at)}"
    return f"Recorded on {words.day(row.recorded_at)}"


def changes_of(model: type[Kept], rows: Iterable[Kept]) -> dict[int, Change]:
    """The latest correction of each of the rows."""
    found: dict[int, Change] = {}
    if keys := [row.pk for row in rows if row.revision > 1]:
        versions = model.history.filter(id__in=keys).select_related("history_user")
        for version in versions.order_by("history_id"):
            found[version.id] = change_of(version)
    return found


def change_of(version: Any) -> Change:
    """A version of the history: when, by whom, why."""
    by = str(version.history_user) if version.history_user else "a load"
    return Change(version.history_date, by, version.history_change_reason or "")


def names_of_workers(rows: Iterable[Kept]) -> dict[str, str]:
    """The names of the workers whom rows know by an identifier."""
    keys = {key for row in rows if (key := getattr(row, WORKER, None))}
    return {str(u.worker_id): u.name for u in User.objects.filter(worker_id__in=keys)} if keys else {}


@dataclass(frozen=True)
class Version:
    """One version of a row: what was made of it, and the columns that differ from the version before it."""

    change: Change
    what: str
    differences: Sequence[tuple[str, str, str]]


def versions(row: Kept) -> list[Version]:
    """Every version of a row, newest first, with what each changed."""
    kept = list(row.history.select_related("history_user").order_by("history_id"))
    is_open = not row.kept_back or not any(version.instance.is_kept_back for version in kept)
    unsaid = () if is_open else row.kept_back
    made = []
    for place, version in enumerate(kept):
        before = kept[place - 1] if place else None
        differences = _differences(row, before, version, unsaid)
        made.append(Version(change_of(version), _act(version, before), differences))
    return made[::-1]


def _act(version: Any, before: Any) -> str:
    if before is None:
        return "Recorded"
    return "Withdrawn" if version.is_withdrawn and not before.is_withdrawn else "Corrected"


def _differences(row: Kept, before: Any, after: Any, unsaid: Sequence[str]) -> list[tuple[str, str, str]]:
    if before is None:
        return []
    changed = []
    for column in row._meta.fields:
        old, new = getattr(before, column.attname), getattr(after, column.attname)
        if column.name not in KEPT_FOR_US and old != new:
            said = capital(str(column.verbose_name))
            is_unsaid = column.name in unsaid
            shown = [CONFIDENTIAL if is_unsaid and value else _plain(column, value) for value in (old, new)]
            changed.append((said, shown[0], shown[1]))
    return changed


def _plain(column: Field[Any, Any], value: Any) -> str:
    return words.NOT_KNOWN if value in (None, "") else in_words(column, value)
