"""A nation in parts: what is worked out by authority is worked out some authorities at a time, so that memory stays
small.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from hearth.tables.record import Record

PEOPLE_AT_ONCE = 100_000
"""About a tenth of everyone in care or leaving it in England and its ten years of history."""


def is_large(record: Record) -> bool:
    """Whether the record is worth splitting: more people than are looked at together, in several authorities."""
    return record["people"].height > PEOPLE_AT_ONCE and len(record.authorities) > 1


def parts(record: Record) -> Iterator[Record]:
    """The record in parts of whole authorities, each of about ``PEOPLE_AT_ONCE`` people."""
    batch_of = _batches(record)
    marked = {
        name: frame["authority"].replace_strict(batch_of, return_dtype=pl.UInt16)
        for name, frame in record.tables.items()
    }
    for batch in sorted(set(batch_of.values())):
        yield replace(record, tables={name: _of(frame, marked[name], batch) for name, frame in record.tables.items()})


def _batches(record: Record) -> Mapping[str, int]:
    """The part that each authority is in; one that no person is in goes with those before it."""
    named = pl.concat([frame.select("authority").unique() for frame in record.tables.values()]).unique()
    sizes = record["people"].group_by("authority").len()
    return dict(_numbered(named.join(sizes, on="authority", how="left")).rows())


def _numbered(sized: pl.DataFrame) -> pl.DataFrame:
    """The part that each authority (authority, len: its people) is in, in order."""
    before = pl.col("len").fill_null(0).cum_sum().cast(pl.Int64) - 1
    return sized.sort("authority").select("authority", (before.clip(0) // PEOPLE_AT_ONCE).alias("part"))


def firsts(sized: pl.DataFrame) -> list[str]:
    """The first authority of each part, of authorities with ``len``, how many people each has."""
    return _numbered(sized).unique("part", keep="first", maintain_order=True)["authority"].to_list()


@dataclass
class Told:
    """Records one after the other, and what they tell in the end as one: what they carry, and what was wrong."""

    parts: Iterable[Record]
    _about: list[Record] = field(default_factory=list)

    def __iter__(self) -> Iterator[Record]:
        """The records; of each its tables are let go once the next is asked for."""
        for part in self.parts:
            self._about.append(replace(part, tables={}))
            yield part

    @property
    def about(self) -> Record:
        """All of them as one, without the tables; an empty one before any was read."""
        problems = pl.concat([part.problems for part in self._about]).unique(maintain_order=True)
        counts = pl.concat([part.counts for part in self._about])
        by_file = counts.group_by("file", maintain_order=True).agg(pl.exclude("file").sum())
        return replace(self._about[0], problems=problems, counts=by_file)


def _of(frame: pl.DataFrame, batches: pl.Series, batch: int) -> pl.DataFrame:
    """The rows of one part; where the table is in order of authority nothing is copied."""
    if not batches.is_sorted():
        return frame.filter(batches == batch)
    first, beyond = (int(batches.search_sorted(n, side="left")) for n in (batch, batch + 1))
    return frame[first:beyond]
