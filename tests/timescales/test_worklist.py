"""The worklist and the catalogue: what a worker and a reader see of the duties."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from hearth.timescales import duty
from hearth.timescales.catalogue import DUTIES, frame
from hearth.timescales.duty import words
from hearth.timescales.limits import Limit, national
from hearth.timescales.whose import owned_by, with_workers
from hearth.timescales.worklist import Only, due_list
from tests.timescales.builders import AUTHORITY, SHARED, a_record, days, drawn, in_care, together

DAY = date(2024, 3, 11)
RECORD = a_record(
    together(
        {
            "people": [{}],
            "episodes": [in_care("2024-02-01")],
            "visits": days("2024-02-08", "visited_on"),
            "allocations": [
                *days("2024-02-01", "started_on"),
                *days("2024-02-01", "started_on", role="reviewing_officer", worker_id="w2"),
            ],
            "care_plans": days("2024-02-10", "started_on"),
            "health_assessments": days("2024-03-09", "assessed_on", status="Refused"),
        }
    )
)


def rows(**asked):
    return due_list(RECORD, DAY, **asked).select("duty", "status", "due_on").rows()


def test_the_list_opens_with_what_is_overdue_and_then_goes_by_day():
    assert rows() == [
        ("health-initial", "overdue", date(2024, 2, 29)),
        ("review-first", "overdue", date(2024, 2, 29)),
        ("visit-year-one", "due", date(2024, 3, 21)),
        ("dental-check", "due", date(2024, 5, 1)),
        ("sdq-annual", "due", date(2025, 2, 1)),
    ]


def test_only_what_falls_due_soon_can_be_asked_for():
    assert [row[0] for row in rows(days=10)] == ["health-initial", "review-first", "visit-year-one"]
    assert [row[0] for row in rows(days=9)] == ["health-initial", "review-first"]


def test_history_shows_every_occurrence_so_far():
    found = rows(history=True)
    assert ("visit-placement-start", "met", date(2024, 2, 8)) in found
    assert ("care-plan-initial", "met", date(2024, 2, 15)) in found
    assert len(found) == 10


@pytest.mark.parametrize(
    ("owner", "duties"),
    [
        ("reviewing officer", ["review-first"]),
        ("Nurse", ["health-initial", "sdq-annual"]),
        ("carer", ["dental-check", "sdq-annual"]),
        ("harbour master", []),
    ],
)
def test_a_role_sees_its_own_duties(owner: str, duties: list[str]):
    assert [row[0] for row in rows(owner=owner)] == duties


def test_each_line_says_why_in_a_sentence_and_names_the_worker():
    first = due_list(RECORD, DAY).row(0, named=True)
    assert first["why"] == (
        "Due by 29 February 2024 and not done, 11 days overdue. "
        "20 working days from 1 February 2024 (child becomes looked after). "
        "Basis: CPPCR 2010 reg 7(1)-(2); Promoting the health guidance 2015."
    )
    assert (first["worker_id"], first["team"], first["note"]) == ("w1", "North", "refused on 9 March 2024")
    assert first["title"] == "Initial health assessment and report"


def test_a_sentence_counts_days_in_words_and_none_where_it_was_too_late_for_another_reason():
    young = {
        "people": [{"born_on": "2006-12-10"}],
        "episodes": [in_care("2020-01-06", "2024-03-11")],
        "needs_assessments": days("2024-03-04", "completed_on"),
        "pathway_plans": days("2024-03-20", "completed_on"),
    }
    told = due_list(a_record(young), date(2024, 5, 7), history=True)
    why = dict(told.select("duty", "why").iter_rows())
    assert why["pathway-plan"].startswith(
        "Due by 3 April 2024 and done on 20 March 2024, after what it had to come before."
    )
    assert why["keep-in-touch"].startswith("Due by 6 May 2024 and not done, 1 day overdue.")


def test_the_day_counted_from_is_called_what_it_is():
    table = """
    duty                       | limit                            | later | counted from
    parents-assessment         | parents-assessment               |       | start of the placement
    out-of-area-approval       | out-of-area-approval             |       | start of the placement
    cease-looked-after-decision | cease-looked-after-decision     |       | day care ended
    return-home-plan           | return-home-plan.later           |       | day the child went home
    foster-annual-review       | foster-annual-review             |       | approval date, then previous review
    foster-annual-review       | foster-annual-review.early       |       | the complaint or allegation
    children-home-reg44        | children-home-reg44              |       | last visit, or registration
    children-home-reg44        | children-home-reg44.report       |       | day of the visit
    children-home-reg45        | children-home-reg45.report       |       | day of the review
    care-proceedings-26-weeks  | care-proceedings-26-weeks        |       | application issued
    care-proceedings-26-weeks  | care-proceedings-26-weeks.later  |       | end of the limit that was extended
    emergency-protection-order | emergency-protection-order.later |       | end of the first order
    life-story-book            | review-adoption-placed-2         |       | first review with the adopters
    adoption-later-life-letter | adoption-later-life-letter       |       | the ceremony, or the order if there is none
    pa-support-21-assessment   | pa-support-21-assessment         |       | request
    pa-support-21-assessment   | pathway-plan-review              | yes   | the last assessment, plan or review
    education-after-21         | education-after-21.later         | yes   | the last plan or review
    immigration-status-plan    | immigration-status-plan.leave    |       | day the leave ends"""
    for row in drawn(table):
        found = DUTIES[str(row["duty"])].counted_from(str(row["limit"]), is_later=row["later"] == "yes")
        assert found == row["counted from"], row


def test_a_later_link_says_that_it_runs_from_the_one_before_and_a_councils_limit_is_named():
    own = national().with_own([Limit("review-second", 10, "week", valid_from=date(2024, 1, 1))])
    record = a_record({"people": [{}], "episodes": [in_care("2024-02-01")], "reviews": days("2024-02-29", "held_on")})
    (why,) = due_list(record, DAY, limits=own).filter(pl.col("duty") == "review-second")["why"]
    assert why == (
        "Due by 9 May 2024, not done yet. 10 weeks from 29 February 2024 (date of first review). "
        "Basis: CPPCR 2010 reg 33(2)."
    )


def test_the_worker_of_a_line_is_the_person_whose_duty_it_is():
    """The reviewing officer's are hers, a care leaver's the adviser's; a nurse's stand with the social worker."""
    roles = {"sw": "social_worker", "iro": "reviewing_officer", "pa": "personal_adviser"}
    table = """
    duty                   | of all three | without adviser | without officer | social worker alone | adviser alone
    visit-year-one         | sw           | sw              | sw              | sw                  |
    review-subsequent      | iro          | iro             |                 |                     |
    iro-appointed          | sw           | sw              | sw              | sw                  |
    iro-child-contact      | iro          | iro             |                 |                     |
    health-review-5plus    | sw           | sw              | sw              | sw                  |
    pep-termly             | sw           | sw              | sw              | sw                  |
    keep-in-touch          | pa           | sw              | pa              | sw                  | pa
    pathway-plan-review    | pa           | sw              | pa              | sw                  | pa
    pathway-plan           | sw           | sw              | sw              | sw                  | pa
    participation-offer    | sw           | sw              | sw              | sw                  | pa
    complaint-stage1       | sw           | sw              | sw              | sw                  | pa
    subject-access-request | sw           | sw              | sw              | sw                  | pa"""
    has = {
        "of all three": ("sw", "iro", "pa"),
        "without adviser": ("sw", "iro"),
        "without officer": ("sw", "pa"),
        "social worker alone": ("sw",),
        "adviser alone": ("pa",),
    }
    for whose, workers in has.items():
        held = [{"worker_id": w, "role": roles[w], "team": w.upper(), "started_on": "2024-02-01"} for w in workers]
        record = a_record({"people": [{}], "episodes": [in_care("2024-02-01")], "allocations": held})
        duties = [row["duty"] for row in drawn(table)]
        rows = pl.DataFrame({"authority": AUTHORITY, "child_id": "1", "duty": duties})
        named = with_workers(rows, record, date(2024, 6, 3))
        assert named["worker_id"].to_list() == [row[whose] for row in drawn(table)], whose
        assert named["team"].to_list() == [row[whose] and row[whose].upper() for row in drawn(table)], whose


def test_a_reviewing_officer_is_given_her_own_list():
    held = [
        {"worker_id": "w1", "started_on": "2024-02-01"},
        {"worker_id": "w2", "role": "reviewing_officer", "started_on": "2024-02-01"},
    ]
    record = a_record({"people": [{}], "episodes": [in_care("2024-02-01")], "allocations": held})
    hers = due_list(record, date(2024, 6, 3), only=Only(worker="w2"))
    assert set(hers["duty"]) == {"review-first"}
    assert "review-first" not in set(due_list(record, date(2024, 6, 3), only=Only(worker="w1"))["duty"])


def test_a_list_is_of_a_team_a_worker_a_child_or_brothers_and_sisters():
    held = {"started_on": "2024-02-01"}
    lives = [
        {
            "people": [{"family_id": family}],
            "episodes": [in_care("2024-02-01")],
            "allocations": [{**held, "worker_id": worker, "team": team}],
        }
        for family, worker, team in (("F1", "w1", "North"), ("F1", "w2", "South"), ("F2", "w1", "North"))
    ]
    record = a_record(together(*lives))
    asked = {
        Only(team="North"): {"1", "3"},
        Only(worker="w1"): {"1", "3"},
        Only(child="2"): {"2"},
        Only(siblings="F1"): {"1", "2"},
        Only(siblings="2"): {"1", "2"},
        Only(siblings="3"): {"3"},
        Only(team="North", siblings="F1"): {"1"},
        Only(): {"1", "2", "3"},
    }
    for only, children in asked.items():
        assert set(due_list(record, DAY, only=only)["child_id"]) == children, only


def test_every_role_word_finds_a_duty():
    for role in ("social worker", "reviewing officer", "personal adviser", "nurse", "health", "manager", "carer"):
        assert owned_by(role), role


def test_the_catalogue_holds_every_duty_of_the_handbook_in_its_own_words():
    handbook = SHARED / "domain" / "timescales.csv"
    if not handbook.exists():
        pytest.skip("the handbook is not beside the project")
    ours = Path(duty.__file__).with_name("duties.csv")
    assert ours.read_text(encoding="utf-8") == handbook.read_text(encoding="utf-8")
    assert frame().height == 164


def test_every_declared_duty_stands_in_the_handbook_and_its_limits_are_data():
    for declared in DUTIES.values():
        assert declared.id in words()
        for limit, _ in declared.cases:
            assert national().of(limit)


def test_a_duty_without_a_number_says_what_it_waits_for():
    told = dict(frame().select("id", "computed").rows())
    assert told["review-first"] == "yes"
    assert told["staying-close"].startswith("once a council gives its limit a number")
    assert all(
        answer == "yes" or answer.startswith("once a council gives its limit a number: ") for answer in told.values()
    )


def test_what_is_not_known_is_said_as_it_is():
    """A school place without term dates; a visit that may not have seen the child; care that began before the file."""
    table = """
    duty                  | began      | known | seen | why
    school-place          | 2024-02-01 | yes   | yes  | It is counted by the school terms, whose dates are not known.
    school-place          | 2024-02-01 |       | yes  | A date that it is counted from is not known.
    visit-placement-start | 2024-02-01 | yes   |      | Due by 8 February 2024, and whether it was done is not known.
    visit-year-one        | 2024-02-01 | yes   |      | A date that it is counted from is not known."""
    for row in drawn(table):
        life = {
            "people": [{}],
            "episodes": [in_care(row["began"], reason_started="S" if row["known"] else "L")],
            "schools_attended": [],
            "visits": [{"visited_on": "2024-02-05", "is_seen": True if row["seen"] else None}],
        }
        listed = due_list(a_record(life), DAY, history=True).filter(pl.col("duty") == row["duty"])
        assert listed["why"][0].startswith(str(row["why"])), listed["why"].to_list()
