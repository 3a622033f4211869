"""Duties that one act meets: after entering care, being placed, a review, leaving; what came before counts once."""

from __future__ import annotations

from datetime import date

from hearth.timescales import engine
from tests.timescales.acting import (
    acts,
    on_entry,
    on_review,
    on_stay,
)
from tests.timescales.builders import a_record, check, days, in_care


def test_of_care_that_began_on_a_day_not_known_the_due_day_is_not_known():
    rows = {"people": [{}], "episodes": [in_care("2024-01-03", reason_started="L")], "case_actions": []}
    found = engine.occurrences(a_record(rows), ["placement-plan", "rights-information"])
    assert engine.as_of(found, [date(2024, 6, 1)])["status"].to_list() == ["not_known", "not_known"]


def test_an_act_that_says_what_it_answers_answers_that():
    """A plan signed for the first placement after the second began leaves the second without one."""
    row = {"placed": "2024-03-28", "left": None, "done": "2024-04-02"}
    rows = on_stay("placement_plan")(row)
    rows["case_actions"] = [{"kind": "placement_plan", "done_on": "2024-04-02", "answers_on": "2024-01-03"}]
    found = engine.as_of(engine.occurrences(a_record(rows), ["placement-plan"]), [date(2024, 6, 1)])
    assert found["status"].to_list() == ["late", "overdue"]


def test_a_refusal_is_kept_as_itself_and_meets_nothing():
    rows = on_entry("rights_explained")({"in care": "2024-01-03", "refused": "2024-01-10", "done": None})
    found = engine.as_of(engine.occurrences(a_record(rows), ["rights-information"]), [date(2024, 3, 1)])
    assert found.select("status", "refused_on").rows() == [("overdue", date(2024, 1, 10))]


def test_a_source_that_records_some_acts_only_says_nothing_of_the_others():
    record = a_record(on_entry("rights_explained")({"in care": "2024-01-03", "done": None}))
    object.__setattr__(record, "carries", record.carries - {"case_actions"} | {"case_actions.rights_explained"})
    assert engine.occurrences(record, ["rights-information"]).height == 1
    assert engine.occurrences(record, ["participation-offer"]).is_empty()
    assert "participation offered" in engine.unavailable(record, ["participation-offer"])["participation-offer"]


def test_chains_from_entering_care():
    rights = """
    in care    | ended      | done                   | due        | outcome
    2024-01-03 |            | 2024-01-31             | 2025-01-31 | due
    2024-01-03 |            |                        | 2024-01-31 | overdue
    2024-01-03 | 2024-01-31 |                        | 2024-01-31 | lapsed
    2023-01-03 |            | 2023-01-10             | 2024-01-10 | overdue
    2023-01-03 |            | 2023-01-10, 2024-02-10 | 2025-02-10 | due"""
    check("rights-information", "2024-06-28", rights, on_entry("rights_explained"))
    part = """
    in care    | ended      | done       | due        | outcome
    2024-01-31 |            |            | 2024-04-30 | overdue
    2024-01-31 |            | 2024-04-30 | 2025-04-30 | due
    2024-05-31 |            |            | 2024-08-31 | due
    2024-01-31 | 2024-04-30 |            | 2024-04-30 | lapsed"""
    check("participation-offer", "2024-06-28", part, on_entry("participation_offered"))
    eyes = """
    in care    | born       | done       | due        | outcome
    2023-05-01 | 2012-05-10 |            | 2024-05-01 | overdue
    2023-05-01 | 2022-02-01 |            | 2026-02-01 | due
    2023-05-01 | 2012-05-10 | 2024-05-01 | 2025-05-01 | due"""
    check("optician-check", "2024-06-28", eyes, on_entry("eyes_tested"))


def test_section_20_is_agreed_by_the_day_and_looked_at_every_three_months():
    basis = """
    placed     | left       | done       | due        | outcome
    2024-03-28 |            | 2024-03-28 | 2024-03-28 | met
    2024-03-28 |            | 2024-03-20 | 2024-03-28 | met
    2024-03-28 |            | 2024-03-29 | 2024-03-28 | late
    2024-03-28 |            |            | 2024-03-28 | overdue
    2024-06-28 |            |            | 2024-06-28 | due"""
    check("s20-lawful-basis", "2024-06-28", basis, on_stay("s20_basis", legal_status="V2"))
    drift = """
    placed     | left       | done       | due        | outcome
    2024-03-28 |            |            | 2024-06-28 | due
    2024-03-20 |            |            | 2024-06-20 | overdue
    2024-03-20 |            | 2024-06-01 | 2024-09-01 | due
    2024-03-20 | 2024-06-20 |            | 2024-06-20 | lapsed"""
    check("s20-drift-review", "2024-06-28", drift, on_stay("s20_reviewed", legal_status="V2"))
    home = """
    placed     | left       | done       | due        | outcome
    2024-01-10 |            |            | 2024-07-10 | due
    2024-01-04 |            |            | 2024-07-04 | overdue
    2024-01-10 |            | 2024-07-01 | 2025-01-01 | due"""
    check("care-order-home-review", "2024-07-08", home, on_stay("home_order_reviewed", placement_type="P1"))


