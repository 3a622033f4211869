"""Measures of health: assessments, teeth, strengths and difficulties, substance misuse."""

from __future__ import annotations

import polars as pl

from hearth.measures import populations_health as health
from hearth.measures.measure import Measure
from hearth.measures.populations_year import answered_by, year_is_known
from hearth.measures.timeliness import due_in_period

COHORT = "children looked after without a break for the 12 months to the day"
REGULATIONS = "Care Planning, Placement and Case Review (England) Regulations 2010"
NATIONAL = "Handbook, indicators.md, section 4; SSDA903 OC2"
WHOLE_YEARS = "Always the 12 months to the day; a return gives it for whole years only."
INITIAL, UNDER_5, FROM_5 = health.HEALTH_DUTIES

INITIAL_HEALTH_IN_TIME = Measure(
    id="initial-health-in-time",
    title="Initial health assessments in time",
    area="health",
    kind="percentage",
    population=due_in_period(INITIAL),
    counts=pl.col("is_in_time"),
    numerator="those completed within 20 working days of coming into care",
    denominator="initial health assessments that fell due in the period, the child still in care",
    meaning="How many children who came into care saw a doctor within a month.",
    better="higher",
    target=100,
    unit="percent",
    source=f"{REGULATIONS}, reg. 7; Handbook, indicators.md, section 4",
    follows="local",
    reading=(
        "Only completed assessments count: refused, planned or cancelled is not done. A refusal is shown in the list."
    ),
    needs=("episodes", "health_assessments"),
    duties=(INITIAL,),
    over="period",
    shows=("triggered_on", "due_on", "done_on", "refused_on", "status"),
)

REVIEW_HEALTH_IN_TIME = Measure(
    id="review-health-in-time",
    title="Review health assessments in time",
    area="health",
    kind="percentage",
    population=due_in_period(UNDER_5, FROM_5),
    counts=pl.col("is_in_time"),
    numerator="those completed by their due day",
    denominator="review health assessments that fell due in the period",
    meaning="How often a child's health was looked at again when it should have been.",
    better="higher",
    target=100,
    unit="percent",
    source=f"{REGULATIONS}, reg. 7(3); timescales.md, rule R10",
    follows="local",
    reading=(
        "Every 6 months under 5, every 12 months from the 5th birthday, from the last completed. Refused is not done."
    ),
    needs=("episodes", "health_assessments"),
    duties=(UNDER_5, FROM_5),
    over="period",
    shows=("triggered_on", "due_on", "done_on", "refused_on", "status"),
)

HEALTH_ASSESSMENT_UP_TO_DATE = Measure(
    id="health-assessment-up-to-date",
    title="Children with an up-to-date health assessment",
    area="health",
    kind="percentage",
    population=health.assessments_up_to_date,
    counts=pl.col("is_up_to_date"),
    numerator="those with no health assessment overdue on the day",
    denominator="children looked after on the day, in care long enough to have had one due",
    meaning="How many of our children have had their health looked at when they should have.",
    better="higher",
    target=100,
    unit="percent",
    source=f"{NATIONAL} HEALTH_ASSESSMENT; timescales.md, rule R10",
    follows="local",
    reading=(
        "From dated assessments: in date by the rule for the child's age. A return has no dates: there the yearly "
        "answer stands for it, among those looked after for 12 months, declined counted as no."
    ),
    needs=("episodes", ("health_assessments", "health_assessments.latest", "annual_outcomes")),
    given=answered_by("health_assessments"),
    duties=health.HEALTH_DUTIES,
    shows=("due_on", "done_on", "status", "refused_on"),
)

ANNUAL_HEALTH_ASSESSMENT = Measure(
    id="annual-health-assessment",
    title="Children who had their annual health assessment",
    area="health",
    kind="percentage",
    population=health.yearly_assessments,
    counts=pl.col("is_done"),
    numerator="those assessed in the 12 months, those under 5 twice",
    denominator=COHORT,
    meaning="How many of our children had the health assessments of the year.",
    better="higher",
    target=100,
    unit="percent",
    source=f"{NATIONAL} HEALTH_ASSESSMENT",
    follows="national",
    reading=f"Declined counts as no. {WHOLE_YEARS}",
    needs=("episodes", ("health_assessments", "annual_outcomes")),
    given=answered_by("health_assessments"),
    shows=("times_done", "refused_on"),
)

