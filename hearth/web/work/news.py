"""What others recorded about a person's children since yesterday."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from hearth.web.access.models import AuditEvent, User
from hearth.web.children.models import Child

READING = ("read", "exported")
MOST = 10


@dataclass(frozen=True)
class News:
    """One act: which child, what, by whom and when."""

    child: Child
    what: str
    by: str
    at: datetime


def since_yesterday(user: User, seen: Mapping[int, Child]) -> Sequence[News]:
    """The latest acts of others on the records of these children."""
    start = datetime.combine(timezone.localdate() - timedelta(days=1), time.min, timezone.get_current_timezone())
    by_others = ~Q(what__in=READING) & ~Q(user=user) & ~Q(what__startswith="refused")
    acts = AuditEvent.objects.filter(by_others, at__gte=start, child_id__in=list(seen))
    latest = acts.select_related("user")[:MOST]
    return [
        News(seen[act.child_id], act.what, str(act.user or "Hearth"), act.at)
        for act in latest
        if act.child_id is not None
    ]
