"""Reviews: the ordinary chain, adoption reviews in its place, short breaks, and what is not known."""

from __future__ import annotations

from datetime import date

import pytest

from hearth.timescales import engine
from tests.timescales.builders import a_record, check, days, drawn, in_care, standing, together


def life(row):
    episodes = [in_care(row["care began"], row.get("care ended"))]
    return {
        "people": [{"born_on": row.get("born") or "2012-05-10"}],
        "episodes": episodes,
        "reviews": days(row["reviews"], "held_on"),
    }


def test_the_first_review_is_held_within_20_working_days_of_coming_into_care():
    table = """
    care began | care ended | born       | reviews    | due        | outcome
    2024-02-01 |            |            | 2024-02-20 | 2024-02-29 | met
    2024-02-01 |            |            | 2024-02-29 | 2024-02-29 | met
    2024-02-01 |            |            | 2024-03-01 | 2024-02-29 | late
    2024-02-01 |            |            |            | 2024-02-29 | overdue
    2024-02-15 |            |            |            | 2024-03-14 | due
    2024-02-14 |            |            |            | 2024-03-13 | due
    2024-02-01 | 2024-02-28 |            |            | 2024-02-29 | lapsed
    2024-02-01 | 2024-02-29 |            |            | 2024-02-29 | lapsed
    2024-02-01 | 2024-03-01 |            |            | 2024-02-29 | missed
    2024-02-01 | 2024-04-01 |            |            | 2024-02-29 | overdue
    2024-02-15 |            | 2006-03-14 |            | 2024-03-14 | lapsed
    2024-02-01 |            | 2006-03-01 |            | 2024-02-29 | missed
    2024-02-01 | 2024-02-01 |            |            |            | none
    2024-04-01 |            |            |            |            | none"""
    check("review-first", "2024-03-13", table, life)


def test_as_of_a_day_nothing_later_is_known():
    """The review of April is still overdue on 31 March; an end of care is not known before it comes, a birthday is."""
    table = """
    care began | care ended | born       | reviews    | due        | outcome
    2024-02-01 |            |            | 2024-04-02 | 2024-02-29 | overdue
    2024-03-11 | 2024-04-02 |            |            | 2024-04-10 | due
    2024-03-11 |            | 2006-04-02 |            | 2024-04-10 | lapsed"""
    check("review-first", "2024-03-31", table, life)


def test_the_second_review_counts_from_the_day_the_first_was_held():
    table = """
    care began | reviews                | due        | outcome
    2024-02-01 | 2024-02-15             | 2024-05-15 | overdue
    2024-02-01 | 2024-03-12             | 2024-06-12 | due
    2024-02-01 | 2024-03-12, 2024-06-01 | 2024-06-12 | met
    2024-02-01 |                        |            | none"""
    check("review-second", "2024-06-12", table, life)


def test_later_reviews_count_six_months_from_the_day_the_last_was_held():
    table = """
    care began | born       | reviews                                        | due        | outcome
    2024-02-01 |            | 2024-02-20, 2024-05-20                         | 2024-11-20 | due
    2024-02-01 |            | 2024-02-20, 2024-05-20, 2024-08-31             | 2025-02-28 | due
    2024-02-01 |            | 2024-02-20, 2024-05-20, 2024-05-20             | 2024-11-20 | due
    2024-02-01 | 2006-12-01 | 2024-02-20, 2024-05-20, 2024-09-10             | 2025-03-10 | lapsed
    2023-02-01 |            | 2023-02-20, 2023-05-20                         | 2023-11-20 | overdue"""
    check("review-subsequent", "2024-10-31", table, life)


def test_planned_and_cancelled_reviews_are_not_held():
    rows = {
        "people": [{}],
        "episodes": [in_care("2024-02-01")],
        "reviews": [{"held_on": None, "due_on": "2024-02-20"}, {"held_on": "2024-02-21", "is_cancelled": True}],
    }
    found = engine.as_of(engine.occurrences(a_record(rows)), [date(2024, 3, 31)])
    assert standing(found, "review-first") == ("2024-02-29", "overdue")


def test_a_move_does_not_restart_the_chain_and_a_new_period_of_care_does():
    def moved(row):
        moves = {"X1": "P", "E4A": "S"}
        first = in_care("2024-09-02", "2024-09-13") | {"reason_ended": row["left by"]}
        second = in_care("2024-09-13", reason_started=moves[row["left by"]], placement_postcode="NR2 2BB")
        return {"people": [{}], "episodes": [first, second]}

    table = """
    left by | due        | outcome
    X1      | 2024-09-30 | overdue
    E4A     | 2024-10-11 | due"""
    check("review-first", "2024-10-01", table, moved)


ADOPTION = """
    review                 | duty                    | due        | outcome
    2024-01-26             | review-first            | 2024-01-31 | met
    2024-04-20             | review-second           | 2024-04-26 | met
    2024-07-10             | review-adoption-unplaced | 2024-08-20 | met
    2024-10-24             | review-adoption-placed-1 | 2024-10-31 | met
    2025-01-20             | review-adoption-placed-2 | 2025-01-24 | met"""


