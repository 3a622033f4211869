"""Measures of families and entry to care: who comes, who comes back, who leaves, who lives at home on a care order."""

from __future__ import annotations

import polars as pl

from hearth.measures import populations_care as care
from hearth.measures import populations_family as families
from hearth.measures.breakdowns import AGE_BANDS
from hearth.measures.measure import Measure
from hearth.tables.codes import members

INDICATORS = "Handbook, indicators.md"
HOME = members("reason_episode_ceased", "E4A", "E4B")
FULL_CARE_ORDER = members("legal_status", "C2")[0]
WITH_PARENTS = members("placement_type", "P1")[0]

ENTRANTS = Measure(
    id="entrants",
    title="Children entering care",
    area="family",
    kind="count",
    population=care.entrants,
    over="period",
    numerator="children who started to be looked after in the period, each once",
    meaning="How many children came into our care in the period.",
    better="lower",
    unit="children",
    source=f"{INDICATORS}, section 1 (starts); SSDA903 episodes with RNE S",
    follows="national",
    reading="The first start of the period counts; short breaks and stays under 24 hours do not.",
    needs=("episodes",),
    shows=("started_on", "age", "legal_status", "placement_type"),
)

ENTRANTS_AGE_PROFILE = Measure(
    id="entrants-age-profile",
    title="Age profile of children entering care",
    area="family",
    kind="distribution",
    population=care.entrants,
    bands="age_band",
    all_bands=AGE_BANDS,
    over="period",
    numerator="children entering care in the period in each age band",
    denominator="children entering care in the period",
    meaning="How old children were when they came into our care.",
    better="neutral",
    unit="percent",
    source=f"{INDICATORS}, sections 0 and 1",
    follows="national",
    reading="Age on the day the child came; national bands.",
    needs=("episodes",),
    shows=("started_on", "age"),
)

RE_ENTRIES = Measure(
    id="re-entries",
    title="Children entering care for a second or later time",
    area="family",
    kind="count",
    population=care.entrants,
    counts=pl.col("is_re_entry"),
    over="period",
    numerator="children who entered care in the period and had been looked after in an earlier, closed period of care",
    meaning="How many children came back into our care in the period after having left it before.",
    better="lower",
    unit="children",
    source=f"{INDICATORS}, section 1 (re-entry)",
    follows="local",
    reading="A child who came twice in the period is one re-entry. Where the source begins after the child was born and"
    " shows no earlier period, it is not known.",
    needs=("episodes",),
    shows=("started_on",),
)

EXITS_FROM_CARE = Measure(
    id="exits-from-care",
    title="Children leaving care",
    area="family",
    kind="count",
    population=care.exits,
    over="period",
    numerator="children whose period of care ended in the period, each once, at the last end",
    meaning="How many children left our care in the period, for whatever reason.",
    better="neutral",
    unit="children",
    source=f"{INDICATORS}, section 1 (ceases); SSDA903 episodes with a final REC other than X1",
    follows="national",
    reading="Transfers to another authority (E3) are included, as in the national figure.",
    needs=("episodes",),
    shows=("ended_on", "reason_ended"),
)

RETURNS_HOME = Measure(
    id="returns-home",
    title="Children returning to parents or family from care",
    area="family",
    kind="count",
    population=care.exits,
    counts=pl.col("reason_ended").is_in(HOME),
    over="period",
    numerator="children whose care ended in the period by going home to a parent, relative or other person with"
    " parental responsibility, planned (E4A) or not (E4B)",
    meaning="How many children went home to their family from our care.",
    better="higher",
    unit="children",
    source=f"{INDICATORS}, section 8 (returned home)",
    follows="national",
    reading="E13 (without parental responsibility) and E41 (a child arrangements order) are not returns home.",
    needs=("episodes",),
    shows=("ended_on", "reason_ended"),
)

CARE_ORDERS_WITH_PARENTS = Measure(
    id="care-orders-with-parents",
    title="Children on care orders living with their own parents",
    area="family",
    kind="count",
    population=care.looked_after_on_the_day,
    counts=(pl.col("legal_status") == FULL_CARE_ORDER) & (pl.col("placement_type") == WITH_PARENTS),
    numerator="children looked after on the day on a full care order (C2), placed with their own parents (P1)",
    meaning="How many children live at home with their parents while a court order makes us their parent too.",
    better="lower",
    unit="children",
    source="Northumberland strategy; SSDA903 codes C2 and P1",
    follows="local",
    reading="Interim care orders (C1) are left out.",
    needs=("episodes",),
    shows=("care_started_on", "placement_started_on"),
)

CARE_ORDERS_DISCHARGED = Measure(
    id="care-orders-discharged",
    title="Care orders discharged for children living with parents",
    area="family",
    kind="count",
    population=families.care_orders_at_home_ended,
    counts=pl.col("is_discharged"),
    over="period",
    numerator="full care orders that ended in the period, before the child was 18, while he or she lived with parents",
    meaning="How many children living with their parents no longer needed a care order.",
    better="higher",
    unit="children",
    source="Northumberland strategy; SSDA903 codes C2, P1 and the reason care ended",
    follows="local",
    reading="Care that ended by death, transfer, adoption, custody or the 18th birthday discharged no order. A change"
    " to section 20 (V2) did.",
    needs=("episodes",),
    shows=("ended_on", "reason_ended"),
)

ENTRANTS_KNOWN_TO_SERVICES = Measure(
    id="entrants-known-to-services",
    title="Entrants previously on a family support, child in need or child protection plan",
    area="family",
    kind="count",
    population=families.entrants_with_earlier_plans,
    counts=pl.col("is_known_to_services"),
    over="period",
    numerator="children entering care in the period who had a family support, child in need or child protection plan"
    " open in the 12 months before",
    meaning="How many of the children who came into care were already being helped at home.",
    better="neutral",
    unit="children",
    source="Norfolk strategy",
    follows="local",
    reading="A plan open on any day of the 12 months before the child came.",
    needs=("episodes", "earlier_plans"),
    shows=("started_on", "earlier_plans"),
)


def _plans(id_: str, title: str, kind: str, words: str) -> Measure:
    return Measure(
        id=id_,
        title=title,
        area="family",
        kind="count",
        population=families.with_open_plan(kind),
        numerator=f"children with a {words} plan open on the day, in care or not",
        meaning=f"How many children have a {words} plan.",
        better="lower",
        unit="children",
        source="North Lincolnshire plan",
        follows="local",
        reading="Counted from the plans the source carries, which may be those of children in care only.",
        needs=("earlier_plans",),
        shows=("started_on",),
    )


CHILD_IN_NEED_PLANS = _plans(
    "child-in-need-plans", "Children on a child in need plan", "child_in_need", "child in need"
)
CHILD_PROTECTION_PLANS = _plans(
    "child-protection-plans", "Children on a child protection plan", "child_protection", "child protection"
)

MEASURES = (
    ENTRANTS,
    ENTRANTS_AGE_PROFILE,
    RE_ENTRIES,
    EXITS_FROM_CARE,
    RETURNS_HOME,
    CARE_ORDERS_WITH_PARENTS,
    CARE_ORDERS_DISCHARGED,
    ENTRANTS_KNOWN_TO_SERVICES,
    CHILD_IN_NEED_PLANS,
    CHILD_PROTECTION_PLANS,
)
