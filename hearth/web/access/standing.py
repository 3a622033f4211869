"""In what capacity a person acts on a day: the posts held, looked up once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from hearth.web.access.models import Post, User
from hearth.web.config.questions import kept
from hearth.web.config.today import today

ORDER = ("administrator", "service_manager", "team_manager")
"""Where a person holds several posts the log names the first of these, else the one held longest."""


@dataclass(frozen=True)
class Standing:
    """A person, the day, and the posts held on it; none means nothing may be seen."""

    user: User
    day: date
    posts: tuple[Post, ...]

    @cached_property
    def roles(self) -> frozenset[str]:
        """The codes of the roles held."""
        return frozenset(post.role for post in self.posts)

    @cached_property
    def teams(self) -> frozenset[int]:
        """The keys of the teams in which a post is held."""
        return frozenset(post.team_id for post in self.posts if post.team_id)

    @cached_property
    def services(self) -> frozenset[str]:
        """The services of those teams."""
        return frozenset(post.team.service for post in self.posts if post.team)

    @cached_property
    def main(self) -> Post | None:
        """The post that the log names."""
        ranked = sorted(self.posts, key=lambda post: (_rank(post.role), post.started_on, post.pk))
        return ranked[0] if ranked else None


def _rank(role: str) -> int:
    return ORDER.index(role) if role in ORDER else len(ORDER)


def standing(user: User) -> Standing:
    """What the person is today; kept with the person for the length of a request."""
    found: Standing | None = user.__dict__.get("_standing")
    if found is None or found.day != today():
        found = Standing(user, today(), tuple(_posts(user.pk, today())))
        user.__dict__["_standing"] = found
    return found


@kept
def _posts(user: int, day: date) -> QuerySet[Post]:
    return Post.objects.filter(user=user).held_on(day).select_related("team")
