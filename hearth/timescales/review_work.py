"""Work around each review: preparing it, the child's part in it, its decisions and record, reviews held early."""

from __future__ import annotations

import polars as pl

from hearth.timescales.acts import acts, answered, answered_by_next, answered_each, need, once
from hearth.timescales.duty import ALWAYS, ASKED, NEXT_ASKED, Clock, Duty, Overtaken
from hearth.timescales.history import History, following, key, preceding
from hearth.timescales.occasions import needs_request, on_request, requests, reviews, while_care_lasts
from hearth.timescales.reviews import HELD, IN_CHAIN, next_due, review_links

IN_REVIEW = ("episodes", "reviews")
NEXT_OF_THE_PART = (Overtaken(ASKED, pl.col("part")),)
"""The same part of the work, asked for by the next review."""

DECISIONS_SENT = Duty(
    "review-decisions-issued",
    once("decisions of reviews", reviews, "review_decisions_sent", needs=IN_REVIEW, overtaken=NEXT_ASKED, in_care=True),
    rules="R1 R2",
)


def _records(history: History) -> pl.DataFrame:
    """Two for each review: the record produced, and then distributed."""
    done = {part: acts(history, f"review_record_{part}") for part in ("produced", "sent")}
    return answered_each(history, reviews(history), done)


RECORD_SENT = Duty(
    "review-record-issued",
    Clock(
        "records of reviews",
        needs=(*IN_REVIEW, need("review_record_produced"), need("review_record_sent")),
        spans=_records,
        overtaken=NEXT_OF_THE_PART,
        in_care=True,
    ),
    rules="R1 R2",
    within=(("review-record-issued.later", pl.col("part") == "sent"), ("review-record-issued", ALWAYS)),
)


def _contacts(history: History) -> pl.DataFrame:
    """Each review with the last time since the one before it that the reviewing officer sought to speak with the child.

    What was not done before the meeting cannot be done after it: the next day it is missed, and a later contact is for
    the next review. A child of understanding may refuse, and the officer judge it not right: nobody need do more (reg
    36). A refusal stays beside it.
    """
    contacts = history.table("reviewing_officer_contacts")
    since = pl.max_horizontal(preceding("opened_on"), history.before("review-cycle", "opened_on"))
    held = reviews(history).with_columns(since.alias("since"))
    sought, refused = _last_contact(held, contacts), _last_contact(held, contacts.filter("is_refused"))
    until = pl.col("opened_on").dt.offset_by("1d").alias("ended_on")
    found = held.with_columns(sought.alias("done_on"), refused.alias("refused_on"))
    return found.select("child", "opened_on", until, "done_on", "refused_on")


def _last_contact(held: pl.DataFrame, contacts: pl.DataFrame) -> pl.Series:
    """The day of the last of the contacts up to each review and after the day ``since``."""
    seen = contacts.select(
        key("child", "contacted_on").alias("key"),
        pl.col("child").alias("whose"),
        pl.col("contacted_on").alias("seen_on"),
    )
    keyed = held.with_row_index("at").with_columns(key("child", "opened_on").alias("key")).sort("key")
    found = keyed.join_asof(seen.sort("key"), on="key", strategy="backward").sort("at")
    counts = (pl.col("child") == pl.col("whose")) & (pl.col("seen_on") > pl.col("since"))
    return found.select(pl.when(counts).then("seen_on")).to_series()


OFFICER_CONTACT = Duty(
    "iro-child-contact",
    Clock("contacts before reviews", needs=(*IN_REVIEW, "reviewing_officer_contacts"), spans=_contacts, in_care=True),
    rules="R3",
)


def _participation(history: History) -> pl.DataFrame:
    """Each review with whether it is recorded how the child took part; which code fits which age is a return's rule."""
    told = history.table("reviews").filter(pl.col("participation").is_not_null())
    said = told.select("child", pl.col("held_on").alias("opened_on"), pl.col("held_on").alias("done_on")).unique()
    return reviews(history).join(said, on=["child", "opened_on"], how="left")