def test_adoption_reviews_stand_in_place_of_the_ordinary_chain_and_one_meeting_counts_once():
    """In care from 3 January 2024, placement order on 20 May, placed for adoption on 3 October."""
    reviews = [str(row["review"]) for row in drawn(ADOPTION)]
    rows = {
        "people": [{"born_on": "2022-05-10"}],
        "episodes": [
            in_care("2024-01-03", "2024-05-20", legal_status="C1") | {"reason_ended": "X1"},
            in_care("2024-05-20", "2024-10-03", reason_started="L", legal_status="E1") | {"reason_ended": "X1"},
            in_care("2024-10-03", reason_started="P", legal_status="E1", placement_type="A6"),
        ],
        "reviews": [{"held_on": day} for day in reviews],
    }
    found = engine.as_of(engine.occurrences(a_record(rows)), [date(2025, 3, 31)])
    for row in drawn(ADOPTION):
        done = found.filter((pl_duty(found) == row["duty"]) & (found["done_on"].cast(str) == row["review"]))
        assert [str(day) for day in done["would_be_due_on"]] == [row["due"]], row
    open_ones = found.filter(found["status"].is_in(["due", "overdue"]) & pl_duty(found).str.starts_with("review-"))
    assert [str(day) for day in open_ones["due_on"]] == ["2025-07-20"]
    lapsed = found.filter((found["status"] == "lapsed") & pl_duty(found).str.starts_with("review-"))
    assert sorted(pl_duty(lapsed)) == ["review-adoption-unplaced", "review-subsequent"]


def pl_duty(frame):
    return frame["duty"].cast(str)


def test_after_a_breakdown_of_the_adoption_there_is_a_review_by_day_42_and_then_the_usual_chain():
    """Back with the agency on 2 September 2024, with or without the placement order (AAR 2005 reg 36)."""

    def life(row):
        return {
            "people": [{"born_on": "2022-05-10"}],
            "episodes": [
                in_care("2024-01-03", "2024-06-03", legal_status="C2", placement_type="U5") | {"reason_ended": "X1"},
                in_care("2024-06-03", "2024-09-02", reason_started="T", placement_type="A5") | {"reason_ended": "X1"},
                in_care("2024-09-02", row["left"], reason_started="P", placement_postcode="NR9 9ZZ")
                | {"legal_status": row["order"]},
            ],
            "reviews": days(f"2024-01-20, 2024-04-10, 2024-06-20, {row['reviewed'] or ''}".strip(", "), "held_on"),
        }

    back = """
    order | reviewed   | left       | due        | outcome
    C2    |            |            | 2024-10-14 | overdue
    E1    |            |            | 2024-10-14 | overdue
    C2    | 2024-10-14 |            | 2024-10-14 | met
    E1    | 2024-10-15 |            | 2024-10-14 | late
    C2    |            | 2024-10-14 | 2024-10-14 | lapsed"""
    check("review-adoption-placed-2", "2024-10-31", back, life)
    onwards = """
    order | reviewed   | left | due        | outcome
    C2    | 2024-10-10 |      | 2025-04-10 | due
    C2    |            |      | 2024-10-10 | lapsed
    E1    |            |      | 2024-10-10 | lapsed"""
    check("review-subsequent", "2024-10-31", onwards, life)
    check(
        "review-adoption-unplaced",
        "2024-10-31",
        """
    order | reviewed   | left | due        | outcome
    E1    | 2024-10-10 |      | 2025-04-10 | due
    E1    |            |      |            | none""",
        life,
    )


def test_where_the_start_of_care_is_not_known_the_first_reviews_are_not_known_and_later_ones_are():
    def unknown(row):
        began = in_care("2024-04-01", reason_started="P", period_started_on=row["care began"])
        return {"people": [{}], "episodes": [began], "reviews": days(row["reviews"], "held_on")}

    table = """
    care began | reviews                | due | outcome
               |                        |     | not_known
               | 2024-05-01             |     | not_known
    2024-03-20 | 2024-04-10             | 2024-04-19 | met"""
    check("review-first", "2024-12-31", table, unknown)
    table = """
    care began | reviews                | due | outcome
               | 2024-05-01             |     | not_known
               | 2024-05-01, 2024-11-01 |     | not_known"""
    check("review-second", "2024-12-31", table, unknown)
    table = """
    care began | reviews                | due        | outcome
               | 2024-05-01, 2024-11-01 | 2025-05-01 | due"""
    check("review-subsequent", "2024-12-31", table, unknown)


