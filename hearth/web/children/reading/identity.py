"""Who a child is at a glance: status, worker, badges and warnings for the bar on every page, and the key people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from hearth.tables import codes
from hearth.web.access.models import Restriction, User
from hearth.web.children.derived import Status, status_of
from hearth.web.children.models import Address, Child, Episode, FamilyMember
from hearth.web.children.queries import known_of
from hearth.web.children.reading import areas
from hearth.web.children.reading.looking import Look
from hearth.web.children.sheets import addresses
from hearth.web.children.sheets.kinds import Kind
from hearth.web.design import words
from hearth.web.education.models import SchoolAttended
from hearth.web.safety.models import MissingEpisode, RiskAssessment

WORKER, ADVISER, OFFICER = codes.members("worker_role", "social_worker", "personal_adviser", "reviewing_officer")
FIRST = (WORKER, ADVISER, OFFICER)
"""The order in which workers are named; the first there is stands in the bar."""
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
    return Identity(look, status_of(look.child, look.day), workers(look.child, look.day), warnings(look))


def in_force(day: date) -> Q:
    """Rows in force on the day: begun, and not over."""
    return (Q(started_on=None) | Q(started_on__lte=day)) & (Q(ended_on=None) | Q(ended_on__gt=day))


def workers(child: Child, day: date) -> list[KeyPerson]:
    """The workers allocated on the day, social worker first."""
    held = list(child.allocation_set.filter(in_force(day)))
    people = {user.worker_id: user for user in User.objects.filter(worker_id__in=[row.worker_id for row in held])}
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


def warnings(look: Look) -> list[Warned]:
    """What must be known first, as far as the reader may know it."""
    child, day = look.child, look.day
    found = []
    if child.died_on and child.died_on <= day:
        found.append(Warned(f"Died on {words.day(child.died_on)}", "grey"))
    if Restriction.objects.standing().filter(child=child.pk).exists():
        found.append(Warned("Restricted record", "purple", "Only the people named on it may open it."))
    if MissingEpisode in look.filled:
        found += _missing(child, day)
    if RiskAssessment in look.filled and look.may_open(areas.SAFETY):
        found += _risks(child, day)
    if Address in look.filled and look.may_open(areas.NETWORK) and _is_withheld(child, day):
        found.append(Warned("Confidential address", "orange", "An address must not be told to everyone in the family."))
    return found


def _is_withheld(child: Child, day: date) -> bool:
    return child.address_set.filter(in_force(day), is_withheld=True).exists()


def _missing(child: Child, day: date) -> list[Warned]:
    open_ones = child.missingepisode_set.filter(in_force(day))
    return [Warned("Missing now", "red", f"Since {words.day(row.started_on)}.") for row in open_ones]


def _risks(child: Child, day: date) -> list[Warned]:
    """Risks that the latest assessment of their kind found to be high."""
    rows = child.riskassessment_set.filter(assessed_on__lte=day)
    latest = {row["kind"]: row for row in rows.order_by("assessed_on", "pk").values("kind", "level", "assessed_on")}
    return [
        Warned(
            f"High risk: {codes.label('risk', kind).lower()}", "red", f"Assessed on {words.day(row['assessed_on'])}."
        )
        for kind, row in latest.items()
        if row["level"] in HIGH
    ]


def key_people(look: Look, identity: Identity) -> list[KeyPerson]:
    """Whom to turn to: workers, carers, school, advocate, independent visitor, family to call in an emergency."""
    found = [*identity.workers, *_carers(look)]
    if SchoolAttended in look.filled and look.may_open(areas.EDUCATION):
        found += _school(look)
    if look.may_open(areas.PLANS):
        found += _own_people(look)
    if FamilyMember in look.filled and look.may_open(areas.NETWORK):
        found += _family(look)
    return found


def _carers(look: Look) -> list[KeyPerson]:
    episodes = Episode.objects.filter(in_force(look.day), child=look.child).exclude(
        carers=None, placement_telephone=None
    )
    return [KeyPerson("Carers or home", e.carers or words.NOT_KNOWN, e.placement_telephone or "") for e in episodes]


def _school(look: Look) -> list[KeyPerson]:
    rows = look.child.schoolattended_set.filter(in_force(look.day)).order_by("-started_on")
    return [
        KeyPerson("School", row["school"], note=_teacher(row["designated_teacher"]))
        for row in rows.values("school", "designated_teacher")
        if row["school"]
    ]


def _teacher(name: str | None) -> str:
    return f"designated teacher {name}" if name else "designated teacher not recorded"


def _own_people(look: Look) -> list[KeyPerson]:
    day = look.day
    held = Q(ended_on=None) | Q(ended_on__gt=day)
    advocates = look.child.advocacyoffer_set.filter(held, started_on__lte=day).exclude(advocate=None)
    visitors = look.child.independentvisitor_set.filter(held, matched_on__lte=day).exclude(visitor=None)
    found = [KeyPerson("Advocate", row.advocate or "", note=f"since {words.day(row.started_on)}") for row in advocates]
    return [
        *found,
        *(KeyPerson("Independent visitor", v.visitor or "", note=f"since {words.day(v.matched_on)}") for v in visitors),
    ]


def _family(look: Look) -> list[KeyPerson]:
    called = FamilyMember.objects.filter(child=look.child, is_emergency_contact=True, died_on=None).order_by("pk")
    return [
        KeyPerson(
            codes.label("family_relation", m.relation), m.name, m.telephone or m.email or "", "call in an emergency"
        )
        for m in called
    ]


def addresses_now(look: Look) -> list[Address]:
    """Where the child and the people around the child live on the day, the child first; none where not the reader's."""
    if not look.may_open(areas.NETWORK):
        return []
    found = Address.objects.filter(in_force(look.day), child=look.child).select_related("member", "child")
    return sorted(found, key=lambda row: (row.member is not None, row.kind, row.pk))


def siblings(look: Look) -> list[tuple[Child, bool]]:
    """The brothers and sisters of the family, eldest first, each with whether the reader may open the record.

    Those of whom the reader may not know are left out.
    """
    return known_of(look.user, look.child.siblings(), "child")


def kinds_of_child(look: Look) -> list[Kind]:
    """The forms on which the reader may change who the child is."""
    return [k for k in addresses.known() if k.is_of_child and k.page in look.opens]
