"""Giving children to another worker: which, to whom, from when, why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from hearth.tables import codes
from hearth.web.children.holding import HOLDING
from hearth.web.children.models import Allocation, Child
from hearth.web.config.today import today
from hearth.web.design.fields import DayField
from hearth.web.design.forms import Form
from hearth.web.work.team.board import names_of
from hearth.web.work.team.cases import current

ROLES = {role: role.replace("_", " ").capitalize() for role in HOLDING}
REASONS = {code: about.label for code, about in codes.load("social_worker_change_reason").items()}


class Reallocating(Form):
    """Some children, the worker they go to, the role, the day, the reason for the return."""

    children = forms.ModelMultipleChoiceField(
        Child.objects.none(), label="Which children?", widget=forms.CheckboxSelectMultiple
    )
    worker = forms.ChoiceField(label="Who takes them on?")
    role = forms.ChoiceField(label="As their", choices=list(ROLES.items()), widget=forms.RadioSelect)
    started_on = DayField(label="From which day?")
    reason = forms.ChoiceField(label="Why does the worker change?", choices=list(REASONS.items()))

    def __init__(self, *given: Any, seen: Any, workers: dict[str, str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["children"].queryset = seen  # type: ignore[attr-defined]  # a field of several children
        names = held_by(seen)
        self.fields["children"].label_from_instance = lambda child: f"{child.name} ({names.get(child.pk, 'nobody')})"  # type: ignore[attr-defined]  # as above
        self.fields["worker"].choices = [("", "Choose a worker"), *workers.items()]  # type: ignore[attr-defined]


def held_by(children: QuerySet[Child]) -> dict[int, str]:
    """Who has each of the children now, by the child's key; nobody has those who are left out."""
    held = Allocation.objects.filter(current(today()), child__in=children.order_by(), role__in=HOLDING)
    rows = list(held.values_list("child_id", "worker_id"))
    names, found = names_of(worker for _, worker in rows), dict[int, str]()
    for child, worker in rows:
        found[child] = f"{found[child]}, {names[worker]}" if child in found else names[worker]
    return found
