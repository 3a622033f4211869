"""Adoption and special guardianship: report, decision, match, move, letters, support, notices."""

from __future__ import annotations

from functools import partial

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.acts import acts, answered, need, once, refused, repeated
from hearth.timescales.duty import ALWAYS, NEXT_ASKED, STEP, Clock, Duty
from hearth.timescales.history import History
from hearth.timescales.occasions import (
    arrangements,
    needs_arrangement,
    needs_request,
    on_request,
    requests,
    while_care_lasts,
)
from hearth.timescales.reviews import UNDER_ADOPTERS, first_by_review, review_links

ADOPTION = members("permanence_option", "ADOPTION")


def _adoption_planned(history: History) -> pl.DataFrame:
    """Plans whose aim is adoption, until they end, or care does: by adoption, or because the child went home."""
    found = history.table("permanence_plans").filter(pl.col("option").is_in(ADOPTION))
    plans = found.select("child", pl.col("recorded_on").alias("opened_on"), "ended_on")
    return while_care_lasts(history, plans)


PLANNED = ("permanence_plans",)
WHILE_IN_CARE = ("episodes",)
"""Read for the day on which care ended."""
REPORT = Duty(
    "adoption-permanence-report",
    once("child's permanence reports", _adoption_planned, "permanence_report", needs=PLANNED, also=WHILE_IN_CARE),
    rules="R4 R14",
)
EARLY = once(
    "early permanence",
    _adoption_planned,
    "early_permanence",
    needs=PLANNED,
    also=WHILE_IN_CARE,
    before="act-before",
)
EARLY_PERMANENCE = Duty(
    "adoption-early-permanence",
    EARLY,
    rules="R3 R14",
)


def _by_adoptions(kind: str, day: str) -> Clock:
    """What asks for a step of adoption, with that step, or the answer that the request itself records."""

    def spans(history: History) -> pl.DataFrame:
        taken = history.table("adoptions").select("child", pl.col(day).alias("on"))
        asked = while_care_lasts(history, requests(kind)(history)).rename({"done_on": "answered_on"})
        found = answered(history, asked, taken.drop_nulls().sort("child", "on"))
        return found.with_columns(pl.coalesce("answered_on", "done_on").alias("done_on")).drop("answered_on")

    needs = ("adoptions", needs_request(kind))
    return Clock(kind.replace("_", " "), needs=needs, spans=spans, also=WHILE_IN_CARE, overtaken=NEXT_ASKED)


DECISION = Duty("adoption-adm-decision", _by_adoptions("adoption_papers", "decided_on"), rules="R1 R2 R14")
ORDER = Duty("placement-order", _by_adoptions("placement_order_applied", "placement_order_on"), rules="R4 R14")


def _ordered(history: History) -> pl.DataFrame:
    """Placement orders with the match, also one made before the order; a decision reversed, or care over, ends it."""
    orders = history.table("adoptions").filter(pl.col("placement_order_on").is_not_null())
    spans = orders.select(
        "child",
        pl.col("placement_order_on").alias("opened_on"),
        pl.col("reversed_on").alias("ended_on"),
        pl.col("matched_on").alias("done_on"),
    )
    return while_care_lasts(history, spans)


MATCH = Duty(
    "adoption-match",
    Clock("matches with adopters", needs=("adoptions", "adoptions.matched_on"), spans=_ordered, also=WHILE_IN_CARE),
    rules="R4 R14",
)


def _decided(history: History) -> pl.DataFrame:
    """Decisions that a child should be placed, in each time in care in which they stand, counted from its start.

    The day a carer who adopts took the child in as a foster child stops the clock.
    """
    found = history.table("adoptions").filter(pl.col("decided_on").is_not_null())
    periods = history.periods.select("child", "started_on", pl.col("opened_on").alias("from"), to="ended_on")
    done = pl.min_horizontal("placed_on", "fostered_by_adopters_on")
    stands = (
        (pl.col("decided_on") < pl.col("to")).fill_null(value=True)
        & (pl.col("reversed_on") > pl.col("from")).fill_null(value=True)
        & (done >= pl.col("from")).fill_null(value=True)
    )
    return (
        found.join(periods, on="child")
        .filter(stands)
        .select(
            "child",
            pl.max_horizontal("decided_on", "from").alias("opened_on"),
            pl.min_horizontal("reversed_on", "to").alias("ended_on"),
            pl.col("started_on").alias("triggered_on"),
            pl.when((done <= pl.col("to")).fill_null(value=True)).then(done).alias("done_on"),
        )
    )


