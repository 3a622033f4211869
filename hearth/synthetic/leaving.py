"""Leaving care: who is entitled, plans, contacts, activity, accommodation, advisers, returns home."""

from __future__ import annotations

import polars as pl

from hearth.synthetic.days import birthday, length, plus, running, turns, weekday, years_old
from hearth.synthetic.order import OLDEST_LEAVER, Order
from hearth.synthetic.work import KEY

THIRTEEN_WEEKS = 91
"""Days in care from the 14th birthday that make a young person eligible (rule R13)."""
DAYS_OF_HANDOVER = 90
NO_LONGER_CARED_FOR = ("E3", "E2", "E15", "E11", "E12")


def leavers(order: Order, children: pl.DataFrame, periods: pl.DataFrame, episodes: pl.DataFrame) -> pl.DataFrame:
    """Young people of 16 and over who have qualified by days in care: eligible_on, left_on, support_ends_on and more.

    ``left_on`` is the day care last ended, null while it goes on. Support ends soon after 21, or at 25.
    """
    known = children.join(_thirteen_weeks(order, periods), on="number")
    known = known.join(_last(episodes), on=["number", "period"], how="left")
    known = known.with_columns(pl.max_horizontal("complete_on", birthday(16)).alias("eligible_on"))
    entitled = known.filter(
        pl.col("complete_on").is_not_null()
        & pl.col("is_at_16")
        & (pl.col("eligible_on") <= order.today)
        & ~pl.col("last_reason").is_in(NO_LONGER_CARED_FOR).fill_null(value=False)
    )
    after_21 = plus(birthday(21), order.chance.days("days of help after 21", "number"))
    goes_on = order.chance.happens("supported to 25", "number")
    end = pl.when(goes_on).then(birthday(OLDEST_LEAVER)).otherwise(after_21)
    return entitled.with_columns(end.alias("support_ends_on")).drop("complete_on", "is_at_16").sort("number")


