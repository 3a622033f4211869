"""Missing from care and away without authorisation, and the interviews on return."""

from __future__ import annotations

import polars as pl

from hearth.synthetic.days import plus, turns
from hearth.synthetic.order import Order
from hearth.synthetic.work import KEY, YEAR

OFFERED = {"yes": True, "no": False}
SHARE_OF_SLOT = 0.45
"""An absence begins in the first half of its slot of the year and lasts less than the other, so none overlap."""


def missing_episodes(order: Order, years: pl.DataFrame) -> pl.DataFrame:
    """Table ``missing_episodes``; an absence that goes on when the record is seen has no end."""
    chance = order.chance
    gone = years.filter(chance.happens("goes missing", *KEY, "turn", by="age_band")).rename({"turn": "year"})
    often = chance.days("absences in the year", *KEY, "year")
    rows = turns(gone.with_columns(often.alias("_times")), pl.col("_times"))
    keys = (*KEY, "year", "turn")
    slot = YEAR / pl.col("_times")
    began = ((pl.col("turn") + chance.draw("absence", *keys) * SHARE_OF_SLOT) * slot).floor().cast(pl.Int64)
    most = (slot * SHARE_OF_SLOT).floor().cast(pl.Int64)
    rows = rows.with_columns(
        plus("from_on", began).alias("started_on"),
        pl.min_horizontal(chance.days("days absent", *keys), most).alias("_days"),
    ).with_columns(plus("started_on", pl.col("_days")).alias("ended_on"))
    inside = (
        (pl.col("started_on") > pl.col("from_on"))
        & (pl.col("started_on") < pl.col("until_on"))
        & (pl.col("started_on") > pl.col("born_on"))
    )
    ended = pl.when(pl.col("ended_on") < pl.col("until_on")).then("ended_on")
    # An absence may outlast the year it began in, never the period of care.
    known = rows.filter(inside).with_columns(ended.alias("ended_on"))
    known = known.filter(pl.col("ended_on").is_not_null() | (pl.col("until_on") > order.today))
    return _interviews(order, known, keys)


def _interviews(order: Order, rows: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    """Adds the return interview: offered, accepted, held; null where it was not recorded."""
    chance = order.chance
    back = pl.col("ended_on").is_not_null()
    minutes = (chance.draw("hour of return", *keys) * 24 * 60).floor().cast(pl.Int64)
    returned = pl.col("ended_on").cast(pl.Datetime("us")) + pl.duration(minutes=minutes)
    latest = pl.when(pl.col("ended_on") == pl.col("started_on")).then(minutes).otherwise(24 * 60)
    went = (chance.draw("hour of going", *keys) * latest).floor().cast(pl.Int64)
    offered = chance.pick("interview offered", *keys).replace_strict(OFFERED, default=None, return_dtype=pl.Boolean)
    told = rows.with_columns(
        chance.pick("missing kind", *keys).alias("kind"),
        (pl.col("started_on").cast(pl.Datetime("us")) + pl.duration(minutes=went)).alias("started_at"),
        pl.when(back).then(returned).alias("returned_at"),
        pl.when(back).then(offered).alias("is_interview_offered"),
        chance.happens("interview accepted", *keys).alias("_accepted"),
        chance.days("hours to interview", *keys).alias("_hours"),
    )
    accepted = pl.when("is_interview_offered").then("_accepted").alias("is_interview_accepted")
    return _held(order, told.with_columns(accepted))


def _held(order: Order, told: pl.DataFrame) -> pl.DataFrame:
    """Adds when the interview was held, if it was and is known on the day the record is seen."""
    held = pl.col("returned_at") + pl.duration(hours=pl.col("_hours"))
    seen = pl.col("is_interview_accepted") & (held.dt.date() <= order.today)
    return told.with_columns(
        pl.when(seen).then(held).alias("interview_held_at"),
        pl.when(seen).then(held.dt.date()).alias("interview_held_on"),
    )
