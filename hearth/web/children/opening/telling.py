"""Tells the managers of whoever opened a record in an emergency: on their page and by mail, without the name."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Exists, OuterRef, Q, QuerySet

from hearth.web.access.models import EmergencyOpening, Post, User
from hearth.web.access.roles import Role
from hearth.web.access.standing import Standing, standing
from hearth.web.config.today import today
from hearth.web.design.words import moment

log = logging.getLogger("hearth.access")


def managers_of(user: User) -> list[User]:
    """The team managers of the person's teams; without one those of the service; without one the administrators."""
    held, posts = standing(user), Post.objects.held_on(today()).exclude(user=user)
    for found in (
        posts.filter(role=Role.TEAM_MANAGER, team__in=held.teams),
        posts.filter(role=Role.SERVICE_MANAGER, team__service__in=held.services),
        posts.filter(role=Role.ADMINISTRATOR),
    ):
        people = list(User.objects.filter(is_active=True, posts__in=found).distinct())
        if people:
            return people
    return []


def tell_managers(opening: EmergencyOpening) -> None:
    """Sends the mail; that it could not be sent is logged, and never undoes the opening."""
    words = (
        f"{opening.user} opened a child's record in an emergency, {moment(opening.opened_at)}.\n\n"
        "Sign in to Hearth and choose “Emergency openings” to see the record, the reason, and what was read.\n"
    )
    to = [user.email for user in managers_of(opening.user)]
    try:
        send_mail("Hearth: a record was opened in an emergency", words, settings.DEFAULT_FROM_EMAIL, to)
    except (SMTPException, OSError):
        log.exception("the mail about an emergency opening could not be sent")


def to_look_at(held: Standing) -> QuerySet[EmergencyOpening]:
    """The openings that the person answers for: of the team, the service, or all for an administrator."""
    found = EmergencyOpening.objects.none()
    for post in held.posts:
        found = found | _of(post)
    return found.exclude(user=held.user).select_related("user", "child", "looked_at_by").distinct()


def _of(post: Post) -> QuerySet[EmergencyOpening]:
    openings = EmergencyOpening.objects.all()
    if post.role == Role.ADMINISTRATOR:
        return openings
    if post.role == Role.TEAM_MANAGER and post.team:
        return openings.filter(_held_then(team=post.team))
    if post.role == Role.SERVICE_MANAGER and post.team:
        return openings.filter(_held_then(team__service=post.team.service))
    return openings.none()


def _held_then(**team: Any) -> Exists:
    """Whether who opened the record held a post in the team on that day: leaving the job hides no opening."""
    day = OuterRef("opened_at__date")
    not_over = Q(ended_on=None) | Q(ended_on__gte=day)
    return Exists(Post.objects.filter(not_over, user=OuterRef("user"), started_on__lte=day, **team))
