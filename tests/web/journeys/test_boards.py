"""The mornings of those who look across many children: service manager, placements, participation, analyst, board."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from hearth.web.access.models import AuditEvent, EmergencyOpening
from hearth.web.children.actions import record_care_plan, record_review
from hearth.web.children.models import AdvocacyOffer, Request
from hearth.web.work.models import SignOff
from tests.web.journeys.conftest import TODAY, answer, press

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_service_manager_goes_from_the_service_to_a_team_to_a_plan_and_sends_it_back(
    at_desk, a_user, in_care, last_night
):
    worker, manager = a_user(name="Bo Reed"), a_user(role="service_manager", name="Sal Ode")
    mia = in_care("Mia", "Jones", worker, date(2026, 3, 1))
    record_care_plan(child=mia, by=worker, started_on=TODAY, plan="Stay")
    EmergencyOpening.objects.create(user=worker, child=mia, why="x", ends_at=timezone.now() + timedelta(minutes=9))
    last_night()
    tab = at_desk(manager)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Children in care")
    expect(tab.get_by_text("1 record was opened in an emergency")).to_be_visible()
    tab.get_by_role("row", name="Care team").get_by_role("link", name="Care team", exact=True).click()
    expect(tab.get_by_role("heading", name="The weeks ahead")).to_be_visible()
    expect(tab.get_by_role("img", name="What falls due in each week: Care team")).to_be_visible()
    expect(tab.get_by_role("row", name="Bo Reed")).to_be_visible()
    tab.get_by_role("link", name="waits for a sign-off").click()
    tab.get_by_role("row", name="Care plan of 31 March 2026").get_by_role("link", name="Read and answer").click()
    answer(tab, "Your answer", "Send back")
    press(tab, "Answer")
    expect(tab.get_by_role("alert")).to_contain_text("Say what must be better")
    tab.get_by_label("What must be better").fill("Say where she will live")
    press(tab, "Answer")
    expect(tab.get_by_text("Care plan of 31 March 2026 of Mia Jones: sent back.")).to_be_visible()
    assert SignOff.objects.get().reason == "Say where she will live"
    theirs = at_desk(worker, has_script=False)
    expect(theirs.get_by_text("Sal Ode says: Say where she will live")).to_be_visible()
    theirs.get_by_role("link", name="Correct it").click()
    expect(theirs.get_by_role("heading", level=1)).to_contain_text("care plan")


def test_placements_finds_the_placement_that_ends_and_opens_the_child(at_desk, a_user, in_care):
    mia = in_care("Mia", "Jones", a_user(), date(2026, 3, 1))
    Request.objects.create(child=mia, kind="placement_ending", raised_on=TODAY, promised_on=date(2026, 4, 9))
    tab = at_desk(a_user(role="placements", team=None), has_script=False, width=360)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Placements")
    expect(tab.get_by_role("row", name="Foster placement with other carer, not long term")).to_contain_text("1")
    ending = tab.get_by_role("row", name="Mia Jones").first
    expect(ending).to_contain_text("By 9 April 2026")
    ending.get_by_role("link", name="Mia Jones").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Mia Jones")


def test_participation_sees_who_was_not_heard_and_who_waits_for_an_advocate(at_desk, a_user, in_care):
    worker = a_user()
    mia = in_care("Mia", "Jones", worker, date(2026, 3, 1))
    record_review(child=mia, by=worker, held_on=date(2026, 3, 20), participation="PN7")
    AdvocacyOffer.objects.create(child=mia, offered_on=date(2026, 3, 20), is_accepted=True)
    tab = at_desk(a_user(role="participation", team=None))
    expect(tab.get_by_role("heading", level=1)).to_have_text("Participation")
    expect(tab.get_by_role("row", name="PN7: Did not attend and views not conveyed")).to_contain_text("No")
    unheard = tab.get_by_role("region", name="Not heard at the last review")
    expect(unheard.get_by_role("row", name="Mia Jones")).to_contain_text("Review of 20 March 2026")
    expect(tab.get_by_role("region", name="Waiting for an advocate").get_by_text("Mia Jones")).to_be_visible()


def test_an_analyst_goes_from_a_figure_to_the_children_behind_it_and_takes_them_along(
    at_desk, a_user, in_care, last_night
):
    mia = in_care("Mia", "Jones", a_user(), date(2026, 3, 1))
    analyst = a_user(role="analyst", team=None)
    last_night()
    tab = at_desk(analyst)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Figures")
    tab.get_by_role("link", name="Children looked after", exact=True).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Children looked after")
    expect(tab.get_by_role("row", name=mia.child_id)).to_be_visible()
    expect(tab.get_by_text("Mia Jones")).to_have_count(0)
    with tab.expect_download() as file:
        tab.get_by_role("link", name="CSV").click()
    assert mia.child_id in file.value.path().read_text(encoding="utf-8-sig")
    assert AuditEvent.objects.about(mia.pk).filter(user=analyst, what="exported").count() == 1


def test_a_councillor_reads_ten_measures_and_finds_no_way_to_a_child(at_desk, a_user, in_care, last_night):
    in_care("Mia", "Jones", a_user(), date(2026, 3, 1))
    last_night()
    tab = at_desk(a_user(role="board_member", team=None), has_script=False)
    expect(tab.get_by_role("heading", level=1)).to_have_text("How well we look after our children")
    expect(tab.get_by_role("article")).to_have_count(10)
    first = tab.get_by_role("article", name="How many children do we look after?")
    expect(first).to_contain_text("Withheld")
    where = {link.get_attribute("href") for link in tab.get_by_role("main").get_by_role("link").all()}
    assert where == {"/figures/scorecard"}
    with tab.expect_download() as file:
        tab.get_by_role("link", name="the public scorecard with every measure").click()
    assert "This is the public version" in file.value.path().read_text(encoding="utf-8")
