"""Which children a person may see on a page: the policy's reach turned into conditions of a query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from hearth.web.access.models import EmergencyOpening, Post, Restriction, Team, User
from hearth.web.access.policy import Reach, reaches, reaches_of
from hearth.web.access.standing import Standing as Capacity
from hearth.web.access.standing import standing
from hearth.web.children import holding
from hearth.web.children.records import Records, Standing
from hearth.web.config.questions import adapted, kept

M = TypeVar("M", bound=models.Model)
R = TypeVar("R")
Roles = tuple[tuple[str, bool], ...]
"""The role of each post held, and whether it is held in a team."""
MOST_KEPT = 4_000
"""Questions kept as they are put to the database, without any answer."""
EVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Stands in a question that is kept for the moment at which it is asked."""
Words = tuple[str, tuple[Any, ...]]
"""A question as SQL, and the values in it."""
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
        return self.filter(only_named(standing(user), page))


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


def openable(held: Capacity, page: str, now: datetime | None = None) -> Q:
    """The children whose record opens: within reach and not shut, or opened in an emergency."""
    by, user = reaches(held, page), held.user
    if not by:
        return NOBODY
    if user.worker_id and all(_is_own(post, reach) for post, reach in by):
        # The same, said so that the database begins with the few children there are and not with everybody.
        return _own_or_opened(held.day, user, now) & (~shut_to(user) | opened_by(user, now))
    return (within_reach(held, page) & ~shut_to(user)) | opened_by(user, now)


def _own_or_opened(day: date, user: User, now: datetime | None) -> Q:
    own, opened = _own_words(day, user.worker_id or ""), _opened_words(user, now)
    return _among((f"{own[0]} UNION ALL {opened[0]}", (*own[1], *opened[1])))


def _is_own(post: Post, reach: Reach) -> bool:
    """Whether the reach of a post is no wider than the person's own children: also where it should be a team's."""
    return reach is Reach.OWN or (post.team is None and reach in (Reach.TEAM, Reach.SERVICE))


def only_named(held: Capacity, page: str, now: datetime | None = None) -> Q:
    """The children within reach whose record is restricted and not opened in an emergency."""
    return within_reach(held, page) & shut_to(held.user) & ~opened_by(held.user, now)


def visible(user: User, page: str, which: Callable[..., models.QuerySet[Any, R]], *values: Any) -> list[R]:
    """The rows of ``which(children, *values)`` of the children whose record the person may open on the page.

    For pages that are asked for often: put together once for each ``which``, which must be a function of a module.
    """
    given, roles = _capacity(standing(user))
    return _those(*given, *values, page=page, which=which, roles=roles, those=openable)


def named(user: User, page: str, which: Callable[..., models.QuerySet[Any, R]], *values: Any) -> list[R]:
    """The same of the children of whom the person may see only the name."""
    given, roles = _capacity(standing(user))
    return _those(*given, *values, page=page, which=which, roles=roles, those=only_named)


@kept
def _those(
    *given: Any, page: str, which: Callable[..., models.QuerySet[Any, R]], roles: Roles, those: Callable[..., Q]
) -> models.QuerySet[Any, R]:
    from hearth.web.children.models import Child

    (held, now), values = _capacity_of(given, roles), given[GIVEN:]
    return which(Child.objects.filter(those(held, page, now)), *values)


GIVEN = 6
"""Values by which a person's capacity is given to a question."""


def _capacity(held: Capacity) -> tuple[list[Any], Roles]:
    """A capacity as values of a question that is kept, and what of it shapes the question."""
    teams = [post.team for post in held.posts if post.team]
    told = [[team.pk for team in teams], [team.service for team in teams]]
    roles = tuple((post.role, post.team is not None) for post in held.posts)
    return [held.user.pk, held.user.worker_id, held.day, timezone.now(), *told], roles


def _capacity_of(given: Sequence[Any], roles: Roles) -> tuple[Capacity, datetime]:
    """The capacity again, and the moment at which is asked."""
    user, worker, day, now, teams, services = given[:GIVEN]
    named = iter([Team(pk=team, service=service) for team, service in zip(teams, services, strict=True)])
    posts = [
        Post(pk=place, role=role, team=next(named) if is_in else None) for place, (role, is_in) in enumerate(roles)
    ]
    return Capacity(User(pk=user, worker_id=worker), day, tuple(posts)), now


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
    return _read(held, children.annotate(**_marks(held, timezone.now())))


