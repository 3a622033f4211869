"""The one way from an address to a child: by the policy, and noted in the log."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from hearth.returns import geography
from hearth.web.access import audit
from hearth.web.access.models import EmergencyOpening, Restriction, User
from hearth.web.access.policy import pages, reaches
from hearth.web.access.signed_in import person
from hearth.web.access.standing import Standing, standing
from hearth.web.children.models import Child
from hearth.web.children.reach import Reached, reached_among, within_reach
from hearth.web.design.errors import Refused

CHILD_PAGE = "child"
"""The page by which a child is known at all."""
LIFTING = ("restriction", "restriction_lifted")
"""The pages on which a restriction is changed and ended."""
STANDS = "_stands_to_the_reader"
"""Where a child that was looked up for a person keeps how it stands to them; both live for one request."""


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


def own_authority() -> str:
    """The code of the council whose record this is: as it is set, else as its first child has it; "" without either."""
    if settings.HEARTH_AUTHORITY:
        return _known_as(settings.HEARTH_AUTHORITY)
    known = Child.objects.order_by("pk").values_list("authority", flat=True).first()
    return known or ""


@cache
def _known_as(code: str) -> str:
    """The code of the house for a council: what sources are read under, also where the council was given a new one."""
    return geography.known_as(code)


def may(user: User, page: str, child: Child) -> bool:
    """Whether the person may open the page for the child: for links and parts of pages."""
    return page in pages_open(user, child, [page])


def pages_open(user: User, child: Child, names: Iterable[str]) -> frozenset[str]:
    """Which of the pages the person may open for the child: one query at most, however many pages there are."""
    at = _stands(user, child)
    return frozenset(name for name in names if at is not None and at.is_open(name))


def siblings_known(user: User, child: Child, page: str) -> list[tuple[Child, bool]]:
    """Brothers and sisters of whom the person may know, each with whether the record opens to them on the page.

    Of the others within reach, which are restricted, only the name is shown.
    """
    if not child.family_id:
        return []
    found = reached_among(standing(user), Child.of_family, child.authority, child.family_id, child.pk)
    return [(child, at.is_open(page)) for child, at in found if at.is_within(page) or at.is_open(page)]


def _stands(user: User, child: Child) -> Reached | None:
    """How the child stands to the person: as when the child was looked up for them, else asked now."""
    kept: Reached | None = child.__dict__.get(STANDS)
    if kept is not None and kept.held == standing(user):
        return kept
    return next((at for _, at in reached_among(standing(user), _alone, child.pk)), None)


def _decided(held: Standing, page: str, child_pk: int) -> tuple[Child, bool]:
    """The child, and whether the record opens only because of an emergency."""
    child, at = _found(held, child_pk)
    is_opened, is_within = at.is_opened and bool(reaches(held, page)), at.is_within(page)
    if not (is_within or is_opened or at.is_within(CHILD_PAGE)):
        audit.refused(held.user, "out of reach", child, page=page)
        raise Http404
    if at.is_shut and not is_opened and not (page in LIFTING and is_orphaned(child)):
        audit.refused(held.user, "restricted record", child, page=page)
        raise Refused("children/restricted.html", child=child)
    if not (is_within or is_opened):
        audit.refused(held.user, "not for this post", child, page=page)
        raise PermissionDenied
    return child, is_opened and (at.is_shut or not is_within)


def _found(held: Standing, child_pk: int) -> tuple[Child, Reached]:
    """The child and how it stands to the person, which the child keeps. Raises Http404 where there is none."""
    for child, at in reached_among(held, _alone, child_pk):
        child.__dict__[STANDS] = at
        return child, at
    raise Http404


def _alone(child_pk: int) -> QuerySet[Child]:
    return Child.objects.filter(pk=child_pk)


def may_lift(user: User, child: Child) -> bool:
    """Whether the person's post lets them end the restriction of the child's record, were they named on it."""
    within = within_reach(standing(user), LIFTING[0])
    return user.is_active and Child.objects.filter(within, pk=child.pk).exists()


def is_orphaned(child: Child) -> bool:
    """Whether nobody named on the restriction can end it any more: then whoever has the reach may."""
    found = Restriction.objects.standing().filter(child=child).first()
    return found is not None and not any(may_lift(user, child) for user in found.people.all())


def _reason(user: User, child: Child) -> str:
    """The reason given for the emergency."""
    opening = EmergencyOpening.objects.open_at(timezone.now()).filter(user=user, child=child).first()
    return f"Emergency: {opening.why}" if opening else ""
