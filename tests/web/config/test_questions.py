"""Questions that are kept answer as Django would, whatever they were asked with before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db.models import Q, QuerySet
from django.utils import timezone

from hearth.web.access.models import EmergencyOpening, Post, User
from hearth.web.config.questions import LONGEST, kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from hearth.web.children.models import Child

pytestmark = pytest.mark.django_db
Build = Any
DAY = date(2026, 3, 31)


@kept
def posts(user: int, day: date) -> QuerySet[Post]:
    return Post.objects.filter(user=user).held_on(day).select_related("team", "user")


@kept
def people(keys: list[int], *, but: str = "") -> QuerySet[User, str]:
    return User.objects.filter(pk__in=keys).exclude(name=but).order_by("pk").values_list("name", flat=True)


@kept
def openings(user: int, now: datetime) -> QuerySet[EmergencyOpening, tuple[str, datetime]]:
    return EmergencyOpening.objects.open_at(now).filter(user=user).values_list("why", "ends_at")


@kept
def workers(worker: str | None) -> QuerySet[User, int]:
    return User.objects.filter(worker_id=worker).order_by("pk").values_list("pk", flat=True)


@kept
def named_like(start: str) -> QuerySet[User]:
    return User.objects.filter(name__startswith=start)


@kept
def lately(day: date) -> QuerySet[Post]:
    return Post.objects.filter(started_on__gt=day - timedelta(days=7))


@kept
def noted() -> QuerySet[User, dict[str, Any]]:
    return User.objects.values("pk")


def test_it_answers_for_each_person_and_day_with_what_was_selected_beside(a_user: Build) -> None:
    first, second = a_user(ended_on=DAY), a_user(role="health", team="East")
    for user, day, held in ((first, DAY, 1), (second, DAY, 1), (first, DAY + timedelta(days=1), 0), (first, DAY, 1)):
        found = posts(user.pk, day)
        assert found == list(user.posts_on(day))
        assert len(found) == held
        assert [(post.user, post.team.name) for post in found if post.team] == [
            (post.user, post.team.name) for post in user.posts_on(day) if post.team
        ]


def test_a_row_is_as_django_reads_it(a_user: Build) -> None:
    user = a_user()
    (post,) = posts(user.pk, DAY)
    assert (post.started_on, post.ended_on, post.user.added_at) == (date(2015, 1, 1), None, user.added_at)
    assert not post._state.adding


def test_lists_of_any_length_are_asked_for(a_user: Build) -> None:
    keys = [a_user(name=name).pk for name in ("Ann", "Bo", "Cy")]
    assert [people(keys), people(keys[1:]), people([])] == [["Ann", "Bo", "Cy"], ["Bo", "Cy"], []]
    assert people([*keys, *range(10**6, 10**6 + LONGEST)]) == ["Ann", "Bo", "Cy"]
    assert people(keys, but="Bo") == ["Ann", "Cy"]


def test_the_moment_is_that_of_the_asking(a_user: Build, a_child: Callable[[], Child]) -> None:
    user, now = a_user(), timezone.now()
    opening = EmergencyOpening.objects.create(user=user, child=a_child(), why="x", ends_at=now + timedelta(hours=1))
    assert openings(user.pk, now + timedelta(minutes=1)) == [("x", opening.ends_at)]
    assert openings(user.pk, now + timedelta(hours=2)) == []


def test_nothing_is_not_a_value(a_user: Build) -> None:
    one, other = a_user(worker_id="W-1"), a_user()
    User.objects.filter(pk=other.pk).update(worker_id=None)
    assert workers("W-1") == [one.pk]
    assert other.pk in workers(None)


def test_nothing_is_put_together_twice_and_no_value_is_kept(a_user: Build) -> None:
    asked = []

    @kept
    def by_name(name: str) -> QuerySet[User]:
        asked.append(name)
        return User.objects.filter(Q(name=name))

    for name in ("Ann", "Bo", "Ann"):
        a_user(name=name)
        assert {user.name for user in by_name(name)} == {name}
    assert len(asked) == 1
    assert asked[0] not in ("Ann", "Bo")


@pytest.mark.parametrize(("ask", "value"), [(named_like, "A"), (lately, DAY)], ids=["part of a word", "another day"])
def test_a_value_that_is_changed_on_the_way_is_refused(ask: Callable[[Any], Any], value: object) -> None:
    with pytest.raises(ValueError, match="does not reach the database as it is given"):
        ask(value)


def test_what_gives_neither_objects_nor_values_is_refused() -> None:
    with pytest.raises(TypeError, match="objects or lists of values"):
        noted()


def test_it_counts_as_one_question(a_user: Build, django_assert_num_queries: Callable[[int], Any]) -> None:
    user = a_user()
    with django_assert_num_queries(1):
        posts(user.pk, DAY)
