"""The pages of a child's record and which records each shows: declared here, drawn by the same views."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.apps import apps

from hearth.web.children import mirror
from hearth.web.children.records import ChildRecord


@dataclass(frozen=True)
class Section:
    """Records of one kind on a page.

    ``table`` is that of ``hearth.tables``, or "app.Model" for what only the web keeps; ``words`` name many of them, in
    small letters; ``day`` is the column they are ordered by (None: the first day there is; "": none); ``is_turn`` marks
    what changes a child's course, which the chronology can show alone.
    """

    table: str
    words: str
    day: str | None = None
    is_turn: bool = False

    @property
    def name(self) -> str:
        """The part of an address."""
        return self.words.replace(" ", "-").replace(",", "").replace("'", "")

    @property
    def model(self) -> type[ChildRecord]:
        """The model of the rows."""
        found = apps.get_model(self.table) if "." in self.table else mirror.models()[self.table]
        if not issubclass(found, ChildRecord):
            raise TypeError(f"{self.table} is not about a child")
        return found


@dataclass(frozen=True)
class Area:
    """A page of the record: the name of its address, its path, its words, the sections it shows."""

    page: str
    path: str
    words: str
    sections: Sequence[Section] = ()
    says: str = ""

    def section(self, name: str) -> Section | None:
        """The section of an address."""
        return next((section for section in self.sections if section.name == name), None)


CARE = Area(
    "child_care",
    "care",
    "Care",
    (
        Section("episodes", "episodes of care", is_turn=True),
        Section("legal_statuses", "legal statuses", is_turn=True),
        Section("allocations", "workers", is_turn=True),
        Section("arrangements", "arrangements"),
        Section("approvals", "approvals"),
        Section("panels", "panels"),
        Section("notifications", "notifications"),
        Section("deprivations_of_liberty", "deprivations of liberty", is_turn=True),
        Section("unaccompanied", "times as an unaccompanied child", is_turn=True),
        Section("immigration_statuses", "immigration statuses"),
        Section("referrals", "referrals"),
        Section("earlier_plans", "plans before care"),
        Section("pre_proceedings", "pre-proceedings", is_turn=True),
        Section("proceedings", "care proceedings", is_turn=True),
        Section("hearings", "hearings"),
        Section("previous_permanence", "earlier permanence"),
    ),
    "Where the child lives, in whose care and under which order; who works with the child; what came before.",
)
PLANS = Area(
    "child_plans",
    "plans",
    "Plans and reviews",
    (
        Section("reviews", "reviews", is_turn=True),
        Section("review_decisions", "decisions of reviews"),
        Section("children.ReviewAttendance", "who took part in reviews", day=""),
        Section("care_plans", "care plans"),
        Section("permanence_plans", "plans for permanence", is_turn=True),
        Section("long_term_matches", "long-term matches", is_turn=True),
        Section("adoptions", "adoption", is_turn=True),
        Section("reviewing_officer_contacts", "contacts of the reviewing officer"),
        Section("advocacy_offers", "advocacy"),
        Section("independent_visitors", "independent visitors"),
        Section("case_actions", "decisions, checks and offers"),
        Section("requests", "requests"),
        Section("complaints", "complaints", is_turn=True),
        Section("lateness_reasons", "reasons for lateness"),
        Section("work.SignOff", "managers' sign-offs"),
    ),
    "What is planned with and for the child, what reviews decided, and whether it was done.",
)
VISITS = Area("child_visits", "visits", "Visits", (Section("visits", "visits"),), "When the child was seen, and alone.")
HEALTH = Area(
    "child_health",
    "health",
    "Health",
    (
        Section("health_assessments", "health assessments"),
        Section("dental_checks", "dental checks"),
        Section("immunisations", "immunisations"),
        Section("sdq_scores", "strengths and difficulties scores"),
        Section("substance_misuse", "substance misuse", is_turn=True),
        Section("disabilities", "disabilities", day=""),
        Section("annual_outcomes", "yearly answers"),
    ),
    "Assessments and checks. Refusals are kept as the child's own answer.",
)
EDUCATION = Area(
    "child_education",
    "education",
    "Education",
    (
        Section("education_plans", "personal education plans"),
        Section("schools_attended", "schools", is_turn=True),
        Section("school_attendance", "attendance"),
        Section("unauthorised_absences", "unauthorised absences"),
        Section("suspensions", "suspensions and exclusions", is_turn=True),
        Section("special_needs", "special educational needs"),
        Section("ehc_plans", "education, health and care plans", is_turn=True),
        Section("ehc_requests", "requests for an education, health and care plan"),
    ),
    "School, the personal education plan, and what helps the child learn.",
)
LEAVING_CARE = Area(
    "child_leaving_care",
    "leaving-care",
    "Leaving care",
    (
        Section("pathway_plans", "pathway plans", is_turn=True),
        Section("needs_assessments", "needs assessments"),
        Section("care_leaver_contacts", "contacts"),
        Section("care_leaver_activities", "education, work and training", is_turn=True),
        Section("care_leaver_accommodations", "homes", is_turn=True),
        Section("entitlements", "entitlements"),
        Section("returns_home", "returns home", is_turn=True),
        Section("care_leaver_birthdays", "around each birthday"),
        Section("care_leaver_statuses", "status in files that were loaded"),
    ),
    "The pathway plan, contact, home, and what the young person does.",
)
SAFETY = Area(
    "child_safety",
    "safety",
    "Safety",
    (
        Section("missing_episodes", "missing episodes", is_turn=True),
        Section("risk_assessments", "risk assessments", is_turn=True),
        Section("safety.Allegation", "allegations", is_turn=True),
        Section("convictions", "convictions", is_turn=True),
    ),
    "When the child was missing or at risk, and what was done.",
)
NETWORK = Area(
    "child_network",
    "network",
    "Network",
    (
        Section("children.FamilyMember", "people around the child", day=""),
        Section("children.FamilyBond", "how they belong together", day=""),
        Section("children.FamilyTime", "family time", day="happened_on"),
        Section("children.Address", "addresses"),
    ),
    "The people who matter to the child, and the time they have together.",
)
AREAS: Sequence[Area] = (CARE, PLANS, VISITS, HEALTH, EDUCATION, LEAVING_CARE, SAFETY, NETWORK)
PLACES: Mapping[str, str] = MappingProxyType({
    "child": "Overview",
    "child_journey": "Journey",
    "child_chronology": "Chronology",
    **{area.page: area.words for area in AREAS},
    "who_has_looked": "Who has looked",
})  # fmt: skip
"""The pages of a child in the order of the links between them: the name of the address, the words."""
