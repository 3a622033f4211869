"""Health between assessments: plans, immunisations, screening, checks, doctor, and secure accommodation."""

from __future__ import annotations

from functools import partial

import polars as pl

from hearth.tables.codes import members
from hearth.timescales.acts import acts, answered, need, once, refused, repeated
from hearth.timescales.duty import ALWAYS, NEXT_ASKED, STEP, TRIGGER, Clock, Duty
from hearth.timescales.eligibility import eligible_from
from hearth.timescales.health import IS_AGE_KNOWN, assessed
from hearth.timescales.history import History, following, key, shared
from hearth.timescales.leaving_care import LEFT_CARE
from hearth.timescales.limits import Limits
from hearth.timescales.occasions import entries, needs_arrangement, placements, stays_where, while_care_lasts
from hearth.timescales.reviews import with_first_review
from hearth.timescales.workers import spells, with_next

SECURE = members("placement_type", "K1")
CRIMINAL = members("legal_status", "J1", "J2", "J3")
ASSESSED = ("episodes", "health_assessments")


@shared
def _assessments(history: History) -> pl.DataFrame:
    """Completed assessments in care, each until the next or the end of care."""
    done = assessed(history).select("child", pl.col("on").alias("opened_on"))
    periods = entries(history).select("child", pl.col("opened_on").alias("from"), pl.col("ended_on").alias("to"))
    during = (pl.col("opened_on") >= pl.col("from")) & (pl.col("opened_on") < pl.col("to")).fill_null(value=True)
    inside = done.join(periods, on="child").filter(during).sort(key("child", "opened_on"))
    until = pl.min_horizontal(following("opened_on"), "to").alias("ended_on")
    return inside.select("child", "opened_on", until)


def _old_enough(history: History) -> pl.DataFrame:
    """Assessments of children who are asked about substances."""
    found = history.with_ages(_assessments(history), of_age_on="substance-age")
    return found.filter(pl.col("of_age_on") <= pl.col("opened_on")).drop("of_age_on")


def _plans(history: History) -> pl.DataFrame:
    """Assessments with the health plan made after each: the first by the first review, of whose care plan it is part.

    Where that was held sooner, by that day; an assessment made when the first review was due already has the time of
    the later ones.
    """
    care = entries(history).select("child", pl.col("opened_on").alias("in_care_from"), pl.col("triggered_on"))
    found = _assessments(history).with_columns(key("child", "opened_on").alias("key"))
    began = care.with_columns(key("child", "in_care_from").alias("key")).rename({"child": "whose"}).sort("key")
    placed = found.join_asof(began, on="key", strategy="backward").drop("key", "whose")
    by = history.due("review-first", "triggered_on")
    is_first = (pl.int_range(pl.len()).over("child", "in_care_from") == 0) & (pl.col("opened_on") <= by)
    parts = placed.with_columns(
        pl.when(is_first).then(pl.lit("first")).otherwise(pl.lit("later")).alias("part"),
        pl.when(is_first).then("triggered_on").otherwise("opened_on").alias("triggered_on"),
    )
    made = with_first_review(answered(history, parts, acts(history, "health_plan")), history)
    sooner = pl.when(pl.col("part") == "first").then(pl.min_horizontal(by, "review_on"))
    last = pl.coalesce(sooner, history.due("health-plan", "triggered_on"))
    return made.with_columns((pl.col("done_on") <= last).alias("is_in_time")).drop("in_care_from", "review_on")


PLANS = Clock(
    "health plans",
    needs=(*ASSESSED, need("health_plan")),
    spans=_plans,
    refusals=partial(refused, kind="health_plan"),
    also=("reviews",),
    overtaken=NEXT_ASKED,
    in_care=True,
)
HEALTH_PLAN = Duty(
    "health-plan",
    PLANS,
    rules="R1 R2",
    within=(("review-first", pl.col("part") == "first"), ("health-plan", ALWAYS)),
    trigger={"review-first": "care began", "health-plan": "health assessment"},
)
SCREENING = once(
    "substance misuse screening",
    _old_enough,
    "substance_screened",
    needs=ASSESSED,
    before="act-before",
    overtaken=NEXT_ASKED,
    in_care=True,
)
SUBSTANCES = Duty("substance-misuse-screen", SCREENING, rules="R3 R6")


def _immunised(history: History) -> pl.DataFrame:
    """Assessments with the finding, up to date or not, on immunisations."""
    found = history.table("immunisations").filter(pl.col("is_up_to_date").is_not_null())
    checked = found.select("child", pl.col("found_on").alias("on")).unique().sort("child", "on")
    return answered(history, _assessments(history), checked, "act-before")


FINDINGS = Clock(
    "immunisations", needs=(*ASSESSED, "immunisations"), spans=_immunised, overtaken=NEXT_ASKED, in_care=True
)
IMMUNISATIONS = Duty("immunisations", FINDINGS, rules="R3", trigger="health assessment")


def _growing(history: History) -> pl.DataFrame:
    """The two checks of the national schedule that fall in care: at about one, and about two and a half.

    A check made in the first half of the time between them is the first, late; after that it is the second, to the
    fifth birthday: the checks are of children under five.
    """
    aged = history.with_ages(entries(history).drop("triggered_on"), five_on=5)
    under_five = aged.with_columns(pl.min_horizontal("ended_on", "five_on").alias("ended_on")).drop("five_on")
    born = history.with_lives(under_five, "born_on")
    first = history.due("development-check", "born_on")
    later = history.due("development-check.later", "born_on")
    ones = born.with_columns(first.alias("by_on"), pl.lit("first").alias("part"))
    twos = born.with_columns(
        later.alias("by_on"),
        pl.lit("later").alias("part"),
        pl.max_horizontal("opened_on", first + (later - first) / 2).alias("opened_on"),
    )
    spans = pl.concat([ones, twos]).filter(pl.col("by_on") >= pl.col("opened_on"))
    owed = spans.select("child", "opened_on", "ended_on", pl.col("born_on").alias("triggered_on"), "part")
    return answered(history, owed, acts(history, "development_checked"), "act-before")


