"""Hearth tables that fields of the dataset feed one to one, and those that need a word more."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssd import layout
from hearth.returns.ssd.extract import ASIDE, Extract
from hearth.tables.codes import members

ONE_TO_ONE = {
    "disabilities": "ssd_disability",
    "referrals": "ssd_cin_episodes",
    "care_plans": "ssd_cla_care_plan",
    "visits": "ssd_cla_visits",
    "immunisations": "ssd_cla_immunisations",
    "substance_misuse": "ssd_cla_substance_misuse",
    "convictions": "ssd_cla_convictions",
    "previous_permanence": "ssd_cla_previous_permanence",
    "sdq_scores": "ssd_sdq_scores",
    "pre_proceedings": "ssd_pre_proceedings",
}
"""Hearth table and the table of the dataset whose rows are its rows."""
EARLIER_PLANS = {
    "ssd_cin_plans": members("earlier_plan", "child_in_need")[0],
    "ssd_cp_plans": members("earlier_plan", "child_protection")[0],
    "ssd_early_help_episodes": members("earlier_plan", "family_support")[0],
}
SNAPSHOT = "care_leaver_statuses"
"""The table that speaks of one day only."""
COMPLETED = members("health_status", "Completed")[0]
UNACCOMPANIED = r"(?i)uasc|unaccompanied"
LETTER = r"(?i)^([BCDEGHKRSTUVWXYZ])(?:[12]\b|\b)"
"""The letter of an accommodation code, also with the digit of suitability behind it."""


def fed(extract: Extract, table: str, hearth_table: str) -> pl.DataFrame:
    """The rows of a table of the dataset in the columns of the Hearth table that its fields feed, with child_id."""
    columns = layout.tables()[table].columns(hearth_table)
    return extract[table].select("child_id", *(pl.col(field).alias(column) for column, field in columns.items()))


def people(extract: Extract) -> pl.DataFrame:
    """Everybody in ssd_person; without that table, every child that another table names."""
    found = fed(extract, "ssd_person", "people")
    if not extract.has("ssd_person"):
        named = [frame.select("child_id").drop_nulls() for frame in extract.frames.values()]
        found = pl.concat([found, *named], how="diagonal").unique("child_id", maintain_order=True)
    mothers = (
        extract["ssd_mother"].group_by("child_id").agg(pl.col("moth_childs_dob").min().alias("first_child_born_on"))
    )
    families = (
        extract["ssd_family"].drop_nulls("fami_family_id").group_by("child_id").agg(pl.col("fami_family_id").first())
    )
    is_mother = mothers.select("child_id", has_child=pl.lit(value=True))
    return (
        found.join(mothers, on="child_id", how="left", maintain_order="left")
        .join(is_mother, on="child_id", how="left", maintain_order="left")
        .join(families.rename({"fami_family_id": "family_id"}), on="child_id", how="left", maintain_order="left")
        .with_columns(pl.coalesce("is_mother", "has_child").alias("is_mother"))
    )


def unaccompanied(extract: Extract) -> pl.DataFrame:
    """Unaccompanied children; the end may lie ahead (the 18th birthday)."""
    return _immigration(extract).filter(_is_unaccompanied()).drop("status")


def immigration_statuses(extract: Extract) -> pl.DataFrame:
    """Every other immigration status, in the source's words."""
    return _immigration(extract).filter(~_is_unaccompanied())


def _immigration(extract: Extract) -> pl.DataFrame:
    return fed(extract, "ssd_immigration_status", "immigration_statuses")


def _is_unaccompanied() -> pl.Expr:
    return pl.col("status").str.contains(UNACCOMPANIED).fill_null(value=False)


def reviews(extract: Extract) -> pl.DataFrame:
    """Reviews held, planned (no date) and cancelled (the date it would have had is not the date of a review)."""
    rows = extract["ssd_cla_reviews"]
    silent = rows.filter(pl.col("clar_cla_review_date").is_null() & pl.col("clar_cla_review_due_date").is_null())
    silent = silent.filter(~pl.col("clar_cla_review_cancelled").fill_null(value=False))
    said = "The review has neither a date nor a due date"
    extract.tell("ssd_cla_reviews", silent, "clar_cla_review_date", said, "Give the day it was held", effect=ASIDE)
    held = pl.when(~pl.col("is_cancelled").fill_null(value=False)).then("held_on")
    return fed(extract, "ssd_cla_reviews", "reviews").with_columns(held.alias("held_on"))


