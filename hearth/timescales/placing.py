"""Placement rules: approvals before a placement, temporary approvals, what is prohibited, placements at risk."""

from __future__ import annotations

from functools import partial

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.acts import acts, acts_of, answered, answered_each, deed, need, once, refused, repeated
from hearth.timescales.duty import ALWAYS, DONE, NEXT_ASKED, STEP, Clock, Duty, Overtaken
from hearth.timescales.history import History, key
from hearth.timescales.occasions import arrangements, needs_arrangement, on_request, stays_where
from hearth.timescales.visits import ADOPTIVE, ELSEWHERE, IN_CARE, LONG_TERM, WITH_PARENTS

EARLY = members("placement_type", "U2", "U5")
UNREGULATED = members("placement_type", "H5", "P2", "K3")
SUPPORTED = members("placement_type", "K3", "H5")
ABROAD = ("SCO", "NIR", "NUK")
"""Scotland, Northern Ireland, and outside the United Kingdom."""
NOT_BY_APPROVAL = (*ELSEWHERE, *ADOPTIVE)
"""Hospital and custody, arranged by others; adopters, with whom a child is placed under the adoption regulations."""
IN_CARE_SINCE = ("episodes",)
"""Read for the day on which care ended."""

PARENTS_UNDER_ORDER = stays_where(
    pl.col("placement_type").is_in(WITH_PARENTS), pl.col("legal_status").is_in(IN_CARE), each_placement=True
)


PENDING = arrangements("parents_pending", in_care=True)
ASSESSED_AND_APPROVED = (ASSESSED, DECIDED) = ("parents_assessed", "approvals.parents")
NEEDS_OF_PARENTS = (needs_arrangement("parents_pending"), *(need(kind) for kind in ASSESSED_AND_APPROVED))
PARENTS_REFUSED = partial(refused, kind="approvals.parents")


def _with_parents(history: History) -> pl.DataFrame:
    """Placements with parents under an order, twice: to be assessed and to be approved; but for those made before the
    assessment (reg 19).
    """
    late = PENDING(history).select("child", "opened_on")
    placed = PARENTS_UNDER_ORDER(history).join(late, on=["child", "opened_on"], how="anti", maintain_order="left")
    return answered_each(history, placed, {kind: acts(history, kind) for kind in ASSESSED_AND_APPROVED}, "act-before")


BEFORE_PLACEMENT = Clock(
    "placements with parents",
    needs=("episodes", *NEEDS_OF_PARENTS),
    spans=_with_parents,
    refusals=PARENTS_REFUSED,
    in_care=True,
)
PARENTS_APPROVED = Duty(
    "parents-assessment",
    BEFORE_PLACEMENT,
    rules="R3",
    within=(("parents-assessment.assessment", pl.col("part") == ASSESSED), ("parents-assessment", ALWAYS)),
    trigger="start of the placement",
)


def _assessed_and_decided(history: History) -> pl.DataFrame:
    """Two clocks: the assessment from the placement, and the decision, to approve or not, from the assessment."""
    placed = PENDING(history)
    assessed = answered(history, placed, acts(history, "parents_assessed")).with_columns(pl.lit(ASSESSED).alias("part"))
    begun = assessed.drop_nulls("done_on").with_columns(pl.col("done_on").alias("opened_on"))
    given = acts(history, "approvals.parents", is_refused=None)
    decided = answered(history, begun, given).with_columns(pl.lit(DECIDED).alias("part"))
    return pl.concat([assessed, decided.select(assessed.columns)])


AFTER_PLACEMENT = Clock(
    "assessments after placement with parents",
    needs=NEEDS_OF_PARENTS,
    spans=_assessed_and_decided,
    refusals=PARENTS_REFUSED,
    also=IN_CARE_SINCE,
)
PARENTS_LATE = Duty(
    "parents-assessment-late",
    AFTER_PLACEMENT,
    rules="R1 R2 R14",
    within=(("parents-assessment-late.decision", pl.col("part") == DECIDED), ("parents-assessment-late", ALWAYS)),
    trigger={"parents-assessment-late.decision": "the assessment"},
)


def _for_a_time(history: History) -> pl.DataFrame:
    """Temporary approvals, until they are extended."""
    first = arrangements("temporary_approval", in_care=True)(history)
    later = EXTENDED(history).select(key("child", "opened_on").alias("key"), extended_on="opened_on", whose="child")
    keyed = first.with_columns(key("child", "opened_on").alias("key")).sort("key", maintain_order=True)
    found = keyed.join_asof(later.sort("key"), on="key", strategy="forward", allow_exact_matches=False)
    over = pl.when(pl.col("whose") == pl.col("child")).then("extended_on")
    return found.with_columns(pl.min_horizontal("ended_on", over).alias("ended_on")).select(first.columns)


def _for_longer(history: History) -> pl.DataFrame:
    """Temporary approvals extended, counted from the day on which the first would have run out."""
    first = arrangements("temporary_approval")(history).select(
        key("child", "opened_on").alias("key"),
        pl.col("child").alias("whose"),
        pl.col("ended_on").alias("to"),
        history.due("connected-person-temporary", "opened_on").alias("expires_on"),
    )
    keyed = EXTENDED(history).with_columns(key("child", "opened_on").alias("key")).sort("key", maintain_order=True)
    found = keyed.join_asof(first.sort("key"), on="key", strategy="backward")
    ran = (pl.col("whose") == pl.col("child")) & (pl.col("to") >= pl.col("opened_on")).fill_null(value=True)
    counted = pl.when(ran).then("expires_on").otherwise("opened_on").alias("triggered_on")
    return found.select("child", "opened_on", "ended_on", counted)


