"""What the list of carers and homes may be narrowed by."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.http import HttpRequest

from hearth.web.carers.lines import Line
from hearth.web.carers.subjects import Elsewhere, Home, Household
from hearth.web.design.forms import Form
from hearth.web.work.forms import WITHIN
from hearth.web.work.grouping import is_old

BY = {"whom": "Carer or home", "day": "Day", "kind": "What is owed"}
SORTS = {"": "Carers and homes", Household.sort: "Foster carers", Home.sort: "Children's homes"}
WEEKS_AHEAD = "28"


class Narrowing(Form):
    """How the list is grouped, whom it holds and how far ahead it looks; each has a default."""

    find = forms.CharField(label="Name or number", max_length=100, required=False)
    sort = forms.ChoiceField(label="Show", choices=list(SORTS.items()), required=False)
    team = forms.ChoiceField(label="Team", required=False)
    within = forms.ChoiceField(label="Due", choices=list(WITHIN.items()), required=False)
    by = forms.ChoiceField(label="Group by", choices=list(BY.items()), required=False)

    def __init__(self, request: HttpRequest, teams: list[str], sorts: list[str]) -> None:
        """``teams`` and ``sorts`` are those there are: of one sort alone nobody is asked which."""
        super().__init__(request.GET or None)
        self.is_filter = True
        if len(sorts) == 1:
            del self.fields["sort"]
        offered: forms.ChoiceField = self.fields["team"]  # type: ignore[assignment]  # declared above
        offered.choices = [("", "All teams"), *((team, team) for team in teams)]

    def chosen(self, name: str, default: str = "") -> str:
        """The choice made, or the default where none was made or it is none of the choices."""
        return str(self.cleaned_data.get(name) or default) if self.is_valid() else default

    def holds(self, subject: Elsewhere) -> bool:
        """Whether one is among those asked for."""
        sort, team, sought = self.chosen("sort"), self.chosen("team"), self.chosen("find").casefold()
        is_named = sought in str(subject).casefold() or sought in subject.identifier.casefold()
        return sort in ("", subject.sort) and team in ("", subject.team) and is_named

    def is_near(self, line: Line, day: date) -> bool:
        """Whether a line is due as soon as was asked; what is overdue is, unless it was missed long ago."""
        within = self.chosen("within", WEEKS_AHEAD)
        if within == "all":
            return True
        if line.status == "overdue":
            return within == "0" or not is_old(line.status, line.due_on, day)
        if line.due_on is None or line.status == "not_known":
            return within != "0"
        return within != "0" and line.due_on <= day + timedelta(days=int(within))