CHECKS = Clock(
    "development checks",
    needs=("episodes", need("development_checked")),
    spans=_growing,
    overtaken=NEXT_ASKED,
    in_care=True,
)
DEVELOPMENT = Duty(
    "development-check",
    CHECKS,
    rules="R5 R6",
    within=(("development-check.later", pl.col("part") == "later"), ("development-check", ALWAYS)),
    trigger="date of birth",
)


def _high_scores(history: History) -> pl.DataFrame:
    """Questionnaires with a high total in care, each until the next score, which tells how the child is since."""
    scores = history.table("sdq_scores").filter(pl.col("score").is_not_null() & pl.col("completed_on").is_not_null())
    by_day = scores.sort(key("child", "completed_on")).with_columns(following("completed_on").alias("next_on"))
    high = by_day.filter(pl.col("score") >= history.value("sdq-follow-up.score", "completed_on"))
    is_later = pl.col("next_on") > pl.col("completed_on")
    ended = pl.when(is_later).then("next_on").alias("ended_on")
    return while_care_lasts(history, high.select("child", pl.col("completed_on").alias("opened_on"), ended))


HIGH_SCORES = once(
    "high questionnaire scores",
    _high_scores,
    "sdq_followed_up",
    needs=("sdq_scores",),
    also=("episodes",),
    overtaken=NEXT_ASKED,
)
HIGH_SCORE = Duty("sdq-follow-up", HIGH_SCORES, rules="R1 R2")


def _registered(history: History) -> pl.DataFrame:
    """Placements with the day from which the child had a general practitioner."""
    found = history.table("arrangements").filter(pl.col("kind") == "gp_registered")
    return with_next(placements(history), spells(found))


DOCTORS = Clock(
    "general practitioners",
    needs=("episodes", needs_arrangement("gp_registered")),
    spans=_registered,
    overtaken=NEXT_ASKED,
    in_care=True,
)
DOCTOR = Duty("gp-registration", DOCTORS, rules="R1 R2 R15")


def _not_before_four(limits: Limits) -> pl.Expr:
    return pl.max_horizontal("due_on", limits.reached("optician-check.from", pl.col("born_on")))


EYES = Duty(
    "optician-check",
    repeated("eye tests", entries, "eyes_tested", in_care=True),
    rules="R5 R6 R7",
    due=_not_before_four,
    known=IS_AGE_KNOWN,
    trigger="care began",
)


def _growing_up(history: History) -> pl.DataFrame:
    """From becoming eligible; counted back from the 18th birthday, on which what was given is brought up to date."""
    never = pl.lit(None, pl.Date).alias("ended_on")
    eligible = history.with_lives(eligible_from(history), "adult_on").rename({"adult_on": "eighteen_on"})
    return eligible.select("child", "opened_on", never, "eighteen_on", pl.col("eighteen_on").alias("triggered_on"))


PASSPORT = Duty(
    "health-passport",
    repeated("health summaries", _growing_up, "health_passport", until=LEFT_CARE),
    rules="R5 R6",
    when=(STEP == 0) | ((STEP == 1) & (pl.col("eighteen_on") > TRIGGER)),
    within=(("health-passport", STEP == 0), ("health-passport.later", STEP == 1)),
    trigger={"health-passport": "18th birthday"},
)

LAST_ORDER = "last order of the court"
SECURED = stays_where(
    pl.col("placement_type").is_in(SECURE), ~pl.col("legal_status").is_in(CRIMINAL), each_placement=True
)
ORDERS_OF_COURT = repeated(
    "orders for secure accommodation", SECURED, "secure_order", before="act-before", in_care=True
)
SECURE_ORDER = Duty(
    "secure-accommodation-72h",
    ORDERS_OF_COURT,
    rules="R5 R11",
    within=(
        ("secure-accommodation-72h", STEP == 0),
        ("secure-accommodation-72h.first", STEP == 1),
        ("secure-accommodation-72h.later", ALWAYS),
    ),
    trigger={"secure-accommodation-72h.first": LAST_ORDER, "secure-accommodation-72h.later": LAST_ORDER},
)
SECURE_REVIEW = Duty(
    "secure-accommodation-review",
    repeated("reviews in secure accommodation", SECURED, "secure_reviewed", in_care=True),
    rules="R5 R7",
    within=(("secure-accommodation-review", STEP == 0), ("secure-accommodation-review.later", STEP > 0)),
)


def _orders(history: History) -> pl.DataFrame:
    """Orders that deprive of liberty, each until it ends or is renewed, or care ends."""
    found = history.table("deprivations_of_liberty")
    return while_care_lasts(history, found.select("child", pl.col("started_on").alias("opened_on"), "ended_on"))


ORDERS = once(
    "orders that deprive of liberty",
    _orders,
    "liberty_order_recorded",
    needs=("deprivations_of_liberty",),
    also=("episodes",),
    overtaken=NEXT_ASKED,
)
LIBERTY = Duty("dol-order-tracked", ORDERS, rules="R3 R14")

DUTIES = (
    HEALTH_PLAN,
    SUBSTANCES,
    IMMUNISATIONS,
    DEVELOPMENT,
    HIGH_SCORE,
    DOCTOR,
    EYES,
    PASSPORT,
    SECURE_ORDER,
    SECURE_REVIEW,
    LIBERTY,
)
