"""Safeguarding: missing children, exploitation, serious incidents, advocacy, rights and access to records."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.timescales import dates
from hearth.timescales.acts import acts_of, answered, deed, need, once, repeated
from hearth.timescales.complaining import over_on
from hearth.timescales.duty import ALWAYS, ASKED, DONE, NEXT_ASKED, STEP, Clock, Deed, Duty, Overtaken
from hearth.timescales.history import History, following, key
from hearth.timescales.missing import AWAY, first_of_many
from hearth.timescales.occasions import entries, needs_request, on_request, requests, reviews, while_care_lasts

EXPLOITED = members("risk", "exploitation")
LOW, MEDIUM, HIGH = members("risk_level", "low", "medium", "high")
AT_RISK = (MEDIUM, HIGH)
"""Levels of risk after which another assessment is owed."""
COMPLAINT = members("advocacy_occasion", "complaint")
CARE_LEAVER = "care-leaver"
"""The age to which a young person who left care is one."""


def _episodes(history: History) -> pl.DataFrame:
    """Missing or away episodes, in order; the next one overtakes each."""
    found = (
        history.table("missing_episodes").select("child", "kind", "started_on", "ended_on").sort("child", "started_on")
    )
    return found.with_columns(following("started_on").alias("next_on"))


def _absences(history: History) -> pl.DataFrame:
    return _episodes(history).select(
        "child", pl.col("started_on").alias("opened_on"), pl.col("next_on").alias("ended_on")
    )


def _whereabouts_unknown(history: History) -> pl.DataFrame:
    """Until the day after the return: a child who is back is missing no more, and there is nothing to tell."""
    missing = _episodes(history).filter(~pl.col("kind").is_in(AWAY).fill_null(value=False))
    is_back = dates.days(pl.col("ended_on"), 1)
    spans = missing.select(
        "child", pl.col("started_on").alias("opened_on"), pl.min_horizontal("next_on", is_back).alias("ended_on")
    )
    return while_care_lasts(history, spans)


MISSING = ("missing_episodes",)
RECORDED = Duty(
    "missing-episode-recorded",
    once("records of absence", _absences, "absence_recorded", needs=MISSING, overtaken=NEXT_ASKED),
    rules="R3",
)
CALLS = once(
    "calls to police",
    _whereabouts_unknown,
    "notifications.police",
    needs=MISSING,
    also=("episodes",),
    overtaken=NEXT_ASKED,
)
POLICE_TOLD = Duty("missing-notify-police", CALLS, rules="R3 R14")


def _thresholds(history: History) -> pl.DataFrame:
    """From 24 hours missing to the return; and from a further episode that makes enough in the window, while it lasts.

    Only days are known, so 24 hours are over on the day after the child went. An episode that lasts is under the
    first threshold, whatever came before it.
    """
    missing = _episodes(history).filter(~pl.col("kind").is_in(AWAY).fill_null(value=False))
    day_after = pl.col("started_on").dt.offset_by("1d")
    lasts = (pl.col("ended_on") > day_after).fill_null(value=True)
    long = missing.filter(lasts).select("child", day_after.alias("opened_on"), "ended_on", pl.lit("long").alias("part"))
    enough, window = (
        history.value(f"missing-strategy-meeting.{part}", "started_on") for part in ("episodes", "window")
    )
    first = first_of_many("started_on", enough)
    passed = pl.col("started_on") + pl.duration(days=window + 1)
    often = ((pl.col("started_on") - first).dt.total_days() <= window).fill_null(value=False)
    again = missing.filter(often & ~lasts).select(
        "child",
        pl.col("started_on").alias("opened_on"),
        pl.min_horizontal("next_on", passed).alias("ended_on"),
        pl.lit("again").alias("part"),
    )
    return while_care_lasts(history, pl.concat([long, again]))


STRATEGY_MEETING = Duty(
    "missing-strategy-meeting",
    Clock(
        "meetings about missing children",
        needs=(*MISSING, need("missing_meeting")),
        also=("episodes",),
        spans=_thresholds,
        events=acts_of("missing_meeting"),
        deed=deed("missing_meeting"),
        overtaken=NEXT_ASKED,
    ),
    rules="R1 R2 R4 R7 R14",
    when=(STEP == 0) | (pl.col("part") == "long"),
    within=(
        ("missing-strategy-meeting.again", pl.col("part") == "again"),
        ("missing-strategy-meeting.later", STEP > 0),
        ("missing-strategy-meeting", ALWAYS),
    ),
)


def _risks(history: History) -> pl.DataFrame:
    """Assessments of the risk of exploitation, with the level found; a fall from high to low needs the panel's word.

    Until the panel has agreed, low stays high, however often it is found.
    """
    assessed = history.table("risk_assessments").filter(pl.col("kind").is_in(EXPLOITED)).sort("child", "assessed_on")
    is_own_low = (pl.col("level") == LOW) & pl.col("panel_agreed_on").is_null()
    settled = pl.when(~is_own_low).then("level").forward_fill().over("child")
    too_soon = (is_own_low & (settled == HIGH)).fill_null(value=False)
    level = pl.when(too_soon).then(pl.lit(HIGH)).otherwise("level").alias("level")
    found = assessed.select("child", pl.col("assessed_on").alias("on"), level)
    last = found.unique(("child", "on"), keep="last", maintain_order=True)
    return last.with_columns(is_certain=True).sort(key("child", "on"))


def _concerns(history: History) -> pl.DataFrame:
    """Concerns about exploitation, while care lasts."""
    asked = requests("exploitation_concern")(history)
    return while_care_lasts(history, asked.select("child", "opened_on", "ended_on"))


EXPLOITATION = Duty(
    "exploitation-risk-assessment",
    Clock(
        "risk of exploitation",
        needs=(needs_request("exploitation_concern"), "risk_assessments"),
        also=("episodes",),
        spans=_concerns,
        events=_risks,
        deed=Deed("risk_assessments", "assessed_on", {"kind": EXPLOITED[0]}),
        overtaken=NEXT_ASKED,
    ),
    rules="R1 R2 R5 R7 R14",
    when=(STEP == 0) | pl.col("level").is_in(AT_RISK) | pl.col("level").is_null(),
    known=(STEP == 0) | pl.col("level").is_not_null(),
    within=(("exploitation-risk-assessment", STEP == 0), ("exploitation-risk-assessment.later", STEP > 0)),
)
STRATEGY_DISCUSSION = Duty(
    "strategy-discussion", on_request("concerns about significant harm", "significant_harm"), rules="R1 R2"
)
SERIOUS_INCIDENT = Duty(
    "serious-incident-notice", on_request("serious incidents", "serious_incident", until=None), rules="R1 R2"
)


def _entries_and_reviews(history: History) -> pl.DataFrame:
    """Entering care, and each review, to the 18th birthday."""
    held = reviews(history).with_columns(pl.col("opened_on").alias("triggered_on"), pl.lit("review").alias("part"))
    entered = entries(history).with_columns(pl.lit("entry").alias("part"))
    found = history.with_lives(pl.concat([entered, held.select(entered.columns)]), "adult_on")
    return found.with_columns(pl.min_horizontal("ended_on", "adult_on").alias("ended_on")).drop("adult_on")


def _occasions(history: History) -> pl.DataFrame:
    """Entering care, each review, and each complaint until it is over, with the offer of an advocate for each.

    Care leavers too are helped to make representations (Children Act 1989 s26A(1)(a)).
    """
    made = history.table("advocacy_offers").select("child", pl.col("offered_on").alias("on"), "occasion")
    is_for_complaint = pl.col("occasion").is_in(COMPLAINT).fill_null(value=False)
    in_care = answered(history, _entries_and_reviews(history), made.filter(~is_for_complaint), "review-cycle")
    complaints = history.table("complaints").select(
        "child",
        pl.col("received_on").alias("opened_on"),
        over_on(history).alias("ended_on"),
        pl.col("received_on").alias("triggered_on"),
        pl.lit("complaint").alias("part"),
    )
    complaining = answered(history, complaints, made.filter(is_for_complaint), "act-before")
    return pl.concat([in_care, complaining.select(in_care.columns)])


OF_REVIEW = pl.when(pl.col("part") == "review").then(1)
IN_CARE = pl.when(pl.col("part") != "complaint").then(1)
"""A complaint asks for an offer of its own, whose place no other takes."""

OFFERS = Clock(
    "offers of advocacy",
    needs=("episodes", "reviews", "advocacy_offers"),
    spans=_occasions,
    also=("complaints",),
    until=CARE_LEAVER,
    overtaken=(Overtaken(ASKED, OF_REVIEW), Overtaken(DONE, IN_CARE)),
)
ADVOCACY = Duty(
    "independent-advocacy",
    OFFERS,
    rules="R1 R2 R3",
    within=(
        ("independent-advocacy.complaint", pl.col("part") == "complaint"),
        ("independent-advocacy.later", pl.col("part") == "review"),
        ("independent-advocacy", ALWAYS),
    ),
    trigger={
        "independent-advocacy": "entry to care",
        "independent-advocacy.later": "review",
        "independent-advocacy.complaint": "complaint",
    },
)
RIGHTS = Duty(
    "rights-information",
    repeated("rights explained", entries, "rights_explained", in_care=True),
    rules="R1 R2 R5 R7",
    within=(("rights-information", STEP == 0), ("rights-information.later", STEP > 0)),
)


def _access(history: History) -> pl.DataFrame:
    """Requests for access; from the day it was extended the longer time runs, from the day it was received."""
    return extended(requests("subject_access")(history))


def extended(asked: pl.DataFrame) -> pl.DataFrame:
    """Requests in two parts where time was extended: the first ends on that day, the second runs from it.

    Facts: part ("first" or "extended"); triggered_on is the day of the request for both.
    """
    received = pl.col("opened_on").alias("triggered_on")
    first = asked.with_columns(
        received,
        pl.lit("first").alias("part"),
        pl.min_horizontal("ended_on", "extended_on").alias("ended_on"),
        pl.when((pl.col("done_on") < pl.col("extended_on")).fill_null(value=True)).then("done_on").alias("done_on"),
    )
    later = asked.filter(pl.col("extended_on").is_not_null()).with_columns(
        received, pl.lit("extended").alias("part"), pl.col("extended_on").alias("opened_on")
    )
    return pl.concat([first, later.select(first.columns)]).drop("extended_on")


ACCESS = Duty(
    "subject-access-request",
    Clock("access to records", needs=(needs_request("subject_access"),), spans=_access, until=None),
    rules="R5",
    within=(("subject-access-request.later", pl.col("part") == "extended"), ("subject-access-request", ALWAYS)),
)

DUTIES = (
    RECORDED,
    POLICE_TOLD,
    STRATEGY_MEETING,
    EXPLOITATION,
    STRATEGY_DISCUSSION,
    SERIOUS_INCIDENT,
    ADVOCACY,
    RIGHTS,
    ACCESS,
)
