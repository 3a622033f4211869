"""Where a child lives while in care: placements one after the other, and changes with the same carer."""

from __future__ import annotations

from datetime import date

import polars as pl

from hearth.synthetic import places
from hearth.synthetic.days import birthday, length, plus, running, turns
from hearth.synthetic.order import Order
from hearth.tables.codes import members

SUPPORTED_FROM = date(2023, 10, 28)
"""Supported accommodation is regulated from this day: K3 in place of H5 and P2."""
SPLIT_FROM = date(2025, 4, 1)
"""Z1 is split into Z11 to Z14 from the return of 2025/26."""
KEY = ("number", "period")
FOSTER = members("placement_type", "U1", "U2", "U3", "U4", "U5", "U6")
LONG_TERM = {"U6": "U4", "U3": "U1"}
WITH_PARENTS, WITH_CARER, ELSEWHERE, BY_CONSENT = members("placement_type", "P1", "A5", "A6", "A4")
WITHOUT_PROVIDER = members("placement_type", "Z1", "Z11", "Z12", "Z13", "Z14")
TURNS = {"settled": (900, 4), "usual": (260, 6), "unsettled": (70, 8)}
"""How many placements to draw: one for so many days, and so many more."""


def live(order: Order, periods: pl.DataFrame, statuses: pl.DataFrame) -> pl.DataFrame:
    """Changes of placement: KEY, from_on, is_same_carer, placement_type, placement_provider, urn, place.

    The first row of a period is on the day care began; every row carries what holds from that day.
    """
    starts = _kinds(order, _starts(order, periods), statuses)
    housed = _carers(order, starts)
    changes = pl.concat([housed, *(within(order, housed) for within in (_matched, _moved_house, _renamed))])
    return _carried_on(changes)


def matches(order: Order, changes: pl.DataFrame) -> pl.DataFrame:
    """Table ``long_term_matches``: the panel agreed the match on the day the placement became long-term."""
    found = changes.filter(pl.col("is_same_carer") & pl.col("placement_type").is_in(["U1", "U4"]))
    first = found.filter(pl.col("from_on") <= order.today).sort(*KEY, "from_on").unique(KEY, keep="first")
    return first.select("number", "period", pl.col("from_on").alias("matched_on")).sort(KEY)


def _starts(order: Order, periods: pl.DataFrame) -> pl.DataFrame:
    """Every new placement: KEY, turn, from_on and, where the story says so, ``forced`` (its kind)."""
    drawn = turns(periods.with_columns(length("started_on", "will_end_on").alias("_days")), _count())
    gap = order.chance.days("days in placement", *KEY, "turn", by="_kind")
    kind = pl.when(pl.col("turn") == 0).then(pl.lit("first")).otherwise("settledness")
    rows = (
        drawn.with_columns(kind.alias("_kind"))
        .with_columns(gap.alias("_gap"))
        .with_columns(running("_gap").alias("_end"))
    )
    began = pl.col("_end").shift(1, fill_value=0)
    rows = rows.with_columns(plus("started_on", pl.when(pl.col("turn") == 0).then(0).otherwise(began)).alias("from_on"))
    columns = [*periods.columns, "turn", "from_on", "forced"]
    usual = rows.with_columns(pl.lit(None, dtype=pl.String).alias("forced")).select(columns)
    whole = pl.concat(
        [
            usual,
            _adoptive(order, periods, columns),
            _homeward(order, periods, columns),
            _moving_on(order, periods, columns),
        ]
    )
    return _in_order(whole)


def _count() -> pl.Expr:
    per, more = ({kind: pair[at] for kind, pair in TURNS.items()} for at in (0, 1))
    return pl.col("_days") // pl.col("settledness").replace_strict(per) + pl.col("settledness").replace_strict(more)


def _in_order(starts: pl.DataFrame) -> pl.DataFrame:
    """Starts within the period, one a day, the forced one first; nothing is drawn after an adoptive placement."""
    bound = pl.min_horizontal("will_end_on", pl.col("placed_on"))
    inside = starts.filter((pl.col("from_on") < bound) | (pl.col("forced").is_in([WITH_CARER, ELSEWHERE, BY_CONSENT])))
    inside = inside.filter(pl.col("from_on") < pl.col("will_end_on"))
    return inside.sort(*KEY, "from_on", "turn").unique([*KEY, "from_on"], keep="last", maintain_order=True)


