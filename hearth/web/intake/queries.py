"""Whose the problems are: by the worker and the team that hold the child today, for problems and findings alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from hearth.tables.codes import members
from hearth.web.access.models import User
from hearth.web.children.models import Allocation, Child

HOLDERS = members("worker_role", "social_worker", "personal_adviser")
"""Who answers for what is recorded of a child: the social worker; of a care leaver the personal adviser."""
NOBODY = "Nobody today"
NO_CHILD = "Not about one child"


@dataclass(frozen=True)
class Holder:
    """A worker and the team, as they are shown."""

    worker: str = NOBODY
    team: str = NOBODY


@dataclass
class Share:
    """What of the problems is one worker's, or one team's."""

    name: str
    rows: int = 0
    children: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def most(self) -> list[tuple[str, int]]:
        """The kinds that come most often."""
        return self.kinds.most_common(5)


def named(identifiers: Iterable[str | None]) -> QuerySet[Child]:
    """The children of the record that these identifiers name: whose record a list of problems shows a part of."""
    return Child.everything.filter(child_id__in={each for each in identifiers if each}).only("pk")


def holders(children: Iterable[str]) -> Mapping[str, Holder]:
    """Who holds each child (by identifier) today; children whom nobody holds are left out."""
    wanted = set(children)
    held = Allocation.objects.filter(ended_on=None, role__in=HOLDERS).order_by("role", "started_on")
    rows = held.values_list("child__child_id", "worker_id", "team")
    names = dict(User.objects.exclude(worker_id=None).values_list("worker_id", "name"))
    return {child: Holder(_named(worker, names), team or NOBODY) for child, worker, team in rows if child in wanted}


def _named(worker: str, names: Mapping[str | None, str]) -> str:
    return f"{names[worker]} ({worker})" if worker in names else worker


def shares(rows: Sequence[tuple[str | None, str]], by: str) -> list[Share]:
    """The problems by "worker" or "team": each is given as the child's identifier (or None) and its kind."""
    whose = holders(child for child, _ in rows if child)
    found: dict[str, Share] = {}
    for child, kind in rows:
        name = getattr(whose.get(child, Holder()), by) if child else NO_CHILD
        share = found.setdefault(name, Share(name))
        share.rows += 1
        share.kinds[kind] += 1
        share.children |= {child} if child else set()
    return sorted(found.values(), key=lambda share: (-share.rows, share.name))


def rules(findings: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Findings by rule, in the order of the rules: code, message, what to look at, rows and children."""
    found: dict[str, dict[str, Any]] = {}
    for row in findings:
        facts = {
            "code": row["code"],
            "message": row["message"],
            "look_at": row["look_at"],
            "rows": 0,
            "children": set(),
        }
        rule = found.setdefault(row["code"], facts)
        rule["rows"] += 1
        rule["children"] |= {row["child_id"]} - {None}
    return [{**rule, "children": len(rule["children"])} for rule in found.values()]
