"""The journey in care: episodes, and what is derived from them once (periods of care, placements, stays)."""

from __future__ import annotations

from hearth.tables.columns import code, day, number, text, yes_no
from hearth.tables.table import ChildTable


class Episodes(ChildTable):
    """Episodes of care: one legal status in one placement, as the national return records them"""

    started_on = day("Day the episode began (DECOM)", required=True)
    reason_started = code("reason_new_episode", "Why a new episode began (RNE)")
    legal_status = code("legal_status", "Legal status (LS)")
    category_of_need = code("category_of_need", "Main reason for the period of care (CIN)")
    placement_type = code("placement_type", "Kind of placement (PLACE)")
    placement_provider = code("placement_provider", "Who provides the placement")
    ended_on = day("Day the episode ended (DEC); the next one begins the same day")
    reason_ended = code("reason_episode_ceased", "Why it ended (REC); X1 when another begins")
    reason_placement_changed = code("reason_placement_change", "Why the placement ended")
    home_postcode = text("Home postcode when the period of care began")
    placement_postcode = text("Postcode of the placement")
    urn = text("Reference of the setting or agency with the regulator")
    period_started_on = day("Day the period of care began, where the source says so apart from RNE S")
    distance_miles = number("Straight line, home to placement, tenth of a mile; null when not known")
    placement_authority = text("Upper-tier authority of the placement postcode; WAL, SCO, NIR outside England")
    is_in_area = yes_no("Placement lies in the responsible authority's area; null when not known")
    carer_id = text("Fostering household of the council that the child lives with; null when not said")


class PeriodsOfCare(ChildTable):
    """Periods of care: from becoming looked after to leaving care (derived)"""

    period_id = text("Identifier of the period: the child and the first known day", required=True)
    started_on = day("Day the child became looked after; null when before the source's first file")
    first_known_on = day("First day known to be in this period", required=True)
    ended_on = day("Day care ended; null while it goes on")
    reason_ended = code("reason_episode_ceased", "Why care ended; null when not known")
    category_of_need = code("category_of_need", "Main reason for the period of care")
    first_legal_status = code("legal_status", "Legal status on the first known day")
    first_placement_type = code("placement_type", "Kind of placement on the first known day")
    last_placement_type = code("placement_type", "Kind of placement at the end, temporary ones resolved")
    last_legal_status = code("legal_status", "Legal status at the end")
    is_short_breaks = yes_no("A series of short breaks (V3, V4): counted nowhere but in its own register")
    is_under_24_hours = yes_no("Ended on the day it began: all duties are void (rule R8)")


class Placements(ChildTable):
    """Placements by rule R15: a new one begins at RNE S, P or B with a placement that is not temporary (derived)"""

    period_id = text("Period of care", required=True)
    placement_id = text("Identifier of the placement: the child and its first known day", required=True)
    started_on = day("First known day of the placement", required=True)
    is_start_known = yes_no("False when the placement began before the source's first file")
    ended_on = day("Day the placement ended; null while it goes on")
    reason_placement_changed = code("reason_placement_change", "Why it ended")
    first_placement_type = code("placement_type", "Kind of placement at the start")
    placement_type = code("placement_type", "Kind of placement at the end or now, temporary ones resolved")
    placement_provider = code("placement_provider", "Who provides it at the end or now")
    legal_status = code("legal_status", "Legal status when it began")
    urn = text("Reference of the setting or agency")
    postcode = text("Postcode of the placement at the end or now")


class Stays(ChildTable):
    """Stays: what held for a child between two days; temporary placements resolved (derived)"""

    period_id = text("Period of care", required=True)
    placement_id = text("Placement by rule R15", required=True)
    placement_started_on = day("First known day of that placement", required=True)
    is_placement_start_known = yes_no("False when the placement began before the source's first file")
    started_on = day("From", required=True)
    ended_on = day("To; null while it goes on. A child is here on a day when started_on <= day < ended_on")
    reason_started = code("reason_new_episode", "Why the episode began")
    reason_ended = code("reason_episode_ceased", "Why the episode ended")
    reason_placement_changed = code("reason_placement_change", "Why the placement ended")
    legal_status = code("legal_status", "Legal status")
    category_of_need = code("category_of_need", "Main reason for the period of care")
    placement_type = code("placement_type", "Kind of placement; of the placement to return to while is_temporary")
    temporary_type = code("placement_type", "T0 to T4 while the child is away for a time")
    placement_provider = code("placement_provider", "Who provides the placement")
    urn = text("Reference of the setting or agency")
    home_postcode = text("Home postcode when the period of care began")
    placement_postcode = text("Postcode of the placement")
    distance_miles = number("Straight line, home to placement, tenth of a mile; null when not known")
    placement_authority = text("Upper-tier authority of the placement postcode")
    is_in_area = yes_no("Placement lies in the responsible authority's area; null when not known")
    is_temporary = yes_no("In a temporary placement T0 to T4")
    is_short_breaks = yes_no("In a short-break series V3 or V4")


class LegalStatuses(ChildTable):
    """Legal statuses: also ones that do not make a child looked after"""

    status = code("legal_status", "Legal status, or the source's own word")
    started_on = day("From")
    ended_on = day("To")


class DeprivationsOfLiberty(ChildTable):
    """Deprivation of liberty orders"""

    started_on = day("Order began", required=True)
    ended_on = day("Order ended")
