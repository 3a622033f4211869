"""Every age, count, sum and stretch of time can be changed for one council from a day, and for nobody else."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from hearth.synthetic.authority import make
from hearth.tables.record import Record
from hearth.timescales import engine
from hearth.timescales.drift.catalogue import DRIFTS
from hearth.timescales.drift.engine import drifting
from hearth.timescales.limits import OF_THEIR_OWN, Limit, Limits, national
from tests.timescales.builders import AUTHORITY, a_record, days, in_care

AS_OF = date(2025, 6, 30)
OTHER = "E10000099"
IN_CARE = {"people": [{"born_on": "2012-05-10"}], "episodes": [in_care("2025-01-06")]}
SEVENTEEN = {"people": [{"born_on": "2008-01-10"}], "episodes": [in_care("2023-01-09")]}
LEFT_AT_18 = {"people": [{"born_on": "2005-03-10"}], "episodes": [in_care("2020-01-06", "2023-03-10")]}
AGED = {"people": [{"born_on": "2000-08-10"}]}


def of(born: str, **facts: object) -> dict[str, list[dict[str, object]]]:
    """A child of that date of birth in care since 6 January 2025."""
    return {"people": [{"born_on": born}], "episodes": [in_care("2025-01-06", **facts)]}


def missing(*starts: str) -> list[dict[str, object]]:
    """Absences that began on those days of 2025 and ended on the next."""
    begun = [date.fromisoformat(f"2025-{day}") for day in starts]
    return [{"started_on": day, "ended_on": date.fromordinal(day.toordinal() + 1)} for day in begun]


CASES = [
    # limit, own number and unit, duty, life, what the nation's limit gives as of 30 June 2025, what the council's own
    ("adulthood", 17, "age", "review-first", of("2008-01-20"), "2025-02-03 overdue", "2025-02-03 lapsed"),
    ("sdq-annual.from", 5, "age", "sdq-annual", of("2021-06-01"), "2026-01-06 due", "2026-06-01 due"),
    ("sdq-annual.until", 13, "age", "sdq-annual", of("2012-08-10"), "2026-01-06 due", "2026-01-06 lapsed"),
    (
        "s20-drift-review.until",
        13,
        "age",
        "s20-drift-review",
        {**of("2012-04-01", legal_status="V2"), "case_actions": []},
        "2025-04-06 overdue",
        "2025-04-06 lapsed",
    ),
    (
        "optician-check.from",
        5,
        "age",
        "optician-check",
        {**of("2021-06-01"), "case_actions": []},
        "2026-01-06 due",
        "2026-06-01 due",
    ),
    (
        "early-years",
        4,
        "age",
        "pep-initiated",
        {**of("2021-06-01"), "education_plans": []},
        "2025-01-20 overdue",
        "2025-06-01 overdue",
    ),
    (
        "substance-age",
        13,
        "age",
        "substance-misuse-screen",
        {**IN_CARE, "health_assessments": days("2025-01-20", "assessed_on"), "case_actions": []},
        "2025-01-20 overdue",
        "nothing",
    ),
    (
        "work-experience-age",
        12,
        "age",
        "work-experience-offer",
        {**of("2012-08-10"), "case_actions": []},
        "nothing",
        "2025-07-31 due",
    ),
    (
        "unregulated-age",
        15,
        "age",
        "under-16-unregulated",
        of("2009-11-10", placement_type="H5"),
        "2025-01-06 overdue",
        "nothing",
    ),
    (
        "school-age.from",
        6,
        "age",
        "school-place",
        {
            **of("2019-11-10"),
            "schools_attended": [{"school": "A", "started_on": "2025-01-06", "ended_on": "2025-03-03"}],
        },
        "not known",
        "nothing",
    ),
    (
        "school-age.to",
        15,
        "age",
        "school-place",
        {
            **of("2009-11-10"),
            "schools_attended": [{"school": "A", "started_on": "2025-01-06", "ended_on": "2025-03-03"}],
        },
        "not known",
        "nothing",
    ),
    (
        "ceasing-director",
        17,
        "age",
        "cease-looked-after-decision",
        {
            "people": [{"born_on": "2008-11-10"}],
            "episodes": [in_care("2025-01-06", "2025-03-03", legal_status="V2")],
            "approvals": [{"kind": "ceasing", "approved_on": "2025-03-03", "approver": "team_manager"}],
        },
        "2025-03-03 overdue",
        "2025-03-03 met",
    ),
    (
        "former-relevant",
        20,
        "age",
        "keep-in-touch",
        LEFT_AT_18 | {"care_leaver_contacts": days("2025-02-10", "contacted_on")},
        "2025-04-07 overdue",
        "2025-04-07 lapsed",
    ),
    (
        "care-leaver",
        24,
        "age",
        "pa-support-21-assessment",
        {**AGED, "requests": [{"kind": "support_after_21", "raised_on": "2025-06-02"}]},
        "2025-06-30 due",
        "nothing",
    ),
    (
        "staying-put",
        20,
        "age",
        "staying-put",
        {
            "people": [{"born_on": "2005-03-10"}],
            "arrangements": [{"kind": "staying_put", "started_on": "2025-01-20"}],
        },
        "2026-03-10 due",
        "2025-03-10 met",
    ),
    (
        "adult-services-referral",
        16,
        "age",
        "adult-services-referral",
        {
            "people": [{"born_on": "2009-03-10"}],
            "episodes": [in_care("2023-01-09")],
            "requests": [{"kind": "adult_care_likely", "raised_on": "2025-02-03"}],
            "case_actions": [],
        },
        "2026-03-10 due",
        "2025-03-10 overdue",
    ),
    (
        "sdq-follow-up.score",
        14,
        "count",
        "sdq-follow-up",
        {**IN_CARE, "sdq_scores": [{"completed_on": "2025-02-03", "score": 14}], "case_actions": []},
        "nothing",
        "2025-03-03 overdue",
    ),
    (
        "attendance-alert.below",
        90,
        "percent",
        "attendance-alert",
        {
            **IN_CARE,
            "school_attendance": [
                {
                    "started_on": "2025-01-06",
                    "ended_on": "2025-03-03",
                    "possible_sessions": 100,
                    "attended_sessions": 92,
                }
            ],
        },
        "2025-03-10 overdue",
        "nothing",
    ),
    (
        "missing-strategy-meeting.episodes",
        2,
        "count",
        "missing-strategy-meeting",
        {**IN_CARE, "missing_episodes": missing("02-03", "02-10"), "case_actions": []},
        "nothing",
        "2025-02-17 missed",
    ),
    (
        "missing-strategy-meeting.window",
        14,
        "day",
        "missing-strategy-meeting",
        {**IN_CARE, "missing_episodes": missing("02-03", "02-10", "02-18"), "case_actions": []},
        "2025-02-25 missed",
        "nothing",
    ),
    (
        "setting-up-home.amount",
        2500,
        "pound",
        "setting-up-home",
        LEFT_AT_18
        | {
            "arrangements": [{"kind": "own_tenancy", "started_on": "2025-02-03"}],
            "entitlements": [{"kind": "setting_up_home", "granted_on": "2025-02-03", "amount": 2500.0}],
        },
        "2025-02-03 overdue",
        "2025-02-03 met",
    ),
    (
        "placement-first-year",
        3,
        "month",
        "visit-after-year-other",
        {**IN_CARE, "visits": days("2025-01-10, 2025-04-14", "visited_on")},
        "nothing",
        "2025-05-26 overdue",
    ),
    (
        "leaving-care-days",
        200,
        "day",
        "needs-assessment",
        {"people": [{"born_on": "2009-02-10"}], "episodes": [in_care("2024-09-02")]},
        "2025-05-10 overdue",
        "2025-06-21 overdue",
    ),
    (
        "act-before",
        1,
        "week",
        "placement-plan",
        {**IN_CARE, "case_actions": [{"kind": "placement_plan", "done_on": "2024-12-20"}]},
        "2025-01-13 met",
        "2025-01-13 overdue",
    ),
    (
        "match-before",
        1,
        "month",
        "long-term-match",
        {
            "people": [{"born_on": "2012-05-10"}],
            "episodes": [
                in_care("2024-01-08") | {"ended_on": "2025-01-06", "reason_ended": "X1"},
                {"started_on": "2025-01-06", "reason_started": "P", "placement_type": "U4"},
            ],
            "long_term_matches": days("2024-11-04", "matched_on"),
        },
        "2025-01-06 met",
        "2025-01-06 overdue",
    ),
    (
        "documents-before",
        1,
        "month",
        "national-identity-documents",
        SEVENTEEN | {"case_actions": [{"kind": "identity_documents", "done_on": "2023-02-06"}]},
        "2025-07-10 met",
        "2025-07-10 due",
    ),
    (
        "review-cycle",
        1,
        "month",
        "iro-child-contact",
        {
            **IN_CARE,
            "reviews": days("2025-04-02", "held_on"),
            "reviewing_officer_contacts": days("2025-02-10", "contacted_on"),
        },
        "2025-04-02 met",
        "2025-04-02 missed",
    ),
    (
        "health-initial.before",
        1,
        "week",
        "health-initial",
        {**IN_CARE, "health_assessments": days("2024-12-20", "assessed_on")},
        "2025-02-03 met",
        "2025-02-03 overdue",
    ),
    (
        "return-interview",
        48,
        "hour",
        "return-interview",
        {
            **IN_CARE,
            "missing_episodes": [
                {"started_on": "2025-02-03", "ended_on": "2025-02-04", "interview_held_on": "2025-02-07"}
            ],
        },
        "2025-02-07 met",
        "2025-02-06 late",
    ),
    (
        "return-interview",
        1,
        "working_day",
        "return-interview",
        {
            **IN_CARE,
            "missing_episodes": [
                {
                    "started_on": "2025-02-03",
                    "ended_on": "2025-02-04",
                    "returned_at": "2025-02-04T10:00",
                    "interview_held_on": "2025-02-06",
                    "interview_held_at": "2025-02-06T10:00",
                }
            ],
        },
        "2025-02-07 met",
        "2025-02-05 late",
    ),
    (
        "case-record-retention",
        80,
        "year",
        "case-record-retention",
        {"people": [{"born_on": "2024-02-29"}], "episodes": [in_care("2025-01-06")], "case_actions": []},
        "2099-03-01 due",
        "2104-02-29 due",
    ),
    (
        "health-passport.later",
        19,
        "age",
        "health-passport",
        SEVENTEEN | {"case_actions": [{"kind": "health_passport", "done_on": "2025-06-02"}]},
        "2026-01-10 due",
        "2027-01-10 due",
    ),
    (
        "leap-day-birthday",
        0,
        "day",
        "health-passport",
        {"people": [{"born_on": "2008-02-29"}], "episodes": [in_care("2023-01-09")], "case_actions": []},
        "2025-12-01 due",
        "2025-11-28 due",
    ),
    (
        "care-proceedings-26-weeks.later",
        4,
        "week",
        "care-proceedings-26-weeks",
        {
            **IN_CARE,
            "proceedings": [{"issued_on": "2025-01-06"}],
            "hearings": [
                {"kind": "case_management", "heard_on": day, "is_extended": True}
                for day in ("2025-06-02", "2025-06-23")
            ],
        },
        "2025-10-26 due",
        "2025-08-31 due",
    ),
    (
        "returned-home-six-months",
        3,
        "month",
        "returned-home-six-months",
        {
            "people": [{"born_on": "2008-01-10"}],
            "episodes": [in_care("2023-01-09", "2025-02-03")],
            "returns_home": [{"started_on": "2025-02-03"}],
            "case_actions": [],
        },
        "nothing",
        "2025-05-03 overdue",
    ),
]


def stood(record: Record, duty: str, limits: Limits) -> str:
    """The last occurrence on the day: when it is due and how it stands."""
    found = engine.as_of(engine.occurrences(record, [duty], limits), [AS_OF]).sort("opened_on", "would_be_due_on")
    if found.is_empty():
        return "nothing"
    last = found.row(-1, named=True)
    return f"{last['would_be_due_on'] or ''} {last['status']}".strip().replace("_", " ")


@pytest.mark.parametrize(
    ("limit", "n", "unit", "duty", "life", "nations", "own"), CASES, ids=lambda value: str(value)[:40]
)
def test_a_councils_own_number_is_its_own_and_holds_from_its_day(limit, n, unit, duty, life, nations, own):
    record = a_record(life)

    def given(**of_whom: object) -> str:
        return stood(record, duty, national().with_own([Limit(limit, n, unit, **of_whom)]))

    assert stood(record, duty, national()) == nations
    assert given(authority=AUTHORITY) == own
    assert given(authority=AUTHORITY, valid_from=date(2000, 1, 1)) == own
    assert given(authority=OTHER) == nations
    assert given(authority=AUTHORITY, valid_from=date(2105, 1, 1)) == nations


THREE_REVIEWS = {**IN_CARE, "reviews": days("2025-02-03, 2025-05-05, 2025-06-02", "held_on")}
STANDING_STILL = [
    # limit, own number, unit, rule, life, first day on which it stands still: for the nation, for the council
    (
        "drift-plan-unchanged",
        3,
        "count",
        "plan-unchanged",
        {**THREE_REVIEWS, "care_plans": days("2025-01-13", "started_on")},
        "2025-05-05",
        "2025-06-02",
    ),
    (
        "drift-decisions-unmet",
        1,
        "count",
        "decisions-unmet",
        {**THREE_REVIEWS, "review_decisions": [{"reviewed_on": "2025-02-03", "decision": "Book a dental check"}]},
        "2025-06-02",
        "2025-05-05",
    ),
    (
        "drift-missing-no-interview.episodes",
        2,
        "count",
        "missing-no-interview",
        {**IN_CARE, "missing_episodes": missing("02-03", "02-10")},
        "never",
        "2025-02-15",
    ),
    (
        "drift-missing-no-interview.window",
        10,
        "day",
        "missing-no-interview",
        {**IN_CARE, "missing_episodes": missing("02-03", "02-10", "02-18")},
        "2025-02-23",
        "never",
    ),
    (
        "sdq-follow-up.score",
        14,
        "count",
        "high-sdq-no-follow-up",
        {**IN_CARE, "sdq_scores": [{"completed_on": "2025-02-03", "score": 14}], "case_actions": []},
        "never",
        "2025-03-04",
    ),
    (
        "drift-no-worker-contact",
        2,
        "week",
        "no-worker-contact",
        {**IN_CARE, "visits": days("2025-01-10", "visited_on")},
        "2025-04-12",
        "2025-01-25",
    ),
]


def since(record: Record, rule: str, limits: Limits) -> str:
    """The first day on which the journey stands still, as of 30 June 2025."""
    found = drifting(record, AS_OF if rule != "missing-no-interview" else date(2025, 3, 3), rules=[rule], limits=limits)
    return str(found["still_from"][0]) if found.height else "never"


@pytest.mark.parametrize(("limit", "n", "unit", "rule", "life", "nations", "own"), STANDING_STILL)
def test_so_do_the_numbers_of_drift(limit, n, unit, rule, life, nations, own):
    record = a_record(life)

    def given(**of_whom: object) -> str:
        return since(record, rule, national().with_own([Limit(limit, n, unit, **of_whom)]))

    assert since(record, rule, national()) == given(authority=OTHER) == nations
    assert given(authority=AUTHORITY) == given(authority=AUTHORITY, valid_from=date(2025, 1, 1)) == own
    assert given(authority=AUTHORITY, valid_from=date(2030, 1, 1)) == nations


def test_every_age_count_share_and_sum_has_its_case():
    of_their_own = {row.id for row in national().rows if row.unit in OF_THEIR_OWN}
    assert of_their_own <= {case[0] for case in (*CASES, *STANDING_STILL)}
    assert {case[3] for case in STANDING_STILL} <= set(DRIFTS)


@pytest.mark.parametrize(
    ("born", "ended"),
    [
        ("2004-03-31", "2025-03-31"),  # 21 before the change: it is over
        ("2004-04-01", "2027-04-01"),  # 21 on the very day: to 23
        ("2002-12-31", "2023-12-31"),  # 22 on the day: what was over stays over
        ("2005-07-01", "2028-07-01"),
    ],
)
def test_an_age_raised_from_a_day_helps_those_who_had_not_reached_it(born, ended):
    raised = national().with_own([Limit("former-relevant", 23, "age", AUTHORITY_FROM, authority=AUTHORITY)])
    assert reached("former-relevant", born, raised) == date.fromisoformat(ended)


@pytest.mark.parametrize(
    ("born", "ended"),
    [
        ("2004-03-31", "2025-03-31"),  # 21 the day before
        ("2005-01-01", "2025-04-01"),  # 20 already: on the day of the change
        ("2005-05-01", "2025-05-01"),  # on the 20th birthday
    ],
)
def test_an_age_lowered_from_a_day_is_reached_that_day_by_those_old_enough(born, ended):
    lowered = national().with_own([Limit("former-relevant", 20, "age", AUTHORITY_FROM, authority=AUTHORITY)])
    assert reached("former-relevant", born, lowered) == date.fromisoformat(ended)


AUTHORITY_FROM = date(2025, 4, 1)


def reached(limit: str, born: str, limits: Limits) -> date:
    person = pl.DataFrame({"born_on": [date.fromisoformat(born)], "authority": [AUTHORITY]})
    day: date = person.select(limits.reached(limit, pl.col("born_on"))).item()
    return day


def test_an_unknown_day_of_birth_reaches_no_age():
    person = pl.DataFrame({"born_on": pl.Series([None], dtype=pl.Date), "authority": [AUTHORITY]})
    own = national().with_own([Limit("former-relevant", 20, "age", AUTHORITY_FROM, authority=AUTHORITY)])
    assert person.select(own.reached("former-relevant", pl.col("born_on"))).item() is None


@pytest.mark.parametrize(
    ("limit", "unit"),
    [("former-relevant", "year"), ("drift-plan-unchanged", "week"), ("attendance-alert.below", "count")],
)
def test_an_age_is_not_given_in_weeks(limit, unit):
    with pytest.raises(ValueError, match="give n in that unit"):
        national().with_own([Limit(limit, 4, unit)])


def test_all_numbers_changed_for_one_council_leave_the_other_as_it_was():
    record = make(children=60, years=6, authorities=2)
    one, other = sorted(record.authorities)
    twice = [
        Limit(row.id, row.n * 2 if row.unit not in OF_THEIR_OWN else row.n - 1, row.unit, authority=one)
        for row in national().rows
        if row.n is not None
    ]
    before, after = engine.occurrences(record), engine.occurrences(record, limits=national().with_own(twice))

    def theirs(found: pl.DataFrame, authority: str) -> pl.DataFrame:
        return found.filter(pl.col("authority") == authority).drop("child")

    assert theirs(before, other).equals(theirs(after, other))
    due = [theirs(found, one).group_by("duty").agg(pl.col("due_on").sort()) for found in (before, after)]
    changed = (
        due[0]
        .join(due[1], on="duty", how="full", suffix="_own")
        .filter(pl.col("due_on").ne_missing(pl.col("due_on_own")))
    )
    assert changed.height > 90
