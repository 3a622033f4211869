"""Who may see whom: every page about a child, for every role and every kind of child."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hearth.web.access import audit
from hearth.web.access.models import AuditEvent, EmergencyOpening, Restriction, User
from hearth.web.access.policy import Page, Reach, pages
from hearth.web.access.roles import Role
from hearth.web.access.standing import standing
from hearth.web.children.models import Allocation, Child
from hearth.web.children.reach import reached, reached_among, visible
from hearth.web.config.today import today
from hearth.web.intake.models import Batch
from tests.web.access.test_policy import PATTERNS

ABOUT_A_CHILD = {p.name: set(p.pattern.converters) for p in PATTERNS if "child_pk" in p.pattern.converters}
OTHERS = {p.name: set(p.pattern.converters) for p in PATTERNS if p.pattern.converters and p.name not in ABOUT_A_CHILD}
OPENED = (200, 302, 404)
"""404 where the address names a further thing that is not there: the page itself was allowed."""

NEEDED = {"own": Reach.OWN, "team": Reach.TEAM, "service": Reach.SERVICE, "elsewhere": Reach.CARE}
"""How far one must reach to see the child who is mine, my team's, my service's, or of another service."""
ALL = NEEDED | {"at home": Reach.AUTHORITY}
"""The same, with a child who came with a file and was never in care."""


@pytest.fixture
def whose(a_user, a_team, a_child, allocated) -> Callable[..., Child]:
    """Makes a child for a person in the team East of Children in care: ``whose("team", user)``."""

    def build(kind: str, user: Any) -> Child:
        team, service = {"team": ("East", "Children in care"), "service": ("West", "Children in care")}.get(
            kind, ("Disability", "Disabled children")
        )
        loaded = Batch.objects.create(kind="ssd", said="a nightly extract") if kind == "at home" else None
        child = a_child("Mia", "Jones", batch=loaded)
        theirs = user if kind == "own" else a_user(team=a_team(team, service))
        allocated(child, theirs, team=None)
        return child

    return build


def at_work(client: Any) -> Any:
    """The client once its session says when it was last here: else each page that is asked would write that anew."""
    client.get(reverse("account"))
    return client


def ask(client: Any, name: str, child: Child | None) -> int:
    """The status of a page, asked for with GET, or with POST where only that is answered; what it did is undone."""
    converters = (ABOUT_A_CHILD | OTHERS)[name]
    url = reverse(name, kwargs={key: child.pk if key == "child_pk" and child else 0 for key in converters})
    before = transaction.savepoint()
    status = client.get(url).status_code
    status = client.post(url).status_code if status == 405 else status
    transaction.savepoint_rollback(before)
    return int(status)


def expected(name: str, role: str, kind: str) -> tuple[int, ...]:
    """What the policy promises."""
    page = pages()[name]
    if not page.reach[role]:
        return (403,)
    if page.reach[role] >= ALL[kind]:
        return OPENED
    return (403,) if pages()["child"].reach[role] >= ALL[kind] else (404,)


@pytest.mark.parametrize("role", Role.values)
def test_each_role_sees_the_children_that_the_policy_gives_it(a_user, a_team, signed_in, whose, role):
    user = a_user(role=role, team=a_team("East"))
    client, children = at_work(signed_in(user)), {kind: whose(kind, user) for kind in ALL}
    wrong = [
        f"{name}, {kind} child: {found}, not {wanted}"
        for name, kind in product(sorted(ABOUT_A_CHILD), ALL)
        if (found := ask(client, name, children[kind])) not in (wanted := expected(name, role, kind))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.once  # the question is the same for every page: on both databases in the last test but one
@pytest.mark.parametrize("role", Role.values)
def test_a_restricted_record_opens_for_the_people_named_only(a_user, a_team, signed_in, whose, role):
    user, managers = a_user(role=role, team=a_team("East")), [a_user(role="team_manager", team="East")]
    client, wrong = at_work(signed_in(user)), []
    for kind, needed in NEEDED.items():
        child = whose(kind, user)
        restriction = Restriction.objects.create(child=child, begun_by=managers[0], why="Related to staff")
        restriction.people.set([*managers, whoever_answers_for(child, a_user)])
        for name, page in about_a_child():
            known = max(page.reach[role], pages()["child"].reach[role]) >= needed
            wanted = 403 if known or not page.reach[role] else 404
            if (found := ask(client, name, child)) != wanted:
                wrong.append(f"{name}, {kind} child, not named: {found}, not {wanted}")
        restriction.people.add(user)
        for name, _ in about_a_child():
            if (found := ask(client, name, child)) not in (wanted_of := expected(name, role, kind)):
                wrong.append(f"{name}, {kind} child, named: {found}, not {wanted_of}")
    assert not wrong, "\n".join(wrong)


def about_a_child() -> list[tuple[str, Page]]:
    return [(name, pages()[name]) for name in sorted(ABOUT_A_CHILD)]


def whoever_answers_for(child: Child, a_user: Any) -> User:
    """A manager of the child's own team, so that the restriction can be ended by somebody named on it."""
    worker = User.objects.get(worker_id=Allocation.objects.get(child=child).worker_id)
    return a_user(role="team_manager", team=worker.posts.get().team)


