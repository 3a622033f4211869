"""What others recorded about a person's children since yesterday."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from hearth.web.access.models import READING, AuditEvent, User
from hearth.web.children.models import Child
from hearth.web.config.questions import kept

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
    return [
        News(seen[act.child_id], act.what, str(act.user or "Hearth"), act.at)
        for act in _latest(user.pk, start, list(seen))
        if act.child_id is not None
    ]


@kept
def _latest(but_by: int, start: datetime, children: list[int]) -> QuerySet[AuditEvent]:
    by_others = ~Q(what__in=READING) & ~Q(user=but_by) & ~Q(what__startswith="refused")
    acts = AuditEvent.objects.filter(by_others, at__gte=start, child_id__in=children)
    return acts.select_related("user")[:MOST]
