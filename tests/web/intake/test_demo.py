"""The made-up authority in the database: a sign-in for each role, with real caseloads, the same for the same seed."""

from __future__ import annotations

from datetime import date

import pytest

from hearth.web.access.models import Post, Team, User
from hearth.web.access.roles import Role
from hearth.web.children.models import Allocation, Child, ChildrensHome, Episode
from hearth.web.education.models import SchoolAttended
from hearth.web.intake.demo import is_made, make_demo
from hearth.web.intake.loading import LoadRefusedError
from hearth.web.work.models import Owed, OwedElsewhere
from hearth.web.work.signing.waiting import awaited, told
from tests.web.intake.sources import TODAY, a_source, loaded

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FEW = {"as_of": TODAY, "children": 40, "years": 2}


def test_each_role_has_somebody_and_case_workers_have_children():
    made = make_demo(**FEW)
    roles = {person.posts.get().role: person for person in made.people}
    assert set(roles) == set(Role.values)
    assert is_made() and all(person.is_made_up for person in made.people)
    for role in ("social_worker", "personal_adviser", "reviewing_officer"):
        open_cases = Allocation.objects.filter(worker_id=roles[role].worker_id, ended_on=None)
        assert open_cases.filter(role=role).exists()
    assert roles["team_manager"].posts.get().team == roles["social_worker"].posts.get().team
    assert Owed.objects.exists()


def test_the_manager_shown_has_plans_to_answer():
    made = make_demo(**FEW)
    manager = next(person for person in made.people if person.posts.get().role == "team_manager")
    found = told(awaited(Child.objects.visible_to(manager, "sign_offs").values_list("pk", flat=True)))
    assert found
    assert all(one.what.startswith("Care plan of") and one.by.is_made_up for one in found)


def test_every_worker_with_a_child_has_a_post_and_every_team_a_manager():
    make_demo(**FEW)
    workers = set(Allocation.objects.filter(ended_on=None).exclude(role="other").values_list("worker_id", flat=True))
    assert workers <= set(User.objects.values_list("worker_id", flat=True))
    with_children = Team.objects.filter(posts__role__in=("social_worker", "personal_adviser", "reviewing_officer"))
    managed = set(Post.objects.filter(role="team_manager").values_list("team", flat=True))
    assert set(with_children.values_list("pk", flat=True)) <= managed
    assert Team.objects.filter(name__startswith="Children in care").exclude(locality="").exists()


def test_what_homes_owe_is_owed_by_the_homes_on_the_record():
    made = make_demo(**FEW | {"children": 200})
    homes = set(ChildrensHome.objects.values_list("home_id", flat=True))
    assert homes & set(Episode.objects.filter(child__batch=made.batch).values_list("urn", flat=True))
    owing = OwedElsewhere.objects.filter(subject="childrens_home")
    assert owing.exists() and set(owing.values_list("subject_id", flat=True)) <= homes


def test_children_have_names_and_siblings_share_theirs():
    make_demo(**FEW)
    assert not Child.objects.filter(first_names=None).exists()
    families: dict[str, set[str | None]] = {}
    for family, name in Child.objects.exclude(family_id=None).values_list("family_id", "last_names"):
        families.setdefault(str(family), set()).add(name)
    assert all(len(names) == 1 for names in families.values())


def test_schools_have_names_that_go_with_the_ages_of_who_is_there():
    make_demo(**FEW)
    rows = list(SchoolAttended.objects.select_related("child"))
    named = [(row.school, row.child.age_on(row.ended_on or TODAY), row.child.age_on(row.started_on)) for row in rows]
    assert named and not [school for school, _, _ in named if school.isdigit()]
    primary = [school for school, until, _ in named if "Primary" in school or "Junior" in school if until > 11]
    assert not primary and not [school for school, until, _ in named if "High" in school and until < 12]


def test_made_up_children_never_stand_among_others():
    loaded(a_source())
    with pytest.raises(LoadRefusedError, match="has children already"):
        make_demo(as_of=date(2026, 3, 31), children=5, years=1)
