"""Giving children to another worker: which, to whom, from when, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from hearth.tables import codes
from hearth.web.children.holding import HOLDING
from hearth.web.children.models import Allocation, Child
from hearth.web.children.reach import among
from hearth.web.config.today import today
from hearth.web.design.fields import DayField
from hearth.web.design.forms import Filter, Form
from hearth.web.work.team.board import names_of
from hearth.web.work.team.cases import current

ROLES = {role: role.replace("_", " ").capitalize() for role in HOLDING}
REASONS = {code: about.label for code, about in codes.load("social_worker_change_reason").items()}


ANYBODY = "*"
"""Stands in an address for every worker and nobody; "" there is nobody alone."""


class Whose(Filter):
    """Whose children are offered: of which worker or of nobody, of which team, of what name."""

    worker = forms.ChoiceField(label="Now with", required=False, initial=ANYBODY)
    team = forms.ChoiceField(label="Team", required=False)
    find = forms.CharField(label="Name of the child", max_length=100, required=False)

    def __init__(self, *given: Any, workers: Mapping[str, str], teams: Mapping[str, str], **named: Any) -> None:
        super().__init__(*given, **named)
        offered: dict[str, Any] = dict(self.fields)
        offered["worker"].choices = [(ANYBODY, "Anybody"), ("", "Nobody who carries the case"), *workers.items()]
        offered["team"].choices = [("", "All teams"), *teams.items()]
        if len(teams) < MANY_TEAMS:
            del self.fields["team"]

    def narrowed(self, children: QuerySet[Child]) -> QuerySet[Child]:
        """Of these children those of the name; each word of it stands in one of their names."""
        sought = str(self.cleaned_data.get("find") or "") if self.is_valid() else ""
        for word in sought.split():
            children = children.filter(Q(first_names__icontains=word) | Q(last_names__icontains=word))
        return children


MANY_TEAMS = 2


class Reallocating(Form):
    """Some children, the worker they go to, the role, the day, the reason for the return."""

    children = forms.ModelMultipleChoiceField(
        Child.objects.none(), label="Which children?", widget=forms.CheckboxSelectMultiple
    )
    worker = forms.ChoiceField(label="Who takes them on?")
    role = forms.ChoiceField(label="As their", choices=list(ROLES.items()), widget=forms.RadioSelect)
    started_on = DayField(label="From which day?")
    reason = forms.ChoiceField(label="Why does the worker change?", choices=list(REASONS.items()))

    def __init__(
        self, *given: Any, seen: QuerySet[Child], shown: Sequence[Child], workers: Mapping[str, str], **named: Any
    ) -> None:
        """``seen``: whom the person may give away, ``shown``: those of them who stand on the page."""
        super().__init__(*given, **named)
        offered: dict[str, Any] = dict(self.fields)
        names = held_by(shown)
        offered["children"].queryset = seen
        offered["children"].choices = [(one.pk, f"{one.name} ({names.get(one.pk, 'nobody')})") for one in shown]
        offered["worker"].choices = [("", "Choose a worker"), *workers.items()]


def held_by(children: Sequence[Child]) -> dict[int, str]:
    """Who has each of the children now, by the child's key; nobody has those who are left out."""
    held = Allocation.objects.filter(
        current(today()), child__in=among(child.pk for child in children), role__in=HOLDING
    )
    rows = list(held.values_list("child_id", "worker_id"))
    names, found = names_of(worker for _, worker in rows), dict[int, str]()
    for child, worker in rows:
        found[child] = f"{found[child]}, {names[worker]}" if child in found else names[worker]
    return found
