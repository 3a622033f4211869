"""Who comes into care, when, how old, and how and when each period of care ends."""

from __future__ import annotations

import polars as pl

from hearth.synthetic import places
from hearth.synthetic.days import birthday, plus, years_old
from hearth.synthetic.order import OLDEST_LEAVER, Order

STARTS_PER_CHILD = 0.5
"""More entries are drawn than needed; those above the number asked for are left out again."""
MOST_PERIODS = 3
LAST_ENTRY = 17.7
PURPOSES = ("adoption", "guardianship", "arrangements", "home", "other", "remand", "stays")


def enter(order: Order) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Children (one row each) and their periods of care, so that the number asked for is in care on the day.

    Periods end on ``will_end_on``, which may lie after the day asked for: ``ended_on`` is null then.
    """
    children = _children(order)
    periods = _periods(order, children)
    enough = _first_numbers(order, periods)
    kept = periods.filter(pl.col("number") <= enough).join(_of_interest(order, children, periods), on="number")
    people = children.join(kept.select("number").unique(), on="number", how="semi").sort("number")
    return people, kept.sort("number", "period")


def drawn(order: Order) -> int:
    """The last number of a child drawn to come into care; children known for other reasons are numbered after it."""
    return round(order.children * STARTS_PER_CHILD * order.days_of_entries / 365.25) + 200


def families(order: Order, first: int, many: int) -> pl.DataFrame:
    """So many children from a number on: number, and family, the number of its first child or lower."""
    numbers = pl.select(pl.int_range(first, first + many, dtype=pl.UInt64).alias("number"))
    new = (~order.chance.happens("sibling", "number")).cum_sum()
    return numbers.with_columns((new.cast(pl.UInt64) + first - 1).alias("family"))


def _children(order: Order) -> pl.DataFrame:
    day = plus(order.today, -(order.chance.draw("entry", "family") * order.days_of_entries).floor())
    return coming(order, families(order, 1, drawn(order)).with_columns(day.alias("came_on")))


def coming(order: Order, families: pl.DataFrame) -> pl.DataFrame:
    """Families with the day they come into care (number, family, came_on) told in full: who the children are."""
    chance = order.chance
    return (
        families.with_columns(_era(order))
        .with_columns(chance.pick("origin", "family", by="era").alias("origin"))
        .with_columns(chance.days("age at start", "number", by="origin").alias("age_at_start"))
        .with_columns(
            chance.pick("settledness", "number").alias("settledness"),
            chance.pick("category of need", "family", by="origin").alias("category_of_need"),
        )
        .pipe(at_home, order)
    )


def at_home(children: pl.DataFrame, order: Order) -> pl.DataFrame:
    """Adds birth and 18th birthday (from came_on and age_at_start), sex, authority, home and locality."""
    born = children.with_columns(plus("came_on", -pl.col("age_at_start")).alias("born_on"))
    sex = order.chance.pick("sex", "number", by="origin").alias("sex")
    return _settle(born.with_columns(birthday(18).alias("adult_on"), sex), order)


def _era(order: Order) -> pl.Expr:
    recent = pl.col("came_on") >= order.today.dt.offset_by("-4y")
    return pl.when(recent).then(pl.lit("recent")).otherwise(pl.lit("earlier")).alias("era")


def _settle(children: pl.DataFrame, order: Order) -> pl.DataFrame:
    """Gives each family an authority and a home there; for unaccompanied children it is where they were found."""
    codes = _authorities(order)
    weights = codes["weight"].to_list()
    homes = places.homes(codes["authority"].to_list())
    counts = homes.select("authority", "homes").unique(maintain_order=True)
    return (
        children.with_columns(
            order.chance.weigh("authority", codes["authority"].to_list(), weights, "family").alias("authority")
        )
        .join(counts, on="authority", how="left", maintain_order="left")
        .with_columns((order.chance.draw("home", "family") * pl.col("homes")).floor().cast(pl.Int64).alias("nth"))
        .join(homes.drop("homes"), on=["authority", "nth"], how="left", maintain_order="left")
        .drop("homes", "nth")
    )


def _authorities(order: Order) -> pl.DataFrame:
    """The councils asked for with their weight: the one named, or the largest."""
    known = places.authorities()
    if order.authorities <= 1:
        return known.filter(pl.col("authority") == order.authority).select("authority", "weight")
    largest = known.sort("weight", "authority", descending=[True, False]).head(order.authorities)
    return largest.sort("authority").select("authority", "weight")


def _periods(order: Order, children: pl.DataFrame) -> pl.DataFrame:
    """All periods of care of the children, the later ones after a return from home."""
    coming = children.with_columns(pl.col("came_on").alias("started_on"), pl.lit(1, dtype=pl.Int64).alias("period"))
    found = []
    for _ in range(MOST_PERIODS):
        ended = _end(order, coming)
        found.append(ended)
        coming = _coming_back(order, ended)
    whole = pl.concat(found).filter(pl.col("started_on") <= order.today)
    open_still = pl.col("will_end_on") > order.today
    return whole.with_columns(pl.when(~open_still).then("will_end_on").alias("ended_on"))


def _end(order: Order, coming: pl.DataFrame) -> pl.DataFrame:
    """Draws the purpose of each period and the day on which it will end."""
    chance = order.chance
    keys = ("number", "period")
    return (
        coming.with_columns(_group().alias("age_group"))
        .with_columns(chance.pick("purpose", *keys, by="age_group").alias("purpose"))
        .with_columns(_journey(order).alias("journey"))
        .unnest("journey")
        .with_columns(chance.days("days in care", *keys, by="purpose").alias("_days"))
        .with_columns(pl.coalesce("ordered_on", plus("started_on", pl.col("_days"))).alias("_end"))
        .with_columns((pl.col("_end") >= pl.col("adult_on")).alias("_to_18"))
        .with_columns(
            pl.when("_to_18").then(_leaving_grown(order)).otherwise("_end").alias("will_end_on"),
            pl.when("_to_18").then(pl.lit("stays")).otherwise("purpose").alias("purpose"),
        )
        .drop("_days", "_end", "_to_18")
    )


def _leaving_grown(order: Order) -> pl.Expr:
    """The 18th birthday, or some day before it for those who move out earlier."""
    keys = ("number", "period")
    earlier = plus("adult_on", -order.chance.days("days before 18", *keys))
    moves_out = order.chance.happens("leaves before 18", *keys) & (earlier > pl.col("started_on"))
    return pl.when(moves_out).then(earlier).otherwise("adult_on")


def _group() -> pl.Expr:
    """Age group at the start of the period, unaccompanied children apart."""
    age = years_old("started_on")
    bands = [(1, "under 1"), (5, "1 to 4"), (10, "5 to 9"), (16, "10 to 15")]
    named = pl.lit("16 and over")
    for limit, name in reversed(bands):
        named = pl.when(age < limit).then(pl.lit(name)).otherwise(named)
    return pl.when(pl.col("origin") == "alone").then(pl.lit("alone")).otherwise(named)


def _journey(order: Order) -> pl.Expr:
    """The days of an adoption: decision, placement order, match, placement, order; null for other children."""
    chance = order.chance
    keys = ("number", "period")
    gaps = ("decision", "placement order", "match", "placement", "order")
    names = ("decided_on", "placement_order_on", "matched_on", "placed_on", "ordered_on")
    day = pl.col("started_on")
    steps = []
    for gap, name in zip(gaps, names, strict=True):
        day = plus(day, chance.days(f"adoption {gap}", *keys))
        steps.append(pl.when(pl.col("purpose") == "adoption").then(day).alias(name))
    return pl.struct(steps)


def _coming_back(order: Order, ended: pl.DataFrame) -> pl.DataFrame:
    chance = order.chance
    keys = ("number", "period")
    again = ended.filter(
        (pl.col("purpose") == "home") & (pl.col("origin") != "alone") & chance.happens("comes back", *keys)
    )
    back = again.with_columns(plus("will_end_on", chance.days("days until back", *keys)).alias("started_on"))
    latest = plus("born_on", int(LAST_ENTRY * 365.25))
    columns = [c for c in ended.columns if c not in (*_STEPS, "age_group", "purpose", "will_end_on")]
    return back.filter(pl.col("started_on") < latest).select(columns).with_columns(pl.col("period") + 1)


_STEPS = ("decided_on", "placement_order_on", "matched_on", "placed_on", "ordered_on")


def _first_numbers(order: Order, periods: pl.DataFrame) -> int:
    """The number of the child with whom the count of those in care reaches what was asked for."""
    in_care = periods.filter(pl.col("ended_on").is_null()).select(pl.col("number").sort())["number"]
    return int(in_care[min(order.children, in_care.len()) - 1]) if in_care.len() else 0


def _of_interest(order: Order, children: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """Children in care at some time of the history, and care leavers under 25."""
    last = periods.group_by("number").agg(
        pl.when(pl.col("ended_on").null_count() == 0).then(pl.col("ended_on").max()).alias("left_on")
    )
    ages = last.join(children.select("number", "born_on"), on="number")
    recent = pl.col("left_on").is_null() | (pl.col("left_on") >= order.begins)
    leaver = (years_old("left_on") >= 16) & (years_old(order.today) < OLDEST_LEAVER)
    return ages.filter(recent | leaver.fill_null(value=False)).select("number")
