"""Placement rules: approvals before a placement, temporary approvals, what is prohibited, placements at risk."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.acts import acts, acts_of, answered, deed, need, once, repeated
from hearth.timescales.duty import ALWAYS, DONE, NEXT_ASKED, STEP, Clock, Duty, Overtaken
from hearth.timescales.history import History, once_a_day
from hearth.timescales.occasions import arrangements, needs_arrangement, on_request, stays_where
from hearth.timescales.visits import IN_CARE, LONG_TERM, WITH_PARENTS

EARLY = members("placement_type", "U2", "U5")
UNREGULATED = members("placement_type", "H5", "P2", "K3")
SUPPORTED = members("placement_type", "K3", "H5")
ABROAD = ("SCO", "NIR")

PARENTS_UNDER_ORDER = stays_where(
    pl.col("placement_type").is_in(WITH_PARENTS), pl.col("legal_status").is_in(IN_CARE), each_placement=True
)


def _with_parents(history: History) -> pl.DataFrame:
    """Placements with parents under an order, but for those made before the assessment (reg 19)."""
    late = arrangements("parents_pending")(history).select("child", "opened_on")
    return PARENTS_UNDER_ORDER(history).join(late, on=["child", "opened_on"], how="anti")


PARENTS_APPROVED = Duty(
    "parents-assessment",
    once(
        "placements with parents",
        _with_parents,
        "approvals.parents",
        needs=("episodes", needs_arrangement("parents_pending")),
        before="act-before",
        in_care=True,
    ),
    rules="R3",
)


def _assessed_or_approved(history: History) -> pl.DataFrame:
    both = pl.concat([acts(history, "parents_assessed"), acts(history, "approvals.parents")])
    return once_a_day(both.select("child", "on").with_columns(is_certain=True))


PARENTS_LATE = Duty(
    "parents-assessment-late",
    Clock(
        "assessments after placement with parents",
        needs=(needs_arrangement("parents_pending"), need("parents_assessed"), need("approvals.parents")),
        spans=arrangements("parents_pending"),
        events=_assessed_or_approved,
        deed=deed("parents_assessed"),
    ),
    rules="R1 R2 R7",
    when=STEP <= 1,
)


def _approval(kind: str) -> Clock:
    return once(
        "approvals of connected people",
        arrangements(kind),
        "approvals.connected_person",
        needs=(needs_arrangement(kind),),
    )


CONNECTED = Duty("connected-person-temporary", _approval("temporary_approval"), rules="R3 R4")
CONNECTED_EXTENDED = Duty("connected-person-extension", _approval("temporary_approval_extended"), rules="R3 R4")


def _outside_approval(history: History) -> pl.DataFrame:
    """Emergency placements outside the terms of approval: their end is what is owed."""
    found = arrangements("outside_approval")(history)
    return found.select(
        "child", "opened_on", pl.lit(None, pl.Date).alias("ended_on"), pl.col("ended_on").alias("done_on")
    )


EMERGENCY = Duty(
    "foster-emergency-placement",
    Clock("emergency foster placements", needs=(needs_arrangement("outside_approval"),), spans=_outside_approval),
    rules="R1 R2",
)
EARLY_APPROVAL = Duty(
    "foster-to-adopt-approval",
    once(
        "approvals for early permanence",
        stays_where(pl.col("placement_type").is_in(EARLY), each_placement=True),
        "approvals.early_permanence",
        before="act-before",
        in_care=True,
    ),
    rules="R3",
)


def _long_term(history: History) -> pl.DataFrame:
    """Long-term foster placements with the match that came before them, or after."""
    spans = stays_where(pl.col("placement_type").is_in(LONG_TERM), each_placement=True)(history)
    matches = history.table("long_term_matches").select("child", pl.col("matched_on").alias("on"))
    return answered(history, spans, matches.sort("child", "on"), "match-before")


MATCH = Duty(
    "long-term-match",
    Clock("long-term matches", needs=("episodes", "long_term_matches"), spans=_long_term, in_care=True),
    rules="R3",
)
OUT_OF_AREA = Duty(
    "out-of-area-approval",
    once(
        "approvals out of area",
        stays_where(pl.col("is_in_area").not_(), each_placement=True),
        "approvals.out_of_area",
        needs=("episodes", "episodes.is_in_area"),
        before="act-before",
        in_care=True,
    ),
    rules="R3",
)
DISTANT = Duty(
    "distant-placement-approval",
    on_request("placements at a distance", "distant_placement", in_care=True, overtaken=NEXT_ASKED),
    rules="R3",
)
OUT_OF_COUNTRY = Duty(
    "placement-outside-england-wales",
    once(
        "placements outside England and Wales",
        stays_where(
            pl.col("placement_authority").is_in(ABROAD), pl.col("legal_status").is_in(IN_CARE), each_placement=True
        ),
        "approvals.abroad",
        needs=("episodes", "episodes.placement_authority"),
        before="act-before",
        in_care=True,
    ),
    rules="R3",
)


def _too_young(history: History) -> pl.DataFrame:
    """Stays of children under 16 in accommodation that only older ones may live in: nothing makes them right."""
    spans = stays_where(pl.col("placement_type").is_in(UNREGULATED))(history)
    aged = history.with_ages(spans, of_age_on="unregulated-age")
    stayed = aged.filter(pl.col("opened_on") < pl.col("of_age_on"))
    return stayed.select(
        "child",
        "opened_on",
        pl.min_horizontal("ended_on", "of_age_on").alias("ended_on"),
        "triggered_on",
        pl.lit(None, pl.Date).alias("done_on"),
    )


UNREGULATED_UNDER_16 = Duty(
    "under-16-unregulated",
    Clock("children under 16 in unregulated accommodation", needs=("episodes",), spans=_too_young, in_care=True),
    rules="R6 R16",
)
REGISTERED = Duty(
    "supported-accommodation-registered",
    repeated(
        "registration of supported accommodation",
        stays_where(pl.col("placement_type").is_in(SUPPORTED), each_placement=True),
        "provider_checked",
        in_care=True,
    ),
    rules="R5 R7 R16",
    within=(
        ("supported-accommodation-registered", STEP == 0),
        ("supported-accommodation-registered.later", STEP > 0),
    ),
)
UNREGISTERED = Duty(
    "unregistered-placement-escalation",
    Clock(
        "unregistered placements",
        needs=(needs_arrangement("unregistered_home"), need("unregistered_checked")),
        spans=arrangements("unregistered_home"),
        events=acts_of("unregistered_checked"),
        deed=deed("unregistered_checked"),
    ),
    rules="R3 R7",
    within=(("unregistered-placement-escalation.later", STEP > 0), ("unregistered-placement-escalation", ALWAYS)),
)
DISRUPTION = Duty(
    "disruption-meeting",
    on_request("disruption meetings", "placement_ended", in_care=True, overtaken=(Overtaken(DONE),)),
    rules="R1 R2",
)
STABILITY = Duty(
    "stability-meeting",
    on_request("stability meetings", "placement_at_risk", in_care=True, overtaken=NEXT_ASKED),
    rules="R1 R2",
)

DUTIES = (
    PARENTS_APPROVED,
    PARENTS_LATE,
    CONNECTED,
    CONNECTED_EXTENDED,
    EMERGENCY,
    EARLY_APPROVAL,
    MATCH,
    OUT_OF_AREA,
    DISTANT,
    OUT_OF_COUNTRY,
    UNREGULATED_UNDER_16,
    REGISTERED,
    UNREGISTERED,
    DISRUPTION,
    STABILITY,
)
