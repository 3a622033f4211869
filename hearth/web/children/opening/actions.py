"""Restricting a record, opening one in an emergency, and the manager's look at it: each with a line in the log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from hearth.web.access import audit
from hearth.web.access.models import EmergencyOpening, Restriction, User
from hearth.web.children.models import Child
from hearth.web.children.opening.telling import tell_managers
from hearth.web.children.queries import may_lift
from hearth.web.children.recording import lock

EMERGENCY_LASTS = timedelta(minutes=60)


@transaction.atomic
def restrict(
    *, child: Child, by: User, why: str, people: Iterable[User], may_be_opened_in_emergency: bool = True
) -> Restriction:
    """Restricts a record to the people named; a restriction that stood is replaced. Raises ValidationError."""
    lock([child])
    named = list(people)
    if not named:
        raise ValidationError("Name at least one person who may open the record")
    if not any(may_lift(user, child) for user in named):
        raise ValidationError("Name also a manager of the child's team or service: somebody must be able to end it")
    _end(child, by, "replaced by a new restriction")
    made = Restriction.objects.create(
        child=child, begun_by=by, why=why, may_be_opened_in_emergency=may_be_opened_in_emergency
    )
    made.people.set(named)
    details = {"people": [user.pk for user in named], "in_emergency": may_be_opened_in_emergency}
    audit.record(by, "record restricted", child, page="restriction", why=why, details=details)
    return made


@transaction.atomic
def lift(*, child: Child, by: User, why: str) -> None:
    """Ends the restriction of a record, with the reason."""
    lock([child])
    _end(child, by, why)
    audit.record(by, "restriction lifted", child, page="restriction_lifted", why=why)


def _end(child: Child, by: User, why: str) -> None:
    found = Restriction.objects.standing().filter(child=child)
    found.update(lifted_at=timezone.now(), lifted_by=by, why_lifted=why)


@transaction.atomic
def open_in_emergency(*, child: Child, by: User, why: str) -> EmergencyOpening:
    """Lets the person in for an hour, and tells the manager. Raises ValidationError where that is not allowed."""
    shut = Restriction.objects.standing().filter(child=child, may_be_opened_in_emergency=False).exclude(people=by)
    if shut.exists():
        raise ValidationError("This record cannot be opened in an emergency: ring the duty manager")
    now = timezone.now()
    made = EmergencyOpening.objects.create(user=by, child=child, why=why, opened_at=now, ends_at=now + EMERGENCY_LASTS)
    audit.record(by, "opened in an emergency", child, page="emergency", why=why, details={"opening": made.pk})
    transaction.on_commit(lambda: tell_managers(made))
    return made


@transaction.atomic
def end_emergency(*, opening: EmergencyOpening, by: User) -> None:
    """Ends an opening before its hour is over."""
    EmergencyOpening.objects.filter(pk=opening.pk, ends_at__gt=timezone.now()).update(ends_at=timezone.now())
    audit.record(by, "emergency ended", opening.child, page="emergency_ended", details={"opening": opening.pk})


@transaction.atomic
def look_at_emergency(*, opening: EmergencyOpening, by: User, finding: str) -> None:
    """Notes that a manager looked at an opening, and what was found."""
    opening.looked_at_by, opening.looked_at_at, opening.finding = by, timezone.now(), finding
    opening.save(update_fields=["looked_at_by", "looked_at_at", "finding"])
    details = {"opening": opening.pk}
    audit.record(by, "emergency looked at", opening.child, page="emergency_looked_at", why=finding, details=details)


def minutes() -> int:
    """How long an emergency opening lasts."""
    return int(EMERGENCY_LASTS.total_seconds() // 60)
