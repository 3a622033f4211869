"""Special needs and plans taken apart into the chain of tables through which the dataset finds the child."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssd.education import PLAN
from hearth.tables.record import Record

LINK = "link"


def tables(record: Record) -> dict[str, pl.DataFrame]:
    """ssd_send, ssd_ehcp_requests, _assessment, _named_plan, _active_plans and ssd_sen_need, in the dataset's columns.

    A plan hangs on the child's request of the same number, or on a row without days that is a link and no request.
    """
    requests = _requests(record)
    plans = _plans(record)
    return {
        "ssd_send": _send(requests),
        "ssd_ehcp_requests": _request_rows(requests),
        "ssd_ehcp_assessment": _assessment_rows(requests),
        "ssd_ehcp_named_plan": _named_rows(plans),
        "ssd_ehcp_active_plans": _active_rows(requests, plans),
        "ssd_sen_need": _need_rows(record),
    }


def _nth(frame: pl.DataFrame) -> pl.DataFrame:
    """Numbers the rows of each child; ``link`` is the child with the number."""
    number = pl.int_range(pl.len()).over("child_id")
    return frame.with_columns(pl.format("{}/{}", "child_id", number).alias(LINK))


def _plans(record: Record) -> pl.DataFrame:
    return _nth(record["ehc_plans"].sort("child_id", "started_on", nulls_last=True, maintain_order=True))


def _requests(record: Record) -> pl.DataFrame:
    """The requests, and the links that plans and needs want where there is no request."""
    requests = _nth(record["ehc_requests"].sort("child_id", "requested_on", nulls_last=True, maintain_order=True))
    needy = record["special_needs"].filter(pl.col("support") == PLAN)
    wanted = pl.concat([_plans(record).select("child_id", LINK), _first_of(needy)]).unique(maintain_order=True)
    links = wanted.join(requests, on=LINK, how="anti", maintain_order="left")
    own = pl.coalesce("request_id", LINK).alias("request_id")
    return pl.concat([requests, links], how="diagonal").with_columns(own)


def _first_of(needs: pl.DataFrame) -> pl.DataFrame:
    return needs.select("child_id", pl.format("{}/0", "child_id").alias(LINK))


def _send(requests: pl.DataFrame) -> pl.DataFrame:
    children = requests.select("child_id").unique(maintain_order=True)
    return children.select(pl.col("child_id").alias("send_table_id"), pl.col("child_id").alias("send_person_id"))


def _request_rows(requests: pl.DataFrame) -> pl.DataFrame:
    return requests.select(
        pl.col("request_id").alias("ehcr_ehcp_request_id"),
        pl.col("child_id").alias("ehcr_send_table_id"),
        pl.col("requested_on").alias("ehcr_ehcp_req_date"),
        pl.col("decided_on").alias("ehcr_ehcp_req_outcome_date"),
        pl.col("outcome").alias("ehcr_ehcp_req_outcome"),
    )


def _assessment_rows(requests: pl.DataFrame) -> pl.DataFrame:
    return requests.select(
        pl.col(LINK).alias("ehca_ehcp_assessment_id"),
        pl.col("request_id").alias("ehca_ehcp_request_id"),
        pl.col("assessed_on").alias("ehca_ehcp_assessment_outcome_date"),
    )


def _named_rows(plans: pl.DataFrame) -> pl.DataFrame:
    return plans.select(
        pl.col(LINK).alias("ehcn_named_plan_id"),
        pl.col(LINK).alias("ehcn_ehcp_asmt_id"),
        pl.col("started_on").alias("ehcn_named_plan_start_date"),
        pl.col("ended_on").alias("ehcn_named_plan_ceased_date"),
    )


def _active_rows(requests: pl.DataFrame, plans: pl.DataFrame) -> pl.DataFrame:
    reviewed = plans.select(LINK, "reviewed_on")
    found = requests.select(LINK, "request_id").join(reviewed, on=LINK, how="left", maintain_order="left")
    return found.select(
        pl.col(LINK).alias("ehcp_active_ehcp_id"),
        pl.col("request_id").alias("ehcp_ehcp_request_id"),
        pl.col("reviewed_on").alias("ehcp_active_ehcp_last_review_date"),
    )


def _need_rows(record: Record) -> pl.DataFrame:
    needs = record["special_needs"].filter(pl.col("support") == PLAN)
    return needs.select(
        pl.int_range(1, pl.len() + 1).cast(pl.String).alias("senn_table_id"),
        pl.format("{}/0", "child_id").alias("senn_active_ehcp_id"),
        pl.col("need").alias("senn_active_ehcp_need_type"),
        pl.col("rank").alias("senn_active_ehcp_need_rank"),
    )
