"""Every duty gives two measures by itself: the share done in time in a period, and who is up to date on a day."""

from __future__ import annotations

from datetime import date

import pytest

from hearth.measures import engine
from hearth.measures.catalogue import MEASURES, every
from hearth.measures.derived import DERIVED
from hearth.measures.periods import series
from hearth.timescales.catalogue import DUTIES
from tests.timescales.builders import a_record, days, in_care, together

AS_OF = date(2026, 3, 31)
CARE = {"people": [{}], "episodes": [in_care("2025-01-06")]}


def reviewed(*held: str) -> dict[str, object]:
    return {**CARE, "reviews": days(", ".join(held), "held_on")}


def figure(record, measure: str, by: tuple[str, ...] = ()) -> tuple[float, int, int]:
    (row,) = engine.measure(record, series(AS_OF, 1, "12m"), only=[measure], by=by).iter_rows(named=True)
    return row["numerator"], row["denominator"], row["not_known"]


def test_every_duty_has_both_measures_and_those_chosen_stand_in_their_place():
    for duty in DUTIES:
        assert {f"{duty}-in-time", f"{duty}-up-to-date"} <= set(every())
    assert set(MEASURES) <= set(every())
    assert every()["pathway-plan-up-to-date"] is MEASURES["pathway-plan-up-to-date"]


def test_the_share_in_time_counts_what_fell_due_in_the_period():
    # due 20 working days from 6 January 2025, then 3 and 6 months on: only later ones fall in the year to March 2026
    record = a_record(
        together(reviewed("2025-02-03", "2025-05-03", "2025-11-03"), reviewed("2025-02-03", "2025-05-20"))
    )
    assert figure(record, "review-second-in-time") == (1, 2, 0)
    assert figure(record, "review-subsequent-in-time") == (1, 2, 0)


def test_a_child_is_up_to_date_when_nothing_is_overdue():
    on_time, behind = reviewed("2025-02-03", "2025-05-03", "2025-11-03"), reviewed("2025-02-03", "2025-05-20")
    record = a_record(together(on_time, behind))
    assert figure(record, "review-subsequent-up-to-date") == (1, 2, 0)


def test_a_child_to_whom_it_is_not_owed_is_not_among_them():
    adopted_home = {"people": [{}], "episodes": [in_care("2025-01-06", "2025-06-01")]}
    record = a_record(together(reviewed("2025-02-03"), adopted_home))
    assert figure(record, "review-second-up-to-date") == (0, 1, 0)


@pytest.mark.parametrize(
    ("chosen", "derived"),
    [("initial-health-in-time", "health-initial-in-time"), ("return-interviews-in-time", "return-interview-in-time")],
)
def test_a_chosen_measure_of_one_duty_is_its_derived_one(chosen, derived):
    assert MEASURES[chosen].population is DERIVED[derived].population


def test_carers_are_counted_as_carers_whatever_the_breakdown():
    carers = [{"carer_id": f"F{n}", "approved_on": "2023-01-10"} for n in (1, 2)]
    held = ("2024-01-09", "2025-01-08", "2026-01-07")
    reviews = [{"carer_id": "F1", "reviewed_on": day, "decided_on": day} for day in held]
    record = a_record({**CARE, "foster_carers": carers, "carer_reviews": reviews, "carer_concerns": []})
    assert figure(record, "foster-annual-review-up-to-date") == (1, 2, 0)
    behind = engine.children(record, series(AS_OF, 1, "12m"), only=["foster-annual-review-up-to-date"])
    assert sorted(behind["child_id"]) == ["F1", "F2"]


def test_derived_measures_are_worked_out_only_when_asked_for():
    found = engine.measure(a_record(CARE), series(AS_OF, 1, "12m"))
    assert not set(found["measure"]) & (set(DERIVED) - set(MEASURES))
