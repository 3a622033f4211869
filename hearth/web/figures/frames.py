"""From the record to the figures of a day: the scorecard's lines as rows for the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from hearth.reports import card, page
from hearth.reports.scorecard import Line, Scorecard, compose, public_version
from hearth.tables.published import Published
from hearth.tables.record import Record
from hearth.timescales.limits import Limits

Keys = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Day:
    """The figures of a day: rows of ``Figure``, rows of ``Behind`` by measure, and the public page."""

    figures: list[dict[str, Any]]
    behind: dict[str, list[list[Any]]]
    public_page: str


def figures_of(record: Record, day: date, limits: Limits, published: Published | None, keys: Keys) -> Day:
    """Every measure on the day and over twelve months before it, for those entitled and for the public."""
    whole = compose(record, day, limits=limits, published=published)
    public = public_version(whole, record)
    rows = [*_rows(whole, is_public=False), *_rows(public, is_public=True)]
    behind = {line.measure.id: _behind(line, keys) for area in whole.areas for line in area.lines}
    return Day(rows, behind, page.render(public))


def _rows(scorecard: Scorecard, *, is_public: bool) -> Iterator[dict[str, Any]]:
    for area in scorecard.areas:
        for line in area.lines:
            yield {"is_public": is_public, "as_of": scorecard.as_of, **_row(line)}
        for measure, why in area.unavailable:
            yield {"is_public": is_public, "as_of": scorecard.as_of, "measure": measure.id, "unavailable": why}


def _row(line: Line) -> dict[str, Any]:
    return {
        "measure": line.measure.id,
        "period_start": line.now.period_start,
        "shown": card.figure(line),
        "basis": card.basis(line),
        "not_known": line.now.not_known,
        "status": line.status.words,
        "tone": str(line.status.tone),
        "because": line.status.because,
        "moved": line.moved.words,
        "series": [[p.as_of.isoformat(), p.value, *card.month(p, line)[1:3]] for p in line.series],
        "bands": [list(row) for row in card.banded(line)],
        "compared": [list(row) for row in card.compared(line)],
        "comparison_note": card.comparison_note(line),
    }


def _behind(line: Line, keys: Keys) -> list[list[Any]]:
    """Those behind the figure whose record is here: key of the child, day, numerator, denominator, facts."""
    if line.children is None:
        return []
    told = line.children.select(
        "authority", "child_id", pl.col("on").dt.to_string("iso"), "numerator", "denominator", "facts"
    )
    return [[keys[a, c], *rest] for a, c, *rest in told.iter_rows() if (a, c) in keys]
