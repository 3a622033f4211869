"""Where duties meet: the interval of visits, reviews brought forward, what ends a duty, twins, refusals, reasons."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hearth.timescales import engine
from hearth.timescales.catalogue import CLOCKS, DUTIES
from tests.timescales.builders import Cells, Tables, a_record, days, drawn, in_care, together

AS_OF = date(2025, 6, 30)
KINDS = {
    "foster": {},
    "long-term": {"placement_type": "U4"},
    "connected person": {"placement_type": "U3"},
    "connected person, long-term": {"placement_type": "U1"},
    "adopters": {"placement_type": "A5", "legal_status": "E1"},
    "parents, full order": {"placement_type": "P1", "legal_status": "C2"},
    "parents, interim order": {"placement_type": "P1", "legal_status": "C1"},
    "parents, placement order": {"placement_type": "P1", "legal_status": "E1"},
    "hospital, order": {"placement_type": "R2", "legal_status": "C2"},
    "hospital, accommodated": {"placement_type": "R2", "legal_status": "V2"},
    "custody, order": {"placement_type": "R5", "legal_status": "C2"},
    "short breaks": {"legal_status": "V4"},
    "children's home": {"placement_type": "K2"},
    "supported": {"placement_type": "K3"},
}
ARRANGED = {"approval": "temporary_approval", "pending": "parents_pending", "fewer": "fewer_visits"}
VISITS = [duty.id for duty in DUTIES.values() if duty.clock.name in ("visits", "visits in short breaks")]


def live(row: Cells) -> Tables:
    """Columns kind, began, visited, reviewed; an arrangement (its kind) from the day the placement began."""
    arranged = row.get("arranged")
    return {
        "people": [{"born_on": "2012-05-10"}],
        "episodes": [in_care(row["began"], **KINDS[str(row["kind"])])],
        "visits": days(row.get("visited"), "visited_on"),
        "reviews": days(row.get("reviewed"), "held_on"),
        "arrangements": [{"kind": ARRANGED[arranged], "started_on": row["began"]}] if arranged else [],
    }


def open_visits(life: Tables) -> list[tuple[str, str]]:
    found = engine.current(engine.occurrences(a_record(life), VISITS), [AS_OF]).sort("due_on")
    return [(str(duty), str(due)) for duty, due in found.select("duty", "due_on").iter_rows()]


def test_which_interval_of_visits_applies_when():
    """One visit is owed at a time, under one rule; the day it runs from is the day of the last visit, or the start."""
    table = """
    kind                        | began      | reviewed   | visited    | duty                            | due
    foster                      | 2025-06-25 |            |            | visit-placement-start           | 2025-07-02
    foster                      | 2025-01-06 |            | 2025-06-20 | visit-year-one                  | 2025-08-01
    foster                      | 2024-06-20 |            | 2025-06-19 | visit-year-one                  | 2025-07-31
    foster                      | 2024-06-20 |            | 2025-06-20 | visit-after-year-other          | 2025-08-01
    children's home             | 2024-06-20 |            | 2025-06-20 | visit-after-year-other          | 2025-08-01
    supported                   | 2024-06-20 |            | 2025-06-20 | visit-after-year-other          | 2025-08-01
    long-term                   | 2024-06-20 |            | 2025-06-19 | visit-year-one                  | 2025-07-31
    long-term                   | 2024-06-20 |            | 2025-06-20 | visit-after-year-permanent      | 2025-09-20
    connected person            | 2024-06-20 |            | 2025-06-20 | visit-after-year-other          | 2025-08-01
    connected person, long-term | 2024-06-20 |            | 2025-06-20 | visit-after-year-permanent      | 2025-09-20
    adopters                    | 2025-06-25 |            |            | visit-adoptive-placement        | 2025-07-02
    adopters                    | 2025-01-06 |            | 2025-06-26 | visit-adoptive-placement        | 2025-07-03
    parents, full order         | 2025-06-25 |            |            | visit-care-order-parents        | 2025-07-02
    parents, full order         | 2023-01-09 |            | 2025-06-20 | visit-care-order-parents        | 2025-08-01
    parents, interim order      | 2025-01-06 |            | 2025-06-26 | visit-interim-order-parents     | 2025-07-03
    parents, interim order      | 2025-01-06 | 2025-02-03 | 2025-06-20 | visit-interim-order-parents     | 2025-07-18
    parents, placement order    | 2025-01-06 |            | 2025-06-20 | visit-year-one                  | 2025-08-01
    hospital, order             | 2025-01-06 |            | 2025-06-20 | visit-other-arrangements        | 2025-08-01
    custody, order              | 2024-06-20 |            | 2025-06-20 | visit-other-arrangements        | 2025-09-20
    hospital, accommodated      | 2025-01-06 |            | 2025-06-20 | visit-year-one                  | 2025-08-01
    short breaks                | 2025-05-05 |            |            | visit-short-breaks              | 2025-08-05
    short breaks                | 2025-01-06 |            | 2025-03-03 | visit-short-breaks              | 2025-09-03"""
    for row in drawn(table):
        assert open_visits(live(row)) == [(row["duty"], row["due"])], row


def test_an_arrangement_has_a_rule_of_its_own_while_it_lasts():
    table = """
    kind                   | began      | arranged | reviewed   | visited    | duty                       | due
    connected person       | 2025-01-06 | approval |            | 2025-06-26 | temporary-approval         | 2025-07-03
    connected person       | 2025-01-06 | approval | 2025-02-03 | 2025-06-20 | temporary-approval         | 2025-07-18
    parents, interim order | 2025-01-06 | pending  |            | 2025-06-26 | parents-pending-assessment | 2025-07-03
    parents, full order    | 2025-01-06 | pending  | 2025-02-03 | 2025-06-20 | parents-pending-assessment | 2025-08-01
    long-term              | 2024-06-20 | fewer    |            | 2025-06-20 | long-term-foster-reduced   | 2025-12-20
    long-term              | 2024-07-20 | fewer    |            | 2025-06-20 | year-one                   | 2025-08-01
    foster                 | 2024-06-20 | fewer    |            | 2025-06-20 | after-year-other           | 2025-08-01
    """
    for row in drawn(table):
        assert open_visits(live(row)) == [(f"visit-{row['duty']}", row["due"])], row


def test_a_review_brought_forward_is_owed_beside_the_next_one_and_both_are_met_by_one_meeting():
    asked = {"kind": "review_early", "raised_on": "2025-03-03"}
    life = {
        "people": [{"born_on": "2012-05-10"}],
        "episodes": [in_care("2025-01-06")],
        "reviews": days("2025-02-03, 2025-03-17", "held_on"),
        "requests": [asked],
    }
    early = {**life, "reviews": days("2025-02-03", "held_on")}
    duties = ["review-second", "review-brought-forward", "review-subsequent"]
    table = {}
    for name, tables in (("held", life), ("not held", early)):
        stood = engine.as_of(engine.occurrences(a_record(tables), duties), [date(2025, 3, 31)])
        table[name] = sorted(
            (str(d), str(due), str(s)) for d, due, s in stood.select("duty", "due_on", "status").rows()
        )
    assert table == {
        "held": [
            ("review-brought-forward", "2025-03-17", "met"),
            ("review-second", "2025-05-03", "met"),
            ("review-subsequent", "2025-09-17", "due"),  # counted from the meeting brought forward
        ],
        "not held": [("review-brought-forward", "2025-03-17", "overdue"), ("review-second", "2025-05-03", "due")],
    }


ENDS = {
    "left care": {"episodes": [in_care("2024-01-08", "2025-03-03")]},
    "adopted": {"episodes": [in_care("2024-01-08", "2025-03-03") | {"reason_ended": "E11"}]},
    "died": {"people": [{"born_on": "2012-05-10", "died_on": "2025-03-03"}]},
    "turned 18": {"people": [{"born_on": "2007-03-03"}]},
}
IN_CARE = {"people": [{"born_on": "2012-05-10"}], "episodes": [in_care("2024-01-08")]}
DONE = {
    "visits": days("2025-01-27", "visited_on"),
    "reviews": days("2024-02-05, 2024-05-03, 2024-11-04", "held_on"),
    "health_assessments": days("2024-04-08", "assessed_on"),
    "dental_checks": days("2024-04-08", "checked_on"),
    "care_plans": days("2024-01-15", "started_on"),
}
LASTING = ("visit-after-year-other", "review-subsequent", "health-review-5plus", "dental-check")


@pytest.mark.parametrize("end", ENDS)
def test_what_is_owed_in_care_ends_with_care_with_childhood_and_with_life(end):
    """What was open the day before, and not due until later, lapses on the day."""
    record = a_record({**IN_CARE, **DONE, **ENDS[end]})
    found = engine.occurrences(record, LASTING)
    before, after = date(2025, 3, 2), date(2025, 3, 3)
    assert set(engine.current(found, [before])["duty"].cast(pl.String)) == set(LASTING)
    assert engine.current(found, [after]).is_empty()
    last = engine.as_of(found, [after]).filter(pl.col("done_on").is_null())
    told = {str(duty): str(status) for duty, status in last.select("duty", "status").iter_rows()}
    assert {told[duty] for duty in LASTING if duty in told} == {"lapsed"}


def test_what_fell_due_before_the_end_stays_missed():
    record = a_record({**IN_CARE, **ENDS["left care"], "visits": days("2024-12-02", "visited_on")})
    stood = engine.as_of(engine.occurrences(record, ["visit-year-one"]), [AS_OF])
    assert (str(stood["due_on"][-1]), stood["status"][-1]) == ("2025-01-13", "missed")


TWINS = [
    ("visits", "visited_on", "visit-year-one", {}),
    ("reviews", "held_on", "review-second", {}),
    ("health_assessments", "assessed_on", "health-review-5plus", {}),
    ("dental_checks", "checked_on", "dental-check", {}),
    ("sdq_scores", "completed_on", "sdq-annual", {}),
    ("case_actions", "done_on", "rights-information", {"kind": "rights_explained"}),
]


@pytest.mark.parametrize(("table", "day", "duty", "facts"), TWINS)
def test_the_same_event_told_twice_counts_once(table, day, duty, facts):
    """Two systems tell of one event on one day: the next is counted from it once, and nothing is met twice."""
    once, twice = (
        {**IN_CARE, "case_actions": [], table: days(seen, day, **facts)}
        for seen in ("2024-02-05, 2024-04-08", "2024-02-05, 2024-04-08, 2024-04-08")
    )
    clock = [each.id for each in DUTIES.values() if each.clock is DUTIES[duty].clock]
    first, second = (engine.occurrences(a_record(life), clock) for life in (once, twice))
    assert first.equals(second)
    assert first.filter(pl.col("done_on") == date(2024, 4, 8)).height == 1


def test_one_meeting_under_two_timetables_is_one_review():
    """Placed for adoption, the review at four weeks is the child's review: the ordinary chain asks for none."""
    moved = [
        in_care("2024-01-08", "2025-03-03") | {"reason_ended": "X1"},
        {"started_on": "2025-03-03", "reason_started": "P", "placement_type": "A5", "legal_status": "E1"},
    ]
    life = {**IN_CARE, "episodes": moved, "reviews": days("2024-02-05, 2024-05-03, 2024-11-04, 2025-03-28", "held_on")}
    reviews = [duty.id for duty in DUTIES.values() if duty.clock.name == "reviews"]
    found = engine.occurrences(a_record(life), reviews)
    met = found.filter(pl.col("done_on") == date(2025, 3, 28))
    assert met["duty"].cast(pl.String).to_list() == ["review-adoption-placed-1"]
    stands = engine.current(found, [AS_OF])
    assert stands.select(pl.col("duty").cast(pl.String), pl.col("due_on").cast(pl.String)).rows() == [
        ("review-adoption-placed-2", "2025-06-28")
    ]


