"""Special needs and education, health and care plans, whose rows find their child through a chain of tables."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssd.extract import Extract
from hearth.returns.ssd.mapped import fed

PLAN = "plan"
"""The dataset lists needs of children with a plan only."""


def special_needs(extract: Extract) -> pl.DataFrame:
    """Needs named in plans in force."""
    return fed(extract, "ssd_sen_need", "special_needs").with_columns(pl.lit(PLAN).alias("support"))


def ehc_requests(extract: Extract) -> pl.DataFrame:
    """Requests, with the day that the assessment ended in a plan or in none; a row that says nothing is only a link."""
    assessed = extract["ssd_ehcp_assessment"].select(
        pl.col("ehca_ehcp_request_id").alias("request_id"),
        pl.col("ehca_ehcp_assessment_outcome_date").alias("assessed_on"),
    )
    last = assessed.drop_nulls("request_id").group_by("request_id").agg(pl.col("assessed_on").max())
    found = fed(extract, "ssd_ehcp_requests", "ehc_requests")
    whole = found.join(last, on="request_id", how="left", maintain_order="left")
    return whole.filter(pl.any_horizontal(pl.exclude("child_id", "request_id").is_not_null()))


def ehc_plans(extract: Extract) -> pl.DataFrame:
    """Plans named, with the last review of the plan in force; a review that no named plan leads to stands alone."""
    active = extract["ssd_ehcp_active_plans"].select(
        "child_id",
        pl.col("ehcp_ehcp_request_id").alias("request_id"),
        pl.col("ehcp_active_ehcp_last_review_date").alias("reviewed_on"),
    )
    assessments = extract["ssd_ehcp_assessment"].select(
        pl.col("ehca_ehcp_assessment_id").alias("assessment_id"), pl.col("ehca_ehcp_request_id").alias("request_id")
    )
    named = extract["ssd_ehcp_named_plan"].select(
        "child_id",
        pl.col("ehcn_ehcp_asmt_id").alias("assessment_id"),
        pl.col("ehcn_named_plan_start_date").alias("started_on"),
        pl.col("ehcn_named_plan_ceased_date").alias("ended_on"),
    )
    linked = named.join(_once(assessments, "assessment_id"), on="assessment_id", how="left", maintain_order="left")
    known = _once(active, "request_id").drop("child_id")
    whole = linked.join(known, on="request_id", how="left", maintain_order="left")
    reviewed = active.drop_nulls("reviewed_on")
    alone = reviewed.join(linked.drop_nulls("request_id"), on="request_id", how="anti", maintain_order="left")
    return pl.concat([whole, alone], how="diagonal").drop("assessment_id", "request_id")


def _once(frame: pl.DataFrame, key: str) -> pl.DataFrame:
    return frame.drop_nulls(key).unique(key, keep="first", maintain_order=True)
