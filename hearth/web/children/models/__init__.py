"""The child, the people around the child and the care: one model for each table, and what only the web keeps."""

from hearth.web.children.models.before import EarlierPlan, PreProceedings, PreviousPermanence, Proceedings, Referral
from hearth.web.children.models.care import DeprivationOfLiberty, Episode, LegalStatus
from hearth.web.children.models.carers import (
    BoardReport,
    CarerConcern,
    CarerReview,
    CarerTraining,
    CarerVisit,
    ChildrensHome,
    FosterCarer,
    HomeReview,
    HomeVisit,
    LocalOffer,
)
from hearth.web.children.models.carried import Carried
from hearth.web.children.models.decisions import Approval, Hearing, LatenessReason, Notification, Panel
from hearth.web.children.models.drafts import Draft
from hearth.web.children.models.extracts import Extract, ExtractEntry, ExtractFile
from hearth.web.children.models.family import Address, FamilyBond, FamilyMember, FamilyTime
from hearth.web.children.models.general import Arrangement, CaseAction, Complaint, Request
from hearth.web.children.models.papers import Attachment, AttachmentElsewhere
from hearth.web.children.models.people import Child, Disability, ImmigrationStatus, Unaccompanied
from hearth.web.children.models.permanence import Adoption, CarePlan, LongTermMatch, PermanencePlan
from hearth.web.children.models.reviewing import ReviewAttendance, ReviewDecision
from hearth.web.children.models.voice import AdvocacyOffer, IndependentVisitor
from hearth.web.children.models.working import Allocation, Review, ReviewingOfficerContact, Visit

__all__ = [
    "Address",
    "Adoption",
    "AdvocacyOffer",
    "Allocation",
    "Approval",
    "Arrangement",
    "Attachment",
    "AttachmentElsewhere",
    "BoardReport",
    "CarePlan",
    "CarerConcern",
    "CarerReview",
    "CarerTraining",
    "CarerVisit",
    "Carried",
    "CaseAction",
    "Child",
    "ChildrensHome",
    "Complaint",
    "DeprivationOfLiberty",
    "Disability",
    "Draft",
    "EarlierPlan",
    "Episode",
    "Extract",
    "ExtractEntry",
    "ExtractFile",
    "FamilyBond",
    "FamilyMember",
    "FamilyTime",
    "FosterCarer",
    "Hearing",
    "HomeReview",
    "HomeVisit",
    "ImmigrationStatus",
    "IndependentVisitor",
    "LatenessReason",
    "LegalStatus",
    "LocalOffer",
    "LongTermMatch",
    "Notification",
    "Panel",
    "PermanencePlan",
    "PreProceedings",
    "PreviousPermanence",
    "Proceedings",
    "Referral",
    "Request",
    "Review",
    "ReviewAttendance",
    "ReviewDecision",
    "ReviewingOfficerContact",
    "Unaccompanied",
    "Visit",
]
