"""Measures of leaving care: around the birthday, and on the day."""

from __future__ import annotations

from datetime import date

import pytest

from hearth.measures import transition
from hearth.measures.measure import Measure
from hearth.tables.record import Record
from tests.measures.builders import answers, figure, figures, in_care, record

PEOPLE = """
    child_id | born_on
    17       | 2008-06-01
    18       | 2007-06-01
    19       | 2006-06-01
    20       | 2005-06-01
    21       | 2004-06-01
    16       | 2009-06-01
    22       | 2003-06-01"""


def a_return(rows: str, people: str = PEOPLE, **more: object) -> Record:
    """A return that ends on 31 March 2026 with the answers around the birthday (OC3)."""
    return record(
        "ssda903",
        carries={"episodes", "care_leaver_birthdays"},
        people=people,
        care_leaver_birthdays=_for_the_year(rows),
        **{"episodes": [], **more},
    )


def _for_the_year(rows: str) -> str:
    heading, *others = [line for line in rows.strip().splitlines() if line.strip()]
    return "\n".join([heading + " | year_ended_on", *(line + " | 2026-03-31" for line in others)])


ANSWERS = """
    child_id | in_touch | activity | accommodation
    17       | YES      | F2       | U1
    18       | NO       | 0        | 0
    19       | YES      | F1       | X2
    20       | NREQ     | G5       | Z1
    21       | REFU     |          | G1
    16       | YES      | F2       | U1
    22       | YES      | F2       | U1"""


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (transition.IN_TOUCH, {"17": 1, "18": 0, "19": 1, "20": 0, "21": 0}),
        (transition.EET, {"19": 1, "20": 0, "21": None}),
        (transition.EET_17_TO_18, {"17": 1, "18": None}),
        (transition.NEET, {"19": 0, "20": 1, "21": None}),
        (transition.NEET_17_TO_18, {"17": 0, "18": None}),
        (transition.HIGHER_EDUCATION, {"19": 1, "20": 0, "21": None}),
        (transition.APPRENTICESHIPS, {"19": 0, "20": 0, "21": None}),
        (transition.SUITABLE_ACCOMMODATION, {"19": 0, "20": 1}),
        (transition.SUITABLE_ACCOMMODATION_17_TO_18, {"17": 1, "18": None}),
        (transition.STAYING_PUT, {"18": None, "20": 1}),
    ],
    ids=lambda given: given.id if isinstance(given, Measure) else "",
)
def test_care_leavers_of_a_return_are_those_whose_birthday_lies_in_the_year(measure: Measure, expected: dict[str, int]):
    assert answers(a_return(ANSWERS), measure) == expected


def test_nothing_known_stays_in_the_denominator_and_is_counted_apart():
    assert figure(a_return(ANSWERS), transition.EET) == (1, 3, 1)
    assert figure(a_return(ANSWERS), transition.SUITABLE_ACCOMMODATION) == (1, 2, 0)


@pytest.mark.parametrize("activity", ["F1", "P1", "F2", "P2", "F4", "P4", "F5", "P5"])
def test_learning_and_work_count_full_time_or_part_time(activity: str):
    of = a_return(f"child_id | in_touch | activity | accommodation\n19 | YES | {activity} | U1")
    assert answers(of, transition.EET) == {"19": 1}
    assert answers(of, transition.NEET) == {"19": 0}
    assert answers(of, transition.HIGHER_EDUCATION) == {"19": int(activity in ("F1", "P1"))}
    assert answers(of, transition.APPRENTICESHIPS) == {"19": int(activity in ("F4", "P4"))}


@pytest.mark.parametrize(
    ("code", "answer"),
    [("U1", 1), ("U2", 0), ("S2", 0), ("S1", 0), ("X2", 0), ("0", None), ("", None), ("B1", 1)],
)
def test_accommodation_is_suitable_by_its_suffix_and_never_without_a_home_or_in_custody(code: str, answer: int | None):
    of = a_return(f"child_id | in_touch | activity | accommodation\n19 | YES | F1 | {code}")
    assert answers(of, transition.SUITABLE_ACCOMMODATION) == {"19": answer}


