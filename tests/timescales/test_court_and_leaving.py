"""Court and adoption; accommodation, birthdays and support of care leavers."""

from __future__ import annotations

from tests.timescales.acting import a_child, acts, arranged, asked
from tests.timescales.builders import check, days, in_care


def test_proceedings_end_in_26_weeks_or_8_weeks_more_from_the_end_of_the_limit():
    def life(row):
        case = {"issued_on": "2023-10-02", "concluded_on": row["concluded"]}
        return {**a_child(), "proceedings": [case], "case_actions": acts(row, "proceedings_extended")}

    table = """
    concluded  | done                   | due        | outcome
    2024-03-31 |                        | 2024-03-31 | met
    2024-04-01 |                        | 2024-03-31 | late
               |                        | 2024-03-31 | overdue
    2024-05-26 | 2024-03-20             | 2024-05-26 | met
               | 2024-03-20             | 2024-05-26 | overdue
               | 2024-03-20, 2024-05-20 | 2024-07-21 | due"""
    check("care-proceedings-26-weeks", "2024-06-28", table, life)


def before_court(kind):
    def life(row):
        work = {"decided_on": "2024-01-08", "letter_on": "2024-01-10", "ended_on": row.get("ended")}
        return {**a_child(), "pre_proceedings": [work], "case_actions": acts(row, kind)}

    return life


def test_work_before_proceedings_is_reviewed_every_six_weeks_and_the_family_meets():
    table = """
    done                   | ended      | due        | outcome
                           |            | 2024-02-21 | overdue
    2024-02-21             |            | 2024-04-03 | due
                           | 2024-02-21 | 2024-02-21 | lapsed"""
    check("pre-proceedings-review", "2024-03-31", table, before_court("pre_proceedings_reviewed"))
    table = """
    done       | ended      | due        | outcome
    2024-01-29 |            | 2024-01-29 | met
    2024-01-30 |            | 2024-01-29 | late
               |            | 2024-01-29 | overdue
               | 2024-01-29 | 2024-01-29 | lapsed"""
    check("family-group-conference", "2024-03-31", table, before_court("family_meeting_offered"))


def test_short_orders_end_in_time():
    def under(status):
        def life(row):
            first = in_care("2024-03-01", row["ended"], legal_status=status)
            after = [in_care(row["ended"], reason_started="L", legal_status="C1")] if row["ended"] else []
            return {"people": [{}], "episodes": [first | {"reason_ended": "X1" if row["ended"] else None}, *after]}

        return life

    emergency = """
    ended      | due        | outcome
    2024-03-09 | 2024-03-09 | met
    2024-03-10 | 2024-03-09 | late
               | 2024-03-09 | overdue"""
    check("emergency-protection-order", "2024-03-31", emergency, under("L2"))
    police = """
    ended      | due        | outcome
    2024-03-04 | 2024-03-04 | met
    2024-03-05 | 2024-03-04 | late
               | 2024-03-04 | overdue"""
    check("police-protection", "2024-03-31", police, under("L1"))


def adopting(kind=None, **fixed):
    def life(row):
        step = {f"{name}_on": row.get(name) for name in ("matched", "placed", "reversed", "ordered")}
        return {**a_child(), "adoptions": [fixed | step], "case_actions": acts(row, kind) if kind else []}

    return life


def test_a_plan_of_adoption_asks_for_a_report_and_for_early_permanence():
    def life(kind):
        plan = {"recorded_on": "2024-01-31", "option": "ADOPTION"}
        return lambda row: {**a_child(), "permanence_plans": [plan], "case_actions": acts(row, kind)}

    report = """
    done       | due        | outcome
    2024-03-13 | 2024-03-13 | met
    2024-03-14 | 2024-03-13 | late
               | 2024-03-13 | overdue"""
    check("adoption-permanence-report", "2024-03-31", report, life("permanence_report"))
    early = """
    done       | due        | outcome
    2024-01-31 | 2024-01-31 | met
    2024-01-10 | 2024-01-31 | met
    2024-02-01 | 2024-01-31 | late
               | 2024-01-31 | overdue"""
    check("adoption-early-permanence", "2024-03-31", early, life("early_permanence"))


def test_a_child_with_a_placement_order_is_matched_and_moves_in():
    match = """
    matched    | reversed   | due        | outcome
    2024-05-10 |            | 2024-05-10 | met
    2023-12-01 |            | 2024-05-10 | met
    2024-05-11 |            | 2024-05-10 | late
               |            | 2024-05-10 | overdue
               | 2024-05-01 | 2024-05-10 | lapsed"""
    check("adoption-match", "2024-06-28", match, adopting(placement_order_on="2024-01-10"))
    moved = """
    placed     | reversed | due        | outcome
    2025-03-04 |          | 2025-03-04 | met
    2025-03-05 |          | 2025-03-04 | late
               |          | 2025-03-04 | overdue"""
    check("adoption-moved-in", "2025-03-31", moved, adopting(decided_on="2024-06-10"))
    fostered = adopting(decided_on="2024-06-10", fostered_by_adopters_on="2024-12-01")
    check("adoption-moved-in", "2025-04-30", "placed | due | outcome\n2025-04-05 | 2025-03-04 | met", fostered)


