"""School: personal education plans, places, absence, suspension, special needs and work experience."""

from __future__ import annotations

import polars as pl

from hearth.tables.codes import members
from hearth.timescales import dates
from hearth.timescales.acts import answered, once
from hearth.timescales.duty import ALWAYS, ASKED, NEXT_ASKED, Clock, Deed, Duty, Overtaken
from hearth.timescales.eligibility import eligible_from
from hearth.timescales.history import History, following, key, once_a_day, preceding, shared
from hearth.timescales.limits import Limits
from hearth.timescales.occasions import Spans, entries, in_turn, on_request, while_care_lasts
from hearth.timescales.reviews import with_first_review
from hearth.timescales.workers import spells, while_in_care, with_next

CARE_LEAVER = "care-leaver"
PLANS = ("episodes", "education_plans")
SCHOOL_YEAR_MONTH = 9


def _from_early_years(limits: Limits) -> pl.Expr:
    """A child who enters care younger is owed it from the age of early years provision."""
    return pl.max_horizontal("due_on", limits.reached("early-years", pl.col("born_on")))


@shared
def _started(history: History) -> pl.DataFrame:
    plans = history.table("education_plans").select("child", pl.col("started_on").alias("on"))
    return answered(history, entries(history), plans, "act-before")


def _finalised(history: History) -> pl.DataFrame:
    """The first plan signed off: by its day, or by the first review where that was held sooner."""
    plans = history.table("education_plans").select("child", pl.col("finalised_on").alias("on"))
    found = with_first_review(answered(history, entries(history), plans, "act-before"), history)
    aged = history.with_ages(found, of_age_on="early-years")
    review = pl.min_horizontal(history.due("pep-first-complete", "triggered_on"), "review_on")
    in_time = pl.col("done_on") <= pl.max_horizontal(review, "of_age_on")
    return aged.with_columns(in_time.alias("is_in_time")).drop("of_age_on", "review_on")


PEP_STARTED = Duty(
    "pep-initiated",
    Clock("first education plans", needs=PLANS, spans=_started, in_care=True),
    rules="R1 R2 R6",
    due=_from_early_years,
)
PEP_COMPLETE = Duty(
    "pep-first-complete",
    Clock("first education plans signed off", needs=PLANS, spans=_finalised, also=("reviews",), in_care=True),
    rules="R1 R2 R6",
    due=_from_early_years,
)


@shared
def _planned(history: History) -> pl.DataFrame:
    """Periods of care from the first education plan in them."""
    begun = _started(history).filter(pl.col("done_on").is_not_null())
    first = pl.max_horizontal("opened_on", "done_on")
    return begun.select("child", first.alias("opened_on"), "ended_on", pl.col("done_on").alias("triggered_on"))


def _later_plans(history: History) -> pl.DataFrame:
    """Plans and reviews of plans after the first of each period; of several in one term the first.

    Where the term dates do not reach, each counts.
    """
    plans = once_a_day(history.table("education_plans").select("child", pl.col("started_on").alias("on")))
    first = _planned(history).select("child", pl.col("triggered_on").alias("on"))
    term = history.limits.due("pep-termly", pl.col("on")).alias("term")
    in_turn = history.with_lives(plans, "authority").with_columns(term).drop("authority")
    again = (pl.col("term") == preceding("term")).fill_null(value=False)
    return in_turn.filter(~again).join(first, on=["child", "on"], how="anti").drop("term").with_columns(is_certain=True)


PEP_TERMLY = Duty(
    "pep-termly",
    Clock(
        "education plans each term",
        needs=PLANS,
        deed=Deed("education_plans", "started_on"),
        spans=_planned,
        events=_later_plans,
        in_care=True,
    ),
    rules="R7 R12",
    trigger={"pep-termly": "previous plan"},
)


def _submitted(history: History) -> pl.DataFrame:
    """Education plans signed off, until care ends, with the day their quality was checked."""
    plans = history.table("education_plans").filter(pl.col("finalised_on").is_not_null())
    never, opened = pl.lit(None, pl.Date).alias("ended_on"), pl.col("finalised_on").alias("opened_on")
    return while_care_lasts(history, plans.select("child", opened, never, pl.col("graded_on").alias("done_on")))


QUALITY = Clock(
    "quality of education plans",
    needs=("education_plans", "education_plans.graded_on"),
    also=("episodes",),
    spans=_submitted,
    overtaken=NEXT_ASKED,
)
PEP_QUALITY = Duty("pep-quality", QUALITY, rules="R1 R2")


