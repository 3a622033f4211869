"""Measures of adoption and special guardianship."""

from __future__ import annotations

import polars as pl

from hearth.measures import populations_care as care
from hearth.measures import populations_permanence as permanence
from hearth.measures.measure import Measure

INDICATORS = "Handbook, indicators.md, section 8"

PLACED_FOR_ADOPTION = Measure(
    id="placed-for-adoption",
    title="Children placed for adoption",
    area="permanence",
    kind="count",
    population=permanence.placed_for_adoption,
    over="period",
    numerator="children who moved in with their adopters in the period",
    meaning="How many children moved in with the family that will adopt them.",
    better="higher",
    unit="children",
    source=f"{INDICATORS}; SSDA903 placements A3 to A6",
    follows="national",
    reading="The first A3 to A6 placement of the time in care.",
    needs=("episodes",),
    shows=("placed_on", "placement_type"),
)

TIME_TO_ADOPTIVE_PLACEMENT = Measure(
    id="time-to-adoptive-placement",
    title="Time from entering care to moving in with adopters",
    area="permanence",
    kind="average",
    population=permanence.placed_for_adoption,
    counts=pl.col("days"),
    unknown="out of denominator",
    over="period",
    numerator="days from coming into care to moving in with adopters",
    denominator="children placed for adoption in the period whose start of care is known",
    meaning="How long, on average, children waited in care before they moved in with their new family.",
    better="lower",
    unit="days",
    source=f"{INDICATORS} (A1, here for children placed, not adopted)",
    follows="local",
    reading="For carers who adopt the child they foster, the day the placement became adoptive.",
    needs=("episodes",),
    shows=("care_started_on", "placed_on", "days"),
)

TIME_TO_ADOPTION_ORDER = Measure(
    id="time-to-adoption-order",
    title="Time to the adoption order",
    area="permanence",
    kind="average",
    population=permanence.adopted_in_the_period,
    counts=pl.col("days"),
    unknown="out of denominator",
    over="period",
    numerator="days from moving in with adopters to the adoption order",
    denominator="children adopted in the period whose day of moving in is known",
    meaning="How long, on average, children lived with their new family before the court made the adoption final.",
    better="lower",
    unit="days",
    source=INDICATORS,
    follows="local",
    reading="From the adoptive placement to the end of care by adoption (E11, E12).",
    needs=("episodes",),
    shows=("placed_on", "ended_on", "days"),
)

ADOPTED_SHARE = Measure(
    id="adopted-share",
    title="Children leaving care who were adopted",
    area="permanence",
    kind="percentage",
    population=care.exits,
    counts=pl.col("reason_ended").is_in(permanence.ADOPTED),
    over="period",
    numerator="of these, children who were adopted (E11, E12)",
    denominator="children whose care ended in the period",
    meaning="Of every 100 children who left our care, how many were adopted.",
    better="higher",
    unit="percent",
    source=INDICATORS,
    follows="national",
    needs=("episodes",),
    shows=("ended_on", "reason_ended"),
)

SGO_AT_CONCLUSION = Measure(
    id="sgo-at-conclusion",
    title="Special guardianship orders made at the end of proceedings",
    area="permanence",
    kind="count",
    population=permanence.concluded_children,
    counts=pl.col("outcome") == "special_guardianship",
    over="period",
    numerator="children whose care proceedings ended in the period with a special guardianship order",
    meaning="For how many children the court chose a guardian, often a relative.",
    better="higher",
    unit="children",
    source="Norfolk strategy",
    follows="local",
    reading="Proceedings as recorded; a special guardianship order outside them is not counted.",
    needs=("proceedings",),
    shows=("concluded_on", "outcome"),
)

SGO_SHARE = Measure(
    id="sgo-share",
    title="Children leaving care to special guardianship",
    area="permanence",
    kind="percentage",
    population=care.exits,
    counts=pl.col("reason_ended").is_in(permanence.GUARDIANSHIP),
    over="period",
    numerator="of these, children who left to a special guardianship order (E45 to E48; before, E43 and E44)",
    denominator="children whose care ended in the period",
    meaning="Of every 100 children who left our care, how many went to a special guardian.",
    better="higher",
    unit="percent",
    source=INDICATORS,
    follows="national",
    needs=("episodes",),
    shows=("ended_on", "reason_ended"),
)

MEASURES = (
    PLACED_FOR_ADOPTION,
    TIME_TO_ADOPTIVE_PLACEMENT,
    TIME_TO_ADOPTION_ORDER,
    ADOPTED_SHARE,
    SGO_AT_CONCLUSION,
    SGO_SHARE,
)
