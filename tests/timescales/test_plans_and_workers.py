"""Plans for the child in care, allocated workers, return interviews."""

from __future__ import annotations

from datetime import date

import pytest

from hearth.timescales import engine
from tests.timescales.builders import a_record, check, days, drawn, in_care


def planned(row):
    return {
        "people": [{}],
        "episodes": [in_care(row.get("care began") or "2024-01-08", row.get("care ended"))],
        "care_plans": days(row.get("planned"), "started_on"),
        "reviews": days(row.get("reviewed"), "held_on"),
        "permanence_plans": days(row.get("permanence"), "recorded_on"),
    }


def test_the_care_plan_is_made_before_the_placement_or_within_10_working_days():
    table = """
    care began | care ended | planned    | due        | outcome
    2024-01-08 |            | 2024-01-05 | 2024-01-22 | met
    2024-01-08 |            | 2024-01-22 | 2024-01-22 | met
    2024-01-08 |            | 2024-01-23 | 2024-01-22 | late
    2024-01-08 |            |            | 2024-01-22 | overdue
    2024-01-24 |            |            | 2024-02-07 | due
    2024-01-08 | 2024-01-22 |            | 2024-01-22 | lapsed"""
    check("care-plan-initial", "2024-01-31", table, planned)


def test_a_plan_of_an_earlier_period_of_care_is_no_plan_for_this_one():
    rows = planned({"planned": "2022-03-01"})
    rows["episodes"].insert(0, in_care("2022-02-20", "2023-02-20") | {"reason_ended": "E4A"})
    found = engine.as_of(engine.occurrences(a_record(rows), ["care-plan-initial"]), [date(2024, 3, 1)])
    assert found["status"].to_list() == ["met", "overdue"]


def test_the_care_plan_is_revised_within_20_working_days_of_each_review():
    table = """
    reviewed               | planned    | due        | outcome
                           |            |            | none
    2024-02-01             |            | 2024-02-29 | overdue
    2024-02-01             | 2024-02-01 | 2024-02-29 | met
    2024-02-01             | 2024-01-20 | 2024-02-29 | overdue
    2024-02-01             | 2024-03-01 | 2024-02-29 | late
    2024-02-01, 2024-04-22 | 2024-03-01 | 2024-05-21 | due"""
    check("care-plan-current", "2024-04-30", table, planned)


@pytest.mark.parametrize(
    ("plan", "status"),
    [
        ({"recorded_on": "2020-05-04"}, "met"),  # from an earlier time in care, and in force
        ({"recorded_on": "2020-05-04", "ended_on": "2025-06-02"}, "met"),
        ({"recorded_on": "2020-05-04", "ended_on": "2021-01-04"}, "overdue"),
        ({"recorded_on": "2025-04-28"}, "met"),
        ({"recorded_on": "2025-05-06"}, "late"),
    ],
)
def test_a_plan_from_an_earlier_time_in_care_counts_while_it_is_in_force(plan, status):
    life = {
        "people": [{}],
        "episodes": [in_care("2025-01-06")],
        "reviews": days("2025-02-03", "held_on"),
        "permanence_plans": [plan],
    }
    stood = engine.as_of(engine.occurrences(a_record(life), ["permanence-plan"]), [date(2025, 6, 30)])
    assert (str(stood["due_on"][0]), stood["status"].to_list()) == ("2025-05-03", [status])


def test_a_plan_for_permanence_is_recorded_by_the_second_review():
    table = """
    reviewed               | permanence | due        | outcome
                           |            |            | none
    2024-02-01             |            | 2024-05-01 | overdue
    2024-02-01             | 2024-01-20 | 2024-05-01 | met
    2024-02-01             | 2024-05-01 | 2024-05-01 | met
    2024-02-01             | 2024-05-02 | 2024-05-01 | late
    2024-02-01, 2024-04-10 | 2024-04-10 | 2024-05-01 | met
    2024-02-01, 2024-04-10 | 2024-04-20 | 2024-05-01 | late"""
    check("permanence-plan", "2024-05-31", table, planned)


