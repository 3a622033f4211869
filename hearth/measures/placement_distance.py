"""Measures of how far from home, and in whose area, children live."""

from __future__ import annotations

from typing import Literal

import polars as pl

from hearth.measures import populations_placements as homes
from hearth.measures.measure import Better, Measure, Unknown

FAR = 20.0
"""Miles; more than 20 means over 20.0, straight line, to a tenth (readings.md, Placements)."""
NO_POSTCODE = "Derived from the postcode of the placement; a child without one is not known"


def _measure(
    id_: str,
    title: str,
    counts: pl.Expr,
    numerator: str,
    *,
    meaning: str,
    better: Better,
    reading: str,
    kind: Literal["count", "percentage"] = "percentage",
    denominator: str = "children looked after on the day",
    unknown: Unknown = "in denominator",
    follows: Literal["national", "local"] = "national",
) -> Measure:
    return Measure(
        id=id_,
        title=title,
        area="placements",
        kind=kind,
        population=homes.with_distance,
        counts=counts,
        unknown=unknown,
        numerator=numerator,
        denominator=denominator,
        meaning=meaning,
        better=better,
        unit="children" if kind == "count" else "percent",
        source="Handbook, indicators.md, section 2.3; DfE, distance and locality of placements",
        follows=follows,
        reading=reading,
        needs=("episodes",),
        shows=("miles", "is_in_area", "placement_type"),
    )


PLACED_IN_COUNTY = _measure(
    "placed-in-county",
    "Children placed within the council's area",
    pl.col("is_in_area"),
    "children looked after on the day whose placement lies inside the council's boundary",
    meaning="How many children live inside the council's own area.",
    better="higher",
    reading=f"{NO_POSTCODE}.",
    kind="count",
    denominator="n/a",
)
WITHIN_20_MILES = _measure(
    "within-20-miles",
    "Children living within 20 miles of home",
    pl.col("miles") <= FAR,
    "of these, children placed 20.0 miles or less from the home they left",
    meaning="Of every 100 children in our care, how many live near the home they came from.",
    better="higher",
    reading="Counts known distances only; a child who came unaccompanied has no home address and is not known.",
    denominator="children looked after on the day with both addresses known",
    unknown="out of denominator",
    follows="local",
)
OVER_20_MILES_OUTSIDE_AREA = _measure(
    "over-20-miles-outside-area",
    "Children placed more than 20 miles from home and outside the area",
    (pl.col("miles") > FAR) & ~pl.col("is_in_area"),
    "of these, children placed more than 20.0 miles from home and outside the council's boundary",
    meaning="Of every 100 children in our care, how many live far from home and outside our area.",
    better="lower",
    reading="Not known stays in the denominator; a child who came unaccompanied has no home address.",
)
PLACED_OUTSIDE_AREA = _measure(
    "placed-outside-area",
    "Children living outside the council's area",
    ~pl.col("is_in_area"),
    "of these, children whose placement lies outside the council's boundary",
    meaning="Of every 100 children in our care, how many live outside the council's own area.",
    better="lower",
    reading=f"{NO_POSTCODE} and stays in the denominator.",
)

MEASURES = (PLACED_IN_COUNTY, WITHIN_20_MILES, OVER_20_MILES_OUTSIDE_AREA, PLACED_OUTSIDE_AREA)