def test_a_series_of_short_breaks_has_its_own_reviews_and_no_others():
    breaks = {
        "people": [{}],
        "episodes": [
            in_care("2024-01-31", "2024-02-05", legal_status="V3"),
            in_care("2024-03-01", "2024-03-04", legal_status="V3"),
            in_care("2024-07-01", "2024-07-04", legal_status="V3"),
        ],
        "reviews": days("2024-04-30", "held_on"),
        "visits": days("2024-03-02, 2024-05-01", "visited_on"),
    }
    found = engine.as_of(engine.occurrences(a_record(breaks)), [date(2024, 7, 2)])
    assert set(pl_duty(found)) == {"review-short-breaks", "visit-short-breaks", "visit-seen-alone"}
    assert standing(found, "review-short-breaks") == ("2024-10-30", "due")
    assert standing(found, "visit-short-breaks") == ("2024-09-02", "due")


@pytest.mark.parametrize("died_on", ["2024-02-20"])
def test_what_is_owed_ends_with_the_childs_death(died_on: str):
    rows = {"people": [{"died_on": died_on}], "episodes": [in_care("2024-02-01")]}
    found = engine.as_of(engine.occurrences(a_record(rows)), [date(2024, 3, 31)])
    assert standing(found, "review-first") == ("2024-02-29", "lapsed")


def test_children_do_not_touch_each_other():
    lives = [
        life({"care began": "2024-02-01", "reviews": "2024-02-20"}),
        life({"care began": "2024-02-05", "reviews": None}),
    ]
    found = engine.as_of(engine.occurrences(a_record(together(*lives))), [date(2024, 3, 31)])
    assert standing(found, "review-first", "1") == ("2024-02-29", "met")
    assert standing(found, "review-first", "2") == ("2024-03-04", "overdue")


def test_of_care_that_began_before_the_sources_history_the_first_two_reviews_are_not_known():
    """A return of some years shows when care began, but not the reviews held before its first day."""
    rows = {
        "people": [{}],
        "episodes": [in_care("2021-02-01")],
        "reviews": days("2024-06-10, 2024-12-10", "held_on"),
    }
    record = a_record(rows, history_from="2024-04-01")
    found = engine.as_of(engine.occurrences(record), [date(2025, 3, 31)])
    assert standing(found, "review-first") == (None, "not_known")
    assert standing(found, "review-second") == (None, "not_known")
    assert standing(found, "review-subsequent") == ("2025-06-10", "due")


def test_the_reviews_of_adoption_are_planned_too():
    """Fifteen working days before each is due: under the placement order, and once placed (no first review of care)."""

    def life(row):
        return {
            "people": [{"born_on": "2022-05-10"}],
            "episodes": [
                in_care("2024-01-03", "2024-05-20", legal_status="C1") | {"reason_ended": "X1"},
                in_care("2024-05-20", "2024-10-03", reason_started="L", legal_status="E1") | {"reason_ended": "X1"},
                in_care("2024-10-03", reason_started="P", legal_status="E1", placement_type="A6"),
            ],
            "reviews": days(row["reviewed"], "held_on"),
            "case_actions": days(row["planned"], "done_on", kind="review_consulted"),
        }

    unplaced = """
    reviewed                           | planned    | due        | outcome
    2024-01-26                         |            | 2024-07-30 | overdue
    2024-01-26, 2024-04-20, 2024-07-10 |            | 2024-12-17 | due
    2024-01-26, 2024-04-20             | 2024-07-30 | 2024-07-30 | met
    2024-01-26, 2024-04-20             | 2024-07-31 | 2024-07-30 | late
                                       |            |            | none"""
    check("review-consultation", "2024-08-12", unplaced, life)
    placed = """
    reviewed                                       | planned | due        | outcome
    2024-01-26, 2024-04-20, 2024-07-10             |         | 2024-10-10 | overdue
    2024-01-26, 2024-04-20, 2024-07-10, 2024-10-24 |         | 2025-01-03 | due"""
    check("review-consultation", "2024-10-25", placed, life)


def test_a_child_may_refuse_to_speak_with_the_reviewing_officer_and_that_is_kept():
    """Regulation 36: it is not required where a child of understanding refuses, or the officer judges it not right."""

    def life(row):
        told = {"is_refused": {"yes": True, None: None}[row["refused"]], "reason_not_spoken": row["not right"]}
        contacts = days(row["contact"], "contacted_on", **told)
        return {
            "people": [{}],
            "episodes": [in_care("2024-01-03")],
            "reviews": days("2024-01-31", "held_on"),
            "reviewing_officer_contacts": contacts,
        }

    table = """
    contact    | refused | not right     | due        | outcome
    2024-01-24 |         |               | 2024-01-31 | met
    2024-01-24 | yes     |               | 2024-01-31 | met
    2024-01-24 |         | a new-born    | 2024-01-31 | met
    2024-02-01 | yes     |               | 2024-01-31 | missed
               |         |               | 2024-01-31 | missed"""
    check("iro-child-contact", "2024-12-31", table, life)
    found = engine.occurrences(a_record(life(drawn(table)[1])), ["iro-child-contact"])
    assert found["refused_on"].to_list() == [date(2024, 1, 24)]