REFUSED = [
    ("health-initial", {"health_assessments": [{"assessed_on": "2024-01-22", "status": "Refused"}]}, "2024-01-22"),
    ("dental-check", {"dental_checks": [{"checked_on": "2024-02-05", "status": "Refused"}]}, "2024-02-05"),
    (
        "rights-information",
        {"case_actions": [{"kind": "rights_explained", "done_on": "2024-01-22", "is_refused": True}]},
        "2024-01-22",
    ),
    (
        "return-interview",
        {
            "missing_episodes": [
                {"started_on": "2025-06-26", "ended_on": "2025-06-27", "is_interview_accepted": False, "kind": "M"}
            ]
        },
        "2025-06-27",
    ),
]


@pytest.mark.parametrize(("duty", "life", "refused_on"), REFUSED)
def test_a_refusal_is_recorded_as_itself_and_does_not_meet_what_is_owed(duty, life, refused_on):
    found = engine.as_of(engine.occurrences(a_record({**IN_CARE, **life}), [duty]), [AS_OF])
    row = found.sort("opened_on").row(-1, named=True)
    assert (str(row["refused_on"]), row["done_on"]) == (refused_on, None)
    assert row["status"] in ("overdue", "due")
    (listed,) = engine.due_list(a_record({**IN_CARE, **life}), AS_OF).filter(pl.col("duty") == duty)["note"]
    assert listed == f"refused on {date.fromisoformat(refused_on):%-d %B %Y}"


