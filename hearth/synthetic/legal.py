"""The legal side of a period of care: by what route the child came, court proceedings, and the status on each day."""

from __future__ import annotations

import polars as pl

from hearth.synthetic.days import plus
from hearth.synthetic.order import Order
from hearth.tables.codes import members

VOLUNTARY, INTERIM, FULL, PLACEMENT_ORDER = members("legal_status", "V2", "C1", "C2", "E1")
POLICE, EMERGENCY, REMAND = members("legal_status", "L1", "L2", "J1")
FIRST = {
    "voluntary": VOLUNTARY,
    "voluntary then court": VOLUNTARY,
    "court": INTERIM,
    "police then court": POLICE,
    "emergency then court": EMERGENCY,
    "remand": REMAND,
    "relinquished": VOLUNTARY,
}
"""Status on the first day, by route."""
LEAST_BEFORE_DECISION = 30
"""Days by which the interim order comes before the decision that a child should be placed for adoption."""
BY_COURT = ("voluntary then court", "court", "police then court", "emergency then court")


def with_proceedings(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    """The periods with route, interim_on (interim care order), issued_on and concluded_on (care proceedings).

    Proceedings that would outlast the period end with it: the child leaves care by their final order.
    """
    chance = order.chance
    court = pl.col("route").is_in(BY_COURT)
    drawn = (
        periods.with_columns(_circumstance().alias("circumstance"))
        .with_columns(chance.pick("route", "family", "period", by="circumstance").alias("route"))
        .with_columns(
            plus("started_on", chance.days("days to interim order", "family", "period", by="route")).alias("_i")
        )
        .with_columns(pl.min_horizontal("_i", plus("decided_on", -LEAST_BEFORE_DECISION)).alias("_i"))
        .with_columns(pl.when(court & (pl.col("_i") < pl.col("will_end_on"))).then("_i").alias("interim_on"))
        .with_columns(plus("interim_on", -chance.days("days from issue", "family", "period")).alias("issued_on"))
        # The proceedings of an earlier period were over before this one began.
        .with_columns(
            pl.when(pl.col("period") > 1)
            .then(pl.max_horizontal("issued_on", "started_on"))
            .otherwise("issued_on")
            .alias("issued_on")
        )
        .with_columns(plus("issued_on", chance.days("days of proceedings", "family", "period")).alias("_c"))
    )
    final = pl.max_horizontal(plus("interim_on", 20), pl.coalesce("placement_order_on", pl.col("_c")))
    ended = pl.min_horizontal(final, "will_end_on")
    return drawn.with_columns(pl.when(pl.col("interim_on").is_not_null()).then(ended).alias("concluded_on")).drop(
        "_i", "_c", "circumstance"
    )


def _circumstance() -> pl.Expr:
    """What the choice of route depends on: why care ends, and for those who stay how old they came."""
    return (
        pl.when(pl.col("origin") == "alone")
        .then(pl.lit("alone"))
        .when(pl.col("purpose") == "stays")
        .then(pl.concat_str(pl.lit("stays "), "age_group"))
        .otherwise("purpose")
    )


def statuses(periods: pl.DataFrame) -> pl.DataFrame:
    """Changes of legal status: number, period, from_on, legal_status. The first is on the day care began."""
    key = ("number", "period", "will_end_on")
    first = periods.select(
        *key, pl.col("started_on").alias("from_on"), pl.col("route").replace_strict(FIRST).alias("legal_status")
    )
    adopted = pl.col("placement_order_on").is_not_null() & pl.col("interim_on").is_not_null()
    steps = [
        first,
        _step(periods, "interim_on", INTERIM, key),
        _step(periods.filter(~adopted), "concluded_on", FULL, key),
        _step(periods.filter(adopted), "placement_order_on", PLACEMENT_ORDER, key),
    ]
    changes = pl.concat(steps).filter(pl.col("from_on") < pl.col("will_end_on"))
    return changes.unique(["number", "period", "from_on"], keep="last", maintain_order=True).drop("will_end_on")


def _step(periods: pl.DataFrame, day: str, status: str, key: tuple[str, ...]) -> pl.DataFrame:
    found = periods.filter(pl.col(day).is_not_null())
    return found.select(*key, pl.col(day).alias("from_on"), pl.lit(status).alias("legal_status"))


def legal_statuses(changes: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """Table ``legal_statuses``: each status from and to; only what began by the day the record is seen."""
    ends = periods.select("number", "period", "ended_on")
    following = pl.col("from_on").shift(-1).over("number", "period")
    rows = changes.sort("number", "period", "from_on").with_columns(following.alias("_next"))
    return rows.join(ends, on=["number", "period"]).select(
        "number",
        pl.col("legal_status").alias("status"),
        pl.col("from_on").alias("started_on"),
        pl.coalesce("_next", "ended_on").alias("ended_on"),
    )


def proceedings(periods: pl.DataFrame) -> pl.DataFrame:
    """Table ``proceedings``: care proceedings; siblings of one family in one application share the case."""
    outcome = (
        pl.when(pl.col("placement_order_on").is_not_null())
        .then(pl.lit("placement_order"))
        .when(pl.col("concluded_on") < pl.col("will_end_on"))
        .then(pl.lit("care_order"))
        .otherwise(pl.col("purpose").replace_strict(_ON_LEAVING, default="none"))
    )
    case = pl.concat_str(pl.lit("C"), pl.col("family"), pl.col("issued_on").dt.to_string("%y%m%d"), separator="-")
    return periods.filter(pl.col("issued_on").is_not_null()).select(
        "number", case.alias("case_id"), "issued_on", "concluded_on", outcome.alias("outcome")
    )


_ON_LEAVING = {
    "guardianship": "special_guardianship",
    "arrangements": "child_arrangements",
    "home": "supervision",
    "stays": "care_order",
    "adoption": "placement_order",
    "other": "none",
    "remand": "none",
}
