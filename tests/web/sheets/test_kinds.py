"""Every kind of record: by whom, what is asked, what each mistake is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.urls import get_resolver, reverse

from hearth.web.access.models import AuditEvent
from hearth.web.access.policy import pages
from hearth.web.children.models import Child, Episode, FamilyMember, ReviewAttendance, ReviewDecision
from hearth.web.children.sheets.subjects import CHILD
from hearth.web.safety.models import MissingEpisode
from tests.web.sheets.opened import Opened

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
DAY, LATER = date(2026, 3, 3), date(2026, 3, 10)


def kinds() -> dict[str, Any]:
    """The kinds of record about a child; those about others are in tests/web/carers."""
    found: dict[str, Any] = {}

    def walk(patterns: Any) -> None:
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns)
            elif (kind := pattern.default_args.get("kind")) and kind.about is CHILD:
                found[kind.code] = kind

    walk(get_resolver().url_patterns)
    return found


KINDS = kinds()
MOTHER = 71
"""The key of a person around the child."""
VALID: dict[str, dict[str, Any]] = {
    "visit": {"visited_on": DAY, "is_seen": True, "is_seen_alone": True},
    "review": {
        "held_on": DAY, "participation": "PN1", "is_chaired_by_child": True,
        "decisions__0__decision": "Swimming", "decisions__0__owner": "Carer", "decisions__0__due_on": LATER,
        "attendance__0__name": "Jo", "attendance__0__part": "sent_views",
    },
    "care_plan": {"started_on": DAY, "plan": "You will live with Jo"},
    "placement_plan": {"done_on": DAY},
    "permanence_plan": {"recorded_on": DAY, "options": ["LTFOST18", "RETURNEV"]},
    "long_term_match": {"matched_on": DAY},
    "start_of_care": {"started_on": DAY, "legal_status": "C1", "category_of_need": "N1", "placement_type": "U6"},
    "move": {
        "started_on": DAY, "is_same_carer": False, "placement_type": "U4", "reason_placement_changed": "CARPL",
        "is_move_planned": True, "is_move_positive": True,
    },
    "legal_status": {"started_on": DAY, "legal_status": "E1"},
    "end_of_care": {"ended_on": DAY, "reason_ended": "E4A", "why": "You are going home"},
    "allocation": {"role": "reviewing_officer", "worker_id": "IRO1", "started_on": DAY},
    "child": {"first_names": "Mia", "last_names": "Jones", "born_on": date(2012, 5, 1)},
    "details": {"pronouns": "they"},
    "family_member": {"name": "Ann Smith", "relation": "mother", "may_have_contact": True},
    "address": {"kind": "home", "lines": "1 High Street", "postcode": "bd1 1hy", "is_withheld": False},
    "family_bond": {"one": MOTHER, "kind": "parent"},
    "family_time": {"happened_on": DAY, "with_whom": "Gran", "kind": "call", "took_place": True},
    "advocacy": {"offered_on": DAY, "occasion": "entry", "is_accepted": False},
    "independent_visitor": {"considered_on": DAY, "is_needed": False},
    "complaint": {"received_on": DAY, "subject": "My room"},
    "step": {"kind": "placement_plan", "done_on": DAY},
    "request": {"kind": "subject_access", "raised_on": DAY},
    "arrangement": {"kind": "gp_registered", "started_on": DAY},
    "health_assessment": {"kind": "review", "status": "Completed", "assessed_on": DAY, "assessor": "Dr Day"},
    "dental_check": {"status": "Completed", "checked_on": DAY},
    "immunisation": {"found_on": DAY, "is_up_to_date": True},
    "sdq": {"completed_on": DAY, "score": "0"},
    "substance_misuse": {"found_on": DAY},
    "health_step": {"kind": "eyes_tested", "done_on": DAY},
    "education_plan": {"started_on": DAY, "child_views": "Maths is fine"},
    "school": {"school": "Hill School", "started_on": DAY},
    "attendance": {"started_on": DAY, "ended_on": LATER, "possible_sessions": "10", "attended_sessions": "9"},
    "suspension": {"kind": "suspension", "started_on": DAY, "reason": "A fight"},
    "needs_assessment": {"completed_on": DAY, "findings": "You want to cook"},
    "pathway_plan": {"kind": "plan", "completed_on": DAY, "plan": "College"},
    "contact": {"contacted_on": DAY, "is_two_way": True, "is_visit": False},
    "activity": {"activity": "F2", "started_on": DAY},
    "accommodation": {"accommodation": "U1", "started_on": DAY},
    "entitlement": {"kind": "council_tax_relief", "granted_on": DAY},
    "missing": {"kind": "M", "started_on": DAY, "started_at": "21:30", "circumstances": "Left school"},
    "return": {"ended_on": LATER, "returned_at": "0830", "found": "At Gran's"},
    "return_interview": {"is_interview_offered": True, "is_interview_accepted": False},
    "risk": {"kind": "missing", "assessed_on": DAY, "level": "low", "reasons": "Home by nine"},
    "notification": {"sent_on": DAY, "recipient": ["gp", "school"]},
    "approval": {"kind": "return_home", "approved_on": DAY},
    "panel": {"kind": "transition", "met_on": DAY},
    "officer_contact": {"contacted_on": DAY, "is_refused": True, "reason_not_spoken": "Two weeks old"},
    "pre_proceedings": {"decided_on": DAY},
    "proceedings": {"issued_on": DAY},
    "hearing": {"heard_on": DAY},
    "adoption": {"decided_on": DAY},
    "immigration": {"status": "Refugee"},
    "absence": {"started_on": DAY},
    "ehc_request": {"requested_on": DAY},
    "ehc_plan": {"started_on": DAY},
    "allegation": {"made_on": DAY, "against": "Teacher", "what": "Shouted"},
}  # fmt: skip
ONLY_CORRECTED = {"review_decision"}
ROLE = {"health": "health", "education": "virtual_school", "leaving_care": "personal_adviser"}
BY = {"review": "reviewing_officer", "allocation": "team_manager", "officer_contact": "reviewing_officer"}


def test_every_kind_has_its_case() -> None:
    assert set(VALID) | ONLY_CORRECTED == set(KINDS)


@pytest.fixture
def at(desk: Build, placed: Build, a_user: Build) -> Build:
    """Opens the page of a kind for a looked-after child, as somebody whose work it is."""

    def build(code: str, born_on: date = date(2009, 5, 1), **episode: Any) -> tuple[Any, Opened]:
        child, _, client = desk(role=BY.get(code) or ROLE.get(KINDS[code].area, "social_worker"))
        Child.objects.filter(pk=child.pk).update(born_on=born_on)
        child.refresh_from_db()
        a_user(role="reviewing_officer", worker_id="IRO1")
        if code != "start_of_care":
            placed(child, placement_provider="PR1", **episode)
        if code == "family_bond":
            FamilyMember.objects.create(pk=MOTHER, child=child, name="Ann Smith", relation="mother")
        if code.startswith("return"):
            ended = LATER if code == "return_interview" else None
            MissingEpisode.objects.create(child=child, started_on=DAY, ended_on=ended)
        return child, Opened(client, reverse(f"record_{code}", args=[] if code == "child" else [child.pk]))

    return build


@pytest.mark.parametrize("code", VALID)
def test_each_kind_is_recorded_in_one_page(at: Build, code: str) -> None:
    _, page = at(code)
    answer = page.fill(**VALID[code]).send()
    assert (answer.errors, answer.is_done) == ([], True)
    model = KINDS[code].model
    shown = page.client.get(answer.answer["Location"], follow=True).content.decode()
    assert KINDS[code].done in shown
    if model is not None and model not in (Child, Episode):
        assert model.objects.count() in (1, 2)


@pytest.mark.parametrize("code", sorted(set(VALID) - {"details"}))
def test_an_empty_page_says_what_is_missing_and_records_nothing(at: Build, code: str) -> None:
    _, page = at(code)
    before = [row.pk for row in KINDS[code].model.objects.all()] if KINDS[code].model else []
    assert page.send().errors != []
    assert [row.pk for row in KINDS[code].model.objects.all()] == before if KINDS[code].model else True


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("review", {"participation": "PN0"}, "Robin Smith was 16 on the day: choose one of PN1 to PN7"),
    ("review", {"decisions__0__owner": ""}, "Enter who will do it"),
    ("start_of_care", {"legal_status": "V2", "placement_type": "P1"},
     "A child accommodated under section 20 cannot be placed with parents: correct one of them"),
    ("start_of_care", {"placement_type": "P1", "placement_provider": "PR1"},
     "A placement with parents is provided by the parent: choose that, or leave it"),
    ("start_of_care", {"placement_provider": "PR0"},
     "Only a placement with parents is provided by a parent: choose another provider"),
    ("start_of_care", {"placement_type": "T1"},
     "Care cannot begin with a temporary move: choose where the child lives"),
    ("start_of_care", {"legal_status": "V3", "placement_type": "U1"},
     "A short break is not a long-term placement: choose another kind of placement"),
    ("move", {"started_on": date(2023, 12, 31)},
     "The present episode began on 1 January 2024: give that day or a later one, or correct it"),
    ("move", {"reason_placement_changed": ""}, "Say why the placement before ended"),
    ("move", {"placement_type": "T2", "placement_provider": "PR1"},
     "This kind of placement has no provider in the return: leave it blank"),
    ("legal_status", {"legal_status": "C2"}, "The child already has this legal status"),
    ("end_of_care", {"reason_ended": "X1"}, "Say why care ended: X1 means that another episode follows"),
    ("end_of_care", {"reason_ended": "E17"},
     "18 or over and stayed with current carers: only from the age of 18, and the child was 16"),
    ("allocation", {"role": "social_worker"}, "Say why the worker changes"),
    ("child", {"nhs_number": "123"}, "123 is not an NHS number: check its ten digits against the letter or card"),
    ("address", {"postcode": "Bradford"}, "Bradford is not a postcode: write it as BD1 1HY, or leave it blank"),
    ("address", {"ended_on": DAY, "started_on": LATER}, "Ended is before started: correct one of them"),
    ("family_time", {"with_whom": ""}, "Say with whom"),
    ("family_time", {"took_place": False}, "Say why it did not take place"),
    ("advocacy", {"started_on": DAY},
     "Asked only where “Did the child or young person want an advocate?” is answered Yes: leave it blank, or change"
     " that answer"),
    ("independent_visitor", {"is_needed": True}, "Say whether the child wants one"),
    ("independent_visitor", {"is_needed": True, "matched_on": DAY, "is_wanted": False},
     "Asked only where “Does the child want one?” is answered Yes: leave it blank, or change that answer"),
    ("request", {"answered_on": date(2026, 3, 1)}, "Answered on is before it was received: correct one of the days"),
    ("arrangement", {"ended_on": date(2026, 3, 1)}, "Ended is before started: correct one of them"),
    ("health_assessment", {"assessor": ""}, "Say who carried it out"),
    ("health_assessment", {"status": "Refused", "assessor": ""}, "Say why the child or young person did not want it"),
    ("sdq", {"score": "41"}, "The score is from 0 to 40: you wrote 41"),
    ("sdq", {"score": ""}, "Enter the score, or say why there is none"),
    ("sdq", {"reason_no_score": "SDQ2"}, "There is a score: leave the reason blank, or take the score out"),
    ("education_plan", {"finalised_on": LATER}, "Say what was agreed before the plan is signed off"),
    ("attendance", {"attended_sessions": "11"}, "11 sessions attended of 10: correct one of them"),
    ("accommodation", {"accommodation": "T1"}, "Only from the age of 18, and the young person was 16"),
    ("return", {"ended_on": date(2026, 3, 1)},
     "Robin Smith went missing on 3 March 2026: give that day or a later one"),
    ("missing", {"started_at": "9 at night"},
     "Time the child went missing must be a time such as 21:30. You wrote 9 at night"),
    ("return_interview", {"is_interview_accepted": True, "interview_held_at": "10:00"},
     "Enter the day as well as the time: Day the interview was held"),
    ("return_interview", {"interview_held_on": LATER},
     "Asked only where “Did the child want it?” is answered Yes: leave it blank, or change that answer"),
    ("return_interview", {"is_interview_accepted": True, "interview_held_on": LATER}, "Say who held the interview"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "answers", "sentence"), WRONG)
def test_each_mistake_is_told_in_a_sentence(at: Build, code: str, answers: dict[str, Any], sentence: str) -> None:
    _, page = at(code)
    assert page.fill(**VALID[code], **{}).fill(**answers).send().errors == [sentence]


@pytest.mark.parametrize(("born_on", "code", "is_right"), [
    (date(2022, 3, 4), "PN0", True), (date(2022, 3, 4), "PN1", False), (date(2022, 3, 3), "PN0", False),
    (date(2022, 3, 3), "PN1", True),
])  # fmt: skip
def test_participation_of_children_around_their_fourth_birthday(
    at: Build, born_on: date, code: str, is_right: bool
) -> None:
    _, page = at("review", born_on=born_on)
    answers = VALID["review"] | {"participation": code, "is_chaired_by_child": False}
    assert page.fill(**answers).send().is_done is is_right


def test_a_review_keeps_its_decisions_and_who_took_part(at: Build) -> None:
    _, page = at("review")
    page = page.fill(**VALID["review"]).send("more:decisions")
    assert "decisions-1-decision" in page.names
    page.fill(**{"decisions-1-decision": "See Gran", "decisions-1-owner": "Worker"}).send()
    assert [(d.decision, d.owner, d.due_on) for d in ReviewDecision.objects.all()] == [
        ("Swimming", "Carer", LATER), ("See Gran", "Worker", None),
    ]  # fmt: skip
    assert [(a.name, a.part) for a in ReviewAttendance.objects.all()] == [("Jo", "sent_views")]


def test_a_move_ends_the_placement_before_with_its_reason(at: Build) -> None:
    child, page = at("move")
    page.fill(**VALID["move"]).send()
    before, now = Episode.objects.filter(child=child).order_by("started_on")
    assert (before.ended_on, before.reason_ended, before.reason_placement_changed) == (DAY, "X1", "CARPL")
    assert (now.placement_type, now.is_move_planned, now.is_move_positive, now.legal_status) == ("U4", True, True, "C2")


def test_a_planned_assessment_may_lie_ahead_and_a_completed_one_may_not(at: Build) -> None:
    _, page = at("health_assessment")
    ahead = {**VALID["health_assessment"], "assessed_on": date(2099, 1, 1)}
    assert page.fill(**ahead).send().errors == ["Day of the assessment, or planned for must be today or in the past"]
    assert page.fill(status="Planned", assessor="").send().is_done


@pytest.mark.parametrize(
    ("role", "is_opened"), [("social_worker", False), ("team_manager", False), ("service_manager", True)]
)
def test_whoever_adds_a_child_comes_to_the_record_or_is_told_who_allocates_a_worker(
    a_user: Build, a_child: Build, signed_in: Build, role: str, is_opened: bool
) -> None:
    a_child("Leo", "Smith")
    page = Opened(signed_in(a_user(role=role)), reverse("record_child"))
    answer = page.fill(**VALID["child"]).send().answer
    there = page.client.get(answer["Location"], follow=True)
    child, body = Child.objects.get(first_names="Mia"), there.content.decode()
    assert there.status_code == 200
    assert (answer["Location"] == reverse("child", args=[child.pk])) == is_opened
    assert "Child added" in body
    assert ("under No team, and allocates a worker" in body) == (not is_opened)
    manager = signed_in(a_user(role="service_manager"))
    assert (
        "Mia Jones"
        in manager.get("/my-team?team=none").content.decode()
        + manager.get("/my-team/list?what=children&team=none").content.decode()
    )


def test_the_same_child_is_not_added_twice(at: Build) -> None:
    _, page = at("child")
    page.fill(**VALID["child"]).send()
    again = Opened(page.client, page.path).fill(**VALID["child"]).send()
    assert again.errors == [
        "A child of this name and date of birth is on the record already: look for the child by search"
    ]
    (line,) = AuditEvent.objects.filter(what="refused: add a child who is on the record")
    assert (line.child_id, line.page) == (Child.objects.get(first_names="Mia").pk, "record_child")


@pytest.mark.parametrize("code", sorted(KINDS))
def test_each_kind_is_for_those_to_whom_the_policy_gives_it(
    a_child: Build, a_user: Build, signed_in: Build, code: str
) -> None:
    page, child = pages()[f"record_{code}"], a_child("Ada")
    given = [] if code == "child" else [child.pk, 1] if code in ONLY_CORRECTED else [child.pk]
    for role, reach in page.reach.items():
        if not reach:
            assert signed_in(a_user(role=role)).get(reverse(page.name, args=given)).status_code in (403, 404), role


def test_what_became_of_a_decision_is_said(at: Build) -> None:
    child, page = at("review")
    page.fill(**VALID["review"]).send()
    decision = ReviewDecision.objects.get()
    answer = (
        Opened(page.client, reverse("record_review_decision", args=[child.pk, decision.pk]))
        .fill(is_dropped=True)
        .send()
    )
    assert answer.errors == ["Say why it is no longer needed"]
    assert answer.fill(is_dropped=False, done_on=DAY, outcome="Began").send().is_done
    decision.refresh_from_db()
    assert (decision.done_on, decision.outcome) == (DAY, "Began")


def test_a_code_no_longer_in_use_may_stay_where_it_is(at: Build) -> None:
    child, page = at("move", placement_type="H5")
    row = Episode.objects.get(child=child)
    assert 'value="H5"' not in page.html
    again = Opened(page.client, reverse("record_move", args=[child.pk, row.pk]))
    assert again.values["placement_type"] == ["H5"]
    assert again.fill(carers="Jo", why_corrected="Name").send().is_done


def test_times_of_going_return_and_interview_are_kept(at: Build, desk: Build) -> None:
    child, page = at("missing")
    page.fill(**VALID["missing"]).send()
    for code, answers in (
        ("return", {"ended_on": DAY, "returned_at": "23:15", "found": "At Gran's"}),
        ("return_interview", {
            "is_interview_offered": True, "is_interview_accepted": True, "interview_held_on": LATER,
            "interview_held_at": "10:00", "interviewer": "Jo",
        }),
    ):  # fmt: skip
        assert Opened(page.client, reverse(f"record_{code}", args=[child.pk])).fill(**answers).send().is_done
    episode = MissingEpisode.objects.get()
    assert [f"{at:%d %H:%M}" for at in (episode.started_at, episode.returned_at, episode.interview_held_at) if at] == [
        "03 21:30", "03 23:15", "10 10:00",
    ]  # fmt: skip


def test_a_return_and_its_interview_say_of_which_absence_and_an_interview_held_is_not_written_over(at: Build) -> None:
    child, page = at("missing")

    def opened(code: str) -> Opened:
        return Opened(page.client, reverse(f"record_{code}", args=[child.pk]))

    assert "is not recorded as missing: record the missing episode first" in opened("return").html
    assert "has not come back from a missing episode" in opened("return_interview").html
    page.fill(**VALID["missing"]).send()
    assert "Robin Smith is missing since 3 March 2026 at 21:30." in opened("return").html
    opened("return").fill(ended_on=DAY, found="At Gran's").send()
    asked = opened("return_interview")
    assert "About the missing episode of 3 March 2026 to 3 March 2026." in asked.html
    held = {"is_interview_offered": True, "is_interview_accepted": True, "interview_held_on": LATER}
    assert asked.fill(**held, interviewer="Jo").send().is_done
    again = opened("return_interview").fill(**held, interviewer="Bo").send()
    assert not again.is_done
    assert "was held on 10 March 2026: to change it, correct the missing episode" in again.html
    assert MissingEpisode.objects.get().interviewer == "Jo"


@pytest.mark.parametrize(("answers", "sentence"), [
    ({"returned_at": "21:00"}, "The child is back before going missing: correct one of them"),
    ({"ended_on": date(2026, 3, 1)}, "The child is back before going missing: correct one of them"),
    ({"interview_held_on": DAY, "interview_held_at": "23:00"},
     "The interview is before the return: correct one of them"),
])  # fmt: skip
def test_an_absence_is_corrected_in_the_order_in_which_it_happened(
    at: Build, answers: dict[str, Any], sentence: str
) -> None:
    child, page = at("missing")
    row = MissingEpisode.objects.create(
        child=child, kind="M", started_on=DAY, started_at=datetime(2026, 3, 3, 21, 30), ended_on=DAY,
        returned_at=datetime(2026, 3, 3, 23, 15),
    )  # fmt: skip
    fix = Opened(page.client, reverse("record_missing", args=[child.pk, row.pk]))
    assert (fix.values["started_at"], fix.values["returned_at"]) == (["21:30"], ["23:15"])
    fix.fill(is_interview_offered=True, is_interview_accepted=True)
    assert fix.fill(why_corrected="The police's time", **answers).send().errors == [sentence]
    assert (
        fix.fill(**{name: "" for name in answers if name.endswith("_at")})
        .fill(ended_on=DAY, returned_at="23:20", interview_held_on=LATER)
        .send()
        .is_done
    )
    row.refresh_from_db()
    assert (row.started_at, row.returned_at) == (datetime(2026, 3, 3, 21, 30), datetime(2026, 3, 3, 23, 20))


@pytest.mark.parametrize(("ended", "asks"), [
    ({}, {"started_on_day"}),
    ({"ended_on": LATER, "reason_ended": "X1"}, {"started_on_day", "ended_on_day"}),
    ({"ended_on": LATER, "reason_ended": "E4A"}, {"started_on_day", "ended_on_day", "reason_ended"}),
])  # fmt: skip
def test_the_day_of_a_placement_is_corrected_on_the_page(at: Build, ended: dict[str, Any], asks: set[str]) -> None:
    child, page = at("move", **ended)
    row = Episode.objects.get(child=child)
    fix = Opened(page.client, reverse("record_move", args=[child.pk, row.pk]))
    assert {"started_on_day", "ended_on_day", "reason_ended"} & fix.names == asks
    assert fix.fill(started_on=date(2024, 2, 9), why_corrected="The letter says the ninth").send().errors == []
    row.refresh_from_db()
    assert (row.started_on, row.ended_on, row.revision) == (date(2024, 2, 9), ended.get("ended_on"), 2)
