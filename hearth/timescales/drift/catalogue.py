"""The rules of drift: legal basis, permanence, court, plans, contact, health, going missing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from hearth.timescales.acts import acts, answered, need
from hearth.timescales.drift.rule import Drift
from hearth.timescales.history import History, once_a_day
from hearth.timescales.legal_basis import AT_HOME, drifting_under_section_20
from hearth.timescales.missing import AWAY, first_of_many
from hearth.timescales.occasions import entries, in_turn
from hearth.timescales.plans import INITIAL
from hearth.timescales.reviews import HELD, IN_CHAIN, review_links

NEVER = pl.lit(None, pl.Date)
STAGE = ("child", "opened_on", "ended_on", "moved_on")


def _accommodated(history: History) -> pl.DataFrame:
    """Section 20, of those whom the duty is owed to."""
    return drifting_under_section_20(history).select("child", "opened_on", "ended_on", NEVER.alias("moved_on"))


SECTION_20 = Drift(
    "section-20",
    title="Section 20 beyond its threshold",
    stage="Looked after under section 20 since {}",
    step="no other legal basis",
    owner="service manager",
    stages=_accommodated,
    within="s20-drift-review",
    needs=("episodes",),
    also=("unaccompanied",),
    source="N (Children) [2015] EWCA Civ 1112; duty s20-drift-review",
)


def _second_reviews_held(history: History) -> pl.DataFrame:
    """From the second review held to the end of care, with the first plan for permanence of that time in care."""
    held = review_links(history).filter(IN_CHAIN & (HELD == 1) & pl.col("done_on").is_not_null())
    second = held.select(
        "child", pl.col("done_on").alias("opened_on"), "ended_on", pl.col("span_opened_on").alias("entered_on")
    ).with_row_index("at")
    plans = history.table("permanence_plans").select("child", "recorded_on", pl.col("ended_on").alias("plan_to"))
    made = second.join(plans, on="child").filter(
        (pl.col("recorded_on") >= pl.col("entered_on"))
        | (pl.col("plan_to") > pl.col("opened_on")).fill_null(value=True)
    )
    first = made.group_by("at").agg(pl.col("recorded_on").min().alias("moved_on"))
    return second.join(first, on="at", how="left").select(STAGE)


PERMANENCE = Drift(
    "no-permanence-plan",
    title="No plan for permanence by the second review",
    stage="Second review held on {}",
    step="no plan for permanence recorded",
    owner="social worker; IRO challenges",
    stages=_second_reviews_held,
    within="drift-no-permanence-plan",
    needs=("episodes", "reviews", "permanence_plans"),
    source="CPPCR 2010 reg 5(a); duty permanence-plan",
)


def _ordered(history: History) -> pl.DataFrame:
    """Placement orders until adoption, reversal or the end of care, with the match."""
    found = history.table("adoptions").filter(pl.col("placement_order_on").is_not_null())
    over = _care_ends(history, found.select("child", pl.col("placement_order_on").alias("on")))
    spans = found.join(over, left_on=("child", "placement_order_on"), right_on=("child", "on"), how="left")
    return spans.select(
        "child",
        pl.col("placement_order_on").alias("opened_on"),
        pl.min_horizontal("reversed_on", "ordered_on", "left_on").alias("ended_on"),
        pl.min_horizontal("matched_on", "placed_on").alias("moved_on"),
    )


def _care_ends(history: History, days: pl.DataFrame) -> pl.DataFrame:
    """Days (child, on) with ``left_on``: the end of the time in care that each lies in."""
    periods = entries(history).select("child", pl.col("opened_on").alias("from"), pl.col("ended_on").alias("left_on"))
    inside = (pl.col("on") >= pl.col("from")) & (pl.col("on") < pl.col("left_on")).fill_null(value=True)
    return (
        days.unique().join(periods, on="child").filter(inside).select("child", "on", "left_on").unique(("child", "on"))
    )


MATCH = Drift(
    "placement-order-unmatched",
    title="Placement order without a match",
    stage="Placement order made on {}",
    step="no match with adopters",
    owner="adoption team",
    stages=_ordered,
    within="drift-placement-order-unmatched",
    needs=("adoptions", "adoptions.matched_on"),
    also=("episodes",),
    source="Adoption scorecard A2; local",
)


def _proceedings(history: History) -> pl.DataFrame:
    found = history.table("proceedings")
    return found.select(
        "child",
        pl.col("issued_on").alias("opened_on"),
        pl.col("concluded_on").alias("ended_on"),
        NEVER.alias("moved_on"),
    )


PROCEEDINGS = Drift(
    "proceedings-26-weeks",
    title="Care proceedings past 26 weeks",
    stage="Proceedings issued on {}",
    step="no final order",
    owner="legal planning meeting chair",
    stages=_proceedings,
    within="care-proceedings-26-weeks",
    needs=("proceedings", "proceedings.concluded_on"),
    source="CA 1989 s32(1)(a)(ii); whether or not the court has extended the limit",
)


def _plans(history: History) -> pl.DataFrame:
    """Each version of the care plan in care until the next; still from the n-th review that left it as it was."""
    versions = once_a_day(history.table("care_plans").select("child", pl.col("started_on").alias("on")))
    following = pl.col("on").shift(-1).over("child").alias("next_on")
    plans = _care_ends(history, versions.select("child", "on")).sort("child", "on").with_columns(following)
    reviews = history.reviews.select("child", pl.col("on").alias("held_on")).join(plans, on="child")
    since = (pl.col("held_on") > pl.col("on")) & (pl.col("held_on") < pl.col("next_on")).fill_null(value=True)
    nth = _nth(reviews.filter(since), ("child", "on"), history.value("drift-plan-unchanged", "held_on"))
    return plans.join(nth, on=("child", "on"), how="left").select(
        "child",
        pl.col("on").alias("opened_on"),
        pl.min_horizontal("left_on", "next_on").alias("ended_on"),
        NEVER.alias("moved_on"),
        pl.col("held_on").alias("still_from"),
    )


def _nth(held: pl.DataFrame, of: tuple[str, ...], n: pl.Expr) -> pl.DataFrame:
    """Of reviews (child, ``of``, held_on), for each the first that is the n-th by the limit of its day."""
    number = pl.int_range(1, pl.len() + 1).over(of)
    enough = held.sort("held_on").with_columns(number.alias("number")).filter(pl.col("number") >= n)
    return enough.unique(of, keep="first", maintain_order=True).select(*of, "held_on")


UNCHANGED = Drift(
    "plan-unchanged",
    title="Plan unchanged over two reviews",
    stage="Care plan last revised on {}",
    step="the reviews held since left it as it was",
    owner="social worker; IRO challenges",
    stages=_plans,
    limits=("drift-plan-unchanged",),
    needs=("episodes", *INITIAL.needs[1:], "reviews"),
    source="CPPCR 2010 reg 6; local",
)


def _decided(history: History) -> pl.DataFrame:
    """Decisions of reviews held in care, until care ends; still from the n-th review that found one undone.

    A decision is to be done by its own day, or by the next review where it has none; what is no longer needed is not.
    """
    needed = history.table("review_decisions").filter(~pl.col("is_dropped").fill_null(value=False))
    decided = needed.select("child", pl.col("reviewed_on").alias("on"), "due_on", "done_on").with_row_index("at")
    made = decided.join(_care_ends(history, decided.select("child", "on")), on=("child", "on"))
    found = made.join(history.reviews.select("child", pl.col("on").alias("held_on")), on="child").filter(
        (pl.col("held_on") > pl.col("on"))
        & (pl.col("held_on") < pl.col("left_on")).fill_null(value=True)
        & (pl.col("held_on") >= pl.col("due_on")).fill_null(value=True)
        & (pl.col("held_on") < pl.col("done_on")).fill_null(value=True)
    )
    nth = _nth(found, ("at",), history.value("drift-decisions-unmet", "held_on"))
    return made.join(nth, on="at", how="left").select(
        "child",
        pl.col("on").alias("opened_on"),
        pl.col("left_on").alias("ended_on"),
        pl.col("done_on").alias("moved_on"),
        pl.col("held_on").alias("still_from"),
    )


UNMET = Drift(
    "decisions-unmet",
    title="Decision of a review not carried out",
    stage="Decided at the review of {}",
    step="not carried out at the reviews held since",
    owner="social worker; IRO challenges",
    stages=_decided,
    limits=("drift-decisions-unmet",),
    needs=("episodes", "reviews", "review_decisions"),
    source="CPPCR 2010 reg 38; IRO Handbook 2010; local",
)


def _orders_at_home(history: History) -> pl.DataFrame:
    """Children at home under a care order, from the start or the last check to the next."""
    checks = acts(history, "home_order_reviewed").select("child", "on")
    spans = in_turn(AT_HOME(history).select("child", "opened_on", "ended_on"), checks)
    return _between(spans)


BETWEEN = (
    pl.col("child"),
    pl.col("opened_on"),
    pl.min_horizontal("ended_on", "done_on").alias("ended_on"),
    NEVER.alias("moved_on"),
)


def _between(spans: pl.DataFrame) -> pl.DataFrame:
    """What in_turn gives as stages: the next event ends each."""
    return spans.select(BETWEEN)


HOME = Drift(
    "care-order-home-unreviewed",
    title="Care order at home not reviewed",
    stage="At home under a care order, last checked (or placed) on {}",
    step="no check since that the order is still needed",
    owner="service manager",
    stages=_orders_at_home,
    within="care-order-home-review",
    needs=("episodes", need("home_order_reviewed")),
    source="local; duty care-order-home-review",
)


def _last_seen(history: History) -> pl.DataFrame:
    """Children in care, from entry or the last visit at which the child was seen to the next."""
    return _between(in_turn(entries(history), history.visits.filter("is_certain")))


CONTACT = Drift(
    "no-worker-contact",
    title="No contact with a social worker",
    stage="Last seen (or came into care) on {}",
    step="not seen by a worker since",
    owner="team manager",
    stages=_last_seen,
    within="drift-no-worker-contact",
    needs=("episodes", "visits"),
    source="local; whatever interval of visits applies",
)


def _high_scores(history: History) -> pl.DataFrame:
    """High questionnaires in care until the next one, with the follow-up."""
    scores = history.table("sdq_scores").filter(pl.col("score").is_not_null() & pl.col("completed_on").is_not_null())
    days = _care_ends(history, scores.select("child", pl.col("completed_on").alias("on")))
    following = pl.col("completed_on").shift(-1).over("child").alias("next_on")
    high = (
        scores.sort("child", "completed_on")
        .with_columns(following)
        .filter(pl.col("score") >= history.value("sdq-follow-up.score", "completed_on"))
    )
    spans = high.join(days, left_on=("child", "completed_on"), right_on=("child", "on")).select(
        "child",
        pl.col("completed_on").alias("opened_on"),
        pl.min_horizontal("left_on", "next_on").alias("ended_on"),
    )
    followed = answered(history, spans, acts(history, "sdq_followed_up"))
    return followed.rename({"done_on": "moved_on"}).select(STAGE)


HIGH_SCORE = Drift(
    "high-sdq-no-follow-up",
    title="High questionnaire score without follow-up",
    stage="High score on {}",
    step="no follow-up recorded",
    owner="nurse / social worker",
    stages=_high_scores,
    within="sdq-follow-up",
    limits=("sdq-follow-up.score",),
    needs=("episodes", "sdq_scores", need("sdq_followed_up")),
    source="local; duty sdq-follow-up",
)


def _often_missing(history: History) -> pl.DataFrame:
    """From the return that makes enough episodes in the window to the end of the window, none with an interview."""
    many, window = (history.value(f"drift-missing-no-interview.{part}", "ended_on") for part in ("episodes", "window"))
    most = history.limits.most("drift-missing-no-interview.episodes")
    away = pl.col("kind").is_in(AWAY).fill_null(value=False)
    ended = (
        history.table("missing_episodes").filter(~away & pl.col("ended_on").is_not_null()).sort("child", "started_on")
    )
    held = pl.coalesce(pl.col("interview_held_at").dt.date(), "interview_held_on")
    often = ended.with_columns(
        first_of_many("started_on", many).alias("first_on"),
        pl.min_horizontal(pl.when(many > n).then(held.shift(n).over("child")) for n in range(most)).alias("moved_on"),
        pl.col("started_on").shift(-1).over("child").alias("next_on"),
    ).filter((pl.col("started_on") - pl.col("first_on")).dt.total_days() <= window)
    over = pl.col("ended_on") + pl.duration(days=window)
    return often.select(
        "child",
        pl.col("ended_on").alias("opened_on"),
        pl.min_horizontal(over, "next_on").alias("ended_on"),
        "moved_on",
    )


MISSING = Drift(
    "missing-no-interview",
    title="Missing again and again without a return interview",
    stage="Back on {} from the last of several times missing",
    step="no return interview after any of them",
    owner="social worker",
    stages=_often_missing,
    within="return-interview",
    limits=("drift-missing-no-interview.episodes", "drift-missing-no-interview.window"),
    needs=("missing_episodes", "missing_episodes.interview_held_on"),
    source="Statutory guidance on children who run away or go missing from home or care",
)

DRIFTS: Mapping[str, Drift] = MappingProxyType(
    {
        each.id: each
        for each in (
            SECTION_20,
            PERMANENCE,
            MATCH,
            PROCEEDINGS,
            UNCHANGED,
            UNMET,
            HOME,
            CONTACT,
            HIGH_SCORE,
            MISSING,
        )
    }
)
"""The rules by id."""
