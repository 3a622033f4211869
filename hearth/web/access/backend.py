"""Who the person of a session is: found as Django finds them, in words that are kept."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from hearth.web.access.models import User
from hearth.web.config.questions import kept


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signs in as allauth does."""

    def get_user(self, user_id: Any) -> User | None:
        """The person, where they may still sign in."""
        user = next(iter(_person(int(user_id))), None)
        return user if self.user_can_authenticate(user) else None


@kept
def _person(pk: int) -> QuerySet[User]:
    return User.objects.filter(pk=pk)
