"""Whose children an address of the boards asks for: of a team, of a worker, of nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.http import urlencode

from hearth.web.access.models import Team
from hearth.web.access.signed_in import person
from hearth.web.work.team.board import names_of
from hearth.web.work.team.cases import Cases, answers_for_teamless, cases, teams_of

NONE = "none"
"""Stands for the team of children whom no team has."""


@dataclass(frozen=True)
class Asked:
    """Whose children an address asks for: of which teams, of which worker; and the children.

    ``of_none``: those whom no team has; ``may_ask_none``: the person may ask for them.
    """

    teams: Sequence[Team]
    team: Team | None
    cases: Cases
    worker: tuple[str, str] | None
    of_none: bool = False
    may_ask_none: bool = False

    @property
    def children(self) -> frozenset[int]:
        """The children asked for."""
        if self.worker is None:
            return self.cases.children
        return self.cases.by_worker.get(self.worker, frozenset()) if self.worker[0] else self.cases.nobodys

    @property
    def query(self) -> str:
        """What keeps the team in the links to the lists."""
        if self.of_none:
            return urlencode({"team": NONE})
        is_one_of_more = len(self.teams) > 1 or self.may_ask_none
        return urlencode({"team": self.team.pk}) if self.team and is_one_of_more else ""

    @property
    def whose(self) -> str:
        """Whose they are, in words."""
        if self.worker is not None:
            return names_of([self.worker[0]])[self.worker[0]] if self.worker[0] else "nobody now"
        return "no team" if self.of_none else str(self.team or "")


def asked(request: HttpRequest, page: str) -> Asked:
    """What ``?team=`` and ``?worker=&role=`` ask for; all teams of the person where neither does.

    A worker "" is nobody, the team "none" is none. Raises Http404 for a team that the person does not answer for.
    """
    user, given = person(request), request.GET
    teams, may_ask_none = teams_of(user, page), answers_for_teamless(user, page)
    of_none = may_ask_none and given.get("team") == NONE
    team = None if of_none else _chosen(given.get("team", ""), teams)
    if team is None and len(teams) == 1 and not may_ask_none:
        team = teams[0]
    worker = (given["worker"], given.get("role", "")) if "worker" in given else None
    some = [] if of_none else [team] if team else teams
    found = cases(user, page, some, with_teamless=may_ask_none and team is None)
    return Asked(teams, team, found, worker, of_none, may_ask_none)


def _chosen(given: str, teams: Sequence[Team]) -> Team | None:
    """The team asked for among those the person answers for; None: all of them together."""
    if not given:
        return None
    found = next((team for team in teams if str(team.pk) == given), None)
    if found is None:
        raise Http404
    return found