def test_what_follows_a_review():
    decisions = """
    reviewed               | done       | due        | outcome
    2024-03-28             | 2024-04-08 | 2024-04-08 | met
    2024-03-28             | 2024-04-09 | 2024-04-08 | late
    2024-03-28             |            | 2024-04-08 | overdue
    2024-01-30, 2024-04-24 | 2024-02-01 | 2024-05-01 | due
                           |            |            | none"""
    check("review-decisions-issued", "2024-04-30", decisions, on_review("review_decisions_sent"))


def test_the_record_is_produced_and_then_sent():
    def life(row):
        made = days(row["made"], "done_on", kind="review_record_produced")
        sent = days(row["sent"], "done_on", kind="review_record_sent")
        return on_review("review_record_sent")(row | {"done": None}) | {"case_actions": made + sent}

    rows = life({"reviewed": "2024-04-02", "made": "2024-04-23", "sent": "2024-05-01"})
    found = engine.as_of(engine.occurrences(a_record(rows), ["review-record-issued"]), [date(2024, 6, 1)])
    assert sorted(found.select("due_on", "status").rows()) == [
        (date(2024, 4, 23), "met"),
        (date(2024, 4, 30), "late"),
    ]


AT_REVIEW = """
    reviewed               | done       | due        | outcome
    2024-03-28             | 2024-03-28 | 2024-03-28 | met
    2024-03-28             | 2024-03-02 | 2024-03-28 | met
    2024-03-28             | 2024-03-29 | 2024-03-28 | late
    2024-03-28             |            | 2024-03-28 | overdue
    2024-01-30, 2024-04-30 | 2024-01-30 | 2024-04-30 | due
    2024-01-30, 2024-04-29 | 2024-01-29 | 2024-04-29 | overdue"""


def test_how_the_child_took_part_is_recorded():
    def life(row):
        return on_review("visitor_considered")({"reviewed": None, "done": None}) | {
            "reviews": days(row["reviewed"], "held_on", participation=row["code"])
        }

    table = """
    reviewed   | code | due        | outcome
    2024-03-28 | PN1  | 2024-03-28 | met
    2024-03-28 | PN7  | 2024-03-28 | met
    2024-03-28 |      | 2024-03-28 | overdue
    2024-04-30 |      | 2024-04-30 | due"""
    check("review-participation", "2024-04-30", table, life)


def test_a_review_is_planned_15_working_days_before_it_is_due():
    """First review on 30 January: the second is due on 30 April 2024, so it is planned by 9 April."""
    table = """
    reviewed               | done       | due        | outcome
    2024-01-30             | 2024-04-09 | 2024-04-09 | met
    2024-01-30             | 2024-04-10 | 2024-04-09 | late
    2024-01-30             |            | 2024-04-09 | overdue
    2024-01-30, 2024-04-15 |            | 2024-09-24 | due
                           |            |            | none"""
    check("review-consultation", "2024-04-29", table, on_review("review_consulted"))


def test_a_reviewing_officer_is_appointed_within_5_working_days():
    def life(row):
        told = days(row["appointed"], "started_on", role="reviewing_officer", ended_on=row["left"])
        return {"people": [{}], "episodes": [in_care("2025-04-16")], "allocations": told}

    table = """
    appointed  | left       | due        | outcome
    2025-04-25 |            | 2025-04-25 | met
    2025-04-28 |            | 2025-04-25 | late
               |            | 2025-04-25 | overdue
    2025-04-20 | 2025-05-28 | 2025-06-04 | due"""
    check("iro-appointed", "2025-06-01", table, life)


def test_a_case_record_is_kept_to_the_75th_anniversary_or_15_years_after_a_death():
    def life(row):
        return {
            "people": [{"born_on": row["born"], "died_on": row["died"]}],
            "episodes": [in_care("2010-01-04", "2011-01-04")],
            "case_actions": acts(row, "retention_set"),
        }

    table = """
    born       | died       | done       | due        | outcome
    2008-05-14 |            |            | 2083-05-14 | due
    2008-02-29 |            |            | 2083-03-01 | due
    2008-05-14 |            | 2024-01-01 | 2083-05-14 | met
    2008-05-14 | 2012-06-01 |            | 2027-06-01 | due
               |            |            |            | not_known"""
    check("case-record-retention", "2024-06-28", table, life)