def test_under_a_placement_order_the_second_review_is_the_one_of_its_own_timetable():
    """First review on 20 January 2024, the order on 1 March: the next is due three months from it, or once placed."""

    def life(row):
        order = {"reason_started": "L", "legal_status": "E1", "placement_type": row["place"]}
        return {
            "people": [{"born_on": "2023-12-20"}],
            "episodes": [
                in_care("2024-01-03", "2024-03-01", legal_status="V2") | {"reason_ended": "X1"},
                in_care("2024-03-01", **order),
            ],
            "reviews": days(f"2024-01-20, {row['reviewed'] or ''}".strip(", "), "held_on"),
            "permanence_plans": days(row["permanence"], "recorded_on", option="ADOPTION"),
        }

    table = """
    place | reviewed   | permanence | due        | outcome
    U6    |            |            | 2024-06-01 | overdue
    U6    |            | 2024-02-20 | 2024-06-01 | met
    U6    | 2024-04-10 | 2024-04-11 | 2024-06-01 | late
    A5    |            |            | 2024-03-29 | overdue
    A5    |            | 2024-03-29 | 2024-03-29 | met"""
    check("permanence-plan", "2024-07-01", table, life)


WORKERS = """
    allocations                                         | due        | outcome
    2024-01-08 to                                       | 2024-01-08 | met
    2023-06-01 to                                       | 2024-01-08 | met
    2024-01-10 to                                       | 2024-01-08 | late
                                                        | 2024-01-08 | overdue
    2024-01-08 to 2024-03-01                            | 2024-03-01 | overdue
    2024-01-08 to 2024-03-01, 2024-03-01 to             | 2024-01-08 | met
    2024-01-08 to 2024-03-01, 2024-03-02 to             | 2024-01-08 | met
    2024-01-08 to 2024-03-01, 2024-03-04 to             | 2024-03-01 | late
    2024-01-08 to 2024-03-02, 2024-03-04 to             | 2024-03-04 | met
    2024-01-08 to 2024-03-01, 2024-02-20 to             | 2024-01-08 | met"""


def allocated(row, **facts):
    spells = [spell.strip().partition(" to") for spell in (row["allocations"] or "").split(",") if spell.strip()]
    allocations = [{"started_on": a, "ended_on": b.strip() or None, **facts} for a, _, b in spells]
    return {"people": [{}], "episodes": [in_care("2024-01-08")], "allocations": allocations}


def test_a_registered_social_worker_is_there_from_the_first_day_without_a_gap():
    check("allocated-social-worker", "2024-03-31", WORKERS, allocated)


def test_others_do_not_fill_the_gap():
    for facts in ({"role": "reviewing_officer"}, {"role": "other"}, {"registration": None}):
        rows = allocated({"allocations": "2024-01-08 to"}, **facts)
        found = engine.as_of(engine.occurrences(a_record(rows), ["allocated-social-worker"]), [date(2024, 3, 31)])
        assert found["status"].to_list() == ["overdue"], facts


INTERVIEWS = """
    kind | back             | held             | accepted | due        | outcome
    M    | 2024-12-24       | 2024-12-27       |          | 2024-12-27 | met
    M    | 2024-12-24       | 2024-12-28       |          | 2024-12-27 | late
    M    | 2024-12-24       |                  |          | 2024-12-27 | overdue
    M    | 2024-12-24       |                  | no       | 2024-12-27 | overdue
    M    | 2024-03-29T14:00 | 2024-04-01T15:00 | yes      | 2024-04-01 | met
    M    | 2024-03-29T14:00 | 2024-04-01T15:01 | yes      | 2024-04-01 | late
    M    | 2024-12-30       |                  |          | 2025-01-02 | due
    A    | 2024-12-24       |                  |          |            | none
    M    |                  |                  |          |            | none"""


def returned(row):
    back, held = row["back"], row["held"]
    timed = {"returned_at": back} if back and "T" in back else {}
    told = {"interview_held_at": held} if held and "T" in held else {"interview_held_on": held}
    episode = {
        "kind": row["kind"],
        "started_on": "2024-03-20",
        "ended_on": back[:10] if back else None,
        "is_interview_accepted": {"yes": True, "no": False, None: None}[row["accepted"]],
    }
    return {"people": [{}], "episodes": [in_care("2024-01-08")], "missing_episodes": [episode | timed | told]}


def test_a_return_interview_is_held_within_72_hours_of_the_return():
    check("return-interview", "2024-12-30", INTERVIEWS, returned)


def test_a_refused_interview_is_kept_as_refused():
    row = drawn(INTERVIEWS)[3]
    found = engine.as_of(engine.occurrences(a_record(returned(row)), ["return-interview"]), [date(2024, 12, 30)])
    assert found["refused_on"].to_list() == [date(2024, 12, 24)]


def test_a_source_that_gives_no_day_of_the_interview_says_so():
    record = a_record({"people": [{}]}, kind="ssd")
    partly = frozenset({"episodes", "missing_episodes", "missing_episodes.is_interview_accepted"})
    object.__setattr__(record, "carries", partly)
    assert "interview held on" in engine.unavailable(record, ["return-interview"])["return-interview"]