def _without_a_school(history: History) -> pl.DataFrame:
    """Days on which a child of school age came into care without a school, or left one in care without another, to the
    next full-time place.

    A place found before the last one ended leaves no gap; where it is not said, a place is taken to be full-time.
    """
    places = history.table("schools_attended").filter(pl.col("is_full_time").fill_null(value=True))
    held = spells(places)
    left = held.filter(pl.col("to").is_not_null()).select("child", pl.col("to").alias("opened_on"))
    lost = while_in_care(left, history).with_columns(pl.col("opened_on").alias("triggered_on"))
    entered = with_next(_of_school_age(history, entries(history)), held)
    without = entered.filter((pl.col("done_on") > pl.col("opened_on")).fill_null(value=True))
    gaps = with_next(_of_school_age(history, lost), held)
    return pl.concat(
        part.select("child", "opened_on", "ended_on", "triggered_on", "done_on") for part in (gaps, without)
    )


def _of_school_age(history: History, found: pl.DataFrame) -> pl.DataFrame:
    """Gaps of children of compulsory school age, which end when the child is too old for it."""
    ages = history.with_ages(found, first_on="school-age.from", last_on="school-age.to")
    aged = ages.filter(pl.col("opened_on").is_between("first_on", "last_on", closed="left"))
    return aged.with_columns(pl.min_horizontal("ended_on", "last_on").alias("ended_on"))


PLACE = Duty(
    "school-place",
    Clock("school places", needs=("episodes", "schools_attended"), spans=_without_a_school, in_care=True),
    rules="R12",
    trigger="the child had no school from this day",
)
KEY_STAGE_4 = Duty(
    "key-stage-4-move",
    on_request("moves in years 10 and 11", "education_move", in_care=True, overtaken=NEXT_ASKED),
    rules="R3",
)


def _low_attendance(history: History) -> pl.DataFrame:
    """Figures of attendance below the threshold, each until the next figure or the end of care, with the day on which
    it was recorded what was done.
    """
    share = 100 * pl.col("attended_sessions") / pl.col("possible_sessions")
    figures = history.table("school_attendance").filter(share.is_not_null() & pl.col("ended_on").is_not_null())
    by_day = figures.sort(key("child", "ended_on")).with_columns(following("ended_on").alias("next_on"))
    low = by_day.filter(share < history.value("attendance-alert.below", "ended_on"))
    spans = low.select(
        "child",
        pl.col("ended_on").alias("opened_on"),
        pl.when(pl.col("next_on") > pl.col("ended_on")).then("next_on").alias("ended_on"),
        pl.col("acted_on").alias("done_on"),
    )
    return while_care_lasts(history, spans)


LOW = Clock(
    "low attendance", needs=("school_attendance",), also=("episodes",), spans=_low_attendance, overtaken=NEXT_ASKED
)
ATTENDANCE = Duty("attendance-alert", LOW, rules="R4", within="attendance-alert.later")


def _unbroken(history: History) -> pl.DataFrame:
    """Unbroken runs of unauthorised absence; a return to school, or home, ends what the school owes."""
    found = history.table("unauthorised_absences")
    spans = found.select(
        "child", pl.col("started_on").alias("opened_on"), "ended_on", pl.col("reported_on").alias("done_on")
    )
    return while_care_lasts(history, spans)


ABSENCE = Duty(
    "unauthorised-absence-10",
    Clock("unbroken absence", needs=("unauthorised_absences",), also=("episodes",), spans=_unbroken),
    rules="R12 R14 R16",
)


OVERTURNED = pl.when(pl.col("ended_on").is_not_null()).then(
    pl.max_horizontal("ended_on", dates.days(pl.col("started_on"), 1))
)
BACK = dates.days(pl.col("ended_on"), 1)


def _sent_home(kind: str, is_over: pl.Expr, *days: str) -> Spans:
    """Suspensions or exclusions until they are over, with each of several days by which something was done."""
    known = members("suspension_kind", kind)

    def spans(history: History) -> pl.DataFrame:
        found = history.table("suspensions").filter(pl.col("kind").is_in(known))
        parts = pl.concat(
            found.select(
                "child",
                pl.col("started_on").alias("opened_on"),
                is_over.alias("ended_on"),
                pl.col(day).alias("done_on"),
                pl.lit(day).alias("part"),
            )
            for day in days
        )
        return while_care_lasts(history, parts)

    return spans


SUSPENDED = Clock(
    "suspensions",
    needs=("suspensions",),
    also=("episodes",),
    spans=_sent_home("suspension", BACK, "education_from_on"),
)
SUSPENSION = Duty("suspension-education", SUSPENDED, rules="R12 R14")
EXCLUSION = Duty(
    "exclusion-response",
    Clock(
        "permanent exclusions",
        needs=("suspensions",),
        also=("episodes",),
        spans=_sent_home("exclusion", OVERTURNED, "virtual_school_told_on", "education_from_on", "governors_met_on"),
    ),
    rules="R3 R12 R14",
    within=(
        ("exclusion-response.told", pl.col("part") == "virtual_school_told_on"),
        ("exclusion-response.governors", pl.col("part") == "governors_met_on"),
        ("exclusion-response", ALWAYS),
    ),
)


