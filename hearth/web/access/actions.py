"""What may be done about people and their access: each act in one transaction with one line in the log."""

from __future__ import annotations

from datetime import date

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F

from hearth.web.access import audit
from hearth.web.access.models import Post, Team, User
from hearth.web.access.roles import Role
from hearth.web.config.today import today


@transaction.atomic
def sign_out_everywhere(*, by: User, person: User | None = None) -> None:
    """Ends every session of the person, the one who asks where no other is named."""
    whom = person or by
    User.objects.filter(pk=whom.pk).update(sessions_ended=F("sessions_ended") + 1)
    audit.record(by, "signed out everywhere", page="sign_out_everywhere", details={"person": whom.pk})


@transaction.atomic
def add_person(*, by: User, name: str, email: str, worker_id: str | None, registration: str = "") -> User:
    """Adds a person, who may sign in but sees nothing without a post."""
    made = User.objects.create_user(email, name, worker_id=worker_id, registration=registration)
    audit.record(by, "person added", page="person_added", details={"person": made.pk})
    return made


@transaction.atomic
def add_administrator(*, email: str, name: str) -> User:
    """Makes someone an administrator from the command line, where nobody is signed in. Raises ValidationError."""
    validate_email(email)
    found = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email, name)
    if not found.name.strip():
        raise ValidationError("Give the person's name: it stands beside all that they do")
    if found.posts_on(today()).filter(role=Role.ADMINISTRATOR).exists():
        raise ValidationError(f"{found} is an administrator already")
    Post.objects.create(user=found, role=Role.ADMINISTRATOR, started_on=today())
    audit.record(None, "administrator added from the command line", details={"person": found.pk})
    return found


@transaction.atomic
def change_person(*, person: User, by: User, email: str, **facts: str | None) -> None:
    """Changes a person: ``facts`` are name, worker_id and registration.

    A new address takes the place of the old one for signing in, and every session ends.
    """
    given = {"email": email, **facts}
    changed = [column for column, value in given.items() if getattr(person, column) != value]
    if "email" in changed:
        EmailAddress.objects.filter(user=person).delete()
        person.sessions_ended += 1
    for column in changed:
        setattr(person, column, given[column])
    person.save()
    audit.record(by, "person changed", page="person_changed", details={"person": person.pk, "changed": changed})


@transaction.atomic
def let_in(*, person: User, by: User, may: bool) -> None:
    """Lets a person sign in, or ends that together with every session."""
    person.is_active = may
    person.sessions_ended += 0 if may else 1
    person.save(update_fields=["is_active", "sessions_ended"])
    what = "person let in" if may else "person shut out"
    audit.record(by, what, page="person_let_in", details={"person": person.pk})


@transaction.atomic
def add_post(*, person: User, by: User, role: str, team: Team | None, started_on: date) -> Post:
    """Adds a post."""
    made = Post.objects.create(user=person, role=role, team=team, started_on=started_on)
    audit.record(by, "post added", page="post_added", details={"person": person.pk, "post": made.pk, "role": role})
    return made


@transaction.atomic
def end_post(*, post: Post, by: User, ended_on: date) -> None:
    """Gives a post its last day; access ends after it."""
    post.ended_on = ended_on
    post.save(update_fields=["ended_on"])
    details = {"person": post.user_id, "post": post.pk, "ended_on": str(ended_on)}
    audit.record(by, "post ended", page="post_ended", details=details)


@transaction.atomic
def save_team(*, team: Team, by: User) -> None:
    """Saves a team, new or changed."""
    what = "team changed" if team.pk else "team added"
    team.save()
    audit.record(by, what, page="team_changed", details={"team": team.pk, "name": team.name})
