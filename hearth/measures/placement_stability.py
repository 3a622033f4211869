"""Measures of how often children move and how long they stay."""

from __future__ import annotations

import polars as pl

from hearth.measures import populations_placements as homes
from hearth.measures.measure import Measure

INDICATORS = "Handbook, indicators.md"
STABILITY = "DfE, stability of placements (old NI 62 and NI 63)"
OLDER_FROM = 14
"""Age from which a young person counts as older (mission/measures.csv, older-same-placement: best reading)."""

PLACEMENT_MOVES = Measure(
    id="placement-moves",
    title="Placement moves in the period",
    area="placements",
    kind="count",
    population=homes.moves,
    over="period",
    numerator="placements that began in the period and were not the first of the child's time in care",
    meaning="How many times a child in our care had to move to live somewhere else.",
    better="lower",
    unit="moves",
    source="Handbook, timescales.md, rule R15; SSDA903 episodes with RNE P or B",
    follows="local",
    reading="Moves with the same carer, temporary placements, the return from them and placements under 24 hours are no"
    " moves.",
    needs=("episodes",),
    shows=("started_on", "placement_type", "reason_moved"),
)

THREE_OR_MORE = Measure(
    id="three-or-more-moves",
    title="Children with three or more placements in the year",
    area="placements",
    kind="percentage",
    population=homes.with_placements_in_the_period,
    counts=pl.col("placements") >= 3,
    over="period",
    numerator="of these, children with three or more placements in the period: the one open on its first day and each"
    " begun since",
    denominator="children looked after on the day",
    meaning="Of every 100 children in our care, how many lived in three or more homes in a year.",
    better="lower",
    unit="percent",
    source=f"{INDICATORS}, section 2.1; {STABILITY}",
    follows="national",
    reading="Placements, not moves. T0 to T4 and the return from them, T, U and L, and placements under 24 hours do not"
    " count; another carer of the same agency does.",
    needs=("episodes",),
    shows=("placements", "placement_started_on", "placement_type"),
)

SAME_PLACEMENT = Measure(
    id="same-placement-two-years",
    title="Children in the same placement for two years or more",
    area="placements",
    kind="percentage",
    population=homes.with_length_of_placement,
    among=(pl.col("age") < 16) & pl.col("is_settled_in_care"),
    counts=pl.col("is_two_years"),
    numerator="of these, children in the same placement for two years, or placed for adoption where that placement and"
    " the one before together have lasted two years",
    denominator="children under 16 on the day, looked after without a break for two and a half years",
    meaning="Of every 100 younger children who have been in our care for long, how many have stayed in one home.",
    better="higher",
    unit="percent",
    source=f"{INDICATORS}, section 2.2; {STABILITY}",
    follows="national",
    reading="T, U, L and temporary placements do not break a placement. Where a start lies before the source and the"
    " known part is too short, the child is not known.",
    needs=("episodes",),
    shows=("care_started_on", "lived_there_from", "placement_type"),
)

UASC_STABILITY = Measure(
    id="uasc-placement-stability",
    title="Unaccompanied children with three or more placements in the year",
    area="placements",
    kind="percentage",
    population=homes.with_placements_in_the_period,
    among=pl.col("is_unaccompanied"),
    counts=pl.col("placements") >= 3,
    over="period",
    numerator="of these, children with three or more placements in the period",
    denominator="unaccompanied asylum-seeking children looked after on the day",
    meaning="Of every 100 children who came alone, how many lived in three or more homes in a year.",
    better="lower",
    unit="percent",
    source=f"North Lincolnshire plan; as three-or-more-moves ({INDICATORS}, section 2.1)",
    follows="local",
    needs=("episodes", "unaccompanied"),
    shows=("placements", "placement_started_on", "placement_type"),
)

OLDER_SAME_PLACEMENT = Measure(
    id="older-same-placement",
    title="Older young people who stay in the same placement",
    area="placements",
    kind="percentage",
    population=homes.older_at_the_start,
    among=pl.col("age") >= OLDER_FROM,
    counts=pl.col("is_same_placement"),
    over="period",
    numerator="of these, young people still in care and in the same placement on the day",
    denominator="young people aged 14 and over, looked after on the first day of the period",
    meaning="Of every 100 teenagers in our care a year ago, how many still live in the same home.",
    better="higher",
    unit="percent",
    source="North Lincolnshire plan",
    follows="local",
    reading="Age 14 and over on the first day of the period. Who has left care by the day has not stayed.",
    needs=("episodes",),
    shows=("age", "placement_started_on", "placement_type"),
)

MEASURES = (PLACEMENT_MOVES, THREE_OR_MORE, SAME_PLACEMENT, UASC_STABILITY, OLDER_SAME_PLACEMENT)
