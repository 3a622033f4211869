"""Episodes of care, as the national return records them, from changes of placement and of legal status."""

from __future__ import annotations

from datetime import date

import polars as pl

from hearth.synthetic import places
from hearth.synthetic.days import length, plus, years_old
from hearth.synthetic.order import Order
from hearth.tables.codes import members

KEY = ("number", "period")
PLACEMENT = ("placement_type", "placement_provider", "urn", "place")
CONTINUES = members("reason_episode_ceased", "X1")[0]
STARTS, LEGAL, MOVE, BOTH, SAME_CARER, SAME_CARER_LEGAL = members("reason_new_episode", "S", "L", "P", "B", "T", "U")
STATUS_ONLY, CUSTODY = members("reason_placement_change", "PLACE", "CUSTOD")
PRISON = members("placement_type", "R5")[0]
FOSTER = members("placement_type", "U1", "U2", "U3", "U4", "U5", "U6")
GUARDIANSHIP_SPLIT = date(2018, 4, 1)
"""Special guardianship codes E43 and E44 became E45 to E48 with the return of 2018/19."""
OLD_ENOUGH_FOR_CUSTODY = 10
LONG_ENOUGH = 40
"""Only an episode of so many days is broken by a temporary placement."""


def make(order: Order, periods: pl.DataFrame, changes: pl.DataFrame, statuses: pl.DataFrame) -> pl.DataFrame:
    """Table ``episodes`` keyed by number and period, nothing later than the day the record is seen."""
    whole = _with_reasons(order, _ended(order, _union(periods, changes, statuses), periods))
    return _located(_away_for_a_time(order, whole))


def _union(periods: pl.DataFrame, changes: pl.DataFrame, statuses: pl.DataFrame) -> pl.DataFrame:
    """One row for each day on which the placement or the legal status changed, with what holds from then."""
    moves = changes.select(*KEY, "from_on", *PLACEMENT, "is_same_carer").with_columns(pl.lit(True).alias("moves"))
    days = pl.concat([moves.select(*KEY, "from_on"), statuses.select(*KEY, "from_on")]).unique()
    rows = days.join(moves, on=[*KEY, "from_on"], how="left").join(statuses, on=[*KEY, "from_on"], how="left")
    rows = rows.sort(*KEY, "from_on").with_columns(pl.col("moves").fill_null(value=False))
    # A null provider or reference is a fact of its placement, so it is carried on with its row and not filled.
    at = pl.when("moves").then(pl.int_range(pl.len())).forward_fill().alias("_at")
    held = rows.with_columns(at).with_columns(
        *(pl.col(column).gather("_at") for column in PLACEMENT), pl.col("legal_status").forward_fill()
    )
    return (
        held.drop("_at")
        .join(periods.select(*KEY, "born_on", "started_on", "ended_on"), on=KEY)
        .rename({"started_on": "period_on", "ended_on": "left_on"})
    )


