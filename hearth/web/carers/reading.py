"""The pages of a household, a home and the council: which records they show, and each row in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.urls import reverse

from hearth.tables import catalogue
from hearth.web.access.models import User
from hearth.web.access.policy import opened_to
from hearth.web.access.standing import standing
from hearth.web.carers.lines import COUNCIL_PAGE
from hearth.web.carers.subjects import CARER, COUNCIL, HOME, Elsewhere, Home, Household
from hearth.web.children.models import (
    AttachmentElsewhere,
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
from hearth.web.children.reading.rows import Entry, began, changes_of, names_of_workers, worded
from hearth.web.children.records import Kept
from hearth.web.children.sheets.subjects import About
from hearth.web.work.elsewhere import CONCERNS_PAGE

ABOUT: Mapping[str, About] = {Household.page: CARER, CONCERNS_PAGE: CARER, Home.page: HOME, COUNCIL_PAGE: COUNCIL}
"""Whom a page is about."""
PAPERS = {f"paper_{page}": page for page in ABOUT}
"""The pages that give the papers kept with the rows of each."""


@dataclass(frozen=True)
class Section:
    """One kind of record on a page: ``day`` says when, ``code`` is its form's, ``is_span`` whether it lasts."""

    page: str
    name: str
    words: str
    model: type[Kept]
    day: str
    code: str
    is_span: bool = False

    @property
    def about(self) -> About:
        """Whom it is about."""
        return ABOUT[self.page]

    @property
    def record(self) -> str:
        """The form that adds and corrects its rows."""
        return f"record_{self.code}"


SECTIONS = (
    Section("carer", "approvals", "approvals", FosterCarer, "approved_on", "carer_approval", is_span=True),
    Section("carer", "reviews", "reviews of the approval", CarerReview, "reviewed_on", "carer_review"),
    Section("carer", "visits", "visits", CarerVisit, "visited_on", "carer_visit"),
    Section("carer", "training", "training completed", CarerTraining, "completed_on", "carer_training"),
    Section(CONCERNS_PAGE, "concerns", "complaints and allegations", CarerConcern, "received_on", "carer_concern"),
    Section(Home.page, "registrations", "registrations", ChildrensHome, "registered_on", "home_registration"),
    Section(Home.page, "visits", "visits of the independent person", HomeVisit, "visited_on", "home_visit"),
    Section(Home.page, "reviews", "reviews of the quality of care", HomeReview, "reviewed_on", "home_review"),
    Section(COUNCIL_PAGE, "reports", "reports to the board", BoardReport, "reported_on", "board_report"),
    Section(COUNCIL_PAGE, "offers", "local offers for care leavers", LocalOffer, "published_on", "local_offer"),
)
AT_FIRST = 10


@dataclass(frozen=True)
class Shown:
    """A section as it is read: its rows, the withdrawn ones, how many there are, and where another is recorded."""

    section: Section
    entries: Sequence[Entry]
    withdrawn: Sequence[Entry]
    total: int
    record_url: str

    @property
    def hidden(self) -> int:
        """How many are not shown."""
        return self.total - len(self.entries)


def sections_of(page: str) -> list[Section]:
    """The sections of a page."""
    return [section for section in SECTIONS if section.page == page]


def shown(user: User, subject: Elsewhere, page: str, whole: str = "") -> list[Shown]:
    """The sections of a page about one, the newest rows first; all rows of the section named by ``whole``."""
    return [
        _shown(user, subject, section, None if section.name == whole else AT_FIRST) for section in sections_of(page)
    ]


def _shown(user: User, subject: Elsewhere, section: Section, at_most: int | None) -> Shown:
    rows = rows_of(section, subject)
    standing_rows = [row for row in rows if not row.is_withdrawn]
    withdrawn = [row for row in rows if row.is_withdrawn]
    here = standing_rows[:at_most]
    made = entries(user, subject, section, [*here, *withdrawn])
    may_record = section.record in opened_to(standing(user).roles)
    return Shown(
        section,
        made[: len(here)],
        made[len(here) :],
        len(standing_rows),
        reverse(section.record, args=_key(subject, section)) if may_record else "",
    )


def rows_of(section: Section, subject: Elsewhere) -> list[Kept]:
    """Every row about one, withdrawn ones among them, newest first."""
    about = section.about.identity(subject)
    found = list(section.model.everything.filter(**about).select_related("recorded_by", "batch").order_by("-pk"))
    return sorted(found, key=lambda row: began(row, section.day) or row.recorded_at.date(), reverse=True)


def entries(user: User, subject: Elsewhere, section: Section, rows: Sequence[Kept]) -> list[Entry]:
    """The rows in words, with where each is corrected and where its versions are."""
    changed, names = changes_of(section.model, rows), names_of_workers(rows)
    papers = _papers(user, subject, section, rows)
    may_record = section.record in opened_to(standing(user).roles)
    return [
        replace(
            _worded(section, row, names),
            change=changed.get(row.pk),
            versions_url=reverse(section.page, args=[*_key(subject, section), section.name, row.pk]),
            correct_url=reverse(section.record, args=[*_key(subject, section), row.pk])
            if may_record and not row.is_withdrawn
            else "",
            papers=papers[row.pk],
        )
        for row in rows
    ]


def papers_of(page: str, subject: Elsewhere) -> QuerySet[AttachmentElsewhere]:
    """The papers kept with the rows about one that a page shows."""
    kept = AttachmentElsewhere.objects.filter(authority=subject.authority, identifier=subject.identifier)
    return kept.filter(of_table__in=[section.model.table for section in sections_of(page)])


def _papers(
    user: User, subject: Elsewhere, section: Section, rows: Sequence[Kept]
) -> Mapping[int | None, list[tuple[str, str]]]:
    """The papers of each of the rows that the person may open: what each is, and where it opens."""
    found: defaultdict[int | None, list[tuple[str, str]]] = defaultdict(list)
    page = f"paper_{section.page}"
    if page in opened_to(standing(user).roles):
        kept = papers_of(section.page, subject).filter(of_table=section.model.table, of_id__in=[row.pk for row in rows])
        for paper in kept.order_by("pk"):
            found[paper.of_id].append((paper.title, reverse(page, args=[*_key(subject, section), paper.pk])))
    return found


def _worded(section: Section, row: Kept, names: dict[str, str]) -> Entry:
    until = began(row, "ended_on") if section.is_span else None
    without = catalogue.identity(row.table)
    return worded(row, section.day, until, names, without, is_span=section.is_span)


def _key(subject: Elsewhere, section: Section) -> list[int]:
    return [subject.pk] if section.about.key else []
