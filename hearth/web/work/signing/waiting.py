"""Which plans and assessments wait for a manager, and which a manager sent back to whoever wrote them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from hearth.tables.codes import label, members
from hearth.web.access.models import User
from hearth.web.children.models import CarePlan, CaseAction, Child, LatenessReason, PermanencePlan
from hearth.web.children.queries import pages_open
from hearth.web.children.reach import among
from hearth.web.children.reading.rows import capital, row_in_words
from hearth.web.children.records import ChildRecord
from hearth.web.children.sheets import addresses
from hearth.web.config.questions import kept
from hearth.web.design.words import day
from hearth.web.leaving_care.models import NeedsAssessment, PathwayPlan
from hearth.web.safety.models import RiskAssessment
from hearth.web.work.models import Awaited, SignOff

(PLACEMENT_PLAN,) = members("case_action", "placement_plan")
NEEDED: Mapping[type[ChildRecord], Q] = MappingProxyType(
    {
        CarePlan: Q(ended_on=None),
        PermanencePlan: Q(ended_on=None),
        CaseAction: Q(kind=PLACEMENT_PLAN),
        NeedsAssessment: Q(),
        PathwayPlan: Q(),
        RiskAssessment: Q(),
        LatenessReason: Q(),
    }
)
"""What needs a manager's agreement, with the rows that do; what a load brought was agreed where it came from."""
TABLES: Mapping[str, type[ChildRecord]] = MappingProxyType({model.table: model for model in NEEDED})
READ = frozenset({*TABLES, SignOff._meta.label_lower})
"""The tables from which it follows what waits, as a write names them."""


@dataclass(frozen=True)
class Waiting:
    """A row that waits for a manager: what it is, by whom, since when, and whether it was sent back before."""

    child: Child
    row: ChildRecord
    what: str
    by: User | None
    at: datetime
    is_again: bool

    @property
    def table(self) -> str:
        """The name of its table, for the address."""
        return self.row.table.replace("_", "-")


@dataclass(frozen=True)
class SentBack:
    """A row that a manager sent back: with the reason, and where it is corrected ("" where the reader may not)."""

    child: Child
    what: str
    reason: str
    by: User | None
    correct_url: str


def answered(row: ChildRecord) -> QuerySet[SignOff]:
    """The answers to the version of a row as it stands."""
    return SignOff.objects.filter(of_id=row.pk, of_table=row.table, of_revision=row.revision)


def keep(children: Collection[int], tables: Collection[str]) -> None:
    """Keeps in step what waits about the children, where a table was touched that it follows from."""
    if children and not READ.isdisjoint(tables):
        Awaited.objects.filter(child__in=children).delete()
        Awaited.objects.bulk_create(_unanswered(Q(child__in=children)))


def rebuild() -> None:
    """Works out what waits about every child; inside the caller's transaction."""
    Awaited.objects.all().delete()
    Awaited.objects.bulk_create(_unanswered(Q()))


def _unanswered(whose: Q) -> Iterator[Awaited]:
    """The rows whose version as it stands was recorded here and has no answer."""
    for model, which in NEEDED.items():
        answers = SignOff.objects.filter(of_table=model.table, of_id=OuterRef("pk"))
        rows = model.objects.filter(whose, which, ~Exists(answers.filter(of_revision=OuterRef("revision"))))
        recorded = rows.filter(batch=None).exclude(recorded_by=None).annotate(is_again=Exists(answers))
        for key, child, at, is_again in recorded.values_list("pk", "child_id", "recorded_at", "is_again"):
            yield Awaited(child_id=child, of_table=model.table, of_id=key, recorded_at=at, is_again=is_again)


def awaited(children: Collection[int]) -> QuerySet[Awaited]:
    """What waits for an answer about these children, the longest first."""
    return Awaited.objects.filter(child__in=among(children)).order_by("recorded_at", "pk")


def told(found: Sequence[Awaited]) -> list[Waiting]:
    """What waits, in words, in the order given."""
    keys: defaultdict[str, list[int]] = defaultdict(list)
    for one in found:
        keys[one.of_table].append(one.of_id)
    rows = {
        (table, row.pk): row
        for table, some in keys.items()
        for row in TABLES[table].objects.filter(pk__in=some).select_related("child", "recorded_by")
    }
    pairs = ((one, rows.get((one.of_table, one.of_id))) for one in found)
    return [
        Waiting(row.child, row, said(row), row.recorded_by, one.recorded_at, one.is_again)
        for one, row in pairs
        if row is not None
    ]


def said(row: ChildRecord) -> str:
    """The row in a few words: "Care plan of 3 March 2026"."""
    if isinstance(row, CaseAction):
        return f"{label('case_action', row.kind)}, {day(row.done_on)}"
    return capital(row_in_words(row))


def sent_back(user: User, seen: Mapping[int, Child]) -> Sequence[SentBack]:
    """What the person wrote and a manager sent back, as it stands uncorrected."""
    found = []
    for answer in _sent_back(list(seen)):
        row = (
            TABLES[answer.of_table]
            .objects.filter(pk=answer.of_id, revision=answer.of_revision, recorded_by=user)
            .first()
        )
        if row is not None:
            found.append(SentBack(seen[row.child_id], said(row), answer.reason, answer.recorded_by, _fix(user, row)))
    return found


@kept
def _sent_back(children: list[int]) -> QuerySet[SignOff]:
    newest = SignOff.objects.filter(answer=SignOff.SENT_BACK, child__in=children)
    return newest.select_related("recorded_by").order_by("-pk")


def _fix(user: User, row: ChildRecord) -> str:
    kinds = [kind.page for kind in addresses.known() if kind.model is type(row) and not kind.is_of_child]
    opened = pages_open(user, row.child, kinds)
    page = next((name for name in kinds if name in opened), "")
    return reverse(page, args=[row.child_id, row.pk]) if page else ""
