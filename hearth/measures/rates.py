"""Rates per head: the children who live in the area, from the mid-year estimates that the publisher of rates used."""

from __future__ import annotations

import polars as pl

from hearth.measures.facts import Facts

NO_ESTIMATE = "the statistics given have no population for this area and day"


def with_residents(figures: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """The figures with the residents aged 0 to 17 as denominator.

    The estimate for a day is that of the last 30 June before it, or the latest earlier one. Without a breakdown by
    authority it is the sum over the record's authorities; null where one of them has no estimate.
    """
    assert facts.residents is not None
    latest = (
        facts.periods.select("as_of")
        .join(_estimates(facts), how="cross")
        .filter(pl.date(pl.col("year"), 6, 30) < pl.col("as_of"))
    )
    used = latest.sort("year").unique(("as_of", "authority"), keep="last")
    keys = ["as_of", "authority"] if "authority" in figures.columns else ["as_of"]
    wanted = 1 if "authority" in keys else len(facts.record.authorities)
    summed = used.group_by(keys).agg(pl.len(), pl.col("population").sum().cast(pl.Int64).alias("residents"))
    known = summed.filter(pl.col("len") == wanted).drop("len")
    joined = figures.join(known, on=keys, how="left", maintain_order="left")
    why = pl.when(pl.col("residents").is_null()).then(pl.lit(NO_ESTIMATE)).otherwise("unavailable")
    return joined.with_columns(pl.col("residents").alias("denominator"), why.alias("unavailable")).drop("residents")


def _estimates(facts: Facts) -> pl.DataFrame:
    assert facts.residents is not None
    ours = facts.residents.filter(
        pl.col("authority").is_in(facts.record.authorities) & pl.col("population").is_not_null()
    )
    return ours.select("authority", pl.col("year").cast(pl.Int32), "population")
