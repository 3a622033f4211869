"""The genogram: a generation a row, the right shape for each, lines from parents to children."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hearth.web.children.models import FamilyBond, FamilyMember

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db


@pytest.fixture
def network(a_child: Build, a_user: Build, allocated: Build, signed_in: Build) -> Any:
    worker, child = a_user(), a_child("Mia", "Jones", sex="F")
    allocated(child, worker)
    return child, signed_in(worker), f"/child/{child.pk}/network"


def test_without_family_the_page_says_so(network: Any) -> None:
    _, client, page = network
    body = client.get(page).content.decode()
    assert "as soon as somebody of it is recorded" in body
    assert "<svg" not in body.split("hearth-main")[1]


def test_a_person_recorded_on_the_form_is_drawn(network: Any) -> None:
    child, client, page = network
    said = {"name": "Ann Jones", "relation": "mother", "has_parental_responsibility": "yes"}
    form = client.get(f"/child/{child.pk}/record/family-member").content.decode()
    seal = form.split('name="_sheet" value="')[1].split('"')[0]
    answer = client.post(f"/child/{child.pk}/record/family-member", {**said, "_sheet": seal, "_do": "record"})
    assert answer.status_code == 302
    body = client.get(page).content.decode()
    assert "Mia Jones and 1 of the family: Ann Jones (mother)." in body


def test_shapes_generations_and_lines(network: Any) -> None:
    child, client, page = network
    mother = FamilyMember.objects.create(child=child, name="Ann", relation="mother")
    father = FamilyMember.objects.create(child=child, name="Bob", relation="father", died_on=date(2020, 1, 1))
    FamilyMember.objects.create(child=child, name="Leo", relation="brother", born_on=date(2014, 1, 1))
    FamilyMember.objects.create(child=child, name="Pat", relation="cousin")
    FamilyMember.objects.create(child=child, name="Friend", relation="friend")
    FamilyBond.objects.create(child=child, one=mother, kind="former_partner", other=father)
    drawing = client.get(page).context["genogram"]
    by_name = {figure.name: figure for figure in drawing.figures}
    assert {name: figure.shape for name, figure in by_name.items()} == {
        "Ann": "circle",
        "Bob": "square",
        "Leo": "square",
        "Pat": "diamond",
        "Mia Jones": "circle",
    }
    assert by_name["Bob"].has_died
    assert by_name["Mia Jones"].is_child
    assert by_name["Ann"].y < by_name["Leo"].y == by_name["Mia Jones"].y
    assert by_name["Mia Jones"].x < by_name["Leo"].x, "the elder stands first"
    assert sum(line.middle is not None for line in drawing.lines) == 1, "the parents have separated"
    assert len(drawing.lines) == 1 + 2 * 2, "from both parents to both children"
