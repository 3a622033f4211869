"""The shares and spreads that the made-up authority is drawn from, read from the two CSV files beside this module."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
Points = Sequence[tuple[float, float]]


def of(subject: str) -> Mapping[str, Mapping[str, float]]:
    """The shares of a subject: group, then value, then share (parts that need not add up to 1).

    Source: ``shares.csv``, where each row names the published file it was taken from, or says that it is assumed.
    Raises KeyError naming the subject when there is none of that name.
    """
    return _shares()[subject]


def spreads(subject: str) -> Mapping[str, Points]:
    """The spread of a subject: group, then points (part of the cases from 0 to 1, whole number they stay below)."""
    return _spreads()[subject]


@cache
def _shares() -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    found: dict[str, dict[str, dict[str, float]]] = {}
    for row in listed("shares.csv"):
        found.setdefault(row["subject"], {}).setdefault(row["group"], {})[row["value"]] = float(row["share"])
    return found


@cache
def _spreads() -> Mapping[str, Mapping[str, Points]]:
    found: dict[str, dict[str, list[tuple[float, float]]]] = {}
    for row in listed("spreads.csv"):
        points = found.setdefault(row["subject"], {}).setdefault(row["group"], [])
        points.append((float(row["part"]), float(row["below"])))
    return found


def listed(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file that lies here."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