def reached_among(held: Capacity, which: Callable[..., models.QuerySet[M]], *values: Any) -> list[tuple[M, Reached]]:
    """The same of ``which(*values)``, a function of a module: the question is put together once."""
    given, roles = _capacity(held)
    return _read(held, _marked(*given, *values, which=which, roles=roles))


@kept
def _marked(*given: Any, which: Callable[..., models.QuerySet[M]], roles: Roles) -> models.QuerySet[M]:
    (held, now), values = _capacity_of(given, roles), given[GIVEN:]
    asked: models.QuerySet[M] = which(*values).annotate(**_marks(held, now))
    return asked


def _marks(held: Capacity, now: datetime) -> dict[str, ExpressionWrapper[Q]]:
    marks = {f"is_reached_{place}": _mark(_reached(held, *pair)) for place, pair in enumerate(_pairs(held))}
    return marks | {"is_shut": _mark(shut_to(held.user)), "is_opened": _mark(opened_by(held.user, now))}


def _pairs(held: Capacity) -> list[tuple[Post, Reach]]:
    return [(post, reach) for post in held.posts for reach in sorted(reaches_of(post.role) - {Reach.AUTHORITY})]


def _read(held: Capacity, children: Iterable[M]) -> list[tuple[M, Reached]]:
    pairs = _pairs(held)
    return [(child, _how(held, pairs, child)) for child in children]


def _how(held: Capacity, pairs: list[tuple[Post, Reach]], child: models.Model) -> Reached:
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
    if reach is Reach.CARE:
        return holding.of_care(held.day)
    own = _among(_own_words(held.day, held.user.worker_id)) if held.user.worker_id else NOBODY
    if post.team is None or _is_own(post, reach):
        return own
    if reach is Reach.TEAM:
        return own | _of_teams(held.day, Team.objects.filter(pk=post.team.pk))
    return own | _of_teams(held.day, Team.objects.filter(service=post.team.service)) | holding.teamless(held.day)


@lru_cache(maxsize=MOST_KEPT)
def _own_words(day: date, worker_id: str) -> Words:
    return _words(holding.allocations().filter(holding.in_force(day), worker_id=worker_id))


def _of_teams(day: date, teams: models.QuerySet[Team]) -> Q:
    """Children allocated to people of the teams or in the name of one, and those whose case the teams carried last."""
    own = {"child": OuterRef("pk")}
    now = Q(Exists(holding.allocations().filter(holding.in_force(day), holding.of_teams(teams, day), **own)))
    return now | Q(Exists(holding.held_last(day, holding.ended_of_teams(teams, day) & Q(**own))))


def shut_to(user: User) -> Q:
    """Children whose record is restricted to others."""
    return _restricted(user.pk)


@lru_cache(maxsize=MOST_KEPT)
def _restricted(user_pk: int) -> Q:
    return _among(_words(Restriction.objects.standing().exclude(people=user_pk)))


def opened_by(user: User, now: datetime | None = None) -> Q:
    """Children whose record the person has opened in an emergency that is not over now."""
    return _among(_opened_words(user, now))


def _opened_words(user: User, now: datetime | None) -> Words:
    sql, values = _opened(user.pk)
    ever, at = adapted(EVER), adapted(now or timezone.now())
    return sql, tuple(at if value == ever else value for value in values)


@lru_cache(maxsize=MOST_KEPT)
def _opened(user_pk: int) -> Words:
    return _words(EmergencyOpening.objects.open_at(EVER).filter(user=user_pk))


def _among(words: Words) -> Q:
    return Q(pk__in=RawSQL(*words))  # the words are Django's own  # noqa: S611  # nosec B611


def _words(rows: models.QuerySet[Any]) -> Words:
    """The question for the children of the rows. Putting it together takes longer than its answer: it is kept."""
    sql, values = rows.order_by().values("child").query.sql_with_params()
    return sql, tuple(values)
