"""An administrator adds, changes and ends people, posts and teams; each act is in the log."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from hearth.web.access.models import AuditEvent, Post, Team, User


@pytest.fixture
def admin(a_user, signed_in):
    return signed_in(a_user(role="administrator"))


def whats() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("what", flat=True))


def test_a_person_is_added_given_a_post_and_the_post_ended(admin, a_team):
    team = a_team("East")
    given = {"name": "Asha Khan", "email": "Asha.Khan@example.org", "worker_id": "W-77"}
    added = admin.post(reverse("person_added"), given)
    asha = User.objects.get(email="asha.khan@example.org")
    assert added.headers["Location"] == reverse("person", args=[asha.pk])
    post = {"role": "social_worker", "team": team.pk, "started_on": "2026-03-01"}
    admin.post(reverse("post_added", args=[asha.pk]), post)
    held = Post.objects.get(user=asha)
    admin.post(reverse("post_ended", args=[held.pk]), {"ended_on": "2026-09-30"})
    held.refresh_from_db()
    assert (held.team, held.started_on, held.ended_on) == (team, date(2026, 3, 1), date(2026, 9, 30))
    assert whats() == ["person added", "post added", "post ended"]
    assert "Asha Khan" in admin.get(reverse("people"), {"sought": "asha"}).content.decode()


@pytest.mark.parametrize(
    ("page", "given", "said"),
    [
        ("person_added", {"name": "", "email": "a@example.org"}, "Enter name"),
        ("person_added", {"name": "A", "email": "TAKEN@example.org"}, "is the address of another person"),
        ("person_added", {"name": "A", "email": "a@example.org", "worker_id": "W-1"}, "already exists"),
        ("post_added", {"role": "social_worker", "started_on": "2026-03-01"}, "Choose the team"),
        ("post_ended", {"ended_on": "2014-12-31"}, "cannot be before the first day"),
    ],
)
def test_what_cannot_be_is_said(admin, a_user, page, given, said):
    taken = a_user(worker_id="W-1")
    User.objects.filter(pk=taken.pk).update(email="taken@example.org")
    keys = {"post_added": [taken.pk], "post_ended": [Post.objects.get(user=taken).pk]}.get(page, [])
    assert said in admin.post(reverse(page, args=keys), given).content.decode()
    assert whats() == []


def test_a_new_address_ends_every_session_and_the_old_one_signs_nobody_in(admin, a_user, signed_in):
    user = a_user(name="Asha Khan", worker_id="W-1")
    hers = signed_in(user)
    given = {"name": user.name, "email": "new@example.org", "worker_id": "W-1"}
    admin.post(reverse("person_changed", args=[user.pk]), given)
    assert hers.get("/account").status_code == 302
    assert AuditEvent.objects.get(what="person changed").details["changed"] == ["email"]


def test_a_person_shut_out_is_out_at_once(admin, a_user, signed_in):
    user = a_user()
    hers = signed_in(user)
    assert hers.get("/account").status_code == 200
    admin.post(reverse("person_let_in", args=[user.pk]), {"may": "no"})
    assert hers.get("/account").status_code == 302
    admin.post(reverse("person_let_in", args=[user.pk]), {"may": "yes"})
    user.refresh_from_db()
    assert user.is_active
    assert {"person shut out", "person let in"} <= set(whats())


def test_an_administrator_does_not_shut_herself_out(a_user, signed_in):
    user = a_user(role="administrator")
    signed_in(user).post(reverse("person_let_in", args=[user.pk]), {"may": "no"})
    user.refresh_from_db()
    assert user.is_active


def test_a_team_is_added_and_closed(admin):
    admin.post(reverse("team_added"), {"name": "North", "service": "Children in care"})
    team = Team.objects.get(name="North")
    given = {"name": "North", "service": "Children in care", "ended_on": "2026-01-31"}
    admin.post(reverse("team_changed", args=[team.pk]), given)
    team.refresh_from_db()
    assert team.ended_on == date(2026, 1, 31)
    assert whats() == ["team added", "team changed"]


def test_the_log_is_read_by_person_and_names_no_child(admin, a_user, a_child, allocated, signed_in):
    user, other, child = a_user(), a_user(), a_child("Mia", "Jones")
    allocated(child, user)
    signed_in(user).get(reverse("child", args=[child.pk]))
    words = admin.get(reverse("log"), {"person": user.pk}).content.decode()
    assert "Read: A child: who this is" in words
    assert "Mia" not in words
    assert "No line fits" in admin.get(reverse("log"), {"person": other.pk}).content.decode()
