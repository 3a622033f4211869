"""Leaving care: birthdays, contact, activity, accommodation, needs, pathway plans, entitlements."""

from __future__ import annotations

from typing import ClassVar

from hearth.web.children.fields import code, day, number, text, words, yes_no
from hearth.web.children.records import ChildRecord
from hearth.web.children.truths import in_order, known


class CareLeaverBirthday(ChildRecord):
    """Where a young person was around a birthday from the 17th to the 21st (903 OC3)."""

    table: ClassVar[str] = "care_leaver_birthdays"
    year_ended_on = day("31 March of the return's year", required=True)
    in_touch = code("in_touch", "whether the authority is in touch")
    activity = code("activity", "main activity")
    accommodation = code("accommodation")


class CareLeaverStatus(ChildRecord):
    """What a source's snapshot said of a young person on the day it was taken."""

    table: ClassVar[str] = "care_leaver_statuses"
    eligibility = code("eligibility", "entitlement as the source gives it")
    in_touch = code("in_touch", "whether the authority is in touch")
    latest_contact_on = day("last contact by the personal adviser")
    accommodation_kind = text("accommodation, letter of the national code")
    is_suitable = yes_no("accommodation suitable")
    activity = code("activity", "main activity")
    pathway_plan_on = day("pathway plan begun or last reviewed")
    adviser = text("personal adviser")
    team = text()
    worker_id = text("worker")

    class Meta:
        verbose_name_plural = "care leaver statuses"


class CareLeaverContact(ChildRecord):
    """A contact with a young person who has left care."""

    table: ClassVar[str] = "care_leaver_contacts"
    contacted_on = day("day of the contact", required=True)
    is_two_way = yes_no("the young person answered")
    is_visit = yes_no("a visit at the young person's accommodation")

    summary = words("how the young person is, in their words where possible")


class CareLeaverActivity(ChildRecord):
    """What a young person does, from when to when."""

    table: ClassVar[str] = "care_leaver_activities"
    activity = code("activity", "main activity", required=True)
    started_on = day("from", required=True)
    ended_on = day("to")

    class Meta:
        verbose_name_plural = "care leaver activities"
        constraints = (in_order("started_on", "ended_on"),)


class CareLeaverAccommodation(ChildRecord):
    """Where a young person lives, from when to when, and whether it is suitable."""

    table: ClassVar[str] = "care_leaver_accommodations"
    accommodation = code("accommodation", required=True)
    started_on = day("from", required=True)
    ended_on = day("to")

    address = text("address")

    class Meta:
        constraints = (in_order("started_on", "ended_on"),)


class NeedsAssessment(ChildRecord):
    """An assessment of needs for leaving care."""

    table: ClassVar[str] = "needs_assessments"
    completed_on = day("completed on", required=True)
    findings = words("what was found, written to the young person")


class PathwayPlan(ChildRecord):
    """A pathway plan, or a review of it."""

    table: ClassVar[str] = "pathway_plans"
    kind = code("pathway_plan_event", "plan or review", required=True)
    completed_on = day("plan completed or review held", required=True)

    young_persons_views = words("what the young person said")
    plan = words("what was agreed, who will do it, by when")

    class Meta:
        constraints = (known("kind", "pathway_plan_event"),)


class ReturnHome(ChildRecord):
    """Time with a parent, or a person with parental responsibility, after leaving care at 16 or later."""

    table: ClassVar[str] = "returns_home"
    started_on = day("moved in", required=True)
    ended_on = day("arrangement ended")

    class Meta:
        verbose_name = "return home"
        verbose_name_plural = "returns home"
        constraints = (in_order("started_on", "ended_on"),)


class Entitlement(ChildRecord):
    """Money or relief granted to a care leaver."""

    table: ClassVar[str] = "entitlements"
    kind = code("entitlement", "what was granted", required=True)
    granted_on = day("day it was granted, paid or applied", required=True)
    amount = number("pounds")