@pytest.mark.parametrize("role", Role.values)
def test_pages_about_other_things_open_for_their_roles_only(a_user, signed_in, role):
    client, wrong = at_work(signed_in(a_user(role=role))), []
    for name in sorted(OTHERS):
        page, found = pages()[name], ask(client, name, None)
        is_allowed = page.is_open or page.is_for_all or bool(page.reach[role])
        if (found == 403) is is_allowed or found >= 500:
            wrong.append(f"{name}: {found}")
    assert not wrong, "\n".join(wrong)


def opens(client: Any, child: Child) -> int:
    return int(client.get(reverse("child", args=[child.pk])).status_code)


@pytest.mark.parametrize(
    ("started_on", "ended_on", "status"),
    [
        ("2024-01-01", None, 200),
        ("2024-01-01", "2026-03-31", 200),
        ("2024-01-01", "2026-03-30", 404),
        ("2026-03-31", None, 200),
        ("2026-04-01", None, 404),
    ],
)
def test_access_ends_with_the_allocation(a_user, a_child, allocated, signed_in, settings, started_on, ended_on, status):
    settings.HEARTH_TODAY = date(2026, 3, 31)
    user, child = a_user(), a_child()
    until = date.fromisoformat(ended_on) if ended_on else None
    allocated(child, user, started_on=date.fromisoformat(started_on), ended_on=until)
    assert opens(signed_in(user), child) == status


@pytest.mark.parametrize(("ended_on", "status"), [(None, 200), ("2026-03-31", 200), ("2026-03-30", 403)])
def test_access_ends_with_the_post(a_user, a_child, allocated, signed_in, settings, ended_on, status):
    settings.HEARTH_TODAY = date(2026, 3, 31)
    user, child = a_user(ended_on=date.fromisoformat(ended_on) if ended_on else None), a_child()
    allocated(child, user)
    assert opens(signed_in(user), child) == status


def test_a_withdrawn_allocation_gives_no_access(a_user, a_child, allocated, signed_in):
    user, child = a_user(), a_child()
    allocated(child, user, is_withdrawn=True)
    assert opens(signed_in(user), child) == 404


def who_opens(child: Child, people: dict[str, Any]) -> set[str]:
    """Which of the people open the record, by the page and by the list, which agree."""
    listed = {name for name, user in people.items() if Child.objects.visible_to(user, "child").filter(pk=child.pk)}
    at = {name: reached(standing(user), Child.objects.filter(pk=child.pk))[0][1] for name, user in people.items()}
    assert listed == {name for name, one in at.items() if one.is_open("child")}
    return listed


LONG_AGO, LATELY, SINCE = date(2025, 1, 1), date(2026, 3, 1), date(2026, 3, 2)
EAST, WEST = {"East", "Children in care"}, {"West", "Children in care"}
"""The team manager of East or West, and the manager of the service of both; "Others" is that of another service."""


