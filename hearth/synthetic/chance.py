"""Chance that is the same on every machine: each draw is a pure function of the seed, a stream's name and whole-number keys."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from hearth.synthetic import shares

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
        state = _whole(_mixed((self.seed * STEP + zlib.crc32(stream.encode())) % WORD))
        for key in keys:
            state = _mix(state ^ pl.col(key).cast(pl.UInt64))
        return (state // _whole(2**11)).cast(pl.Float64) / 2.0**53

    def pick(self, subject: str, *keys: str, by: str | None = None, stream: str = "") -> pl.Expr:
        """One value of the subject in ``shares.csv`` for each row, by the group that the column ``by`` names."""
        return among(self.draw(stream or subject, *keys), shares.of(subject), by)

    def happens(self, subject: str, *keys: str, by: str | None = None, stream: str = "") -> pl.Expr:
        """True where the subject's value drawn is "yes"."""
        return self.pick(subject, *keys, by=by, stream=stream) == "yes"

    def days(self, subject: str, *keys: str, by: str | None = None, stream: str = "") -> pl.Expr:
        """A whole number of days (or of whatever the subject counts) from ``spreads.csv`` for each row."""
        return spread(self.draw(stream or subject, *keys), shares.spreads(subject), by)


def among(draw: pl.Expr, groups: Mapping[str, Mapping[str, float]], by: str | None = None) -> pl.Expr:
    """The value at which the draw falls when the group's shares are laid end to end."""
    edges: list[float] = []
    values: list[str] = []
    for place, table in enumerate(groups.values()):
        edges += [place + edge for edge in _edges(list(table.values()))]
        values += list(table)
    found = pl.lit(pl.Series(edges)).search_sorted(_in_group(draw, groups, by), side="right")
    return pl.lit(pl.Series(values)).gather(found.clip(0, len(values) - 1))


def spread(draw: pl.Expr, groups: Mapping[str, Sequence[tuple[float, float]]], by: str | None = None) -> pl.Expr:
    """The whole number below which that part of the group lies: straight lines between the points of ``spreads.csv``."""
    starts: list[float] = []
    level: list[float] = []
    slope: list[float] = []
    for place, points in enumerate(groups.values()):
        for (low, value), (high, following) in zip(points, points[1:], strict=False):
            starts.append(place + low)
            level.append(value)
            slope.append((following - value) / (high - low))
    where = _in_group(draw, groups, by)
    piece = (pl.lit(pl.Series(starts)).search_sorted(where, side="right").cast(pl.Int64) - 1).clip(0)
    at = [pl.lit(pl.Series(column)).gather(piece) for column in (starts, level, slope)]
    return (at[1] + (where - at[0]) * at[2]).floor().cast(pl.Int64)


def _in_group(draw: pl.Expr, groups: Mapping[str, object], by: str | None) -> pl.Expr:
    if by is None:
        return draw
    places = {group: float(place) for place, group in enumerate(groups)}
    return pl.col(by).replace_strict(places, return_dtype=pl.Float64) + draw


def _edges(parts: Sequence[float]) -> list[float]:
    """Where each part ends when all of them fill 0 to 1."""
    total = sum(parts)
    ends = [sum(parts[: place + 1]) / total for place in range(len(parts))]
    return [*ends[:-1], 1.0]


def _whole(value: int) -> pl.Expr:
    return pl.lit(value, dtype=pl.UInt64)


def _mix(state: pl.Expr) -> pl.Expr:
    state = state + _whole(STEP)
    for shift, factor in ROUNDS:
        state = (state ^ (state // _whole(shift))) * _whole(factor)
    return state ^ (state // _whole(LAST_SHIFT))


def _mixed(state: int) -> int:
    state = (state + STEP) % WORD
    for shift, factor in ROUNDS:
        state = ((state ^ (state // shift)) * factor) % WORD
    return state ^ (state // LAST_SHIFT)
