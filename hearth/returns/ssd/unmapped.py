"""Hearth tables turned back into the dataset's rows, those of the journey in care apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from hearth.returns.ssd import education_chain, layout, mapped
from hearth.tables.codes import members
from hearth.tables.record import Record

LINKS_ONLY = frozenset({"ssd_family", "ssd_mother", "ssd_department", "ssd_send"})
"""Tables that are not written without rows: what they add to other tables is then nothing."""
UNACCOMPANIED = "UASC"
ELIGIBILITIES = {
    "eligible": "Eligible",
    "relevant": "Relevant",
    "former_relevant": "Former Relevant",
    "former_relevant_education": "Former Relevant",
    "former_relevant_on_request": "Former Relevant",
    "qualifying": "Qualifying",
    "none": "No Current Eligibility",
    "none_education_help": "No Current Eligibility",
}
members("eligibility", *ELIGIBILITIES)
ORDERS = {
    "adoption": "Adoption",
    "special_guardianship": "Special Guardianship",
    "child_arrangements": "Child Arrangements / Residence",
}
ROLES = dict(
    zip(
        members("worker_role", "social_worker", "personal_adviser", "reviewing_officer", "other"),
        ("Social Worker", "Personal Adviser", "Independent Reviewing Officer", "Other"),
        strict=True,
    )
)
CHECKS = {"initial": "Initial Health Assessment", "review": "Review Health Assessment"}
CHECK, DENTAL = "Health Assessment", "Dental Check"
NO_FIELD_BUT_CARRIED = {
    "miss_missing_rhi_offered": "missing_episodes.is_interview_offered",
    "miss_missing_rhi_accepted": "missing_episodes.is_interview_accepted",
}
"""Fields left out where the record does not carry them, so that a reader does not take blank for a full answer."""


def tables(record: Record) -> dict[str, pl.DataFrame]:
    """Every table of the dataset but those of the journey in care, in the dataset's columns; row ids are counted."""
    copied = {table: unfed(record[name], table, name) for name, table in mapped.ONE_TO_ONE.items()}
    made = {table: make(record) for table, make in MAKERS.items()}
    return {**copied, **made, **education_chain.tables(record)}


def left_out(record: Record, table: str) -> list[str]:
    """The fields of the table that are not written, because the record cannot say."""
    own = layout.tables()[table].fields
    return [field for field, need in NO_FIELD_BUT_CARRIED.items() if field in own and _lacks(record, need)]


def _lacks(record: Record, need: str) -> bool:
    name, _, column = need.partition(".")
    return need not in record.carries and record[name][column].count() == 0


def unfed(frame: pl.DataFrame, table: str, hearth_table: str) -> pl.DataFrame:
    """The Hearth rows in the fields of the dataset that feed them, with the child and a made-up identifier."""
    about = layout.tables()[table]
    fields = {about.child or "child_id": "child_id"} | {f: c for c, f in about.columns(hearth_table).items()}
    key = [] if about.key is None or about.key in fields else [_numbers().alias(about.key)]
    return frame.select(*(pl.col(column).alias(field) for field, column in fields.items()), *key)


def _numbers() -> pl.Expr:
    return pl.int_range(1, pl.len() + 1).cast(pl.String)


def _person(record: Record) -> pl.DataFrame:
    return unfed(record["people"], "ssd_person", "people")


def _mother(record: Record) -> pl.DataFrame:
    mothers = record["people"].filter(pl.col("first_child_born_on").is_not_null())
    return unfed(mothers, "ssd_mother", "people")


def _family(record: Record) -> pl.DataFrame:
    found = record["people"].filter(pl.col("family_id").is_not_null())
    return unfed(found, "ssd_family", "people").with_columns(_numbers().alias("fami_table_id"))


def _immigration(record: Record) -> pl.DataFrame:
    alone = record["unaccompanied"].with_columns(pl.lit(UNACCOMPANIED).alias("status"))
    both = pl.concat([alone, record["immigration_statuses"]], how="diagonal")
    return unfed(both, "ssd_immigration_status", "immigration_statuses")


def _involvements(record: Record) -> pl.DataFrame:
    role = pl.col("role").replace_strict(ROLES, default=None, return_dtype=pl.String)
    found = record["allocations"].with_columns(role.alias("role"), _team_id("team"))
    rows = unfed(found, "ssd_involvements", "allocations")
    return rows.with_columns(_numbers().alias("invo_involvements_id"))


