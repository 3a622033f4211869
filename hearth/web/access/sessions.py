"""Sessions in the database, as Django keeps them; the one of a request is asked for in words that are kept."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as Stored
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.db.models import QuerySet
from django.utils import timezone

from hearth.web.config.questions import kept


class SessionStore(Stored):
    """A session."""

    def _get_session_from_db(self) -> Session | None:
        found = _session(str(self.session_key), timezone.now())
        if not found:
            self._session_key = None
        return next(iter(found), None)

    def save(self, must_create: bool = False) -> None:
        """Keeps it. Raises OperationalError where the database is busy, which Django takes for a session that ended."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError):
                raise error.__context__ from None
            raise

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Where sessions are kept."""
        return Session


@kept
def _session(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
