"""Whose a child's case is: who carries it, which teams an allocation is of, and which children no team has."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from hearth.web.access.models import Post, Team

if TYPE_CHECKING:
    from hearth.web.children.models import Allocation

CARRYING = ("social_worker", "personal_adviser")
"""The roles in which a worker carries a child's case."""
HOLDING = (*CARRYING, "reviewing_officer")
"""The roles by which a child is one of a team's: reviewing officers work in teams of their own."""


def allocations() -> QuerySet[Allocation]:
    """Every allocation, in no order."""
    from hearth.web.children.models import Allocation

    return Allocation.objects.order_by()


def of_teams(teams: QuerySet[Team], day: date) -> Q:
    """The allocations of teams: in the name of one, or to people who belong to one on the day."""
    return _in_the_name(teams) | _to_people(teams, day)


def ended_of_teams(teams: QuerySet[Team], day: date) -> Q:
    """The same of allocations that ended: they stay with the team they name, wherever their worker is by now."""
    return _in_the_name(teams) | (~_in_the_name(Team.objects.all()) & _to_people(teams, day))


def _in_the_name(teams: QuerySet[Team]) -> Q:
    return Q(team__in=teams.order_by().values("name"))


def _to_people(teams: QuerySet[Team], day: date) -> Q:
    posts = Post.objects.belonging_on(day).filter(team__in=teams.order_by().values("pk")).exclude(user__worker_id=None)
    return Q(worker_id__in=posts.order_by().values("user__worker_id"))


def in_force(day: date) -> Q:
    """Allocations in force on the day, their first and last day included."""
    return Q(started_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gte=day))


def held_last(day: date, among: Q) -> QuerySet[Allocation]:
    """Of these allocations, those by which a case was carried last that nobody carries after the day."""
    return allocations().filter(Q(role__in=CARRYING), among, _was_last(day))


def _was_last(day: date) -> Q:
    """Ended by the day, and no other carries the case after it."""
    later = Q(ended_on=None) | Q(ended_on__gt=OuterRef("ended_on"))
    others = allocations().filter(later, child=OuterRef("child"), role__in=CARRYING, started_on__lte=day)
    return Q(ended_on__lte=day) & ~Q(Exists(others))


def teamless(day: date) -> Q:
    """The children of the council's care whom no team has: none that is open carries the case or carried it last.

    Children who never came into care are not among them, save those added to the record in Hearth itself.
    """
    known, own = of_teams(Team.objects.filter(ended_on=None), day), Q(child=OuterRef("pk"))
    teams = allocations().filter(own, Q(role__in=CARRYING), known, in_force(day) | _was_last(day))
    return of_care(day) & ~Q(Exists(teams))


def of_care(day: date) -> Q:
    """The children of the council's care: in care on the day or before, or added to the record in Hearth itself."""
    from hearth.web.children.models import Episode

    return Q(batch=None) | Q(Exists(Episode.objects.order_by().filter(child=OuterRef("pk"), started_on__lte=day)))
