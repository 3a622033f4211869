"""Chance that is the same on every machine: a draw depends on the seed, a stream's name and whole-number keys only."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import polars as pl

from hearth.synthetic import shares
from hearth.synthetic.shares import Points

WORD = 2**64
STEP = 0x9E3779B97F4A7C15
ROUNDS = ((2**30, 0xBF58476D1CE4E5B9), (2**27, 0x94D049BB133111EB))
LAST_SHIFT = 2**31
"""The published constants of the SplitMix64 generator; a shift to the right is a division by a power of two."""


@dataclass(frozen=True)
class Chance:
    """Draws for one seed. ``keys`` are whole-number columns; the same keys give the same draw, in any order of rows."""

    seed: int

    def draw(self, stream: str, *keys: str) -> pl.Expr:
        """A number from 0 up to, not including, 1 for each row."""
        return _of_rows(lambda rows: self._drawn(rows, stream, keys), keys, pl.Float64)

    def pick(self, subject: str, *keys: str, by: str | None = None, stream: str | None = None) -> pl.Expr:
        """One value of the subject in ``shares.csv`` for each row, by the group that the column ``by`` names.

        ``stream`` keeps apart draws of one subject for different things.
        """
        table, drawn = shares.of(subject), stream or subject
        return _of_rows(
            lambda rows: among(self._drawn(rows, drawn, keys), table, _group(rows, by)), (*keys, by), pl.String
        )

    def happens(self, subject: str, *keys: str, by: str | None = None) -> pl.Expr:
        """True where the subject's value drawn is "yes"."""
        return self.pick(subject, *keys, by=by) == "yes"

    def days(self, subject: str, *keys: str, by: str | None = None, stream: str | None = None) -> pl.Expr:
        """A whole number of days (or of whatever the subject counts) from ``spreads.csv`` for each row.

        ``stream`` keeps apart draws of one subject for different things.
        """
        table, drawn = shares.spreads(subject), stream or subject
        return _of_rows(
            lambda rows: spread(self._drawn(rows, drawn, keys), table, _group(rows, by)), (*keys, by), pl.Int64
        )

    def weigh(self, stream: str, values: Sequence[str], weights: Sequence[float], *keys: str) -> pl.Expr:
        """One of the values for each row, by weight."""
        table = {"": dict(zip(values, weights, strict=True))}
        return _of_rows(lambda rows: among(self._drawn(rows, stream, keys), table), keys, pl.String)

    def _drawn(self, rows: pl.DataFrame, stream: str, keys: Sequence[str]) -> pl.Series:
        state = pl.repeat(_seeded(self.seed, stream), rows.height, dtype=pl.UInt64, eager=True)
        for key in keys:
            state = _mix(state ^ rows[key].cast(pl.UInt64))
        return (state // 2**11).cast(pl.Float64) / 2.0**53


def among(draw: pl.Series, groups: Mapping[str, Mapping[str, float]], group: pl.Series | None = None) -> pl.Series:
    """The value at which the draw falls when the group's shares are laid end to end."""
    edges = [place + edge for place, table in enumerate(groups.values()) for edge in _edges(list(table.values()))]
    values = pl.Series([value for table in groups.values() for value in table])
    found = pl.Series(edges).search_sorted(_in_group(draw, groups, group), side="right")
    return values.gather(found.clip(0, len(values) - 1))


def spread(draw: pl.Series, groups: Mapping[str, Points], group: pl.Series | None = None) -> pl.Series:
    """The whole number below which that part of the group lies: straight lines between its points."""
    starts: list[float] = []
    level: list[float] = []
    slope: list[float] = []
    for place, points in enumerate(groups.values()):
        for (low, value), (high, following) in pairwise(points):
            starts.append(place + low)
            level.append(value)
            slope.append((following - value) / (high - low))
    where = _in_group(draw, groups, group)
    piece = (pl.Series(starts).search_sorted(where, side="right").cast(pl.Int64) - 1).clip(0)
    begun, base, rise = (pl.Series(column).gather(piece) for column in (starts, level, slope))
    return (base + (where - begun) * rise).floor().cast(pl.Int64)


def _of_rows(
    function: Callable[[pl.DataFrame], pl.Series], columns: Sequence[str | None], kind: type[pl.DataType]
) -> pl.Expr:
    """The function of the columns' rows as an expression. Each step is done once: a plain expression repeats it."""
    named = [column for column in columns if column is not None]
    return pl.struct(named).map_batches(lambda rows: function(rows.struct.unnest()), return_dtype=kind)


def _group(rows: pl.DataFrame, by: str | None) -> pl.Series | None:
    return None if by is None else rows[by]


def _in_group(draw: pl.Series, groups: Mapping[str, object], group: pl.Series | None) -> pl.Series:
    if group is None:
        return draw
    places = {name: float(place) for place, name in enumerate(groups)}
    return group.replace_strict(places, return_dtype=pl.Float64) + draw


def _edges(parts: Sequence[float]) -> list[float]:
    """Where each part ends when all of them fill 0 to 1."""
    total = sum(parts)
    return [*(part / total for part in list(accumulate(parts))[:-1]), 1.0]


def _seeded(seed: int, stream: str) -> int:
    state = (seed * STEP + zlib.crc32(stream.encode()) + STEP) % WORD
    for shift, factor in ROUNDS:
        state = ((state ^ (state // shift)) * factor) % WORD
    return state ^ (state // LAST_SHIFT)


def _mix(state: pl.Series) -> pl.Series:
    state = state + pl.Series([STEP], dtype=pl.UInt64)
    for shift, factor in ROUNDS:
        state = (state ^ (state // shift)) * pl.Series([factor], dtype=pl.UInt64)
    return state ^ (state // LAST_SHIFT)
