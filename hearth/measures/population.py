"""Measures of who is in care: how many children, how many came unaccompanied, how many live with a disability."""

from __future__ import annotations

import polars as pl

from hearth.measures import populations_care as care
from hearth.measures import populations_unaccompanied as unaccompanied
from hearth.measures.measure import Measure

INDICATORS = "Handbook, indicators.md, section 1"

LAC_COUNT = Measure(
    id="lac-count",
    title="Children looked after",
    area="population",
    kind="count",
    population=care.looked_after_on_the_day,
    numerator="children looked after on the day, short breaks left out",
    meaning="How many children the council was the parent of on that day.",
    better="lower",
    unit="children",
    source=f"{INDICATORS}; national statistics on children looked after (SSDA903)",
    follows="national",
    reading="A child who left on the day is not in care; short breaks (V3, V4) and stays under 24 hours count nowhere.",
    needs=("episodes",),
    shows=("care_started_on", "legal_status", "placement_type"),
)

LAC_RATE = Measure(
    id="lac-rate",
    title="Children looked after per 10,000 children under 18",
    area="population",
    kind="rate",
    population=care.looked_after_on_the_day,
    per=10_000,
    is_of_residents=True,
    numerator="children looked after on the day, short breaks left out",
    denominator="children aged 0 to 17 who live in the area (mid-year estimate)",
    meaning="Of every 10,000 children who live here, how many the council was the parent of.",
    better="lower",
    unit="per 10,000 children",
    source=f"{INDICATORS}; Office for National Statistics mid-year population estimates",
    follows="national",
    reading="The estimate is that of the last 30 June before the day, or the latest earlier one.",
    needs=("episodes",),
)

UASC_COUNT = Measure(
    id="uasc-count",
    title="Unaccompanied asylum-seeking children looked after",
    area="population",
    kind="count",
    population=care.with_unaccompanied_on_the_day,
    counts=pl.col("is_unaccompanied"),
    numerator="children looked after on the day who are unaccompanied asylum seekers on it",
    meaning="How many children in our care came to this country alone to seek safety.",
    better="neutral",
    unit="children",
    source=INDICATORS,
    follows="national",
    reading="The status has no end date, or ends after the day.",
    needs=("episodes", "unaccompanied"),
    shows=("care_started_on",),
)

UASC_ARRIVALS = Measure(
    id="uasc-arrivals",
    title="Unaccompanied asylum-seeking children who came into care",
    area="population",
    kind="count",
    population=care.unaccompanied_entrants,
    counts=pl.col("is_unaccompanied"),
    over="period",
    numerator="children who started to be looked after in the period and were unaccompanied on the day they came",
    meaning="How many children who came to this country alone we took into our care in the period.",
    better="neutral",
    unit="children",
    source="North Lincolnshire and Norfolk strategies; handbook, indicators.md, section 1",
    follows="local",
    reading="A child who came into care twice in the period counts once.",
    needs=("episodes", "unaccompanied"),
    shows=("started_on",),
)

UASC_CARE_LEAVERS = Measure(
    id="uasc-care-leavers",
    title="Care leavers who were unaccompanied asylum seekers",
    area="population",
    kind="count",
    population=unaccompanied.care_leavers_aged_18_and_over,
    counts=pl.col("came_alone"),
    given=unaccompanied.given,
    numerator="care leavers aged 18 or over on the day who were looked after as unaccompanied asylum-seeking children",
    meaning="How many of the young adults we still support came to this country alone as children.",
    better="neutral",
    unit="young people",
    source="Norfolk scrutiny report; handbook, care-leaver-eligibility.md",
    follows="local",
    reading="Former relevant young people; over 21 those still in education. A return (903) does not list them all.",
    needs=("episodes", "unaccompanied", ("care_leaver_statuses", "care_leaver_activities")),
    shows=("category", "age"),
)

LAC_WITH_DISABILITY = Measure(
    id="lac-with-disability",
    title="Looked-after children with a disability",
    area="population",
    kind="count",
    population=care.with_disability_on_the_day,
    counts=pl.col("is_disabled"),
    numerator="children looked after on the day with a disability on record",
    meaning="How many children in our care live with a disability.",
    better="neutral",
    unit="children",
    source="Norfolk and Northumberland strategies",
    follows="local",
    reading="A child without any entry on disability, not even that there is none, is not known.",
    needs=("episodes", "disabilities"),
    shows=("disability",),
)

MEASURES = (LAC_COUNT, LAC_RATE, UASC_COUNT, UASC_ARRIVALS, UASC_CARE_LEAVERS, LAC_WITH_DISABILITY)
