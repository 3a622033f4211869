"""What a council seldom sees and must not overlook: placements in Scotland, children under 16 where none may live."""

from __future__ import annotations

from datetime import date

import polars as pl

from hearth.synthetic.days import birthday
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

RESIDENTIAL, UNREGULATED = members("placement_type", "K2", "H5")
BARRED_FROM, BARRED_TO = date(2021, 9, 9), date(2023, 10, 27)
"""From the ban on unregulated placements of children under 16 to the day such a home became a regulated one."""
UNDER_16 = 0.06
"""Part of placements of 14- and 15-year-olds in a children's home of that time for which no such home was found
(assumed).
"""


def rarities(order: Order, periods: pl.DataFrame, cared: pl.DataFrame) -> pl.DataFrame:
    """The episodes with the few of that kind among them."""
    born = periods.select("number", "born_on").unique("number")
    drawn = order.chance.draw("rare placement", "number", "period", "place")
    agency = pl.col("placement_type").is_in(FOSTERED) & pl.col("placement_provider").is_in(AGENCY)
    far = agency & (drawn < IN_SCOTLAND)
    moved = cared.join(born, on="number", how="left", maintain_order="left").with_columns(
        pl.when(far).then(pl.lit(value)).otherwise(name).alias(name) for name, value in EDINBURGH.items()
    )
    barred = _is_barred() & (drawn < UNDER_16)
    return moved.with_columns(
        pl.when(barred).then(pl.lit(UNREGULATED)).otherwise("placement_type").alias("placement_type"),
        pl.when(~barred).then("urn").alias("urn"),
    ).drop("born_on")


def _is_barred() -> pl.Expr:
    """Whether a placement in a children's home lay wholly in that time and began at 14 or 15."""
    place = ("number", "period", "place")
    began, ended = pl.col("started_on").min().over(place), pl.col("ended_on").max().over(place)
    is_over = pl.col("ended_on").is_not_null().all().over(place) & (ended <= BARRED_TO)
    young = (began >= birthday(14)) & (began < birthday(16))
    at_home = (pl.col("placement_type") == RESIDENTIAL).all().over(place)
    return (at_home & is_over & young & (began >= BARRED_FROM)).fill_null(value=False)