@pytest.mark.parametrize(
    ("held", "opened_to"),
    [
        ([("social_worker", "East", None)], EAST),
        ([("social_worker", "East", LATELY)], EAST),
        ([("personal_adviser", "East", LATELY)], EAST),
        ([("social_worker", "East", LATELY), ("reviewing_officer", "Reviewing", None)], {*EAST, "Reviewing"}),
        ([("social_worker", "East", LATELY), ("social_worker", "West", None)], WEST),
        ([("social_worker", "East", LONG_AGO), ("social_worker", "West", LATELY)], WEST),
        ([("social_worker", "East", LONG_AGO), ("reviewing_officer", "Reviewing", LATELY)], EAST),
        ([("social_worker", "East", LATELY), ("personal_adviser", "West", LATELY)], EAST | WEST),
        ([("social_worker", "", LATELY)], EAST),
        ([("social_worker", "Nowhere", LATELY)], EAST),
        ([("social_worker", "Closed", LATELY)], {"Children in care", "Others"}),
        ([], {"Children in care", "Others"}),
        ([("reviewing_officer", "Reviewing", None)], {"Reviewing", "Children in care", "Others"}),
    ],
)
def test_a_child_stays_with_the_team_that_carried_its_case_last_and_without_one_with_the_service_managers(
    a_user, a_team, a_child, allocated, placed, settings, held, opened_to
):
    """The worker belongs to East; an allocation names its own team, one that Hearth does not know, or none."""
    settings.HEARTH_TODAY = date(2026, 3, 31)
    for name in ("East", "West"):
        a_team(name)
    a_team("Reviewing", "Reviewing service")
    a_team("Closed").__class__.objects.filter(name="Closed").update(ended_on=LONG_AGO)
    people = {name: a_user(role="team_manager", team=name) for name in ("East", "West", "Reviewing")}
    people["Children in care"] = a_user(role="service_manager", team="East")
    people["Others"] = a_user(role="service_manager", team=a_team("Disability", "Disabled children"))
    child, others = a_child(), a_user(role=None)
    placed(child)
    for role, team, ended_on in held:
        is_easts = role != "reviewing_officer" and team in ("East", "", "Nowhere")
        whose = a_user(team="East") if is_easts else others
        allocated(child, whose, role=role, team=team or None, ended_on=ended_on)
    assert who_opens(child, people) == opened_to
    restriction = Restriction.objects.create(child=child, begun_by=others, why="x")
    restriction.people.add(others)
    assert not who_opens(child, people)


@pytest.mark.parametrize("ends", ["post", "person"])
def test_when_a_worker_leaves_the_job_the_children_stay_with_the_team(a_user, a_child, allocated, placed, ends):
    worker, child = a_user(team="East"), a_child()
    placed(child)
    allocated(child, worker, team=None)
    people = {name: a_user(role="team_manager", team=name) for name in ("East", "West")} | {"worker": worker}
    if ends == "post":
        worker.posts.update(ended_on=LATELY)
        worker.posts.create(role="analyst", started_on=SINCE)
    else:
        worker.is_active = False
        worker.save()
    assert who_opens(child, people) == ({"East"} if ends == "post" else {"East", "worker"})


def test_a_worker_who_moved_to_another_team_takes_along_the_cases_carried_and_leaves_those_given_up(
    a_user, a_team, a_child, allocated
):
    worker, carried, given_up = a_user(team="East", ended_on=LATELY), a_child(), a_child()
    worker.posts.create(role="social_worker", team=a_team("West"), started_on=SINCE)
    allocated(carried, worker, team=None)
    allocated(given_up, worker, team="East", ended_on=LATELY)
    people = {name: a_user(role="team_manager", team=name) for name in ("East", "West")}
    assert who_opens(carried, people) == {"West"}
    assert who_opens(given_up, people) == {"East"}


def test_a_child_who_never_came_into_care_is_not_every_service_managers_unless_added_in_hearth(a_user, a_child):
    from hearth.web.intake.models import Batch

    people = {"service": a_user(role="service_manager")}
    loaded = a_child(batch=Batch.objects.create())
    assert not who_opens(loaded, people)
    assert who_opens(a_child(), people) == {"service"}


def test_lists_hold_the_same_children_as_the_pages_open(a_user, a_team, whose, signed_in):
    user = a_user(role="team_manager", team=a_team("East"))
    made = {kind: whose(kind, user) for kind in NEEDED}
    shut = whose("team", user)
    Restriction.objects.create(child=shut, begun_by=user, why="x").people.add(a_user())
    assert set(Child.objects.visible_to(user, "child")) == {made["own"], made["team"]}
    assert set(Child.objects.name_only_to(user, "child")) == {shut}


def test_reading_a_record_is_logged_once_with_who_in_which_role_and_on_which_page(
    a_user, a_child, allocated, signed_in
):
    user, child = a_user(), a_child()
    allocated(child, user)
    opens(signed_in(user), child)
    line = AuditEvent.objects.get(child_id=child.pk)
    assert (line.user, line.role, line.what, line.page) == (user, "social_worker", audit.READ, "child")


