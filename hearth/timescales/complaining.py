"""Complaints and taking part: the three stages of the statutory procedure, and the offer to join in."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from hearth.timescales import dates
from hearth.timescales.acts import repeated
from hearth.timescales.duty import STEP, Clock, Duty
from hearth.timescales.history import History
from hearth.timescales.leaving_care import HOME, LEFT_CARE, cared_for

STEPS = (
    "responded_on",
    "stage2_requested_on",
    "adjudicated_on",
    "stage3_requested_on",
    "panel_on",
    "panel_reported_on",
    "final_response_on",
)
"""The days of a complaint in order: one that came takes the place of all before it that never did."""


def _stage(
    start: str, done: str, *, opened: str | None = None, ends: str | None = None
) -> Callable[[History], pl.DataFrame]:
    """A step of complaints: from ``start`` to ``done``; open from another day, or ended by another day, if given.

    It ends when the complaint is withdrawn, or goes on without it.
    """
    later = STEPS[STEPS.index(done) + 1 :] if done in STEPS else ()
    begins, stops = opened or start, [*([ends] if ends else []), "withdrawn_on", *later]
    over = pl.lit(value=True) if ends is None else (pl.col(done) < pl.col(ends)).fill_null(value=True)
    return lambda history: (
        history.table("complaints")
        .filter(pl.col(begins).is_not_null() & pl.col(start).is_not_null())
        .select(
            "child",
            pl.col(begins).alias("opened_on"),
            pl.min_horizontal(stops).alias("ended_on"),
            pl.col(start).alias("triggered_on"),
            pl.when(over).then(done).alias("done_on"),
        )
    )


def _step(name: str, start: str, done: str, *, opened: str | None = None, ends: str | None = None) -> Clock:
    needs = ("complaints", f"complaints.{done}")
    return Clock(name, needs=needs, spans=_stage(start, done, opened=opened, ends=ends), until=None)


def _right_to_ask(limit: str, start: str, done: str) -> Clock:
    """A right of the person who complains: it runs out the day after its last day, and nobody is late."""

    def spans(history: History) -> pl.DataFrame:
        asked = _stage(start, done)(history)
        runs_out = dates.days(history.due(limit, "triggered_on"), 1)
        return asked.with_columns(pl.min_horizontal("ended_on", runs_out).alias("ended_on"))

    return Clock(f"right to ask: {limit}", needs=("complaints", f"complaints.{done}"), spans=spans, until=None)


def over_on(history: History) -> pl.Expr:
    """The day by which a complaint is over: withdrawn, answered for the last time, or the time to go on ran out.

    Null while it goes on. For rows of ``complaints``.
    """
    after_1, after_2 = (
        pl.when(pl.col(f"stage{stage}_requested_on").is_null()).then(
            dates.days(history.due(f"complaint-stage{stage}-request", answered), 1)
        )
        for stage, answered in ((2, "responded_on"), (3, "adjudicated_on"))
    )
    went_on = pl.col("adjudicated_on").is_not_null() | pl.col("stage3_requested_on").is_not_null()
    ran_out = pl.min_horizontal(pl.when(~went_on).then(after_1), after_2)
    return pl.coalesce(pl.min_horizontal("withdrawn_on", "final_response_on"), ran_out)


STAGE_1 = Duty(
    "complaint-stage1",
    _step("complaints, stage 1", "received_on", "responded_on", ends="extended_on"),
    rules="R1 R2",
)
STAGE_1_EXTENDED = Duty(
    "complaint-stage1-extended",
    _step("complaints, stage 1 extended", "received_on", "responded_on", opened="extended_on"),
    rules="R1 R2",
)
STAGE_2_ASKED = Duty(
    "complaint-stage2-request",
    _right_to_ask("complaint-stage2-request", "responded_on", "stage2_requested_on"),
    rules="R1 R2",
)
STAGE_2 = Duty(
    "complaint-stage2",
    _step("complaints, stage 2", "stage2_requested_on", "adjudicated_on", ends="stage2_extended_on"),
    rules="R1 R2",
)
STAGE_2_EXTENDED = Duty(
    "complaint-stage2-extended",
    _step("complaints, stage 2 extended", "stage2_requested_on", "adjudicated_on", opened="stage2_extended_on"),
    rules="R1 R2",
)
STAGE_3_ASKED = Duty(
    "complaint-stage3-request",
    _right_to_ask("complaint-stage3-request", "adjudicated_on", "stage3_requested_on"),
    rules="R1 R2",
)
PANEL = Duty("complaint-stage3-panel", _step("review panels", "stage3_requested_on", "panel_on"), rules="R1 R2")
PANEL_REPORT = Duty(
    "complaint-panel-report", _step("reports of panels", "panel_on", "panel_reported_on"), rules="R1 R2"
)
FINAL_RESPONSE = Duty(
    "complaint-final-response", _step("final responses", "panel_reported_on", "final_response_on"), rules="R1 R2"
)
IN_TIME = Duty(
    "complaint-time-limit",
    _step("complaints brought in time", "grounds_on", "received_on", opened="received_on"),
    rules="R5",
)


TAKING_PART = repeated(
    "offers to take part", cared_for, "participation_offered", also=HOME, until=LEFT_CARE, is_offer=True
)
PARTICIPATION = Duty(
    "participation-offer",
    TAKING_PART,
    rules="R5 R7",
    within=(("participation-offer", STEP == 0), ("participation-offer.later", STEP > 0)),
)

DUTIES = (
    STAGE_1,
    STAGE_1_EXTENDED,
    STAGE_2_ASKED,
    STAGE_2,
    STAGE_2_EXTENDED,
    STAGE_3_ASKED,
    PANEL,
    PANEL_REPORT,
    FINAL_RESPONSE,
    IN_TIME,
    PARTICIPATION,
)