def test_letters_follow_the_ceremony_or_the_order():
    def life(kind):
        def made(row):
            rows = adopting()(row | {"ordered": "2022-04-11"})
            held = days(row["ceremony"], "done_on", kind="adoption_ceremony")
            return rows | {"case_actions": [*acts(row, kind), *held]}

        return made

    table = """
    ceremony   | done       | due        | outcome
    2022-04-22 | 2022-05-09 | 2022-05-09 | met
    2022-04-22 | 2022-05-10 | 2022-05-09 | late
    2022-04-22 |            | 2022-05-09 | overdue
               | 2022-04-27 | 2022-04-27 | met
               |            | 2022-04-27 | overdue"""
    check("adoption-later-life-letter", "2022-06-30", table, life("later_life_letter"))
    check("life-story-book", "2022-06-30", table, life("life_story_book"))


def a_leaver(born="2006-02-10", left="2024-02-10"):
    return {
        "people": [{"born_on": born}],
        "episodes": [in_care("2018-01-03", left) | {"reason_ended": "E17" if left else None}],
    }


def provided(row):
    contacts = days(row.get("visited"), "contacted_on", is_visit=True) + days(
        row.get("called"), "contacted_on", is_visit=False
    )
    return {
        **a_leaver(),
        "arrangements": [{"kind": "accommodation_provided", "started_on": row["from"], "ended_on": row.get("to")}],
        "care_leaver_contacts": contacts,
        "pathway_plans": days(row.get("reviewed"), "completed_on", kind="review"),
    }


def test_a_young_person_is_visited_in_accommodation_provided():
    first = """
    from       | to         | visited    | called     | due        | outcome
    2024-12-24 |            | 2024-12-31 |            | 2024-12-31 | met
    2024-12-24 |            | 2025-01-01 |            | 2024-12-31 | late
    2024-12-24 |            |            | 2024-12-30 | 2024-12-31 | overdue
    2024-12-24 | 2024-12-31 |            |            | 2024-12-31 | lapsed"""
    check("pa-visit-7-days", "2025-01-31", first, provided)
    later = """
    from       | visited                | due        | outcome
    2024-12-24 | 2024-12-31             | 2025-02-28 | due
    2024-10-24 | 2024-10-31             | 2024-12-31 | overdue
    2024-10-24 |                        |            | none"""
    check("pa-visit-2-months", "2025-01-31", later, provided)


def test_the_plan_is_reviewed_in_28_days_after_a_visit():
    plan = """
    from       | reviewed   | due        | outcome
    2024-02-15 | 2024-03-14 | 2024-03-14 | met
    2024-02-15 | 2024-03-15 | 2024-03-14 | late
    2024-02-15 |            | 2024-03-14 | overdue"""
    check("pathway-plan-28-days", "2024-06-28", plan, provided)
    visit = """
    from       | visited    | reviewed   | due        | outcome
    2024-02-15 | 2024-03-01 | 2024-03-14 | 2024-03-14 | met
    2024-02-15 | 2024-03-12 | 2024-03-10 | 2024-03-14 | late
    2024-02-15 |            | 2024-03-14 | 2024-03-14 | overdue"""
    check("pa-visit-before-review", "2024-06-28", visit, provided)


def by_birth(kind, **facts):
    return lambda row: {**a_leaver(row["born"], row.get("left"), **facts), "case_actions": acts(row, kind)}


def test_status_is_recorded_around_the_birthday():
    table = """
    born       | left       | done       | due        | outcome
    2006-05-31 | 2024-05-31 | 2025-06-30 | 2025-06-30 | met
    2006-05-31 | 2024-05-31 | 2025-07-01 | 2025-06-30 | late
    2006-05-31 | 2024-05-31 |            | 2025-06-30 | overdue
    2006-05-31 | 2024-05-31 | 2025-02-20 | 2025-06-30 | overdue
    2006-05-31 |            |            |            | none"""
    check("care-leaver-birthday-status", "2025-07-31", table, by_birth("birthday_recorded"))


def test_what_is_owed_at_16_and_17():
    told = """
    born       | left | done       | due        | outcome
    2008-11-30 |      | 2024-12-13 | 2024-12-13 | met
    2008-11-30 |      | 2024-12-16 | 2024-12-13 | late
    2008-11-30 |      |            | 2024-12-13 | overdue"""
    check("leaving-care-status", "2025-01-31", told, by_birth("category_told"))
    panel = """
    born       | left | done       | due        | outcome
    2008-11-30 |      | 2025-05-30 | 2025-05-30 | met
    2008-11-30 |      |            | 2025-05-30 | overdue
    2007-11-30 |      |            | 2025-05-30 | overdue"""
    check("transition-panel", "2025-06-30", panel, by_birth("transition_panel"))
    documents = """
    born       | left | done       | due        | outcome
    2007-11-30 |      | 2025-05-30 | 2025-05-30 | met
    2007-11-30 |      | 2025-05-31 | 2025-05-30 | late
    2007-11-30 |      |            | 2025-05-30 | overdue"""
    check("national-identity-documents", "2025-06-30", documents, by_birth("identity_documents"))
    adult = """
    raised     | answered   | due        | outcome
    2024-01-10 | 2025-05-10 | 2025-05-10 | met
    2024-01-10 | 2025-05-11 | 2025-05-10 | late
    2025-06-10 |            | 2025-06-10 | overdue"""
    check("adult-services-referral", "2025-06-30", adult, asked("adult_care_likely", born_on="2008-05-10"))


