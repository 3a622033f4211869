"""A child's journey as a drawing: bands for what lasted, points for what happened, from the first day to the last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hearth.tables import codes
from hearth.web.access.models import User
from hearth.web.children.derived import Status
from hearth.web.children.models import Episode
from hearth.web.children.reading import areas
from hearth.web.children.reading.identity import WORKER
from hearth.web.children.reading.looking import Look
from hearth.web.design import words

LEFT, WIDTH, ROW, TOP = 150, 1000, 44, 30
NARROWEST = 4
AFTERWARDS = timedelta(days=183)
LETTER = 7.2
"""About how wide a letter is, to know whether a band holds its words."""


(DONE,) = codes.members("health_status", "Completed")
MOVED = codes.members("reason_new_episode", "P", "T", "B", "U")
"""Episodes that began with another placement, even of the same kind."""


@dataclass(frozen=True)
class Band:
    """Something that lasted, with its place in the drawing; ``until`` None: it has not ended."""

    what: str
    since: date
    until: date | None
    x: float = 0
    width: float = 0

    @property
    def when(self) -> str:
        """Its days in words."""
        return f"{words.day(self.since)} to {words.day(self.until) if self.until else 'now'}"

    @property
    def text_x(self) -> float:
        """Where its words begin."""
        return self.x + 5

    @property
    def fitting(self) -> str:
        """As much of the words as the band holds."""
        room = int((self.width - 8) / LETTER)
        return self.what if len(self.what) <= room else f"{self.what[: room - 1]}…" if room > 4 else ""


@dataclass(frozen=True)
class Lane:
    """One line of the drawing."""

    words: str
    y: int
    bands: Sequence[Band] = ()
    points: Sequence[tuple[date, float]] = ()


@dataclass(frozen=True)
class Journey:
    """The drawing: its lanes, the years marked, and one sentence that says what it shows."""

    lanes: Sequence[Lane]
    years: Sequence[tuple[int, float]]
    says: str
    now_x: float | None

    @property
    def height(self) -> int:
        """How high it is."""
        return TOP + ROW * len(self.lanes) + 12


def journey(look: Look, status: Status) -> Journey | None:
    """The journey up to the day of the reading; None where nothing is recorded that could be drawn."""
    told = [(name, bands, points) for name, bands, points in _told(look, status) if bands or points]
    days = [band.since for _, bands, _ in told for band in bands] + [day for _, _, points in told for day in points]
    if not days:
        return None
    first, last = min(days), _last(look, told, days)
    place = _scale(first, last)
    lanes = [_lane(name, n, bands, points, place, last) for n, (name, bands, points) in enumerate(told)]
    years = [(year, place(date(year, 1, 1))) for year in range(first.year + 1, last.year + 1)]
    return Journey(lanes, years, _sentence(look, told, first), place(look.day) if last >= look.day else None)


def _last(look: Look, told: Sequence[Told], days: Sequence[date]) -> date:
    """The day at the right: that of the reading, or half a year after all had ended: no empty years are drawn."""
    ends = [band.until for _, bands, _ in told for band in bands]
    over = max([*days, *(end for end in ends if end)]) + AFTERWARDS
    is_over = None not in ends and over < look.day
    return over if is_over else max(look.day, min(days) + timedelta(days=30))


Told = tuple[str, list[Band], list[date]]


def _told(look: Look, status: Status) -> Iterable[Told]:
    """Each lane that the reader may see: its words, what lasted, the days of what happened."""
    yield "In care", _periods(status), []
    yield "Legal status", _episodes(look, "legal_status", "legal_status"), []
    yield "Placement", _episodes(look, "placement_type", "placement_type"), []
    if look.may_open(areas.EDUCATION):
        schools = look.child.schoolattended_set.order_by("started_on")
        yield "School", _so_far(look, ((s.school or "Not known", s.started_on, s.ended_on) for s in schools)), []
    yield "Social worker", _workers(look), []
    child = look.child
    if look.may_open(areas.PLANS):
        held = child.review_set.exclude(held_on=None).exclude(is_cancelled=True)
        yield "Reviews", [], _days(look, held.values_list("held_on", flat=True))
    if look.may_open(areas.VISITS):
        yield "Visits", [], _days(look, child.visit_set.values_list("visited_on", flat=True))
    if look.may_open(areas.HEALTH):
        done = child.healthassessment_set.filter(status=DONE)
        yield "Health", [], _days(look, done.values_list("assessed_on", flat=True))
    if look.may_open(areas.SAFETY):
        yield "Missing", [], _days(look, child.missingepisode_set.values_list("started_on", flat=True))


def _periods(status: Status) -> list[Band]:
    return [
        Band(
            "Short breaks" if p["is_short_breaks"] else "Looked after",
            p["first_known_on"],
            _by(p["ended_on"], status.as_of),
        )
        for p in status.periods
    ]


def _by(ended: date | None, day: date) -> date | None:
    return None if ended and ended > day else ended


def _episodes(look: Look, column: str, list_name: str) -> list[Band]:
    """Episodes of care with the same code and no day between them, as one band."""
    found: list[Band] = []
    for row in Episode.objects.filter(child=look.child, started_on__lte=look.day).order_by("started_on", "pk"):
        band = Band(codes.label(list_name, getattr(row, column)), row.started_on, _by(row.ended_on, look.day))
        is_same_place = column != "placement_type" or row.reason_started not in MOVED
        if found and found[-1].what == band.what and found[-1].until == band.since and is_same_place:
            band = Band(band.what, found.pop().since, band.until)
        found.append(band)
    return found


def _workers(look: Look) -> list[Band]:
    held = list(look.child.allocation_set.filter(role=WORKER).order_by("started_on"))
    people = User.objects.filter(worker_id__in={row.worker_id for row in held})
    names = {user.worker_id: user.name for user in people}
    return _so_far(look, ((names.get(row.worker_id, row.worker_id), row.started_on, row.ended_on) for row in held))


def _so_far(look: Look, spans: Iterable[tuple[str, date, date | None]]) -> list[Band]:
    return [Band(what, since, _by(until, look.day)) for what, since, until in spans if since <= look.day]


def _days(look: Look, days: Iterable[date | None]) -> list[date]:
    return sorted(day for day in days if day and day <= look.day)


def _scale(first: date, last: date) -> Callable[[date], float]:
    whole = (last - first).days or 1
    return lambda day: round(LEFT + (WIDTH - LEFT - 10) * (day - first).days / whole, 1)


def _lane(  # noqa: PLR0917 - all that a line is drawn from
    name: str, number: int, bands: list[Band], points: list[date], place: Callable[[date], float], last: date
) -> Lane:
    drawn = [
        Band(b.what, b.since, b.until, place(b.since), max(place(b.until or last) - place(b.since), NARROWEST))
        for b in bands
    ]
    return Lane(name, TOP + ROW * number, drawn, [(day, place(day)) for day in points])


def _sentence(look: Look, told: list[Told], first: date) -> str:
    lasting = {name: len(bands) for name, bands, _ in told}
    counted = [
        f"{number} {noun if number == 1 else noun + 's'}"
        for name, noun in (
            ("In care", "period of care"),
            ("Placement", "placement"),
            ("Social worker", "social worker"),
        )
        if (number := lasting.get(name, 0))
    ]
    return f"From {words.day(first)} to {words.day(look.day)}: {', '.join(counted) or 'events only'}."
