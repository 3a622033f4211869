"""Foster carers: reviews of their approval, unannounced visits, training, and complaints that they make."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.acts import answered_by_next
from hearth.timescales.duty import ALWAYS, STEP, Clock, Deed, Duty
from hearth.timescales.history import History, key, once_a_day
from hearth.timescales.occasions import in_turn

CARER = "foster_carer"
CONNECTED = members("foster_carer_kind", "connected_person")
COMPLAINT = members("carer_concern", "complaint_by")
SERIOUS = members("carer_concern", "serious_complaint", "allegation")


def _approved(history: History) -> pl.DataFrame:
    """Approvals of foster carers: child (the carer's number), opened_on, ended_on, kind."""
    return history.table("foster_carers").select("child", pl.col("approved_on").alias("opened_on"), "ended_on", "kind")


def _under_approval(history: History, rows: pl.DataFrame, day: str) -> pl.DataFrame:
    """Rows (child, a day) with the approval they fall in: approved_on, and approval_ended_on."""
    approvals = history.table("foster_carers").select(
        key("child", "approved_on").alias("key"),
        pl.col("child").alias("whose"),
        "approved_on",
        pl.col("ended_on").alias("approval_ended_on"),
    )
    keyed = rows.with_columns(key("child", day).alias("key")).sort("key", maintain_order=True)
    found = keyed.join_asof(approvals.sort("key"), on="key", strategy="backward").drop("key")
    return found.filter((pl.col("child") == pl.col("whose")).fill_null(value=False)).drop("whose")


def _complete(history: History) -> pl.DataFrame:
    """Reviews with their decision, on its day; the first of each approval counts only if it went to the panel."""
    decided = history.table("carer_reviews").filter(pl.col("decided_on").is_not_null())
    held = _under_approval(history, decided, "decided_on")
    at_panel = pl.col("is_at_panel").fill_null(value=True)
    counts = at_panel.cast(pl.Int8).cum_max().over("child", "approved_on") == 1
    return held.filter(counts).select("child", pl.col("decided_on").alias("on"))


def _reviews(history: History) -> pl.DataFrame:
    """Each year from approval or the last review; and sooner after a serious complaint or an allegation."""
    complete = _complete(history)
    yearly = in_turn(_approved(history), complete).with_columns(pl.lit("yearly").alias("part"))
    return pl.concat([yearly, _early(history, complete).select(yearly.columns)])


def _early(history: History, complete: pl.DataFrame) -> pl.DataFrame:
    """Serious complaints and allegations with the first review decided after each, while the approval lasts."""
    raised = history.table("carer_concerns").filter(pl.col("kind").is_in(SERIOUS))
    spans = _under_approval(history, raised, "received_on").select(
        "child",
        pl.col("received_on").alias("opened_on"),
        pl.min_horizontal("ended_on", "approval_ended_on").alias("ended_on"),
        part=pl.lit("early"),
    )
    return answered_by_next(spans, complete)


ANNUAL_REVIEW = Duty(
    "foster-annual-review",
    Clock(
        "reviews of foster carers",
        needs=("foster_carers", "carer_reviews"),
        spans=_reviews,
        also=("carer_concerns",),
        until=None,
        subject=CARER,
    ),
    rules="R1 R2 R5 R7",
    within=(("foster-annual-review.early", pl.col("part") == "early"), ("foster-annual-review", ALWAYS)),
    trigger={"foster-annual-review.early": "the complaint or allegation"},
)


def _unannounced(history: History) -> pl.DataFrame:
    """Unannounced visits; one of which it is not said is not certain."""
    made = history.table("carer_visits").filter(pl.col("is_unannounced").fill_null(value=True))
    certain = pl.col("is_unannounced").is_not_null()
    return once_a_day(made.select("child", pl.col("visited_on").alias("on"), certain.alias("is_certain")))


UNANNOUNCED = Duty(
    "foster-unannounced-visit",
    Clock(
        "unannounced visits to foster carers",
        needs=("foster_carers", "carer_visits"),
        spans=_approved,
        events=_unannounced,
        deed=Deed("carer_visits", "visited_on", {"is_unannounced": True}),
        until=None,
        subject=CARER,
    ),
    rules="R5 R7",
    within=(("foster-unannounced-visit", STEP == 0), ("foster-unannounced-visit.later", STEP > 0)),
)


def _trained(history: History) -> pl.DataFrame:
    """Approvals with the day the standards were first completed, also before this approval."""
    done = history.table("carer_training").group_by("child").agg(pl.col("completed_on").min().alias("done_on"))
    return _approved(history).join(done, on="child", how="left")


TRAINING = Duty(
    "foster-training-standards",
    Clock(
        "training of foster carers",
        needs=("foster_carers", "carer_training"),
        spans=_trained,
        until=None,
        subject=CARER,
    ),
    rules="R5",
    within=(
        ("foster-training-standards.later", pl.col("kind").is_in(CONNECTED).fill_null(value=False)),
        ("foster-training-standards", ALWAYS),
    ),
)


def _complaints(history: History) -> pl.DataFrame:
    """Complaints made by foster carers, with the answer."""
    made = history.table("carer_concerns").filter(pl.col("kind").is_in(COMPLAINT))
    return made.select(
        "child", pl.col("received_on").alias("opened_on"), "ended_on", pl.col("answered_on").alias("done_on")
    )


COMPLAINTS = Duty(
    "foster-carer-complaint",
    Clock("complaints by foster carers", needs=("carer_concerns",), spans=_complaints, until=None, subject=CARER),
    rules="R1 R2",
)

DUTIES = (ANNUAL_REVIEW, UNANNOUNCED, TRAINING, COMPLAINTS)
