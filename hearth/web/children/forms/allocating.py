"""Who works with the child."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q

from hearth.tables.codes import members
from hearth.web.access.models import User
from hearth.web.children import actions
from hearth.web.children.models import Allocation
from hearth.web.children.models.working import MAIN_ROLES
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.kinds import Kind
from hearth.web.config.today import today
from hearth.web.design.fields import CodeField

SOCIAL_WORKER = members("worker_role", "social_worker")[0]


def workers() -> list[tuple[str, str]]:
    """The people who hold a post today and are named in the record, with their posts."""
    posts = Q(posts__started_on__lte=today()) & (Q(posts__ended_on=None) | Q(posts__ended_on__gte=today()))
    found = (
        User.objects.filter(posts, is_active=True).exclude(worker_id=None).distinct().prefetch_related("posts__team")
    )
    return [("", "Choose one"), *((str(u.worker_id), f"{u}, {next(iter(u.posts.all()))}") for u in found)]


class AllocationSheet(Sheet):
    """Who, in which role, from when."""

    ahead = ("started_on",)
    worker_id = forms.ChoiceField(label="Who", choices=workers)
    role = CodeField("worker_role", only=MAIN_ROLES, label="In which role")
    field_order = ("role", "worker_id", "started_on", "reason_changed")

    class Meta(Sheet.Meta):
        model = Allocation
        fields = ("role", "worker_id", "started_on", "reason_changed")
        labels = {"reason_changed": "Why does the worker change?"}  # noqa: RUF012 - Django's own way of saying it

    def check(self, answers: Mapping[str, Any]) -> None:
        """A social worker who takes over from another says why."""
        before = Allocation.objects.filter(child=self.child, role=answers.get("role"), ended_on=None)
        if not self.is_correction and answers.get("role") == SOCIAL_WORKER and before.exists():
            self.needs("reason_changed", "Say why the worker changes")

    def facts(self) -> dict[str, Any]:
        """With the team of the worker on the day."""
        facts = super().facts()
        worker = User.objects.filter(worker_id=facts["worker_id"]).first()
        post = worker and worker.posts_on(facts["started_on"]).select_related("team").exclude(team=None).first()
        return facts | {"team": post.team.name if post and post.team else None}


ALLOCATION = Kind(
    code="allocation",
    area="care",
    title="Allocate a worker",
    words="an allocation",
    done="Worker allocated",
    form=AllocationSheet,
    action=actions.allocate,
    model=Allocation,
    takes_papers=False,
    per_child=(),
    button="Allocate",
)
KINDS = (ALLOCATION,)
