"""Who works with the child: in each main role one worker at a time."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError

from hearth.web.access.models import User
from hearth.web.children import recording
from hearth.web.children.models import Allocation, Child
from hearth.web.children.models.working import MAIN_ROLES


def allocate(
    *,
    child: Child,
    by: User,
    worker_id: str,
    role: str,
    started_on: date,
    team: str | None = None,
    registration: str | None = None,
    reason_changed: str | None = None,
    why: str = "",
) -> Allocation:
    """Allocates a worker; in a main role the worker before ends on the same day.

    The registration of a social worker, where it is not given, is the one the record has for the worker.
    """
    with recording.writing(child, by, f"{role.replace('_', ' ')} allocated", why) as act:
        if role in MAIN_ROLES:
            _end_current(act, child, role, started_on, worker_id)
        return act.add(
            Allocation(
                child=child,
                worker_id=worker_id,
                role=role,
                registration=registration or (registration_of(worker_id) if role == "social_worker" else None),
                team=team,
                started_on=started_on,
                reason_changed=reason_changed,
            )
        )


def registration_of(worker_id: str) -> str | None:
    """The Social Work England number of a worker: as the administrator gave it, else as last allocated with one."""
    said = User.objects.filter(worker_id=worker_id).exclude(registration="").values_list("registration", flat=True)
    before = Allocation.objects.filter(worker_id=worker_id, registration__isnull=False).order_by("-started_on", "-pk")
    return said.first() or before.values_list("registration", flat=True).first()


def end_allocation(allocation: Allocation, *, by: User, ended_on: date, why: str = "") -> Allocation:
    """Ends an allocation without another worker in its place."""
    with recording.writing(allocation.child, by, "allocation ended", why) as act:
        current = Allocation.objects.get(pk=allocation.pk)
        return act.change(current, ended_on=ended_on)


def _end_current(act: recording.Writing, child: Child, role: str, on: date, worker_id: str) -> None:
    for current in Allocation.objects.filter(child=child, role=role, ended_on=None):
        if current.worker_id == worker_id:
            raise ValidationError("This worker already has the child in this role")
        if current.started_on > on:
            raise ValidationError(
                f"The present worker began on {current.started_on:%-d %B %Y}: give that day or a later one"
            )
        act.change(current, ended_on=on)
