"""Who a child is at a glance: status, worker, badges and warnings for the bar on every page, and the key people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from hearth.tables import codes
from hearth.web.access.models import EmergencyOpening, Restriction, User
from hearth.web.children.derived import Status, status_of
from hearth.web.children.models import (
    Address,
    AdvocacyOffer,
    Allocation,
    Child,
    Episode,
    FamilyMember,
    IndependentVisitor,
    Unaccompanied,
)
from hearth.web.children.queries import siblings_known
from hearth.web.children.reading import areas
from hearth.web.children.reading.looking import Look
from hearth.web.children.sheets import addresses
from hearth.web.children.sheets.kinds import Kind
from hearth.web.config.questions import kept
from hearth.web.design import words
from hearth.web.education.models import SchoolAttended
from hearth.web.safety.models import MissingEpisode, RiskAssessment

WORKER, ADVISER, OFFICER = codes.members("worker_role", "social_worker", "personal_adviser", "reviewing_officer")
FIRST = (WORKER, ADVISER, OFFICER)
"""The order in which workers are named; the first there is stands in the bar."""
IN_CARE, LEFT_CARE, ALWAYS = "in care", "left care", "always"
OFTEN = (
    ("record_contact", LEFT_CARE),
    ("record_visit", ALWAYS),
    ("record_review", IN_CARE),
    ("record_missing", IN_CARE),
    ("record_health_assessment", IN_CARE),
    ("record_education_plan", IN_CARE),
)
"""What is recorded most, by page, and of whom; the first two that the reader may record are offered."""
OFFERED = 2
HIGH = codes.members("risk_level", "high")


@dataclass(frozen=True)
class KeyPerson:
    """Somebody to turn to: who it is to the child, the name, how to reach them, since when."""

    part: str
    name: str
    reached_by: str = ""
    note: str = ""


@dataclass(frozen=True)
class Warned:
    """What must be known before anything else: in words, with the colour of its tag."""

    words: str
    colour: str
    why: str = ""


@dataclass(frozen=True)
class Identity:
    """A child as every page shows it."""

    look: Look
    status: Status
    workers: Sequence[KeyPerson]
    warnings: Sequence[Warned]
    unaccompanied_since: date | None = None

    @property
    def badges(self) -> tuple[str, ...]:
        """The status in the shortest words, and whether the child seeks asylum alone."""
        return (*self.status.badges, *(("Unaccompanied",) if self.unaccompanied_since else ()))

    @property
    def age(self) -> str:
        """The age on the day of the reading."""
        return words.age(self.look.child.born_on, self.look.day)

    @property
    def worker(self) -> KeyPerson | None:
        """The first of the workers allocated."""
        return self.workers[0] if self.workers else None


def identity_of(look: Look) -> Identity:
    """Who the child is on the day of the reading."""
    child, day = look.child, look.day
    return Identity(look, status_of(child, day), workers(child, day), warnings(look), _unaccompanied_since(look))


def _unaccompanied_since(look: Look) -> date | None:
    """Since when the child is here as an unaccompanied asylum-seeking child; None where that does not hold."""
    if Unaccompanied not in look.at_a_glance:
        return None
    rows = look.child.unaccompanied_set.filter(in_force(look.day)).order_by("started_on")
    return rows.values_list("started_on", flat=True).first()


def in_force(day: date) -> Q:
    """Rows in force on the day: begun, and not over."""
    return (Q(started_on=None) | Q(started_on__lte=day)) & (Q(ended_on=None) | Q(ended_on__gt=day))


def workers(child: Child, day: date) -> list[KeyPerson]:
    """The workers allocated on the day, social worker first."""
    held = _allocated(child.pk, day)
    people = {user.worker_id: user for user in _named([row.worker_id for row in held])} if held else {}
    held.sort(key=lambda row: (FIRST.index(row.role) if row.role in FIRST else len(FIRST), row.started_on))
    return [
        KeyPerson(
            part=codes.label("worker_role", row.role).capitalize(),
            name=people[row.worker_id].name if row.worker_id in people else row.worker_id,
            reached_by=people[row.worker_id].email if row.worker_id in people else "",
            note=", ".join(filter(None, (row.team, f"since {words.day(row.started_on)}"))),
        )
        for row in held
    ]


@kept
def _allocated(child: int, day: date) -> QuerySet[Allocation]:
    return Allocation.objects.filter(in_force(day), child=child)


@kept
def _named(workers: list[str]) -> QuerySet[User]:
    return User.objects.filter(worker_id__in=workers)


def warnings(look: Look) -> list[Warned]:
    """What must be known first, as far as the reader may know it."""
    child, day = look.child, look.day
    found = []
    if child.died_on and child.died_on <= day:
        found.append(Warned(f"Died on {words.day(child.died_on)}", "grey"))
    if _restricted(child.pk):
        found.append(Warned("Restricted record", "purple", "Only the people named on it may open it."))
    found += [
        Warned(
            f"Open to you in an emergency until {timezone.localtime(ends_at):%H:%M}",
            "purple",
            "What you open is in the log with your reason. Close it when you are done.",
        )
        for ends_at in _opened(look.user.pk, child.pk, timezone.now())
    ][:1]
    if MissingEpisode in look.at_a_glance:
        found += _missing(child, day)
    if RiskAssessment in look.at_a_glance and look.may_open(areas.SAFETY):
        found += _risks(child, day)
    if Address in look.at_a_glance and look.may_open(areas.NETWORK) and _is_withheld(child, day):
        found.append(Warned("Confidential address", "orange", "An address must not be told to everyone in the family."))
    return found


def _is_withheld(child: Child, day: date) -> bool:
    return any(row.is_withheld for row in _addresses(child.pk, day))


def _missing(child: Child, day: date) -> list[Warned]:
    return [Warned("Missing now", "red", f"Since {words.day(began)}.") for began in _missing_since(child.pk, day)]


@kept
def _restricted(child: int) -> QuerySet[Restriction, int]:
    return Restriction.objects.standing().filter(child=child).values_list("pk", flat=True)


@kept
def _opened(user: int, child: int, now: datetime) -> QuerySet[EmergencyOpening, datetime]:
    """Until when the record is open to the person in an emergency, the latest first."""
    mine = EmergencyOpening.objects.filter(user=user, child=child, opened_at__lte=now, ends_at__gt=now)
    return mine.order_by("-ends_at").values_list("ends_at", flat=True)


@kept
def _missing_since(child: int, day: date) -> QuerySet[MissingEpisode, date]:
    return MissingEpisode.objects.filter(in_force(day), child=child).values_list("started_on", flat=True)


def _risks(child: Child, day: date) -> list[Warned]:
    """Risks that the latest assessment of their kind found to be high."""
    latest = {kind: (level, assessed_on) for kind, level, assessed_on in _assessed(child.pk, day)}
    return [
        Warned(f"High risk: {codes.label('risk', kind).lower()}", "red", f"Assessed on {words.day(assessed_on)}.")
        for kind, (level, assessed_on) in latest.items()
        if level in HIGH
    ]


@kept
def _assessed(child: int, day: date) -> QuerySet[RiskAssessment, tuple[str, str | None, date]]:
    rows = RiskAssessment.objects.filter(child=child, assessed_on__lte=day).order_by("assessed_on", "pk")
    return rows.values_list("kind", "level", "assessed_on")


def key_people(look: Look, identity: Identity) -> list[KeyPerson]:
    """Whom to turn to: workers, carers, school, advocate, independent visitor, family to call in an emergency."""
    found = [*identity.workers, *_carers(look)]
    if SchoolAttended in look.at_a_glance and look.may_open(areas.EDUCATION):
        found += _school(look)
    if look.may_open(areas.PLANS):
        found += _own_people(look)
    if FamilyMember in look.at_a_glance and look.may_open(areas.NETWORK):
        found += _family(look)
    return found


def _carers(look: Look) -> list[KeyPerson]:
    return [
        KeyPerson("Carers or home", carers or words.NOT_KNOWN, telephone or "")
        for carers, telephone in _homes(look.child.pk, look.day)
    ]


@kept
def _homes(child: int, day: date) -> QuerySet[Episode, tuple[str | None, str | None]]:
    episodes = Episode.objects.filter(in_force(day), child=child).exclude(carers=None, placement_telephone=None)
    return episodes.values_list("carers", "placement_telephone")


def _school(look: Look) -> list[KeyPerson]:
    return [
        KeyPerson("School", school, note=_teacher(teacher))
        for school, teacher in _schools(look.child.pk, look.day)
        if school
    ]


@kept
def _schools(child: int, day: date) -> QuerySet[SchoolAttended, tuple[str | None, str | None]]:
    rows = SchoolAttended.objects.filter(in_force(day), child=child).order_by("-started_on")
    return rows.values_list("school", "designated_teacher")


def _teacher(name: str | None) -> str:
    return f"designated teacher {name}" if name else "designated teacher not recorded"


def _own_people(look: Look) -> list[KeyPerson]:
    child, day = look.child.pk, look.day
    advocates = _advocates(child, day) if AdvocacyOffer in look.at_a_glance else []
    visitors = _visitors(child, day) if IndependentVisitor in look.at_a_glance else []
    return [
        *(KeyPerson("Advocate", name or "", note=f"since {words.day(since)}") for name, since in advocates),
        *(KeyPerson("Independent visitor", name or "", note=f"since {words.day(since)}") for name, since in visitors),
    ]


def _not_over(day: date) -> Q:
    return Q(ended_on=None) | Q(ended_on__gt=day)


@kept
def _advocates(child: int, day: date) -> QuerySet[AdvocacyOffer, tuple[str | None, date | None]]:
    found = AdvocacyOffer.objects.filter(_not_over(day), child=child, started_on__lte=day).exclude(advocate=None)
    return found.values_list("advocate", "started_on")


@kept
def _visitors(child: int, day: date) -> QuerySet[IndependentVisitor, tuple[str | None, date | None]]:
    found = IndependentVisitor.objects.filter(_not_over(day), child=child, matched_on__lte=day).exclude(visitor=None)
    return found.values_list("visitor", "matched_on")


def _family(look: Look) -> list[KeyPerson]:
    return [
        KeyPerson(
            codes.label("family_relation", m.relation), str(m), m.telephone or m.email or "", "call in an emergency"
        )
        for m in _called(look.child.pk)
    ]


@kept
def _called(child: int) -> QuerySet[FamilyMember]:
    return FamilyMember.objects.filter(child=child, is_emergency_contact=True, died_on=None).order_by("pk")


def addresses_now(look: Look) -> list[Address]:
    """Where the child and the people around the child live on the day, the child first; none where not the reader's."""
    if not look.may_open(areas.NETWORK) or Address not in look.at_a_glance:
        return []
    found = _addresses(look.child.pk, look.day)
    return sorted(found, key=lambda row: (row.member is not None, row.kind, row.pk))


@kept
def _addresses(child: int, day: date) -> QuerySet[Address]:
    return Address.objects.filter(in_force(day), child=child).select_related("member", "child")


def siblings(look: Look) -> list[tuple[Child, bool]]:
    """The brothers and sisters of the family, eldest first, each with whether the reader may open the record.

    Those of whom the reader may not know are left out.
    """
    return siblings_known(look.user, look.child, "child")


def often(look: Look, status: Status) -> list[Kind]:
    """What the reader is most likely to record of the child, the likeliest first; nothing on a day gone by."""
    if look.is_past:
        return []
    fits = {IN_CARE: status.is_looked_after, LEFT_CARE: not status.is_looked_after and status.leaving_care is not None}
    pages = [page for page, when in OFTEN if fits.get(when, True) and page in look.opens]
    by_page = {kind.page: kind for kind in addresses.known()}
    return [by_page[page] for page in pages[:OFFERED]]


def kinds_of_child(look: Look) -> list[Kind]:
    """The forms on which the reader may change who the child is."""
    return [k for k in addresses.known() if k.is_of_child and k.page in look.opens]
