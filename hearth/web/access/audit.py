"""The log of who read and wrote what, when and why: written here, changed nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from hearth.web.access.models import AuditEvent, User
from hearth.web.access.standing import standing

READ = "read"
EXPORTED = "exported"


class HasKey(Protocol):
    """A child, of whose record only the key is kept here."""

    pk: Any


def record(
    user: User | None,
    what: str,
    child: HasKey | None = None,
    *,
    page: str = "",
    why: str = "",
    details: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Adds one line to the log. ``what`` is a verb in the past ("visit recorded"); no names of children in details."""
    return AuditEvent.objects.create(**_row(user, what, child, page=page, why=why, details=details))


def record_several(
    user: User,
    what: str,
    children: Iterable[HasKey],
    *,
    page: str = "",
    why: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Adds a line for each of several children, as for an export or a record made once for a sibling group."""
    rows = [AuditEvent(**_row(user, what, child, page=page, why=why, details=details)) for child in children]
    AuditEvent.objects.bulk_create(rows, batch_size=500)


def _row(
    user: User | None, what: str, child: HasKey | None, *, page: str, why: str, details: Mapping[str, Any] | None
) -> dict[str, Any]:
    post = standing(user).main if user else None
    return {
        "user": user,
        "post": post,
        "role": post.role if post else "",
        "what": what,
        "child_id": child.pk if child is not None else None,
        "page": page,
        "why": why,
        "details": dict(details or {}),
    }
