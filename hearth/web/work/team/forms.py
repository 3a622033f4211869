"""Giving children to another worker: which, to whom, from when, why."""

from __future__ import annotations

from typing import Any

from django import forms

from hearth.tables import codes
from hearth.web.access.models import User
from hearth.web.children.models import Allocation, Child
from hearth.web.config.today import today
from hearth.web.design.fields import DayField
from hearth.web.design.forms import Form
from hearth.web.work.team.board import CARRYING, current

ROLES = {"social_worker": "Social worker", "personal_adviser": "Personal adviser"}
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
        self.fields["children"].label_from_instance = described  # type: ignore[attr-defined]  # as above
        self.fields["worker"].choices = [("", "Choose a worker"), *workers.items()]  # type: ignore[attr-defined]


def described(child: Child) -> str:
    """The child with who has it now."""
    held = Allocation.objects.filter(current(today()), child=child, role__in=CARRYING)
    names = dict(User.objects.filter(worker_id__in=[row.worker_id for row in held]).values_list("worker_id", "name"))
    now = ", ".join(f"{names.get(row.worker_id, row.worker_id)}" for row in held)
    return f"{child.name} ({now or 'nobody'})"
