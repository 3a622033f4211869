"""One reading of a child's record: by whom, of which child, as of which day, and what else the reader may open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.http import HttpRequest

from hearth.web.access.models import User
from hearth.web.access.signed_in import person
from hearth.web.children.models import Address, AdvocacyOffer, Child, FamilyMember, IndependentVisitor, Unaccompanied
from hearth.web.children.queries import child_for, pages_open
from hearth.web.children.reading.areas import PLACES, Area
from hearth.web.children.reading.filled import Models, filled
from hearth.web.children.records import ChildRecord
from hearth.web.children.sheets import addresses
from hearth.web.children.sheets.kinds import Kind
from hearth.web.config.today import today
from hearth.web.design.addresses import address
from hearth.web.design.fields import written_day
from hearth.web.design.navigation import Link
from hearth.web.education.models import SchoolAttended
from hearth.web.safety.models import MissingEpisode, RiskAssessment

BESIDE = (
    "restriction", "child_print", "child_photo", "photo_changed", "record", "confidential_address",
    "child_extracts", "extract_begun", "extract_chosen", "extract_locked", "extract_printed", "extract_file",
)  # fmt: skip
"""Pages about a child that are not places of the record."""


AT_A_GLANCE: Sequence[type[ChildRecord]] = (
    Address, AdvocacyOffer, FamilyMember, IndependentVisitor, MissingEpisode, RiskAssessment, SchoolAttended,
    Unaccompanied,
)  # fmt: skip
"""The kinds of record told of in the bar of every page and on the first."""


@dataclass(frozen=True)
class Look:
    """A reading. ``day`` is today unless another was asked for by ``?as_of=``; ``problem`` says why that was no day."""

    child: Child
    user: User
    day: date
    problem: str = ""
    path: str = field(default="", repr=False)

    @property
    def is_past(self) -> bool:
        """Whether the record is shown as it stood on a day gone by."""
        return self.day < today()

    @property
    def query(self) -> str:
        """What keeps the day in the links between pages."""
        return f"?as_of={self.day.isoformat()}" if self.is_past else ""

    @cached_property
    def opens(self) -> frozenset[str]:
        """The pages about the child that the reader may open: of those that this app links to."""
        kinds = (kind.page for kind in addresses.known())
        return pages_open(self.user, self.child, {*PLACES, *BESIDE, *kinds})

    @cached_property
    def filled(self) -> Models:
        """The kinds of record of which the child has any."""
        return filled(self.child)

    @cached_property
    def at_a_glance(self) -> Models:
        """The same of the few kinds that every page about the child tells of: fewer tables are asked."""
        return filled(self.child, AT_A_GLANCE)

    @property
    def places(self) -> list[Link]:
        """The child's pages that the reader may open."""
        found = [(words, address(page, self.child.pk)) for page, words in PLACES.items() if page in self.opens]
        return [Link(words, url, is_section=url.count("/") > 2) for words, url in found]

    def kinds_of(self, model: type[ChildRecord]) -> list[Kind]:
        """What the reader may record of a model's rows for the child."""
        return [kind for kind in addresses.known() if kind.model is model and kind.page in self.opens]

    def may_open(self, area: Area) -> bool:
        """Whether the reader may open the area of the child's record."""
        return area.page in self.opens


def look(request: HttpRequest, child_pk: int) -> Look:
    """The reading that a request asks for, noted in the log; refused as ``child_for`` refuses."""
    return look_at(request, child_for(request, child_pk))


def look_at(request: HttpRequest, child: Child) -> Look:
    """The reading of a child whose page was opened already."""
    day, problem = _asked(request.GET.get("as_of", ""))
    return Look(child, person(request), day, problem, request.path)


def _asked(given: str) -> tuple[date, str]:
    now = today()
    if not given:
        return now, ""
    asked = written_day(given)
    if asked is None:
        return now, f"“{given[:40]}” is not a day: write it as 31 March 2025. The record is shown as it is today."
    if asked > now:
        return now, "That day has not come yet: the record is shown as it is today."
    return asked, ""
