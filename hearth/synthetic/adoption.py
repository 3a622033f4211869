"""The adoption journey of each child for whom adoption was decided, and decisions that were reversed."""

from __future__ import annotations

import polars as pl

from hearth.synthetic.days import plus, years_old
from hearth.synthetic.order import Order
from hearth.synthetic.work import KEY
from hearth.tables.codes import members

WITH_CARER = members("placement_type", "A3", "A5")
ADOPTED = members("reason_episode_ceased", "E11", "E12")
FOSTERING_TO_ADOPT = members("placement_type", "U2", "U5")
JOURNEY = ("decided_on", "placement_order_on", "matched_on", "placed_on", "ordered_on")


def adoptions(order: Order, periods: pl.DataFrame, episodes: pl.DataFrame) -> pl.DataFrame:
    """Table ``adoptions``: one row for each decision known on the day, with what has happened since."""
    decided = periods.filter(pl.col("decided_on") <= order.today).join(_placed(episodes), on=KEY, how="left")
    adopted = pl.col("last_reason").is_in(ADOPTED)
    # Without proceedings the parents consented: there is no placement order.
    ordered = pl.when(pl.col("interim_on").is_not_null()).then("placement_order_on")
    rows = decided.with_columns(
        ordered.alias("placement_order_on"),
        pl.when(adopted).then("ended_on").alias("ordered_on"),
        pl.coalesce("first_adoptive_on", "placed_on").alias("placed_on"),
    )
    seen = order.seen(rows, "decided_on", "placement_order_on", "matched_on", "placed_on")
    return pl.concat([_with_adopters(order, seen), _reversed(order, periods)], how="diagonal")


def _placed(episodes: pl.DataFrame) -> pl.DataFrame:
    """For each period: first adoptive placement, first placement with the carers fostering to adopt, last reason."""
    adoptive = pl.col("placement_type").str.starts_with("A")
    fostering = pl.col("placement_type").is_in(FOSTERING_TO_ADOPT)
    return episodes.group_by(KEY).agg(
        pl.col("started_on").filter(adoptive).min().alias("first_adoptive_on"),
        pl.col("started_on").filter(fostering).min().alias("fostered_on"),
        pl.col("placement_type").filter(adoptive).is_in(WITH_CARER).any().alias("by_carer"),
        pl.col("reason_ended").sort_by("started_on").last().alias("last_reason"),
    )


def _with_adopters(order: Order, rows: pl.DataFrame) -> pl.DataFrame:
    """Adds who adopts, known from the match."""
    chance = order.chance
    couple = rows.with_columns(chance.pick("adopters", *KEY).alias("_who"))
    parts = pl.col("_who").str.split(" ")
    matched = pl.col("matched_on").is_not_null()
    fields = {"number_of_adopters": 0, "sex_of_adopters": 1, "legal_status_of_adopters": 2}
    told = couple.with_columns(pl.when(matched).then(parts.list.get(at)).alias(name) for name, at in fields.items())
    carer = pl.when(pl.col("placed_on").is_not_null()).then(pl.col("by_carer"))
    return told.select(
        *KEY,
        *JOURNEY,
        pl.when(carer).then("fostered_on").alias("fostered_by_adopters_on"),
        carer.alias("is_by_foster_carer"),
        *fields,
        pl.when(pl.col("ordered_on").is_not_null()).then(pl.lit("adoption")).alias("order_kind"),
    )


def _reversed(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    """Decisions for children who were not adopted after all."""
    chance = order.chance
    day = plus("started_on", chance.days("adoption decision", *KEY))
    young = periods.filter(
        (pl.col("purpose") == "stays") & (years_old("started_on") < 6) & pl.col("interim_on").is_not_null()
    )
    rows = young.filter(chance.happens("adoption decided and reversed", *KEY)).with_columns(day.alias("decided_on"))
    rows = rows.filter(pl.col("decided_on") < pl.col("will_end_on"))
    back = plus("decided_on", chance.days("days to reversal", *KEY))
    rows = rows.with_columns(pl.when(back < pl.col("will_end_on")).then(back).alias("reversed_on"))
    seen = order.seen(rows, "decided_on", "reversed_on")
    why = pl.when(pl.col("reversed_on").is_not_null()).then(chance.pick("reason reversed", *KEY))
    return seen.select(*KEY, "decided_on", "reversed_on", why.alias("reason_reversed"))
