"""Where the child and the people around the child live; what is confidential is shown on a page of its own alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from hearth.web.access.models import AuditEvent
from hearth.web.access.policy import pages
from hearth.web.children import actions
from hearth.web.children.models import Address, FamilyMember

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
JAN, FEB, MAR = (date(2026, month, 1) for month in (1, 2, 3))
SECRET = "9 Hidden Lane"


@pytest.fixture(autouse=True)
def the_day(settings: Any) -> None:
    settings.HEARTH_TODAY = date(2026, 3, 31)


@pytest.fixture
def mia(a_child: Build, a_user: Build, allocated: Build, placed: Build) -> Any:
    child, worker = a_child("Mia", "Jones"), a_user()
    allocated(child, worker)
    placed(child)
    return child, worker


@pytest.mark.parametrize(
    ("given", "spans"),
    [
        ([("home", JAN, None)], ["home 2026-01-01 to None"]),
        ([("home", JAN, None), ("home", MAR, None)], ["home 2026-01-01 to 2026-03-01", "home 2026-03-01 to None"]),
        ([("home", JAN, FEB), ("home", MAR, None)], ["home 2026-01-01 to 2026-02-01", "home 2026-03-01 to None"]),
        ([("home", JAN, None), ("lives", MAR, None)], ["home 2026-01-01 to None", "lives 2026-03-01 to None"]),
        ([("home", MAR, None), ("home", JAN, FEB)], ["home 2026-03-01 to None", "home 2026-01-01 to 2026-02-01"]),
        ([("home", None, None), ("home", MAR, None)], ["home None to 2026-03-01", "home 2026-03-01 to None"]),
    ],
)
def test_an_address_ends_when_the_next_of_its_kind_begins(mia: Any, given: list[Any], spans: list[str]) -> None:
    child, worker = mia
    for kind, began, ended in given:
        actions.record_address(child=child, by=worker, kind=kind, lines="x", started_on=began, ended_on=ended)
    rows = Address.objects.filter(child=child).order_by("pk")
    assert [f"{row.kind} {row.started_on} to {row.ended_on}" for row in rows] == spans


def test_the_mothers_address_does_not_end_the_fathers(mia: Any) -> None:
    child, worker = mia
    for relation in ("mother", "father"):
        member = FamilyMember.objects.create(child=child, name=relation, relation=relation)
        actions.record_address(child=child, by=worker, kind="parent", member=member, lines="x", started_on=JAN)
    assert Address.objects.filter(child=child, ended_on=None).count() == 2


READERS = [
    ("social_worker", True),
    ("personal_adviser", True),
    ("team_manager", True),
    ("service_manager", True),
    ("reviewing_officer", False),
]
PAGES = ("child", "child_network", "child_chronology", "child_print")


@pytest.mark.parametrize(("role", "may_know"), READERS)
def test_a_confidential_address_is_on_no_page_but_its_own(
    mia: Any, a_user: Build, allocated: Build, signed_in: Build, role: str, may_know: bool
) -> None:
    child, worker = mia
    mother = FamilyMember.objects.create(child=child, name="Ann Jones", relation="mother")
    row = actions.record_address(
        child=child, by=worker, kind="parent", member=mother, lines=SECRET, postcode="BD1 1HY", started_on=JAN,
        is_withheld=True,
    )  # fmt: skip
    actions.correct(row, by=worker, why="Typing", lines=f"{SECRET}, Bradford")
    reader = a_user(role=role)
    if role in ("personal_adviser", "reviewing_officer", "social_worker"):
        allocated(child, reader, role="other" if role == "social_worker" else role)
    client = signed_in(reader)
    alone = reverse("confidential_address", args=[child.pk, row.pk])
    for page in PAGES:
        body = client.get(reverse(page, args=[child.pk])).content.decode()
        assert SECRET not in body
        assert "BD1 1HY" not in body
        assert (alone in body) is (may_know and page in ("child", "child_network"))
    versions = client.get(reverse("child_network", args=[child.pk, "addresses", row.pk])).content.decode()
    assert SECRET not in versions
    answer = client.get(alone)
    assert answer.status_code == (200 if may_know else 403)
    assert (SECRET in answer.content.decode()) is may_know
    assert AuditEvent.objects.filter(user=reader, page="confidential_address", what="read").exists() is may_know


def test_what_was_confidential_once_stays_so_in_its_history(mia: Any, signed_in: Build) -> None:
    child, worker = mia
    row = actions.record_address(child=child, by=worker, kind="home", lines=SECRET, started_on=JAN, is_withheld=True)
    actions.correct(row, by=worker, why="He may know now", lines="1 High Street", is_withheld=False)
    body = signed_in(worker).get(reverse("child_network", args=[child.pk, "addresses", row.pk])).content.decode()
    assert SECRET not in body
    assert "1 High Street" in body


def test_an_address_that_is_not_confidential_is_on_the_childs_page(mia: Any, signed_in: Build) -> None:
    child, worker = mia
    old = actions.record_address(child=child, by=worker, kind="home", lines="2 Old Road", started_on=JAN)
    actions.record_address(child=child, by=worker, kind="home", lines="1 High Street", started_on=FEB)
    page = reverse("child", args=[child.pk])
    assert "1 High Street" in signed_in(worker).get(page).content.decode()
    assert "2 Old Road" not in signed_in(worker).get(page).content.decode()
    assert "2 Old Road" in signed_in(worker).get(page, {"as_of": "2026-01-15"}).content.decode()
    old.refresh_from_db()
    assert old.ended_on == FEB


def test_an_address_of_another_child_has_no_page(mia: Any, a_child: Build, signed_in: Build) -> None:
    child, worker = mia
    other = Address.objects.create(child=a_child(), kind="home", lines=SECRET, is_withheld=True)
    answer = signed_in(worker).get(reverse("confidential_address", args=[child.pk, other.pk]))
    assert answer.status_code == 404


def test_whoever_may_correct_an_address_may_know_it() -> None:
    corrects, knows = (pages()[name].reach for name in ("record_address", "confidential_address"))
    assert all(corrects[role] <= knows[role] for role in corrects)
