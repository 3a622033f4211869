"""What an administrator says about a person, a post or a team."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from hearth.web.access.models import Post, Team, User
from hearth.web.access.roles import Role
from hearth.web.design.fields import DayField
from hearth.web.design.forms import Filter, Form, ModelForm

WITHOUT_TEAM = frozenset({Role.BOARD_MEMBER, Role.ADMINISTRATOR, Role.ANALYST})


class PersonForm(ModelForm):
    """A person who may sign in."""

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["name", "email", "worker_id", "registration"]
        labels: ClassVar[dict[str, str]] = {
            "email": "Work e-mail address",
            "worker_id": "Identifier of the worker in the record",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "email": "Sign-in codes are sent to it",
            "registration": "Of a registered social worker: only such a worker counts as a child's named social worker",
            "worker_id": "As allocations name the worker: without it no child is allocated to the person",
        }

    def clean_email(self) -> str:
        """The address in small letters. Raises ValidationError when another person has it."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(f"{email} is the address of another person: open that person instead")
        return email

    def clean_worker_id(self) -> str | None:
        """None where it is left empty, so that several people may be without."""
        return self.cleaned_data["worker_id"] or None


class PostForm(Form):
    """A post: the role, the team, and from when."""

    role = forms.ChoiceField(label="Role", choices=[("", "Choose one"), *Role.choices])
    team = forms.ModelChoiceField(Team.objects.filter(ended_on=None), label="Team", required=False)
    started_on = DayField(label="First day in the post")

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError when a role that works in a team has none."""
        cleaned = super().clean() or {}
        if cleaned.get("role") and cleaned["role"] not in WITHOUT_TEAM and not cleaned.get("team"):
            self.add_error("team", "Choose the team: this role sees children through it")
        return cleaned


class EndForm(Form):
    """The last day of a post."""

    ended_on = DayField(label="Last day in the post", help_text="Access ends after this day. For example, 27 3 2026")

    def __init__(self, *given: Any, post: Post, **named: Any) -> None:
        super().__init__(*given, **named)
        self.post = post

    def clean_ended_on(self) -> Any:
        """Raises ValidationError for a day before the post began."""
        ended_on = self.cleaned_data["ended_on"]
        if ended_on < self.post.started_on:
            raise ValidationError("The last day cannot be before the first day in the post")
        return ended_on


class TeamForm(ModelForm):
    """A team."""

    class Meta:
        model = Team
        fields: ClassVar[list[str]] = ["name", "service", "locality", "ended_on"]
        field_classes: ClassVar[dict[str, Any]] = {"ended_on": DayField}
        labels: ClassVar[dict[str, str]] = {"ended_on": "Closed on"}
        help_texts: ClassVar[dict[str, str]] = {
            "name": "As allocations name the team",
            "service": "Service managers see the children of every team with the same service",
        }


class LogFilter(Filter):
    """Which lines of the log to show."""

    person = forms.ModelChoiceField(User.objects.all(), label="Who", required=False, empty_label="Anyone")
    from_on = DayField(label="From", required=False)
    to_on = DayField(label="To", required=False)
    only_refused = forms.BooleanField(label="Only what was refused, failed tries to sign in included", required=False)