def reviewing_officer_contacts(extract: Extract) -> pl.DataFrame:
    """The last contact of the reviewing officer that each episode tells of, once."""
    found = fed(extract, "ssd_cla_episodes", "reviewing_officer_contacts")
    return found.drop_nulls("contacted_on").unique(maintain_order=True)


def health_assessments(extract: Extract) -> pl.DataFrame:
    """Health assessments; ``kind`` says initial or review where the source does."""
    found = _health_checks(extract).filter(pl.col("kind").is_in(["initial", "review", "assessment"]))
    return found.with_columns(pl.when(pl.col("kind") != "assessment").then("kind").alias("kind"))


def dental_checks(extract: Extract) -> pl.DataFrame:
    """Dental checks."""
    found = _health_checks(extract).filter(pl.col("kind") == "dental")
    return found.select("child_id", pl.col("assessed_on").alias("checked_on"), "status")


def _health_checks(extract: Extract) -> pl.DataFrame:
    """Checks of every kind; without the column of the status the date says that the check was done."""
    found = fed(extract, "ssd_cla_health", "health_assessments")
    if extract.has("ssd_cla_health", "clah_health_check_status"):
        return found
    return found.with_columns(pl.lit(COMPLETED).alias("status"))


def missing_episodes(extract: Extract) -> pl.DataFrame:
    """Missing episodes; the day of the return interview is not in the dataset."""
    found = fed(extract, "ssd_missing", "missing_episodes")
    times = extract["ssd_missing"]
    return found.with_columns(
        times["miss_missing_episode_start_date_at"].alias("started_at"),
        times["miss_missing_episode_end_date_at"].alias("returned_at"),
    )


def earlier_plans(extract: Extract) -> pl.DataFrame:
    """Child in need, child protection and family support plans."""
    kinds = [
        fed(extract, table, "earlier_plans").with_columns(kind=pl.lit(kind)) for table, kind in EARLIER_PLANS.items()
    ]
    return pl.concat(kinds, how="diagonal")


def care_leaver_statuses(extract: Extract) -> pl.DataFrame:
    """The latest state of each care leaver; of two rows the one with the later contact or plan."""
    rows = extract["ssd_care_leavers"]
    latest = pl.max_horizontal("clea_care_leaver_latest_contact", "clea_pathway_plan_review_date")
    ordered = rows.sort(latest, descending=True, nulls_last=True, maintain_order=True)
    again = ordered.filter(~pl.col("child_id").is_first_distinct())
    said = "A second row of the same young person"
    extract.tell("ssd_care_leavers", again, "child_id", said, "Keep the latest; that one was read", effect=ASIDE)
    found = fed(extract, "ssd_care_leavers", "care_leaver_statuses")
    accommodation = pl.col("accommodation_kind")
    digit = accommodation.str.extract(r"^[A-Za-z]([12])\b", 1).replace_strict({"1": True, "2": False}, default=None)
    stated = pl.col("is_suitable").replace_strict({"yes": True, "no": False}, default=None, return_dtype=pl.Boolean)
    teams = _team_names(extract)
    return found.with_columns(
        pl.col("team").replace(teams).alias("team"),
        accommodation.str.extract(LETTER, 1).str.to_uppercase().alias("accommodation_kind"),
        pl.coalesce(stated, digit.cast(pl.Boolean)).alias("is_suitable"),
    )


def _team_names(extract: Extract) -> dict[str, str]:
    named = extract["ssd_department"].drop_nulls("dept_team_name")
    return dict(zip(named["dept_team_id"].to_list(), named["dept_team_name"].to_list(), strict=True))


def adoptions(extract: Extract) -> pl.DataFrame:
    """Journeys to adoption, special guardianship and child arrangements orders."""
    first_fostered = pl.coalesce("perm_placed_foster_carer_date", "perm_placed_ffa_cp_date")
    rows = extract["ssd_permanence"].with_columns(first_fostered.alias("perm_placed_foster_carer_date"))
    columns = layout.tables()["ssd_permanence"].columns("adoptions")
    return rows.select("child_id", *(pl.col(field).alias(column) for column, field in columns.items()))
