"""Problems and findings of a child whose record is restricted: counted for all, told to the people named alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hearth.web.access.models import AuditEvent, EmergencyOpening, ListedChild, Restriction, User
from hearth.web.children.models import Child
from hearth.web.intake.models import Batch, Check
from hearth.web.intake.queries import RESTRICTED
from tests.web.intake.test_pages import EPISODES, HEADER, a_file, given, page

pytestmark = pytest.mark.django_db
SHUT, OPEN = "SHUT-101", "OPEN-102"
OF_SHUT, OF_OPEN = ("31/31/2011", "Q.7"), ("31/31/2012", "Q.8")
"""What stands wrong in the rows of each child: a day that is none, and a placement that is none."""


def rows(child: str, wrong: tuple[str, str]) -> str:
    return (
        f"{child},01/05/2025,S,C2,N1,{wrong[1]},PR1,,,,NG1 1AA,NG1 1AB,SC123456\n"
        f"{child},{wrong[0]},L,C2,N1,U6,PR1,,,,,,\n"
    )


@pytest.fixture
def analyst(a_user: Callable[..., User]) -> User:
    return a_user(role="analyst", team=None)


@pytest.fixture
def desk(analyst: User, a_user: Any, allocated: Any, signed_in: Callable[[User], Client]) -> Client:
    """The analyst has loaded a return with wrong rows of two children; then the record of one was restricted."""
    client = signed_in(analyst)
    people = "".join(f"{child},2,03/03/2012,WBRI,A123456789012,,\n" for child in (SHUT, OPEN))
    files = [
        a_file("header.csv", HEADER + people),
        a_file("episodes.csv", EPISODES + rows(SHUT, OF_SHUT) + rows(OPEN, OF_OPEN)),
    ]
    client.post(reverse("upload_load", args=[given(client, files).pk]))
    child, worker = Child.objects.get(child_id=SHUT), a_user(name="Asha Khan", worker_id="SW77")
    allocated(child, worker, team="Quiet team")
    manager = a_user(role="team_manager")
    Restriction.objects.create(child=child, begun_by=manager, why="Related to staff").people.add(manager)
    return client


def let_in(reader: User) -> None:
    Restriction.objects.get().people.add(reader)


def pages_of(client: Client) -> dict[str, str]:
    """Every page and file on which problems of the load and findings of its check stand."""
    batch, check = Batch.objects.get(), Check.objects.get()
    files = {
        name: client.get(reverse(name, args=[key])).content.decode()
        for name, key in (("load_problems_file", batch.pk), ("check_made_file", check.pk))
    }
    found = {
        "load_problems": page(client, "load_problems", batch.pk),
        "check_made": page(client, "check_made", check.pk),
    }
    codes = dict.fromkeys(row["code"] for row in check.findings)
    return files | found | {f"rule {code}": page(client, "check_made", check.pk, rule=code) for code in codes}


def test_nothing_of_a_restricted_child_is_shown_and_its_rows_stay_counted(desk: Client) -> None:
    told = pages_of(desk)
    for name, words in told.items():
        for secret in (SHUT, *OF_SHUT, "Asha Khan", "Quiet team"):
            assert secret not in words, f"{name} shows {secret}"
    for name in ("load_problems", "load_problems_file", "check_made", "check_made_file"):
        assert RESTRICTED in told[name], name
    assert OPEN in told["load_problems"] and OF_OPEN[0] in told["load_problems"]
    lines = told["load_problems_file"].splitlines()
    assert len(lines) == Batch.objects.get().problems.count() + 1
    assert len(told["check_made_file"].splitlines()) == len(Check.objects.get().findings) + 1


def test_the_log_does_not_say_that_it_was_shown(desk: Client) -> None:
    pages_of(desk)
    listed = AuditEvent.objects.filter(page__in=("load_problems", "check_made_file"), listing__isnull=False)
    shown = set(ListedChild.objects.filter(listing__in=listed.values("listing")).values_list("child_id", flat=True))
    assert shown == {Child.objects.get(child_id=OPEN).pk}


def test_what_is_hidden_is_not_found_by_asking_for_it(desk: Client) -> None:
    batch = Batch.objects.get()
    said = set(batch.problems.filter(child_id=SHUT).values_list("problem", flat=True))
    assert said
    for about in (SHUT, SHUT.lower(), *said):
        assert RESTRICTED not in page(desk, "load_problems", batch.pk, about=about), about


def test_rows_of_the_file_are_still_found_by_its_name(desk: Client) -> None:
    assert RESTRICTED in page(desk, "load_problems", Batch.objects.get().pk, about="episodes.csv")


def test_an_administrator_knows_no_more(desk: Client, a_user: Any, signed_in: Any) -> None:
    assert SHUT not in "".join(pages_of(signed_in(a_user(role="administrator"))).values())


@pytest.mark.parametrize("how", ["named", "not restricted"])
def test_all_is_shown_to_whoever_may_know_it(desk: Client, analyst: User, how: str) -> None:
    if how == "named":
        let_in(analyst)
    else:
        Restriction.objects.update(lifted_at="2026-03-31T12:00Z")
    told = pages_of(desk)
    assert RESTRICTED not in "".join(told.values())
    assert SHUT in told["load_problems"] and "Asha Khan (SW77)" in told["load_problems"]
    assert not EmergencyOpening.objects.exists()


@pytest.mark.parametrize("written", [f" {SHUT} ", SHUT.lower()])
def test_an_identifier_written_otherwise_is_known_too(desk: Client, written: str) -> None:
    batch = Batch.objects.get()
    batch.problems.filter(child_id=SHUT).update(child_id=written)
    assert SHUT.lower() not in page(desk, "load_problems", batch.pk).lower()