EXTENDED = arrangements("temporary_approval_extended", in_care=True)
TEMPORARY, LONGER = (needs_arrangement(kind) for kind in ("temporary_approval", "temporary_approval_extended"))
FOR_A_TIME = once(
    "temporary approvals of connected people",
    _for_a_time,
    "approvals.connected_person",
    needs=(TEMPORARY,),
    also=IN_CARE_SINCE,
)
CONNECTED = Duty(
    "connected-person-temporary",
    FOR_A_TIME,
    rules="R3 R4 R14",
)
CONNECTED_EXTENDED = Duty(
    "connected-person-extension",
    once(
        "temporary approvals extended", _for_longer, "approvals.connected_person", needs=(LONGER,), also=IN_CARE_SINCE
    ),
    rules="R3 R4 R14",
    trigger="day on which the first approval would have run out",
)


def _outside_approval(history: History) -> pl.DataFrame:
    """Emergency placements outside the terms of approval: their end is what is owed."""
    found = arrangements("outside_approval", in_care=True)(history)
    return found.select(
        "child", "opened_on", pl.lit(None, pl.Date).alias("ended_on"), pl.col("ended_on").alias("done_on")
    )


OUTSIDE_TERMS = Clock(
    "emergency foster placements",
    needs=(needs_arrangement("outside_approval"),),
    spans=_outside_approval,
    also=IN_CARE_SINCE,
)
EMERGENCY = Duty(
    "foster-emergency-placement",
    OUTSIDE_TERMS,
    rules="R1 R2 R14",
)
EARLY_PLACED = once(
    "approvals for early permanence",
    stays_where(pl.col("placement_type").is_in(EARLY), each_placement=True),
    "approvals.early_permanence",
    before="act-before",
    in_care=True,
)
EARLY_APPROVAL = Duty(
    "foster-to-adopt-approval",
    EARLY_PLACED,
    rules="R3",
    trigger="start of the placement",
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
    trigger="the placement became a long-term one",
)
PLACED_OUT = once(
    "approvals out of area",
    stays_where(pl.col("is_in_area").not_(), ~pl.col("placement_type").is_in(NOT_BY_APPROVAL), each_placement=True),
    "approvals.out_of_area",
    needs=("episodes", "episodes.is_in_area"),
    before="act-before",
    in_care=True,
)
OUT_OF_AREA = Duty(
    "out-of-area-approval",
    PLACED_OUT,
    rules="R3",
    trigger="start of the placement",
)
AT_A_DISTANCE = on_request(
    "placements at a distance", "distant_placement", in_care=True, in_placement=True, overtaken=NEXT_ASKED
)
DISTANT = Duty(
    "distant-placement-approval",
    AT_A_DISTANCE,
    rules="R3 R15",
    trigger="start of the placement",
)
PLACED_ABROAD = once(
    "placements outside England and Wales",
    stays_where(
        pl.col("placement_authority").is_in(ABROAD), pl.col("legal_status").is_in(IN_CARE), each_placement=True
    ),
    "approvals.abroad",
    needs=("episodes", "episodes.placement_authority"),
    before="act-before",
    in_care=True,
)
OUT_OF_COUNTRY = Duty(
    "placement-outside-england-wales",
    PLACED_ABROAD,
    rules="R3",
    trigger="start of the placement",
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
    trigger="start of the stay",
)


def _old_enough(history: History) -> pl.DataFrame:
    """Stays in supported accommodation of young people of 16 and over: of younger ones nothing makes it right."""
    spans = stays_where(pl.col("placement_type").is_in(SUPPORTED), each_placement=True)(history)
    aged = history.with_ages(spans, of_age_on="unregulated-age")
    begins = [pl.max_horizontal(day, "of_age_on").alias(day) for day in ("opened_on", "triggered_on")]
    known = pl.when(pl.col("triggered_on").is_not_null()).then(begins[1])
    found = aged.with_columns(begins[0], known.alias("triggered_on")).drop("of_age_on")
    return found.filter((pl.col("ended_on") > pl.col("opened_on")).fill_null(value=True))


PROVIDERS = repeated(
    "registration of supported accommodation",
    _old_enough,
    "provider_checked",
    before="supported-accommodation-registered.later",
    in_care=True,
)
REGISTERED = Duty(
    "supported-accommodation-registered",
    PROVIDERS,
    rules="R5 R7 R16",
    within=(
        ("supported-accommodation-registered", STEP == 0),
        ("supported-accommodation-registered.later", STEP > 0),
    ),
    trigger="start of the placement, or the 16th birthday",
)
UNREGISTERED = Duty(
    "unregistered-placement-escalation",
    Clock(
        "unregistered placements",
        needs=(needs_arrangement("unregistered_home"), need("unregistered_checked")),
        spans=arrangements("unregistered_home", in_care=True),
        events=acts_of("unregistered_checked"),
        also=IN_CARE_SINCE,
        deed=deed("unregistered_checked"),
    ),
    rules="R3 R7 R14",
    within=(("unregistered-placement-escalation.later", STEP > 0), ("unregistered-placement-escalation", ALWAYS)),
)
DISRUPTION = Duty(
    "disruption-meeting",
    on_request("disruption meetings", "placement_ended", in_care=True, overtaken=(Overtaken(DONE),)),
    rules="R1 R2",
)
STABILITY = Duty(
    "stability-meeting",
    on_request("stability meetings", "placement_at_risk", in_care=True, in_placement=True, overtaken=NEXT_ASKED),
    rules="R1 R2 R15",
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
