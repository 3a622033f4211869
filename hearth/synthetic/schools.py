"""School: education plans each term, schools attended, attendance, unauthorised absence, suspensions and exclusions."""

from __future__ import annotations

import polars as pl

from hearth.synthetic.days import plus, running, turns, weekday
from hearth.synthetic.order import Order
from hearth.synthetic.owed import DONE

Frame = pl.DataFrame
BETWEEN_PLANS, BETWEEN_FIGURES = 112, 120
"""Days between two education plans, and between two figures of attendance: about a term."""
SESSIONS = 120
"""Half days of school in such a time."""
MOVES_OF_SCHOOL = 0.2
"""Part of placements with which the child changes school (assumed)."""


def education_plans(order: Order, ages: Frame) -> Frame:
    """Table ``education_plans``: the first in the first weeks, then one about each term; checked soon after."""
    chance, keys = order.chance, ("number", "on", "turn")
    rows = _repeated(order, ages, "education plan", BETWEEN_PLANS, first=13)
    signed = plus("day", chance.days("percent of the time taken", *keys, stream="plan signed") // 8)
    graded = plus("_signed", 14 * chance.days("percent of the time taken", *keys, stream="plan graded") // 100)
    told = rows.with_columns(pl.col("day").alias("started_on"), signed.alias("_signed")).with_columns(
        pl.when(chance.draw("plan graded at all", *keys) < DONE).then(graded).alias("_graded"),
        chance.weigh("plan grade", ("good", "adequate", "poor"), (6, 3, 1), *keys).alias("grade"),
    )
    return told.select(
        "number",
        "started_on",
        _known(order, "_signed", "finalised_on"),
        _known(order, "_graded", "graded_on"),
        pl.when(pl.col("_graded") <= order.today).then("grade").alias("grade"),
    )


def schools_attended(order: Order, ages: Frame, placements: Frame) -> Frame:
    """Table ``schools_attended``: a school from the start, another after some of the moves, at times after a gap."""
    chance = order.chance
    moved = placements.filter(chance.draw("school moved", "number", "on") < MOVES_OF_SCHOOL)
    spans = ages.select("number", pl.col("on").alias("from"), pl.col("until").alias("to"))
    inside = moved.join(spans, on="number").filter(
        (pl.col("on") > pl.col("from")) & (pl.col("on") < pl.col("to")).fill_null(value=True)
    )
    first = spans.with_columns(pl.col("from").alias("on"))
    each = pl.concat([first, inside.select(first.columns)]).unique(("number", "on")).sort("number", "on")
    gap = chance.days("days without a school", "number", "on")
    starts = each.with_columns(
        pl.col("on").shift(-1).over("number", "from").alias("_next"),
        pl.when(pl.col("on") > pl.col("from")).then(plus("on", gap)).otherwise("on").alias("started_on"),
        (chance.draw("school", "number", "on") * 900_000).floor().cast(pl.Int64).alias("_school"),
    ).with_columns(pl.coalesce("_next", "to").alias("_end"))
    lasted = (pl.col("_end") > pl.col("started_on")).fill_null(value=True) & (pl.col("started_on") <= order.today)
    return starts.filter(lasted).select(
        "number",
        (pl.col("_school") + 100_000).cast(pl.String).alias("school"),
        "started_on",
        _known(order, "_end", "ended_on"),
        pl.lit(value=True).alias("is_full_time"),
    )


def attendance(order: Order, ages: Frame) -> Frame:
    """Table ``school_attendance``: a figure about each term; of low ones it is mostly recorded what was done."""
    chance, keys = order.chance, ("number", "on", "turn")
    rows = _repeated(order, ages, "attendance", BETWEEN_FIGURES, first=BETWEEN_FIGURES)
    missed = chance.days("sessions missed", *keys).clip(0, SESSIONS)
    acted = plus("day", 8 * chance.days("percent of the time taken", *keys, stream="attendance acted") // 100)
    is_done = chance.draw("attendance acted at all", *keys) < DONE
    told = rows.with_columns(missed.alias("_missed"), pl.when(is_done).then(acted).alias("_acted"))
    return told.select(
        "number",
        plus("day", -90).alias("started_on"),
        pl.col("day").alias("ended_on"),
        pl.lit(SESSIONS, pl.Int64).alias("possible_sessions"),
        (SESSIONS - pl.col("_missed")).alias("attended_sessions"),
        (pl.col("_missed") // 4).alias("unauthorised_sessions"),
        pl.when((pl.col("_missed") * 20 > SESSIONS) & (pl.col("_acted") <= order.today))
        .then("_acted")
        .alias("acted_on"),
    )


def _repeated(order: Order, spans: Frame, stream: str, days: int, first: int) -> Frame:
    """Weekdays again and again in each span: number, on (its start), turn, day."""
    until = pl.min_horizontal("until", order.tomorrow)
    count = ((until - pl.col("on")).dt.total_days() / days / 0.7).ceil() + 1
    rows = turns(spans.with_columns(until.alias("until")), count)
    percent = order.chance.days("percent between two", "number", "on", "turn", stream=stream)
    step = pl.when(pl.col("turn") == 0).then(first * percent // 100).otherwise(days * percent // 100)
    spaced = rows.with_columns(step.alias("_gap")).with_columns(weekday(plus("on", running("_gap"))).alias("day"))
    return spaced.filter((pl.col("day") < pl.col("until")) & (pl.col("day") >= pl.col("on"))).drop("spell", "_gap")


def unauthorised_absences(order: Order, years: Frame) -> Frame:
    """Table ``unauthorised_absences``: few a year, some so long that the school must give notice."""
    chance = order.chance
    some = years.filter(chance.draw("absent from school", "number", "on") < 0.05)
    lasts = chance.days("days of unauthorised absence", "number", "on")
    told = some.with_columns(
        weekday(plus("on", (chance.draw("absent day", "number", "on") * 300).floor().cast(pl.Int64))).alias(
            "started_on"
        )
    ).with_columns(
        plus("started_on", lasts).alias("_end"), _later(order, "started_on", 14, "absence told", "reported_on")
    )
    return _begun(order, told).select("number", "started_on", _known(order, "_end", "ended_on"), "reported_on")


def suspensions(order: Order, years: Frame) -> Frame:
    """Table ``suspensions``: suspensions of some days and, rarely, permanent exclusions."""
    chance = order.chance
    some = years.filter(chance.draw("suspended", "number", "on") < 0.11)
    kind = chance.weigh("suspension kind", ("suspension", "exclusion"), (0.94, 0.06), "number", "on")
    day = weekday(plus("on", (chance.draw("suspended day", "number", "on") * 300).floor().cast(pl.Int64)))
    told = some.with_columns(kind.alias("kind"), day.alias("started_on")).with_columns(
        plus("started_on", chance.days("days suspended", "number", "on")).alias("_end"),
        _later(order, "started_on", 2, "educated", "education_from_on"),
        _later(order, "started_on", 1, "virtual school told", "virtual_school_told_on"),
        _later(order, "started_on", 26, "governors met", "governors_met_on"),
    )
    excluded = pl.col("kind") == "exclusion"
    return _begun(order, told).select(
        "number",
        "kind",
        "started_on",
        pl.when(~excluded & (pl.col("_end") <= order.today)).then("_end").alias("ended_on"),
        pl.when(excluded).then("virtual_school_told_on").alias("virtual_school_told_on"),
        "education_from_on",
        pl.when(excluded).then("governors_met_on").alias("governors_met_on"),
    )


def _begun(order: Order, rows: Frame) -> Frame:
    """What began by the day and while the child was in care."""
    still = (pl.col("started_on") < pl.col("until")).fill_null(value=True)
    return rows.filter(still & (pl.col("started_on") <= order.today))


def _later(order: Order, start: str, days: int, stream: str, name: str) -> pl.Expr:
    """Some days later, where it was done at all and by the day the record is seen."""
    taken = days * order.chance.days("percent of the time taken", "number", "on", stream=stream) // 100
    day = plus(start, taken)
    is_done = order.chance.draw(f"{stream} at all", "number", "on") < 0.93
    return pl.when(is_done & (day <= order.today)).then(day).alias(name)


def _known(order: Order, day: str, name: str) -> pl.Expr:
    return pl.when(pl.col(day) <= order.today).then(day).alias(name)
