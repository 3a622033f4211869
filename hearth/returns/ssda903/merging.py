"""This year's return and last year's as one history: this year's row wins, last year's fills in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import polars as pl

from hearth.returns.ssda903 import ends, layout
from hearth.returns.ssda903.reading import YearRead
from hearth.tables.problems import Problems

OF_THE_YEAR = ("OC2", "OC3")
"""Answers for a year: both years' stay."""
FACTS = ("born_on", "sex", "ethnicity", "upn", "is_mother", "first_child_born_on")
"""What stays true of a person, so that last year's answer fills a gap in this year's."""


def merged(years: Sequence[YearRead], problems: Problems) -> Mapping[str, pl.DataFrame]:
    """The tables of the years, oldest first, as one: by the return's names, with ``year_ended_on`` where it matters."""
    stamped = [_stamped(ends.mended(year, problems)) for year in years]
    for year in stamped:
        _count(year, problems)
    whole = reduce(lambda last, this: _joined(last, this, problems), stamped).frames
    return {table: _closed(table, frame, problems) for table, frame in whole.items()}


def _stamped(year: YearRead) -> YearRead:
    frames = {
        table: frame.with_columns(pl.lit(layout.last_day(year.year)).alias("year_ended_on"))
        for table, frame in year.frames.items()
    }
    return YearRead(year.year, frames, year.read)


def _count(year: YearRead, problems: Problems) -> None:
    for table, (file, read) in year.read.items():
        problems.count(file, read, year.frames[table].height)


def _joined(last: YearRead, this: YearRead, problems: Problems) -> YearRead:
    frames = {table: _both(table, last, this, problems) for table in layout.tables() if table in this.frames}
    for table in last.frames.keys() - this.frames.keys():
        said = f"This year's return has no {table}, so last year's is not used: it would look as if all had ended"
        problems.file(last.read[table][0], said, "Add this year's file", "noted")
    return YearRead(this.year, frames, this.read)


def _both(table: str, last: YearRead, this: YearRead, problems: Problems) -> pl.DataFrame:
    """A table of both years; one that this year's return lacks does not come from last year's alone."""
    now = this[table]
    if table not in last.frames:
        return now
    if table == "Header":
        return _people(last[table], now)
    keys = layout.tables()[table].key + (["year_ended_on"] if table in OF_THE_YEAR else [])
    if table in ends.SPANS:
        before = ends.closed_before(table, last[table], (now, keys, this.year), problems)
    else:
        before = last[table].join(now.select(keys), on=keys, how="anti", maintain_order="left")
    return pl.concat([before, now], how="diagonal_relaxed")


def _people(last: pl.DataFrame, this: pl.DataFrame) -> pl.DataFrame:
    both = this.join(
        last.select("child_id", *FACTS), on="child_id", how="left", suffix="_before", maintain_order="left"
    )
    filled = both.with_columns(pl.coalesce(fact, f"{fact}_before") for fact in FACTS).select(this.columns)
    gone = last.join(this.select("child_id"), on="child_id", how="anti", maintain_order="left")
    return pl.concat([gone, filled], how="diagonal_relaxed")


def _closed(table: str, frame: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    if table not in ends.IN_TURN:
        return frame
    closed = ends.closed_in_turn(table, frame, problems)
    if table == "Episodes":
        ends.note_odd_ends(closed, problems)
    return closed
