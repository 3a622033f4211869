"""Statutory visits: which rule a child is under, and how often the child must be seen under it."""

from __future__ import annotations

from functools import cache

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.duty import STEP, TRIGGER, Clock, Condition, Deed, Duty
from hearth.timescales.history import KEYED, History, key, shared, without
from hearth.timescales.marks import under_arrangements, with_agreement
from hearth.timescales.occasions import runs

ADOPTIVE = members("placement_type", "A3", "A4", "A5", "A6")
WITH_PARENTS = members("placement_type", "P1")
ELSEWHERE = members("placement_type", "R2", "R5")
"""Hospital and custody: another body arranges where the child lives (reg 28(6)); for children in care, not those
accommodated.
"""
INTERIM_ORDER = members("legal_status", "C1")
FULL_ORDER = members("legal_status", "C2")
IN_CARE = members("legal_status", "C1", "C2", "D1", "E1")
LONG_TERM = members("placement_type", "U1", "U4")
TO_EIGHTEEN = members("permanence_option", "LTFOST18")


RULES = pl.Enum(
    [
        "general",
        "adoptive",
        "interim order, parents",
        "full order, parents",
        "other arrangements",
        "parents, assessment pending",
        "temporary approval",
    ]
)
"""Paragraphs of regulation 28, and the adoption regulations; the last two by an arrangement on record."""


@cache
def _rule() -> pl.Expr:
    """The rule that a stay is under."""
    place, status = pl.col("placement_type"), pl.col("legal_status")
    at_home = place.is_in(WITH_PARENTS)
    rule = (
        pl.when(place.is_in(ADOPTIVE))
        .then(pl.lit("adoptive"))
        .when(at_home & status.is_in(INTERIM_ORDER))
        .then(pl.lit("interim order, parents"))
        .when(at_home & status.is_in(FULL_ORDER))
        .then(pl.lit("full order, parents"))
        .when(place.is_in(ELSEWHERE) & status.is_in(IN_CARE))
        .then(pl.lit("other arrangements"))
        .otherwise(pl.lit("general"))
    )
    return rule.cast(RULES).alias("rule")


def _spans(history: History) -> pl.DataFrame:
    """Parts of a placement under one rule; facts: rule, anniversary_on (the end of year one), is_start_known,
    first_review_on, is_review_known (nothing that the source does not show can have come before it), and of a part that
    goes on from the last visit: is_begun, was_permanent (at that visit), not_before_on.
    """
    ruled = under_arrangements(history.stays.with_columns(_rule()), history)
    sections = ruled.with_columns(pl.col("goes_on").cum_sum().alias("section"))
    parts = runs(sections, "period", "placement_id", "rule", "section").with_columns(_opening())
    whole = history.is_covered("opened_on")
    return _with_first_review(_with_last_visit(parts, history), history).select(
        *SAID,
        history.due("placement-first-year", "year_one_from").alias("anniversary_on"),
        pl.when(ADOPTING).then(whole).otherwise("is_seen_whole").alias("is_review_known"),
    )


ADOPTING = pl.col("rule") == "adoptive"
MINE = pl.col("child") == pl.col("whose")
SAID = (
    *map(pl.col, ("child", "opened_on", "ended_on", "rule", "is_start_known", "triggered_on")),
    *map(pl.col, ("is_begun", "was_permanent", "not_before_on")),
    pl.when(MINE).then("first_review_on").alias("first_review_on"),
)


@cache
def _opening() -> tuple[pl.Expr, ...]:
    """When a part opened, and whether that is known; from when its year one and its first review are counted.

    Year one is of the placement, and under other arrangements of the arrangement. A review counts in the period of
    care, in an adoptive placement since the child was placed. A change of rule inside a placement has a known day, even
    where the placement's own start is not known, unless the visits go on.
    """
    opened = pl.col("started_on")
    has_changed = (opened > pl.col("placement_started_on")) & ~pl.col("goes_on")
    is_known = pl.col("is_placement_start_known") | has_changed
    year_one = pl.when(pl.col("rule") == "general").then("placement_started_on").otherwise(opened)
    reviewed = pl.when(ADOPTING).then(opened).otherwise("care_began_on")
    return (
        opened.alias("opened_on"),
        is_known.alias("is_start_known"),
        year_one.alias("year_one_from"),
        key("child", reviewed).alias("key"),
    )


def _with_last_visit(parts: pl.DataFrame, history: History) -> pl.DataFrame:
    """With the day each part is counted from: its first, or where visits go on the last visit before it.

    Without a visit in the placement before it, the first is owed since the placement began.
    """
    if not parts["goes_on"].any():
        return parts.with_columns(FROM_THE_START)
    visits = _visits(history).select(LAST_VISIT).sort("key")
    keyed = parts.with_columns((key("child", "opened_on") - 1).alias("key_before")).sort("key_before")
    found = keyed.join_asof(visits, left_on="key_before", right_on="key", strategy="backward")
    seen = found.with_columns((WAS_VISITED & pl.col("goes_on")).fill_null(value=False).alias("is_begun"))
    return seen.with_columns(COUNTED_FROM).drop("visited", "visited_on", "was_seen", "key_before")


