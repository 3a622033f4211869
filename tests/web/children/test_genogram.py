"""The genogram: the standard signs, couples side by side, children below their parents, and the same in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as how_often
from hypothesis import strategies as st

from hearth.web.access.models import Restriction
from hearth.web.children.models import FamilyBond, FamilyMember
from hearth.web.children.reading.family import CHILD, Couple, Descent, Family, Person
from hearth.web.children.reading.genogram import OUTER, Genogram, drawn
from hearth.web.children.reading.placing import APART

Build = Callable[..., Any]
ON = date(2026, 3, 31)
SIGNS = {"M": "square", "F": "circle", "": "diamond"}


@pytest.fixture
def network(a_child: Build, a_user: Build, allocated: Build, signed_in: Build, settings: Any) -> Any:
    settings.HEARTH_TODAY = ON
    worker = a_user()
    child = a_child("Mia", "Jones", sex="F", born_on=date(2014, 6, 1), family_id="F1")
    allocated(child, worker)
    return child, signed_in(worker), f"/child/{child.pk}/network"


def record(child: Any, people: str, bonds: str = "") -> dict[str, FamilyMember]:
    """People "Ann mother 1985", "Bob father 1980 died 2020", "? father"; bonds "Ann partner Bob", "Ann parent Mia"."""
    found: dict[str, Any] = {}
    for line in (line.split() for line in people.strip().splitlines()):
        name, relation, *years = line
        born, died = (years[0] if years else None), (years[2] if len(years) > 2 else None)
        found[name] = FamilyMember.objects.create(
            child=child, name=None if name == "?" else name, relation=relation,
            born_on=born and date(int(born), 1, 1), died_on=died and date(int(died), 1, 1),
        )  # fmt: skip
    for one, kind, other in (line.split() for line in bonds.strip().splitlines()):
        FamilyBond.objects.create(child=child, one=found.get(one), kind=kind, other=found.get(other))
    return found


def drawing_of(network: Any, people: str, bonds: str = "") -> Genogram:
    child, client, page = network
    record(child, people, bonds)
    found: Genogram = client.get(page).context["genogram"]
    check_nobody_stands_in_the_way(found)
    return found


def words_of(drawing: Genogram) -> dict[str, list[str]]:
    return {told.person.called: list(told.belongs) for told in drawing.told}


def at(drawing: Genogram) -> dict[str, tuple[int, int]]:
    return {figure.person.called: (figure.x, figure.y) for figure in drawing.figures}


def check_nobody_stands_in_the_way(drawing: Genogram) -> None:
    """Nobody stands on anybody else, and everybody is inside the drawing."""
    for one, other in combinations(drawing.figures, 2):
        assert abs(one.y - other.y) > 2 * OUTER or abs(one.x - other.x) >= APART - 1, (one.person, other.person)
    for figure in drawing.figures:
        assert OUTER <= figure.x <= drawing.width - OUTER
        assert OUTER <= figure.y <= drawing.height - OUTER


@pytest.mark.django_db
def test_without_family_the_page_says_so(network: Any) -> None:
    _, client, page = network
    body = client.get(page).content.decode()
    assert "as soon as somebody of it is recorded" in body
    assert "<svg" not in body.split("hearth-main")[1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": "Ann Jones", "relation": "mother", "born_on": "1985-03-02"}, "Ann Jones (mother)."),
        ({"name": "", "relation": "father"}, "name not known (father)."),
        ({"relation": "unborn_sibling", "expected_on": "2026-07-01"}, "not yet born (brother or sister not yet born)."),
    ],
)
def test_a_person_recorded_on_the_form_is_drawn(network: Any, said: dict[str, str], words: str) -> None:
    child, client, page = network
    form = client.get(f"/child/{child.pk}/record/family-member").content.decode()
    seal = form.split('name="_sheet" value="')[1].split('"')[0]
    answer = client.post(f"/child/{child.pk}/record/family-member", {**said, "_sheet": seal, "_do": "record"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert f"Mia Jones and 1 of the family: {words}" in client.get(page).content.decode()


@pytest.mark.django_db
def test_each_has_the_sign_of_what_is_known(network: Any) -> None:
    drawing = drawing_of(
        network,
        """
        Ann mother 1985
        ? father
        Leo brother 2012
        Eve sister 2009 died 2020
        Pat sibling
        Gran maternal_grandmother 1950
        Friend friend
        """,
    )
    signs = {figure.person.called: (figure.shape, figure.inside, figure.person.has_died) for figure in drawing.figures}
    assert signs == {
        "Mia Jones": ("circle", "11", False),
        "Ann": ("circle", "41", False),
        "name not known": ("square", "?", False),
        "Leo": ("square", "14", False),
        "Eve": ("circle", "", True),
        "Pat": ("diamond", "", False),
        "Gran": ("circle", "76", False),
    }


@pytest.mark.django_db
def test_three_generations_stand_one_below_another_and_the_eldest_first(network: Any) -> None:
    place = at(
        drawing_of(
            network, "Ann mother 1985\nGran maternal_grandmother\nSon son 2025\nLeo brother 2012\nEve sister 2018"
        )
    )
    assert place["Gran"][1] < place["Ann"][1] < place["Mia Jones"][1] < place["Son"][1]
    assert place["Leo"][0] < place["Mia Jones"][0] < place["Eve"][0]
    assert place["Leo"][1] == place["Mia Jones"][1] == place["Eve"][1]


@pytest.mark.django_db
def test_a_parent_with_two_partners_stands_between_them(network: Any) -> None:
    drawing = drawing_of(
        network,
        "Bob father 1980\nAnn mother 1985\nCal step_father 1984\nLou half_brother 2020\nLeo brother 2012",
        "Ann former_partner Bob\nAnn partner Cal\nAnn parent Lou\nCal parent Lou",
    )
    place = at(drawing)
    assert place["Ann"][0] - place["Bob"][0] == APART == place["Cal"][0] - place["Ann"][0]
    assert max(place["Leo"][0], place["Mia Jones"][0]) < place["Lou"][0], "each beside those of the same parents"
    assert sum(line.middle is not None for line in drawing.lines) == 1, "Ann and Bob have separated"
    bars = {line.points.split()[1].split(",")[1] for line in drawing.lines if line.points.count(" ") == 3}
    assert len(bars) >= 2
    assert words_of(drawing)["Lou"] == ["Child of Ann and Cal", "Has mother in common with Mia Jones"]
    assert words_of(drawing)["Ann"] == ["Parent of Lou, Mia Jones and Leo", "Separated from Bob", "Partner of Cal"]


@pytest.mark.django_db
def test_children_stand_below_their_own_parents_whoever_is_older(network: Any) -> None:
    place = at(
        drawing_of(
            network,
            "Bob father 1980\nAnn mother 1985\nCal siblings_father 1984\nJoe half_brother 2005\nSam half_brother 2019",
            "Ann former_partner Bob\nAnn former_partner Cal\n"
            "Ann parent Joe\nCal parent Joe\nAnn parent Sam\nCal parent Sam",
        )
    )
    beside = sorted(("Bob", "Cal"), key=lambda name: place[name][0])
    groups = {"Bob": ["Mia Jones"], "Cal": ["Joe", "Sam"]}
    order = sorted(("Mia Jones", "Joe", "Sam"), key=lambda name: place[name][0])
    assert order == [*groups[beside[0]], *groups[beside[1]]]


@pytest.mark.django_db
def test_the_adoptive_family_stands_beside_the_birth_family(network: Any) -> None:
    drawing = drawing_of(
        network,
        "Ann mother\nBob father\nZoe adoptive_mother\nKim adoptive_father\nFay sister 2010",
        "Zoe parent Fay\nKim parent Fay\nZoe partner Kim",
    )
    place, dashed = at(drawing), [line for line in drawing.lines if line.dash == "7 5"]
    assert max(place["Ann"][0], place["Bob"][0]) < min(place["Zoe"][0], place["Kim"][0])
    assert len(dashed) == 1, "from the adopters to Mia alone"
    assert words_of(drawing)["Mia Jones"] == ["Child of Ann and Bob", "Adopted by Zoe and Kim"]
    assert words_of(drawing)["Fay"] == ["Child of Zoe and Kim"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("people", "bonds", "who", "words"),
    [
        ("Ann mother\nBob father", "", "Ann", ["Parent of Mia Jones"]),
        ("Ann mother\nBob father", "Ann partner Bob", "Ann", ["Parent of Mia Jones", "Partner of Bob"]),
        ("Ann mother\nCal step_father", "", "Cal", ["Partner of Ann"]),
        ("Ann mother\n? father", "", "Mia Jones", ["Child of Ann and father (name not known)"]),
        ("Leo half_brother", "", "Leo", []),
        ("Ann mother\nBob father\nCal step_father\nDee step_mother\nKim step_sibling", "", "Kim", []),
        ("Aunt aunt\nGran maternal_grandmother", "Gran parent Aunt", "Aunt", ["Child of Gran"]),
        ("Zoe adoptive_mother\nLeo brother", "Zoe adoptive_parent Leo", "Leo", ["Adopted by Zoe"]),
        ("Tom partner\nSon son", "Tom parent Son\nMia parent Son", "Son", ["Child of Tom and Mia Jones"]),
        ("Kit cousin", "", "Kit", []),
    ],
)
def test_who_belongs_to_whom_in_words(network: Any, people: str, bonds: str, who: str, words: list[str]) -> None:
    assert words_of(drawing_of(network, people, bonds))[who] == words


@pytest.mark.django_db
def test_brothers_and_sisters_on_the_record_are_in_care_together_or_apart(
    network: Any, a_child: Build, a_user: Build, allocated: Build, placed: Build
) -> None:
    child, client, page = network
    placed(child, placement_postcode="BD1 1HY")
    worker = a_user(role="team_manager")
    homes = {"With": "BD1 1HY", "Apart": "LS1 1UR", "Unknown": None, "Home": "", "Hidden": "BD1 1HY"}
    for at_, (name, home) in enumerate(homes.items()):
        sibling = a_child(name, "Jones", family_id="F1", born_on=date(2015 + at_, 1, 1))
        allocated(sibling, worker, team="Care team")
        if home != "":
            placed(sibling, placement_postcode=home)
        if name == "Hidden":
            Restriction.objects.create(child=sibling, begun_by=worker, why="Related to staff").people.set([worker])
    FamilyMember.objects.create(child=child, name="With Smith", relation="half_sister", born_on=date(2015, 1, 1))
    manager_page = client_of(worker, page)
    care = {figure.person.name: figure.person.care for figure in manager_page.figures}
    assert care == {
        "Mia Jones": "",
        "With Smith": "in care, with Mia Jones",
        "Apart Jones": "in care, elsewhere",
        "Unknown Jones": "in care, where is not known",
        "Home Jones": "not looked after",
        "Hidden Jones": "in care, with Mia Jones",
    }
    assert {figure.person.name for figure in manager_page.figures if figure.person.is_with_child} == {
        "With Smith", "Hidden Jones",
    }  # fmt: skip
    theirs = client.get(page).context["genogram"]
    assert {figure.person.name for figure in theirs.figures} == {"Mia Jones", "With Smith"}, (
        "of the others I may not know"
    )


def client_of(user: Any, page: str) -> Genogram:
    from django.test import Client

    client = Client()
    client.force_login(user)
    found: Genogram = client.get(page).context["genogram"]
    return found


@st.composite
def families(draw: st.DrawFn) -> Family:
    """Any family of up to 14 people over four generations, whoever belongs to whom."""
    levels = [0, *draw(st.lists(st.sampled_from([-2, -1, 0, 1]), min_size=1, max_size=13))]
    people = {
        key: Person(key, f"P{key}", "x", level, draw(st.sampled_from(["M", "F", ""])))
        for key, level in enumerate(levels)
    }
    keys = list(people)
    pairs = draw(st.lists(st.tuples(st.sampled_from(keys), st.sampled_from(keys)), max_size=8, unique=True))
    couples = [Couple(a, b, draw(st.booleans())) for a, b in pairs if a < b]
    ties = draw(st.lists(st.tuples(st.sampled_from(keys), st.sampled_from(keys)), max_size=12, unique=True))
    descents = [Descent(a, b, draw(st.booleans())) for a, b in ties if people[a].generation < people[b].generation]
    return Family(people, couples, descents)


@how_often(max_examples=300, deadline=None)
@given(families())
def test_whatever_the_family_nobody_stands_in_the_way_and_everybody_is_told(family: Family) -> None:
    drawing = drawn(family)
    check_nobody_stands_in_the_way(drawing)
    assert [figure.person.key for figure in drawing.figures if figure.is_child] == [CHILD]
    assert {told.person.key for told in drawing.told} == set(family.people)
    assert {figure.shape for figure in drawing.figures} <= set(SIGNS.values())
    for figure in drawing.figures:
        below = [d.child for d in family.descents if d.parent == figure.person.key]
        assert all(other.y > figure.y for other in drawing.figures if other.person.key in below)
