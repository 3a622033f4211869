"""The work done while a child is in care: reviews, visits, the reviewing officer's contacts and plans."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from hearth.synthetic.days import birthday, length, plus, running, turns, weekday, years_old
from hearth.synthetic.order import Order
from hearth.synthetic.shares import listed
from hearth.tables.codes import members

KEY = ("number", "period")
YEAR = 365
WITH_PARENTS = members("placement_type", "P1")[0]
PERMANENT = members("placement_type", "U1", "U4")
WEEKLY_VISITS = 4
"""Visits to a child at home are weekly until the first review, which comes after about four weeks."""
DROPPED = 0.1
"""Share of decisions not carried out that are no longer needed (assumed)."""
FOUND_UNDONE = 6
"""Times as long as the others take those decisions that the next review finds undone (assumed)."""
NEXT_IN_THREE_MONTHS = dict.fromkeys(["care 1", "waiting 0", "placed 1", "short breaks 0"], "3mo")
"""Stages of reviews that are due three months after the one before or the beginning; later ones after six."""


_USED = (*KEY, "born_on", "origin", "ended_on", "placement_order_on", "placed_on")


def in_care(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    """The periods with from_on and until_on (first day no longer in care, or first day not yet seen)."""
    until = pl.coalesce("ended_on", order.tomorrow).alias("until_on")
    return periods.select(*_USED, pl.col("started_on").alias("from_on"), until)


def chain(order: Order, spells: pl.DataFrame, subject: str, stage: pl.Expr, every: float) -> pl.DataFrame:
    """Events one after the other within each spell: adds turn, ``stage``, ``last_on`` and ``on`` (a weekday).

    The distance of each event from the one before is drawn from the subject's spread for its stage;
    ``every`` is about how many days lie between two of them.
    """
    rows = turns(spells, (length() / every).ceil() + 3).with_columns(stage.alias("stage"))
    rows = rows.with_columns(order.chance.days(subject, *KEY, "from_on", "turn", by="stage").alias("_gap"))
    rows = rows.with_columns(plus("from_on", running("_gap")).alias("_on"))
    # Planned for a weekday, but never before the day that it is counted from.
    rows = rows.with_columns(pl.max_horizontal(weekday("_on"), "from_on").alias("on"))
    last = pl.when(pl.col("turn") == 0).then("from_on").otherwise(pl.col("on").shift(1)).alias("last_on")
    return rows.with_columns(last).filter(pl.col("on") < pl.col("until_on")).drop("spell", "_gap", "_on")


def reviews(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    """Table ``reviews`` with its stage and turn; reviews of children placed for adoption follow their own clock."""
    cared = in_care(order, periods)
    authorised = pl.when(pl.col("placement_order_on") < pl.col("placed_on")).then("placement_order_on")
    first_end = pl.min_horizontal("until_on", authorised, "placed_on")
    spells = [
        cared.with_columns(first_end.alias("until_on"), pl.lit("care").alias("law")),
        cared.filter(authorised.is_not_null()).with_columns(
            authorised.alias("from_on"),
            pl.min_horizontal("until_on", "placed_on").alias("until_on"),
            pl.lit("waiting").alias("law"),
        ),
        cared.filter(pl.col("placed_on") < pl.col("until_on")).with_columns(
            pl.col("placed_on").alias("from_on"), pl.lit("placed").alias("law")
        ),
    ]
    turn = pl.min_horizontal(pl.col("turn"), pl.lit(2)).cast(pl.String)
    held = chain(order, pl.concat(spells), "days between reviews", pl.concat_str("law", pl.lit(" "), turn), 130)
    return reviewed(order, held).sort(*KEY, "on")


def reviewed(order: Order, held: pl.DataFrame) -> pl.DataFrame:
    """Adds due date, participation and the few that were cancelled."""
    months = pl.col("stage").replace_strict(NEXT_IN_THREE_MONTHS, default="6mo")
    due = (
        pl.when(pl.col("stage").is_in(["care 0", "placed 0"]))
        .then(plus("last_on", 28))
        .otherwise(pl.col("last_on").dt.offset_by(months))
    )
    young = pl.when(pl.col("on") < birthday(4)).then(pl.lit("under 4"))
    group = pl.coalesce(young, pl.when(years_old("on") < 11).then(pl.lit("4 to 10")).otherwise(pl.lit("11 and over")))
    told = held.with_columns(
        due.alias("due_on"),
        group.alias("_group"),
        order.chance.happens("review cancelled", *KEY, "on").alias("is_cancelled"),
    )
    took_part = order.chance.pick("participation", *KEY, "on", by="_group")
    return told.with_columns(
        pl.when(~pl.col("is_cancelled")).then("on").alias("held_on"),
        pl.when(~pl.col("is_cancelled")).then(took_part).alias("participation"),
    ).drop("_group")


def officer_contacts(order: Order, held: pl.DataFrame) -> pl.DataFrame:
    """Table ``reviewing_officer_contacts``: most reviews are prepared with the child."""
    spoken = held.filter(pl.col("held_on").is_not_null() & order.chance.happens("officer speaks to child", *KEY, "on"))
    day = weekday(plus("on", -order.chance.days("days before review", *KEY, "on")))
    return spoken.select(*KEY, pl.max_horizontal(day, "from_on").alias("contacted_on"))


def decisions(order: Order, held: pl.DataFrame) -> pl.DataFrame:
    """Table ``review_decisions``: some of the decisions in ``review_decisions.csv`` at each review, mostly done."""
    reviewed_on = held.filter(pl.col("held_on").is_not_null()).rename({"held_on": "reviewed_on"})
    return pl.concat(_decided(order, reviewed_on, row) for row in listed("review_decisions.csv"))


def _decided(order: Order, reviewed_on: pl.DataFrame, row: Mapping[str, str]) -> pl.DataFrame:
    chance, stream, days = order.chance, f"decided: {row['decision']}", int(row["days"])
    percent = chance.days("percent of the time taken", "number", "reviewed_on", stream=stream)
    some = reviewed_on.filter(chance.draw(stream, "number", "reviewed_on") < float(row["rate"])).with_columns(
        chance.pick("decision carried out", "number", "reviewed_on", stream=f"{stream} how").alias("_how")
    )
    taken = days * percent // 100 * pl.when(pl.col("_how") == "late").then(FOUND_UNDONE).otherwise(1)
    done = pl.when(pl.col("_how") != "never").then(plus("reviewed_on", taken))
    told = some.with_columns(pl.when(done < pl.min_horizontal("until_on", order.tomorrow)).then(done).alias("done_on"))
    dropped = pl.col("done_on").is_null() & (chance.draw(f"{stream} dropped", "number", "reviewed_on") < DROPPED)
    return told.select(
        *KEY,
        "reviewed_on",
        pl.lit(row["decision"]).alias("decision"),
        pl.lit(row["owner"]).alias("owner"),
        plus("reviewed_on", pl.lit(days)).alias("due_on"),
        "done_on",
        dropped.alias("is_dropped"),
        pl.when(pl.col("done_on").is_not_null()).then(pl.lit("Done")).alias("outcome"),
    )


def visits(order: Order, periods: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Table ``visits``: in the first week of a placement, then six-weekly, three-monthly where it is permanent."""
    spells = _placements(order, periods, changes)
    anniversary = pl.col("from_on").dt.offset_by("12mo")
    first = spells.with_columns(
        pl.min_horizontal("until_on", anniversary).alias("until_on"), pl.lit("first year").alias("part")
    )
    later = spells.filter(anniversary < pl.col("until_on")).with_columns(
        anniversary.alias("from_on"), pl.lit("later").alias("part")
    )
    early = chain(order, first, "days between visits", _visit_stage(), 25)
    settled = chain(order, later.filter("is_permanent"), "days between visits", _visit_stage(), 56)
    other = chain(order, later.filter(~pl.col("is_permanent")), "days between visits", _visit_stage(), 25)
    return visited(order, pl.concat([frame.select(*KEY, "born_on", "on") for frame in (early, settled, other)]))