FROM_THE_START = (
    pl.when("is_start_known").then("opened_on").alias("triggered_on"),
    pl.lit(value=False).alias("is_begun"),
    pl.lit(value=False).alias("was_permanent"),
    pl.lit(None, pl.Date).alias("not_before_on"),
)
LAST_VISIT = (
    key("child", "on").alias("key"),
    pl.col("child").alias("visited"),
    pl.col("on").alias("visited_on"),
    pl.col("is_certain").alias("was_seen"),
    pl.col("is_permanent").alias("was_permanent"),
)
WAS_VISITED = (pl.col("child") == pl.col("visited")) & (pl.col("visited_on") >= pl.col("placement_started_on"))
COUNTED_FROM = (
    pl.when("is_begun")
    .then(pl.when("was_seen").then("visited_on"))
    .when("is_start_known")
    .then(pl.when("goes_on").then("placement_started_on").otherwise("opened_on"))
    .alias("triggered_on"),
    (pl.col("is_begun") & pl.col("was_permanent")).fill_null(value=False).alias("was_permanent"),
    pl.when("goes_on").then("opened_on").alias("not_before_on"),
)


def _with_first_review(parts: pl.DataFrame, history: History) -> pl.DataFrame:
    """With the first review since the day of the part's ``key``: whose, first_review_on."""
    return parts.sort("key").join_asof(history.reviews.select(REVIEWED), on="key", strategy="forward")


REVIEWED = (
    key("child", "on").alias("key"),
    pl.col("child").alias("whose"),
    pl.col("on").alias("first_review_on"),
)


@shared
def _visits(history: History) -> pl.DataFrame:
    """Visits, with whether on that day the placement was meant to last to 18 (``is_permanent``)."""
    spells = pl.concat([_long_term_stays(history), _plans_to_eighteen(history), _matches(history)])
    told = history.visits.with_columns(NEVER) if spells.is_empty() else _with_permanence(history.visits, spells)
    return with_agreement(told, history)


NEVER = pl.lit(value=False).alias("is_permanent")
PERMANENT = (MINE & (pl.col("open") > 0)).fill_null(value=False).alias("is_permanent")


def _with_permanence(visits: pl.DataFrame, spells: pl.DataFrame) -> pl.DataFrame:
    keyed = visits.with_columns(KEYED)
    found = keyed.join_asof(_changes(spells), on="key", strategy="backward").with_columns(PERMANENT)
    return without(found, "key", "whose", "open")


def _changes(spells: pl.DataFrame) -> pl.DataFrame:
    """Days on which it changed how many reasons a child's placement has to be called permanent: key, whose, open."""
    changes = pl.concat([spells.select(BEGINS), spells.select(ENDS).drop_nulls("on")])
    by_day = changes.group_by("child", "on").agg(pl.col("change").sum()).sort("child", "on")
    return by_day.select(COUNTED)


BEGINS = (pl.col("child"), pl.col("started_on").alias("on"), pl.lit(1).alias("change"))
ENDS = (pl.col("child"), pl.col("ended_on").alias("on"), pl.lit(-1).alias("change"))
COUNTED = (
    key("child", "on").alias("key"),
    pl.col("child").alias("whose"),
    pl.col("change").cum_sum().over("child").alias("open"),
)
SPELL = ["child", "started_on", "ended_on"]
IS_LONG_TERM = pl.col("placement_type").is_in(LONG_TERM)
IS_TO_EIGHTEEN = pl.col("option").is_in(TO_EIGHTEEN)


def _long_term_stays(history: History) -> pl.DataFrame:
    return history.stays[[*SPELL, "placement_type"]].filter(IS_LONG_TERM)[SPELL]


def _plans_to_eighteen(history: History) -> pl.DataFrame:
    plans = history.table("permanence_plans").filter(IS_TO_EIGHTEEN)
    return plans.rename({"recorded_on": "started_on"})[SPELL]


def _matches(history: History) -> pl.DataFrame:
    """A match makes the placement of its day permanent until that placement ends."""
    matched = history.table("long_term_matches")
    if matched.is_empty():
        return history.stays[SPELL].clear()
    matches = matched.rename({"matched_on": "started_on"})
    placements = history.table("placements").select("child", pl.col("started_on").alias("from"), "ended_on")
    found = matches.join(placements, on="child")
    there = (pl.col("from") <= pl.col("started_on")) & (pl.col("ended_on") > pl.col("started_on")).fill_null(value=True)
    return found.filter(there)[SPELL]


VISITS = Clock(
    "visits",
    needs=("episodes", "visits"),
    also=("reviews", "permanence_plans", "long_term_matches", "arrangements"),
    spans=_spans,
    events=_visits,
    deed=Deed("visits", "visited_on", {"is_seen": True, "is_seen_alone": True}),
    in_care=True,
)


def under(rule: str) -> pl.Expr:
    """Links under one rule."""
    return pl.col("rule") == rule


