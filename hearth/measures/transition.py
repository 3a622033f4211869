"""Measures of leaving care: in touch, in work or learning, well housed, with an adviser and a plan."""

from __future__ import annotations

import polars as pl

from hearth.measures import care_leavers
from hearth.measures import populations_leaving_care as leaving_care
from hearth.measures.measure import Measure
from hearth.measures.timeliness import FELL_DUE, due_in_period
from hearth.tables.codes import members

OLDER, YOUNGER = pl.col("age").is_between(19, 21), pl.col("age").is_between(17, 18)
IN_TOUCH_YES = members("in_touch", "YES")[0]
IN_EET = members("activity", "F1", "P1", "F2", "P2", "F4", "P4", "F5", "P5")
IN_NEET = members("activity", "G4", "G5", "G6")
IN_HIGHER_EDUCATION = members("activity", "F1", "P1")
IN_APPRENTICESHIP = members("activity", "F4", "P4")
NOT_COUNTED = [code[0] for code in members("accommodation", "G1", "H1", "R1")]
WITH_FORMER_CARER = members("accommodation", "Z1")[0][0]
PLAN_REVIEW = leaving_care.PLAN_REVIEW
FIRST_PLAN = "pathway-plan"

CARE_LEAVERS_REGULATIONS = "Care Leavers (England) Regulations 2010"
NATIONAL = "Handbook, indicators.md, section 7; SSDA903 OC3"
TURNED_19 = "care leavers whose 19th, 20th or 21st birthday lies in the period"
TURNED_17 = "care leavers whose 17th or 18th birthday lies in the period"
SOURCES = (("care_leaver_birthdays", "care_leaver_activities", "care_leaver_statuses"),)
OUT = (
    "Those who died, went home for six months or more, are back in care or passed to another authority are out. A "
    "young person of whom nothing is known stays in the denominator and is counted apart."
)
OWED = pl.col("category").is_in(leaving_care.CARE_LEAVERS)
OWED_OR_ELIGIBLE = pl.col("category").is_in(leaving_care.CARE_LEAVERS + leaving_care.ELIGIBLE)

IN_TOUCH = Measure(
    id="in-touch",
    title="Care leavers we are in touch with",
    area="transition",
    kind="percentage",
    population=care_leavers.around_birthdays,
    counts=pl.col("in_touch") == IN_TOUCH_YES,
    numerator="those the authority was in touch with around the birthday",
    denominator="care leavers whose 17th, 18th, 19th, 20th or 21st birthday lies in the period",
    meaning="How many of our care leavers we know how to reach and hear from.",
    better="higher",
    unit="percent",
    source=NATIONAL,
    follows="national",
    reading=(
        f"From 3 months before the birthday to 1 month after. To refuse contact or need no help is not in touch. {OUT}"
    ),
    needs=SOURCES,
    given=care_leavers.birthdays_given,
    shows=("age", "in_touch"),
)


def _activity(
    id: str, title: str, *, among: pl.Expr, codes: tuple[str, ...], said: str, meaning: str, better: str
) -> Measure:
    """A measure of what care leavers do, among those of some ages; nothing known stays in the denominator."""
    return Measure(
        id=id,
        title=title,
        area="transition",
        kind="percentage",
        population=care_leavers.around_birthdays,
        among=among,
        counts=pl.col("activity").is_in(codes),
        numerator=f"those {said} around the birthday ({', '.join(codes)})",
        denominator=TURNED_17 if among is YOUNGER else TURNED_19,
        meaning=meaning,
        better="higher" if better == "higher" else "lower",
        unit="percent",
        source=NATIONAL,
        follows="national",
        reading=OUT,
        needs=SOURCES,
        given=care_leavers.birthdays_given,
        shows=("age", "activity"),
    )


