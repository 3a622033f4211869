"""Court: proceedings and their timetable, work before them, short orders, contact."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.acts import acts, once, repeated
from hearth.timescales.duty import ALWAYS, Clock, Duty
from hearth.timescales.history import History
from hearth.timescales.occasions import on_request, stays_where

EMERGENCY = members("legal_status", "L2")
POLICE = members("legal_status", "L1")


def _proceedings(history: History) -> pl.DataFrame:
    """Care proceedings, in parts: the first limit, and from each extension the limit moved on from its end.

    Facts: part ("first" or "extended"); triggered_on is the day of issue, or the end of the limit extended.
    """
    cases = history.table("proceedings").select("child", "issued_on", "concluded_on")
    moved = cases.join(acts(history, "proceedings_extended").select("child", "on"), on="child")
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


def _extended(history: History, extensions: pl.DataFrame) -> pl.DataFrame:
    """Each extension until the next; it counts from the end of the limit that it extends."""
    case = ["child", "issued_on"]
    first = history.limits.due("care-proceedings-26-weeks", pl.col("issued_on"), pl.lit(None, pl.String))
    step = history.limits.number("care-proceedings-26-weeks.later")
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
        also=("case_actions",),
        spans=_proceedings,
    ),
    rules="R4 R16",
    within=(("care-proceedings-26-weeks.later", pl.col("part") == "extended"), ("care-proceedings-26-weeks", ALWAYS)),
)


def _letters(history: History) -> pl.DataFrame:
    """Pre-proceedings work from the letter to its end."""
    found = history.table("pre_proceedings").filter(pl.col("letter_on").is_not_null())
    return found.select("child", pl.col("letter_on").alias("opened_on"), "ended_on")


PRE_PROCEEDINGS = Duty(
    "pre-proceedings-review",
    repeated("pre-proceedings", _letters, "pre_proceedings_reviewed", needs=("pre_proceedings",)),
    rules="R4 R7",
)


def _decisions(history: History) -> pl.DataFrame:
    """Decisions to begin pre-proceedings; the family meeting is owed until the work ends."""
    found = history.table("pre_proceedings").filter(pl.col("decided_on").is_not_null())
    return found.select("child", pl.col("decided_on").alias("opened_on"), "ended_on")


FAMILY_MEETING = Duty(
    "family-group-conference",
    once(
        "family group conferences",
        _decisions,
        "family_meeting_offered",
        needs=("pre_proceedings",),
        before="act-before",
    ),
    rules="R1 R2",
)


def _until_it_ends(statuses: tuple[str, ...]) -> Clock:
    """A short order, whose end is what is owed."""
    runs = stays_where(pl.col("legal_status").is_in(statuses))

    def spans(history: History) -> pl.DataFrame:
        done = pl.col("ended_on").alias("done_on")
        return runs(history).with_columns(done, pl.lit(None, pl.Date).alias("ended_on"))

    return Clock(f"legal status {', '.join(statuses)}", needs=("episodes",), spans=spans)


EMERGENCY_ORDER = Duty("emergency-protection-order", _until_it_ends(EMERGENCY), rules="R3")
POLICE_PROTECTION = Duty("police-protection", _until_it_ends(POLICE), rules="R11")
CONTACT = Duty("contact-refusal", on_request("refusals of contact", "contact_refused"), rules="R3")

DUTIES = (CONCLUDED, PRE_PROCEEDINGS, FAMILY_MEETING, EMERGENCY_ORDER, POLICE_PROTECTION, CONTACT)
