"""Whose the problems are, by worker and team, and of which children nothing may be shown: for problems and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from hearth.tables.codes import members
from hearth.web.access.models import User
from hearth.web.children.models import Allocation, Child
from hearth.web.children.reach import opened_by, shut_to

HOLDERS = members("worker_role", "social_worker", "personal_adviser")
"""Who answers for what is recorded of a child: the social worker; of a care leaver the personal adviser."""
NOBODY = "Nobody today"
NO_CHILD = "Not about one child"
RESTRICTED = "A child whose record is restricted"
"""What stands in place of the child, the worker and the team where the reader may not know them."""


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


def unknown_to(user: User) -> frozenset[str]:
    """The identifiers of the children whose record is restricted to others, compared as ``is_unknown`` compares."""
    shut = Child.everything.filter(shut_to(user) & ~opened_by(user))
    return frozenset(_plain(child_id) for child_id in shut.values_list("child_id", flat=True))


def is_unknown(child: str | None, unknown: frozenset[str]) -> bool:
    """Whether nothing may be shown of the child that a row names, however its identifier is written there."""
    return child is not None and _plain(child) in unknown


def _plain(child_id: str) -> str:
    return child_id.strip().casefold()


def holders(children: Iterable[str]) -> Mapping[str, Holder]:
    """Who holds each child (by identifier) today; children whom nobody holds are left out."""
    wanted = set(children)
    held = Allocation.objects.filter(ended_on=None, role__in=HOLDERS).order_by("role", "started_on")
    rows = held.values_list("child__child_id", "worker_id", "team")
    names = dict(User.objects.exclude(worker_id=None).values_list("worker_id", "name"))
    return {child: Holder(_named(worker, names), team or NOBODY) for child, worker, team in rows if child in wanted}


def _named(worker: str, names: Mapping[str | None, str]) -> str:
    return f"{names[worker]} ({worker})" if worker in names else worker


def shares(rows: Sequence[tuple[str | None, str]], by: str, unknown: frozenset[str]) -> list[Share]:
    """The problems by "worker" or "team": each is given as the child's identifier (or None) and its kind.

    Those of children who are ``unknown`` to the reader are counted together, whoever holds them and whatever they are.
    """
    whose = holders(child for child, _ in rows if child)
    found: dict[str, Share] = {}
    for child, kind in rows:
        is_hidden = is_unknown(child, unknown)
        name = RESTRICTED if is_hidden else getattr(whose.get(child, Holder()), by) if child else NO_CHILD
        share = found.setdefault(name, Share(name))
        share.rows += 1
        share.kinds.update(() if is_hidden else (kind,))
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
