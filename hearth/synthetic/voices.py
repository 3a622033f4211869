"""What children say and who speaks for them: complaints, independent visitors, hearings in court, why work was late."""

from __future__ import annotations

import polars as pl

from hearth.synthetic.days import plus
from hearth.synthetic.order import Order

Frame = pl.DataFrame
COMPLAIN = 0.025
"""Part of years in care with a complaint (assumed)."""
LATE_REVIEWS = {"care 1": "review-second", "care 2": "review-subsequent"}
"""Stages of reviews, with the duty whose day they missed."""
REASONS = ("child_unwilling", "child_absent", "family", "staff", "other_service", "late_notice", "recording")
LIMIT_OF_PROCEEDINGS = 182


def complaints(order: Order, years: Frame) -> Frame:
    """Table ``complaints``: most are answered at the first stage, some go on to the second and a few to a panel."""
    chance = order.chance
    some = years.filter(chance.draw("complains", "number", "on") < COMPLAIN)
    day = plus("on", (chance.draw("complaint day", "number", "on") * 330).floor().cast(pl.Int64))
    rows = some.with_columns(day.alias("received_on")).with_columns(
        plus("received_on", -chance.days("days to complain", "number", "on")).alias("grounds_on")
    )
    for name, since, days, part in STAGES:
        rows = rows.with_columns(_next(order, since, days, part, name))
    text = ("C" + pl.col("number").cast(pl.String) + "-" + pl.col("received_on").dt.to_string("%Y%m%d")).alias(
        "complaint_id"
    )
    kept = rows.filter(pl.col("received_on") <= order.today).drop("on", "until")
    return kept.with_columns(text, *(_not_after_withdrawal(name) for name, *_ in STAGES[1:]))


STAGES = (
    ("withdrawn_on", "received_on", 300, 0.05),
    ("extended_on", "received_on", 12, 0.2),
    ("responded_on", "received_on", 15, 0.97),
    ("stage2_requested_on", "responded_on", 26, 0.3),
    ("stage2_extended_on", "stage2_requested_on", 28, 0.3),
    ("adjudicated_on", "stage2_requested_on", 40, 0.95),
    ("stage3_requested_on", "adjudicated_on", 27, 0.4),
    ("panel_on", "stage3_requested_on", 44, 0.95),
    ("panel_reported_on", "panel_on", 8, 0.95),
    ("final_response_on", "panel_reported_on", 22, 0.95),
)
"""Steps of a complaint: the day before it, days that it takes about, and how often it comes to that (assumed)."""


def _next(order: Order, since: str, days: int, part: float, name: str) -> pl.Expr:
    percent = order.chance.days("percent of the time taken", "number", "on", stream=name)
    day = plus(since, days * percent // 100)
    happens = order.chance.draw(f"{name} at all", "number", "on") < part
    return pl.when(happens & (day <= order.today)).then(day).alias(name)


def _not_after_withdrawal(name: str) -> pl.Expr:
    return (
        pl.when((pl.col(name) > pl.col("withdrawn_on")).fill_null(value=False)).then(None).otherwise(name).alias(name)
    )


def independent_visitors(order: Order, reviewed: Frame) -> Frame:
    """Table ``independent_visitors``: considered about most reviews, needed for few, and then mostly matched."""
    chance = order.chance
    some = reviewed.filter(chance.draw("visitor considered", "number", "on") < 0.9)
    day = plus("on", chance.days("days from the day", "number", "on", stream="visitor considered day"))
    matched = plus(
        "_day", 90 * chance.days("percent of the time taken", "number", "on", stream="visitor matched") // 100
    )
    rows = some.with_columns(
        day.alias("_day"),
        (chance.draw("visitor needed", "number", "on") < 0.06).alias("is_needed"),
        (chance.draw("visitor wanted", "number", "on") < 0.9).alias("is_wanted"),
    ).with_columns(matched.alias("_matched"))
    finds = pl.col("is_needed") & pl.col("is_wanted") & (chance.draw("visitor found", "number", "on") < 0.85)
    return rows.filter(pl.col("_day") <= order.today).select(
        "number",
        pl.col("_day").alias("considered_on"),
        "is_needed",
        "is_wanted",
        pl.when(finds & (pl.col("_matched") <= order.today)).then("_matched").alias("matched_on"),
    )


def hearings(order: Order, proceedings: Frame) -> Frame:
    """Table ``hearings``: case management, issues resolution, final; long cases were extended in the 26th week."""
    case = pl.col("number").cast(pl.String).alias("_case")
    known = proceedings.with_columns(case)
    is_long = (plus("issued_on", LIMIT_OF_PROCEEDINGS) < pl.coalesce("concluded_on", order.tomorrow)) & (
        order.chance.draw("timetable extended", "number", "issued_on") < 0.8
    )
    parts = [
        known.with_columns(plus("issued_on", 16).alias("heard_on"), pl.lit("case_management").alias("kind")),
        known.with_columns(plus("issued_on", 120).alias("heard_on"), pl.lit("issues_resolution").alias("kind")),
        known.filter(is_long).with_columns(plus("issued_on", 178).alias("heard_on"), pl.lit("other").alias("kind")),
        known.with_columns(pl.col("concluded_on").alias("heard_on"), pl.lit("final").alias("kind")),
    ]
    rows = pl.concat(parts).with_columns((pl.col("kind") == "other").alias("is_extended"))
    over = (pl.col("heard_on") <= pl.col("concluded_on")).fill_null(value=True)
    seen = rows.filter(over & (pl.col("heard_on") <= order.today))
    own = ["case_id"] if "case_id" in seen.columns else []
    return seen.select("number", *own, "kind", "heard_on", "is_extended")


def lateness_reasons(order: Order, held: Frame) -> Frame:
    """Table ``lateness_reasons``: of most second and later reviews that were late it is told why."""
    late = held.filter((pl.col("held_on") > pl.col("due_on")) & pl.col("stage").is_in(list(LATE_REVIEWS)))
    told = late.filter(order.chance.draw("reason told", "number", "due_on") < 0.8)
    reason = order.chance.weigh("reason for lateness", REASONS, (1, 2, 2, 4, 2, 1, 1), "number", "due_on")
    recorded = plus("held_on", 1)
    return told.filter(recorded <= order.today).select(
        "number",
        pl.col("stage").replace_strict(LATE_REVIEWS).alias("duty"),
        "due_on",
        reason.alias("reason"),
        recorded.alias("recorded_on"),
    )
