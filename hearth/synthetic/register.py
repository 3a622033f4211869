"""A register of the made-up authority's settings and agencies, in the regulator's layout."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.tables.record import Record

OWN, OTHER_COUNCIL = members("placement_provider", "PR1", "PR2")
SETTINGS = members("placement_type", "K1", "K2", "K3", "R3", "S1")
"""Placements whose postcode is that of the registered setting (rule 221)."""
KINDS = {"K": "Children's Home", "R": "Residential Family Centre", "S": "Residential Special School"}
FOSTERING, ADOPTION = "Fostering Agency", "Adoption Agency"


def register(record: Record) -> pl.DataFrame:
    """One row for each reference number in the record's placements, as text in the regulator's columns.

    The setting's authority and address are those of its placements; of the council's own agencies, the council's.
    """
    used = record["episodes"].filter(pl.col("urn").is_not_null() & (pl.col("urn") != ""))
    kind, provider = pl.col("placement_type"), pl.col("placement_provider")
    is_own = (provider == OWN).any()
    others = used.filter(pl.col("placement_authority") != pl.col("authority"))["placement_authority"]
    # Another council's setting may lie in this one's area.
    neighbour = pl.lit(others.mode().sort().first(), dtype=pl.String)
    is_other = pl.col("placement_authority") != pl.col("authority")
    elsewhere = pl.coalesce(pl.col("placement_authority").filter(is_other).first(), neighbour)
    found = used.group_by("urn").agg(
        _provider_type().alias("provider type"),
        pl.when(is_own)
        .then(pl.col("authority").first())
        .when((provider == OTHER_COUNCIL).any())
        .then(elsewhere)
        .otherwise(pl.col("placement_authority").first())
        .alias("local authority"),
        kind.drop_nulls().unique().sort().str.join(",").alias("placement code"),
        provider.drop_nulls().unique().sort().str.join(",").alias("placement provider code"),
        pl.lit(None, dtype=pl.String).alias("deregistration date"),
        pl.coalesce(
            pl.col("placement_postcode").filter(kind.is_in(SETTINGS)).first(), pl.col("placement_postcode").first()
        ).alias("setting address postcode"),
    )
    return found.sort("urn")


def _provider_type() -> pl.Expr:
    letter = pl.col("placement_type").drop_nulls().first().str.head(1)
    return (
        pl.when(letter == "U")
        .then(pl.lit(FOSTERING))
        .when(letter == "A")
        .then(pl.lit(ADOPTION))
        .otherwise(letter.replace_strict(KINDS, default="Children's Home"))
    )
