"""Workers allocated to children: involvements, with the worker's registration and the team's name."""

from __future__ import annotations

import polars as pl

from hearth.returns.ssd import words
from hearth.returns.ssd.extract import Extract
from hearth.tables.codes import members

INVOLVEMENTS = "ssd_involvements"
UNKNOWN = members("worker_role", "unknown")[0]
ROLE = "invo_professional_role_id"
NO_NUMBER = r"(?i)^(xx+|n/?a|none|unknown|0+|-+|not (known|registered))$"
"""What stands in place of a registration number for a worker without one."""


def allocations(extract: Extract) -> pl.DataFrame:
    """Allocations of workers; a role name that the mapping does not have is "unknown", and told once."""
    found = extract[INVOLVEMENTS].with_columns(
        pl.col("invo_professional_id").alias("prof_professional_id"),
        pl.col("invo_professional_team").alias("dept_team_id"),
    )
    for table, key in (("ssd_professionals", "prof_professional_id"), ("ssd_department", "dept_team_id")):
        about = extract[table].drop("file", "row", "child_id").unique(key, keep="first", maintain_order=True)
        found = found.join(about, on=key, how="left", maintain_order="left")
    found = found.with_columns(pl.coalesce(ROLE, "prof_professional_job_title").alias("word"))
    return _with_role(extract, found).select(
        "child_id",
        pl.col("invo_professional_id").alias("worker_id"),
        "role",
        _registration().alias("registration"),
        pl.coalesce("dept_team_name", "invo_professional_team").alias("team"),
        pl.col("invo_involvement_start_date").alias("started_on"),
        pl.col("invo_involvement_end_date").alias("ended_on"),
        pl.col("invo_worker_change_reason").alias("reason_changed"),
    )


def _with_role(extract: Extract, found: pl.DataFrame) -> pl.DataFrame:
    given = found["word"].drop_nulls().unique().to_list()
    meant = {word: words.meaning("worker_role", word) for word in given}
    roles = found.with_columns(
        pl.col("word").replace_strict(meant, default=None, return_dtype=pl.String).fill_null(UNKNOWN).alias("role")
    )
    unknown = roles.filter(
        (pl.col("role") == UNKNOWN) & pl.col("word").is_not_null() & pl.col("word").is_first_distinct()
    )
    said = "Not a known name of a role (told once for each name)"
    remedy = "Counted as no social worker, adviser or reviewing officer; add the name to the mapping of words"
    extract.tell(INVOLVEMENTS, unknown, "word", said, remedy)
    return roles


def _registration() -> pl.Expr:
    number = pl.col("prof_social_worker_registration_no")
    return pl.when(~number.str.contains(NO_NUMBER)).then(number)
