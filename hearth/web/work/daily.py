"""What is too dear to work out for each page: worked out once a day, by a command or by who asks first.

The weeks ahead are worked out again after children were given to other workers: see decision 27.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hearth.tables.record import Record
from hearth.web.children.frames import record_of
from hearth.web.config import apart
from hearth.web.config.today import today
from hearth.web.intake.models import Batch
from hearth.web.work import frames, owing
from hearth.web.work.models import DayReckoned, ForecastWeek

Job = Callable[[Record, date], None]
LONGEST = timedelta(minutes=15)
"""After which a working out that has not ended is taken to have died."""
AT_ONCE = 2_000
_JOBS: list[Job] = []


def each_day(job: Job) -> Job:
    """Has ``job(record, day)`` done with the rest: it works out first, then puts its rows in the place of the last."""
    if job not in _JOBS:
        _JOBS.append(job)
    return job


def last() -> DayReckoned | None:
    """The latest working out that was done."""
    return DayReckoned.objects.exclude(done_at=None).first()


def is_stale(done: DayReckoned | None) -> bool:
    """Whether it is of another day, or files were loaded (or a load undone) since it began."""
    if done is None or done.as_of != today():
        return True
    return Batch.objects.filter(Q(loaded_at__gt=done.begun_at) | Q(undone_at__gt=done.begun_at)).exists()


def current() -> DayReckoned | None:
    """The latest working out; a new one is begun in a process of its own where it is stale. None: not done yet."""
    done = last()
    words = ("reckon",) if done is None or is_stale(done) else ("reckon", "--weeks") if done.moved_at else ()
    if words and not _is_going_on():
        if not settings.HEARTH_LOADS_APART:
            (reckon_weeks if "--weeks" in words else reckon)()
            return last()
        DayReckoned.objects.create(as_of=today(), begun_at=timezone.now())
        apart.begin(*words)
    return done


def _is_going_on() -> bool:
    return DayReckoned.objects.filter(done_at=None, begun_at__gt=timezone.now() - LONGEST).exists()


def keep(_: Collection[int], tables: Collection[str]) -> None:
    """Notes that children were given to other workers: the weeks ahead of those are others now."""
    if "allocations" in tables:
        DayReckoned.objects.exclude(done_at=None).update(moved_at=timezone.now())


def reckon() -> None:
    """Does every job for today, from one reading of the record; what was there stands until the new is whole."""
    begun, day = timezone.now(), today()
    if owing.is_stale():
        owing.rebuild()
    record = record_of(None)
    for job in _JOBS:
        job(record, day)
    with transaction.atomic():
        moved_at = _moved_since(begun)
        DayReckoned.objects.all().delete()
        now = timezone.now()
        DayReckoned.objects.create(as_of=day, begun_at=begun, done_at=now, weeks_at=now, moved_at=moved_at)


def reckon_weeks() -> None:
    """Works out the weeks ahead alone, after children were given to other workers."""
    begun, done = timezone.now(), last()
    if done is None or done.as_of != today():
        reckon()
        return
    forecast(record_of(None), today())
    with transaction.atomic():
        moved_at = _moved_since(begun)
        DayReckoned.objects.filter(done_at=None).delete()
        DayReckoned.objects.filter(pk=done.pk).update(weeks_at=timezone.now(), moved_at=moved_at)


def _moved_since(begun: datetime) -> datetime | None:
    """When children were given to other workers while the work went on; None: they were not."""
    done = last()
    return done.moved_at if done and done.moved_at and done.moved_at > begun else None


@each_day
def forecast(record: Record, day: date) -> None:
    """Keeps the weeks ahead of each team and worker."""
    rows = frames.weeks(record, day, owing.limits())
    with transaction.atomic():
        ForecastWeek.objects.all().delete()
        ForecastWeek.objects.bulk_create((ForecastWeek(**row) for row in rows), batch_size=AT_ONCE)
