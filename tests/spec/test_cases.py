"""Every duty has a table of cases that shows every outcome that can be, and the engine agrees with each row."""

from __future__ import annotations

import pytest

from hearth.timescales.catalogue import DUTIES
from hearth.timescales.duty import words
from tests.spec.case import OUTCOMES, OVERTAKEN, Case
from tests.spec.catalogue import BY_DUTY, CASES
from tests.timescales.builders import drawn


def name(case: Case) -> str:
    return f"{case.duty} {case.as_of}"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_each_row_is_due_and_stands_as_the_table_says(case: Case) -> None:
    expected = [(row["due"], row["outcome"]) for row in drawn(case.table)]
    assert case.found() == expected


def test_no_duty_lacks_a_table_and_no_table_lacks_its_duty() -> None:
    assert set(BY_DUTY) == set(words()) == set(DUTIES)
    assert len(BY_DUTY) == 164


@pytest.mark.parametrize("duty", sorted(BY_DUTY))
def test_each_outcome_is_shown_or_there_is_a_reason_why_it_cannot_be(duty: str) -> None:
    shown = {row["outcome"] for case in BY_DUTY[duty] for row in drawn(case.table)}
    reasons = {outcome: why for case in BY_DUTY[duty] for outcome, why in case.cannot.items()}
    assert [outcome for outcome in OUTCOMES if outcome not in shown and not reasons.get(outcome)] == []
    assert shown.isdisjoint(reasons)


def test_what_a_later_one_overtakes_is_shown_for_each_duty_that_says_so_and_for_no_other() -> None:
    shown = {case.duty for case in CASES for row in drawn(case.table) if row["outcome"] == OVERTAKEN}
    assert shown == {duty.id for duty in DUTIES.values() if duty.clock.overtaken}
