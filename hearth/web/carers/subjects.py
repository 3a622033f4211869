"""A fostering household, a children's home, the council: known by identifier, found by the key of a row about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest

from hearth.tables import codes
from hearth.web.access import audit
from hearth.web.access.models import User
from hearth.web.access.policy import Reach, pages, reaches
from hearth.web.access.signed_in import person
from hearth.web.access.standing import standing
from hearth.web.children.models import ChildrensHome, FosterCarer
from hearth.web.children.queries import own_authority
from hearth.web.children.records import Kept
from hearth.web.children.sheets.subjects import About
from hearth.web.config.today import today
from hearth.web.design.addresses import address
from hearth.web.work import elsewhere

E = TypeVar("E", bound="Elsewhere")


@dataclass(frozen=True)
class Elsewhere:
    """One to whom, or by whom, something is owed that is no child.

    ``pk`` is the key of the first row about it (an approval, a registration), which its addresses hold; ``rows`` are
    those that stand, the latest first.
    """

    sort: ClassVar[str]
    """Whom the tables and duties mean by it: foster_carer, childrens_home, authority."""
    page: ClassVar[str]
    end: ClassVar[str] = ""
    """The column of a row that says when it ended."""
    pk: int
    authority: str
    identifier: str
    rows: Sequence[Any] = field(default=(), compare=False, repr=False)

    @property
    def holding(self) -> list[Any]:
        """The approvals or registrations of it that have not ended, the latest first."""
        return [row for row in self.rows if (ended := getattr(row, self.end)) is None or ended > today()]

    @property
    def is_over(self) -> bool:
        """Whether no approval or registration of it holds today."""
        return not self.holding

    @property
    def is_on_record(self) -> bool:
        """Whether an approval or a registration of it stands."""
        return bool(self.rows)

    @property
    def what(self) -> str:
        """What it is, in words."""
        return ""

    @property
    def team(self) -> str:
        """The team that supports it; "" where it has none."""
        return next((getattr(row, "team", None) or "" for row in self.rows), "")

    @property
    def supervisor(self) -> str:
        """The worker who supervises it today; "" where nobody does."""
        return ""

    @property
    def url(self) -> str:
        """Its page; "" where it is not on the record."""
        return address(self.page, self.pk) if self.is_on_record else ""

    @property
    def whose(self) -> tuple[str, ...]:
        """As the log says it."""
        return self.sort, *dict.fromkeys((self.authority, self.identifier))


class Household(Elsewhere):
    """A fostering household, with its approvals."""

    sort = "foster_carer"
    page = "carer"
    end = "ended_on"

    def __str__(self) -> str:
        named = next((row.names for row in self.rows if row.names), None)
        return named or f"Household {self.identifier}"

    @property
    def what(self) -> str:
        """As what it is approved."""
        kind = next((row.kind for row in self.rows if row.kind), None)
        return codes.label("foster_carer_kind", kind) if kind else "Foster carer"

    @property
    def supervisor(self) -> str:
        """As the latest approval that holds says it: nobody supervises by one that ended."""
        return next((row.worker_id or "" for row in self.holding), "")


class Home(Elsewhere):
    """A children's home, with its registrations."""

    sort = "childrens_home"
    page = "childrens_home"
    end = "closed_on"

    def __str__(self) -> str:
        named = next((row.name for row in self.rows if row.name), None)
        return named or f"Home {self.identifier}"

    @property
    def what(self) -> str:
        """A children's home."""
        return "Children’s home"


class Council(Elsewhere):
    """The authority itself, as corporate parent."""

    sort = "authority"
    page = "corporate_parent"

    @property
    def is_on_record(self) -> bool:
        """It is there itself."""
        return True

    @property
    def is_over(self) -> bool:
        """It goes on."""
        return False

    @property
    def url(self) -> str:
        """Its page."""
        return address(self.page)

    def __str__(self) -> str:
        return settings.HEARTH_AUTHORITY_NAME or "The council"


def council() -> Council | None:
    """The council whose record this is; None where it is not set and no child is on the record."""
    name = own_authority()
    return Council(0, name, name) if name else None


def households(**known: Any) -> dict[tuple[str, str], Household]:
    """Every household with an approval that stands, by authority and identifier; ``known``: only of these columns."""
    found = _made(Household, FosterCarer, "carer_id", "approved_on", known)
    return {(one.authority, one.identifier): one for one in found}