MOVED_IN = Duty(
    "adoption-moved-in",
    Clock("moving in with adopters", needs=("episodes", "adoptions", "adoptions.placed_on"), spans=_decided),
    rules="R3 R14",
)


def _celebrated(history: History) -> pl.DataFrame:
    """Adoption ceremonies; for an order without one, the order, until a ceremony takes its place."""
    ceremonies = acts(history, "adoption_ceremony").select("child", pl.col("on").alias("opened_on"))
    orders = history.table("adoptions").filter(pl.col("ordered_on").is_not_null())
    first = ceremonies.group_by("child").agg(pl.col("opened_on").min().alias("ended_on"))
    ordered = orders.select("child", pl.col("ordered_on").alias("opened_on")).join(first, on="child", how="left")
    held = ceremonies.with_columns(pl.lit(None, pl.Date).alias("ended_on"))
    return pl.concat([ordered, held.select(ordered.columns)])


CELEBRATED = "the ceremony, or the order if there is none"
ADOPTED = ("adoptions",)
CEREMONIES = ("case_actions",)
"""A source need not record them: the order stands in their place."""
LETTER = Duty(
    "adoption-later-life-letter",
    once("later life letters", _celebrated, "later_life_letter", needs=ADOPTED, also=CEREMONIES),
    rules="R1 R2",
    trigger=CELEBRATED,
)


def _life_story(history: History) -> pl.DataFrame:
    """The book's first stage, by the second review after the child was placed; and the book, after the ceremony.

    The whole book, given early, is its first stage too.
    """
    books = acts(history, "life_story_book")
    begun = pl.concat([acts(history, "life_story_begun"), books]).with_columns(until=pl.lit(None, pl.Date))
    second = review_links(history).filter(UNDER_ADOPTERS & (STEP == 1))
    by = history.due("review-adoption-placed-2", "triggered_on")
    first = first_by_review(second, by, begun, since=history.before("match-before", "span_opened_on"))
    due = history.due("life-story-book", "opened_on")
    final = answered(history, _celebrated(history), books, "match-before").with_columns(
        pl.col("opened_on").alias("triggered_on"), (pl.col("done_on") <= due).alias("is_in_time"), part=pl.lit("final")
    )
    return pl.concat([first.with_columns(part=pl.lit("first")), final], how="diagonal")


LIFE_STORY = Duty(
    "life-story-book",
    Clock(
        "life story books",
        needs=(*ADOPTED, "episodes", "reviews", need("life_story_begun"), need("life_story_book")),
        also=CEREMONIES,
        spans=_life_story,
        refusals=partial(refused, kind="life_story_book"),
    ),
    rules="R1 R2 R5 R7",
    within=(("review-adoption-placed-2", pl.col("part") == "first"), ("life-story-book", ALWAYS)),
    trigger={"review-adoption-placed-2": "first review with the adopters", "life-story-book": CELEBRATED},
)
SUPPORT = Duty(
    "adoption-support-review",
    repeated(
        "adoption support",
        arrangements("adoption_support"),
        "support_reviewed",
        needs=(needs_arrangement("adoption_support"),),
    ),
    rules="R5 R7",
)
NOTICE = Duty(
    "special-guardianship-notice",
    on_request("notices of guardianship", "guardianship_notice", in_care=True),
    rules="R5 R14",
)
ACHIEVED = Duty(
    "permanence-plan-achieved",
    on_request("permanence achieved", "permanence_agreed", in_care=True, overtaken=NEXT_ASKED),
    rules="R3",
    due=pl.coalesce("promised_on", "due_on"),
    known=pl.col("promised_on").is_not_null(),
)

DUTIES = (REPORT, EARLY_PERMANENCE, DECISION, ORDER, MATCH, MOVED_IN, LETTER, LIFE_STORY, SUPPORT, NOTICE, ACHIEVED)