def _special_needs(history: History) -> pl.DataFrame:
    """Requests for a plan, with the decision to assess and the plan; and plans, with the review of each year.

    A request that is refused or withdrawn ends with the decision.
    """
    asked = history.table("ehc_requests").filter(pl.col("requested_on").is_not_null())
    goes_on = (pl.col("outcome") == "Y") | pl.col("outcome").is_null()
    opened, never = pl.col("requested_on").alias("opened_on"), pl.lit(None, pl.Date).alias("ended_on")
    ends = pl.when(~goes_on).then("decided_on").alias("ended_on")
    issued = pl.when(goes_on).then("assessed_on").alias("done_on")
    decided = pl.coalesce("decided_on", issued).alias("done_on")
    parts = pl.concat(
        [
            asked.select("child", opened, never, decided, pl.lit("decision").alias("part")),
            asked.select("child", opened, ends, issued, pl.lit("plan").alias("part")),
            _reviewed_plans(history).with_columns(pl.lit("review").alias("part")),
        ]
    )
    return _while_ours(history, parts)


def _while_ours(history: History, spans: pl.DataFrame) -> pl.DataFrame:
    """The spans, each ended when the child left care for the last time, unless with the rights of a care leaver."""
    by_child = history.periods.group_by("child", maintain_order=True).agg(pl.col("ended_on").last().alias("left_on"))
    gone = by_child.join(eligible_from(history).select("child").unique(), on="child", how="anti")
    found = spans.join(gone, on="child", how="left", maintain_order="left")
    return found.with_columns(pl.min_horizontal("ended_on", "left_on").alias("ended_on")).drop("left_on")


def _reviewed_plans(history: History) -> pl.DataFrame:
    """From the beginning of each plan, and from each review of it, to the next review."""
    plans = history.table("ehc_plans").filter(pl.col("started_on").is_not_null())
    reviews = plans.filter(pl.col("reviewed_on").is_not_null()).select("child", pl.col("reviewed_on").alias("on"))
    spans = plans.group_by("child", pl.col("started_on").alias("opened_on")).agg(pl.col("ended_on").max())
    return in_turn(spans, reviews)


SPECIAL_NEEDS = Duty(
    "ehc-assessment",
    Clock(
        "assessments of special needs",
        needs=("ehc_requests", "ehc_requests.requested_on"),
        spans=_special_needs,
        until=CARE_LEAVER,
        also=("ehc_plans", "episodes"),
        overtaken=(Overtaken(ASKED, pl.col("part")),),
    ),
    rules="R4 R5 R7",
    within=(
        ("ehc-assessment.decision", pl.col("part") == "decision"),
        ("ehc-assessment.later", pl.col("part") == "review"),
        ("ehc-assessment", ALWAYS),
    ),
    trigger={"ehc-assessment.later": "the plan began, or was last reviewed"},
)


def _school_years(history: History) -> pl.DataFrame:
    """Each school year from year 9 that falls in a period of care: from its start, or from entering care in it."""
    aged = history.with_ages(entries(history), of_age_on="work-experience-age")
    spans = history.with_lives(aged, "adult_on").drop_nulls("of_age_on")
    first = pl.max_horizontal(_school_year("opened_on"), _school_year("of_age_on", later=True))
    years = spans.with_columns(
        pl.date_ranges(first, pl.col("ended_on").fill_null(pl.col("adult_on")), interval="1y").alias("triggered_on")
    )
    each = years.explode("triggered_on").filter(pl.col("triggered_on").is_not_null())
    close = pl.col("triggered_on").dt.offset_by("1y")
    return each.select(
        "child",
        pl.max_horizontal("opened_on", "triggered_on").alias("opened_on"),
        pl.min_horizontal("ended_on", close).alias("ended_on"),
        "triggered_on",
    )


def _school_year(day: str, *, later: bool = False) -> pl.Expr:
    """1 September of the school year that a day lies in; the first one on or after it when ``later``."""
    year = pl.col(day).dt.year()
    before = pl.col(day) < pl.date(year, SCHOOL_YEAR_MONTH, 1)
    if later:
        on_first = pl.col(day) <= pl.date(year, SCHOOL_YEAR_MONTH, 1)
        return pl.date(pl.when(on_first).then(year).otherwise(year + 1), SCHOOL_YEAR_MONTH, 1)
    return pl.date(pl.when(before).then(year - 1).otherwise(year), SCHOOL_YEAR_MONTH, 1)


WORK_EXPERIENCE = Duty(
    "work-experience-offer",
    once(
        "work experience", _school_years, "work_experience_offered", overtaken=NEXT_ASKED, in_care=True, is_offer=True
    ),
    rules="R6 R16",
    trigger="start of the school year",
)

DUTIES = (
    PEP_STARTED,
    PEP_COMPLETE,
    PEP_TERMLY,
    PEP_QUALITY,
    PLACE,
    KEY_STAGE_4,
    ATTENDANCE,
    ABSENCE,
    SUSPENSION,
    EXCLUSION,
    SPECIAL_NEEDS,
    WORK_EXPERIENCE,
)
