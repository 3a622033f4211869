"""The one way from an address to a child: by the policy, and noted in the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Case, Q, Value, When
from django.http import Http404, HttpRequest
from django.utils import timezone

from hearth.web.access import audit
from hearth.web.access.models import EmergencyOpening, Restriction, User
from hearth.web.access.policy import pages, reaches
from hearth.web.access.signed_in import person
from hearth.web.access.standing import Standing, standing
from hearth.web.children.models import Child
from hearth.web.children.reach import NOBODY, openable, opened_by, shut_to, within_reach
from hearth.web.design.errors import Refused

CHILD_PAGE = "child"
"""The page by which a child is known at all."""
LIFTING = ("restriction", "restriction_lifted")
"""The pages on which a restriction is changed and ended."""


def child_for(request: HttpRequest, child_pk: int) -> Child:
    """The child of an address, for the page that is asked for; reading it is noted in the log.

    Raises Http404 when the person may not know of the child, Refused (403) when the record is restricted to others, and
    PermissionDenied (403) when the child may be known but this is not for the person to do.
    """
    user, page = person(request), request.resolver_match.view_name if request.resolver_match else ""
    child, is_emergency = _decided(standing(user), page, child_pk)
    if request.method in ("GET", "HEAD"):
        what = audit.EXPORTED if pages()[page].kind == "export" else audit.READ
        audit.record(user, what, child, page=page, why=_reason(user, child) if is_emergency else "")
    return child


def may(user: User, page: str, child: Child) -> bool:
    """Whether the person may open the page for the child: for links and parts of pages."""
    return Child.objects.visible_to(user, page).filter(pk=child.pk).exists()


def pages_open(user: User, child: Child, names: Iterable[str]) -> frozenset[str]:
    """Which of the pages the person may open for the child: one query, however many pages there are."""
    held = standing(user)
    alike: defaultdict[tuple[tuple[int, int], ...], list[str]] = defaultdict(list)
    for name in names:
        alike[tuple((post.pk, int(reach)) for post, reach in reaches(held, name))].append(name)
    marks = {f"is_open_{place}": _mark(openable(held, same[0])) for place, same in enumerate(alike.values())}
    found = Child.objects.filter(pk=child.pk).annotate(**marks).values(*marks).first() or {}
    opened = (same for place, same in enumerate(alike.values()) if found.get(f"is_open_{place}"))
    return frozenset(name for same in opened for name in same)


def _decided(held: Standing, page: str, child_pk: int) -> tuple[Child, bool]:
    """The child, and whether the record opens only because of an emergency."""
    found, marks = _marked(held, page, child_pk)
    if found is None:
        raise Http404
    if not (marks["is_reached"] or marks["is_known"] or marks["is_opened"]):
        audit.refused(held.user, "out of reach", found, page=page)
        raise Http404
    if marks["is_shut"] and not marks["is_opened"] and not (page in LIFTING and is_orphaned(found)):
        audit.refused(held.user, "restricted record", found, page=page)
        raise Refused("children/restricted.html", child=found)
    if not (marks["is_reached"] or marks["is_opened"]):
        audit.refused(held.user, "not for this post", found, page=page)
        raise PermissionDenied
    return found, marks["is_opened"] and (marks["is_shut"] or not marks["is_reached"])


def may_lift(user: User, child: Child) -> bool:
    """Whether the person's post lets them end the restriction of the child's record, were they named on it."""
    within = within_reach(standing(user), LIFTING[0])
    return user.is_active and Child.objects.filter(within, pk=child.pk).exists()


def is_orphaned(child: Child) -> bool:
    """Whether nobody named on the restriction can end it any more: then whoever has the reach may."""
    found = Restriction.objects.standing().filter(child=child).first()
    return found is not None and not any(may_lift(user, child) for user in found.people.all())


def _marked(held: Standing, page: str, child_pk: int) -> tuple[Child | None, dict[str, bool]]:
    conditions = {
        "is_reached": within_reach(held, page),
        "is_known": within_reach(held, CHILD_PAGE),
        "is_shut": shut_to(held.user),
        "is_opened": opened_by(held.user) if reaches(held, page) else NOBODY,
    }
    marked = Child.objects.filter(pk=child_pk).annotate(**{name: _mark(q) for name, q in conditions.items()})
    found = marked.first()
    return found, {name: bool(getattr(found, name, False)) for name in conditions}


def _mark(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _reason(user: User, child: Child) -> str:
    """The reason given for the emergency."""
    opening = EmergencyOpening.objects.open_at(timezone.now()).filter(user=user, child=child).first()
    return f"Emergency: {opening.why}" if opening else ""
