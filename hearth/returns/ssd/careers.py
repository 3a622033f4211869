"""The journey in care taken apart as the dataset keeps it: episodes, placements, legal statuses, home addresses."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.tables.record import Record

STARTS_CARE = members("reason_new_episode", "S")[0]
MOVES = members("reason_new_episode", "S", "P", "T", "B", "U")
CONTINUES = members("reason_episode_ceased", "X1")[0]
DETAILS = ("placement_type", "placement_provider", "urn", "placement_postcode", "distance_miles")
HOME = "Home"
WHO = ("authority", "child_id")


def care_tables(record: Record) -> dict[str, pl.DataFrame]:
    """ssd_cla_episodes, ssd_cla_placement, ssd_legal_status and ssd_address, in the dataset's columns."""
    found = _numbered(with_entry_day(record["episodes"]))
    return {
        "ssd_cla_episodes": _episodes(found, record["reviewing_officer_contacts"]),
        "ssd_cla_placement": _placements(found),
        "ssd_legal_status": _legal_statuses(record),
        "ssd_address": _addresses(found),
    }


def with_entry_day(episodes: pl.DataFrame) -> pl.DataFrame:
    """Episodes in order, ``period_started_on`` filled in each period that begins with reason S with the day it did."""
    ordered = episodes.sort(*WHO, "started_on", "ended_on", nulls_last=True, maintain_order=True)
    periods = ordered.with_columns(_starts_period().cum_sum().alias("period"))
    began = pl.when(pl.col("reason_started") == STARTS_CARE).then("started_on").first().over("period")
    return periods.with_columns(pl.coalesce("period_started_on", began).alias("period_started_on")).drop("period")


def _is_other_child() -> pl.Expr:
    changed = [pl.col(column).ne_missing(pl.col(column).shift(1)) for column in WHO]
    return pl.any_horizontal(changed)


def _starts_period() -> pl.Expr:
    left = (pl.col("reason_ended").shift(1) != CONTINUES).fill_null(value=False)
    began = (pl.col("reason_started") == STARTS_CARE).fill_null(value=False)
    return _is_other_child() | left | began


def _numbered(episodes: pl.DataFrame) -> pl.DataFrame:
    """Episodes with identifiers of the episode, the period and the placement they belong to."""
    changed = pl.any_horizontal(pl.col(column).ne_missing(pl.col(column).shift(1)) for column in DETAILS)
    moved = pl.col("reason_started").is_in(MOVES).fill_null(value=False)
    told = pl.col("reason_placement_changed").shift(1).is_not_null()
    starts = _starts_period() | changed | moved | told
    return episodes.with_columns(
        pl.format("E{}", pl.int_range(1, pl.len() + 1)).alias("episode_id"),
        pl.format("P{}", _starts_period().cum_sum()).alias("cla_id"),
        pl.format("L{}", starts.cum_sum()).alias("placement_id"),
    )


def _episodes(found: pl.DataFrame, contacts: pl.DataFrame) -> pl.DataFrame:
    return _with_contacts(found, contacts).select(
        pl.col("episode_id").alias("clae_cla_episode_id"),
        pl.col("child_id").alias("clae_person_id"),
        pl.col("started_on").alias("clae_cla_episode_start_date"),
        pl.col("reason_started").alias("clae_cla_episode_start_reason"),
        pl.col("category_of_need").alias("clae_cla_primary_need_code"),
        pl.col("ended_on").alias("clae_cla_episode_ceased_date"),
        pl.col("reason_ended").alias("clae_cla_episode_ceased_reason"),
        pl.col("cla_id").alias("clae_cla_id"),
        pl.col("placement_id").alias("clae_cla_placement_id"),
        pl.col("period_started_on").alias("clae_entered_care_date"),
        pl.col("contacted_on").alias("clae_cla_last_iro_contact_date"),
    )


