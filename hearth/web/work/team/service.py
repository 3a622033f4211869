"""The teams of a service side by side: what each carries, what is overdue, what stands still, which weeks are full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.http import urlencode

from hearth.web.access.models import Team
from hearth.web.work.models import ForecastWeek
from hearth.web.work.team.ahead import hard_weeks
from hearth.web.work.team.asking import NONE
from hearth.web.work.team.board import Tallies, Tally
from hearth.web.work.team.cases import Cases


@dataclass(frozen=True)
class Row:
    """One team: how many workers, its children with what is overdue, soon due and stands still, the weeks too full.

    The row of no team holds the children whom none has.
    """

    team: Team | None
    workers: int
    tally: Tally
    hard: Sequence[ForecastWeek] = ()

    @property
    def name(self) -> str:
        """What the row is called."""
        return self.team.name if self.team else "No team"

    @property
    def query(self) -> str:
        """What asks for the team in an address."""
        return urlencode({"team": self.team.pk if self.team else NONE})


def side_by_side(teams: Sequence[Team], found: Cases) -> tuple[Tally, list[Row]]:
    """All of it once, and the rows of these teams, the most overdue first."""
    tallies, hard = Tallies(found.children), hard_weeks("team", [team.name for team in teams])
    made = [
        Row(
            team=team,
            workers=len(found.workers_of.get(team.name, ())),
            tally=tallies.of(found.by_team[team.name]),
            hard=hard.get(team.name, ()),
        )
        for team in teams
    ]
    if found.teamless:
        made.append(Row(None, 0, tallies.of(found.teamless)))
    return tallies.of(found.children), sorted(made, key=lambda row: (-row.tally.overdue, row.name))
