"""Reviews of the child's case: the ordinary chain, and the adoption reviews that stand in its place."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.duty import STEP, Clock, Deed, Duty, condition
from hearth.timescales.history import History, key, preceding, shared
from hearth.timescales.links import links_of
from hearth.timescales.occasions import runs

PLACED = members("placement_type", "A3", "A4", "A5", "A6")
AUTHORISED = members("legal_status", "E1")
REMANDED = members("legal_status", "J1")
TIMETABLES = pl.Enum(["ordinary", "unplaced", "placed", "remand"])


def _rule() -> pl.Expr:
    placed = pl.col("placement_type").is_in(PLACED).fill_null(value=False)
    authorised = pl.col("legal_status").is_in(AUTHORISED).fill_null(value=False)
    return (
        pl.when(placed)
        .then(pl.lit("placed"))
        .when(authorised)
        .then(pl.lit("unplaced"))
        .when(_only_remanded())
        .then(pl.lit("remand"))
        .otherwise(pl.lit("ordinary"))
    )


def _only_remanded() -> pl.Expr:
    """Looked after because of a remand and nothing else: so from the first day of the period of care."""
    remanded = pl.col("legal_status").is_in(REMANDED).fill_null(value=False)
    at = pl.int_range(pl.len())
    last_otherwise = pl.when(~remanded).then(at).forward_fill()
    first_of_period = pl.when(pl.col("period").ne_missing(pl.col("period").shift(1))).then(at).forward_fill()
    return (last_otherwise < first_of_period).fill_null(value=True)


def _spans(history: History) -> pl.DataFrame:
    """The parts of a period of care in which one timetable applies.

    Facts: rule; held, the reviews of the period before it began; is_start_known; is_back, from adopters. The ordinary
    timetable, taken up again otherwise, runs from the last review.
    """
    stays = history.stays.with_columns(_rule().alias("rule"))
    parts = runs(stays, "period", "rule").with_columns(
        pl.col("started_on").alias("opened_on"),
        (preceding("rule", of="period") == "placed").fill_null(value=False).alias("is_back"),
    )
    is_first = (pl.col("period") != pl.col("period").shift(1)).fill_null(value=True)
    return (
        _with_reviews_before(parts.with_columns(is_first.alias("is_first")), history.reviews)
        .with_columns(
            pl.col("is_seen_whole").alias("is_start_known"),
            pl.when(pl.col("rule").is_in(["placed", "unplaced"]) | pl.col("is_back"))
            .then(pl.when(~pl.col("is_first") | pl.col("is_seen_whole")).then("opened_on"))
            .when("is_first")
            .then("care_started_on")
            .otherwise(pl.coalesce("last_held_on", pl.when("is_seen_whole").then("care_started_on")))
            .alias("triggered_on"),
        )
        .select("child", "opened_on", "ended_on", "triggered_on", "rule", "held", "is_start_known", "is_back")
    )


def _with_reviews_before(parts: pl.DataFrame, reviews: pl.DataFrame) -> pl.DataFrame:
    """``held`` and ``last_held_on``: the reviews of the period before this part began, none for its first part."""
    numbered = reviews.select(
        key("child", "on").alias("key"),
        "child",
        pl.col("on").alias("last_held_on"),
        pl.int_range(pl.len()).alias("number"),
    )
    keyed = parts.with_columns(key("child", "opened_on").alias("key") - 1).sort("key")
    joined = keyed.join_asof(numbered.rename({"child": "whose"}), on="key", strategy="backward")
    number = pl.col("number").fill_null(-1)
    before = number - number.first().over("period")
    is_mine = ~pl.col("is_first") & (before > 0)
    return joined.with_columns(
        pl.when(pl.col("is_first")).then(0).otherwise(before).alias("held"),
        pl.when(is_mine).then("last_held_on").alias("last_held_on"),
    )


def _held(history: History) -> pl.DataFrame:
    return history.reviews


REVIEWS = Clock(
    "reviews", needs=("episodes", "reviews"), deed=Deed("reviews", "held_on"), spans=_spans, events=_held, in_care=True
)


@shared
def review_links(history: History) -> pl.DataFrame:
    """The links of the reviews' clock, for duties that hang on the next review."""
    return links_of(history, REVIEWS)


