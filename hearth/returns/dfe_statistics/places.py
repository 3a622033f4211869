"""Areas in the Department's files: authorities with the codes they have had, populations, statistical neighbours."""

from __future__ import annotations

import polars as pl

from hearth.tables.published import AUTHORITIES, POPULATION

NAMES = frozenset(
    {"geographic_level", "region_code", "region_name", "old_la_code", "new_la_code", "la_name", "time_period"}
)
YEARLY = frozenset({"time_period", "time_identifier", "geographic_level", "country_code"})
INTERACTIVE_TOOL = frozenset({"short desc", "years", "la and regions", "la number", "values"})

AGE_0_TO_17 = "Children aged 0 to 17 years"
TEN = range(1, 11)
LONDON = "E12000007"
PARTS_OF_LONDON = "E13"


def is_population(headings: frozenset[str]) -> bool:
    """Is it the mid-year estimates of children by authority?"""
    return {"age_group", "population_estimate", "new_la_code", "time_period"} <= headings


def is_neighbours(headings: frozenset[str]) -> bool:
    """Is it the list of statistical neighbours?"""
    return {"old_la_code", *(f"sn_{rank}" for rank in TEN)} <= headings


def authorities(files: list[pl.LazyFrame]) -> pl.DataFrame:
    """Every ONS code an authority has had in the files, with the one it has today (same old three-figure code)."""
    columns = ["old_la_code", "new_la_code", "la_name", "region_name", "region_code", "time_period"]
    if not files:
        return pl.DataFrame(schema=AUTHORITIES)
    seen = pl.concat(
        [f.filter(pl.col("new_la_code").str.starts_with("E")).select(columns).unique() for f in files]
    ).collect()
    london = pl.col("region_code").str.starts_with(PARTS_OF_LONDON)
    last = pl.col("new_la_code").sort_by(pl.col("time_period").str.slice(0, 4)).last().over("old_la_code")
    name = pl.col("la_name").sort_by(pl.col("time_period").str.slice(0, 4)).last().over("old_la_code")
    return (
        seen.select(
            last.alias("authority"),
            pl.col("new_la_code").alias("earlier_code"),
            pl.col("old_la_code").alias("old_code"),
            name.alias("name"),
            pl.when(london).then(pl.lit("London")).otherwise("region_name").alias("region"),
            pl.when(london).then(pl.lit(LONDON)).otherwise("region_code").alias("region_code"),
        )
        .unique(["earlier_code"], keep="first", maintain_order=True)
        .sort("authority", "earlier_code")
    )


def near(authority: str, where: pl.DataFrame, neighbours: pl.DataFrame) -> pl.DataFrame:
    """The rows of ``where`` for one authority and its neighbours."""
    today = where.filter(pl.col("earlier_code") == authority)["authority"].to_list() or [authority]
    theirs = neighbours.filter(pl.col("authority").is_in(today))["neighbour"].to_list()
    return where.filter(pl.col("authority").is_in([*today, *theirs]))


def population(rows: pl.LazyFrame, where: pl.DataFrame) -> pl.DataFrame:
    """Children aged 0 to 17 by authority (England too) and year."""
    code = pl.coalesce(pl.col("new_la_code").replace("", None), "region_code", "country_code")
    found = (
        rows.filter(pl.col("age_group") == AGE_0_TO_17)
        .select(
            code.alias("authority"),
            pl.col("time_period").cast(pl.Int64, strict=False).alias("year"),
            pl.col("population_estimate").cast(pl.Int64, strict=False).alias("population"),
        )
        .drop_nulls()
        .collect()
    )
    today = where.select(pl.col("earlier_code").alias("authority"), pl.col("authority").alias("today"))
    named = found.join(today, on="authority", how="left")
    moved = named.with_columns(pl.coalesce("today", "authority").alias("authority"))
    return moved.unique(["authority", "year"], maintain_order=True).select(list(POPULATION))


def neighbours(rows: pl.LazyFrame, where: pl.DataFrame) -> pl.DataFrame:
    """The ten neighbours of each authority, their old three-figure codes turned into ONS codes."""
    wide = rows.collect()
    long = pl.concat([_rank(wide, rank) for rank in TEN])
    now = where.unique("old_code").select("old_code", "authority", "name")
    own = long.join(now.drop("name"), on="old_code")
    theirs = now.rename({"old_code": "their_code", "authority": "neighbour"})
    found = own.join(theirs, on="their_code").sort("authority", "rank")
    return found.select("authority", "rank", "neighbour", "name", "closeness")


def _rank(wide: pl.DataFrame, rank: int) -> pl.DataFrame:
    closeness = pl.col(f"sn_{rank}p").str.strip_chars() if f"sn_{rank}p" in wide.columns else pl.lit(None, pl.String)
    return wide.select(
        pl.col("old_la_code").alias("old_code"),
        pl.lit(rank, pl.Int64).alias("rank"),
        pl.col(f"sn_{rank}").alias("their_code"),
        closeness.alias("closeness"),
    )
