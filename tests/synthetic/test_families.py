"""The made-up families: whole people and bonds, of the kinds that a genogram must draw, the same for the same seed."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest

from hearth.synthetic.authority import make
from hearth.synthetic.families import Bond, Member, around
from hearth.tables.record import Record

ON = date(2026, 3, 31)
Made = tuple[list[Member], list[Bond]]


@pytest.fixture(scope="module")
def record() -> Record:
    return make(300, 3, 1, as_of=ON)


@pytest.fixture(scope="module")
def made(record: Record) -> Made:
    return around(record, 1, ON)


def test_some_children_have_their_people_and_most_have_not(record: Record, made: Made) -> None:
    with_people = {(one.authority, one.child_id) for one in made[0]}
    assert 20 < len(with_people) < record["people"].height / 3


@pytest.mark.parametrize(
    "relation",
    ["mother", "father", "adoptive_mother", "step_father", "half_brother", "siblings_father", "unborn_sibling",
     "maternal_grandmother", "aunt", "sister"],
)  # fmt: skip
def test_every_kind_of_family_is_there(made: Made, relation: str) -> None:
    assert Counter(one.relation for one in made[0])[relation] > 0


def test_a_bond_is_between_two_people_of_the_same_child(made: Made) -> None:
    people, bonds = made
    refs = defaultdict(set)
    for one in people:
        assert one.ref not in refs[one.authority, one.child_id], "each once"
        refs[one.authority, one.child_id].add(one.ref)
    for bond in bonds:
        assert {bond.one, bond.other} - {""} <= refs[bond.authority, bond.child_id], bond
        assert bond.one != bond.other


def test_parents_are_older_than_their_children_and_nobody_is_of_the_future(made: Made) -> None:
    people, bonds = made
    born = {(one.authority, one.child_id, one.ref): one.born_on for one in people}
    for bond in bonds:
        older, younger = (born[bond.authority, bond.child_id, ref] for ref in (bond.one, bond.other))
        if bond.kind == "parent" and older and younger:
            assert (younger - older).days > 14 * 365, bond
    for one in people:
        assert one.born_on is None or one.born_on <= ON
        assert one.died_on is None or (one.born_on or ON) < one.died_on <= ON
        assert (one.expected_on is not None) is (one.relation == "unborn_sibling")


def test_half_siblings_on_the_record_say_so_of_each_other(made: Made) -> None:
    said = {(one.child_id, one.same_as): one.relation.startswith("half") for one in made[0] if one.same_as}
    assert any(said.values())
    assert all(said[other, child] is is_half for (child, other), is_half in said.items() if (other, child) in said)


def test_the_same_seed_makes_the_same_people(record: Record, made: Made) -> None:
    assert around(record, 1, ON) == made
    assert around(record, 2, ON) != made
