"""Which children a person may see on a page: the policy's reach turned into conditions of a query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Self, TypeVar

from django.db import connection, models
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from hearth.web.access.models import EmergencyOpening, Post, Restriction, Team, User
from hearth.web.access.policy import Reach, reaches, reaches_of
from hearth.web.access.standing import Standing as Capacity
from hearth.web.access.standing import standing
from hearth.web.children.records import Records, Standing

M = TypeVar("M", bound=models.Model)
MOST_KEPT = 4_000
"""Questions kept as they are put to the database, without any answer."""
EVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Stands in a question that is kept for the moment at which it is asked."""
NOBODY = Q(pk__in=())
EVERYBODY = ~NOBODY


class Children(Records[M]):
    """Children, by who may see them."""

    def visible_to(self, user: User, page: str) -> Self:
        """The children whose record the person may open on the page. Restricted ones only for the people named."""
        return self.filter(openable(standing(user), page))

    def asked_once(self) -> Self:
        """The same children by their keys: who they are is asked once, however much is asked about them."""
        return self.model._default_manager.filter(pk__in=list(self.values_list("pk", flat=True)))  # type: ignore[return-value]  # the manager of children

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


def among(keys: Iterable[int]) -> RawSQL:
    """Some children as a condition takes them, ``child__in=among(keys)``: whole numbers, put into the question as such.

    Hundreds of values cost more to hand over one by one than the question does.
    """
    return RawSQL(", ".join(f"{key:d}" for key in sorted(keys)) or "NULL", ())  # noqa: S611  # nosec B611


def openable(held: Capacity, page: str) -> Q:
    """The children whose record opens: within reach and not shut, or opened in an emergency."""
    if not reaches(held, page):
        return NOBODY
    return (within_reach(held, page) & ~shut_to(held.user)) | opened_by(held.user)


@dataclass(frozen=True)
class Reached:
    """How one child stands to a person: the reaches of their posts that hold it, whether it is shut to them or opened.

    Says of any page what ``openable`` and ``within_reach`` say of it, once the database has told these few things.
    """

    held: Capacity
    by: frozenset[tuple[int, Reach]]
    is_shut: bool
    is_opened: bool

    def is_within(self, page: str) -> bool:
        """Whether the child is within reach on the page."""
        return any((post.pk, reach) in self.by for post, reach in reaches(self.held, page))

    def is_open(self, page: str) -> bool:
        """Whether the record opens on the page."""
        return bool(reaches(self.held, page)) and ((self.is_within(page) and not self.is_shut) or self.is_opened)


def reached(held: Capacity, children: models.QuerySet[M]) -> list[tuple[M, Reached]]:
    """The children, in their order, each with how it stands to the person: one query, whatever the pages."""
    pairs = [(post, reach) for post in held.posts for reach in sorted(reaches_of(post.role) - {Reach.AUTHORITY})]
    marks = {f"is_reached_{place}": _mark(_reached(held, *pair)) for place, pair in enumerate(pairs)}
    marks |= {"is_shut": _mark(shut_to(held.user)), "is_opened": _mark(opened_by(held.user))}
    return [(child, _read(held, pairs, child)) for child in children.annotate(**marks)]


def _read(held: Capacity, pairs: list[tuple[Post, Reach]], child: models.Model) -> Reached:
    said = vars(child)
    by = {(post.pk, reach) for place, (post, reach) in enumerate(pairs) if said.pop(f"is_reached_{place}")}
    by |= {(post.pk, Reach.AUTHORITY) for post in held.posts}
    return Reached(held, frozenset(by), is_shut=bool(said.pop("is_shut")), is_opened=bool(said.pop("is_opened")))


def _mark(condition: Q) -> ExpressionWrapper[Q]:
    return ExpressionWrapper(condition, output_field=BooleanField())


def within_reach(held: Capacity, page: str) -> Q:
    """The children within reach of any of the posts held."""
    found = NOBODY
    for post, reach in reaches(held, page):
        found |= _reached(held, post, reach)
    return found


def _reached(held: Capacity, post: Post, reach: Reach) -> Q:
    if reach is Reach.AUTHORITY:
        return EVERYBODY
    own = _own(held.day, held.user.worker_id) if held.user.worker_id else NOBODY
    if reach is Reach.OWN or post.team is None:
        return own
    same = {"team": post.team} if reach is Reach.TEAM else {"team__service": post.team.service}
    return own | _of_teams(held.day, Post.objects.held_on(held.day).filter(**same))


@lru_cache(maxsize=MOST_KEPT)
def _own(day: date, worker_id: str) -> Q:
    return _among(_in_force(_all_allocations(), day).filter(worker_id=worker_id))


def _of_teams(day: date, posts: models.QuerySet[Post]) -> Q:
    """Children allocated to people of the teams or in the name of a team, and those the teams had last."""
    theirs = Q(worker_id__in=posts.exclude(user__worker_id=None).values("user__worker_id"))
    theirs |= Q(team__in=posts.values("team__name"))
    now = Q(Exists(_allocations(day).filter(theirs)))
    left = ~Q(Exists(_allocations(day))) & Q(Exists(_every_allocation().filter(theirs)))
    return now | left


def of_team(team: Team, day: date) -> Q:
    """The children of one team: allocated to its people or in its name, and those it had last."""
    in_its_name = Q(Exists(_allocations(day).filter(team=team.name)))
    return _of_teams(day, Post.objects.held_on(day).filter(team=team)) | in_its_name


def _all_allocations() -> models.QuerySet[models.Model]:
    from hearth.web.children.models import Allocation

    return Allocation.objects.order_by()


def _every_allocation() -> models.QuerySet[models.Model]:
    return _all_allocations().filter(child=OuterRef("pk"))


def _allocations(day: date) -> models.QuerySet[models.Model]:
    return _in_force(_every_allocation(), day)


def _in_force(allocations: models.QuerySet[models.Model], day: date) -> models.QuerySet[models.Model]:
    """Allocations in force on the day, its first and last included."""
    return allocations.filter(Q(started_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gte=day)))


def shut_to(user: User) -> Q:
    """Children whose record is restricted to others."""
    return _restricted(user.pk)


@lru_cache(maxsize=MOST_KEPT)
def _restricted(user_pk: int) -> Q:
    return _among(Restriction.objects.standing().exclude(people=user_pk))


def opened_by(user: User) -> Q:
    """Children whose record the person has opened in an emergency that is not over."""
    sql, values = _opened(user.pk)
    ever, now = (connection.ops.adapt_datetimefield_value(moment) for moment in (EVER, timezone.now()))
    return Q(pk__in=RawSQL(sql, [now if value == ever else value for value in values]))  # noqa: S611  # nosec B611


@lru_cache(maxsize=MOST_KEPT)
def _opened(user_pk: int) -> tuple[str, tuple[Any, ...]]:
    return _words(EmergencyOpening.objects.open_at(EVER).filter(user=user_pk))


def _among(rows: models.QuerySet[Any]) -> Q:
    sql, values = _words(rows)
    return Q(pk__in=RawSQL(sql, values))  # the words are Django's own  # noqa: S611  # nosec B611


def _words(rows: models.QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    """The question for the children of the rows. Putting it together takes longer than its answer: it is kept."""
    sql, values = rows.order_by().values("child").query.sql_with_params()
    return sql, tuple(values)
