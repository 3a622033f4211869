"""The sign-in page, with a button for each made-up person in the demonstration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.views import LoginView
from django.conf import settings

from hearth.web.access.models import Post, User
from hearth.web.access.roles import Role
from hearth.web.config.today import today


class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """Asks for an address and sends a code; offers passkeys and the council's own sign-in."""

    def get_context_data(self, **named: Any) -> dict[str, Any]:
        """Adds the made-up people."""
        context: dict[str, Any] = super().get_context_data(**named)
        return context | {"demo_people": demo_people()}


def demo_people() -> list[Mapping[str, Any]]:
    """The first made-up person of each role, in the order of the roles; nobody outside the demonstration."""
    if not settings.HEARTH_DEMO:
        return []
    posts = Post.objects.held_on(today()).filter(user__in=User.objects.filter(is_made_up=True, is_active=True))
    first: dict[str, Post] = {}
    for post in posts.select_related("user", "team").order_by("pk"):
        first.setdefault(post.role, post)
    return [_button(first[role]) for role in Role.values if role in first]


def _button(post: Post) -> Mapping[str, Any]:
    return {"pk": post.user.pk, "name": post.user.name, "role": post.get_role_display(), "team": post.team}
