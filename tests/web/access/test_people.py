"""People, posts and teams: what the database itself refuses."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError

from hearth.web.access.models import Post, User


@pytest.mark.parametrize(
    ("started_on", "ended_on", "day", "held"),
    [
        ("2025-04-01", None, "2025-04-01", True),
        ("2025-04-01", None, "2025-03-31", False),
        ("2025-04-01", "2025-06-30", "2025-06-30", True),
        ("2025-04-01", "2025-06-30", "2025-07-01", False),
    ],
)
def test_a_post_is_held_from_its_first_to_its_last_day(a_user, started_on, ended_on, day, held):
    user = a_user(
        started_on=date.fromisoformat(started_on), ended_on=date.fromisoformat(ended_on) if ended_on else None
    )
    assert user.posts_on(date.fromisoformat(day)).exists() is held


def test_no_post_ends_before_it_starts(a_user):
    with pytest.raises(IntegrityError):
        a_user(started_on=date(2025, 4, 2), ended_on=date(2025, 4, 1))


def test_no_post_of_an_unknown_role(a_user):
    with pytest.raises(IntegrityError):
        Post.objects.create(user=a_user(), role="wizard", started_on=date(2025, 1, 1))


def test_one_person_an_address_whatever_its_capitals(a_user):
    a_user()
    User.objects.create_user("Asha.Khan@example.org", "Asha Khan")
    with pytest.raises(IntegrityError):
        User.objects.create(email="ASHA.khan@example.org", name="Another")