def _professionals(record: Record) -> pl.DataFrame:
    return (
        record["allocations"]
        .group_by("worker_id", maintain_order=True)
        .agg(pl.col("registration").drop_nulls().first())
        .rename({"worker_id": "prof_professional_id", "registration": "prof_social_worker_registration_no"})
    )


def _team_id(column: str) -> pl.Expr:
    return pl.format("team: {}", pl.col(column)).alias(column)


def _departments(record: Record) -> pl.DataFrame:
    named = [record[name].select("team").drop_nulls() for name in ("allocations", "care_leaver_statuses")]
    teams = pl.concat(named).unique(maintain_order=True)
    return teams.select(_team_id("team").alias("dept_team_id"), pl.col("team").alias("dept_team_name"))


def _reviews(record: Record) -> pl.DataFrame:
    return unfed(record["reviews"], "ssd_cla_reviews", "reviews")


def _care_plans(record: Record) -> pl.DataFrame:
    """Each version of a plan with the aims in force on the day it began, as a list in JSON."""
    plans = record["care_plans"].with_row_index("at")
    aims = record["permanence_plans"].select("authority", "child_id", "option", "recorded_on", until="ended_on")
    met = plans.join(aims, on=["authority", "child_id"])
    begun = pl.col("recorded_on") <= pl.col("started_on")
    goes_on = (pl.col("until") > pl.col("started_on")).fill_null(value=True)
    listed = met.filter(begun & goes_on).group_by("at").agg(pl.col("option").unique().sort())
    text = pl.format('["{}"]', pl.col("option").list.join('","')).alias("lacp_cla_care_plan_json")
    found = plans.join(listed.select("at", text), on="at", how="left", maintain_order="left")
    rows = unfed(found, "ssd_cla_care_plan", "care_plans")
    return rows.with_columns(found["lacp_cla_care_plan_json"])


def _health(record: Record) -> pl.DataFrame:
    kind = pl.col("kind").replace_strict(CHECKS, default=CHECK, return_dtype=pl.String)
    dental = record["dental_checks"].rename({"checked_on": "assessed_on"}).with_columns(kind=pl.lit(DENTAL))
    both = pl.concat([record["health_assessments"].with_columns(kind=kind), dental], how="diagonal")
    return unfed(both, "ssd_cla_health", "health_assessments")


def _missing(record: Record) -> pl.DataFrame:
    """Both ends with their time of day, where that is known."""
    times = {"started_on": "started_at", "ended_on": "returned_at"}
    timed = record["missing_episodes"].with_columns(
        pl.coalesce(pl.col(at).dt.to_string("%Y-%m-%dT%H:%M:%S"), pl.col(on).dt.to_string("%Y-%m-%d")).alias(on)
        for on, at in times.items()
    )
    return unfed(timed, "ssd_missing", "missing_episodes")


def _care_leavers(record: Record) -> pl.DataFrame:
    suitable = pl.col("is_suitable").replace_strict({True: "1", False: "2"}, default=None, return_dtype=pl.String)
    eligible = pl.col("eligibility").replace_strict(ELIGIBILITIES, default=None, return_dtype=pl.String)
    found = record["care_leaver_statuses"].with_columns(
        suitable.alias("is_suitable"), eligible.alias("eligibility"), _team_id("team")
    )
    return unfed(found, "ssd_care_leavers", "care_leaver_statuses")


def _permanence(record: Record) -> pl.DataFrame:
    kind = pl.col("order_kind").replace_strict(ORDERS, default=None, return_dtype=pl.String)
    return unfed(record["adoptions"].with_columns(kind.alias("order_kind")), "ssd_permanence", "adoptions")


def _earlier(table: str) -> Callable[[Record], pl.DataFrame]:
    kind = mapped.EARLIER_PLANS[table]
    return lambda record: unfed(record["earlier_plans"].filter(pl.col("kind") == kind), table, "earlier_plans")


MAKERS: Mapping[str, Callable[[Record], pl.DataFrame]] = {
    "ssd_person": _person,
    "ssd_family": _family,
    "ssd_mother": _mother,
    "ssd_immigration_status": _immigration,
    "ssd_cla_reviews": _reviews,
    "ssd_cla_care_plan": _care_plans,
    "ssd_cla_health": _health,
    "ssd_missing": _missing,
    "ssd_care_leavers": _care_leavers,
    "ssd_permanence": _permanence,
    "ssd_involvements": _involvements,
    "ssd_professionals": _professionals,
    "ssd_department": _departments,
    **{table: _earlier(table) for table in mapped.EARLIER_PLANS},
}
