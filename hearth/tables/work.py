"""The work done with the child: workers, reviews, visits, plans."""

from __future__ import annotations

from hearth.tables.columns import code, day, text, yes_no
from hearth.tables.table import ChildTable


class Allocations(ChildTable):
    """Allocated workers: with dates and role"""

    worker_id = text("Identifier of the worker", required=True)
    role = code("worker_role", "Role: social_worker, personal_adviser, reviewing_officer, other, unknown")
    registration = text("Social Work England number; null for a worker without one")
    team = text("Team")
    started_on = day("From", required=True)
    ended_on = day("To")
    reason_changed = code("social_worker_change_reason", "Why the worker changed")


class Reviews(ChildTable):
    """Looked-after reviews: reviews of the child's case"""

    held_on = day("Day the review was held; null when it was only planned or cancelled")
    due_on = day("Due date as the source gives it: shown, not trusted")
    participation = code("participation", "How the child took part")
    is_cancelled = yes_no("Cancelled")


class ReviewDecisions(ChildTable):
    """Decisions of reviews: what each decided, who is to do it by when, and what came of it"""

    reviewed_on = day("Day of the review that decided it", required=True)
    decision = text("What was decided", required=True)
    owner = text("Who will do it")
    due_on = day("By when; null: by the next review")
    done_on = day("Done on")
    is_dropped = yes_no("No longer needed")
    outcome = text("What came of it")


class ReviewingOfficerContacts(ChildTable):
    """Contacts of the reviewing officer with the child"""

    contacted_on = day("Day of the contact", required=True)
    is_refused = yes_no("The child did not want to speak with the officer: kept as itself, and enough")
    reason_not_spoken = text("Why the officer judged it not right to speak with the child, such as the child's age")


class Visits(ChildTable):
    """Statutory visits: to the child, by the authority's representative"""

    visited_on = day("Day of the visit", required=True)
    is_seen = yes_no("The child was seen; a visit at which the child was not seen is no visit")
    is_seen_alone = yes_no("The child was seen alone")
    reason_not_alone = text("Why the child was not seen alone")


class CarePlans(ChildTable):
    """Care plans: one row a version"""

    started_on = day("Plan, or this version of it, in force from", required=True)
    ended_on = day("In force to")


class PermanencePlans(ChildTable):
    """Permanence plans: one row for each aim of a plan"""

    recorded_on = day("Recorded on", required=True)
    ended_on = day("In force to")
    option = code("permanence_option", "Aim", required=True)


class LongTermMatches(ChildTable):
    """Long-term matches: formal matches with long-term carers"""

    matched_on = day("Match agreed on", required=True)


class PreProceedings(ChildTable):
    """Pre-proceedings work: before care proceedings"""

    decided_on = day("Decision to enter pre-proceedings")
    letter_on = day("Letter before proceedings sent")
    met_on = day("First meeting")
    ended_on = day("Agreed to step down or to issue")
    outcome = text("Outcome")
    issued_letter_on = day("Letter of intention to issue sent")


class Proceedings(ChildTable):
    """Court dates of care proceedings: application and final order"""

    case_id = text("Case: siblings in one application share it")
    issued_on = day("Application issued", required=True)
    concluded_on = day("Final order made")
    outcome = text("care_order, placement_order, special_guardianship, child_arrangements, supervision, none")


class Adoptions(ChildTable):
    """Adoption dates: one row for each decision that the child should be placed"""

    decided_on = day("Agency decision that the child should be placed for adoption")
    placement_order_on = day("Placement order made")
    matched_on = day("Matched with adopters")
    placed_on = day("Placed with adopters")
    fostered_by_adopters_on = day("First placed as a foster child with the carers who adopt")
    ordered_on = day("Adoption order made")
    reversed_on = day("Decision reversed")
    reason_reversed = code("adoption_decision_reversed", "Why it was reversed")
    is_by_foster_carer = yes_no("Adopted by the former foster carer")
    number_of_adopters = text("1 or 2")
    sex_of_adopters = code("adopter_sex", "Sex of the adopter or couple")
    legal_status_of_adopters = code("adopter_legal_status", "Legal standing of the adopters")
    order_kind = text("adoption, special_guardianship or child_arrangements")


class Referrals(ChildTable):
    """Referrals and episodes of need"""

    referral_id = text("Identifier of the referral")
    referred_on = day("Referred on", required=True)
    ended_on = day("Closed on")
    reason_ended = text("Why closed")


class EarlierPlans(ChildTable):
    """Child in need, child protection and family support plans: with dates"""

    kind = code("earlier_plan", "child_in_need, child_protection or family_support", required=True)
    started_on = day("From", required=True)
    ended_on = day("To")
