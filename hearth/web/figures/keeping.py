"""Keeps the figures of the day: worked out with the rest of the day, put in the place of the day before."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import transaction

from hearth.returns import dfe_statistics
from hearth.tables.published import Published
from hearth.tables.record import Record
from hearth.web.figures import frames
from hearth.web.figures.models import Behind, Figure, Paper
from hearth.web.work import owing

PUBLISHED = "published"
"""The folder, in Hearth's own, in which the Department's published files lie, where a council puts them there."""
PUBLIC_SCORECARD = "public-scorecard"
AT_ONCE = 500


def keep(record: Record, day: date) -> None:
    """Works out the figures, then puts them in the place of those that stand."""
    found = frames.figures_of(record, day, owing.limits(), published(record), owing.keys_of(None))
    with transaction.atomic():
        for model in (Figure, Behind, Paper):
            model.objects.all().delete()
        Figure.objects.bulk_create((Figure(**row) for row in found.figures), batch_size=AT_ONCE)
        Behind.objects.bulk_create(Behind(measure=name, rows=rows) for name, rows in found.behind.items())
        Paper.objects.create(name=PUBLIC_SCORECARD, as_of=day, body=found.public_page)


def published(record: Record) -> Published | None:
    """What the Department published of the council and those like it; None where no files are there."""
    folder = Path(settings.HEARTH_FOLDER) / PUBLISHED
    if not folder.is_dir() or len(record.authorities) != 1:
        return None
    return _read(folder, record.authorities[0], max((path.stat().st_mtime for path in folder.iterdir()), default=0.0))


@cache
def _read(folder: Path, authority: str, _changed: float) -> Published:
    return dfe_statistics.read(folder, authority)
