"""What a council seldom sees and must not overlook: placements in Scotland."""

from __future__ import annotations

import polars as pl

from hearth.synthetic.order import Order
from hearth.tables.codes import members

FOSTERED = members("placement_type", "U6")
AGENCY = members("placement_provider", "PR4")
IN_SCOTLAND = 0.006
"""Part of placements with agency foster carers that lie in Scotland (assumed)."""
EDINBURGH = {
    "placement_postcode": "EH8 8DX",
    "placement_authority": "SCO",
    "easting": 326_700.0,
    "northing": 673_800.0,
    "urn": None,
}
"""A public building in Edinburgh, on the national grid; a setting outside England has no reference of its own."""


def rarities(order: Order, cared: pl.DataFrame) -> pl.DataFrame:
    """The episodes with the few of that kind among them."""
    drawn = order.chance.draw("rare placement", "number", "period", "place")
    agency = pl.col("placement_type").is_in(FOSTERED) & pl.col("placement_provider").is_in(AGENCY)
    far = agency & (drawn < IN_SCOTLAND)
    return cared.with_columns(
        pl.when(far).then(pl.lit(value)).otherwise(name).alias(name) for name, value in EDINBURGH.items()
    )
