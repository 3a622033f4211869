"""Visits outside the regular chain: asked for, after a notice about the home, in custody; seeing the child alone."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.acts import answered_by_next, once
from hearth.timescales.duty import NEXT_ASKED, Clock, Duty
from hearth.timescales.history import IS_FIRST, History, following, key
from hearth.timescales.occasions import leavings, needs_request, requests, while_care_lasts

SENTENCED = members("reason_episode_ceased", "E9")


def _by_visit(kind: str) -> Clock:
    """What asks for a visit, answered by the next in care at which the child was seen, which answers all asked before
    it.
    """

    def spans(history: History) -> pl.DataFrame:
        asked = while_care_lasts(history, requests(kind)(history))
        return asked if asked.is_empty() else answered_by_next(asked, history.visits.filter("is_certain"))

    needs = ("visits", needs_request(kind))
    return Clock(f"visits after: {kind.replace('_', ' ')}", needs=needs, spans=spans, also=("episodes",))


ON_REQUEST = Duty("visit-on-request", _by_visit("visit"), rules="R1 R2 R14")
AFTER_NOTICE = Duty("visit-after-ofsted-notice", _by_visit("home_notice"), rules="R4 R14")


def _sentenced(history: History) -> pl.DataFrame:
    """Children who stopped being looked after because of a custodial sentence."""
    return leavings(history).filter(pl.col("reason_ended").is_in(SENTENCED)).drop("reason_ended", "status")


IN_CUSTODY = Duty(
    "visit-former-looked-after-custody",
    once("visits in detention", _sentenced, "custody_visited"),
    rules="R1 R2",
)


def _seen(history: History) -> pl.DataFrame:
    """Visits at which the child was seen, the next one overtaking each; done when alone or with a reason why not.

    Of a visit of which nothing is said it is not known. Once care is over nothing can be put right.
    """
    seen = history.table("visits").filter("is_seen").select(SEEN)
    return while_care_lasts(history, seen.sort("key", "told").filter(IS_FIRST).select(SEEN_IN_TURN))


MET = pl.col("is_seen_alone").fill_null(value=False) | pl.col("reason_not_alone").is_not_null()
SEEN = (
    pl.col("child"),
    pl.col("visited_on").alias("opened_on"),
    pl.when(MET).then(0).when(pl.col("is_seen_alone").is_not_null()).then(1).otherwise(2).alias("told"),
    key("child", "visited_on").alias("key"),
)
SEEN_IN_TURN = (
    pl.col("child"),
    pl.col("opened_on"),
    following("opened_on").alias("ended_on"),
    following("opened_on").alias("overtaken_on"),
    pl.when(pl.col("told") != 1).then("opened_on").alias("done_on"),
    (pl.col("told") < 2).alias("is_done_certain"),
)


ALONE = Clock(
    "seeing the child alone",
    needs=("visits", "visits.is_seen_alone"),
    also=("episodes",),
    spans=_seen,
    overtaken=NEXT_ASKED,
)
SEEN_ALONE = Duty("visit-seen-alone", ALONE, rules="R3 R14")

DUTIES = (ON_REQUEST, AFTER_NOTICE, IN_CUSTODY, SEEN_ALONE)
