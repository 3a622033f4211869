"""Health and safety: assessments, checks, questionnaires, substance misuse, offending, missing."""

from __future__ import annotations

from hearth.tables.columns import code, day, moment, text, whole, yes_no
from hearth.tables.table import ChildTable


class HealthAssessments(ChildTable):
    """Dated health assessments: only completed ones count, a refusal is kept as itself"""

    assessed_on = day("Day of the assessment, or planned for")
    status = code("health_status", "Completed, Planned, Refused or Cancelled")
    kind = text("initial or review, where the source says")


class DentalChecks(ChildTable):
    """Dated dental checks: only completed ones count"""

    checked_on = day("Day seen by a dentist, or planned for")
    status = code("health_status", "Completed, Planned, Refused or Cancelled")


class Immunisations(ChildTable):
    """Immunisations: status as found on a day"""

    found_on = day("Day of the finding")
    is_up_to_date = yes_no("All immunisations due for the age have been given")


class SdqScores(ChildTable):
    """Dated strengths and difficulties questionnaires: completed by the carer, or why there is none"""

    completed_on = day("Completed on")
    score = whole("Total difficulties, 0 to 40")
    reason_no_score = code("sdq_reason", "Why there is no score")


class SubstanceMisuse(ChildTable):
    """Dated substance misuse: found or referred"""

    found_on = day("Found or referred on")
    substance = text("Substance")
    intervention_received = yes_no("Received an intervention")
    intervention_offered = yes_no("Was offered an intervention; the SSD has no such field")


class Convictions(ChildTable):
    """Dated convictions and youth cautions"""

    convicted_on = day("Day of the offence or outcome, as the source has it")
    offence = text("Offence in words")


class AnnualOutcomes(ChildTable):
    """Yearly answers on health and offending (903 OC2): children looked after continuously for 12 months on 31 March"""

    year_ended_on = day("31 March of the year", required=True)
    sdq_score = whole("Strengths and difficulties score, 0 to 40")
    sdq_reason = code("sdq_reason", "Why there is no score")
    is_convicted = yes_no("Convicted or cautioned in the year")
    is_health_check_done = yes_no("Development checks up to date, under 5")
    is_immunised = yes_no("Immunisations up to date")
    is_teeth_checked = yes_no("Teeth checked by a dentist in the year")
    is_health_assessed = yes_no("Annual health assessment done")
    is_substance_misuse_found = yes_no("Substance misuse problem found")
    intervention_received = yes_no("Received an intervention")
    intervention_offered = yes_no("Was offered an intervention")


class MissingEpisodes(ChildTable):
    """Missing episodes: missing, or away without authorisation, and the return interview"""

    kind = code("missing_type", "M missing, A away without authorisation")
    started_on = day("Began", required=True)
    started_at = moment("Time the child went, where known")
    ended_on = day("Ended; null while still missing")
    returned_at = moment("Time of return, where known")
    is_interview_offered = yes_no("Return interview offered")
    is_interview_accepted = yes_no("Return interview accepted")
    interview_held_on = day("Day the interview was held")
    interview_held_at = moment("Time the interview was held, where known")


class RiskAssessments(ChildTable):
    """Assessments of risk: of exploitation and of going missing"""

    kind = code("risk", "Risk assessed", required=True)
    assessed_on = day("Day of the assessment", required=True)
    level = code("risk_level", "Level of risk found")
    panel_agreed_on = day("Panel agreed that the risk has fallen from high to low")
