"""Where people live: real postcodes of the directory, and which lie within reach of which home."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

from hearth.returns import geography

HERE = Path(__file__).parent
POSTCODES = 120
"""Postcodes of each authority in which the made-up people live."""
NEAR = 20.0
NEIGHBOURS = 6
FAR_AUTHORITIES = 45
EVERY = 10
CENTRE = 0.25


@cache
def authorities() -> pl.DataFrame:
    """English upper-tier authorities: authority, dfe_number, weight (parts in a thousand of the children in care)."""
    return pl.read_csv(HERE / "authorities.csv", schema_overrides={"dfe_number": pl.String})


@cache
def places() -> pl.DataFrame:
    """Postcodes: place (row number), authority, postcode, easting, northing (metres of the national grid), locality."""
    codes = authorities()["authority"].to_list()
    frame = geography.postcodes_of(codes, POSTCODES).with_row_index("place")
    east = pl.col("easting") - pl.col("easting").mean().over("authority")
    north = pl.col("northing") - pl.col("northing").mean().over("authority")
    away = (east.pow(2) + north.pow(2)).rank("ordinal").over("authority") / pl.len().over("authority")
    quarter = (
        pl.when(away <= CENTRE)
        .then(pl.lit("City"))
        .when(north.abs() >= east.abs())
        .then(pl.when(north > 0).then(pl.lit("North")).otherwise(pl.lit("South")))
        .otherwise(pl.when(east > 0).then(pl.lit("East")).otherwise(pl.lit("West")))
    )
    return frame.with_columns(quarter.alias("locality"))


def miles(prefix: str = "home_") -> pl.Expr:
    """Straight-line miles between the row's place and the one whose columns carry the prefix, tenth of a mile."""
    east = pl.col("easting") - pl.col(f"{prefix}easting")
    north = pl.col("northing") - pl.col(f"{prefix}northing")
    return ((east.pow(2) + north.pow(2)).sqrt() / geography.METRES_IN_A_MILE).round(1)


def homes(codes: list[str]) -> pl.DataFrame:
    """The places of the authorities numbered within each: authority, nth, place, locality, homes (how many)."""
    inside = places().filter(pl.col("authority").is_in(codes))
    return inside.select(
        "authority",
        pl.int_range(pl.len()).over("authority").alias("nth"),
        pl.col("place").alias("home"),
        "locality",
        pl.len().over("authority").alias("homes"),
    )


def within_reach(codes: list[str]) -> pl.DataFrame:
    """For each home of the authorities, the places a child may be placed: home, band, nth, place, places (how many).

    Bands as published: inside or outside the authority, to 20 miles or further.
    """
    home = places().filter(pl.col("authority").is_in(codes))
    home = home.select(pl.col("authority", "place", "easting", "northing").name.prefix("home_"))
    pairs = home.join(_choices(codes), on="home_authority")
    pairs = pairs.filter(pl.col("place") != pl.col("home_place")).with_columns(_band().alias("band"))
    return pairs.select(
        pl.col("home_place").alias("home"),
        "band",
        pl.int_range(pl.len()).over("home_place", "band").alias("nth"),
        "place",
        pl.len().over("home_place", "band").alias("places"),
    )


def _band() -> pl.Expr:
    inside = pl.col("authority") == pl.col("home_authority")
    near = miles() <= NEAR
    return pl.concat_str(
        pl.when(inside).then(pl.lit("inside")).otherwise(pl.lit("outside")),
        pl.when(near).then(pl.lit("near")).otherwise(pl.lit("far")),
        separator=" ",
    )


def _choices(codes: list[str]) -> pl.DataFrame:
    """For each authority its own places, some of its neighbours' and a few of those further away."""
    ranked = _ranked(codes)
    columns = ["home_authority", "place", "authority", "easting", "northing"]
    every = places().with_columns(pl.int_range(pl.len()).over("authority").alias("nth"))
    reached = ranked.join(every, on="authority").filter(
        (pl.col("rank") == 1)
        | ((pl.col("rank") <= NEIGHBOURS + 1) & (pl.col("nth") % EVERY == 0))
        | ((pl.col("rank") > NEIGHBOURS + 1) & (pl.col("nth") == pl.col("rank")))
    )
    return reached.select(columns)


def _ranked(codes: list[str]) -> pl.DataFrame:
    """The authorities nearest to each one, itself first."""
    middle = places().group_by("authority", maintain_order=True).agg(pl.col("easting", "northing").mean())
    home = middle.filter(pl.col("authority").is_in(codes)).select(pl.all().name.prefix("home_"))
    pairs = home.join(middle, how="cross").sort("home_authority", miles(), "authority")
    order = (pl.int_range(pl.len()).over("home_authority") + 1).alias("rank")
    return (
        pairs.with_columns(order)
        .filter(pl.col("rank") <= FAR_AUTHORITIES)
        .select("home_authority", "authority", "rank")
    )