def _ended(order: Order, rows: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """Drops what has not happened yet and what changed nothing; adds ended_on and what changed."""
    seen = rows.filter(pl.col("from_on") <= order.today)
    first = pl.col("from_on") == pl.col("period_on")
    new_place = pl.any_horizontal(pl.col(c).ne_missing(pl.col(c).shift(1)) for c in PLACEMENT)
    new_status = pl.col("legal_status") != pl.col("legal_status").shift(1)
    told = seen.with_columns(first.alias("is_first"), new_place.alias("is_moved"), new_status.alias("is_new_status"))
    told = told.filter(pl.col("is_first") | pl.col("is_moved") | pl.col("is_new_status"))
    following = pl.col("from_on").shift(-1).over(KEY)
    return told.with_columns(
        pl.coalesce(following, "left_on").alias("until_on"), following.is_null().alias("is_last")
    ).sort(*KEY, "from_on")


def _with_reasons(order: Order, rows: pl.DataFrame) -> pl.DataFrame:
    """Adds why each episode began and ended and why the placement changed."""
    same, status = pl.col("is_same_carer").fill_null(value=False), pl.col("is_new_status")
    began = (
        pl.when("is_first")
        .then(pl.lit(STARTS))
        .when(~pl.col("is_moved"))
        .then(pl.lit(LEGAL))
        .when(same)
        .then(pl.when(status).then(pl.lit(SAME_CARER_LEGAL)).otherwise(pl.lit(SAME_CARER)))
        .otherwise(pl.when(status).then(pl.lit(BOTH)).otherwise(pl.lit(MOVE)))
    )
    told = rows.with_columns(began.alias("reason_started"))
    ended = pl.when(~pl.col("is_last")).then(pl.lit(CONTINUES)).alias("reason_ended")
    return told.with_columns(ended, _why_moved(order).alias("reason_placement_changed"))


def _why_moved(order: Order) -> pl.Expr:
    """The reason stands on the episode that ends, when the next one is in another placement."""
    following, kind = pl.col("reason_started").shift(-1), pl.col("placement_type").shift(-1)
    drawn = order.chance.pick("reason for change", *KEY, "from_on")
    moved = ~pl.col("is_last") & (following != LEGAL)
    return (
        pl.when(moved & following.is_in([SAME_CARER, SAME_CARER_LEGAL]))
        .then(pl.lit(STATUS_ONLY))
        .when(moved & (kind == PRISON) & (years_old("from_on") >= OLD_ENOUGH_FOR_CUSTODY))
        .then(pl.lit(CUSTODY))
        .when(moved)
        .then(drawn)
    )


def leaving(order: Order, periods: pl.DataFrame, episodes: pl.DataFrame) -> pl.DataFrame:
    """The episodes with the final reason of each period that has ended, which depends on the last placement."""
    chance = order.chance
    known = episodes.join(
        periods.select(*KEY, "purpose", "adult_on", "origin"), on=KEY, how="left", maintain_order="left"
    )
    fostered = pl.col("placement_type").is_in(FOSTER)
    setting = pl.when(fostered).then(pl.lit("fostered")).otherwise(pl.lit("not fostered"))
    old_codes = (pl.col("purpose") == "guardianship") & (pl.col("ended_on") < GUARDIANSHIP_SPLIT)
    why = pl.when(old_codes).then(pl.lit("guardianship before 2018")).otherwise(_why_left())
    named = known.with_columns(pl.concat_str(why, setting, separator=" ").alias("_why"))
    final = pl.col("reason_ended").is_null() & pl.col("ended_on").is_not_null()
    reason = pl.when(final).then(chance.pick("reason for leaving", *KEY, by="_why")).otherwise("reason_ended")
    return named.with_columns(reason.alias("reason_ended")).drop("_why", "purpose", "adult_on", "origin", "born_on")


def _why_left() -> pl.Expr:
    alone = (pl.col("origin") == "alone") & (pl.col("purpose") != "stays")
    older = (pl.col("purpose") == "other") & (years_old("started_on") >= 14)
    early = (pl.col("purpose") == "stays") & (pl.col("ended_on") < pl.col("adult_on"))
    return (
        pl.when(alone)
        .then(pl.lit("alone"))
        .when(older)
        .then(pl.lit("other over 14"))
        .when(early)
        .then(pl.lit("stays before 18"))
        .otherwise("purpose")
    )


def _away_for_a_time(order: Order, rows: pl.DataFrame) -> pl.DataFrame:
    """Breaks some long episodes by a temporary placement and the return from it."""
    chance = order.chance
    long = length("from_on", "_to") >= LONG_ENOUGH
    bounded = rows.with_columns(pl.coalesce("until_on", order.today).alias("_to"))
    fits = long & ~pl.col("placement_type").is_in([PRISON, *_UNBROKEN])
    away = bounded.with_columns(
        (fits & chance.happens("away for a time", *KEY, "from_on")).alias("_away"),
        chance.pick("temporary placement", *KEY, "from_on").alias("_kind"),
        plus("from_on", (length("from_on", "_to") * 0.5).floor().cast(pl.Int64)).alias("_out"),
    ).with_columns(plus("_out", chance.days("days away", *KEY, "from_on", by="_kind")).alias("_back"))
    broken = away.filter(pl.col("_away") & (pl.col("_back") < pl.col("_to")))
    whole = away.join(broken.select(*KEY, "from_on"), on=[*KEY, "from_on"], how="anti")
    return pl.concat([whole, *_three(broken)]).drop("_to", "_away", "_kind", "_out", "_back").sort(*KEY, "from_on")


_UNBROKEN = members("placement_type", "P1", "A4", "A5", "A6", "K1")


def _three(broken: pl.DataFrame) -> list[pl.DataFrame]:
    """Before, away and back again."""
    goes_on = pl.lit(CONTINUES).alias("reason_ended")
    none = pl.lit(None, dtype=pl.String)
    moved = pl.lit(MOVE).alias("reason_started")
    before = broken.with_columns(pl.col("_out").alias("until_on"), goes_on, none.alias("reason_placement_changed"))
    away = broken.with_columns(
        pl.col("_out").alias("from_on"),
        pl.col("_back").alias("until_on"),
        pl.col("_kind").alias("placement_type"),
        moved,
        goes_on,
        *(none.alias(column) for column in ("placement_provider", "urn", "reason_placement_changed")),
    )
    back = broken.with_columns(pl.col("_back").alias("from_on"), moved)
    return [before, away, back]


def _located(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds the placement's postcode, authority and metres on the national grid."""
    grid = places.places().select(
        "place", "postcode", "easting", "northing", pl.col("authority").alias("placement_authority")
    )
    located = rows.join(grid, on="place", how="left", maintain_order="left")
    return located.rename({"postcode": "placement_postcode", "from_on": "started_on", "until_on": "ended_on"})


def with_home(periods: pl.DataFrame, episodes: pl.DataFrame) -> pl.DataFrame:
    """Adds the home's postcode, category of need, distance and whether the placement is in the authority's area.

    Unaccompanied children have no home address, so no distance.
    """
    grid = places.places().select(
        pl.col("place").alias("home"), pl.col("postcode", "easting", "northing").name.prefix("home_")
    )
    homes = periods.select(*KEY, "authority", "home", "origin", "category_of_need").join(
        grid, on="home", how="left", maintain_order="left"
    )
    has_home = pl.col("origin") != "alone"
    rows = episodes.join(homes, on=KEY, how="left", maintain_order="left")
    return rows.with_columns(
        pl.when(has_home).then("home_postcode").alias("home_postcode"),
        pl.when(has_home).then(places.miles()).alias("distance_miles"),
        (pl.col("placement_authority") == pl.col("authority")).alias("is_in_area"),
    )
