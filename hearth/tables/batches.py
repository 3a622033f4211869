"""A nation in parts: what is worked out by authority is worked out some authorities at a time, so that memory stays
small.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

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
    sized = named.join(sizes, on="authority", how="left").sort("authority")
    before = pl.col("len").fill_null(0).cum_sum().cast(pl.Int64) - 1
    return dict(sized.select("authority", before.clip(0) // PEOPLE_AT_ONCE).rows())


def _of(frame: pl.DataFrame, batches: pl.Series, batch: int) -> pl.DataFrame:
    """The rows of one part; where the table is in order of authority nothing is copied."""
    if not batches.is_sorted():
        return frame.filter(batches == batch)
    first, beyond = (int(batches.search_sorted(n, side="left")) for n in (batch, batch + 1))
    return frame[first:beyond]
