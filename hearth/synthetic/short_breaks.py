"""Stays that count nowhere: short breaks of children who live at home, and stays of a few hours."""

from __future__ import annotations

import polars as pl

from hearth.synthetic.days import birthday, plus, turns
from hearth.synthetic.order import Order
from hearth.synthetic.work import KEY, chain, reviewed, visited
from hearth.tables.codes import members

ONE_BY_ONE, AGREED = members("legal_status", "V3", "V4")
POLICE_PROTECTION = members("legal_status", "L1")[0]
DISABILITY, ABUSE = members("category_of_need", "N2", "N1")
CARE_HOME, HOSPITAL = members("placement_type", "R1", "R2")
PRIVATE, HEALTH_TRUST = members("placement_provider", "PR4", "PR3")
STARTS = members("reason_new_episode", "S")[0]
HOME, OTHER_REASON = members("reason_episode_ceased", "E4A", "E8")
NEVER_BEFORE = members("previous_permanence", "Z1")[0]
EVERY = 35
"""Days from one break to the next where each is recorded; two nights each time stay under 75 days in the year."""
NIGHTS = 2
VISITED_EVERY = 4
"""Every fourth break is visited: the child is seen in the placement at least every six months."""

Frame = pl.DataFrame


def short_breaks(order: Order, helped: Frame, plans: Frame) -> dict[str, Frame]:
    """What is recorded of the few children helped at home who have short breaks.

    A series lasts as long as the child's plan; it is recorded by its agreement (V4) or break by break (V3). Also the
    episodes of a few hours under police protection, which end on the day they begin.
    """
    series = _series(order, helped, plans)
    agreed = series.filter(pl.col("recorded") == AGREED)
    breaks = _breaks(order, series.filter(pl.col("recorded") == ONE_BY_ONE))
    return {
        "episodes": pl.concat([_agreements(agreed), _each(breaks), _hours(order, helped, plans)], how="diagonal"),
        "reviews": _reviews(order, series),
        "visits": _visits(order, agreed, breaks),
        "disabilities": series.select("number", order.chance.pick("disability", "number").alias("disability")),
        "previous_permanence": series.select("number", pl.lit(NEVER_BEFORE).alias("option")).unique(
            maintain_order=True
        ),
    }


def _series(order: Order, helped: Frame, plans: Frame) -> Frame:
    """The children with short breaks: from_on, until_on (first day after it, or not yet seen), how it is recorded."""
    told = helped.filter(pl.col("route") == "in need").select("number", "born_on")
    rows = plans.join(told, on="number").filter(order.chance.happens("has short breaks", "number"))
    from_on = plus("started_on", order.chance.days("days to short breaks", "number")).alias("from_on")
    until = pl.coalesce("ended_on", order.tomorrow).alias("until_on")
    recorded = order.chance.pick("short breaks recorded", "number").alias("recorded")
    known = rows.select(*KEY, "born_on", "ended_on", from_on, until, recorded)
    return known.filter((pl.col("from_on") < pl.col("until_on")) & (pl.col("from_on") >= birthday(1)))


def _agreements(series: Frame) -> Frame:
    over = pl.when(pl.col("ended_on").is_not_null()).then(pl.lit(OTHER_REASON)).alias("reason_ended")
    rows = series.select(*KEY, pl.col("from_on").alias("started_on"), "ended_on", over)
    return rows.with_columns(_placed(AGREED, DISABILITY, CARE_HOME, PRIVATE))


def _breaks(order: Order, series: Frame) -> Frame:
    rows = turns(series, (pl.col("until_on") - pl.col("from_on")).dt.total_days() / EVERY + 1)
    began = plus("from_on", pl.col("turn") * EVERY).alias("started_on")
    dated = rows.with_columns(began).with_columns(plus("started_on", NIGHTS).alias("_back"))
    return dated.filter(pl.col("_back") < pl.col("until_on")).drop("ended_on").rename({"_back": "ended_on"})


def _each(breaks: Frame) -> Frame:
    rows = breaks.select(*KEY, "started_on", "ended_on", pl.lit(OTHER_REASON).alias("reason_ended"))
    return rows.with_columns(_placed(ONE_BY_ONE, DISABILITY, CARE_HOME, PRIVATE))


def _hours(order: Order, helped: Frame, plans: Frame) -> Frame:
    """Police protection of a few hours on the day before a protection plan begins."""
    rows = helped.filter((pl.col("route") != "in need") & order.chance.happens("hours under protection", "number"))
    known = rows.join(plans, on="number", how="semi").filter(pl.col("born_on") < pl.col("came_on"))
    day = plus("came_on", -1)
    home = pl.lit(HOME).alias("reason_ended")
    held = known.select(*KEY, day.alias("started_on"), day.alias("ended_on"), home)
    return held.with_columns(_placed(POLICE_PROTECTION, ABUSE, HOSPITAL, HEALTH_TRUST))


def _placed(status: str, need: str, place: str, provider: str) -> list[pl.Expr]:
    """The codes of a stay; rules 214 and 398 of the return want neither postcode nor reference for short breaks."""
    codes = {
        "reason_started": STARTS,
        "legal_status": status,
        "category_of_need": need,
        "placement_type": place,
        "placement_provider": provider,
    }
    return [pl.lit(code).alias(column) for column, code in codes.items()]


def _reviews(order: Order, series: Frame) -> Frame:
    turn = pl.min_horizontal(pl.col("turn"), pl.lit(1)).cast(pl.String)
    stage = pl.concat_str(pl.lit("short breaks "), turn)
    return reviewed(order, chain(order, series, "days between reviews", stage, 130))


def _visits(order: Order, agreed: Frame, breaks: Frame) -> Frame:
    stage = pl.when(pl.col("turn") == 0).then(pl.lit("short breaks 0")).otherwise(pl.lit("short breaks 1"))
    planned = chain(order, agreed, "days between visits", stage, 110).select(*KEY, "born_on", "on")
    during = breaks.filter(pl.col("turn") % VISITED_EVERY == 1)
    seen = during.select(*KEY, "born_on", pl.col("started_on").alias("on"))
    return visited(order, pl.concat([planned, seen]))