@pytest.mark.parametrize("code", ["G1", "G2", "H1", "H2", "R1", "R2"])
def test_abroad_deported_and_residence_not_known_are_out_of_the_denominator(code: str):
    of = a_return(f"child_id | in_touch | activity | accommodation\n19 | YES | F1 | {code}")
    assert answers(of, transition.SUITABLE_ACCOMMODATION) == {}


def test_died_home_back_in_care_and_taken_over_are_out():
    of = a_return(
        """
        child_id | in_touch | activity | accommodation
        died     | DIED     | 0        | 0
        home     | RHOM     | 0        | 0
        in care  | YES      | F2       | C1
        moved    | YES      | F2       | U1
        ours     | YES      | F2       | U1""",
        people="child_id | born_on\n"
        + "\n".join(f"{who} | 2008-06-01" for who in ("died", "home", "in care", "moved", "ours")),
        episodes=[
            _episode("in care", None, None),
            _episode("moved", "2025-05-01", "E3"),
            _episode("ours", "2025-05-01", "E4A"),
        ],
    )
    assert answers(of, transition.IN_TOUCH) == {"ours": 1}


def _episode(child: str, ended_on: str | None, reason: str | None) -> dict[str, object]:
    return {
        "child_id": child,
        "started_on": "2020-01-01",
        "ended_on": ended_on,
        "reason_started": "S",
        "legal_status": "C2",
        "placement_type": "K2",
        "reason_ended": reason,
    }


def test_the_birthday_must_lie_in_the_period_and_29_february_is_1_march():
    people = "child_id | born_on\nfirst | 2006-04-01\nlast | 2006-03-31\nleap | 2008-02-29"
    rows = "child_id | in_touch | activity | accommodation\n" + "\n".join(
        f"{child} | YES | F2 | U1" for child in ("first", "last", "leap")
    )
    assert answers(a_return(rows, people), transition.IN_TOUCH) == {"first": 1, "last": 1, "leap": 1}
    assert answers(a_return(rows, people), transition.IN_TOUCH, as_of=date(2026, 2, 28)) == {}


def test_a_year_without_its_answers_is_not_available():
    (row,) = figures(a_return(ANSWERS), transition.EET, as_of=date(2025, 9, 30))
    assert row["value"] is None
    assert row["unavailable"] == "needs the answers for the year ending 31 March 2025"


def test_staying_put_leaves_out_those_who_left_care_at_18_from_elsewhere():
    of = a_return(
        """
        child_id | in_touch | activity | accommodation
        fostered | YES      | F2       | Z1
        in home  | YES      | F2       | Z1
        unknown  | YES      | F2       | Z2
        21       | YES      | F2       | Z1""",
        people="child_id | born_on\nfostered | 2006-06-01\nin home | 2006-06-01\nunknown | 2006-06-01\n21 | 2004-06-01",
        episodes=[
            _episode("fostered", "2024-06-01", "E17") | {"placement_type": "U4"},
            _episode("in home", "2024-06-01", "E17"),
        ],
    )
    assert answers(of, transition.STAYING_PUT) == {"fostered": 1, "unknown": 1}


# Dated history: born 1 June 2006, so 19 on 1 June 2025.
LIVES = """
    child      | from       | to
    ours       | 2020-01-01 | 2024-06-01
    90 days    | 2023-01-01 | 2023-04-01
    91 days    | 2023-01-01 | 2023-04-02
    left at 16 | 2018-01-01 | 2022-06-01
    home       | 2020-01-01 | 2024-01-01"""
BORN = "child_id | born_on\n" + "\n".join(
    f"{child} | 2006-06-01" for child in ("ours", "90 days", "91 days", "left at 16", "home")
)


