"""Leaving care: status around the birthday, status now, contact, plans, needs."""

from __future__ import annotations

from hearth.tables.columns import code, day, number, text, yes_no
from hearth.tables.table import ChildTable


class CareLeaverBirthdays(ChildTable):
    """Status of care leavers around their birthday (903 OC3): 17th to 21st"""

    year_ended_on = day("31 March of the return's year", required=True)
    in_touch = code("in_touch", "Whether the authority is in touch")
    activity = code("activity", "Main activity")
    accommodation = code("accommodation", "Accommodation, with 1 suitable or 2 unsuitable")


class CareLeaverStatuses(ChildTable):
    """Present status of care leavers: a snapshot of the day the source was taken"""

    eligibility = code("eligibility", "Entitlement as the source gives it: shown, not trusted")
    in_touch = code("in_touch", "Whether the authority is in touch")
    latest_contact_on = day("Last contact by the personal adviser")
    accommodation_kind = text("Accommodation, letter of the national code")
    is_suitable = yes_no("Accommodation suitable")
    activity = code("activity", "Main activity")
    pathway_plan_on = day("Pathway plan begun or last reviewed")
    adviser = text("Personal adviser")
    team = text("Team")
    worker_id = text("Worker")


class CareLeaverContacts(ChildTable):
    """Dated contacts with care leavers"""

    contacted_on = day("Day of the contact", required=True)
    is_two_way = yes_no("The young person answered; a failed call is no contact")
    is_visit = yes_no("A visit at the young person's accommodation")


class CareLeaverActivities(ChildTable):
    """Dated activities of care leavers"""

    activity = code("activity", "Main activity", required=True)
    started_on = day("From", required=True)
    ended_on = day("To")


class CareLeaverAccommodations(ChildTable):
    """Dated accommodation of care leavers"""

    accommodation = code("accommodation", "Accommodation, with 1 suitable or 2 unsuitable", required=True)
    started_on = day("From", required=True)
    ended_on = day("To")


class NeedsAssessments(ChildTable):
    """Leaving-care needs assessments"""

    completed_on = day("Completed on", required=True)


class PathwayPlans(ChildTable):
    """Dated pathway plans and their reviews"""

    kind = code("pathway_plan_event", "plan or review", required=True)
    completed_on = day("Plan completed or review held", required=True)


class ReturnsHome(ChildTable):
    """Returns home after 16: time with a parent, or a person with parental responsibility, after leaving care"""

    started_on = day("Moved in", required=True)
    ended_on = day("Arrangement ended")


class Entitlements(ChildTable):
    """Entitlements: money and relief granted to care leavers"""

    kind = code("entitlement", "What was granted", required=True)
    granted_on = day("Day it was granted, paid or applied", required=True)
    amount = number("Pounds; null where it is not money")