def _placements(order: Order, periods: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """New placements as spells, with whether they became permanent."""
    permanent = pl.col("placement_type").is_in(PERMANENT)
    starts = changes.select(*KEY, "from_on", "placement_type", "is_same_carer", permanent.alias("_permanent"))
    starts = starts.filter(pl.col("from_on") <= order.today).with_columns(
        (~pl.col("is_same_carer")).cum_sum().alias("_placement")
    )
    each = starts.group_by("_placement", maintain_order=True).agg(
        pl.col(*KEY, "from_on", "placement_type").first(), pl.col("_permanent").any().alias("is_permanent")
    )
    following = each.with_columns(pl.col("from_on").shift(-1).over(KEY).alias("_next"))
    ends = in_care(order, periods).select(*KEY, "born_on", "until_on")
    known = following.join(ends, on=KEY, how="left", maintain_order="left")
    return known.with_columns(pl.min_horizontal("_next", "until_on").alias("until_on")).drop("_next", "_placement")


def _visit_stage() -> pl.Expr:
    home = pl.col("placement_type") == WITH_PARENTS
    return (
        pl.when((pl.col("part") == "later") & (pl.col("turn") == 0))
        .then(pl.lit("anniversary"))
        .when((pl.col("part") == "later") & pl.col("is_permanent"))
        .then(pl.lit("permanent"))
        .when(home & (pl.col("turn") < WEEKLY_VISITS) & (pl.col("part") == "first year"))
        .then(pl.lit("weekly"))
        .when(home)
        .then(pl.lit("at home"))
        .when(pl.col("turn") == 0)
        .then(pl.lit("first"))
        .otherwise(pl.lit("usual"))
    )


def visited(order: Order, rows: pl.DataFrame) -> pl.DataFrame:
    """Adds whether the child was seen, and alone, and if not why not."""
    chance = order.chance
    group = pl.when(pl.col("visited_on") < birthday(4)).then(pl.lit("under 4")).otherwise(pl.lit("4 and over"))
    told = rows.rename({"on": "visited_on"}).with_columns(
        group.alias("_group"), chance.happens("seen", *KEY, "visited_on").alias("is_seen")
    )
    alone = chance.happens("seen alone", *KEY, "visited_on", by="_group")
    told = told.with_columns(pl.when("is_seen").then(alone).alias("is_seen_alone"))
    why = chance.pick("reason not seen alone", *KEY, "visited_on", by="_group")
    return told.with_columns(pl.when(~pl.col("is_seen_alone")).then(why).alias("reason_not_alone")).drop(
        "_group", "born_on"
    )


def care_plans(order: Order, periods: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Table ``care_plans``: the first within ten working days, a new version after most reviews."""
    cared = in_care(order, periods)
    first = cared.select(
        *KEY, "until_on", plus("from_on", order.chance.days("days to care plan", *KEY)).alias("started_on")
    )
    revised = held.filter(pl.col("held_on").is_not_null() & order.chance.happens("plan revised", *KEY, "on")).select(
        *KEY, "on", plus("on", order.chance.days("days to revised plan", *KEY, "on")).alias("started_on")
    )
    ends = cared.select(*KEY, "until_on", "ended_on")
    whole = pl.concat([first.drop("until_on"), revised.drop("on")]).join(ends, on=KEY)
    rows = whole.filter(pl.col("started_on") < pl.col("until_on")).unique([*KEY, "started_on"]).sort(*KEY, "started_on")
    following = pl.col("started_on").shift(-1).over(KEY)
    return rows.with_columns(pl.coalesce(following, "ended_on").alias("ended_on")).drop("until_on")


def permanence_plans(order: Order, periods: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Table ``permanence_plans``: most by the second review; some with a second aim beside the first."""
    chance = order.chance
    done = held.filter(pl.col("held_on").is_not_null()).with_columns(pl.int_range(pl.len()).over(KEY).alias("nth"))
    stage = pl.col("nth").replace_strict({0: "first", 1: "second", 2: "third"}, default="later")
    agreed = done.with_columns(stage.alias("_stage")).filter(
        chance.happens("permanence agreed", *KEY, "nth", by="_stage")
    )
    first = agreed.unique(KEY, keep="first", maintain_order=True).select(*KEY, pl.col("on").alias("recorded_on"))
    known = periods.select(*KEY, "purpose", "origin", "ended_on", "decided_on").join(first, on=KEY)
    told = known.with_columns(pl.when(pl.col("origin") == "alone").then("origin").otherwise("purpose").alias("_aim"))
    main = told.with_columns(chance.pick("permanence aim", *KEY, by="_aim").alias("option"))
    beside = told.filter(chance.happens("second aim", *KEY)).with_columns(
        chance.pick("parallel aim", *KEY).alias("option")
    )
    columns = [*KEY, "recorded_on", "ended_on", "option"]
    adopting = periods.filter(pl.col("decided_on") <= order.today).select(
        *KEY, pl.col("decided_on").alias("recorded_on"), "ended_on", pl.lit("ADOPTION").alias("option")
    )
    others = pl.concat([_until_adoption(order, aims).select(columns) for aims in (main, beside)])
    return pl.concat([others, adopting]).unique([*KEY, "option"], keep="first", maintain_order=True)


def _until_adoption(order: Order, aims: pl.DataFrame) -> pl.DataFrame:
    """The other aims end with the decision that the child should be placed for adoption; none is recorded after it."""
    is_other = (pl.col("option") != "ADOPTION") & (pl.col("decided_on") <= order.today)
    decided = pl.when(is_other).then("decided_on")
    ended = aims.with_columns(pl.min_horizontal("ended_on", decided).alias("ended_on"))
    return ended.filter(~(pl.col("recorded_on") >= decided).fill_null(value=False))