HEALTH_ASSESSMENTS_REFUSED = Measure(
    id="health-assessments-refused",
    title="Children who refused their health assessment",
    area="health",
    kind="count",
    population=health.yearly_assessments,
    counts=pl.col("refused_on").is_not_null(),
    numerator=f"{COHORT} who were not assessed as often as they should and refused at least once",
    meaning="How many children said no to the doctor or nurse. It is their right, and a reason to ask why.",
    better="neutral",
    unit="children",
    source="readings.md, Health",
    follows="local",
    needs=("episodes", "health_assessments"),
    given=year_is_known,
    shows=("refused_on",),
)

DENTAL_CHECK = Measure(
    id="dental-check",
    title="Children seen by a dentist in the last 12 months",
    area="health",
    kind="percentage",
    population=health.dental_checks,
    counts=pl.col("is_done"),
    numerator="those with a completed dental check in the 12 months",
    denominator=COHORT,
    meaning="How many of our children had their teeth checked in the last year.",
    better="higher",
    target=100,
    unit="percent",
    source=f"{NATIONAL} TEETH_CHECK",
    follows="national",
    reading=f"All ages, babies too; declined counts as no. {WHOLE_YEARS}",
    needs=("episodes", ("dental_checks", "dental_checks.latest", "annual_outcomes")),
    given=answered_by("dental_checks"),
    shows=("times_done", "refused_on"),
)

DENTAL_CHECKS_REFUSED = Measure(
    id="dental-checks-refused",
    title="Children who refused the dentist",
    area="health",
    kind="count",
    population=health.dental_checks,
    counts=pl.col("refused_on").is_not_null(),
    numerator=f"{COHORT} who were not seen by a dentist and refused at least once",
    meaning="How many children said no to the dentist. It is their right, and a reason to ask why.",
    better="neutral",
    unit="children",
    source="readings.md, Health",
    follows="local",
    needs=("episodes", "dental_checks"),
    given=year_is_known,
    shows=("refused_on",),
)

SDQ_COMPLETED = Measure(
    id="sdq-completed",
    title="Strengths and difficulties questionnaires completed",
    area="health",
    kind="percentage",
    population=health.questionnaires,
    counts=pl.col("has_score"),
    numerator="those with a score in the 12 months",
    denominator=f"{COHORT}, aged 4 to 16 on it",
    meaning="For how many of our children a carer told us how they feel and get on.",
    better="higher",
    target=100,
    unit="percent",
    source=f"{NATIONAL} SDQ_SCORE",
    follows="national",
    reading=f"A reason for no score is no score. The published band is 5 to 16 (sdq-completed-5-to-16). {WHOLE_YEARS}",
    needs=("episodes", ("sdq_scores", "annual_outcomes")),
    given=answered_by("sdq_scores"),
    shows=("sdq_score", "sdq_reason"),
)

SDQ_COMPLETED_5_TO_16 = Measure(
    id="sdq-completed-5-to-16",
    title="Strengths and difficulties questionnaires completed, ages 5 to 16",
    area="health",
    kind="percentage",
    population=health.questionnaires,
    among=pl.col("age") >= 5,
    counts=pl.col("has_score"),
    numerator="those with a score in the 12 months",
    denominator=f"{COHORT}, aged 5 to 16 on it",
    meaning="The same figure for the ages that are published, to compare with other areas.",
    better="higher",
    target=100,
    unit="percent",
    source=f"{NATIONAL} SDQ_SCORE",
    follows="national",
    reading=f"A reason for having no score is no score. {WHOLE_YEARS}",
    needs=("episodes", ("sdq_scores", "annual_outcomes")),
    given=answered_by("sdq_scores"),
    shows=("sdq_score", "sdq_reason"),
)