def _thirteen_weeks(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    """For each child: the day thirteen weeks since 14 were complete, whether in care at 16, day care ended."""
    until = pl.min_horizontal(pl.coalesce("ended_on", order.tomorrow), "adult_on")
    days = (until - pl.max_horizontal("started_on", birthday(14))).dt.total_days().clip(0)
    counted = periods.with_columns(days.alias("_days"), until.alias("_until")).with_columns(
        pl.col("_days").cum_sum().over("number").alias("_sum")
    )
    now_complete = (pl.col("_sum") >= THIRTEEN_WEEKS) & (pl.col("_sum") - pl.col("_days") < THIRTEEN_WEEKS)
    day = pl.when(now_complete).then(plus("_until", -(pl.col("_sum") - THIRTEEN_WEEKS)))
    later = pl.col("_until") >= birthday(16)
    has_left = pl.col("ended_on").null_count() == 0
    return (
        counted.with_columns(day.alias("_day"), later.alias("_later"))
        .group_by("number")
        .agg(
            pl.col("_day").max().alias("complete_on"),
            pl.col("_later").any().alias("is_at_16"),
            pl.when(has_left).then(pl.col("ended_on").max()).alias("left_on"),
            pl.col("period").max(),
        )
    )


def _last(episodes: pl.DataFrame) -> pl.DataFrame:
    """Last episode of each period: placement and reason."""
    last = episodes.unique(KEY, keep="last", maintain_order=True)
    return last.select(
        *KEY, pl.col("reason_ended").alias("last_reason"), pl.col("placement_type").alias("last_placement")
    )


def needs_assessments(order: Order, young: pl.DataFrame) -> pl.DataFrame:
    """Table ``needs_assessments``: due within three months of becoming eligible."""
    day = weekday(plus("eligible_on", order.chance.days("days to needs assessment", "number")))
    rows = young.filter(order.chance.happens("needs assessed", "number")).with_columns(day.alias("completed_on"))
    return rows.filter((pl.col("completed_on") <= order.today) & (pl.col("completed_on") < pl.col("support_ends_on")))


def pathway_plans(order: Order, assessed: pl.DataFrame) -> pl.DataFrame:
    """Table ``pathway_plans``: the plan after the needs assessment, a review about every six months."""
    chance = order.chance
    first = assessed.with_columns(
        weekday(plus("completed_on", chance.days("days to pathway plan", "number"))).alias("from_on")
    )
    until = pl.min_horizontal("support_ends_on", order.tomorrow)
    spells = first.with_columns(pl.max_horizontal("from_on", "completed_on").alias("from_on"), until.alias("until_on"))
    spells = spells.filter(pl.col("from_on") < pl.col("until_on"))
    plan = spells.select("number", pl.lit("plan").alias("kind"), pl.col("from_on").alias("completed_on"))
    rows = turns(spells, (length() / 135).ceil() + 3)
    rows = rows.with_columns(chance.days("days between pathway reviews", "number", "turn").alias("_gap"))
    rows = rows.with_columns(weekday(plus("from_on", running("_gap"))).alias("_on")).filter(
        pl.col("_on") < pl.col("until_on")
    )
    return pl.concat([plan, rows.select("number", pl.lit("review").alias("kind"), pl.col("_on").alias("completed_on"))])


def _after_care(order: Order, young: pl.DataFrame) -> pl.DataFrame:
    """Young people who have left care, from then until support ends or the record is seen."""
    until = pl.min_horizontal("support_ends_on", order.tomorrow)
    left = young.filter(pl.col("left_on").is_not_null())
    columns = ("number", "born_on", "adult_on", "eligible_on", "left_on", "last_reason", "support_ends_on")
    touch = order.chance.pick("in touch", "number").alias("touch")
    spells = left.select(*columns, pl.col("left_on").alias("from_on"), until.alias("until_on"), touch)
    return spells.filter(pl.col("from_on") < pl.col("until_on"))


def contacts(order: Order, young: pl.DataFrame) -> pl.DataFrame:
    """Table ``care_leaver_contacts``: about every eight weeks; a few young people are out of touch."""
    chance = order.chance
    # The adviser is there before care ends.
    early = pl.max_horizontal("eligible_on", plus("left_on", -DAYS_OF_HANDOVER))
    spells = _after_care(order, young).with_columns(early.alias("from_on"))
    rows = turns(spells, (length() / 33).ceil() + 3)
    rows = rows.with_columns(chance.days("days between contacts", "number", "turn", by="touch").alias("_gap"))
    rows = rows.with_columns(weekday(plus("from_on", running("_gap"))).alias("contacted_on"))
    rows = rows.filter((pl.col("contacted_on") < pl.col("until_on")) & (pl.col("contacted_on") >= pl.col("from_on")))
    answered = chance.happens("contact answered", "number", "turn", by="touch")
    told = rows.with_columns(answered.alias("is_two_way"))
    return told.with_columns(
        (pl.col("is_two_way") & chance.happens("contact was a visit", "number", "turn")).alias("is_visit")
    )


def activities(order: Order, young: pl.DataFrame) -> pl.DataFrame:
    """Table ``care_leaver_activities``: one after the other from the end of care; not known for those out of touch."""
    return _one_after_other(order, young, "activity", "days of activity")


def accommodations(order: Order, young: pl.DataFrame) -> pl.DataFrame:
    """Table ``care_leaver_accommodations``: from the end of care; staying put for many who left foster care at 18."""
    return _one_after_other(order, young, "accommodation", "days of accommodation")


def _one_after_other(order: Order, young: pl.DataFrame, subject: str, lasting: str) -> pl.DataFrame:
    chance = order.chance
    spells = _after_care(order, young).filter(~chance.happens(f"{subject} not known", "number", by="touch"))
    rows = turns(spells, (length() / 170).ceil() + 3)
    rows = rows.with_columns(chance.days(lasting, "number", "turn").alias("_gap"))
    rows = rows.with_columns(running("_gap").alias("_end"))
    begun = pl.when(pl.col("turn") == 0).then(0).otherwise(pl.col("_end").shift(1, fill_value=0))
    rows = rows.with_columns(plus("from_on", begun).alias("started_on")).filter(
        pl.col("started_on") < pl.col("until_on")
    )
    rows = rows.with_columns(_stage(subject).alias("_stage"))
    rows = rows.with_columns(chance.pick(subject, "number", "turn", by="_stage").alias(subject))
    changed = (pl.col(subject) != pl.col(subject).shift(1)) | (pl.col("number") != pl.col("number").shift(1))
    rows = rows.filter(changed.fill_null(value=True))
    over = pl.when(pl.col("support_ends_on") <= order.today).then("support_ends_on")
    following = pl.col("started_on").shift(-1).over("number")
    return rows.with_columns(pl.coalesce(following, over).alias("ended_on"))


def _stage(subject: str) -> pl.Expr:
    """Age group; for accommodation also whether the young person left a foster home at 18 or went home."""
    age = years_old("started_on")
    by_age = (
        pl.when(age < 19).then(pl.lit("to 18")).when(age < 22).then(pl.lit("19 to 21")).otherwise(pl.lit("22 to 25"))
    )
    if subject == "activity":
        return by_age
    stayed = (pl.col("last_reason") == "E17") & (age < 21)
    home = pl.col("last_reason").is_in(["E4A", "E4B", "E13"])
    under_18 = pl.when(home).then(pl.lit("home under 18")).otherwise(pl.lit("under 18"))
    return (
        pl.when(stayed)
        .then(pl.lit("staying put"))
        .when(age < 18)
        .then(under_18)
        .when(home)
        .then(pl.lit("home"))
        .otherwise(by_age)
    )


def returns_home(order: Order, young: pl.DataFrame) -> pl.DataFrame:
    """Table ``returns_home``: young people who left care at 16 or 17 to live with a parent; some arrangements fail."""
    chance = order.chance
    home = young.filter(
        pl.col("last_reason").is_in(["E4A", "E4B"])
        & (years_old("left_on") >= 16)
        & (pl.col("left_on") < pl.col("adult_on"))
    )
    over = plus("left_on", chance.days("days back home", "number"))
    ended = pl.when(chance.happens("return home fails", "number") & (over <= order.today)).then(over)
    return home.select("number", pl.col("left_on").alias("started_on"), ended.alias("ended_on"))
