"""Who is in care: every case a line that can be counted by hand."""

from __future__ import annotations

from datetime import date

import polars as pl

from hearth.measures import population as measures

from .builders import AUTHORITY, answers, figure, figures, in_care, record

CHILDREN = """
    child             | from       | to         | ls | place | rec
    here              | 2024-05-01 |            |    |       |
    came that day     | 2026-03-31 |            |    |       |
    left that day     | 2025-01-01 | 2026-03-31 |    |       | E4A
    left the day after| 2025-01-01 | 2026-04-01 |    |       | E4A
    came later        | 2026-04-01 |            |    |       |
    short breaks      | 2025-01-01 |            | V4 |       |
    under 24 hours    | 2026-03-31 | 2026-03-31 |    |       | E8
    in hospital       | 2025-01-01 | 2026-03-20 |    | U6    |
    in hospital       | 2026-03-20 |            |    | T1    |
"""


def test_a_child_is_looked_after_on_the_day_who_came_by_it_and_has_not_left() -> None:
    assert set(answers(in_care(CHILDREN), measures.LAC_COUNT)) == {
        "here",
        "came that day",
        "left the day after",
        "in hospital",
    }
    assert figure(in_care(CHILDREN), measures.LAC_COUNT) == (4, None, 0)


def test_the_rate_takes_the_estimate_of_the_last_mid_year_before_the_day() -> None:
    residents = pl.DataFrame(
        {"authority": [AUTHORITY] * 3, "year": [2024, 2025, 2026], "population": [10_000, 20_000, 90_000]}
    )
    (row,) = figures(in_care(CHILDREN), measures.LAC_RATE, population=residents)
    assert (row["numerator"], row["denominator"], row["value"]) == (4, 20_000, 2.0)


def test_without_a_population_there_is_no_rate_and_not_nought() -> None:
    (row,) = figures(in_care(CHILDREN), measures.LAC_RATE)
    assert row["value"] is None
    assert row["unavailable"] == "needs the population of the area: give --comparators"


def test_a_rate_by_sex_is_not_known_but_by_authority_it_is() -> None:
    residents = pl.DataFrame({"authority": [AUTHORITY], "year": [2025], "population": [20_000]})
    (by_sex,) = figures(in_care(CHILDREN), measures.LAC_RATE, by=("sex",), population=residents)
    assert by_sex["unavailable"] == "the population of the area is not known by sex"
    (here,) = figures(in_care(CHILDREN), measures.LAC_RATE, by=("authority",), population=residents)
    assert (here["authority"], here["value"]) == (AUTHORITY, 2.0)


def test_an_area_without_an_estimate_has_no_rate_and_says_so() -> None:
    elsewhere = pl.DataFrame({"authority": ["E06000013"], "year": [2025], "population": [20_000]})
    (row,) = figures(in_care(CHILDREN), measures.LAC_RATE, population=elsewhere)
    assert (row["denominator"], row["value"]) == (None, None)
    assert row["unavailable"] == "the statistics given have no population for this area and day"


UNACCOMPANIED = """
    child_id      | started_on | ended_on
    still         |            | 2026-07-01
    without end   |            |
    ended that day|            | 2026-03-31
    ended before  |            | 2025-09-01
    began later   | 2026-04-05 |
"""
ALONE = """
    child          | from       | to
    still          | 2025-06-01 |
    without end    | 2024-06-01 |
    ended that day | 2025-06-01 |
    ended before   | 2025-06-01 |
    began later    | 2025-06-01 |
    not alone      | 2025-06-01 |
"""


def test_an_unaccompanied_child_is_counted_until_the_status_ends() -> None:
    found = in_care(ALONE, unaccompanied=UNACCOMPANIED)
    assert set(answers(found, measures.UASC_COUNT)) == {"still", "without end"}


def test_arrivals_are_those_unaccompanied_on_the_day_they_came() -> None:
    found = in_care(ALONE, unaccompanied=UNACCOMPANIED)
    assert set(answers(found, measures.UASC_ARRIVALS)) == {"still", "ended that day", "ended before"}


def test_a_source_without_the_status_gives_no_number() -> None:
    found = record(kind="ssda903", carries=["episodes"], episodes=[])
    (row,) = figures(found, measures.UASC_COUNT)
    assert row["numerator"] is None
    assert "which an SSDA903 return does not carry" in str(row["unavailable"])


def test_a_child_without_any_word_on_disability_is_not_known() -> None:
    found = in_care(
        """
        child       | from       | to
        two         | 2025-06-01 |
        none        | 2025-06-01 |
        says nothing| 2025-06-01 |
        """,
        disabilities="""
        child_id | disability
        two      | MOB
        two      | HEAR
        none     | NONE
        """,
    )
    assert figure(found, measures.LAC_WITH_DISABILITY) == (1, None, 1)
    assert answers(found, measures.LAC_WITH_DISABILITY) == {"two": 1, "says nothing": None}


def test_care_leavers_who_came_alone_are_18_or_over_and_entitled() -> None:
    found = in_care(
        """
        child          | from       | to         | rec
        former relevant| 2022-01-01 | 2025-01-01 | E5
        came with folk | 2022-01-01 | 2025-01-01 | E5
        still in care  | 2022-01-01 |            |
        a fortnight    | 2024-12-10 | 2024-12-24 | E4A
        """,
        people="""
        child_id        | born_on
        former relevant | 2007-01-01
        came with folk  | 2007-01-01
        still in care   | 2009-01-01
        a fortnight     | 2007-01-01
        """,
        unaccompanied="""
        child_id        | ended_on
        former relevant | 2025-01-01
        still in care   |
        a fortnight     |
        """,
    )
    assert answers(found, measures.UASC_CARE_LEAVERS) == {"former relevant": 1}


def test_the_day_asked_for_is_all_that_is_known() -> None:
    earlier = date(2026, 3, 30)
    assert set(answers(in_care(CHILDREN), measures.LAC_COUNT, as_of=earlier)) == {
        "here",
        "left that day",
        "left the day after",
        "in hospital",
    }
