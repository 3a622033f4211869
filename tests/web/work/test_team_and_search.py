"""The manager's team, giving children to another worker, and finding a child."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from pytest_django import Settings

from hearth.web.access.models import AuditEvent, Restriction
from hearth.web.children.actions import start_care
from hearth.web.children.models import Allocation
from hearth.web.work import owing
from hearth.web.work.searching import find
from hearth.web.work.team.board import board
from hearth.web.work.team.cases import cases, teams_of
from hearth.web.work.team.service import side_by_side

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)
PLACE = {"legal_status": "C2", "category_of_need": "N1", "placement_type": "U6"}


@pytest.fixture(autouse=True)
def the_day(settings: Settings) -> Iterator[None]:
    settings.HEARTH_TODAY = TODAY
    owing.limits.cache_clear()
    owing.declarations.cache_clear()
    yield
    owing.limits.cache_clear()
    owing.declarations.cache_clear()


@pytest.fixture
def team(a_child: Build, a_user: Build, allocated: Build) -> Any:
    """A manager, two workers of her team, and three children: two of the first worker's, one of nobody's any more."""
    manager, one, two = a_user(role="team_manager", name="Ann"), a_user(name="Bo"), a_user(name="Cy")
    children = [a_child("Mia", "Jones"), a_child("Leo", "Jones"), a_child("Ada", "Smith")]
    for child in children:
        start_care(child=child, by=one, started_on=date(2026, 3, 20), **PLACE)
    allocated(children[0], one)
    allocated(children[1], one)
    allocated(children[2], two, ended_on=date(2026, 3, 25))
    return manager, one, two, children


def the_board(of: Any, page: str = "my_team") -> Any:
    return board(cases(of, page, teams_of(of, page)))


def test_the_board_counts_by_worker_and_names_children_without_one(team: Any) -> None:
    manager, _, _, children = team
    found = the_board(manager)
    load = found.loads[0]
    assert (load.name, load.role_said, load.tally.children) == ("Bo", "Social worker", 2)
    assert load.tally.overdue >= 2
    assert load.tally.oldest is not None
    assert load.tally.oldest < TODAY
    assert [child.pk for child in found.without] == [children[2].pk]
    assert (found.nobodys.tally.children, found.whole.children) == (1, 3)


def test_a_child_of_two_workers_is_counted_once_and_the_service_says_the_same(
    team: Any, a_user: Build, allocated: Build
) -> None:
    manager, one, _, children = team
    before = the_board(manager)
    adviser, far = a_user(role="personal_adviser"), a_user(team="Far team")
    allocated(children[0], adviser, role="personal_adviser")
    Allocation.objects.filter(child=children[1]).update(team="Cover", worker_id=one.worker_id)
    allocated(children[2], far, team="Far team")
    found = the_board(manager)
    advised = [load for load in found.loads if load.role == "personal_adviser"]
    assert [(load.name, load.tally.children) for load in advised] == [(adviser.name, 1)]
    assert (found.whole.children, found.cases.twice) == (2, 1)
    assert found.whole.overdue == before.whole.overdue - before.nobodys.tally.overdue
    over = a_user(role="service_manager")
    teams = teams_of(over, "my_service")
    whole, rows = side_by_side(teams, cases(over, "my_service", teams))
    row = next(row for row in rows if row.team.name == "Care team")
    assert (row.tally, row.workers) == (found.whole, 2)
    assert whole.children == sum(row.tally.children for row in rows) == 3


@pytest.mark.parametrize(
    ("ended_on", "last_team", "in_care", "is_counted"),
    [
        (None, "Care team", True, True),
        ("2026-03-31", "Care team", True, True),
        ("2026-04-01", "Care team", False, True),
        ("2026-03-25", "Care team", True, True),
        ("2026-03-25", "Care team", False, False),
        ("2026-03-25", "Far team", True, False),
    ],
)
def test_a_teams_children_are_those_it_holds_and_those_in_care_whom_it_had_last(
    a_child: Build,
    a_user: Build,
    allocated: Build,
    placed: Build,
    ended_on: str | None,
    last_team: str,
    in_care: bool,
    is_counted: bool,
) -> None:
    manager, child = a_user(role="team_manager"), a_child("Mia")
    if in_care:
        placed(child)
    until = date.fromisoformat(ended_on) if ended_on else None
    allocated(child, a_user(team=last_team), team=last_team, ended_on=until)
    assert (child.pk in cases(manager, "my_team", teams_of(manager, "my_team")).children) == is_counted


def test_a_child_in_care_without_a_worker_whom_a_reviewing_officer_still_has_is_the_teams_that_had_it_last(
    team: Any, a_user: Build, allocated: Build, signed_in: Build
) -> None:
    manager, _, two, children = team
    allocated(
        children[2], a_user(role="reviewing_officer", team="Reviewing"), role="reviewing_officer", team="Reviewing"
    )
    found, client = the_board(manager), signed_in(manager)
    assert (found.whole.children, found.nobodys.tally.children, found.cases.closed) == (3, 1, 0)
    assert "Ada Smith" in client.get("/my-team").content.decode()
    client.post("/my-team/reallocate", given(children[2:], two))
    now = Allocation.objects.filter(child=children[2], ended_on=None)
    assert set(now.values_list("worker_id", "role")) >= {(two.worker_id, "social_worker")}


def test_a_restricted_child_whom_nobody_has_is_counted_apart_and_not_named(team: Any, signed_in: Build) -> None:
    manager, one, _, children = team
    Restriction.objects.create(child=children[2], begun_by=one, why="x").people.add(one)
    found = the_board(manager)
    assert (found.whole.children, found.nobodys, found.cases.closed) == (2, None, 1)
    body = signed_in(manager).get("/my-team").content.decode()
    assert "1 more child in care or in a journey that stands still has no worker" in body
    assert "restricted to others" in body
    assert "Ada Smith" not in body


def test_a_child_whose_worker_left_the_job_stays_on_the_board_and_can_be_given_to_another(
    team: Any, signed_in: Build
) -> None:
    manager, one, two, children = team
    Allocation.objects.filter(worker_id=one.worker_id).update(team=None)
    one.posts.update(ended_on=date(2026, 3, 1))
    found = the_board(manager)
    assert [(load.name, load.tally.children) for load in found.loads] == [("Bo", 2)]
    signed_in(manager).post("/my-team/reallocate", given(children[:2], two))
    now = Allocation.objects.filter(child__in=children[:2], ended_on=None)
    assert set(now.values_list("worker_id", flat=True)) == {two.worker_id}


def test_children_whom_no_team_has_are_every_service_managers_to_see_and_to_allocate(
    team: Any, a_child: Build, a_user: Build, allocated: Build, placed: Build, signed_in: Build
) -> None:
    manager, _, two, _ = team
    never, by_unknown = a_child("Never", "Held"), a_child("Unknown", "Worker")
    for child in (never, by_unknown):
        placed(child)
    allocated(by_unknown, a_user(role=None, name="Zed"), team="Nowhere")
    far = a_user(role="service_manager", team=two.posts.get().team)
    teams = teams_of(far, "my_service")
    found = cases(far, "my_service", teams, with_teamless=True)
    assert found.teamless == {never.pk, by_unknown.pk} <= found.without | {by_unknown.pk}
    whole, rows = side_by_side(teams, found)
    assert {row.name: row.tally.children for row in rows} == {"Care team": 3, "No team": 2}
    assert whole.children == 5
    client = signed_in(far)
    body = client.get("/my-team?team=none").content.decode()
    assert "Never Held" in body
    assert "Zed" in body
    assert "2 children" in client.get("/my-team/list?what=children&team=none").content.decode()
    client.post("/my-team/reallocate", given([never], two))
    assert not {never.pk} & cases(far, "my_service", teams, with_teamless=True).teamless
    assert signed_in(manager).get("/my-team?team=none").status_code == 404


def given(taken: Any, to: Any, **changes: Any) -> dict[str, Any]:
    return {
        "children": [child.pk for child in taken],
        "worker": to.worker_id,
        "role": "social_worker",
        "started_on": "2026-03-31",
        "reason": "MANAGE",
        **changes,
    }


def test_children_are_given_to_another_worker_together(team: Any, signed_in: Build) -> None:
    manager, one, two, children = team
    answer = signed_in(manager).post("/my-team/reallocate", given(children[:2], two), follow=True)
    assert "Leo Jones, Mia Jones: now with Cy." in answer.content.decode()
    now = Allocation.objects.filter(child__in=children[:2], ended_on=None)
    assert set(now.values_list("worker_id", "reason_changed")) == {(two.worker_id, "MANAGE")}
    before = Allocation.objects.filter(child__in=children[:2], worker_id=one.worker_id)
    assert set(before.values_list("ended_on", flat=True)) == {TODAY}
    assert AuditEvent.objects.filter(what="social worker allocated").count() == 2


def test_when_one_child_cannot_be_given_none_is(team: Any, signed_in: Build) -> None:
    manager, one, _, children = team
    answer = signed_in(manager).post("/my-team/reallocate", given([children[2], children[0]], one))
    assert "This worker already has the child in this role" in answer.content.decode()
    assert not Allocation.objects.filter(child=children[2], ended_on=None).exists()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "Whose children are given to another worker?"),
        ("?worker=W-none", "W-none has no child of your teams today"),
        ("?worker=", "Ada Smith (nobody)"),
    ],
)
def test_whose_children_are_given_away_is_asked_first_and_an_old_address_says_what_to_do(
    team: Any, signed_in: Build, asked: str, said: str
) -> None:
    manager, *_ = team
    body = signed_in(manager).get(f"/my-team/reallocate{asked}").content.decode()
    assert said in body
    assert ("Mia Jones" in body) is False


def test_the_worker_in_the_address_has_the_children_offered(team: Any, signed_in: Build) -> None:
    manager, one, *_ = team
    body = signed_in(manager).get(f"/my-team/reallocate?worker={one.worker_id}").content.decode()
    assert "Mia Jones (Bo)" in body
    assert "Ada Smith" not in body


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("?worker=*", {"Mia Jones", "Leo Jones", "Ada Smith"}),
        ("?worker=*&find=jones", {"Mia Jones", "Leo Jones"}),
        ("?worker=*&find=mia+JON", {"Mia Jones"}),
        ("?worker=&find=ada", {"Ada Smith"}),
        ("?worker=*&find=nobody", set()),
    ],
)
def test_the_children_offered_are_narrowed_by_worker_and_name(
    team: Any, signed_in: Build, asked: str, named: set[str]
) -> None:
    body = signed_in(team[0]).get(f"/my-team/reallocate{asked}").content.decode()
    assert {name for name in ("Mia Jones", "Leo Jones", "Ada Smith") if name in body} == named
    assert ("No child of these has that name" in body) == (not named)


def test_a_service_manager_narrows_by_team_and_many_children_stand_on_pages(
    team: Any, a_user: Build, a_child: Build, allocated: Build, signed_in: Build
) -> None:
    far = a_user(team="Far team", name="Di")
    for number in range(51):
        allocated(a_child(f"Child {number:02}", "Zed"), far, team="Far team")
    client = signed_in(a_user(role="service_manager"))
    asked = f"/my-team/reallocate?worker=*&team={far.posts.get().team_id}"
    first, second = (client.get(f"{asked}&page={page}").content.decode() for page in (1, 2))
    assert (first.count("Zed (Di)"), second.count("Zed (Di)")) == (50, 1)
    assert "Mia Jones" not in first + second
    assert "51 children, 50 on a page" in first
    last = Allocation.objects.filter(worker_id=far.worker_id).latest("child__first_names").child
    answer = client.post(f"{asked}&page=2", given([last], team[1]))
    assert answer.status_code == 302
    listed = AuditEvent.objects.filter(page="reallocate", what="read").latest("pk").listing
    assert listed.children.count() == 1
    assert client.get("/my-team/reallocate?worker=*&team=999999").status_code == 404


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"children": []}, "Which children?"),
        ({"worker": ""}, "Who takes them on?"),
        ({"started_on": "2026-02-31"}, "day"),
        ({"reason": ""}, "Why does the worker change?"),
    ],
)
def test_what_is_lacking_is_named(team: Any, signed_in: Build, change: dict[str, Any], said: str) -> None:
    manager, _, two, children = team
    answer = signed_in(manager).post("/my-team/reallocate", given(children[:1], two, **change))
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in body
    assert said in body


def test_a_child_of_another_team_cannot_be_given_away(
    team: Any, signed_in: Build, a_child: Build, a_user: Build, allocated: Build
) -> None:
    manager, _, two, _ = team
    theirs = a_child("Zed", "Other")
    allocated(theirs, a_user(team="Other team"), team="Other team")
    signed_in(manager).post("/my-team/reallocate", given([theirs], two))
    assert not Allocation.objects.filter(child=theirs, worker_id=two.worker_id).exists()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Mia Jones", ["Mia Jones"]),
        ("mia jnes", ["Mia Jones"]),
        ("Smyth", ["Ada Smith"]),
        ("4 July 2011", ["Mia Jones"]),
        ("04/07/2011", ["Mia Jones"]),
        ("A0042", ["Ada Smith"]),
        ("Quentin", []),
    ],
)
def test_a_child_is_found_by_name_identifier_or_birthday(
    asked: str, found: list[str], a_child: Build, a_user: Build
) -> None:
    a_child("Mia", "Jones", born_on=date(2011, 7, 4))
    a_child("Ada", "Smith", child_id="A0042")
    assert [one.child.name for one in find(a_user(role="health", team=None), asked)] == found


def test_nobody_is_found_whom_one_may_not_know_and_of_a_restricted_record_only_the_name(
    team: Any, a_user: Build, signed_in: Build
) -> None:
    manager, one, _, children = team
    held = Restriction.objects.create(child=children[0], why="Staff member's family", begun_by=manager)
    held.people.add(manager)
    assert find(a_user(team="Other team"), "Mia Jones") == []
    said = {found.child.name: found.is_name_only for found in find(one, "Jones")}
    assert said == {"Mia Jones": True, "Leo Jones": False}
    assert [found.is_name_only for found in find(one, children[0].child_id)] == [True]
    assert children[0].pk not in {found.child.pk for found in find(one, str(children[0].born_on))}
    body = signed_in(one).get("/search?q=Mia+Jones").content.decode()
    assert "Restricted record" in body
    assert children[0].child_id not in body


@pytest.mark.parametrize(("role", "may_add"), [("social_worker", True), ("team_manager", True), ("health", False)])
def test_a_child_not_on_the_record_is_added_from_the_search(
    db: None, a_user: Build, signed_in: Build, role: str, may_add: bool
) -> None:
    client = signed_in(a_user(role=role))
    assert "Add a child" not in client.get("/search").content.decode()
    body = client.get("/search?q=Nobody+Known").content.decode()
    assert ("Add a child" in body) == may_add
