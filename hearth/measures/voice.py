"""Measures of voice: children who take part in what is decided about them."""

from __future__ import annotations

import polars as pl

from hearth.measures import populations_contact as contact
from hearth.measures.measure import Measure

REVIEW_PARTICIPATION = Measure(
    id="review-participation",
    title="Reviews in which the child took part",
    area="voice",
    kind="percentage",
    population=contact.reviews_held,
    counts=pl.col("took_part"),
    numerator="those in which the child took part: spoke, was spoken for at his or her wish, or sent views",
    denominator="reviews held in the period of children aged 4 or over",
    meaning="How often children had their say when their own plan was reviewed.",
    better="higher",
    unit="percent",
    source="Handbook, indicators.md, section 3; codes/participation.csv (SSDA903 REVIEW_CODE)",
    follows="national",
    reading=(
        "PN1, PN2, PN3, PN5 and PN6 take part; PN4 (there, but gave no views) and PN7 do not; PN0 and reviews held "
        "before the 4th birthday are left out. A review without a code stays in the denominator and is counted "
        "apart."
    ),
    needs=("episodes", "reviews", "reviews.participation"),
    over="period",
    shows=("held_on", "participation"),
)

MEASURES: tuple[Measure, ...] = (REVIEW_PARTICIPATION,)
