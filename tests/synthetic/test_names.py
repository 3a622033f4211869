"""Names of the made-up: the same for the same seed, others for another."""

from __future__ import annotations

import polars as pl

from hearth.synthetic import names
from hearth.tables import catalogue


def people(*rows: tuple[str, str, str | None]) -> pl.DataFrame:
    facts = [{"authority": "A", "child_id": c, "sex": sex, "family_id": family} for c, sex, family in rows]
    return catalogue.conform("people", pl.DataFrame(facts))


def test_the_same_seed_gives_the_same_names():
    some = people(*((str(number), "F", None) for number in range(30)))
    assert names.of_children(some, 1).equals(names.of_children(some, 1))
    assert not names.of_children(some, 1).equals(names.of_children(some, 2))
    assert names.of_worker("SW1", 1) == names.of_worker("SW1", 1)


def test_siblings_share_a_family_name_and_pronouns_follow_the_record():
    found = names.of_children(people(("1", "F", "X"), ("2", "M", "X"), ("3", "U", None)), 1)
    assert found["last_names"][0] == found["last_names"][1]
    assert found["pronouns"].to_list() == ["she/her", "he/him", "they/them"]
