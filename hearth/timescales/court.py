"""Court: proceedings and their timetable, work before them, short orders, contact."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.acts import acts, need, once
from hearth.timescales.duty import ALWAYS, Clock, Duty
from hearth.timescales.history import History
from hearth.timescales.occasions import in_turn, on_request, stays_where

EMERGENCY = members("legal_status", "L2")
POLICE = members("legal_status", "L1")
EMERGENCY_ORDERS = stays_where(pl.col("legal_status").is_in(EMERGENCY))


def _proceedings(history: History) -> pl.DataFrame:
    """Care proceedings, in parts: the first limit, and from each extension the limit moved on from its end.

    Facts: part ("first" or "extended"); triggered_on is the day of issue, or the end of the limit extended.
    """
    cases = history.table("proceedings").select("child", "case_id", "issued_on", "concluded_on")
    extended = _extending(history, under_order=False)
    same_case = (pl.col("case_id") == pl.col("of")).fill_null(value=True)
    moved = cases.join(extended, on="child").filter(same_case).drop("of", "case_id")
    during = (pl.col("on") > pl.col("issued_on")) & (pl.col("on") <= pl.col("concluded_on")).fill_null(value=True)
    extensions = moved.filter(during).unique().sort("child", "issued_on", "on")
    later = _extended(history, extensions)
    stops = extensions.group_by("child", "issued_on").agg(pl.col("on").min().alias("ended_on"))
    first = cases.join(stops, on=["child", "issued_on"], how="left").select(
        "child",
        pl.col("issued_on").alias("opened_on"),
        "ended_on",
        pl.col("issued_on").alias("triggered_on"),
        pl.when(pl.col("ended_on").is_null()).then("concluded_on").alias("done_on"),
        pl.lit("first").alias("part"),
    )
    return pl.concat([first, later.select(first.columns)])


def _extending(history: History, *, under_order: bool) -> pl.DataFrame:
    """Hearings that extended something: an emergency order, for a child under one, else the proceedings.

    Columns: child, on, of (the case).
    """
    hearings = history.table("hearings").filter("is_extended").select("child", on="heard_on", of="case_id")
    orders = EMERGENCY_ORDERS(history).select("child", "opened_on", "ended_on")
    there = (pl.col("on") >= pl.col("opened_on")) & (pl.col("on") < pl.col("ended_on")).fill_null(value=True)
    held = hearings.join(orders, on="child").filter(there).select(hearings.columns)
    return held if under_order else hearings.join(held, on=["child", "on"], how="anti")


def _extended(history: History, extensions: pl.DataFrame) -> pl.DataFrame:
    """Each extension until the next; it counts from the end of the limit that it extends."""
    case = ["child", "issued_on"]
    first = history.due("care-proceedings-26-weeks", "issued_on")
    step = history.value("care-proceedings-26-weeks.later", "issued_on")
    before = pl.int_range(pl.len(), dtype=pl.Int64).over(case)
    following = pl.col("on").shift(-1).over(case)
    return extensions.select(
        "child",
        pl.col("on").alias("opened_on"),
        following.alias("ended_on"),
        (first + pl.duration(weeks=before * step)).alias("triggered_on"),
        pl.when(following.is_null()).then("concluded_on").alias("done_on"),
        pl.lit("extended").alias("part"),
    )


CONCLUDED = Duty(
    "care-proceedings-26-weeks",
    Clock(
        "care proceedings",
        needs=("proceedings", "proceedings.concluded_on"),
        also=("hearings", "episodes"),
        spans=_proceedings,
    ),
    rules="R4 R16",
    within=(("care-proceedings-26-weeks.later", pl.col("part") == "extended"), ("care-proceedings-26-weeks", ALWAYS)),
    trigger={"care-proceedings-26-weeks.later": "end of the limit that was extended"},
)


ISSUED = ("proceedings",)
"""Read for the day on which proceedings are issued."""


def _before_issue(history: History) -> pl.DataFrame:
    """Pre-proceedings work; it ends at the latest on the day that proceedings are issued (``issued_on``)."""
    found = history.table("pre_proceedings").with_row_index("at")
    begun = pl.min_horizontal("decided_on", "letter_on")
    issued = found.join(history.table("proceedings").select("child", "issued_on"), on="child")
    first = issued.filter(pl.col("issued_on") >= begun).group_by("at").agg(pl.col("issued_on").min())
    over = pl.min_horizontal("ended_on", "issued_on").alias("ended_on")
    return found.join(first, on="at", how="left", maintain_order="left").with_columns(over)


def _letters(history: History) -> pl.DataFrame:
    """Pre-proceedings work from the letter: reviewed again and again until it ends, and its end."""
    found = _before_issue(history).filter(pl.col("letter_on").is_not_null())
    work = found.select("child", pl.col("letter_on").alias("opened_on"), "ended_on")
    reviewed = in_turn(work, acts(history, "pre_proceedings_reviewed")).with_columns(pl.lit("review").alias("part"))
    concluded = work.with_columns(
        pl.lit(None, pl.Date).alias("ended_on"), pl.col("ended_on").alias("done_on"), pl.lit("conclude").alias("part")
    )
    return pl.concat([reviewed, concluded.select(reviewed.columns)])


PRE_PROCEEDINGS = Duty(
    "pre-proceedings-review",
    Clock(
        "pre-proceedings",
        needs=("pre_proceedings", need("pre_proceedings_reviewed")),
        also=ISSUED,
        spans=_letters,
    ),
    rules="R4 R7",
    within=(("pre-proceedings-review.conclude", pl.col("part") == "conclude"), ("pre-proceedings-review", ALWAYS)),
)


def _decisions(history: History) -> pl.DataFrame:
    """Decisions to begin pre-proceedings; the family meeting is owed until the work ends."""
    found = _before_issue(history).filter(pl.col("decided_on").is_not_null())
    return found.select("child", pl.col("decided_on").alias("opened_on"), "ended_on")


MEETINGS = once(
    "family group conferences",
    _decisions,
    "family_meeting_offered",
    needs=("pre_proceedings",),
    also=ISSUED,
    before="act-before",
    is_offer=True,
)
FAMILY_MEETING = Duty(
    "family-group-conference",
    MEETINGS,
    rules="R1 R2",
)


def _emergency_orders(history: History) -> pl.DataFrame:
    """Emergency orders, whose end is what is owed; from the hearing that extended one the limit moves on from its end.

    Facts: part ("first" or "extended").
    """
    runs = EMERGENCY_ORDERS(history).with_row_index("at")
    hearings = _extending(history, under_order=True)
    during = runs.join(hearings, on="child").filter(
        (pl.col("on") >= pl.col("opened_on")) & (pl.col("on") < pl.col("ended_on")).fill_null(value=True)
    )
    moved = runs.join(during.group_by("at").agg(pl.col("on").min()), on="at", how="left")
    never = pl.lit(None, pl.Date)
    first = moved.select(
        "child",
        "opened_on",
        pl.col("on").alias("ended_on"),
        "triggered_on",
        pl.when(pl.col("on").is_null()).then("ended_on").alias("done_on"),
        pl.lit("first").alias("part"),
    )
    later = moved.filter(pl.col("on").is_not_null()).select(
        "child",
        pl.col("on").alias("opened_on"),
        never.alias("ended_on"),
        history.due("emergency-protection-order", "triggered_on").alias("triggered_on"),
        pl.col("ended_on").alias("done_on"),
        pl.lit("extended").alias("part"),
    )
    return pl.concat([first, later])


SHORT_ORDERS = Clock(
    "emergency protection orders",
    needs=("episodes",),
    spans=_emergency_orders,
    also=("hearings",),
)
EMERGENCY_ORDER = Duty(
    "emergency-protection-order",
    SHORT_ORDERS,
    rules="R3",
    within=(
        ("emergency-protection-order.later", pl.col("part") == "extended"),
        ("emergency-protection-order", ALWAYS),
    ),
    trigger={"emergency-protection-order.later": "end of the first order"},
)


def _police_protection(history: History) -> pl.DataFrame:
    """Police protection, whose end is what is owed; nobody extends it."""
    runs = stays_where(pl.col("legal_status").is_in(POLICE))(history)
    return runs.with_columns(pl.col("ended_on").alias("done_on"), pl.lit(None, pl.Date).alias("ended_on"))


POLICE_PROTECTION = Duty(
    "police-protection", Clock("police protection", needs=("episodes",), spans=_police_protection), rules="R11"
)
CONTACT = Duty("contact-refusal", on_request("refusals of contact", "contact_refused", in_care=True), rules="R14 R16")

DUTIES = (CONCLUDED, PRE_PROCEEDINGS, FAMILY_MEETING, EMERGENCY_ORDER, POLICE_PROTECTION, CONTACT)
