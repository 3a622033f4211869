"""Foster carers, children's homes and the authority itself: approvals, registrations, and what is owed for them."""

from __future__ import annotations

import polars as pl

from hearth.synthetic.days import plus, running, turns, weekday
from hearth.synthetic.order import Order
from hearth.tables import catalogue

Frame = pl.DataFrame
CARERS_PER_CHILD, HOMES_PER_CHILD = 0.35, 0.012
"""Fostering households and homes of a council for each child it looks after (assumed)."""
LEAST = 4
HOUSEHOLDS_PER_WORKER = 16
"""Households that one worker supervises (assumed)."""
KINDS = ("mainstream", "connected_person", "short_breaks", "early_permanence")
DAYS_IN_YEAR = 365


def carers_and_homes(order: Order, children: Frame) -> dict[str, Frame]:
    """Tables of foster carers, homes and authorities, each in the columns of the catalogue."""
    sizes = children.filter(pl.col("came_on") <= order.today).group_by("authority").len().sort("authority")
    part = order.children / max(1, sizes["len"].sum())
    in_care = sizes.with_columns((pl.col("len") * part).alias("in_care")).with_row_index("place")
    made = _carers(order, in_care) | _homes(order, in_care) | _authority(order, in_care)
    return {name: _finish(name, frame) for name, frame in made.items()}


def _finish(name: str, frame: Frame) -> Frame:
    known = [column for column in catalogue.empty(name).columns if column in frame.columns]
    return catalogue.conform(name, frame.select(known).sort(known, nulls_last=True))


def _subjects(order: Order, in_care: Frame, per_child: float, prefix: str, column: str) -> Frame:
    """So many of a kind for each authority, a few at least: begun in the years asked for, some have ended."""
    most = order.years * DAYS_IN_YEAR
    count = (pl.col("in_care") * per_child).round().cast(pl.Int64).clip(LEAST)
    each = in_care.with_columns(pl.int_ranges(0, count).alias("turn")).explode("turn").with_row_index("subject")
    chance = order.chance
    ago = (chance.draw(f"{prefix} began", "subject") * most).floor().cast(pl.Int64)
    rows = each.with_columns(plus(order.today, -ago - 20).alias("from_on"))
    lasts = (chance.draw(f"{prefix} lasts", "subject") * 3 * most).floor().cast(pl.Int64) + 200
    ends = plus("from_on", lasts)
    name = pl.lit(prefix) + pl.col("subject").cast(pl.String).str.zfill(5)
    return rows.with_columns(name.alias(column), pl.when(ends <= order.today).then(ends).alias("until_on"))


