"""The catalogue of measures, collected from the areas."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

import polars as pl

from hearth.measures.measure import AREAS, Measure


def _collected() -> dict[str, Measure]:
    """The measures of all areas in order; an id used twice raises ValueError."""
    every = [each for area in AREAS for each in import_module(f"hearth.measures.{area}").MEASURES]
    found: dict[str, Measure] = {}
    for each in every:
        if each.id in found:
            raise ValueError(f"two measures are called {each.id}")
        found[each.id] = each
    return found


MEASURES: Mapping[str, Measure] = MappingProxyType(_collected())
"""The measures by id, in the order of the areas."""


def every() -> Mapping[str, Measure]:
    """The measures by id, with the two that each duty gives by itself, and those of drift.

    Where a chosen measure has the id of a derived one, it stands in its place.
    """
    from hearth.measures import derived, drift

    more = {**derived.DERIVED, **drift.DERIVED}
    return MappingProxyType({**MEASURES, **{id_: each for id_, each in more.items() if id_ not in MEASURES}})


WORDS = ("id", "title", "area", "kind", "meaning", "numerator", "denominator", "better", "target", "unit", "source")


def frame() -> pl.DataFrame:
    """One row a measure: WORDS, definition, follows (national or local), reading, needs ("a or b" for alternatives).

    Those that a duty gives by itself are ``derived``, and come last.
    """
    rows = [
        {word: getattr(each, word) for word in WORDS}
        | {
            "definition": _definition(each),
            "follows": each.follows,
            "reading": each.reading,
            "derived": each.id not in MEASURES,
            "needs": [need if isinstance(need, str) else " or ".join(need) for need in each.needs],
        }
        for each in every().values()
    ]
    return pl.DataFrame(rows, schema_overrides={"target": pl.Float64, "needs": pl.List(pl.String)})


def _definition(each: Measure) -> str:
    return each.numerator if each.denominator == "n/a" else f"{each.numerator}; out of {each.denominator}"