def _with_contacts(found: pl.DataFrame, contacts: pl.DataFrame) -> pl.DataFrame:
    """The last contact of the reviewing officer in each episode: the dataset keeps no other."""
    spells = (
        contacts.select(*WHO, "contacted_on")
        .unique()
        .join(found.select(*WHO, "started_on", "ended_on", "episode_id"), on=WHO)
    )
    inside = (pl.col("contacted_on") >= pl.col("started_on")) & (pl.col("contacted_on") < pl.col("ended_on")).fill_null(
        value=True
    )
    last = spells.filter(inside).group_by("episode_id").agg(pl.col("contacted_on").max())
    return found.join(last, on="episode_id", how="left", maintain_order="left")


def _placements(found: pl.DataFrame) -> pl.DataFrame:
    """One row for each run of episodes in the same place with the same carer."""
    return (
        found.group_by("placement_id", maintain_order=True)
        .agg(
            pl.col("started_on").first().alias("clap_cla_placement_start_date"),
            pl.col("placement_type").first().alias("clap_cla_placement_type"),
            pl.col("urn").first().alias("clap_cla_placement_urn"),
            pl.col("distance_miles").first().alias("clap_cla_placement_distance"),
            pl.col("cla_id").first().alias("clap_cla_id"),
            pl.col("placement_provider").first().alias("clap_cla_placement_provider"),
            pl.col("placement_postcode").first().alias("clap_cla_placement_postcode"),
            pl.col("ended_on").last().alias("clap_cla_placement_end_date"),
            pl.col("reason_placement_changed").last().alias("clap_cla_placement_change_reason"),
            pl.col("child_id").first().alias("clap_person_id"),
        )
        .rename({"placement_id": "clap_cla_placement_id"})
    )


def _legal_statuses(record: Record) -> pl.DataFrame:
    """The record's own legal statuses; without them, those that the episodes tell."""
    found = record["legal_statuses"]
    spells = found if found.height else _told_by(record["episodes"])
    return spells.select(
        pl.format("G{}", pl.int_range(1, pl.len() + 1)).alias("lega_legal_status_id"),
        pl.col("child_id").alias("lega_person_id"),
        pl.col("status").alias("lega_legal_status"),
        pl.col("started_on").alias("lega_legal_status_start_date"),
        pl.col("ended_on").alias("lega_legal_status_end_date"),
    )


def _told_by(episodes: pl.DataFrame) -> pl.DataFrame:
    ordered = episodes.sort(*WHO, "started_on", "ended_on", nulls_last=True, maintain_order=True)
    changed = pl.col("legal_status").ne_missing(pl.col("legal_status").shift(1))
    apart = (pl.col("started_on") != pl.col("ended_on").shift(1)).fill_null(value=True)
    runs = ordered.with_columns((_is_other_child() | changed | apart).cum_sum().alias("run"))
    return (
        runs.group_by("run", maintain_order=True)
        .agg(
            pl.col("child_id").first(),
            pl.col("legal_status").first().alias("status"),
            pl.col("started_on").first(),
            pl.col("ended_on").last(),
        )
        .drop_nulls("status")
    )


def _addresses(found: pl.DataFrame) -> pl.DataFrame:
    """The home of each period of care, from its first known day to the day before the next period."""
    homes = found.group_by("cla_id", maintain_order=True).agg(
        pl.col("child_id", "home_postcode").first(),
        pl.min_horizontal("started_on", "period_started_on").min().alias("from_on"),
    )
    day_before = pl.col("from_on").shift(-1).over("child_id") - pl.duration(days=1)
    until = pl.max_horizontal(day_before, pl.when(day_before.is_not_null()).then("from_on")).alias("to_on")
    return (
        homes.with_columns(until)
        .drop_nulls("home_postcode")
        .select(
            pl.format("A{}", pl.int_range(1, pl.len() + 1)).alias("addr_table_id"),
            pl.col("child_id").alias("addr_person_id"),
            pl.lit(HOME).alias("addr_address_type"),
            pl.col("from_on").alias("addr_address_start_date"),
            pl.col("to_on").alias("addr_address_end_date"),
            pl.col("home_postcode").alias("addr_address_postcode"),
        )
    )