def _again(order: Order, subjects: Frame, stream: str, days: int, ends: str = "until_on") -> Frame:
    """Weekdays again and again while each subject lasts: adds day."""
    until = pl.coalesce(ends, order.tomorrow)
    count = ((until - pl.col("from_on")).dt.total_days() / days / 0.7).ceil()
    rows = turns(subjects.drop("turn", strict=False).with_columns(until.alias("_until")), count)
    percent = order.chance.days("percent between two", "subject", "turn", stream=stream)
    spaced = rows.with_columns((days * percent // 100).alias("_gap")).with_columns(
        weekday(plus("from_on", running("_gap"))).alias("day")
    )
    return spaced.filter((pl.col("day") < pl.col("_until")) & (pl.col("day") > pl.col("from_on")))


def _carers(order: Order, in_care: Frame) -> dict[str, Frame]:
    chance = order.chance
    carers = _subjects(order, in_care, CARERS_PER_CHILD, "F", "carer_id")
    kind = chance.weigh("kind of carer", KINDS, (0.62, 0.28, 0.06, 0.04), "subject")
    worker = pl.format("FW{}{}", *(_digits(n) for n in (pl.col("place"), pl.col("turn") // HOUSEHOLDS_PER_WORKER)))
    carers = carers.with_columns(kind.alias("kind"), pl.lit("Fostering").alias("team"), worker.alias("worker_id"))
    reviews = _again(order, carers, "carer review", 350)
    decided = plus("day", 12)
    visits = _again(order, carers, "carer visit", 120)
    trained = plus("from_on", 330 * chance.days("percent of the time taken", "subject", stream="carer trained") // 100)
    return {
        "foster_carers": carers.rename({"from_on": "approved_on", "until_on": "ended_on"}),
        "carer_reviews": reviews.with_columns(
            pl.col("day").alias("reviewed_on"),
            pl.when(decided <= order.today).then(decided).alias("decided_on"),
            (pl.col("turn") == 0).alias("is_at_panel"),
            pl.lit("continue").alias("outcome"),
        ),
        "carer_visits": visits.with_columns(
            pl.col("day").alias("visited_on"), (pl.col("turn") % 3 == 0).alias("is_unannounced")
        ),
        "carer_training": carers.with_columns(trained.alias("completed_on")).filter(
            (pl.col("completed_on") <= order.today) & (chance.draw("trained at all", "subject") < 0.93)
        ),
        "carer_concerns": _concerns(order, carers),
    }


def _digits(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.String).str.zfill(3)


def _concerns(order: Order, carers: Frame) -> Frame:
    """About one in ten carers a year complains, or is complained of."""
    chance = order.chance
    years = _again(order, carers, "carer year", DAYS_IN_YEAR).filter(chance.draw("concern", "subject", "turn") < 0.12)
    kinds = ("complaint_by", "complaint_about", "serious_complaint", "allegation")
    taken = 14 * chance.days("percent of the time taken", "subject", "turn", stream="concern answered") // 100
    answered = plus("day", taken)
    return years.with_columns(
        chance.weigh("concern kind", kinds, (0.45, 0.25, 0.1, 0.2), "subject", "turn").alias("kind"),
        pl.col("day").alias("received_on"),
        pl.when(answered <= order.today).then(answered).alias("answered_on"),
    ).drop("until_on")


def _homes(order: Order, in_care: Frame) -> dict[str, Frame]:
    homes = _subjects(order, in_care, HOMES_PER_CHILD, "SC", "home_id")
    visits = _again(order, homes, "home visit", 30)
    reviews = _again(order, homes, "home review", 176)
    return {
        "childrens_homes": homes.with_columns((pl.lit("Home ") + pl.col("home_id")).alias("name")).rename(
            {"from_on": "registered_on", "until_on": "closed_on"}
        ),
        "home_visits": visits.with_columns(
            pl.col("day").alias("visited_on"),
            (pl.col("turn") % 2 == 0).alias("is_unannounced"),
            _reported(order, 10, "home visit reported"),
        ),
        "home_reviews": reviews.with_columns(
            pl.col("day").alias("reviewed_on"), _reported(order, 24, "home review reported")
        ),
    }


def _reported(order: Order, days: int, stream: str) -> pl.Expr:
    taken = days * order.chance.days("percent of the time taken", "subject", "turn", stream=stream) // 100
    day = plus("day", taken)
    return pl.when(day <= order.today).then(day).alias("reported_on")


def _authority(order: Order, in_care: Frame) -> dict[str, Frame]:
    since = order.begins
    ours = in_care.with_columns(
        pl.col("place").alias("subject"), since.alias("from_on"), pl.lit(None, pl.Date).alias("until_on")
    )
    quarterly = _again(order, ours, "board report", 85).with_columns(pl.lit("performance").alias("kind"))
    yearly = _again(order, ours, "officers' report", 350).with_columns(pl.lit("officers_annual").alias("kind"))
    offers = _again(order, ours, "local offer", 350)
    return {
        "board_reports": pl.concat([quarterly, yearly]).with_columns(pl.col("day").alias("reported_on")),
        "local_offers": offers.with_columns(
            pl.col("day").alias("published_on"), plus("day", -40).alias("consulted_on")
        ),
    }