def test_a_refused_restricted_record_is_logged_and_shows_the_name_only(a_user, a_child, allocated, signed_in):
    user, child = a_user(), a_child("Mia", "Jones", nationality="Welsh")
    allocated(child, user)
    Restriction.objects.create(child=child, begun_by=user, why="Sibling of a councillor").people.add(a_user())
    answer = signed_in(user).get(reverse("child", args=[child.pk]))
    assert answer.status_code == 403
    words = answer.content.decode()
    assert "Mia Jones" in words
    assert "Restricted record" in words
    assert not any(secret in words for secret in ("councillor", "Welsh", child.child_id, "2012"))
    assert AuditEvent.objects.get(child_id=child.pk).what == "refused: restricted record"


@pytest.mark.parametrize(("minutes", "status"), [(1, 200), (-1, 404)])
def test_an_emergency_opening_opens_until_it_ends(a_user, a_child, signed_in, minutes, status):
    user, child = a_user(), a_child()
    now = timezone.now()
    EmergencyOpening.objects.create(
        user=user,
        child=child,
        why="Found at the station at night",
        opened_at=now - timedelta(minutes=30),
        ends_at=now + timedelta(minutes=minutes),
    )
    assert opens(signed_in(user), child) == status
    lines = AuditEvent.objects.filter(child_id=child.pk, what=audit.READ)
    assert [line.why for line in lines] == (["Emergency: Found at the station at night"] if status == 200 else [])


def test_an_emergency_opens_only_the_pages_of_ones_role(a_user, a_child, signed_in):
    user, child = a_user(role="health"), a_child()
    EmergencyOpening.objects.create(user=user, child=child, why="x", ends_at=timezone.now() + timedelta(minutes=9))
    assert signed_in(user).get(reverse("who_has_looked", args=[child.pk])).status_code == 403


def everyone():
    return Child.objects.all()


def as_they_are(children):
    return children


@pytest.mark.parametrize("role", Role.values)
def test_what_is_found_of_one_child_for_all_pages_is_what_each_list_holds(a_user, a_team, whose, role):
    user = a_user(role=role, team=a_team("East"))
    made = {kind: whose(kind, user) for kind in ALL}
    made |= {f"{kind}, restricted": whose(kind, user) for kind in NEEDED}
    made |= {f"{kind}, opened": whose(kind, user) for kind in NEEDED}
    for kind, child in made.items():
        if "," in kind:
            Restriction.objects.create(child=child, begun_by=user, why="x").people.add(a_user())
        if "opened" in kind:
            later = timezone.now() + timedelta(minutes=9)
            EmergencyOpening.objects.create(user=user, child=child, why="x", ends_at=later)
    found = reached(standing(user), Child.objects.all())
    assert reached_among(standing(user), everyone) == found
    for name in pages():
        opened, named = Child.objects.visible_to(user, name), Child.objects.name_only_to(user, name)
        assert {child for child, at in found if at.is_open(name)} == set(opened), name
        assert set(visible(user, name, as_they_are)) == set(opened), name
        assert {child for child, at in found if at.is_within(name) and not at.is_open(name)} == set(named), name


@pytest.mark.parametrize("role", ["health", "virtual_school", "participation"])
def test_a_child_known_at_home_is_open_to_those_who_serve_children_in_care_once_care_begins(
    a_user, whose, placed, signed_in, role
):
    user = a_user(role=role)
    child, client = whose("at home", user), signed_in(user)
    assert opens(client, child) == 404
    link = reverse("child", args=[child.pk])
    assert link not in client.get(reverse("search"), {"q": "Jones"}).content.decode()
    episode = placed(child, started_on=today() + timedelta(days=1))
    assert opens(client, child) == 404
    type(episode).objects.filter(pk=episode.pk).update(started_on=today())
    assert opens(client, child) == 200
    assert link in client.get(reverse("search"), {"q": "Jones"}).content.decode()


def test_the_question_kept_for_a_person_asks_each_time_as_of_now(a_user, a_child):
    user, child, now = a_user(), a_child(), timezone.now()
    assert user.pk and not Child.objects.visible_to(user, "child").exists()
    opening = EmergencyOpening.objects.create(user=user, child=child, why="x", ends_at=now + timedelta(hours=1))
    assert Child.objects.visible_to(user, "child").exists()
    EmergencyOpening.objects.filter(pk=opening.pk).update(opened_at=now - timedelta(hours=2), ends_at=now)
    assert not Child.objects.visible_to(user, "child").exists()