AFTER_YEAR_ONE = pl.col("anniversary_on") <= TRIGGER
"""R9: the visit that starts the interval was made on or after the first anniversary."""

IS_YEAR_KNOWN = pl.col("is_start_known") | AFTER_YEAR_ONE
"""Of a placement that began before the source's first file it may be the first year still."""

AFTER_FIRST_REVIEW = (pl.col("first_review_on") <= TRIGGER).fill_null(value=False)
IS_PHASE_KNOWN = AFTER_FIRST_REVIEW | pl.col("is_review_known")
"""Of a child in care before the source's first file the first review may have been held, unseen."""


IS_FIRST = (STEP == 0) & pl.col("is_begun").ne_missing(pl.lit(value=True))
"""No visit under the rule came before; one whose visits go on has its first behind it."""
IS_PERMANENT = pl.coalesce("is_permanent", "was_permanent")
PREVIOUS = "previous visit"
NOT_BEFORE = pl.max_horizontal("due_on", "not_before_on")
"""What goes on after an arrangement has ended falls due on that day at the earliest."""


def weekly_then(duty_id: str) -> tuple[tuple[str, Condition], ...]:
    """Weekly until the first review has been held, then the longer interval."""
    return ((f"{duty_id}.later", AFTER_FIRST_REVIEW), (duty_id, pl.lit(value=True)))


PLACEMENT_START = Duty(
    "visit-placement-start",
    VISITS,
    rules="R3 R4 R15",
    when=under("general") & IS_FIRST,
    due=NOT_BEFORE,
)
LONG_TERM_REDUCED = Duty(
    "visit-long-term-foster-reduced",
    VISITS,
    rules="R5 R7",
    when=under("general") & pl.col("is_permanent") & pl.col("is_agreed") & AFTER_YEAR_ONE,
)
AFTER_YEAR_PERMANENT = Duty(
    "visit-after-year-permanent",
    VISITS,
    rules="R5 R7 R9",
    when=under("general") & IS_PERMANENT & (AFTER_YEAR_ONE | ~IS_YEAR_KNOWN),
    due=NOT_BEFORE,
    known=IS_YEAR_KNOWN,
)
AFTER_YEAR_OTHER = Duty(
    "visit-after-year-other",
    VISITS,
    rules="R4 R7 R9",
    when=under("general") & AFTER_YEAR_ONE,
    due=NOT_BEFORE,
)
YEAR_ONE = Duty(
    "visit-year-one",
    VISITS,
    rules="R4 R7 R9 R15",
    when=under("general"),
    due=NOT_BEFORE,
)
INTERIM_ORDER_PARENTS = Duty(
    "visit-interim-order-parents",
    VISITS,
    rules="R3 R4 R7",
    when=under("interim order, parents"),
    within=weekly_then("visit-interim-order-parents"),
    due=NOT_BEFORE,
    trigger={"visit-interim-order-parents.later": PREVIOUS},
    known=IS_PHASE_KNOWN,
)
CARE_ORDER_PARENTS = Duty(
    "visit-care-order-parents",
    VISITS,
    rules="R4 R7",
    when=under("full order, parents"),
    within=(("visit-care-order-parents", IS_FIRST), ("visit-care-order-parents.later", pl.lit(value=True))),
    due=NOT_BEFORE,
    trigger={"visit-care-order-parents.later": PREVIOUS},
)
OTHER_ARRANGEMENTS = Duty(
    "visit-other-arrangements",
    VISITS,
    rules="R4 R5 R7",
    when=under("other arrangements"),
    within=(
        ("visit-other-arrangements", STEP == 0),
        ("visit-other-arrangements.later", AFTER_YEAR_ONE),
        ("visit-other-arrangements.next", STEP > 0),
    ),
)
ADOPTIVE_PLACEMENT = Duty(
    "visit-adoptive-placement",
    VISITS,
    rules="R4 R7",
    when=under("adoptive"),
    within=weekly_then("visit-adoptive-placement"),
    known=IS_PHASE_KNOWN,
)
PENDING_ASSESSMENT = Duty(
    "visit-parents-pending-assessment",
    VISITS,
    rules="R4 R7",
    when=under("parents, assessment pending"),
    within=weekly_then("visit-parents-pending-assessment"),
    known=IS_PHASE_KNOWN,
)
TEMPORARY_APPROVAL = Duty(
    "visit-temporary-approval",
    VISITS,
    rules="R4 R7",
    when=under("temporary approval"),
    within=weekly_then("visit-temporary-approval"),
    known=IS_PHASE_KNOWN,
)

DUTIES = (
    PLACEMENT_START,
    LONG_TERM_REDUCED,
    AFTER_YEAR_PERMANENT,
    AFTER_YEAR_OTHER,
    YEAR_ONE,
    INTERIM_ORDER_PARENTS,
    CARE_ORDER_PARENTS,
    OTHER_ARRANGEMENTS,
    ADOPTIVE_PLACEMENT,
    PENDING_ASSESSMENT,
    TEMPORARY_APPROVAL,
)