EET = _activity(
    "eet",
    "Care leavers in education, employment or training",
    among=OLDER,
    codes=IN_EET,
    said="in education, employment or training",
    meaning="How many of our care leavers aged 19 to 21 are learning or working.",
    better="higher",
)
EET_17_TO_18 = _activity(
    "eet-17-to-18",
    "Care leavers aged 17 and 18 in education, employment or training",
    among=YOUNGER,
    codes=IN_EET,
    said="in education, employment or training",
    meaning="How many of our care leavers aged 17 and 18 are learning or working.",
    better="higher",
)
NEET = _activity(
    "neet",
    "Care leavers not in education, employment or training",
    among=OLDER,
    codes=IN_NEET,
    said="known not to be in education, employment or training",
    meaning="How many of our care leavers aged 19 to 21 are known to be neither learning nor working.",
    better="lower",
)
NEET_17_TO_18 = _activity(
    "neet-17-to-18",
    "Care leavers aged 17 and 18 not in education, employment or training",
    among=YOUNGER,
    codes=IN_NEET,
    said="known not to be in education, employment or training",
    meaning="How many of our care leavers aged 17 and 18 are known to be neither learning nor working.",
    better="lower",
)
HIGHER_EDUCATION = _activity(
    "higher-education",
    "Care leavers in higher education",
    among=OLDER,
    codes=IN_HIGHER_EDUCATION,
    said="in higher education",
    meaning="How many of our care leavers aged 19 to 21 are at university or on a course of that level.",
    better="higher",
)
APPRENTICESHIPS = _activity(
    "apprenticeships",
    "Care leavers in apprenticeships",
    among=OLDER,
    codes=IN_APPRENTICESHIP,
    said="in an apprenticeship",
    meaning="How many of our care leavers aged 19 to 21 learn a trade as an apprentice.",
    better="higher",
)


def _housed(id: str, title: str, *, ages: pl.Expr, meaning: str) -> Measure:
    """A measure of suitable accommodation: abroad, deported and residence not known are out, no information is not."""
    is_counted = ~pl.col("accommodation").is_in(NOT_COUNTED).fill_null(value=False)
    return Measure(
        id=id,
        title=title,
        area="transition",
        kind="percentage",
        population=care_leavers.around_birthdays,
        among=ages & is_counted,
        counts=pl.col("is_suitable"),
        numerator="those whose accommodation around the birthday was judged suitable",
        denominator=(
            f"{TURNED_17 if ages is YOUNGER else TURNED_19}, less those abroad, deported or residence not known"
        ),
        meaning=meaning,
        better="higher",
        unit="percent",
        source=NATIONAL,
        follows="national",
        reading=f"No fixed home and custody are never suitable. {OUT}",
        needs=SOURCES,
        given=care_leavers.birthdays_given,
        shows=("age", "accommodation", "is_suitable"),
    )


SUITABLE_ACCOMMODATION = _housed(
    "suitable-accommodation",
    "Care leavers in suitable accommodation",
    ages=OLDER,
    meaning="How many of our care leavers aged 19 to 21 live somewhere that is right for them.",
)
SUITABLE_ACCOMMODATION_17_TO_18 = _housed(
    "suitable-accommodation-17-to-18",
    "Care leavers aged 17 and 18 in suitable accommodation",
    ages=YOUNGER,
    meaning="How many of our care leavers aged 17 and 18 live somewhere that is right for them.",
)

STAYING_PUT = Measure(
    id="staying-put",
    title="Young people staying put with their former foster carers",
    area="transition",
    kind="count",
    population=care_leavers.around_birthdays,
    among=pl.col("age").is_between(18, 20) & pl.col("was_fostered_at_18").fill_null(value=True),
    counts=pl.col("accommodation") == WITH_FORMER_CARER,
    numerator=(
        "care leavers whose 18th, 19th or 20th birthday lies in the period, then living with former foster carers"
    ),
    meaning="How many young adults still live with the foster family they grew up in.",
    better="higher",
    unit="young people",
    source=f"{NATIONAL} ACCOM Z; Children Act 1989, s. 23CZA",
    follows="national",
    reading=f"Those known to have left care at 18 from another kind of placement are out. {OUT}",
    needs=SOURCES,
    given=care_leavers.birthdays_given,
    shows=("age", "accommodation"),
)