def with_first_review(spans: pl.DataFrame, history: History, since: str = "opened_on") -> pl.DataFrame:
    """Spans (child, ended_on) with ``review_on``, the first review held in each from its day ``since`` on."""
    held = history.reviews.select(
        key("child", "on").alias("key"), pl.col("child").alias("whose"), pl.col("on").alias("review_on")
    )
    keyed = spans.with_row_index("at").with_columns(key("child", since).alias("key")).sort("key")
    found = keyed.join_asof(held, on="key", strategy="forward").sort("at")
    inside = (pl.col("review_on") <= pl.col("ended_on")).fill_null(value=True)
    mine = (pl.col("whose") == pl.col("child")) & inside
    return found.with_columns(pl.when(mine).then("review_on").alias("review_on")).drop("at", "key", "whose")


def next_due(history: History) -> pl.Expr:
    """The day on which the review of each link of the chain is due, as the duties of reviews say it."""
    limits = history.limits
    return pl.coalesce(
        pl.when(condition(duty.when, limits) & condition(when, limits)).then(history.due(limit, "triggered_on"))
        for duty in DUTIES
        for limit, when in duty.cases
    )


def first_by_review(links: pl.DataFrame, by: pl.Expr, made: pl.DataFrame, since: pl.Expr) -> pl.DataFrame:
    """What must be made by a review, from the review before: child, opened_on, triggered_on, ended_on, by_on, done_on,
    is_in_time.

    ``links`` to the review; ``by``: the day it is due. The first of ``made`` (child, on, until) from the day ``since``
    on counts, or one that was in force still. What was made after a review that was held sooner is late.
    """
    reviews = links.with_columns(by.alias("by_on"), pl.col("done_on").alias("review_on"), since.alias("since_on"))
    is_new_or_holds = (pl.col("on") >= pl.col("since_on")) | (pl.col("until") > pl.col("opened_on"))
    counts = is_new_or_holds.fill_null(value=False) & (pl.col("on") <= pl.col("ended_on")).fill_null(value=True)
    found = reviews.drop("done_on").join(made.select("child", "on", "until"), on="child").filter(counts)
    first = found.group_by("child", "opened_on").agg(pl.max_horizontal("on", "since_on").min().alias("done_on"))
    in_time = pl.col("done_on") <= pl.min_horizontal("by_on", "review_on")
    whole = reviews.drop("done_on").join(first, on=["child", "opened_on"], how="left", maintain_order="left")
    facts = ("child", "opened_on", "triggered_on", "ended_on", "by_on", "done_on")
    return whole.select(*facts, in_time.alias("is_in_time"))


ORDINARY = pl.col("rule") == "ordinary"
REMAND = pl.col("rule") == "remand"
UNDER_ADOPTERS = pl.col("rule") == "placed"
IN_CHAIN = ORDINARY | REMAND
"""Under the timetable of a first, a second and later reviews."""
HELD = STEP + pl.col("held")
TWO_ARE_KNOWN = pl.col("is_start_known")
BACK = pl.col("is_back") & (STEP == 0)
"""The review of a child whom adopters gave back to the agency, whatever timetable follows."""
USUAL = ORDINARY & ~BACK

FIRST = Duty("review-first", REVIEWS, rules="R1 R2 R8", when=USUAL & (HELD == 0), known=TWO_ARE_KNOWN)
SECOND = Duty("review-second", REVIEWS, rules="R3 R5 R7", when=USUAL & (HELD == 1), known=TWO_ARE_KNOWN)
LATER = Duty("review-subsequent", REVIEWS, rules="R3 R5 R7 R14", when=USUAL)
UNPLACED = Duty(
    "review-adoption-unplaced",
    REVIEWS,
    rules="R5 R7",
    when=(pl.col("rule") == "unplaced") & ~BACK,
    within=(("review-adoption-unplaced", STEP == 0), ("review-adoption-unplaced.later", STEP > 0)),
)
PLACED_FIRST = Duty("review-adoption-placed-1", REVIEWS, rules="R4", when=UNDER_ADOPTERS & (STEP == 0))
PLACED_LATER = Duty(
    "review-adoption-placed-2",
    REVIEWS,
    rules="R3 R5 R7",
    when=UNDER_ADOPTERS | BACK,
    within=(
        ("review-adoption-placed-2.returned", BACK),
        ("review-adoption-placed-2", STEP == 1),
        ("review-adoption-placed-2.later", STEP > 1),
    ),
    trigger={"review-adoption-placed-2.returned": "the child came back from adopters"},
)


ON_REMAND = Duty(
    "review-remand",
    REVIEWS,
    rules="R1 R2 R5 R7 R8",
    when=REMAND,
    within=(("review-remand", HELD == 0), ("review-second", HELD == 1), ("review-subsequent", HELD > 1)),
    known=TWO_ARE_KNOWN,
)

DUTIES = (FIRST, SECOND, LATER, UNPLACED, PLACED_FIRST, PLACED_LATER, ON_REMAND)
