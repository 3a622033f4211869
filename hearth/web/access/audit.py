"""The log of who read and wrote what, when and why: written here, changed nowhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hearth.web.access.models import READING, REFUSED, AuditEvent, ListedChild, Listing, User
from hearth.web.access.standing import standing
from hearth.web.config.adding import add
from hearth.web.config.questions import kept

READ, EXPORTED = READING


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
) -> None:
    """Adds one line to the log. ``what`` is a verb in the past ("visit recorded"); no names of children in details."""
    add(AuditEvent, _row(user, what, child, page=page, why=why, details=details))


def refused(
    user: User | None,
    what: str,
    child: HasKey | None = None,
    *,
    page: str,
    why: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Adds a line about what somebody was not let do. ``user`` is None where nobody is signed in."""
    record(user, f"{REFUSED}{what}", child, page=page, why=why, details=details)


def record_list(
    user: User,
    what: str,
    children: Iterable[HasKey],
    *,
    page: str = "",
    why: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Adds one line for a list, or a file, of children; the line stands in the log of each of them."""
    keys = sorted({child.pk for child in children})
    row = _row(user, what, None, page=page, why=why, details={**(details or {}), "children": len(keys)})
    add(AuditEvent, {**row, "listing_id": _listing(keys) if keys else None})


def _listing(keys: Sequence[int]) -> int:
    """The set of these children: found again where it was shown before, so that most lists cost one row."""
    digest = hashlib.sha256(repr(keys).encode()).hexdigest()
    for known in _shown_before(digest):
        return known
    with transaction.atomic():
        made, is_new = Listing.objects.get_or_create(digest=digest)
        if is_new:
            ListedChild.objects.bulk_create(ListedChild(listing=made, child_id=key) for key in keys)
    return made.pk


@kept
def _shown_before(digest: str) -> QuerySet[Listing, int]:
    return Listing.objects.filter(digest=digest).values_list("pk", flat=True)


def _row(
    user: User | None, what: str, child: HasKey | None, *, page: str, why: str, details: Mapping[str, Any] | None
) -> dict[str, Any]:
    post = standing(user).main if user else None
    return {
        "at": timezone.now(),
        "user_id": user.pk if user else None,
        "post_id": post.pk if post else None,
        "role": post.role if post else "",
        "what": what,
        "child_id": child.pk if child is not None else None,
        "page": page,
        "why": why,
        "details": dict(details or {}),
        "listing_id": None,
    }
