"""Measures of homes: how often children move, what kind of home they live in, whose it is and how far away."""

from __future__ import annotations

import polars as pl

from hearth.measures import populations_care as care
from hearth.measures import populations_fostering as fostering
from hearth.measures import populations_placements as homes
from hearth.measures.measure import Better, Measure
from hearth.tables.codes import members

INDICATORS = "Handbook, indicators.md"
STABILITY = "DfE, stability of placements (old NI 62 and NI 63)"
TYPES = "DfE, children looked after by placement (SSDA903 PLACE and PLACE_PROVIDER)"
RESIDENTIAL = members("placement_type", "K1", "K2", "R1", "S1")
FOSTERED = members("placement_type", "U1", "U2", "U3", "U4", "U5", "U6")
FAMILY = (*FOSTERED, *members("placement_type", "A3", "A4", "A5", "A6", "P1"))
OWN = members("placement_provider", "PR1")[0]
AGENCY = members("placement_provider", "PR4", "PR5")
EXTERNAL = members("placement_provider", "PR2", "PR3", "PR4", "PR5")
OLDER_FROM = 14
"""Age from which a young person counts as older (mission/measures.csv, older-same-placement: best reading)."""
FAR = 20.0

is_fostered = pl.col("placement_type").is_in(FOSTERED)
is_residential = pl.col("placement_type").is_in(RESIDENTIAL)
is_in_house = is_fostered & (pl.col("placement_provider") == OWN)
is_with_agency = is_fostered & pl.col("placement_provider").is_in(AGENCY)
is_far_outside = (pl.col("miles") > FAR) & ~pl.col("is_in_area")

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
    numerator="of these, children with three or more placements in the period: the one open on its first day and each begun"
    " since",
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
    numerator="of these, children in the same placement for two years, or placed for adoption where that placement and the"
    " one before together have lasted two years",
    denominator="children under 16 on the day, looked after without a break for two and a half years",
    meaning="Of every 100 younger children who have been in our care for long, how many have stayed in one home.",
    better="higher",
    unit="percent",
    source=f"{INDICATORS}, section 2.2; {STABILITY}",
    follows="national",
    reading="T, U, L and temporary placements do not break a placement. Where a start lies before the source and the known"
    " part is too short, the child is not known.",
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


def _on_the_day(
    id_: str,
    title: str,
    counts: pl.Expr,
    numerator: str,
    meaning: str,
    better: Better,
    *,
    among: pl.Expr | None = None,
    denominator: str = "children looked after on the day",
    is_count: bool = False,
    source: str = f"{INDICATORS}, section 2.4; {TYPES}",
    reading: str = "",
) -> Measure:
    """A number or share of the children looked after on the day by the kind of home they live in."""
    return Measure(
        id=id_,
        title=title,
        area="placements",
        kind="count" if is_count else "percentage",
        population=care.looked_after_on_the_day,
        among=among,
        counts=counts,
        numerator=numerator,
        denominator="n/a" if is_count else denominator,
        meaning=meaning,
        better=better,
        unit="children" if is_count else "percent",
        source=source,
        follows="national",
        reading=reading,
        needs=("episodes",),
        shows=("placement_type", "placement_provider"),
    )


IN_HOUSE_FOSTER_COUNT = _on_the_day(
    "in-house-foster-count",
    "Children in the council's own foster care",
    is_in_house,
    "children fostered on the day (U1 to U6) by carers of the council (PR1)",
    "How many children live with foster carers of the council's own.",
    "higher",
    is_count=True,
)
INDEPENDENT_FOSTER_SHARE = _on_the_day(
    "independent-foster-share",
    "Children in independent fostering provision",
    is_with_agency,
    "of these, children fostered (U1 to U6) by carers of a private or voluntary agency (PR4, PR5)",
    "Of every 100 children in our care, how many live with foster carers of an independent agency.",
    "lower",
    reading="Out of all children looked after, not only those fostered.",
)
INDEPENDENT_FOSTER_COUNT = _on_the_day(
    "independent-foster-count",
    "Children placed with independent fostering agencies",
    is_with_agency,
    "children fostered on the day (U1 to U6) by carers of a private or voluntary agency (PR4, PR5)",
    "How many children live with foster carers of an independent agency.",
    "lower",
    is_count=True,
)

FOSTERING_PROVIDER_MIX = Measure(
    id="fostering-provider-mix",
    title="Fostering placements by the council's own and independent provision",
    area="placements",
    kind="distribution",
    population=fostering.fostered_by_sector,
    bands="provider_sector",
    all_bands=fostering.SECTORS,
    numerator="children fostered on the day, by whose carers they live with",
    denominator="children fostered on the day",
    meaning="Whose foster carers look after our fostered children.",
    better="neutral",
    unit="percent",
    source=f"{INDICATORS}, section 2.4; {TYPES}",
    follows="national",
    reading="Own PR1; independent PR4 and PR5; other public PR2 and PR3.",
    needs=("episodes",),
    shows=("placement_type", "placement_provider"),
)

RESIDENTIAL_SHARE = _on_the_day(
    "residential-share",
    "Children in residential care",
    is_residential,
    "of these, children in children's homes (K1, K2), residential care homes (R1) or residential schools (S1)",
    "Of every 100 children in our care, how many live in a children's home or other residential care.",
    "lower",
    reading="K1, K2, R1 and S1 (a setting).",
)
RESIDENTIAL_COUNT = _on_the_day(
    "residential-count",
    "Children in residential placements",
    is_residential,
    "children in children's homes (K1, K2), residential care homes (R1) or residential schools (S1) on the day",
    "How many children live in a children's home or other residential care.",
    "lower",
    is_count=True,
    reading="K1, K2, R1 and S1 (a setting).",
)
EXTERNAL_PLACEMENTS = _on_the_day(
    "external-placements",
    "Children in external placements",
    pl.col("placement_provider").is_in(EXTERNAL),
    "children looked after on the day with a provider other than the council (PR2 to PR5)",
    "How many children live with a provider that is not the council.",
    "lower",
    is_count=True,
    reading="Bought in, wherever it lies; children with their parents (PR0) are not external. A placement without a"
    " provider code is not known.",
)
FAMILY_SETTING = _on_the_day(
    "family-setting",
    "Children living in a family setting",
    pl.col("placement_type").is_in(FAMILY),
    "of these, children with foster or connected carers (U), adopters (A) or their own parents (P1)",
    "Of every 100 children in our care, how many live in a family.",
    "higher",
)


def _by_distance(
    id_: str, title: str, counts: pl.Expr, numerator: str, meaning: str, better: Better, *, reading: str, **kind: object
) -> Measure:
    given = {
        "kind": "percentage",
        "denominator": "children looked after on the day",
        "unit": "percent",
        "unknown": "in denominator",
        "follows": "national",
    }
    return Measure(
        id=id_,
        title=title,
        area="placements",
        population=homes.with_distance,
        counts=counts,
        numerator=numerator,
        meaning=meaning,
        better=better,
        source=f"{INDICATORS}, section 2.3; DfE, distance between home and placement",
        reading=reading,
        shows=("miles", "is_in_area", "placement_type"),
        **(given | kind),
    )


PLACED_IN_COUNTY = _by_distance(
    "placed-in-county",
    "Children placed within the council's area",
    pl.col("is_in_area"),
    "children looked after on the day whose placement lies inside the council's boundary",
    "How many children live inside the council's own area.",
    "higher",
    reading="Derived from the postcode of the placement; without one it is not known.",
    kind="count",
    denominator="n/a",
    unit="children",
    needs=("episodes", ("episodes.is_in_area", "episodes.placement_postcode", "episodes")),
)