PERSONAL_ADVISER_ALLOCATED = Measure(
    id="personal-adviser-allocated",
    title="Care leavers with a personal adviser",
    area="transition",
    kind="percentage",
    population=leaving_care.with_leaving_care_rights,
    among=OWED,
    counts=pl.col("has_adviser"),
    numerator="those with a personal adviser allocated on the day",
    denominator="relevant and former relevant young people on the day, to 21 or to the end of their education",
    meaning="How many of our care leavers have somebody of their own to turn to.",
    better="higher",
    target=100,
    unit="percent",
    source="Children Act 1989, ss. 23B(2), 23C(4), 23CA; Handbook, care-leaver-eligibility.md",
    follows="local",
    reading=(
        "Those aged 21 to 24 who have not asked for support are out. From a snapshot, its rows are the young people."
    ),
    needs=("episodes", ("allocations.role", "care_leaver_statuses")),
    given=leaving_care.advisers_given,
    shows=("category",),
)

ADVISER_FROM_16 = Measure(
    id="adviser-from-16",
    title="Young people aged 16 and 17 in care with a personal adviser",
    area="transition",
    kind="percentage",
    population=leaving_care.with_leaving_care_rights,
    among=pl.col("category").is_in(leaving_care.ELIGIBLE),
    counts=pl.col("has_adviser"),
    numerator="those with a personal adviser allocated on the day",
    denominator="eligible young people on the day: aged 16 or 17, in care, for 13 weeks or more since 14",
    meaning="How many young people in care already know the adviser who will be there when they leave.",
    better="higher",
    target=100,
    unit="percent",
    source="Children Act 1989, Sch. 2 para. 19C; Handbook, care-leaver-eligibility.md",
    follows="local",
    needs=("episodes", ("allocations.role", "care_leaver_statuses")),
    given=leaving_care.advisers_given,
    shows=("category",),
)

PATHWAY_PLAN_IN_PLACE = Measure(
    id="pathway-plan-in-place",
    title="Young people with a pathway plan",
    area="transition",
    kind="percentage",
    population=leaving_care.with_leaving_care_rights,
    among=OWED_OR_ELIGIBLE,
    counts=pl.col("has_plan"),
    numerator="those with a pathway plan completed by the day",
    denominator="eligible, relevant and former relevant young people on the day",
    meaning="How many of our young people have a written plan for the life after care.",
    better="higher",
    target=100,
    unit="percent",
    source=(
        f"Care Planning, Placement and Case Review (England) Regulations 2010, reg. 43; {CARE_LEAVERS_REGULATIONS}, "
        "reg. 6"
    ),
    follows="local",
    needs=("episodes", ("pathway_plans", "care_leaver_statuses")),
    given=leaving_care.given,
    shows=("category", "plan_on"),
)

PATHWAY_PLAN_UP_TO_DATE = Measure(
    id="pathway-plan-up-to-date",
    title="Care leavers with an up-to-date pathway plan",
    area="transition",
    kind="percentage",
    population=leaving_care.with_plans_in_date,
    among=OWED,
    counts=pl.col("is_plan_current"),
    numerator="those whose plan was made or reviewed within 6 months before the day",
    denominator="relevant and former relevant young people on the day",
    meaning="How many of our care leavers have a plan that still fits their life.",
    better="higher",
    target=100,
    unit="percent",
    source=f"{CARE_LEAVERS_REGULATIONS}, reg. 7(2)",
    follows="local",
    reading="The limit is that of the duty pathway-plan-review; without a plan it is not up to date.",
    needs=("episodes", ("pathway_plans", "care_leaver_statuses")),
    given=leaving_care.given,
    duties=(PLAN_REVIEW,),
    shows=("category", "plan_on", "plan_lasts_to"),
)

