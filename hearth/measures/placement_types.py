"""Measures of the kind of home children live in, and whose it is."""

from __future__ import annotations

import polars as pl

from hearth.measures import populations_care as care
from hearth.measures import populations_placements as homes
from hearth.measures.measure import Better, Measure
from hearth.tables.codes import members

SOURCE = "Handbook, indicators.md, section 2.4; DfE, children looked after by placement (SSDA903 PLACE, PLACE_PROVIDER)"
RESIDENTIAL = members("placement_type", "K1", "K2", "R1", "S1")
FAMILY = (*homes.FOSTERED, *homes.FOR_ADOPTION, *members("placement_type", "P1"))
OWN = members("placement_provider", "PR1")[0]
AGENCY = members("placement_provider", "PR4", "PR5")
EXTERNAL = members("placement_provider", "PR2", "PR3", "PR4", "PR5")

is_fostered = pl.col("placement_type").is_in(homes.FOSTERED)
is_residential = pl.col("placement_type").is_in(RESIDENTIAL)
is_in_house = is_fostered & (pl.col("placement_provider") == OWN)
is_with_agency = is_fostered & pl.col("placement_provider").is_in(AGENCY)


def _on_the_day(
    id_: str,
    title: str,
    counts: pl.Expr,
    numerator: str,
    *,
    meaning: str,
    better: Better,
    is_count: bool = False,
    reading: str = "",
) -> Measure:
    """A number or share of the children looked after on the day by the kind of home they live in."""
    return Measure(
        id=id_,
        title=title,
        area="placements",
        kind="count" if is_count else "percentage",
        population=care.looked_after_on_the_day,
        counts=counts,
        numerator=numerator,
        denominator="n/a" if is_count else "children looked after on the day",
        meaning=meaning,
        better=better,
        unit="children" if is_count else "percent",
        source=SOURCE,
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
    meaning="How many children live with foster carers of the council's own.",
    better="higher",
    is_count=True,
)
INDEPENDENT_FOSTER_SHARE = _on_the_day(
    "independent-foster-share",
    "Children in independent fostering provision",
    is_with_agency,
    "of these, children fostered (U1 to U6) by carers of a private or voluntary agency (PR4, PR5)",
    meaning="Of every 100 children in our care, how many live with foster carers of an independent agency.",
    better="lower",
    reading="Out of all children looked after, not only those fostered.",
)
INDEPENDENT_FOSTER_COUNT = _on_the_day(
    "independent-foster-count",
    "Children placed with independent fostering agencies",
    is_with_agency,
    "children fostered on the day (U1 to U6) by carers of a private or voluntary agency (PR4, PR5)",
    meaning="How many children live with foster carers of an independent agency.",
    better="lower",
    is_count=True,
)

FOSTERING_PROVIDER_MIX = Measure(
    id="fostering-provider-mix",
    title="Fostering placements by the council's own and independent provision",
    area="placements",
    kind="distribution",
    population=homes.fostered_by_sector,
    bands="provider_sector",
    all_bands=tuple(homes.SECTORS),
    numerator="children fostered on the day, by whose carers they live with",
    denominator="children fostered on the day",
    meaning="Whose foster carers look after our fostered children.",
    better="neutral",
    unit="percent",
    source=SOURCE,
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
    meaning="Of every 100 children in our care, how many live in a children's home or other residential care.",
    better="lower",
    reading="K1, K2, R1 and S1 (a setting).",
)
RESIDENTIAL_COUNT = _on_the_day(
    "residential-count",
    "Children in residential placements",
    is_residential,
    "children in children's homes (K1, K2), residential care homes (R1) or residential schools (S1) on the day",
    meaning="How many children live in a children's home or other residential care.",
    better="lower",
    is_count=True,
    reading="K1, K2, R1 and S1 (a setting).",
)
EXTERNAL_PLACEMENTS = _on_the_day(
    "external-placements",
    "Children in external placements",
    pl.col("placement_provider").is_in(EXTERNAL),
    "children looked after on the day with a provider other than the council (PR2 to PR5)",
    meaning="How many children live with a provider that is not the council.",
    better="lower",
    is_count=True,
    reading="Bought in, wherever it lies; children with their parents (PR0) are not external. A placement without a"
    " provider code is not known.",
)
FAMILY_SETTING = _on_the_day(
    "family-setting",
    "Children living in a family setting",
    pl.col("placement_type").is_in(FAMILY),
    "of these, children with foster or connected carers (U), adopters (A) or their own parents (P1)",
    meaning="Of every 100 children in our care, how many live in a family.",
    better="higher",
)

MEASURES = (
    IN_HOUSE_FOSTER_COUNT,
    INDEPENDENT_FOSTER_SHARE,
    INDEPENDENT_FOSTER_COUNT,
    FOSTERING_PROVIDER_MIX,
    RESIDENTIAL_SHARE,
    RESIDENTIAL_COUNT,
    EXTERNAL_PLACEMENTS,
    FAMILY_SETTING,
)
