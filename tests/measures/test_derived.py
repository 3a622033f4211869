"""Every duty gives two measures by itself: the share done in time in a period, and who is up to date on a day."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hearth.measures import engine
from hearth.measures.catalogue import MEASURES, every
from hearth.measures.derived import DERIVED
from hearth.measures.periods import series
from hearth.timescales.catalogue import DUTIES
from hearth.timescales.limits import national
from hearth.timescales.terms import Terms
from tests.timescales.builders import AUTHORITY, a_record, days, in_care, together

AS_OF = date(2026, 3, 31)
EDUCATION = ("pep-initiated-in-time", "pep-termly-in-time", "pep-in-time")
TERMS = {
    "term": ["autumn", "spring", "summer", "autumn"],
    "start": [date(2025, 9, 2), date(2026, 1, 5), date(2026, 4, 20), date(2026, 9, 2)],
    "end": [date(2025, 12, 19), date(2026, 4, 1), date(2026, 7, 21), date(2026, 12, 18)],
    "half_term_start": [date(2025, 10, 27), date(2026, 2, 16), date(2026, 5, 25), date(2026, 10, 26)],
    "half_term_end": [date(2025, 10, 31), date(2026, 2, 20), date(2026, 5, 29), date(2026, 10, 30)],
}
IN_TERMS = national().with_terms({AUTHORITY: Terms(pl.DataFrame(TERMS))})
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


def test_pathway_plans_in_time_are_the_first_plans_that_fell_due():
    # due 20 working days from the assessment of 6 January 2026: on 3 February
    def young(*planned: str) -> dict[str, object]:
        return {
            "people": [{"born_on": "2009-11-30"}],
            "episodes": [in_care("2020-01-06")],
            "needs_assessments": days("2026-01-06", "completed_on"),
            "pathway_plans": days(", ".join(planned), "completed_on"),
        }

    record = a_record(together(young("2026-02-03"), young("2026-02-04"), young()))
    assert figure(record, "pathway-plan-completed-in-time") == (1, 3, 0)
    assert figure(record, "pathway-plan-in-time") == (1, 3, 0)


def test_education_plans_in_time_are_starts_and_termly_reviews_together():
    # started by 26 January 2026; a plan of the spring term is reviewed by the end of the summer term
    def pupil(*started: str) -> dict[str, object]:
        plans = days(", ".join(started), "started_on")
        return {"people": [{}], "episodes": [in_care("2026-01-12")], "education_plans": plans}

    record = a_record(together(pupil("2026-01-26", "2026-05-11"), pupil("2026-01-27"), pupil()))
    found = engine.measure(record, series(date(2026, 8, 31), 1, "12m"), only=EDUCATION, limits=IN_TERMS)
    figures = {row["measure"]: (row["numerator"], row["denominator"]) for row in found.iter_rows(named=True)}
    assert figures == dict(zip(EDUCATION, [(1, 3), (1, 2), (2, 5)], strict=True))


def test_care_leavers_seen_in_timescale_are_adults_whose_visit_is_not_overdue():
    def leaver(visited: str, born: str = "2007-01-10") -> dict[str, object]:
        home = {"kind": "accommodation_provided", "started_on": "2025-10-01"}
        return {
            "people": [{"born_on": born}],
            "episodes": [in_care("2018-01-10", "2025-01-10")],
            "arrangements": [home],
            "care_leaver_contacts": days(visited, "contacted_on", is_visit=True),
        }

    seen, behind, never, child = (
        leaver("2025-10-08, 2026-02-15"),
        leaver("2025-10-08"),
        leaver(""),
        leaver("2025-10-08", "2008-06-01"),
    )
    called = leaver("") | {"care_leaver_contacts": days("2026-02-15", "contacted_on", is_visit=False)}
    record = a_record(together(seen, behind, never, child, called))
    assert figure(record, "care-leaver-seen-in-timescale") == (1, 4, 0)


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
