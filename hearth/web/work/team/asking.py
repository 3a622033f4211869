"""Whose children an address of the boards asks for: of a team, of a worker, of nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.http import urlencode

from hearth.web.access.models import Team
from hearth.web.access.signed_in import person
from hearth.web.work.team.board import names_of
from hearth.web.work.team.cases import Cases, cases, teams_of


@dataclass(frozen=True)
class Asked:
    """Whose children an address asks for: of which teams, of which worker; and the children."""

    teams: Sequence[Team]
    team: Team | None
    cases: Cases
    worker: tuple[str, str] | None

    @property
    def children(self) -> frozenset[int]:
        """The children asked for."""
        if self.worker is None:
            return self.cases.children
        return self.cases.by_worker.get(self.worker, frozenset()) if self.worker[0] else self.cases.nobodys

    @property
    def query(self) -> str:
        """What keeps the team in the links to the lists."""
        return urlencode({"team": self.team.pk}) if self.team and len(self.teams) > 1 else ""

    @property
    def whose(self) -> str:
        """Whose they are, in words."""
        if self.worker is not None:
            return names_of([self.worker[0]])[self.worker[0]] if self.worker[0] else "nobody now"
        return str(self.team) if self.team else ""


def asked(request: HttpRequest, page: str) -> Asked:
    """What ``?team=`` and ``?worker=&role=`` ask for; all teams of the person where neither does.

    A worker "" is nobody. Raises Http404 for a team that the person does not answer for.
    """
    user = person(request)
    teams = teams_of(user, page)
    team, given = _chosen(request, teams), request.GET
    worker = (given["worker"], given.get("role", "")) if "worker" in given else None
    return Asked(teams, team, cases(user, page, [team] if team else teams), worker)


def _chosen(request: HttpRequest, teams: Sequence[Team]) -> Team | None:
    """The team asked for among those the person answers for; their one team; None: all of them together."""
    given = request.GET.get("team", "")
    if given:
        found = next((team for team in teams if str(team.pk) == given), None)
        if found is None:
            raise Http404
        return found
    return teams[0] if len(teams) == 1 else None