SDQ_SCORE = Measure(
    id="sdq-score",
    title="Average strengths and difficulties score",
    area="health",
    kind="average",
    population=health.questionnaires,
    among=pl.col("has_score"),
    counts=pl.col("sdq_score"),
    bands="sdq_band",
    all_bands=health.BANDS,
    numerator="the latest scores in the 12 months, added up; by band, the children with such a score",
    denominator=f"{COHORT}, aged 4 to 16 on it, with a score",
    meaning=(
        "How much our children struggle with feelings and behaviour: under 14 is usual, from 17 a cause for concern."
    ),
    better="lower",
    unit="points",
    source=f"{NATIONAL} SDQ_SCORE; codes/sdq_band.csv",
    follows="national",
    reading=WHOLE_YEARS,
    needs=("episodes", ("sdq_scores", "annual_outcomes")),
    given=answered_by("sdq_scores"),
    shows=("sdq_score", "sdq_band"),
)

SUBSTANCE_MISUSE_REFERRALS = Measure(
    id="substance-misuse-referrals",
    title="Children with a substance misuse problem found or referred",
    area="health",
    kind="count",
    population=health.substance_misuse_referrals,
    numerator=(
        "children and care leavers found to misuse drugs or alcohol, or referred for it, in the period; once each"
    ),
    meaning="How many of our young people were found to need help with drugs or alcohol.",
    better="neutral",
    unit="children",
    source=f"{NATIONAL} SUBSTANCE_MISUSE",
    follows="local",
    reading="A return gives it for whole years, of children looked after for 12 months only.",
    needs=("episodes", ("substance_misuse", "annual_outcomes")),
    given=answered_by("substance_misuse"),
    over="period",
    shows=("intervention_received", "intervention_offered"),
)

SUBSTANCE_MISUSE_UPTAKE = Measure(
    id="substance-misuse-uptake",
    title="Help taken up for substance misuse",
    area="health",
    kind="percentage",
    population=health.substance_misuse_referrals,
    counts=pl.col("intervention_received"),
    numerator="those who received an intervention",
    denominator="children and care leavers found to misuse drugs or alcohol, or referred for it, in the period",
    meaning="How many of those who needed help with drugs or alcohol got it.",
    better="higher",
    unit="percent",
    source=f"{NATIONAL} INTERVENTION_RECEIVED",
    follows="national",
    reading="A return gives it for whole years, of children looked after for 12 months only.",
    needs=("episodes", ("substance_misuse.intervention_received", "annual_outcomes.intervention_received")),
    given=answered_by("substance_misuse"),
    over="period",
    shows=("intervention_received", "intervention_offered"),
)

SUBSTANCE_MISUSE_IDENTIFIED = Measure(
    id="substance-misuse-identified",
    title="Children found to have a substance misuse problem",
    area="health",
    kind="percentage",
    population=health.substance_misuse_found,
    counts=pl.col("is_substance_misuse_found"),
    numerator="those found to misuse drugs or alcohol in the 12 months",
    denominator=COHORT,
    meaning="How many of our children were found to have a problem with drugs or alcohol in the last year.",
    better="neutral",
    unit="percent",
    source=f"{NATIONAL} SUBSTANCE_MISUSE",
    follows="national",
    reading=f"All ages; drugs and alcohol, not tobacco. {WHOLE_YEARS}",
    needs=("episodes", ("substance_misuse", "annual_outcomes")),
    given=answered_by("substance_misuse"),
)

MEASURES: tuple[Measure, ...] = (
    INITIAL_HEALTH_IN_TIME,
    REVIEW_HEALTH_IN_TIME,
    HEALTH_ASSESSMENT_UP_TO_DATE,
    ANNUAL_HEALTH_ASSESSMENT,
    HEALTH_ASSESSMENTS_REFUSED,
    DENTAL_CHECK,
    DENTAL_CHECKS_REFUSED,
    SDQ_COMPLETED,
    SDQ_COMPLETED_5_TO_16,
    SDQ_SCORE,
    SUBSTANCE_MISUSE_REFERRALS,
    SUBSTANCE_MISUSE_UPTAKE,
    SUBSTANCE_MISUSE_IDENTIFIED,
)