def test_support_after_21_is_offered_yearly_and_answered():
    offer = """
    born       | left       | done       | due        | outcome
    2003-02-28 | 2021-02-28 |            | 2024-02-28 | overdue
    2003-02-28 | 2021-02-28 | 2024-02-29 | 2025-02-28 | due
    2003-02-28 | 2021-02-28 | 2024-02-28 | 2025-02-28 | due
    2006-02-28 | 2024-02-28 |            |            | none"""
    check("pa-support-21-offer", "2024-12-31", offer, by_birth("support_offered"))
    support = """
    raised     | answered   | due        | outcome
    2024-02-01 | 2024-02-29 | 2024-02-29 | met
    2024-02-01 |            | 2024-02-29 | overdue"""
    check("pa-support-21-assessment", "2024-12-31", support, asked("support_after_21", born_on="2001-05-10"))
    course = """
    raised     | ended | done       | due        | outcome
    2024-02-01 |       |            | 2024-02-29 | overdue
    2024-02-01 |       | 2024-02-29 | 2024-08-29 | overdue"""
    life = asked("education_after_21", act="education_planned", born_on="2001-05-10")
    check("education-after-21", "2024-12-31", course, life)


def test_staying_put_lasts_to_21():
    table = """
    from       | to         | done | due        | outcome
    2022-03-01 |            |      | 2025-03-01 | met
    2022-03-01 | 2024-01-01 |      | 2025-03-01 | lapsed"""
    check("staying-put", "2025-03-31", table, arranged("staying_put", "support_offered", born_on="2004-02-29"))
    check(
        "staying-put",
        "2025-01-31",
        "from | due | outcome\n2022-03-01 | 2025-03-01 | due",
        arranged("staying_put", "support_offered", born_on="2004-02-29"),
    )


def test_money_and_a_place_to_live():
    grown = {"born_on": "2005-05-10"}
    at_the_move = """
    from       | to | done       | due        | outcome
    2024-02-01 |    | 2024-02-01 | 2024-02-01 | met
    2024-02-01 |    | 2024-02-02 | 2024-02-01 | late
    2024-02-01 |    |            | 2024-02-01 | overdue"""
    check("setting-up-home", "2024-12-31", at_the_move, arranged("own_tenancy", "home_allowance", **grown))
    bursary = """
    from       | to | done       | due        | outcome
    2024-02-01 |    | 2024-02-29 | 2024-02-29 | met
    2024-02-01 |    |            | 2024-02-29 | overdue"""
    check("higher-education-bursary", "2024-12-31", bursary, arranged("higher_education", "bursary_paid", **grown))
    tax = """
    from       | to | done       | due        | outcome
    2024-02-01 |    |            | 2024-02-01 | overdue
    2024-02-01 |    | 2024-02-01 | 2025-02-01 | due"""
    check("council-tax-relief", "2024-12-31", tax, arranged("own_tenancy", "council_tax_relief", **grown))
    vacation = """
    raised     | answered   | due        | outcome
    2024-02-01 | 2024-01-20 | 2024-02-01 | met
    2024-02-01 | 2024-02-02 | 2024-02-01 | late
    2024-02-01 |            | 2024-02-01 | overdue"""
    check("vacation-accommodation", "2024-12-31", vacation, asked("vacation", **grown))

    def moved(row):
        home = [{"accommodation": "U1", "started_on": row["from"]}]
        return {**a_leaver(), "care_leaver_accommodations": home, "case_actions": acts(row, "suitability_checked")}

    suitable = """
    from       | done       | due        | outcome
    2024-03-01 | 2024-03-08 | 2024-03-08 | met
    2024-03-01 | 2024-03-09 | 2024-03-08 | late
    2024-03-01 |            | 2024-03-08 | overdue"""
    check("suitable-accommodation", "2024-12-31", suitable, moved)


def test_six_months_at_home_change_what_is_owed():
    def life(row):
        home = [{"started_on": "2024-08-31", "ended_on": row["left"]}]
        return {**a_leaver("2007-06-01"), "returns_home": home, "case_actions": acts(row, "category_told")}

    table = """
    left       | done       | due        | outcome
               | 2025-02-28 | 2025-02-28 | met
               | 2025-03-01 | 2025-02-28 | late
               |            | 2025-02-28 | overdue
    2025-02-01 |            |            | none"""
    check("returned-home-six-months", "2025-04-30", table, life)