def test_from_history_the_13_week_rule_decides_who_is_a_care_leaver():
    of = in_care(LIVES, people=BORN, returns_home="child_id | started_on | ended_on\nhome | 2024-01-01 | ")
    assert set(answers(of, transition.EET)) == {"ours", "91 days"}


def test_from_history_the_state_on_the_birthday_is_the_answer():
    of = in_care(
        LIVES.replace("home       | 2020-01-01 | 2024-01-01", ""),
        people=BORN,
        care_leaver_activities="""
            child_id | activity | started_on | ended_on
            ours     | G5       | 2024-06-01 | 2025-06-01
            ours     | F5       | 2025-06-01 |
            91 days  | G4       | 2025-01-01 | """,
        care_leaver_accommodations="child_id | accommodation | started_on | ended_on\nours | Z1 | 2024-06-01 | ",
        care_leaver_contacts="""
            child_id | contacted_on | is_two_way
            ours     | 2025-03-01   | yes
            91 days  | 2025-02-28   | yes
            91 days  | 2025-06-10   | no
            91 days  | 2025-07-02   | yes""",
    )
    assert answers(of, transition.EET) == {"ours": 1, "91 days": 0}
    assert answers(of, transition.SUITABLE_ACCOMMODATION) == {"ours": 1, "91 days": None}
    assert answers(of, transition.IN_TOUCH) == {"ours": 1, "91 days": 0}


def test_from_a_snapshot_its_rows_are_the_cohort_and_earlier_days_are_not_known():
    of = record(
        "ssd",
        carries={"episodes", "care_leaver_statuses"},
        snapshot_on=date(2026, 3, 31),
        people=PEOPLE,
        episodes=[],
        care_leaver_statuses="""
            child_id | in_touch | activity | accommodation_kind | is_suitable
            19       | YES      | F5       | U                  | yes
            20       | NO       |          | S                  |
            21       | RHOM     |          |                    | """,
    )
    assert answers(of, transition.EET) == {"19": 1, "20": None}
    assert answers(of, transition.SUITABLE_ACCOMMODATION) == {"19": 1, "20": 0}
    (row,) = figures(of, transition.EET, as_of=date(2026, 2, 28))
    assert row["unavailable"] == "not available before 31 March 2026, the day of which the source speaks"


# On 31 March 2026: eligible at 16, in care; relevant at 17 and former relevant at 19, out of it; the others not.
ON_THE_DAY = """
    child           | from       | to
    eligible        | 2020-01-01 |
    relevant        | 2020-01-01 | 2025-12-01
    former relevant | 2020-01-01 | 2024-06-01
    qualifying      | 2025-11-01 | 2025-12-01
    under 16        | 2020-01-01 | """
BORN_ON_THE_DAY = """
    child_id        | born_on
    eligible        | 2009-06-01
    relevant        | 2008-06-01
    former relevant | 2006-06-01
    qualifying      | 2008-06-01
    under 16        | 2014-06-01"""


def test_personal_advisers_are_owed_to_care_leavers_and_from_16():
    of = in_care(
        ON_THE_DAY,
        people=BORN_ON_THE_DAY,
        allocations="""
            child_id        | worker_id | role             | started_on | ended_on
            eligible        | P1        | personal_adviser | 2025-07-01 |
            relevant        | P1        | personal_adviser | 2025-07-01 | 2026-03-31
            former relevant | P1        | personal_adviser | 2025-07-01 | 2026-04-01
            relevant        | W1        | social_worker    | 2025-07-01 | """,
    )
    assert answers(of, transition.PERSONAL_ADVISER_ALLOCATED) == {"relevant": 0, "former relevant": 1}
    assert answers(of, transition.ADVISER_FROM_16) == {"eligible": 1}