def _forced(periods: pl.DataFrame, day: pl.Expr, kind: pl.Expr, turn: int, columns: list[str]) -> pl.DataFrame:
    return periods.with_columns(
        pl.lit(turn, dtype=pl.Int64).alias("turn"), day.alias("from_on"), kind.alias("forced")
    ).select(columns)


def _adoptive(order: Order, periods: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    same = order.chance.happens("adopted by carer", *KEY)
    kind = (
        pl.when(pl.col("interim_on").is_null())
        .then(pl.lit(BY_CONSENT))
        .when(same)
        .then(pl.lit(WITH_CARER))
        .otherwise(pl.lit(ELSEWHERE))
    )
    placed = periods.filter(pl.col("placed_on").is_not_null())
    return _forced(placed, pl.col("placed_on"), kind, 900, columns)


def _homeward(order: Order, periods: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """A trial at home before the order is discharged."""
    under_order = pl.col("concluded_on") < pl.col("will_end_on")
    going = periods.filter((pl.col("purpose") == "home") & under_order)
    day = plus("will_end_on", -order.chance.days("days of trial at home", *KEY))
    later = pl.max_horizontal(day, plus("concluded_on", 1))
    return _forced(going, later, pl.lit(WITH_PARENTS), 800, columns)


def _moving_on(order: Order, periods: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """Supported accommodation from 16."""
    over = periods.filter((pl.col("purpose") == "stays") & order.chance.happens("moves on at 16", *KEY, by="origin"))
    day = plus(birthday(16), order.chance.days("days after 16", *KEY))
    kind = order.chance.pick("placement moved on to", *KEY)
    moved = _forced(over, day, kind, 700, columns)
    return moved.filter(pl.col("from_on") > pl.col("started_on"))


def _kinds(order: Order, starts: pl.DataFrame, statuses: pl.DataFrame) -> pl.DataFrame:
    """Adds placement_type: what was forced, or drawn by age and story; with parents only under a care order."""
    chance = order.chance
    known = starts.sort("from_on").join_asof(
        statuses.sort("from_on"), on="from_on", by=list(KEY), check_sortedness=False
    )
    drawn = known.sort(*KEY, "from_on").with_columns(_story().alias("story"))
    under_order = pl.col("legal_status").is_in(["C1", "C2"]) & (pl.col("purpose") != "guardianship")
    at_home = under_order & chance.happens("placed with parents", *KEY, "turn", by="story")
    kind = pl.coalesce(
        "forced", pl.when(at_home).then(pl.lit(WITH_PARENTS)), chance.pick("placement", *KEY, "turn", by="story")
    )
    return drawn.with_columns(kind.alias("placement_type")).with_columns(_current(order).alias("placement_type"))


def _story() -> pl.Expr:
    """What the kind of placement depends on."""
    age_16 = pl.col("from_on") >= birthday(16)
    alone = pl.when(age_16).then(pl.lit("alone 16 and over")).otherwise(pl.lit("alone under 16"))
    by_age = (
        pl.when(age_16)
        .then(pl.lit("16 and over"))
        .when(pl.col("from_on") >= birthday(10))
        .then(pl.lit("10 to 15"))
        .when(pl.col("from_on") >= birthday(5))
        .then(pl.lit("5 to 9"))
        .otherwise(pl.lit("under 5"))
    )
    return (
        pl.when(pl.col("origin") == "alone")
        .then(alone)
        .when(pl.col("purpose").is_in(["adoption", "guardianship", "remand"]))
        .then("purpose")
        .otherwise(by_age)
    )


def _current(order: Order) -> pl.Expr:
    """The code of its time: K3 was H5 or P2 before October 2023, and Z1 is split from April 2025."""
    before = order.chance.pick("supported before 2023", *KEY, "turn")
    split = order.chance.pick("other placement", *KEY, "turn")
    kind = pl.col("placement_type")
    return (
        pl.when((kind == "K3") & (pl.col("from_on") < SUPPORTED_FROM))
        .then(before)
        .when((kind == "Z1") & (pl.col("from_on") >= SPLIT_FROM))
        .then(split)
        .otherwise(kind)
    )


def _carers(order: Order, starts: pl.DataFrame) -> pl.DataFrame:
    """Adds who provides the placement, where it is and the regulator's reference; one carer, one row."""
    chance = order.chance
    provided = starts.with_columns(
        pl.when(~pl.col("placement_type").is_in(WITHOUT_PROVIDER))
        .then(chance.pick("provider", *KEY, "turn", by="placement_type"))
        .alias("placement_provider"),
        (pl.col("placement_type") == WITH_CARER).alias("is_same_carer"),
    )
    near = _placed(order, provided)
    rows = near.sort(*KEY, "from_on").with_columns(pl.col("from_on").shift(-1).over(KEY).alias("_next"))
    rows = rows.with_columns(pl.coalesce("_next", "will_end_on").alias("until_on"))
    return rows.with_columns(_urn(order).alias("urn")).select(*_COLUMNS)


_COLUMNS = (
    *KEY, "turn", "from_on", "until_on", "purpose", "settledness", "home", "is_same_carer",
    "placement_type", "placement_provider", "urn", "place", "authority",
)  # fmt: skip


def _placed(order: Order, rows: pl.DataFrame) -> pl.DataFrame:
    """Adds ``place``: with parents at the child's home, otherwise within the band drawn, near home where none lies."""
    reach = places.within_reach(rows["authority"].unique().sort().to_list())
    counts = reach.select("home", "band", "places").unique()
    own_setting = (pl.col("placement_provider") == "PR1") & ~pl.col("placement_type").is_in([*FOSTER, "A5", "A6", "A4"])
    wished = (
        pl.when(own_setting)
        .then(pl.lit("inside near"))
        .otherwise(order.chance.pick("distance", *KEY, "turn", by="placement_type"))
    )
    asked = rows.with_columns(wished.alias("band")).join(counts, on=["home", "band"], how="left", maintain_order="left")
    instead = order.chance.pick("distance instead", *KEY, "turn", by="band")
    band = pl.when(pl.col("places").is_null()).then(instead).otherwise("band")
    again = asked.with_columns(band.alias("band")).drop("places")
    again = again.join(counts, on=["home", "band"], how="left", maintain_order="left")
    nth = (order.chance.draw("place", *KEY, "turn") * pl.col("places")).floor().cast(pl.Int64)
    found = again.with_columns(nth.alias("nth")).join(
        reach.drop("places"), on=["home", "band", "nth"], how="left", maintain_order="left"
    )
    at_home = pl.when(pl.col("placement_type") == WITH_PARENTS).then("home").otherwise(pl.coalesce("place", "home"))
    return found.with_columns(at_home.cast(pl.UInt32).alias("place")).drop("nth", "band", "places")


AGENCIES = 30
NO_REFERENCE = members("placement_type", "P1", "P2", "P3", "H5", "R1", "R2", "R5", *WITHOUT_PROVIDER)
AGENCY = (*FOSTER, *members("placement_type", "A3", "A4", "A5", "A6"))


def _urn(order: Order) -> pl.Expr:
    """The regulator's reference: of the fostering or adoption agency, or of the setting; "" where none is needed."""
    authority = (
        pl.col("authority").str.tail(3).cast(pl.Int64) + pl.col("authority").str.slice(1, 2).cast(pl.Int64) * 100
    )
    agency = (order.chance.draw("agency", *KEY, "turn") * AGENCIES).floor().cast(pl.Int64)
    own = pl.col("placement_provider").is_in(["PR1"])
    number = (
        pl.when(pl.col("placement_type").is_in(AGENCY))
        .then(pl.when(own).then(400000 + authority).otherwise(410000 + agency))
        .otherwise(_of_owner() + pl.col("place").cast(pl.Int64))
    )
    reference = pl.concat_str(pl.lit("SC"), number)
    setting = pl.concat_str(pl.lit("2"), number)
    return (
        pl.when(pl.col("placement_type").is_in(NO_REFERENCE))
        .then(pl.lit(""))
        .when(pl.col("placement_type") == "K3")
        .then(setting)
        .otherwise(reference)
    )


def _of_owner() -> pl.Expr:
    """Where the numbers of settings begin: a setting is the council's own, another council's, or neither."""
    starts = {"PR1": 520000, "PR2": 620000}
    return pl.col("placement_provider").replace_strict(starts, default=420000, return_dtype=pl.Int64)


def _matched(order: Order, housed: pl.DataFrame) -> pl.DataFrame:
    """Foster placements that become long-term: same carer, another code."""
    may = housed.filter(pl.col("placement_type").is_in(list(LONG_TERM)) & (pl.col("purpose") == "stays"))
    chosen = may.filter(order.chance.happens("long-term match", *KEY, "turn", by="settledness"))
    day = plus("from_on", order.chance.days("days to match", *KEY, "turn"))
    kind = pl.col("placement_type").replace_strict(LONG_TERM, default=None)
    return _later(chosen, day).with_columns(kind.alias("placement_type"), _same_place())


def _same_place() -> pl.Expr:
    """Nothing said of the place: it stays what it was (see ``_carried_on``)."""
    return pl.lit(None, dtype=pl.UInt32).alias("place")


def _moved_house(order: Order, housed: pl.DataFrame) -> pl.DataFrame:
    """Carers who move house and take the child along."""
    may = housed.filter(pl.col("placement_type").is_in(FOSTER) & order.chance.happens("carer moves", *KEY, "turn"))
    day = plus("from_on", order.chance.days("days to house move", *KEY, "turn"))
    moved = _later(may, day).with_columns(pl.lit(None, dtype=pl.String).alias("placement_type"))
    # Next door on the list of places, so that the new home is in the same authority and near the old one.
    beside = pl.when(pl.col("place") % 10 == 9).then(pl.col("place") - 1).otherwise(pl.col("place") + 1)
    moved = moved.with_columns(beside.cast(pl.UInt32).alias("place"))
    return moved.filter(pl.col("place") != pl.col("home"))


def _renamed(order: Order, housed: pl.DataFrame) -> pl.DataFrame:
    """Placements whose code ended while the child was there: the same carer under the new code."""
    supported = housed.filter(pl.col("placement_type").is_in(["H5", "P2"]))
    became = order.chance.pick("supported after 2023", *KEY, "turn")
    first = _later(supported, pl.lit(SUPPORTED_FROM, dtype=pl.Date)).with_columns(became.alias("placement_type"))
    other = pl.concat([housed.filter(pl.col("placement_type") == "Z1"), first.filter(pl.col("placement_type") == "Z1")])
    split = order.chance.pick("other placement", *KEY, "turn")
    second = _later(other, pl.lit(SPLIT_FROM, dtype=pl.Date)).with_columns(split.alias("placement_type"))
    whole = pl.concat([first, second])
    unregistered = pl.col("placement_type").is_in(WITHOUT_PROVIDER)
    provider = pl.when(~unregistered).then("placement_provider").alias("placement_provider")
    return whole.with_columns(provider, _urn(order).alias("urn")).with_columns(_same_place())


def _later(housed: pl.DataFrame, day: pl.Expr) -> pl.DataFrame:
    """The same placements changed on a later day within them."""
    changed = housed.with_columns(day.alias("_on"), pl.lit(value=True).alias("is_same_carer"))
    inside = changed.filter((pl.col("_on") > pl.col("from_on")) & (pl.col("_on") < pl.col("until_on")))
    return inside.with_columns(pl.col("_on").alias("from_on")).drop("_on")


def _carried_on(changes: pl.DataFrame) -> pl.DataFrame:
    """The changes in order; a change with the same carer keeps what it does not change."""
    ordered = changes.sort(*KEY, "from_on", "is_same_carer").unique(
        [*KEY, "from_on"], keep="first", maintain_order=True
    )
    filled = ordered.with_columns(pl.col("placement_type", "place").forward_fill().over(KEY))
    by_carer = (pl.col("placement_type") == WITH_CARER) & pl.col("_before").is_in(FOSTER)
    kept = ("placement_provider", "urn", "place")
    return (
        filled.with_columns(pl.col("placement_type").shift(1).over(KEY).alias("_before"))
        .with_columns(pl.when(by_carer).then(pl.col(c).shift(1).over(KEY)).otherwise(c).alias(c) for c in kept)
        .with_columns(
            pl.when((pl.col("placement_type") == WITH_CARER) & ~by_carer)
            .then(pl.lit(ELSEWHERE))
            .otherwise("placement_type")
            .alias("placement_type"),
            pl.when(pl.col("placement_type") == WITH_CARER)
            .then(by_carer)
            .otherwise("is_same_carer")
            .alias("is_same_carer"),
            pl.col("urn").replace({"": None}),
        )
        .drop("_before")
    )
