"""Health and safety in care: assessments, dentist, immunisations, questionnaires, substance misuse, offending."""

from __future__ import annotations

import polars as pl

from hearth.synthetic.days import birthday, length, plus, turns, years_old
from hearth.synthetic.order import Order
from hearth.synthetic.work import KEY, YEAR, chain, in_care

COMPLETED = "Completed"


def assessments(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    """Table ``health_assessments``: the initial one, then half-yearly under five and yearly from five."""
    cared = in_care(order, periods)
    day = plus("from_on", order.chance.days("days to initial health assessment", *KEY))
    first = cared.with_columns(day.alias("on")).filter(pl.col("on") < pl.col("until_on"))
    fifth = birthday(5)
    after = first.with_columns(pl.col("on").alias("from_on"))
    young = after.filter(pl.col("on") < fifth).with_columns(
        pl.min_horizontal("until_on", fifth).alias("until_on"), pl.lit("half-year").alias("part")
    )
    grown = after.filter(fifth < pl.col("until_on")).with_columns(
        pl.max_horizontal("on", fifth).alias("from_on"),
        pl.when(pl.col("on") < fifth).then(pl.lit("after fifth")).otherwise(pl.lit("year")).alias("part"),
    )
    stage = pl.when((pl.col("part") == "after fifth") & (pl.col("turn") > 0)).then(pl.lit("year")).otherwise("part")
    later = [
        chain(order, spells.drop("on"), "days between health assessments", stage, every)
        for spells, every in ((young, 130), (grown, 280))
    ]
    columns = [*KEY, "on", "origin", "kind"]
    rows = pl.concat(
        [first.with_columns(pl.lit("initial").alias("kind")).select(columns)]
        + [frame.with_columns(pl.lit("review").alias("kind")).select(columns) for frame in later]
    )
    status = order.chance.pick("health status", *KEY, "on", by="kind")
    return rows.with_columns(status.alias("status")).rename({"on": "assessed_on"}).sort(*KEY, "assessed_on")


def dental_checks(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    """Table ``dental_checks``: from the first birthday."""
    spells = in_care(order, periods).with_columns(pl.max_horizontal("from_on", birthday(1)).alias("from_on"))
    spells = spells.filter(pl.col("from_on") < pl.col("until_on"))
    rows = chain(order, spells, "days between dental checks", _first_or_later(), 230)
    status = order.chance.pick("dental status", *KEY, "on")
    return rows.select(*KEY, pl.col("on").alias("checked_on"), status.alias("status"))


def _first_or_later() -> pl.Expr:
    return pl.when(pl.col("turn") == 0).then(pl.lit("first")).otherwise(pl.lit("later"))


def immunisations(order: Order, assessed: pl.DataFrame) -> pl.DataFrame:
    """Table ``immunisations``: looked at whenever a health assessment is completed."""
    done = assessed.filter(pl.col("status") == COMPLETED)
    return done.select(
        *KEY,
        pl.col("assessed_on").alias("found_on"),
        order.chance.happens("immunised", "number", "period", by="kind").alias("is_up_to_date"),
    )


def questionnaires(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    """Table ``sdq_scores``: yearly from the 4th to the 17th birthday, by the carer."""
    spells = in_care(order, periods).with_columns(
        pl.max_horizontal("from_on", birthday(4)).alias("from_on"),
        pl.min_horizontal("until_on", birthday(17)).alias("until_on"),
    )
    spells = spells.filter(pl.col("from_on") < pl.col("until_on"))
    rows = chain(order, spells, "days between questionnaires", _first_or_later(), 260)
    rows = rows.with_columns(
        order.chance.pick("sdq band", *KEY, "turn").alias("_band"),
        order.chance.happens("sdq scored", *KEY, "on").alias("_scored"),
    )
    score = order.chance.days("sdq score", *KEY, "turn", by="_band")
    reason = order.chance.pick("sdq reason", *KEY, "turn")
    return rows.select(
        *KEY,
        pl.col("on").alias("completed_on"),
        pl.when("_scored").then(score).alias("score"),
        pl.when(~pl.col("_scored")).then(reason).alias("reason_no_score"),
    )


def years_in_care(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    """One row for each year or part of a year in care: from_on, until_on, turn and the ``age_band`` in it."""
    spells = in_care(order, periods)
    rows = turns(spells, (length() / YEAR).ceil()).drop("spell")
    begun = plus("from_on", pl.col("turn") * YEAR)
    rows = rows.with_columns(begun.alias("from_on"), pl.min_horizontal("until_on", plus(begun, YEAR)).alias("until_on"))
    age = years_old("from_on")
    bands = pl.lit("16 and over")
    for limit, name in ((16, "14 to 15"), (14, "10 to 13"), (10, "under 10")):
        bands = pl.when(age < limit).then(pl.lit(name)).otherwise(bands)
    return rows.with_columns(bands.alias("age_band"))


def substance_misuse(order: Order, years: pl.DataFrame) -> pl.DataFrame:
    """Table ``substance_misuse``."""
    chance = order.chance
    found = _some_day(order, years, "substance misuse", "found_on")
    received = chance.happens("intervention received", *KEY, "turn")
    offered = received | chance.happens("intervention offered", *KEY, "turn")
    return found.select(
        *KEY,
        "found_on",
        chance.pick("substance", *KEY, "turn").alias("substance"),
        received.alias("intervention_received"),
        offered.alias("intervention_offered"),
    )


def convictions(order: Order, years: pl.DataFrame) -> pl.DataFrame:
    """Table ``convictions``."""
    found = _some_day(order, years, "convicted", "convicted_on")
    return found.select(*KEY, "convicted_on", order.chance.pick("offence", *KEY, "turn").alias("offence"))


def _some_day(order: Order, years: pl.DataFrame, subject: str, day: str) -> pl.DataFrame:
    """Years in which it happened, with a day in the year; less often in a part of a year."""
    chance = order.chance
    whole = (order.chance.draw(f"{subject} part", *KEY, "turn") * YEAR) < length()
    on = plus("from_on", (chance.draw(f"{subject} day", *KEY, "turn") * length()).floor().cast(pl.Int64))
    return years.filter(chance.happens(subject, *KEY, "turn", by="age_band") & whole).with_columns(on.alias(day))
