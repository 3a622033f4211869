"""Which children a person may see on a page: the policy's reach turned into conditions of a query."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from hearth.web.access.models import EmergencyOpening, Post, Restriction, User
from hearth.web.access.policy import Reach, reaches
from hearth.web.access.standing import Standing as Capacity
from hearth.web.access.standing import standing
from hearth.web.children.records import Records, Standing

M = TypeVar("M", bound=models.Model)
NOBODY = Q(pk__in=())
EVERYBODY = ~NOBODY


class Children(Records[M]):
    """Children, by who may see them."""

    def visible_to(self, user: User, page: str) -> Self:
        """The children whose record the person may open on the page. Restricted ones only for the people named."""
        return self.filter(openable(standing(user), page))

    def name_only_to(self, user: User, page: str) -> Self:
        """The children within reach whose record is restricted: show the name, say that it is restricted, no more."""
        held = standing(user)
        return self.filter(within_reach(held, page) & shut_to(user) & ~opened_by(user))


class StandingChildren(Standing[M]):
    """The children whose record was not withdrawn."""

    def get_queryset(self) -> Children[M]:
        """Without what was withdrawn."""
        return Children(self.model, using=self._db).filter(is_withdrawn=False)

    def visible_to(self, user: User, page: str) -> Children[M]:
        """See ``Children.visible_to``."""
        return self.get_queryset().visible_to(user, page)

    def name_only_to(self, user: User, page: str) -> Children[M]:
        """See ``Children.name_only_to``."""
        return self.get_queryset().name_only_to(user, page)


def openable(held: Capacity, page: str) -> Q:
    """The children whose record opens: within reach and not shut, or opened in an emergency."""
    if not reaches(held, page):
        return NOBODY
    return (within_reach(held, page) & ~shut_to(held.user)) | opened_by(held.user)


def within_reach(held: Capacity, page: str) -> Q:
    """The children within reach of any of the posts held."""
    found = NOBODY
    for post, reach in reaches(held, page):
        found |= _reached(held, post, reach)
    return found


def _reached(held: Capacity, post: Post, reach: Reach) -> Q:
    if reach is Reach.AUTHORITY:
        return EVERYBODY
    own = Q(Exists(_allocations(held.day).filter(worker_id=held.user.worker_id))) if held.user.worker_id else NOBODY
    if reach is Reach.OWN or post.team is None:
        return own
    same = {"team": post.team} if reach is Reach.TEAM else {"team__service": post.team.service}
    return own | _of_teams(held.day, Post.objects.held_on(held.day).filter(**same))


def _of_teams(day: date, posts: models.QuerySet[Post]) -> Q:
    """Children allocated to people of the teams or in the name of a team, and those the teams had last."""
    theirs = Q(worker_id__in=posts.exclude(user__worker_id=None).values("user__worker_id"))
    theirs |= Q(team__in=posts.values("team__name"))
    now = Q(Exists(_allocations(day).filter(theirs)))
    left = ~Q(Exists(_allocations(day))) & Q(Exists(_every_allocation().filter(theirs)))
    return now | left


def _every_allocation() -> models.QuerySet[models.Model]:
    from hearth.web.children.models import Allocation

    return Allocation.objects.filter(child=OuterRef("pk"))


def _allocations(day: date) -> models.QuerySet[models.Model]:
    """Allocations in force on the day, its first and last included."""
    return _every_allocation().filter(Q(started_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gte=day)))


def shut_to(user: User) -> Q:
    """Children whose record is restricted to others."""
    standing_restrictions = Restriction.objects.standing().filter(child=OuterRef("pk"))
    return Q(Exists(standing_restrictions.exclude(people=user)))


def opened_by(user: User) -> Q:
    """Children whose record the person has opened in an emergency that is not over."""
    return Q(Exists(EmergencyOpening.objects.open_at(timezone.now()).filter(child=OuterRef("pk"), user=user)))
