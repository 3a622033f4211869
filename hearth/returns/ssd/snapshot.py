"""The day an extract was taken, which it does not say: worked out from the days on which things happened."""

from __future__ import annotations

from datetime import date

import polars as pl

from hearth.returns.ssd import layout
from hearth.returns.ssd.extract import Extract

LONGEST_SILENCE = 366
"""Days: an authority in which nothing happens for longer has stopped, or the days after are mistakes."""
FEW = 2
"""So many events after a long silence are taken for mistakes, where at least ten times as many came before it."""
SHARE = 0.005
"""Or this share of all events."""


def taken_on(extract: Extract) -> date | None:
    """The last day on which something happened, by the fields that ``fields.csv`` marks as events.

    Due dates, ends and planned things may lie ahead and do not count; nor do a few days beyond a silence of more than
    a year. None when the extract has no events.
    """
    return last_event(_event_days(extract))


def last_event(days: pl.Series) -> date | None:
    """The last of the days, those beyond a long silence left out as mistakes; None when there are no days."""
    clusters = _clusters(days)
    while clusters.height > 1 and _is_mistake(clusters):
        clusters = clusters.head(-1)
    last: date | None = clusters["last_on"][-1] if clusters.height else None
    return last


def _event_days(extract: Extract) -> pl.Series:
    fields = [
        (t.name, f.name) for t in layout.tables().values() for f in t.read if f.is_event and extract.has(t.name, f.name)
    ]
    days = [extract[table][name].drop_nulls().alias("on") for table, name in fields]
    return pl.concat(days) if days else pl.Series("on", [], dtype=pl.Date)


def _clusters(days: pl.Series) -> pl.DataFrame:
    """Runs of days without a long silence between them: number of events and last day, in order."""
    ordered = days.sort().to_frame("on")
    silent = pl.col("on").diff().dt.total_days() > LONGEST_SILENCE
    return (
        ordered.with_columns(silent.fill_null(value=False).cum_sum().alias("run"))
        .group_by("run", maintain_order=True)
        .agg(pl.len().alias("events"), pl.col("on").last().alias("last_on"))
    )


def _is_mistake(clusters: pl.DataFrame) -> bool:
    last, earlier = int(clusters["events"][-1]), int(clusters["events"].head(-1).sum())
    return last <= max(FEW, SHARE * earlier) and earlier >= 10 * last
