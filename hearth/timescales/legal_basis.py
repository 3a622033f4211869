"""The legal basis of care: section 20, orders of a child at home, and decisions to stop looking after a child."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.acts import once, repeated
from hearth.timescales.duty import Duty
from hearth.timescales.history import History
from hearth.timescales.occasions import leavings, stays_where

SECTION_20 = members("legal_status", "V2")
FULL_ORDER = members("legal_status", "C2")
WITH_PARENTS = members("placement_type", "P1")
TO_PARENTS = members("reason_episode_ceased", "E4A")

ACCOMMODATED = stays_where(pl.col("legal_status").is_in(SECTION_20))
AT_HOME = stays_where(pl.col("legal_status").is_in(FULL_ORDER), pl.col("placement_type").is_in(WITH_PARENTS))

BASIS = Duty(
    "s20-lawful-basis",
    once("section 20 agreements", ACCOMMODATED, "s20_basis", before="act-before"),
    rules="R3",
)
DRIFT = Duty("s20-drift-review", repeated("section 20 checks", ACCOMMODATED, "s20_reviewed"), rules="R5 R7")
HOME_ORDER = Duty("care-order-home-review", repeated("orders at home", AT_HOME, "home_order_reviewed"), rules="R5 R7")


def _accommodation_ceased(history: History) -> pl.DataFrame:
    """Children not in care under an order who stopped being looked after, before they were 18."""
    left = leavings(history).filter(pl.col("status").is_in(SECTION_20))
    return left.drop("reason_ended", "status")


CEASING = Duty(
    "cease-looked-after-decision",
    once("decisions to stop", _accommodation_ceased, "ceasing_approved", before="act-before"),
    rules="R3",
)


def _returned_to_parents(history: History) -> pl.DataFrame:
    """Planned returns to parents; of an unplanned one there is no plan to ask for."""
    return leavings(history).filter(pl.col("reason_ended").is_in(TO_PARENTS)).drop("reason_ended", "status")


RETURN_PLAN = Duty(
    "return-home-plan",
    once("plans to return home", _returned_to_parents, "return_planned", before="act-before"),
    rules="R3",
)

DUTIES = (BASIS, DRIFT, HOME_ORDER, CEASING, RETURN_PLAN)
