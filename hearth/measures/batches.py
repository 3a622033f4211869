"""A nation in parts: figures by authority are worked out some authorities at a time, so that memory stays small."""

from __future__ import annotations

from collections.abc import Iterator
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
    sizes = record["people"].group_by("authority").len().sort("authority")
    batch = (pl.col("len").cum_sum() - 1) // PEOPLE_AT_ONCE
    for (_,), group in sizes.group_by(batch.alias("batch"), maintain_order=True):
        names = group["authority"].to_list()
        yield replace(record, tables={name: _of(frame, names) for name, frame in record.tables.items()})


def _of(frame: pl.DataFrame, authorities: list[str]) -> pl.DataFrame:
    return frame.filter(pl.col("authority").is_in(authorities))