def test_a_reason_for_lateness_stays_beside_the_day_that_was_missed_and_changes_no_day():
    told = {"duty": "visit-year-one", "due_on": "2024-03-18", "reason": "child_absent", "recorded_on": "2024-03-20"}
    life = {**IN_CARE, "visits": days("2024-01-10, 2024-02-05, 2024-03-25", "visited_on")}
    plain, said = a_record(life), a_record({**life, "lateness_reasons": [told]})
    assert engine.occurrences(plain).equals(engine.occurrences(said))
    listed = engine.due_list(said, date(2024, 4, 1), history=True)
    late = listed.filter((pl.col("duty") == "visit-year-one") & pl.col("note").is_not_null())
    assert late.select(pl.col("due_on").cast(pl.String), "status").rows() == [("2024-03-18", "late")]


def test_children_of_each_clause_in_one_record_stand_as_they_do_alone():
    lives = [{**IN_CARE, **DONE, **end} for end in ENDS.values()]
    found = engine.occurrences(a_record(together(*lives)))
    for number, life in enumerate(lives, 1):
        alone = engine.occurrences(
            a_record({name: [{"child_id": str(number), **row} for row in rows] for name, rows in life.items()})
        )
        mine = found.filter((pl.col("subject") == "child") & (pl.col("child_id") == str(number))).drop("child")
        assert mine.equals(alone.filter(pl.col("subject") == "child").drop("child"))
    assert {duty.clock for duty in DUTIES.values()} == set(CLOCKS)
