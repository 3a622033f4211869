"""The weeks ahead of a team and its workers, as worked out for the day: drawn, and the weeks too full in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from hearth.web.design import charts, words
from hearth.web.work.models import ForecastWeek

LABEL_EACH = 4
"""Every so many weeks the day stands under the bar."""


@dataclass(frozen=True)
class Ahead:
    """The weeks ahead of one team or worker."""

    name: str
    weeks: Sequence[ForecastWeek]
    is_worker: bool = False

    @property
    def hard(self) -> list[ForecastWeek]:
        """The weeks that ask for more than was ever managed in one of the weeks before."""
        return [week for week in self.weeks if week.can_be_done is False]

    @property
    def best(self) -> int | None:
        """What was managed in the best of the weeks before; None where nothing was recorded as done."""
        return self.weeks[0].managed_best if self.weeks else None

    @property
    def says(self) -> str:
        """The weeks that cannot be done, in a sentence."""
        if self.best is None:
            return "Nothing was recorded as done in the 26 weeks before, so it cannot be told which weeks can be done."
        if not self.hard:
            return f"No week asks for more than was done in the best of the 26 weeks before ({self.best:,})."
        many = "One week" if len(self.hard) == 1 else f"{len(self.hard)} of the {len(self.weeks)} weeks"
        return f"{many} cannot be done as things are. {self.hard[0].why}."

    @property
    def chart(self) -> SafeString:
        """The weeks as bars, with the line of the best week before."""
        drawn = [
            charts.Bar(
                words.day(week.starts_on).rsplit(" ", 1)[0]
                if at % LABEL_EACH == 0 and at < len(self.weeks) - 2
                else "",
                week.falls_due + week.already_late,
                week.can_be_done is False,
            )
            for at, week in enumerate(self.weeks)
        ]
        title = f"What falls due in each week: {self.name}"
        best = "" if self.best is None else f"Best week before: {self.best:,}"
        return charts.bars("ahead", title, self.says, drawn, line=self.best, line_words=best)


def of_team(team: str) -> Ahead:
    """The weeks of a team by its name."""
    return Ahead(team, list(ForecastWeek.objects.filter(by="team", group=team)))


def of_worker(worker_id: str, name: str) -> Ahead:
    """The weeks of a worker, whatever team each child is held for."""
    return Ahead(name, list(ForecastWeek.objects.filter(by="worker", group=worker_id)), is_worker=True)


def hard_weeks(by: str, groups: Iterable[str]) -> Mapping[str, Sequence[ForecastWeek]]:
    """The weeks that cannot be done by team or worker."""
    found: dict[str, list[ForecastWeek]] = {}
    for week in ForecastWeek.objects.filter(by=by, group__in=list(groups), can_be_done=False):
        found.setdefault(week.group, []).append(week)
    return found
