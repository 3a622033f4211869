"""The legal basis of care: section 20, orders of a child at home, and decisions to stop looking after a child."""

from __future__ import annotations

from functools import partial

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.acts import IN_CARE, acts, answered, answered_by_next, need, refused, repeated
from hearth.timescales.duty import ALWAYS, Clock, Duty
from hearth.timescales.history import History
from hearth.timescales.occasions import IS_INSIDE, leavings, requests, stays_where

SECTION_20 = members("legal_status", "V2")
FULL_ORDER = members("legal_status", "C2")
WITH_PARENTS = members("placement_type", "P1")
CEASED = members("approval", "ceasing")[0]
DIRECTOR = members("approver", "director")[0]
BY_DECISION = members("reason_episode_ceased", "E4A", "E13", "E5", "E6", "E7", "E8", "E16")
"""Ends that the authority decides: not death, adoption, an order, custody, another authority, or a parent who takes the
child home (s20(8)).
"""
TO_PARENTS = members("reason_episode_ceased", "E4A")

ACCOMMODATED = stays_where(pl.col("legal_status").is_in(SECTION_20))
AT_HOME = stays_where(pl.col("legal_status").is_in(FULL_ORDER), pl.col("placement_type").is_in(WITH_PARENTS))


def _agreed(history: History) -> pl.DataFrame:
    """Accommodation under section 20, and each change in it, with the basis recorded; of a change only what came after.

    A change is an objection, a request for return, or another person with parental responsibility.
    """
    accommodated = ACCOMMODATED(history)
    recorded = acts(history, "s20_basis")
    began = answered(history, accommodated, recorded, "act-before")
    changes = requests("s20_changed")(history).select("child", pl.col("opened_on").alias("on"), "done_on")
    inside = accommodated.join(changes, on="child").filter(IS_INSIDE)
    changed = inside.with_columns(pl.col("on").alias("opened_on"), pl.col("on").alias("triggered_on"))
    after = answered_by_next(changed.drop("done_on"), recorded)
    return pl.concat([began, after.select(began.columns)])


AGREEMENTS = Clock(
    "section 20 agreements",
    needs=(*IN_CARE, need("s20_basis")),
    spans=_agreed,
    refusals=partial(refused, kind="s20_basis"),
    also=("requests",),
    in_care=True,
)
BASIS = Duty(
    "s20-lawful-basis", AGREEMENTS, rules="R3 R14", trigger="accommodation under section 20 began, or something changed"
)


def drifting_under_section_20(history: History) -> pl.DataFrame:
    """Section 20, to the age at which the young person agrees; not children who came alone."""
    alone = history.table("unaccompanied").select("child").unique()
    spans = history.with_ages(
        ACCOMMODATED(history).join(alone, on="child", how="anti"), own_on="s20-drift-review.until"
    )
    return spans.with_columns(pl.min_horizontal("ended_on", "own_on").alias("ended_on")).drop("own_on")


CHECKED = repeated(
    "section 20 checks", drifting_under_section_20, "s20_reviewed", also=("unaccompanied",), in_care=True
)
DRIFT = Duty("s20-drift-review", CHECKED, rules="R5 R6 R7")
HOME_ORDER = Duty(
    "care-order-home-review", repeated("orders at home", AT_HOME, "home_order_reviewed", in_care=True), rules="R5 R7"
)


def _accommodation_ceased(history: History) -> pl.DataFrame:
    """Children not in care under an order who stopped being looked after, with the approval by one high enough.

    Of a young person of 16 or 17 only the director's counts (reg 39); a rank not told is taken to be enough.
    """
    decided = pl.col("reason_ended").is_in(BY_DECISION).fill_null(value=True)
    left = leavings(history).filter(pl.col("status").is_in(SECTION_20), decided).drop("reason_ended", "status")
    aged = history.with_ages(left, turned_on="ceasing-director")
    grown = aged.filter(pl.col("turned_on") <= pl.col("opened_on")).drop("turned_on")
    young = left.join(grown, on=["child", "opened_on"], how="anti")
    given = history.table("approvals").filter((pl.col("kind") == CEASED) & ~pl.col("is_refused").fill_null(value=False))
    high = given.filter((pl.col("approver") == DIRECTOR).fill_null(value=True))
    parts = [
        answered(history, spans, made.select("child", "answers_on", on="approved_on").sort("child", "on"), "act-before")
        for spans, made in ((young, given), (grown, high))
    ]
    return pl.concat(part.select(*left.columns, "done_on") for part in parts)


CEASING = Duty(
    "cease-looked-after-decision",
    Clock("decisions to stop", needs=(*IN_CARE, need("approvals.ceasing")), spans=_accommodation_ceased),
    rules="R3",
    trigger="day care ended",
)


def _returned_to_parents(history: History) -> pl.DataFrame:
    """Planned returns to parents; of an unplanned one there is no plan to ask for."""
    return leavings(history).filter(pl.col("reason_ended").is_in(TO_PARENTS)).drop("reason_ended", "status")


def _return_planned(history: History) -> pl.DataFrame:
    """Planned returns with their approval, and with what was looked at again some months later."""
    home = _returned_to_parents(history)
    planned = answered(history, home, acts(history, "approvals.return_home"), "act-before")
    followed = answered(history, home, acts(history, "return_followed_up"))
    return pl.concat(
        [
            planned.with_columns(pl.lit("plan").alias("part")),
            followed.select(planned.columns).with_columns(pl.lit("follow up").alias("part")),
        ]
    )


RETURN_PLAN = Duty(
    "return-home-plan",
    Clock(
        "plans to return home",
        needs=(*IN_CARE, need("approvals.return_home"), need("return_followed_up")),
        spans=_return_planned,
    ),
    rules="R3 R5",
    within=(("return-home-plan.later", pl.col("part") == "follow up"), ("return-home-plan", ALWAYS)),
    trigger="day the child went home",
)

DUTIES = (BASIS, DRIFT, HOME_ORDER, CEASING, RETURN_PLAN)