TAKING_PART = Clock(
    "participation in reviews",
    needs=(*IN_REVIEW, "reviews.participation"),
    spans=_participation,
    overtaken=NEXT_ASKED,
    in_care=True,
)
PARTICIPATION = Duty("review-participation", TAKING_PART, rules="R3")


def _visitor_considered(history: History) -> pl.DataFrame:
    """Each review with the decision whether an independent visitor is needed, and each need with the match.

    A child who objects, for whom one is no longer needed, or who has left care is owed no match.
    """
    decided = history.table("independent_visitors").sort(key("child", "considered_on"))
    considered = answered(
        history, reviews(history), decided.select("child", pl.col("considered_on").alias("on")), "review-cycle"
    ).with_columns(pl.lit("considered").alias("part"))
    wanted = pl.col("is_needed") & pl.col("is_wanted").fill_null(value=True)
    next_on = following("considered_on")
    undone = pl.col("matched_on").is_null() | (pl.col("matched_on") > next_on)
    needed = decided.with_columns(pl.when(undone).then(next_on).alias("ended_on")).filter(wanted)
    matches = needed.select(
        "child",
        pl.col("considered_on").alias("opened_on"),
        "ended_on",
        pl.col("matched_on").alias("done_on"),
        pl.lit("match").alias("part"),
    )
    return pl.concat([considered, while_care_lasts(history, matches.select(considered.columns))])


VISITOR = Duty(
    "independent-visitor-considered",
    Clock(
        "independent visitors",
        needs=(*IN_REVIEW, "independent_visitors"),
        spans=_visitor_considered,
        overtaken=NEXT_OF_THE_PART,
    ),
    rules="R3 R5",
    within=(
        ("independent-visitor-considered.match", pl.col("part") == "match"),
        ("independent-visitor-considered", ALWAYS),
    ),
    trigger={"independent-visitor-considered.match": "the decision that a visitor is needed"},
)


def _next_reviews(history: History) -> pl.DataFrame:
    """From each review held to the next, of any timetable: the day the next is due is what is counted from."""
    chain = review_links(history).filter((HELD >= 1) & (pl.col("is_start_known") | ~IN_CHAIN))
    spans = chain.select(
        "child",
        "opened_on",
        pl.min_horizontal("ended_on", "done_on").alias("ended_on"),
        next_due(history).alias("triggered_on"),
    )
    return spans.filter((pl.col("ended_on") > pl.col("opened_on")).fill_null(value=True))


CONSULTATION = Duty(
    "review-consultation",
    once("planning of reviews", _next_reviews, "review_consulted", needs=IN_REVIEW, overtaken=NEXT_ASKED, in_care=True),
    rules="R1 R2",
)
DISPUTE = Duty(
    "iro-escalation", on_request("disputes of reviewing officers", "iro_dispute", in_care=True), rules="R1 R2 R14"
)


def _by_review(kind: str) -> Clock:
    """What asks for a review at once, answered by the next one held in care, which answers all asked before it."""

    def spans(history: History) -> pl.DataFrame:
        return answered_by_next(while_care_lasts(history, requests(kind)(history)), history.reviews)

    needs = ("reviews", needs_request(kind))
    return Clock(f"reviews after: {kind.replace('_', ' ')}", needs=needs, spans=spans, also=("episodes",))


BROUGHT_FORWARD = Duty("review-brought-forward", _by_review("review_early"), rules="R1 R2 R14")
AFTER_POOR_VISIT = Duty("visit-after-poor-visit", _by_review("poor_visit"), rules="R1 R2 R14")
ENDING_REVIEWED = Duty(
    "placement-end-review",
    _by_review("placement_ending"),
    rules="R3 R14",
    due=pl.coalesce("promised_on", "due_on"),
    known=pl.col("promised_on").is_not_null(),
)

DUTIES = (
    DECISIONS_SENT,
    RECORD_SENT,
    OFFICER_CONTACT,
    PARTICIPATION,
    VISITOR,
    CONSULTATION,
    DISPUTE,
    BROUGHT_FORWARD,
    AFTER_POOR_VISIT,
    ENDING_REVIEWED,
)
