"""What came before care and beside it: referrals, earlier plans, pre-proceedings, earlier permanence, needs, orders."""

from __future__ import annotations

import polars as pl

from hearth.synthetic.days import birthday, plus, years_old
from hearth.synthetic.order import Order
from hearth.synthetic.work import KEY
from hearth.tables.codes import members

NONE = members("disability", "NONE")[0]
NEVER_BEFORE = members("previous_permanence", "Z1")[0]
HOMES, OTHER = members("placement_type", "K2", "Z12")
EHC_WEEKS = 20 * 7
"""A plan is due within 20 weeks of the request."""


def referrals(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    """Table ``referrals``: most families were known before; the referral closes when care ends."""
    chance = order.chance
    known = periods.filter(chance.happens("known before", "number", "period", by="origin"))
    day = pl.max_horizontal(plus("started_on", -chance.days("days known before", *KEY)), "born_on")
    name = pl.concat_str(pl.lit("R"), pl.col("number"), pl.lit("-"), pl.col("period"))
    return known.select(
        *KEY,
        name.alias("referral_id"),
        day.alias("referred_on"),
        "ended_on",
        pl.when(pl.col("ended_on").is_not_null()).then(pl.lit("Case closed")).alias("reason_ended"),
    )


def earlier_plans(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    """Table ``earlier_plans``: child in need and child protection plans before care, and plans after a return home."""
    chance = order.chance
    need = periods.filter(chance.happens("child in need plan", *KEY, by="origin"))
    protected = periods.filter(chance.happens("child protection plan", *KEY, by="origin"))
    plans = [
        _plan(
            need,
            "child_in_need",
            chance.days("days of child in need plan", *KEY),
            chance.days("days before care", *KEY),
        ),
        _plan(
            protected,
            "child_protection",
            chance.days("days of child protection plan", *KEY),
            -chance.days("days of overlap with care", *KEY),
        ),
    ]
    return order.seen(pl.concat([*plans, _after_return(order, periods)]), "started_on", "ended_on")


def _after_return(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    """Help for the family after a child has gone home."""
    home = periods.filter((pl.col("purpose") == "home") & order.chance.happens("plan after return", *KEY))
    day = pl.col("will_end_on")
    over = pl.min_horizontal(plus(day, order.chance.days("days of plan after return", *KEY)), "adult_on")
    return home.select(*KEY, pl.lit("child_in_need").alias("kind"), day.alias("started_on"), over.alias("ended_on"))


def _plan(periods: pl.DataFrame, kind: str, lasted: pl.Expr, before: pl.Expr) -> pl.DataFrame:
    ended = pl.max_horizontal(plus("started_on", -before), "born_on")
    rows = periods.with_columns(ended.alias("ended_on"))
    begun = pl.max_horizontal(plus("ended_on", -lasted), "born_on")
    rows = rows.select(*KEY, pl.lit(kind).alias("kind"), begun.alias("started_on"), "ended_on")
    return rows.filter(pl.col("started_on") < pl.col("ended_on"))


def pre_proceedings(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    """Table ``pre_proceedings``: before many applications; the meeting follows the letter."""
    chance = order.chance
    issued = periods.filter(pl.col("issued_on").is_not_null() & chance.happens("pre-proceedings", "family", "period"))
    ended = plus("issued_on", -chance.days("days from pre-proceedings to issue", "family", "period"))
    decided = plus("issued_on", -chance.days("days of pre-proceedings", "family", "period"))
    rows = issued.with_columns(ended.alias("ended_on"), decided.alias("decided_on"))
    rows = rows.filter((pl.col("decided_on") > pl.col("born_on")) & (plus("decided_on", 30) < pl.col("ended_on")))
    return rows.select(
        *KEY,
        "decided_on",
        plus("decided_on", 7).alias("letter_on"),
        plus("decided_on", 21).alias("met_on"),
        "ended_on",
        pl.lit("Issue proceedings").alias("outcome"),
        pl.col("ended_on").alias("issued_letter_on"),
    )


def previous_permanence(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    """Table ``previous_permanence``: asked of every child who starts; most had none."""
    chance = order.chance
    first = periods.sort(*KEY).unique("number", keep="last", maintain_order=True)
    old = pl.when(years_old("started_on") >= 5).then(pl.lit("5 and over")).otherwise(pl.lit("under 5")).alias("_age")
    rows = first.with_columns(old).with_columns(chance.pick("previous permanence", "number", by="_age").alias("option"))
    had = pl.col("option") != NEVER_BEFORE
    ordered = plus("born_on", ((pl.col("started_on") - pl.col("born_on")).dt.total_days() * 0.5).floor().cast(pl.Int64))
    return rows.select(
        "number",
        "option",
        pl.when(had).then(pl.lit("999")).alias("arranged_by"),
        pl.when(had).then(pl.lit("zz/zz/") + ordered.dt.year().cast(pl.String)).alias("ordered_on_text"),
    )


def disabilities(order: Order, children: pl.DataFrame) -> pl.DataFrame:
    """Table ``disabilities``: NONE where it is recorded that there is none; no row where nobody asked."""
    chance = order.chance
    asked = children.filter(~chance.happens("disability not recorded", "number"))
    rows = asked.with_columns(chance.happens("disabled", "number", by="origin").alias("_has"))
    main = rows.select(
        "number", pl.when("_has").then(chance.pick("disability", "number")).otherwise(pl.lit(NONE)).alias("disability")
    )
    second = rows.filter(pl.col("_has") & chance.happens("second disability", "number")).select(
        "number", chance.pick("another disability", "number").alias("disability")
    )
    return pl.concat([main, second]).unique(maintain_order=True)


def special_needs(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    """Table ``special_needs`` for children of school age: support or plan, the need, when it was identified."""
    chance = order.chance
    last = periods.unique("number", keep="last", maintain_order=True)
    rows = last.with_columns(chance.pick("special needs", "number", by="origin").alias("support"))
    rows = rows.filter(pl.col("support") != "none").with_columns(
        plus(birthday(4), chance.days("days from 4 to need", "number")).alias("identified_on"),
        pl.lit(1).alias("rank"),
        chance.pick("kind of need", "number").alias("need"),
    )
    return rows.select("number", "need", "rank", "identified_on", "support", "born_on")


def ehc_requests(order: Order, needs: pl.DataFrame) -> pl.DataFrame:
    """Table ``ehc_requests``: told within six weeks, plan within twenty, some later."""
    plans = needs.filter(pl.col("support") == "plan")
    late = order.chance.days("days late with plan", "number")
    return plans.select(
        "number",
        pl.concat_str(pl.lit("EHC"), "number").alias("request_id"),
        pl.col("identified_on").alias("requested_on"),
        plus("identified_on", 40).alias("decided_on"),
        pl.when(plus("identified_on", 40) <= order.today).then(pl.lit("Y")).alias("outcome"),
        plus("identified_on", late + EHC_WEEKS).alias("assessed_on"),
    )


def ehc_plans(order: Order, requests: pl.DataFrame) -> pl.DataFrame:
    """Table ``ehc_plans``: with the last yearly review."""
    made = requests.filter(pl.col("assessed_on") <= order.today)
    since = (order.today - pl.col("assessed_on")).dt.total_days() // 365 * 365
    reviewed = pl.when(since > 0).then(plus("assessed_on", since))
    return made.select("number", pl.col("assessed_on").alias("started_on"), reviewed.alias("reviewed_on"))


def immigration(order: Order, children: pl.DataFrame) -> pl.DataFrame:
    """Table ``immigration_statuses`` of unaccompanied children after their claim is decided: leave for five years, or
    until half a year before they are 18; an application about the day it runs out.
    """
    chance = order.chance
    alone = children.filter(pl.col("origin") == "alone").with_columns(
        chance.pick("immigration status", "number").alias("status"),
        plus("came_on", chance.days("days to asylum decision", "number")).alias("started_on"),
    )
    expires = pl.min_horizontal(pl.col("started_on").dt.offset_by("5y"), plus("adult_on", -182)).alias(
        "leave_expires_on"
    )
    given = alone.with_columns(pl.when(expires > pl.col("started_on")).then(expires).alias("leave_expires_on"))
    applied = plus("leave_expires_on", chance.days("days from the day", "number", stream="leave extended") * 3)
    return given.select("number", "status", "started_on", "leave_expires_on", applied.alias("applied_on"))


def deprivations_of_liberty(order: Order, periods: pl.DataFrame, episodes: pl.DataFrame) -> pl.DataFrame:
    """Table ``deprivations_of_liberty``: a few children in homes and unregistered placements."""
    chance = order.chance
    kept = episodes.filter(pl.col("placement_type").is_in([HOMES, OTHER]))
    ends = kept.join(periods.select(*KEY, "born_on"), on=KEY, how="left", maintain_order="left")
    long = pl.coalesce("ended_on", order.today)
    rows = ends.filter(
        chance.happens("deprived of liberty", *KEY, "started_on")
        & (plus("started_on", 60) < long)
        & (years_old("started_on") >= 10)
    )
    begun = plus("started_on", 5)
    over = pl.min_horizontal(plus(begun, chance.days("days of order", *KEY, "started_on")), pl.col("ended_on"))
    return rows.select(*KEY, begun.alias("started_on"), over.alias("ended_on"))