def test_secure_accommodation_needs_an_order_in_72_hours_and_a_review_in_a_month():
    hours = """
    placed     | left       | done       | due        | outcome
    2024-03-28 |            |            | 2024-03-31 | overdue
    2024-03-28 | 2024-03-31 |            | 2024-03-31 | lapsed"""
    check("secure-accommodation-72h", "2024-06-28", hours, on_stay("secure_order", placement_type="K1"))
    renewed = """
    placed     | left       | done                               | due        | outcome
    2024-03-28 |            | 2024-03-30                         | 2024-06-30 | overdue
    2024-03-28 |            | 2024-03-20                         | 2024-06-20 | overdue
    2024-03-28 |            | 2024-03-30, 2024-06-30             | 2024-12-30 | due
    2024-03-28 |            | 2024-03-30, 2024-06-30, 2024-12-16 | 2025-06-16 | due
    2024-03-28 | 2024-06-30 | 2024-03-30                         | 2024-06-30 | lapsed"""
    check("secure-accommodation-72h", "2024-12-20", renewed, on_stay("secure_order", placement_type="K1"))
    reviews = """
    placed     | left | done                   | due        | outcome
    2024-01-31 |      |                        | 2024-02-29 | overdue
    2024-01-31 |      | 2024-02-29             | 2024-05-29 | overdue
    2024-01-31 |      | 2024-02-29, 2024-05-01 | 2024-08-01 | due"""
    check("secure-accommodation-review", "2024-06-28", reviews, on_stay("secure_reviewed", placement_type="K1"))


def test_no_child_under_16_lives_in_unregulated_accommodation():
    table = """
    placed     | born       | left       | done | due        | outcome
    2024-03-28 | 2010-05-10 |            |      | 2024-03-28 | overdue
    2024-03-28 | 2010-05-10 | 2024-04-28 |      | 2024-03-28 | missed
    2024-03-28 | 2008-03-28 |            |      |            | none"""
    check("under-16-unregulated", "2024-06-28", table, on_stay("provider_checked", placement_type="H5"))


def test_supported_accommodation_is_registered_on_the_day_and_checked_monthly():
    table = """
    placed     | born       | left | done                   | due        | outcome
    2024-03-28 | 2007-05-10 |      |                        | 2024-03-28 | overdue
    2024-05-31 | 2007-05-10 |      | 2024-05-31             | 2024-06-30 | due
    2024-03-28 | 2007-05-10 |      | 2024-03-28, 2024-05-20 | 2024-06-20 | overdue"""
    check("supported-accommodation-registered", "2024-06-28", table, on_stay("provider_checked", placement_type="K3"))


def test_the_general_practitioner_is_registered_within_10_working_days():
    def life(row):
        rows = on_stay("eyes_tested")(row | {"done": None})
        registered = days(row["registered"], "started_on", kind="gp_registered", ended_on=row["to"])
        return rows | {"arrangements": registered}

    table = """
    placed     | registered | to         | due        | outcome
    2024-04-03 | 2024-01-04 |            | 2024-04-17 | met
    2024-04-03 | 2024-04-17 |            | 2024-04-17 | met
    2024-04-03 | 2024-04-18 |            | 2024-04-17 | late
    2024-04-03 | 2024-01-04 | 2024-04-01 | 2024-04-17 | overdue
    2024-04-03 |            |            | 2024-04-17 | overdue"""
    check("gp-registration", "2024-06-28", table, life)


def test_the_basis_of_section_20_is_recorded_again_when_something_changes():
    """An objection, a request for return or another person with parental responsibility, on 2 September 2024."""

    def life(row):
        changes = days(row["changed"], "raised_on", kind="s20_changed")
        own = {"case_actions": acts(row, "s20_basis"), "requests": changes}
        return {"people": [{}], "episodes": [in_care("2024-01-03", row["left"], legal_status=row["order"])]} | own

    table = """
    order | left       | changed    | done                   | due        | outcome
    V2    |            |            | 2024-01-02             | 2024-01-03 | met
    V2    |            | 2024-09-02 | 2024-01-02             | 2024-09-02 | overdue
    V2    |            | 2024-09-02 | 2024-01-02, 2024-08-30 | 2024-09-02 | overdue
    V2    |            | 2024-09-02 | 2024-01-02, 2024-09-02 | 2024-09-02 | met
    V2    |            | 2024-09-02 | 2024-01-02, 2024-09-03 | 2024-09-02 | late
    V2    | 2024-09-20 | 2024-09-02 | 2024-01-02             | 2024-09-02 | missed
    V2    | 2024-06-20 | 2024-09-02 | 2024-01-02             | 2024-01-03 | met
    C2    |            | 2024-09-02 |                        |            | none"""
    check("s20-lawful-basis", "2024-12-20", table, life)


def test_section_20_is_checked_to_the_16th_birthday_and_not_of_children_who_came_alone():
    def life(row):
        alone = [{"started_on": "2024-01-03"}] if row["alone"] else []
        own = {"unaccompanied": alone, "case_actions": acts(row, "s20_reviewed")}
        return {"people": [{"born_on": row["born"]}], "episodes": [in_care("2024-01-03", legal_status="V2")]} | own

    table = """
    born       | alone | done       | due        | outcome
    2012-05-10 |       |            | 2024-04-03 | overdue
    2012-05-10 |       | 2024-03-28 | 2024-06-28 | overdue
    2012-05-10 | yes   |            |            | none
    2008-04-03 |       |            | 2024-04-03 | lapsed
    2008-04-04 |       |            | 2024-04-03 | missed
    2007-12-31 |       |            |            | none"""
    check("s20-drift-review", "2024-07-31", table, life)
