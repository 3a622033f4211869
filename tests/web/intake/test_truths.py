"""Every truth that the database holds rows to is asked of a source first."""

from __future__ import annotations

import pytest

from hearth.tables.holding import Once, OneOf, Order
from hearth.web.children import mirror
from hearth.web.intake.truths import truths_of


@pytest.mark.parametrize("table", mirror.STORED)
def test_the_constraints_of_every_model_are_understood(table: str):
    constraints = mirror.models()[table]._meta.constraints
    asked = [truth for truth in truths_of(table) if isinstance(truth, Order | OneOf | Once)]
    assert len(asked) == len(constraints) - (table == "people")


def test_a_child_has_one_open_worker_in_each_main_role():
    once = next(truth for truth in truths_of("allocations") if isinstance(truth, Once))
    assert once.columns == ("authority", "child_id", "role")
    assert once.where["ended_on"] == ()
    assert "social_worker" in once.where["role"]
