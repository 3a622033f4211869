"""The authority as corporate parent: reports to its board, and the local offer for care leavers."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.duty import ALWAYS, Clock, Duty
from hearth.timescales.history import History
from hearth.timescales.occasions import in_turn

AUTHORITY = "authority"
SINCE = ("episodes",)
"""Read for the first day on which the record knows of a child in care."""
REPORTS = members("board_report", "performance", "officers_annual")


def _known_since(history: History) -> pl.DataFrame:
    """Authorities with the first day on which the record knows of a child in their care: child, authority, since_on."""
    first = (
        history.record["periods_of_care"].group_by("authority").agg(pl.col("first_known_on").min().alias("since_on"))
    )
    return history.roster(AUTHORITY).select("child", "authority").join(first, on="authority", how="left")


def _reported(history: History) -> pl.DataFrame:
    """From each report to the next of its kind; before the first the day it is counted from is not known."""
    made = history.table("board_reports").select("child", "kind", pl.col("reported_on").alias("on"))
    return pl.concat([_reports_of(history, made.filter(pl.col("kind") == kind), kind) for kind in REPORTS])


def _reports_of(history: History, made: pl.DataFrame, kind: str) -> pl.DataFrame:
    first = made.group_by("child").agg(pl.col("on").min().alias("first_on"))
    known = _known_since(history).join(first, on="child", how="left")
    chain = in_turn(
        known.drop_nulls("first_on").with_columns(pl.lit(None, pl.Date).alias("ended_on"), opened_on="first_on"), made
    )
    before = known.filter((pl.col("since_on") < pl.col("first_on")).fill_null(pl.col("since_on").is_not_null()))
    unknown = before.select(
        "child",
        pl.col("since_on").alias("opened_on"),
        pl.col("first_on").alias("ended_on"),
        pl.lit(None, pl.Date).alias("done_on"),
        pl.lit(None, pl.Date).alias("triggered_on"),
    )
    counted = chain.with_columns(pl.col("opened_on").alias("triggered_on"))
    return pl.concat([counted, unknown.select(counted.columns)]).with_columns(pl.lit(kind).alias("part"))


BOARD = Duty(
    "corporate-parenting-report",
    Clock("reports to the board", needs=("board_reports",), also=SINCE, spans=_reported, until=None, subject=AUTHORITY),
    rules="R5 R7",
    within=(
        ("corporate-parenting-report.officers_annual", pl.col("part") == "officers_annual"),
        ("corporate-parenting-report", ALWAYS),
    ),
    trigger="previous report",
)


def _offered(history: History) -> pl.DataFrame:
    """The first offer, owed since the law was in force; then each version, until the next is published."""
    published = history.table("local_offers").select("child", pl.col("published_on").alias("on"))
    first = published.group_by("child").agg(pl.col("on").min().alias("done_on"))
    begins = pl.max_horizontal("since_on", history.limits.since("local-offer"))
    nothing = pl.lit(None, pl.Date).alias("ended_on")
    owed = _known_since(history).select("child", begins.alias("opened_on"), nothing).join(first, on="child", how="left")
    versions = published.unique().select("child", pl.col("on").alias("opened_on"), nothing).sort("child", "opened_on")
    following = pl.col("opened_on").shift(-1).over("child").alias("done_on")
    return pl.concat(
        [
            owed.drop_nulls("opened_on").with_columns(pl.lit("first").alias("part")),
            versions.with_columns(following, pl.lit("later").alias("part")),
        ]
    )


LOCAL_OFFER = Duty(
    "local-offer",
    Clock("local offers", needs=("local_offers",), also=SINCE, spans=_offered, until=None, subject=AUTHORITY),
    rules="R5 R7",
    within=(("local-offer.later", pl.col("part") == "later"), ("local-offer", ALWAYS)),
)

DUTIES = (BOARD, LOCAL_OFFER)