PATHWAY_PLAN_REVIEWED_IN_TIME = Measure(
    id="pathway-plan-reviewed-in-time",
    title="Pathway plans reviewed in time",
    area="transition",
    kind="percentage",
    population=due_in_period(PLAN_REVIEW),
    counts=pl.col("is_in_time"),
    numerator="those held by their due day",
    denominator="pathway plan reviews that fell due in the period",
    meaning="How often the plan for life after care was looked at again when it should have been.",
    better="higher",
    target=100,
    unit="percent",
    source=f"{CARE_LEAVERS_REGULATIONS}, reg. 7(2)",
    follows="local",
    reading="Every 6 months from the plan or the last review; not held by the day is not in time.",
    needs=("episodes", "pathway_plans", "needs_assessments"),
    duties=(PLAN_REVIEW,),
    over="period",
    shows=("triggered_on", "due_on", "done_on", "status"),
)

CARE_LEAVER_NEEDS_ASSESSMENT = Measure(
    id="care-leaver-needs-assessment",
    title="Young people with a leaving-care needs assessment",
    area="transition",
    kind="percentage",
    population=leaving_care.with_leaving_care_rights,
    among=OWED_OR_ELIGIBLE,
    counts=pl.col("assessed_on").is_not_null(),
    numerator="those whose needs had been assessed by the day",
    denominator="eligible, relevant and former relevant young people on the day",
    meaning="For how many of our young people somebody worked out what they need to live on their own.",
    better="higher",
    target=100,
    unit="percent",
    source=f"Children Act 1989, Sch. 2 para. 19B(4); {CARE_LEAVERS_REGULATIONS}, reg. 5",
    follows="local",
    reading="The law sets no end to an assessment: it is revised when circumstances change, so one completed counts.",
    needs=("episodes", "needs_assessments"),
    given=leaving_care.given,
    shows=("category", "assessed_on"),
)

PATHWAY_PLAN_COMPLETED_IN_TIME = Measure(
    id="pathway-plan-completed-in-time",
    title="Pathway plans completed in time",
    area="transition",
    kind="percentage",
    population=due_in_period(FIRST_PLAN),
    among=FELL_DUE,
    counts=pl.col("is_in_time"),
    numerator="those completed by their due day",
    denominator="first pathway plans that fell due in the period",
    meaning="How often the first plan for life after care was ready when it should have been.",
    better="higher",
    target=100,
    unit="percent",
    source=(
        f"Care Planning, Placement and Case Review (England) Regulations 2010, reg. 43; {CARE_LEAVERS_REGULATIONS}, "
        "reg. 6"
    ),
    follows="local",
    reading=(
        "The duty pathway-plan: within 20 working days of the needs assessment, or the council's own limit. The law's "
        "three months are the assessment's: needs-assessment-in-time. Not done is not in time."
    ),
    needs=("episodes", "needs_assessments", "pathway_plans"),
    duties=(FIRST_PLAN,),
    over="period",
    shows=("triggered_on", "due_on", "done_on", "status"),
)

MEASURES: tuple[Measure, ...] = (
    IN_TOUCH,
    EET,
    EET_17_TO_18,
    NEET,
    NEET_17_TO_18,
    HIGHER_EDUCATION,
    APPRENTICESHIPS,
    SUITABLE_ACCOMMODATION,
    SUITABLE_ACCOMMODATION_17_TO_18,
    STAYING_PUT,
    PERSONAL_ADVISER_ALLOCATED,
    ADVISER_FROM_16,
    PATHWAY_PLAN_IN_PLACE,
    PATHWAY_PLAN_UP_TO_DATE,
    PATHWAY_PLAN_REVIEWED_IN_TIME,
    CARE_LEAVER_NEEDS_ASSESSMENT,
    PATHWAY_PLAN_COMPLETED_IN_TIME,
)
