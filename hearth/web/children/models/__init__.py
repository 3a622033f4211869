"""The child, the people around the child and the care: one model for each table, and what only the web keeps."""

from hearth.web.children.models.before import EarlierPlan, PreProceedings, PreviousPermanence, Proceedings, Referral
from hearth.web.children.models.care import DeprivationOfLiberty, Episode, LegalStatus
from hearth.web.children.models.general import Arrangement, CaseAction, Complaint, Request
from hearth.web.children.models.people import Child, Disability, ImmigrationStatus, Unaccompanied
from hearth.web.children.models.permanence import Adoption, CarePlan, LongTermMatch, PermanencePlan
from hearth.web.children.models.working import Allocation, Review, ReviewingOfficerContact, Visit

__all__ = [
    "Adoption",
    "Allocation",
    "Arrangement",
    "CarePlan",
    "CaseAction",
    "Child",
    "Complaint",
    "DeprivationOfLiberty",
    "Disability",
    "EarlierPlan",
    "Episode",
    "ImmigrationStatus",
    "LegalStatus",
    "LongTermMatch",
    "PermanencePlan",
    "PreProceedings",
    "PreviousPermanence",
    "Proceedings",
    "Referral",
    "Request",
    "Review",
    "ReviewingOfficerContact",
    "Unaccompanied",
    "Visit",
]
