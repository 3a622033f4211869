"""The child's health: assessments, checks, questionnaires, substance misuse, the yearly answers."""

from __future__ import annotations

from typing import ClassVar

from hearth.web.children.fields import code, day, text, whole, words, yes_no
from hearth.web.children.records import ChildRecord
from hearth.web.children.truths import known


class HealthAssessment(ChildRecord):
    """A health assessment: only completed ones count, a refusal is kept as itself."""

    table: ClassVar[str] = "health_assessments"
    assessed_on = day("day of the assessment, or planned for")
    status = code("health_status")
    kind = text("initial or review")

    assessor = text("who carried it out")
    findings = words("what was found, written to the child")
    why_refused = words("why the child or young person did not want it")

    class Meta:
        constraints = (known("status", "health_status"),)


class DentalCheck(ChildRecord):
    """A dental check: only completed ones count."""

    table: ClassVar[str] = "dental_checks"
    checked_on = day("day seen by a dentist, or planned for")
    status = code("health_status")

    class Meta:
        constraints = (known("status", "health_status"),)


class Immunisation(ChildRecord):
    """Whether immunisations were up to date, as found on a day."""

    table: ClassVar[str] = "immunisations"
    found_on = day("day of the finding")
    is_up_to_date = yes_no("all immunisations due for the age have been given")


class SdqScore(ChildRecord):
    """A strengths and difficulties questionnaire completed by the carer, or why there is none."""

    table: ClassVar[str] = "sdq_scores"
    completed_on = day("completed on")
    score = whole("total difficulties, 0 to 40")
    reason_no_score = code("sdq_reason", "why there is no score")

    class Meta:
        verbose_name = "strengths and difficulties score"


class SubstanceMisuse(ChildRecord):
    """Substance misuse, as found or referred."""

    table: ClassVar[str] = "substance_misuse"
    found_on = day("found or referred on")
    substance = text()
    intervention_received = yes_no("received an intervention")
    intervention_offered = yes_no("was offered an intervention")

    class Meta:
        verbose_name_plural = "substance misuse"


class AnnualOutcome(ChildRecord):
    """The yearly answers on health and offending (903 OC2)."""

    table: ClassVar[str] = "annual_outcomes"
    year_ended_on = day("31 March of the year", required=True)
    sdq_score = whole("strengths and difficulties score, 0 to 40")
    sdq_reason = code("sdq_reason", "why there is no score")
    is_convicted = yes_no("convicted or cautioned in the year")
    is_health_check_done = yes_no("development checks up to date, under 5")
    is_immunised = yes_no("immunisations up to date")
    is_teeth_checked = yes_no("teeth checked by a dentist in the year")
    is_health_assessed = yes_no("annual health assessment done")
    is_substance_misuse_found = yes_no("substance misuse problem found")
    intervention_received = yes_no("received an intervention")
    intervention_offered = yes_no("was offered an intervention")
