"""What every record keeps: earlier versions, authorship; what the database refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from hearth.web.children.models import Allocation, Child, Episode, Visit
from hearth.web.children.models.people import is_nhs_number
from hearth.web.children.records import NeverDeletedError

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db


def refused(build: Build, *of: object, **facts: object) -> bool:
    try:
        with transaction.atomic():
            build(*of, **facts)
    except IntegrityError:
        return True
    return False


def test_migrations_are_in_step_with_the_models() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_a_correction_keeps_the_earlier_version(a_child: Build, visited: Build) -> None:
    visit = visited(a_child(), date(2025, 3, 3))
    before = timezone.now()
    visit.is_seen_alone = False
    visit.save()
    assert [bool(row.is_seen_alone) for row in visit.history.all()] == [False, True]
    assert Visit.as_of(before).get(pk=visit.pk).is_seen_alone is True


def test_nothing_is_deleted(a_child: Build, visited: Build) -> None:
    visit = visited(a_child(), date(2025, 3, 3))
    for delete in (visit.delete, Visit.objects.all().delete, visit.child.delete, Visit.everything.all().delete):
        with pytest.raises(NeverDeletedError):
            delete()
    assert Visit.objects.count() == 1


def test_what_was_withdrawn_is_kept_but_does_not_stand(a_child: Build, visited: Build) -> None:
    visit = visited(a_child(), date(2025, 3, 3), is_withdrawn=True)
    assert (Visit.objects.count(), Visit.everything.count(), visit.child.visit_set.count()) == (0, 1, 0)


@pytest.mark.parametrize(
    ("second", "is_refused"),
    [
        ({"started_on": date(2025, 1, 1)}, True),
        ({"started_on": date(2023, 1, 1), "ended_on": date(2023, 6, 1)}, False),
        ({"started_on": date(2023, 1, 1), "ended_on": date(2022, 12, 31)}, True),
        ({"started_on": date(2023, 1, 1), "ended_on": date(2023, 1, 1)}, False),
        ({"started_on": date(2025, 1, 1), "is_withdrawn": True}, False),
        ({"started_on": date(2023, 1, 1), "ended_on": date(2023, 6, 1), "reason_started": "Z"}, True),
    ],
)
def test_a_child_has_one_open_episode_of_care_that_ends_after_it_starts(
    a_child: Build, placed: Build, second: dict[str, Any], is_refused: bool
) -> None:
    child = a_child()
    placed(child, date(2024, 1, 1))
    assert refused(placed, child, **second) is is_refused


@pytest.mark.parametrize(
    ("role", "other", "is_refused"),
    [
        ("social_worker", "social_worker", True),
        ("social_worker", "reviewing_officer", False),
        ("reviewing_officer", "reviewing_officer", True),
        ("other", "other", False),
        ("social_worker", "magician", True),
    ],
)
def test_a_child_has_one_current_worker_in_each_main_role(
    a_child: Build, a_user: Build, allocated: Build, role: str, other: str, is_refused: bool
) -> None:
    child = a_child()
    allocated(child, a_user(), role=role)
    assert refused(allocated, child, a_user(), role=other) is is_refused
    assert Allocation.objects.count() == 2 - is_refused


@pytest.mark.parametrize(
    ("facts", "is_refused"),
    [
        ({"child_id": "0042"}, True),
        ({"child_id": "0042", "authority": "E10000021"}, False),
        ({"child_id": "42"}, False),
        ({"child_id": "43", "sex": "X"}, True),
        ({"child_id": "43", "died_on": date(2001, 1, 1)}, True),
        ({"child_id": "43", "died_on": date(2001, 1, 1), "born_on": None}, False),
    ],
)
def test_a_child_is_one_row_an_authority_and_dies_after_birth(
    a_child: Build, facts: dict[str, Any], is_refused: bool
) -> None:
    a_child(child_id="0042")
    assert refused(a_child, **facts) is is_refused


def test_the_refusal_is_a_sentence_on_the_page(a_child: Build, placed: Build) -> None:
    child = a_child()
    placed(child)
    with pytest.raises(ValidationError, match="already has an open episode of care"):
        Episode(child=child, started_on=date(2025, 1, 1), reason_started="S").full_clean()
    with pytest.raises(ValidationError, match="Ended is before started: correct one of them"):
        Episode(child=a_child(), started_on=date(2025, 1, 1), ended_on=date(2024, 1, 1)).full_clean()


@pytest.mark.parametrize(
    ("number", "is_one"),
    [("9434765919", True), ("943 476 5919", True), ("9434765918", False), ("943476591", False), ("94347659I9", False)],
)
def test_an_nhs_number_answers_its_last_digit(number: str, is_one: bool) -> None:
    assert is_nhs_number(number) is is_one


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [
        (date(2012, 5, 1), date(2025, 4, 30), 12),
        (date(2012, 5, 1), date(2025, 5, 1), 13),
        (date(2012, 2, 29), date(2025, 2, 28), 12),
        (None, date(2025, 5, 1), None),
        (date(2026, 5, 1), date(2025, 5, 1), None),
    ],
)
def test_age_in_completed_years(born_on: date | None, on: date, age: int | None) -> None:
    assert Child(born_on=born_on).age_on(on) == age


@pytest.mark.parametrize(
    ("names", "called"),
    [
        ({"first_names": "Mia Rose", "last_names": "Jones"}, "Mia Jones"),
        ({"first_names": "Mia", "last_names": "Jones", "preferred_name": "Mimi"}, "Mimi Jones"),
        ({}, "Child 0042"),
    ],
)
def test_a_child_goes_by_the_preferred_name(names: dict[str, str], called: str) -> None:
    assert Child(child_id="0042", **names).name == called


def test_siblings_share_a_family(a_child: Build) -> None:
    child, sister, other = a_child(family_id="F1"), a_child(family_id="F1"), a_child(family_id="F2")
    assert (list(child.siblings()), list(other.siblings()), list(a_child().siblings())) == ([sister], [], [])
