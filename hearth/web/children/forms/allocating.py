"""Who works with the child."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from hearth.tables.codes import members
from hearth.web.access.models import Post, User
from hearth.web.access.roles import Role
from hearth.web.children import actions
from hearth.web.children.models import Allocation
from hearth.web.children.models.working import MAIN_ROLES
from hearth.web.children.sheets.asking import Sheet
from hearth.web.children.sheets.kinds import Kind
from hearth.web.config.today import today
from hearth.web.design.fields import CodeField

SOCIAL_WORKER = members("worker_role", "social_worker")[0]


def workers() -> list[tuple[str, str]]:
    """The people who hold a post today and are named in the record, with the post they have held longest."""
    held = Post.objects.held_on(today()).filter(user__is_active=True).exclude(user__worker_id=None)
    told = held.order_by("user__name", "user", "started_on", "pk").values_list(
        "user__worker_id", "user__name", "user__email", "role", "team__name"
    )
    found: dict[str, str] = {}
    for worker, name, address, role, team in told:
        post = f"{Role(role).label}, {team}" if team else Role(role).label
        found.setdefault(str(worker), f"{name or address}, {post}")
    return [("", "Choose one"), *found.items()]


class AllocationSheet(Sheet):
    """Who, in which role, from when."""

    ahead = ("started_on",)
    worker_id = forms.ChoiceField(label="Who", choices=workers)
    role = CodeField("worker_role", only=MAIN_ROLES, label="In which role")
    field_order = ("role", "worker_id", "started_on", "reason_changed")

    class Meta(Sheet.Meta):
        model = Allocation
        fields = ("role", "worker_id", "started_on", "reason_changed")
        labels = {"reason_changed": "Why does the worker change?"}

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
