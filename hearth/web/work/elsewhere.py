"""What is owed to others than children: to foster carers, by children's homes, by the authority as corporate parent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import F

from hearth.tables import catalogue
from hearth.tables.record import Record
from hearth.timescales.limits import Limits
from hearth.web.access.models import User
from hearth.web.access.policy import opened_to
from hearth.web.access.standing import standing
from hearth.web.children.frames import record_of
from hearth.web.children.models import Episode
from hearth.web.children.queries import own_authority
from hearth.web.config.today import today
from hearth.web.design import words
from hearth.web.work import frames
from hearth.web.work.models import OwedElsewhere, Reckoning

AUTHORITY = "authority"
SUBJECTS = ("foster_carer", "childrens_home", AUTHORITY)
CONCERNS = "carer_concerns"
"""What is said by and about carers: who may not know of it sees nothing that follows from it."""
FOLLOW_FROM_CONCERNS = frozenset({"foster-carer-complaint", "foster-annual-review.early"})
"""The duties, or their limits, by which a concern would be told."""
CONCERNS_PAGE = "carer_concerns"
TOLD: Mapping[str, tuple[str, str]] = {
    "foster-annual-review": ("Review of the approval", "last decision or approval"),
    "foster-annual-review.early": ("Early review of the approval", "serious complaint or allegation"),
    "foster-unannounced-visit": ("Unannounced visit", "approval"),
    "foster-unannounced-visit.later": ("Unannounced visit", "last unannounced visit"),
    "children-home-reg44": ("Independent person's visit", "last visit or registration"),
    "children-home-reg44.report": ("Report of the independent person's visit", "visit"),
    "children-home-reg45": ("Review of the quality of care", "last review or registration"),
    "children-home-reg45.report": ("Report of the quality of care review to the regulator", "review"),
    "corporate-parenting-report.officers_annual": ("Yearly report of the reviewing officers", "last report"),
    "corporate-parenting-report": ("Report to the corporate parenting board", "last report"),
    "local-offer.later": ("Local offer for care leavers reviewed and published again", "last published"),
}
"""What is owed under a limit, and what it is counted from, where the duty's own words do not tell two lines apart."""
BEGINS = ("people", "episodes")
"""Of the first child in care the authority's own duties are counted."""


@dataclass(frozen=True)
class Due:
    """Something due: what, when, and the colour of a tag where it is late."""

    what: str
    when: str
    colour: str


@cache
def tables_of(subject: str) -> frozenset[str]:
    """The tables about a kind of subject."""
    return frozenset(
        name for name in catalogue.TABLES if name not in catalogue.DERIVED and catalogue.subject(name) == subject
    )


def keep(touched: Collection[str], limits: Limits) -> None:
    """Works out again what is owed of each kind of subject whose tables were touched; in the caller's transaction."""
    for subject in SUBJECTS:
        if not tables_of(subject).isdisjoint(touched):
            hold()
            rows = frames.owed_elsewhere(record_for(subject), subject, today(), limits)
            OwedElsewhere.objects.filter(subject=subject).delete()
            OwedElsewhere.objects.bulk_create(OwedElsewhere(subject=subject, **row) for row in rows)


def hold() -> None:
    """Makes a second writer wait until the transaction of the first is over.

    What two of them have in common is the row of the last reckoning; the authority itself has no other.
    """
    Reckoning.objects.select_for_update().first()


def record_for(subject: str, *, with_concerns: bool = True) -> Record:
    """The record as far as the duties of a kind of subject read it."""
    tables = tables_of(subject) - (frozenset() if with_concerns else {CONCERNS})
    return record_of(_first_child(), {*tables, *BEGINS}) if subject == AUTHORITY else record_of(None, tables)


def _first_child() -> list[int]:
    """The key of the child whose care began first: since then the council is a corporate parent."""
    begun = Episode.objects.filter(child__authority=own_authority(), child__is_withdrawn=False)
    return [row.child_id for row in begun.order_by("started_on", "pk")[:1]]


def owed_elsewhere(subject: str, *, with_concerns: bool = True) -> list[OwedElsewhere]:
    """What is open today for a kind of subject, the soonest first; of authorities, what our own owes alone."""
    found = _open(subject)
    if not with_concerns:
        found = [row for row in found if not FOLLOW_FROM_CONCERNS & {row.duty, row.limit}]
    ours = own_authority() if subject == AUTHORITY else ""
    return [row for row in found if row.subject_id == ours] if subject == AUTHORITY else found


def may_see_concerns(user: User) -> bool:
    """Whether complaints and allegations, and what follows from them, are the person's business."""
    return CONCERNS_PAGE in opened_to(standing(user).roles)


def _open(subject: str) -> list[OwedElsewhere]:
    """What is open today for a kind of subject, the soonest first; what has no day last."""
    found = OwedElsewhere.objects.open_on(today()).filter(subject=subject)
    return list(found.order_by(F("due_on").asc(nulls_last=True), "subject_id", "pk"))


def title(row: OwedElsewhere) -> str:
    """What is owed, in words."""
    return TOLD[row.limit][0] if row.limit in TOLD else row.words.title


def counted_from(row: OwedElsewhere) -> str:
    """What its day is counted from, in words; "" where the duty's own words say it."""
    return TOLD[row.limit][1] if row.limit in TOLD else ""


def told(rows: Sequence[OwedElsewhere]) -> list[Due]:
    """The rows in words."""
    day = today()
    return [
        Due(title(row), words.due(row.due_on, day), "red" if row.status_on(day) == "overdue" else "") for row in rows
    ]
