"""What England, the region, the statistical neighbours and the authority's own past printed for a measure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from hearth.tables.published import ENGLAND, Published

SCHEMA: dict[str, pl.DataType] = {
    "measure": pl.String(),
    "comparator": pl.String(),
    "name": pl.String(),
    "year_ended_on": pl.Date(),
    "value": pl.Float64(),
    "mark": pl.String(),
    "n_neighbours": pl.Int64(),
    "comparable": pl.Boolean(),
    "note": pl.String(),
    "statistic": pl.String(),
    "published_as": pl.String(),
    "published_year": pl.String(),
    "file": pl.String(),
}
KEYS = ["measure", "statistic", "scope", "comparable", "note", "year_ended_on", "published_year", "file"]
ORDER = ["England", "region", "neighbours", "neighbour", "own past"]


@cache
def matched() -> pl.DataFrame:
    """Which published series stands beside which measure: measure, statistic, scope, comparable, note.

    ``scope`` "own" compares with the authority's own past only, because a count of a larger area says nothing;
    ``comparable`` is false where the definitions differ so much that no judgement may rest on it.
    """
    table = pl.read_csv(Path(__file__).parent / "comparators.csv", infer_schema=False)
    return table.with_columns(pl.col("comparable") == "yes")


def compare(published: Published, authority: str, as_of: date, measures: Collection[str] | None = None) -> pl.DataFrame:
    """The comparators of each measure, columns as ``SCHEMA``; nothing published for a year ending after ``as_of``.

    Areas are compared in one year: the latest the series has for England. ``comparator`` is England, region,
    neighbours (the median of those with a value, ``n_neighbours`` of them), neighbour (each by name, nearest first) or
    own past (every published year). A value not printed is null with its mark; it never enters a median.
    """
    home = published.today(authority)
    known = published.statistics.filter(pl.col("year_ended_on") <= as_of)
    wanted = matched() if measures is None else matched().filter(pl.col("measure").is_in(list(measures)))
    latest = _in_the_latest_year(known)
    areas = wanted.filter(pl.col("scope") == "all").join(latest, on="statistic")
    near = _neighbours(areas, published, home)
    parts = [
        areas.filter(pl.col("code") == ENGLAND).with_columns(pl.lit("England").alias("comparator")),
        areas.filter(pl.col("code").is_in(_region(published, home))).with_columns(pl.lit("region").alias("comparator")),
        _median(near),
        near,
        wanted.join(known, on="statistic")
        .filter(pl.col("code") == home)
        .with_columns(pl.lit("own past").alias("comparator")),
    ]
    return _arranged(parts, published.titles)


def _in_the_latest_year(known: pl.DataFrame) -> pl.DataFrame:
    printed = known.filter((pl.col("code") == ENGLAND) & pl.col("value").is_not_null())
    last = printed.group_by("statistic").agg(pl.col("year_ended_on").max())
    return known.join(last, on=["statistic", "year_ended_on"])


def _region(published: Published, home: str) -> list[str]:
    """The code of the authority's region; none when the files do not name the authority."""
    found = published.authorities.filter(pl.col("authority") == home)["region_code"]
    return found.drop_nulls().unique().to_list()


def _neighbours(areas: pl.DataFrame, published: Published, home: str) -> pl.DataFrame:
    """The ten, nearest first; one without a printed row is there too, its value not known."""
    ten = published.neighbours.filter(pl.col("authority") == home).select("rank", code="neighbour", called="name")
    is_local = (pl.col("geography") == "authority").any().over("measure")
    each = areas.filter(is_local).filter(pl.col("code") == ENGLAND).select(KEYS).join(ten, how="cross")
    printed = areas.select("measure", "code", "value", "mark")
    named = each.join(printed, on=["measure", "code"], how="left").rename({"called": "name"})
    return named.with_columns(pl.lit("neighbour").alias("comparator"))


def _median(near: pl.DataFrame) -> pl.DataFrame:
    middle = near.group_by(KEYS, maintain_order=True).agg(
        pl.col("value").median(), pl.col("value").is_not_null().sum().cast(pl.Int64).alias("n_neighbours")
    )
    words = pl.lit("Statistical neighbours, median").alias("name")
    return middle.with_columns(words, pl.lit(None, pl.String).alias("mark"), pl.lit("neighbours").alias("comparator"))


def _arranged(parts: list[pl.DataFrame], titles: dict[str, str]) -> pl.DataFrame:
    whole = pl.concat([pl.DataFrame(schema={**SCHEMA, "rank": pl.Int64()}), *map(_conform, parts)])
    said = pl.col("statistic").replace_strict(titles, default=None, return_dtype=pl.String).alias("published_as")
    place = pl.col("comparator").replace_strict({name: i for i, name in enumerate(ORDER)}, return_dtype=pl.Int64)
    ranked = whole.with_columns(said, place.alias("place"))
    return ranked.sort("measure", "place", "rank", "year_ended_on", maintain_order=True).select(list(SCHEMA))


def _conform(part: pl.DataFrame) -> pl.DataFrame:
    schema = {**SCHEMA, "rank": pl.Int64()}
    lacking = [pl.lit(None, kind).alias(name) for name, kind in schema.items() if name not in part.columns]
    return part.with_columns(lacking).select(pl.col(name).cast(kind) for name, kind in schema.items())
