"""Who the children are: the person, and what is known of their health, needs, nationality and family."""

from __future__ import annotations

import polars as pl

from hearth.synthetic import places
from hearth.synthetic.days import birthday, plus, years_old
from hearth.synthetic.order import Order

CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The letter of a unique pupil number is chosen by the weighted sum of its twelve digits, modulo 23."""
FIRST_WEIGHT = 2
SCHOOL_YEAR_STARTS = 8
NURSERY_AGE = 4


def people(order: Order, children: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """Table ``people``; whether she is a mother is asked of girls and young women who have been in care."""
    chance = order.chance
    left = periods.group_by("number").agg(
        pl.col("ended_on").max().alias("_left"), pl.col("ended_on").null_count().alias("_in_care")
    )
    known = children.join(left, on="number", how="left", maintain_order="left")
    numbers = places.authorities().select("authority", "dfe_number")
    rows = (
        known.join(numbers, on="authority", how="left", maintain_order="left")
        .with_columns(_first_child(order).alias("first_child_born_on"), _pupil_number(order).alias("upn"))
        .with_columns(_why_no_number(order).alias("upn_unknown"))
    )
    return rows.with_columns(
        pl.when((pl.col("sex") == "F") & pl.col("_in_care").is_not_null())
        .then(pl.col("first_child_born_on").is_not_null())
        .alias("is_mother"),
        pl.when(pl.col("upn_unknown").is_null()).then("upn").alias("upn"),
        pl.when(pl.col("origin") != "alone").then("locality").alias("locality"),
        pl.when(pl.col("origin") != "alone").then(pl.concat_str(pl.lit("F"), "family")).alias("family_id"),
        chance.pick("ethnicity", "family", by="origin").alias("ethnicity"),
        chance.pick("nationality", "family", by="origin").alias("nationality"),
    )


def _first_child(order: Order) -> pl.Expr:
    """Birthday of the child of a young mother in care; before she left care and before the day asked for."""
    last = pl.when(pl.col("_in_care") > 0).then(order.today).otherwise("_left")
    born = plus(birthday(15), order.chance.days("days after 15 to first child", "number"))
    mother = (pl.col("sex") == "F") & order.chance.happens("is mother", "number")
    return pl.when(mother & (born < last)).then(born)


def _pupil_number(order: Order) -> pl.Expr:
    """A well-formed unique pupil number: check letter, authority, school that does not exist, year, serial."""
    school = pl.lit("2") + (pl.col("number") // 1000 % 1000).cast(pl.String).str.zfill(3)
    year = ((pl.col("born_on").dt.year() + 5) % 100).cast(pl.String).str.zfill(2)
    digits = pl.concat_str("dfe_number", school, year, (pl.col("number") % 1000).cast(pl.String).str.zfill(3))
    weighted = [digits.str.slice(at, 1).cast(pl.Int64) * (at + FIRST_WEIGHT) for at in range(12)]
    letter = pl.lit(pl.Series(list(CHECK_LETTERS))).gather(pl.sum_horizontal(weighted) % len(CHECK_LETTERS))
    return pl.concat_str(letter, digits)


def _why_no_number(order: Order) -> pl.Expr:
    """UN1 before school age; some unaccompanied children never had a number."""
    year = (
        pl.when(order.today.dt.month() > SCHOOL_YEAR_STARTS)
        .then(order.today.dt.year())
        .otherwise(order.today.dt.year() - 1)
    )
    young = years_old(pl.date(year, 8, 31)) < NURSERY_AGE
    stranger = (pl.col("origin") == "alone") & order.chance.happens("no pupil number", "number")
    return pl.when(young).then(pl.lit("UN1")).when(stranger).then(pl.lit("UN3"))


def unaccompanied(children: pl.DataFrame) -> pl.DataFrame:
    """Table ``unaccompanied``: from arrival to the 18th birthday, given in advance as the return does."""
    return children.filter(pl.col("origin") == "alone").select(
        "number", pl.col("came_on").alias("started_on"), pl.col("adult_on").alias("ended_on")
    )
