"""Typing is kept, in a real browser: a tab closed, a server that fails, a session lost, two people at once."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from hearth.web.children.models import Draft, Visit
from tests.web.journeys.conftest import answer, fill_day, press
from tests.web.journeys.test_mornings import line_of

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = re.compile(r"Draft saved at \d\d:\d\d")
WORDS = "You told me that you want to see your dog."
DAY = date(2026, 3, 30)
BOTH = pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])


@pytest.fixture
def mia(a_user: Any, in_care: Any) -> Any:
    child = in_care("Mia", "Jones", a_user(), date(2026, 3, 20))
    child.path = f"/child/{child.pk}/record/visit"
    return child


@pytest.fixture
def worker(mia: Any) -> Any:
    from hearth.web.access.models import User

    return User.objects.get(worker_id=mia.allocation_set.get().worker_id)


def type_a_visit(tab: Page, said: str = WORDS) -> None:
    fill_day(tab, "Day of the visit", DAY)
    answer(tab, "Did you see the child?", "Yes")
    tab.locator("#id_child_views").fill(said)


def draft_of(tab: Page, path: str) -> str:
    """What the page shows of the words of the unfinished draft."""
    tab.goto(path)
    tab.get_by_role("link", name="Go on with that draft").first.click()
    return tab.locator("#id_child_views").input_value()


def test_a_closed_tab_loses_nothing(at_desk: Any, mia: Any, worker: Any) -> None:
    tab = at_desk(worker)
    tab.goto(mia.path)
    type_a_visit(tab)
    expect(tab.locator("[data-said]")).to_have_text(SAVED)
    tab.locator("#id_child_views").press_sequentially(" And her gran.")
    tab.wait_for_timeout(300)
    other = tab.context.new_page()
    tab.close(run_before_unload=True)
    other.wait_for_timeout(1500)
    assert draft_of(other, mia.path).startswith(WORDS)
    expect(
        other.get_by_role("group", name="Did you see the child?").get_by_label("Yes", exact=True).first
    ).to_be_checked()
    assert other.locator("[name=visited_on_day]").input_value() == "30"


def test_words_stay_on_the_page_while_the_server_is_away_and_are_saved_when_it_is_back(
    at_desk: Any, mia: Any, worker: Any
) -> None:
    tab = at_desk(worker)
    tab.goto(mia.path)
    tab.context.set_offline(True)
    type_a_visit(tab)
    expect(tab.locator("[data-said]")).to_contain_text("Hearth does not answer just now")
    assert Draft.objects.count() == 0
    tab.context.set_offline(False)
    expect(tab.locator("[data-said]")).to_have_text(SAVED)
    assert Draft.objects.get().typed["child_views"] == [WORDS]


KEPT_HERE = "JSON.stringify(window.localStorage)"
GO_ON = "What you typed here and did not finish is kept as a draft"


SENDS_NOTHING = "() => { window.fetch = () => Promise.reject(new TypeError('away')) }"
"""What a page sends as it closes, the browser may send after it is gone, when it is no longer kept from the network."""


def typed_while_away(tab: Page, path: str) -> Page:
    """Another page of the browser, after the one on which somebody typed was closed while Hearth did not answer."""
    other = tab.context.new_page()
    tab.goto(path)
    tab.context.set_offline(True)
    type_a_visit(tab)
    expect(tab.locator("[data-said]")).to_contain_text("Hearth does not answer just now")
    tab.locator("#id_child_views").press_sequentially(" And her gran.")
    tab.wait_for_timeout(600)
    tab.evaluate(SENDS_NOTHING)
    tab.close()
    other.wait_for_timeout(300)
    other.context.set_offline(False)
    assert Draft.objects.count() == 0
    return other


def test_words_survive_a_tab_that_closes_while_the_server_is_away(at_desk: Any, mia: Any, worker: Any) -> None:
    tab = typed_while_away(at_desk(worker), mia.path)
    tab.goto("/")
    expect(tab.get_by_text(GO_ON)).to_be_visible()
    assert Draft.objects.get().typed["child_views"] == [f"{WORDS} And her gran."]
    assert tab.evaluate(KEPT_HERE) == "{}"
    tab.get_by_role("link", name="Go on with that draft").first.click()
    expect(tab.locator("#id_child_views")).to_have_value(f"{WORDS} And her gran.")
    answer(tab, "Did you see the child alone?", "Yes")
    press(tab, "Record")
    expect(tab.get_by_text("Visit recorded for Mia Jones")).to_be_visible()
    tab.goto(mia.path)
    tab.wait_for_timeout(600)
    assert tab.evaluate(KEPT_HERE) == "{}", "what was recorded is not kept here"
    assert tab.get_by_text(GO_ON).count() == 0
    assert (Visit.objects.count(), Draft.objects.unfinished().count()) == (1, 0)


def test_who_uses_the_machine_next_finds_nothing_of_what_was_typed(
    at_desk: Any, mia: Any, worker: Any, a_user: Any, signed_in: Any
) -> None:
    tab = typed_while_away(at_desk(worker), mia.path)
    cookies = tab.context.cookies()
    mine = next(cookie for cookie in cookies if cookie["name"] == "hearth")
    other = signed_in(a_user(name="Pat Other")).cookies["hearth"].value
    tab.context.add_cookies([{**mine, "value": other}])
    tab.goto("/")
    tab.wait_for_timeout(600)
    kept = tab.evaluate(KEPT_HERE)
    assert kept.count("hearth-typed-") == 1 and Draft.objects.count() == 0
    assert not [word for word in ("dog", "Mia", "child", "visit", str(mia.pk) + "/record") if word in kept]
    tab.context.add_cookies([mine])
    tab.goto("/")
    expect(tab.get_by_text(GO_ON)).to_be_visible()
    assert Draft.objects.get().user == worker


def test_what_nobody_came_back_for_is_cleared(at_desk: Any, mia: Any, worker: Any) -> None:
    tab = typed_while_away(at_desk(worker), mia.path)
    tab.clock.install()
    tab.clock.set_system_time(datetime.now() + timedelta(days=4))
    tab.goto("/")
    tab.wait_for_function("window.localStorage.length === 0")
    assert Draft.objects.count() == 0


@BOTH
def test_a_lost_session_leads_through_the_sign_in_back_to_what_was_typed(
    at_desk: Any, mia: Any, worker: Any, settings: Any, has_script: bool
) -> None:
    settings.HEARTH_DEMO = True
    type(worker).objects.filter(pk=worker.pk).update(is_made_up=True)
    tab = at_desk(worker, has_script=has_script)
    tab.goto(mia.path)
    type_a_visit(tab)
    answer(tab, "Did you see the child alone?", "Yes")
    Session.objects.all().delete()
    press(tab, "Record")
    tab.get_by_role("button", name=worker.name).click()
    expect(tab.locator("#id_child_views")).to_have_value(WORDS)
    press(tab, "Record")
    expect(tab.get_by_text("Visit recorded for Mia Jones")).to_be_visible()
    assert (Visit.objects.get().child_views, Draft.objects.unfinished().count()) == (WORDS, 0)


@BOTH
def test_an_old_page_does_not_overwrite_newer_words(at_desk: Any, mia: Any, worker: Any, has_script: bool) -> None:
    desk = at_desk(worker, has_script=has_script)
    desk.goto(mia.path)
    type_a_visit(desk, "first")
    press(desk, "Save and finish later")
    expect(desk.get_by_text("Draft kept until")).to_be_visible()
    phone = desk.context.new_page()
    for tab in (desk, phone):
        draft_of(tab, mia.path)
    for tab, said in ((desk, "newer"), (phone, "older")):
        tab.locator("#id_child_views").fill(said)
        press(tab, "Save and finish later")
        expect(tab.get_by_text("Draft kept until")).to_be_visible()
    assert sorted(draft.typed["child_views"][0] for draft in Draft.objects.unfinished()) == ["newer", "older"]


@BOTH
def test_two_people_at_once_choose_which_words_stay(
    at_desk: Any, mia: Any, worker: Any, a_user: Any, allocated: Any, visited: Any, has_script: bool
) -> None:
    other = a_user(role="personal_adviser", name="Pat Adviser")
    allocated(mia, other, role="personal_adviser")
    visit = visited(mia, DAY, child_views="first")
    tabs = [at_desk(user, has_script=has_script) for user in (worker, other)]
    for tab in tabs:
        tab.goto(f"{mia.path}/{visit.pk}")
    for tab, said in zip(reversed(tabs), ("theirs", "mine"), strict=True):
        tab.locator("#id_child_views").fill(said)
        tab.locator("[name=why_corrected]").fill("As she said it")
        press(tab, "Save the correction")
        if said == "theirs":
            expect(tab.get_by_text("Visit corrected for Mia Jones")).to_be_visible()
    mine = tabs[0]
    expect(mine.get_by_role("heading", level=1)).to_contain_text("Somebody else changed this while you were writing")
    mine.get_by_label("You: mine").check()
    press(mine, "Save this version")
    expect(mine.get_by_text("Visit corrected for Mia Jones")).to_be_visible()
    visit.refresh_from_db()
    assert (visit.child_views, visit.history.count()) == ("mine", 3)


def test_questions_appear_with_the_answer_and_what_was_typed_under_another_is_not_recorded(
    at_desk: Any, mia: Any, worker: Any
) -> None:
    tab = at_desk(worker)
    tab.goto(mia.path)
    why, alone = tab.locator("[name=why_not_seen]"), tab.locator("#id_is_seen_alone_0")
    expect(why).to_be_hidden()
    press(tab, "Yesterday")
    answer(tab, "Did you see the child?", "No")
    why.fill("Nobody opened the door")
    expect(alone).to_be_hidden()
    answer(tab, "Did you see the child?", "Yes")
    expect(why).to_be_hidden()
    answer(tab, "Did you see the child alone?", "Yes")
    press(tab, "Record")
    expect(tab.get_by_text("Visit recorded for Mia Jones")).to_be_visible()
    visit = Visit.objects.get()
    assert (visit.visited_on, visit.is_seen_alone, visit.why_not_seen) == (DAY, True, "")


def test_a_visit_takes_five_presses_from_the_list_of_work(at_desk: Any, mia: Any, worker: Any) -> None:
    tab = at_desk(worker)
    presses = 0

    def pressed() -> None:
        nonlocal presses
        presses += 1

    tab.expose_function("counted", pressed)
    tab.add_init_script(
        "document.addEventListener('click', event => { if (event.isTrusted) { window.counted() } }, true)"
    )
    tab.reload()
    line_of(tab, "visit-placement-start", mia).get_by_role("link", name="Record it").click()
    press(tab, "Today")
    answer(tab, "Did you see the child?", "Yes")
    answer(tab, "Did you see the child alone?", "Yes")
    press(tab, "Record")
    expect(tab.get_by_text("Visit recorded for Mia Jones")).to_be_visible()
    assert presses == 5, "one each for the line, the day, seen, seen alone, record"
