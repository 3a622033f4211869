"""What makes a row of one source the same row in another: each table's natural key, and the days the row speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Key:
    """The columns that, beside whom the row is about, tell it from the others; and the days it speaks of.

    ``since`` and ``until`` are null where a row speaks of no day. ``is_one`` says that there can be one row only.
    A row with the same ``span`` column inside the days of another says nothing that the other does not say.
    """

    columns: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    is_one: bool = False
    span: str | None = None


def _on(day: str, *others: str) -> Key:
    """What happened on a day."""
    return Key((day, *others), since=day)


def _from(*others: str, started: str = "started_on", ended: str = "ended_on", span: str | None = None) -> Key:
    """What held from a day to another: the end may come to be known later, so it is no part of the key."""
    return Key((started, *others), since=started, until=ended, span=span)


KEYS: Mapping[str, Key] = MappingProxyType(
    {
        "people": Key(is_one=True),
        "disabilities": Key(("disability",)),
        "immigration_statuses": _from("status"),
        "unaccompanied": Key((), since="started_on", until="ended_on"),
        "special_needs": Key(("need", "rank")),
        "ehc_requests": _on("requested_on", "request_id"),
        "ehc_plans": _from(),
        "previous_permanence": Key(("option",)),
        "episodes": _from(),
        "legal_statuses": _from(span="status"),
        "deprivations_of_liberty": _from(),
        "allocations": _from("worker_id", "role"),
        "reviews": _on("held_on"),
        "review_decisions": _on("reviewed_on", "decision"),
        "reviewing_officer_contacts": _on("contacted_on"),
        "visits": _on("visited_on"),
        "care_plans": _from(),
        "permanence_plans": _from("option", started="recorded_on"),
        "long_term_matches": _on("matched_on"),
        "pre_proceedings": _from(started="decided_on"),
        "proceedings": _from("case_id", started="issued_on", ended="concluded_on"),
        "adoptions": _on("decided_on"),
        "referrals": _from("referral_id", started="referred_on"),
        "earlier_plans": _from("kind"),
        "health_assessments": _on("assessed_on"),
        "dental_checks": _on("checked_on"),
        "immunisations": _on("found_on"),
        "sdq_scores": _on("completed_on"),
        "substance_misuse": _on("found_on", "substance"),
        "convictions": _on("convicted_on", "offence"),
        "annual_outcomes": _on("year_ended_on"),
        "missing_episodes": _from(),
        "risk_assessments": _on("assessed_on", "kind"),
        "care_leaver_birthdays": _on("year_ended_on"),
        "care_leaver_statuses": Key(),
        "care_leaver_contacts": _on("contacted_on"),
        "care_leaver_activities": _from(),
        "care_leaver_accommodations": _from(),
        "needs_assessments": _on("completed_on"),
        "pathway_plans": _on("completed_on", "kind"),
        "returns_home": _from(),
        "entitlements": _on("granted_on", "kind"),
        "education_plans": _on("started_on"),
        "schools_attended": _from("school"),
        "school_attendance": _from("ended_on"),
        "unauthorised_absences": _from(),
        "suspensions": _from("kind"),
        "complaints": _on("received_on", "complaint_id"),
        "advocacy_offers": _on("offered_on", "occasion"),
        "independent_visitors": _on("considered_on"),
        "approvals": _on("approved_on", "kind"),
        "panels": _on("met_on", "kind"),
        "notifications": _on("sent_on", "recipient", "answers_on"),
        "hearings": _on("heard_on", "kind", "case_id"),
        "case_actions": _on("done_on", "kind", "answers_on"),
        "requests": _on("raised_on", "kind"),
        "arrangements": _from("kind"),
        "lateness_reasons": _on("due_on", "duty"),
        "foster_carers": _from("kind", started="approved_on"),
        "carer_reviews": _on("reviewed_on"),
        "carer_visits": _on("visited_on"),
        "carer_training": _on("completed_on"),
        "carer_concerns": _on("received_on", "kind"),
        "childrens_homes": _from(started="registered_on", ended="closed_on"),
        "home_visits": _on("visited_on"),
        "home_reviews": _on("reviewed_on"),
        "board_reports": _on("reported_on", "kind"),
        "local_offers": _on("published_on"),
    }
)
