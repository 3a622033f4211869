"""Court and adoption; accommodation, birthdays and support of care leavers."""

from __future__ import annotations

from datetime import date

from hearth.timescales import engine
from tests.timescales.acting import a_child, acts, arranged, asked
from tests.timescales.builders import a_record, check, days, in_care


def before_court(kind):
    def life(row):
        work = {"decided_on": "2024-01-08", "letter_on": "2024-01-10", "ended_on": row.get("ended")}
        return {**a_child(), "pre_proceedings": [work], "case_actions": acts(row, kind)}

    return life


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


def test_accommodation_provided_asks_for_nothing_of_one_who_is_back_in_care():
    def life(kind):
        def of(row):
            left = in_care("2018-01-03", "2024-02-12") | {"reason_ended": "E4A"}
            again = [in_care(row["back"])] if row["back"] else []
            rows = provided(row) | {"people": [{"born_on": "2007-02-10"}], "episodes": [left, *again]}
            lodging = [{"accommodation": "U1", "started_on": row["from"]}]
            return rows | {"care_leaver_accommodations": lodging, "case_actions": acts(row, kind)}

        return of

    table = """
    from       | back       | due        | outcome
    2024-03-01 |            | 2024-03-08 | overdue
    2024-03-01 | 2024-04-02 | 2024-03-08 | missed
    2024-03-01 | 2024-03-05 | 2024-03-08 | lapsed"""
    check("pa-visit-7-days", "2024-06-28", table, life("suitability_checked"))
    check("suitable-accommodation", "2024-06-28", table, life("suitability_checked"))


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
    2024-02-01 | 2024-02-29 | 2024-08-29 | due
    2024-02-01 |            | 2024-02-29 | overdue"""
    check("pa-support-21-assessment", "2024-08-28", support, asked("support_after_21", born_on="2001-05-10"))
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


def test_work_before_court_is_concluded_and_over_on_the_day_proceedings_are_issued():
    def life(row):
        work = [{"decided_on": "2024-01-08", "letter_on": "2024-01-10", "ended_on": row.get("ended")}]
        issued = [{"issued_on": row["issued"]}] if row["issued"] else []
        return {**a_child(), "pre_proceedings": work, "proceedings": issued, "case_actions": acts(row, row["kind"])}

    meeting = """
    issued     | kind                   | done       | due        | outcome
               | family_meeting_offered |            | 2024-01-29 | overdue
    2024-02-05 | family_meeting_offered |            | 2024-01-29 | missed
    2024-02-05 | family_meeting_offered | 2024-02-02 | 2024-01-29 | late
    2023-12-01 | family_meeting_offered |            | 2024-01-29 | overdue"""
    check("family-group-conference", "2024-06-28", meeting, life)
    found = engine.occurrences(
        a_record(life({"issued": "2024-03-28", "kind": "pre_proceedings_reviewed", "done": None})),
        ["pre-proceedings-review"],
    )
    stood = engine.as_of(found, [date(2024, 6, 28)]).sort("due_on")
    assert stood["status"].to_list() == ["missed", "met"]
    assert [str(day) for day in stood["due_on"]] == ["2024-02-21", "2024-05-01"]


def test_a_hearing_that_extends_an_emergency_order_does_not_extend_the_proceedings():
    def life(row):
        order = in_care("2024-04-01", "2024-04-12", legal_status="L2") | {"reason_ended": "X1"}
        after = in_care("2024-04-12", reason_started="L", legal_status="C1")
        return {
            "people": [{}],
            "episodes": [order, after],
            "proceedings": [{"issued_on": "2024-04-03"}],
            "hearings": [{"heard_on": row["extended"], "is_extended": True}],
        }

    proceedings = """
    extended   | due        | outcome
    2024-04-08 | 2024-10-01 | overdue
    2024-09-10 | 2024-11-26 | overdue"""
    check("care-proceedings-26-weeks", "2024-12-31", proceedings, life)
    order = """
    extended   | due        | outcome
    2024-04-08 | 2024-04-16 | met
    2024-09-10 | 2024-04-09 | late"""
    check("emergency-protection-order", "2024-12-31", order, life)


def test_leave_that_runs_out_is_applied_for_until_another_status_takes_its_place():
    def life(row):
        statuses = [{"started_on": "2022-01-10", "leave_expires_on": "2025-01-10"}]
        if row.get("settled"):
            statuses.append({"started_on": row["settled"], "status": "settled"})
        return {
            "people": [{"born_on": row.get("born") or "2012-05-10"}],
            "episodes": [in_care("2024-01-03", row.get("left"))],
            "reviews": days(row.get("reviewed"), "held_on"),
            "unaccompanied": [],
            "case_actions": [],
            "immigration_statuses": statuses,
        }

    leave = """
    born       | left       | settled    | due        | outcome
               |            |            | 2025-01-10 | overdue
               |            | 2024-12-02 | 2025-01-10 | lapsed
               |            | 2025-02-03 | 2025-01-10 | missed
               | 2024-09-02 |            | 2025-01-10 | lapsed
    2006-10-10 | 2024-10-10 |            | 2025-01-10 | overdue"""
    check("immigration-status-plan", "2025-06-30", leave, life)
    plans = """
    reviewed   | settled    | due        | outcome
    2025-03-03 |            | 2025-03-03 | overdue
    2025-03-03 | 2024-12-02 | 2025-01-10 | lapsed"""
    check("immigration-status-plan", "2025-06-30", plans, life)


def test_support_is_not_offered_to_those_who_receive_it():
    def life(row):
        request = {"kind": "support_after_21", "raised_on": row["asked"], "answered_on": row.get("answered")}
        return {
            **a_leaver("2003-02-28", "2021-02-28"),
            "requests": [request | {"ended_on": row.get("ended")}] if row["asked"] else [],
            "case_actions": days(row.get("offered"), "done_on", kind="support_offered"),
        }

    table = """
    asked      | answered   | ended      | offered    | due        | outcome
               |            |            |            | 2024-02-28 | overdue
    2024-06-03 |            |            |            | 2024-02-28 | overdue
    2024-01-10 | 2024-02-01 |            |            |            | none
    2024-06-03 | 2024-06-20 |            | 2024-03-01 | 2025-03-01 | lapsed
    2024-06-03 | 2024-06-20 |            |            | 2024-02-28 | missed
    2024-06-03 | 2024-06-20 | 2025-01-31 | 2024-03-01 | 2026-01-31 | due
    2024-06-03 | 2024-06-20 | 2025-01-31 | 2025-02-10 | 2026-02-10 | due
    2024-06-03 | 2024-06-03 | 2024-06-03 | 2024-03-01 | 2025-03-01 | overdue"""
    check("pa-support-21-offer", "2025-06-30", table, life)
