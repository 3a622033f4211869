"""Each role's morning in a real browser, from the sign-in to the thing done, some without JavaScript."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hearth.timescales.duty import words
from hearth.web.access.policy import pages
from hearth.web.children import recording
from hearth.web.children.models import Allocation, Child, Review, ReviewDecision, Visit
from hearth.web.health.models import HealthAssessment
from hearth.web.leaving_care.models import CareLeaverContact
from tests.web.journeys.conftest import TODAY, answer, fill_day, press

pytestmark = pytest.mark.django_db(transaction=True)
YESTERDAY = TODAY - timedelta(days=1)
EMERGENCY = "The police rang: she is missing since last night"


def needs(page: str) -> pytest.MarkDecorator:
    """Skips a journey through a page that the policy does not know."""
    return pytest.mark.skipif(page not in pages(), reason=f"the page {page} is not built yet")


def line_of(tab: Page, duty: str, child: Any) -> Any:
    """The line of the worklist that says what is owed to the child."""
    lines = tab.get_by_role("listitem").filter(has_text=words()[duty].title)
    return lines.filter(has=tab.get_by_role("link", name=child.name, exact=True))


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_a_social_worker_signs_in_records_an_overdue_visit_and_sees_the_list_change(
    at_desk, a_user, in_care, settings, has_script
):
    settings.HEARTH_DEMO = True
    worker = a_user(name="Jo Bright", is_made_up=True)
    mia, leo = (in_care(name, "Jones", worker, date(2026, 3, 20), family_id="F1") for name in ("Mia", "Leo"))
    tab = at_desk(None, has_script=has_script)
    tab.get_by_role("button", name="Jo Bright").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("My work")
    overdue = line_of(tab, "visit-placement-start", mia)
    expect(overdue).to_contain_text("4 days late (27 March)")
    overdue.get_by_role("link", name="Record it").click()
    press(tab, "Record")
    expect(tab.get_by_role("alert")).to_contain_text("There is a problem")
    fill_day(tab, "visit", YESTERDAY)
    answer(tab, "Did you see the child?", "Yes")
    answer(tab, "Did you see the child alone?", "Yes")
    tab.get_by_label("What the child said").or_(tab.locator("#id_child_views")).first.fill("She wants to see her dog.")
    press(tab, "Record")
    expect(tab.get_by_text("Visit recorded for Mia Jones")).to_be_visible()
    tab.get_by_role("link", name="My work", exact=True).click()
    expect(line_of(tab, "visit-placement-start", mia)).to_have_count(0)
    expect(line_of(tab, "visit-placement-start", leo)).to_have_count(1)
    assert Visit.objects.get().is_seen_alone


def test_a_manager_gives_two_children_to_another_worker(at_desk, a_user, in_care):
    manager, leaving, taking = a_user(role="team_manager"), a_user(name="Bo Reed"), a_user(name="Cy Marsh")
    children = [in_care(name, "Jones", leaving, date(2026, 3, 20)) for name in ("Mia", "Leo")]
    stays = in_care("Ada", "Smith", taking, date(2026, 3, 20))
    tab = at_desk(manager)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Care team")
    tab.get_by_role("link", name="Reallocate children of Bo Reed").click()
    expect(tab.get_by_text(stays.name)).to_have_count(0)
    for child in children:
        tab.get_by_label(f"{child.name} (Bo Reed)").check()
    tab.get_by_label("Who takes them on?").select_option(label="Cy Marsh")
    answer(tab, "As their", "Social worker")
    tab.get_by_label("Why does the worker change?").select_option(index=1)
    press(tab, "Give them")
    expect(tab.get_by_text("Leo Jones, Mia Jones: now with Cy Marsh.")).to_be_visible()
    expect(tab.get_by_role("row", name="Cy Marsh").get_by_role("cell").first).to_have_text("3 children: Cy Marsh")
    expect(tab.get_by_role("row", name="Bo Reed")).to_have_count(0)
    assert Allocation.objects.filter(worker_id=taking.worker_id, ended_on=None).count() == 3


@needs("record_review")
def test_a_reviewing_officer_records_a_review_that_the_child_chaired(at_desk, a_user, in_care):
    officer = a_user(role="reviewing_officer", team=None, name="Ro Vale")
    mia = in_care("Mia", "Jones", officer, date(2026, 3, 13), role="reviewing_officer")
    tab = at_desk(officer)
    expect(tab.get_by_role("row", name="Mia Jones")).to_contain_text("Due in 14 days")
    tab.get_by_role("link", name="My work", exact=True).click()
    line_of(tab, "review-first", mia).get_by_role("link", name="Record it").click()
    fill_day(tab, "Day of the review", YESTERDAY)
    choose(tab, "participation", "PN1")
    answer(tab, "Did the child chair the review, or a part of it?", "Yes")
    first = tab.get_by_role("group", name="Decisions, line 1")
    first.locator("textarea").first.fill("Mia sees her grandmother every week")
    first.get_by_label("Who will do it").fill("Social worker")
    press(tab, "Record")
    expect(tab.get_by_text("Review recorded for Mia Jones")).to_be_visible()
    tab.get_by_role("link", name="My work", exact=True).click()
    expect(line_of(tab, "review-first", mia)).to_have_count(0)
    review = Review.objects.get()
    assert review.is_chaired_by_child
    assert [row.owner for row in ReviewDecision.of(review)] == ["Social worker"]


def choose(tab: Page, name: str, value: str) -> None:
    """Chooses a code, in a list or by a round button, whichever the number of codes gave."""
    box = tab.locator(f"select[name={name}]")
    if box.count():
        box.select_option(value)
    else:
        tab.locator(f"input[name={name}][value={value}]").check()


def test_a_nurse_sees_the_clock_and_none_of_the_pages_of_care(at_desk, a_user, in_care):
    nurse = a_user(role="health", team=None)
    mia = in_care("Mia", "Jones", a_user(), date(2026, 3, 1), born_on=date(2015, 6, 1))
    tab = at_desk(nurse, has_script=False)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Health assessments")
    expect(tab.get_by_role("row", name="Mia Jones")).to_contain_text("4 days late (27 March)")
    for page in ("record/visit", "who-has-looked", "restriction"):
        assert tab.request.get(f"/child/{mia.pk}/{page}").status == 403, page
    for page in ("/my-team", "/my-reviews", "/education-plans", "/loads", "/people"):
        assert tab.request.get(page).status in (403, 404), page
    tab.goto("/my-work?whose=all&within=all")
    said = tab.get_by_role("main").inner_text()
    assert words()["visit-placement-start"].title not in said
    assert words()["health-initial"].title in said


@needs("record_health_assessment")
def test_a_nurse_records_the_assessment_that_is_late(at_desk, a_user, in_care):
    nurse = a_user(role="health", team=None)
    mia = in_care("Mia", "Jones", a_user(), date(2026, 3, 1), born_on=date(2015, 6, 1))
    tab = at_desk(nurse, has_script=False)
    tab.get_by_role("link", name="My work", exact=True).click()
    line_of(tab, "health-initial", mia).get_by_role("link", name="Record it").click()
    choose(tab, "kind", "initial")
    choose(tab, "status", "Completed")
    for part, value in zip(("day", "month", "year"), (30, 3, 2026), strict=True):
        tab.locator(f"[name=assessed_on_{part}]").fill(str(value))
    tab.locator("[name=assessor]").fill("Dr Okoro")
    press(tab, "Record")
    expect(tab.get_by_text("Health assessment recorded for Mia Jones")).to_be_visible()
    tab.get_by_role("link", name="My work", exact=True).click()
    expect(line_of(tab, "health-initial", mia)).to_have_count(0)
    assert HealthAssessment.objects.get().assessed_on == YESTERDAY


HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n101,2,03/03/2012,WBRI,A123456789012,,\n"
EPISODES = """CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN
101,01/05/2025,S,C2,N1,U6,PR1,,,,NG1 1AA,NG1 1AB,SC123456
101,31/31/2025,L,C2,N1,U6,PR1,,,,,,
"""


def test_an_analyst_loads_a_return_and_sees_its_problems(at_desk, a_user, tmp_path):
    for name, text in (("header.csv", HEADER), ("episodes.csv", EPISODES)):
        (tmp_path / name).write_text(text)
    tab = at_desk(a_user(role="analyst"), has_script=False)
    tab.get_by_role("link", name="Loading", exact=True).first.click()
    tab.get_by_role("button", name="Choose files").click()
    tab.locator("input[type=file]").set_input_files([tmp_path / "header.csv", tmp_path / "episodes.csv"])
    press(tab, "Read the files")
    expect(tab.get_by_role("heading", level=1)).to_have_text("What a load would do")
    expect(tab.get_by_text("an SSDA903 return")).to_be_visible()
    assert not Child.objects.exists(), "nothing is loaded before it is confirmed"
    press(tab, "Load")
    tab.get_by_role("link", name="See load").click()
    tab.get_by_role("link", name="All problems, by worker and team").click()
    expect(tab.get_by_role("table", name="By team")).to_be_visible()
    wrong = tab.get_by_role("row").filter(has_text="31/31/2025")
    expect(wrong.first).to_contain_text("episodes.csv")
    assert Child.objects.get().episode_set.count() == 1


def test_in_an_emergency_a_record_opens_with_a_reason_and_the_manager_is_told(at_desk, a_user, in_care):
    mia = in_care("Mia", "Jones", a_user(team="West"), date(2026, 3, 20))
    worker, manager = a_user(team="East", name="Sam Oak"), a_user(role="team_manager", team="East")
    tab = at_desk(worker, has_script=False)
    assert tab.request.get(f"/child/{mia.pk}").status == 404, "who is not theirs is not known"
    tab.goto("/search?q=Mia Jones")
    tab.get_by_role("link", name="open it in an emergency").click()
    tab.get_by_label("Identifier of the child").fill(mia.child_id)
    press(tab, "Open the record")
    expect(tab.get_by_role("link", name="Answer the question: What is the emergency?")).to_be_visible()
    tab.get_by_label("What is the emergency?").fill(EMERGENCY)
    press(tab, "Open the record")
    expect(tab.get_by_text("The record is open to you for 60 minutes.")).to_be_visible()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Mia Jones")
    desk = at_desk(manager)
    desk.get_by_role("link", name="look at it").click()
    expect(desk.get_by_role("row", name="Sam Oak")).to_contain_text(EMERGENCY)
    desk.get_by_role("row", name="Sam Oak").get_by_role("link").click()
    expect(desk.get_by_role("main")).to_contain_text("Mia Jones")
    desk.get_by_label("What did you find?").fill("Spoke with Sam: the police had rung")
    press(desk, "Keep the finding")
    expect(desk.get_by_text("Nothing waits for you.")).to_be_visible()


def test_the_virtual_school_sees_who_has_no_plan_and_nothing_of_other_desks(at_desk, a_user, in_care):
    head = a_user(role="virtual_school", team=None)
    mia = in_care("Mia", "Jones", a_user(), date(2026, 3, 1), born_on=date(2013, 6, 1))
    tab = at_desk(head, has_script=False, width=360)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Education plans")
    expect(tab.get_by_role("row", name="Mia Jones")).to_contain_text("No plan yet")
    assert tab.request.get(f"/child/{mia.pk}/record/visit").status == 403
    tab.get_by_role("row", name="Mia Jones").get_by_role("link", name="Mia Jones", exact=True).click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Mia Jones")


def a_young_person(a_child: Any, allocated: Any, adviser: Any) -> Any:
    """Nineteen next week, last spoken with ten days ago."""
    kai = a_child("Kai", "Moss", born_on=date(2007, 4, 10))
    allocated(kai, adviser, role="personal_adviser")
    spoken = CareLeaverContact(child=kai, contacted_on=TODAY - timedelta(days=10), is_two_way=True)
    recording.record(spoken, by=adviser, what="contact recorded")
    return kai


def test_a_personal_adviser_sees_whom_to_ring(at_desk, a_user, a_child, allocated):
    adviser = a_user(role="personal_adviser", team=None)
    a_young_person(a_child, allocated, adviser)
    tab = at_desk(adviser, width=360)
    expect(tab.get_by_role("heading", level=1)).to_have_text("My young people")
    expect(tab.get_by_role("row", name="Kai Moss")).to_contain_text("19 in 10 days")
    tab.get_by_role("link", name="Kai Moss").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Kai Moss")


@needs("record_contact")
def test_a_personal_adviser_records_a_contact(at_desk, a_user, a_child, allocated):
    adviser = a_user(role="personal_adviser", team=None)
    kai = a_young_person(a_child, allocated, adviser)
    tab = at_desk(adviser, has_script=False)
    tab.goto(f"/child/{kai.pk}/record/contact")
    for part, value in zip(("day", "month", "year"), (31, 3, 2026), strict=True):
        tab.locator(f"[name=contacted_on_{part}]").fill(str(value))
    choose(tab, "is_two_way", "yes")
    choose(tab, "is_visit", "no")
    press(tab, "Record")
    tab.get_by_role("link", name="My young people", exact=True).click()
    expect(tab.get_by_role("row", name="Kai Moss")).to_contain_text("31 March 2026 (today)")


def test_on_a_phone_a_desk_is_read_without_scrolling_sideways_and_stays_a_table(at_desk, a_user, in_care):
    in_care("Mia", "Jones", a_user(), date(2026, 3, 1))
    tab = at_desk(a_user(role="health", team=None), width=360)
    row = tab.get_by_role("table", name="Health assessments").get_by_role("row", name="Mia Jones")
    expect(row.get_by_role("cell")).to_have_count(7)
    assert tab.locator(".hearth-scroll").evaluate("box => box.scrollWidth <= box.clientWidth")