def test_pathway_plans_are_in_place_and_in_date():
    of = in_care(
        ON_THE_DAY,
        people=BORN_ON_THE_DAY,
        pathway_plans="""
            child_id        | kind   | completed_on
            eligible        | plan   | 2026-04-01
            relevant        | plan   | 2025-06-01
            relevant        | review | 2025-09-30
            former relevant | plan   | 2024-01-01
            former relevant | review | 2025-09-29""",
        needs_assessments="child_id | completed_on\nrelevant | 2025-01-01\neligible | 2026-03-31",
    )
    assert answers(of, transition.PATHWAY_PLAN_IN_PLACE) == {"eligible": 0, "relevant": 1, "former relevant": 1}
    # 6 months from 30 September end on 30 March, from 29 September on 29 March: both before 31 March.
    assert answers(of, transition.PATHWAY_PLAN_UP_TO_DATE, as_of=date(2026, 3, 30)) == {
        "relevant": 1,
        "former relevant": 0,
    }
    assert answers(of, transition.PATHWAY_PLAN_UP_TO_DATE) == {"relevant": 0, "former relevant": 0}
    assert answers(of, transition.CARE_LEAVER_NEEDS_ASSESSMENT) == {"eligible": 1, "relevant": 1, "former relevant": 0}


def test_pathway_plan_reviews_are_due_6_months_from_the_last():
    of = in_care(
        ON_THE_DAY,
        people=BORN_ON_THE_DAY,
        needs_assessments="child_id | completed_on\nformer relevant | 2022-09-01",
        pathway_plans="""
            child_id        | kind   | completed_on
            former relevant | plan   | 2024-12-01
            former relevant | review | 2025-06-01
            former relevant | review | 2025-12-02""",
    )
    # Due 1 June 2025 (held on the day) and 1 December 2025 (a day late).
    assert figure(of, transition.PATHWAY_PLAN_REVIEWED_IN_TIME) == (1, 2, 0)


def test_a_snapshot_gives_advisers_and_plans_of_its_own_day_and_no_timeliness():
    of = record(
        "ssd",
        carries={"episodes", "allocations", "care_leaver_statuses"},
        snapshot_on=date(2026, 3, 31),
        people=BORN_ON_THE_DAY + "\nnot listed | 2009-06-01",
        episodes=[
            _episode("eligible", None, None),
            _episode("relevant", "2025-12-01", "E4A"),
            _episode("former relevant", "2024-06-01", "E5"),
            _episode("not listed", None, None),
        ],
        care_leaver_statuses="""
            child_id        | adviser | pathway_plan_on
            eligible        | P1      |
            relevant        |         | 2025-10-01
            former relevant | P2      | 2025-09-01""",
    )
    assert answers(of, transition.PERSONAL_ADVISER_ALLOCATED) == {"relevant": 0, "former relevant": 1}
    assert answers(of, transition.ADVISER_FROM_16) == {"eligible": 1, "not listed": None}
    plans = {"eligible": 0, "relevant": 1, "former relevant": 1, "not listed": None}
    assert answers(of, transition.PATHWAY_PLAN_IN_PLACE) == plans
    assert answers(of, transition.PATHWAY_PLAN_UP_TO_DATE) == {"relevant": 1, "former relevant": 0}
    (row,) = figures(of, transition.PATHWAY_PLAN_REVIEWED_IN_TIME)
    assert row["value"] is None
    assert "pathway plans" in row["unavailable"]


def test_a_return_tells_nothing_of_advisers_and_plans():
    for each in (transition.PERSONAL_ADVISER_ALLOCATED, transition.PATHWAY_PLAN_IN_PLACE):
        (row,) = figures(a_return(ANSWERS), each)
        assert row["value"] is None
        assert row["unavailable"].endswith("which an SSDA903 return does not carry")


def test_care_leavers_are_split_by_their_published_bands():
    rows = figures(a_return(ANSWERS), transition.IN_TOUCH, by=("age_band",))
    assert {row["age_band"]: (row["numerator"], row["denominator"]) for row in rows} == {
        "17-18": (1, 2),
        "19-21": (1, 3),
    }