def homes(**known: Any) -> dict[tuple[str, str], Home]:
    """Every home with a registration that stands, by authority and reference."""
    found = _made(Home, ChildrensHome, "home_id", "registered_on", known)
    return {(one.authority, one.identifier): one for one in found}


def _made(kind: Any, model: Any, column: str, day: str, known: Mapping[str, Any]) -> Iterable[Any]:
    found: dict[tuple[str, str], list[Any]] = {}
    for row in model.everything.filter(**known).order_by("pk"):
        found.setdefault((row.authority, getattr(row, column)), []).append(row)
    for (authority, identifier), rows in found.items():
        standing_rows = [row for row in rows if not row.is_withdrawn]
        if standing_rows:
            latest_first = sorted(standing_rows, key=lambda row: (getattr(row, day), row.pk), reverse=True)
            yield kind(rows[0].pk, authority, identifier, latest_first)


def household_of(row: Any) -> Household | None:
    """The household that a row is about; None where it has no approval."""
    return households(authority=row.authority, carer_id=row.carer_id).get((row.authority, row.carer_id))


def home_of(row: Any) -> Home | None:
    """The home that a row is about; None where it has no registration."""
    return homes(authority=row.authority, home_id=row.home_id).get((row.authority, row.home_id))


def find_household(request: HttpRequest, pk: int) -> Household:
    """The household of an address, noted in the log. Raises Http404 where there is none."""
    row = FosterCarer.everything.filter(pk=pk).first()
    return _opened(request, household_of(row) if row else None)


def find_home(request: HttpRequest, pk: int) -> Home:
    """The home of an address, noted in the log. Raises Http404 where there is none."""
    row = ChildrensHome.everything.filter(pk=pk).first()
    return _opened(request, home_of(row) if row else None)


def find_council(request: HttpRequest, _: object = None) -> Council:
    """The council, noted in the log. Raises Http404 where nothing tells which it is."""
    return _opened(request, council())


def _opened(request: HttpRequest, found: E | None) -> E:
    """What was found, for whom it is within reach; a reading is noted as that of a child is. Else Http404."""
    user, page = person(request), request.resolver_match.view_name if request.resolver_match else ""
    if found is None:
        raise Http404
    if not within_reach(user, page)(found):
        audit.refused(user, "out of reach", page=page)
        raise Http404
    if request.method in ("GET", "HEAD"):
        what = audit.EXPORTED if pages()[page].kind == "export" else audit.READ
        audit.record(user, what, page=page, details={"about": [list(found.whose)]})
    return found


def within_reach(user: User, page: str) -> Callable[[Elsewhere], bool]:
    """Which of them the person reaches on the page: all, or those whom the person supervises."""
    held = {reach for _, reach in reaches(standing(user), page)}
    if Reach.AUTHORITY in held:
        return lambda _: True
    worker = user.worker_id if Reach.OWN in held else None
    return lambda one: bool(worker) and one.supervisor == worker


def _lock_households(some: Iterable[Household]) -> object:
    return [list(_locked(FosterCarer, carer_id=one.identifier, authority=one.authority)) for one in some]


def _lock_homes(some: Iterable[Home]) -> object:
    return [list(_locked(ChildrensHome, home_id=one.identifier, authority=one.authority)) for one in some]


def _locked(model: type[Kept], **known: Any) -> Any:
    return model.everything.select_for_update(of=("self",)).filter(**known).order_by("pk")


CARER = About(
    word="carer",
    start="carer/<int:carer_pk>/",
    key="carer_pk",
    find=find_household,
    of=household_of,
    identity=lambda one: {"authority": one.authority, "carer_id": one.identifier},
    lock=_lock_households,
    address=lambda one: one.url,
)
HOME = About(
    word="home",
    start="childrens-home/<int:home_pk>/",
    key="home_pk",
    find=find_home,
    of=home_of,
    identity=lambda one: {"authority": one.authority, "home_id": one.identifier},
    lock=_lock_homes,
    address=lambda one: one.url,
)
COUNCIL = About(
    word="council",
    start="corporate-parent/",
    key="",
    find=find_council,
    of=lambda _: council(),
    identity=lambda one: {"authority": one.authority},
    lock=lambda _: elsewhere.hold(),
    address=lambda one: one.url,
)
