"""What is typed is kept: drafts, lost sessions, old pages; no draft overwrites newer words."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.web.children.models import Draft, Visit
from hearth.web.children.sheets import drafts, seal
from hearth.web.design.words import day
from tests.web.sheets.opened import Opened

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)
JSON = {"headers": {"accept": "application/json"}}


def path(child: Any, row: Any = None) -> str:
    return reverse("record_visit", args=[child.pk] if row is None else [child.pk, row.pk])


def unfinished(user: Any) -> list[dict[str, list[str]]]:
    return [draft.typed for draft in drafts.of_person(user)]


def test_a_draft_is_kept_as_typed_and_gone_on_with(desk: Build) -> None:
    child, worker, client = desk()
    page = Opened(client, path(child)).fill(visited_on_day="31", visited_on_month="Febr", child_views="I like\nmy room")
    assert page.send("draft").is_done
    assert "You began this on" in Opened(client, path(child)).html
    again = Opened(client, f"{path(child)}?draft={Draft.objects.get().key}")
    assert again.values["visited_on_month"] == ["Febr"] and "my room" in again.values["child_views"][0]
    assert again.errors == [], "a draft is not told off"
    assert again.fill(visited_on=DAY, is_seen=True, is_seen_alone=True).send().is_done
    assert (unfinished(worker), Visit.objects.count()) == ([], 1)
    assert Draft.objects.get().typed == {}, "what was recorded is not kept twice"


def test_a_draft_is_its_writers_alone(desk: Build) -> None:
    child, _, client = desk()
    Opened(client, path(child)).fill(child_views="secret").send("draft")
    _, _, other = desk(child=child, role="personal_adviser")
    key = Draft.objects.get().key
    assert "You began this" not in Opened(other, path(child)).html
    assert "secret" not in Opened(other, f"{path(child)}?draft={key}").html
    Opened(other, path(child)).send(f"discard:{key}")
    assert Draft.objects.count() == 1


def test_a_draft_is_thrown_away_by_its_writer(desk: Build) -> None:
    child, worker, client = desk()
    Opened(client, path(child)).fill(child_views="secret").send("draft")
    Opened(client, path(child)).send(f"discard:{Draft.objects.get().key}")
    assert unfinished(worker) == []


def test_what_is_wrong_is_kept_too(desk: Build) -> None:
    child, worker, client = desk()
    Opened(client, path(child)).fill(child_views="I like it").send()
    assert unfinished(worker)[0]["child_views"] == ["I like it"]


def test_the_page_saves_by_itself_and_goes_on_in_one_draft(desk: Build) -> None:
    child, worker, client = desk()
    page = Opened(client, path(child)).fill(child_views="I")
    for words in ("I like", "I like it"):
        kept = json.loads(page.send("draft", **JSON).answer.content)
        page.values |= {"_saves": [str(kept["saves"])], "_sheet": [kept["sheet"]]}
        page.fill(child_views=words)
    page.send("draft", **JSON)
    assert [draft["child_views"] for draft in unfinished(worker)] == [["I like it"]]


def test_a_stale_page_does_not_overwrite_the_newer_words_of_a_draft(desk: Build) -> None:
    child, worker, client = desk()
    Opened(client, path(child)).fill(child_views="first").send("draft")
    at = f"{path(child)}?draft={Draft.objects.get().key}"
    telephone, desktop = Opened(client, at), Opened(client, at)
    desktop.fill(child_views="newer").send("draft")
    telephone.fill(child_views="older").send("draft")
    assert sorted(draft["child_views"][0] for draft in unfinished(worker)) == ["newer", "older"]


def test_a_late_save_does_not_bring_back_what_was_recorded(desk: Build) -> None:
    child, worker, client = desk()
    page = Opened(client, path(child)).fill(visited_on=DAY, is_seen=True, is_seen_alone=True)
    page.send()
    page.send("draft", **JSON)
    assert unfinished(worker) == []


def test_words_that_a_browser_kept_become_a_draft_unless_hearth_has_them_already(desk: Build) -> None:
    child, worker, client = desk()
    page = Opened(client, path(child)).fill(child_views="I like it")
    kept = json.loads(page.send("here", **JSON).answer.content)
    assert kept["address"] == f"{path(child)}?draft={Draft.objects.get().key}"
    page.fill(child_views="")
    for known in ("", "I like it"):
        assert json.loads(page.fill(child_views=known).send("here", **JSON).answer.content) == {}
    assert [draft["child_views"] for draft in unfinished(worker)] == [["I like it"]]
    page.fill(child_views="I like it here").send("here", **JSON)
    assert sorted(draft["child_views"][0] for draft in unfinished(worker)) == ["I like it", "I like it here"]


def test_words_that_a_browser_kept_do_not_bring_back_what_was_recorded(desk: Build) -> None:
    child, worker, client = desk()
    page = Opened(client, path(child)).fill(visited_on=DAY, is_seen=True, is_seen_alone=True)
    page.send()
    assert json.loads(page.send("here", **JSON).answer.content) == {}
    assert unfinished(worker) == []


def test_two_pages_open_at_once_are_two_drafts(desk: Build) -> None:
    child, worker, client = desk()
    for words in ("one", "two"):
        Opened(client, path(child)).fill(child_views=words).send("draft")
    assert len(unfinished(worker)) == 2


def signed_out(client: Any, _: Any) -> Any:
    client.session.flush()
    return client


def session_over(client: Any, settings: Any) -> Any:
    settings.SESSION_IDLE_SECONDS = -1
    return client


def test_a_lost_session_loses_nothing(desk: Build, signed_in: Build) -> None:
    child, worker, client = desk()
    page = Opened(client, path(child)).fill(child_views="An hour of work", is_seen=True)
    page.client.logout()
    answer = page.send().answer
    assert answer["Location"].startswith(reverse("account_login"))
    back = answer.wsgi_request.build_absolute_uri() and answer["Location"].split("next=")[1]
    from urllib.parse import unquote

    again = Opened(signed_in(worker), unquote(back))
    assert (again.values["child_views"], again.values["is_seen"]) == (["An hour of work"], ["yes"])


def test_a_session_that_ended_by_itself_loses_nothing(desk: Build, settings: Any) -> None:
    child, worker, client = desk()
    page = Opened(client, path(child)).fill(child_views="An hour of work")
    settings.SESSION_IDLE_SECONDS = -1
    assert page.send().answer["Location"].startswith(reverse("account_login"))
    assert unfinished(worker)[0]["child_views"] == ["An hour of work"]


def test_a_page_from_before_the_sign_in_loses_nothing(desk: Build) -> None:
    child, worker, _ = desk()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(worker)
    page = Opened(strict, path(child)).fill(child_views="An hour of work")
    page.values["csrfmiddlewaretoken"] = ["x" * 64]
    answer = page.send().answer
    assert answer["Location"] == f"{path(child)}?draft={Draft.objects.get().key}"
    assert unfinished(worker)[0]["child_views"] == ["An hour of work"]


def test_a_made_up_seal_keeps_nothing(desk: Build) -> None:
    child, worker, client = desk()
    page = Opened(client, path(child)).fill(child_views="planted")
    page.values["_sheet"] = [seal.Seal("k", worker.pk, "visit", child.pk).written()[:-2] + "xx"]
    page.client.logout()
    page.send()
    assert Draft.objects.count() == 0


def test_words_of_one_person_are_kept_for_them_on_a_shared_computer(desk: Build) -> None:
    child, first, client = desk()
    page = Opened(client, path(child)).fill(visited_on=DAY, is_seen=True, is_seen_alone=True)
    _, second, others = desk(child=child, role="personal_adviser")
    page.client = others
    assert page.send().is_done
    assert (len(unfinished(first)), unfinished(second), Visit.objects.count()) == (1, [], 0)


def test_words_reach_a_draft_when_the_service_fails(desk: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    child, worker, client = desk()
    client.raise_request_exception = False
    page = Opened(client, path(child)).fill(visited_on=DAY, is_seen=True, is_seen_alone=True, child_views="Words")

    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError("our own bug")

    monkeypatch.setattr("hearth.web.children.recording.finish", fails)
    assert page.send().answer.status_code == 500
    assert (unfinished(worker)[0]["child_views"], Visit.objects.count()) == (["Words"], 0)


@pytest.mark.parametrize(
    ("days_ago", "is_kept"), [(0, True), (59, True), (61, False)], ids=["today", "within the days kept", "after them"]
)
def test_a_draft_nobody_goes_on_with_is_cleared(desk: Build, days_ago: int, is_kept: bool) -> None:
    child, worker, client = desk()
    Opened(client, path(child)).fill(child_views="first").send("draft")
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=days_ago))
    said = StringIO()
    call_command("clear_drafts", stdout=said)
    assert (
        said.getvalue()
        == f"{0 if is_kept else 1} {'drafts' if is_kept else 'draft'} cleared, not gone on with for 60 days.\n"
    )
    assert len(unfinished(worker)) == is_kept


def test_the_days_for_which_drafts_are_kept_are_a_setting_and_told(desk: Build, settings: Any) -> None:
    settings.HEARTH_DRAFT_DAYS = 3
    child, _, client = desk()
    Opened(client, path(child)).fill(child_views="first").send("draft")
    until = f"It is kept until {day(timezone.localdate() + timedelta(days=3))}."
    assert until in Opened(client, path(child)).html
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=4))
    assert (drafts.clear(), Draft.objects.count()) == (1, 0)


def test_receipts_of_what_was_recorded_go_with_the_drafts(desk: Build) -> None:
    child, _, client = desk()
    Opened(client, path(child)).fill(visited_on=DAY, is_seen=True, is_seen_alone=True).send()
    Draft.objects.update(finished_at=timezone.now() - timedelta(days=61))
    assert (drafts.clear(), Draft.objects.count(), Visit.objects.count()) == (0, 0, 1)


def test_a_form_sent_blank_is_no_draft_and_one_with_a_word_is(desk: Build) -> None:
    child, worker, client = desk()
    assert Opened(client, path(child)).send().errors
    assert unfinished(worker) == []
    assert Opened(client, path(child)).fill(child_views="An hour of work").send().errors
    assert len(unfinished(worker)) == 1


def test_my_drafts_are_on_my_work_and_lead_back(desk: Build, a_child: Build) -> None:
    child, _, client = desk()
    Opened(client, path(child)).fill(child_views="An hour of work").send("draft")
    draft = Draft.objects.get()
    shown = client.get(reverse("my_work")).content.decode()
    at = f"{path(child)}?draft={draft.key}"
    assert "Your drafts" in shown and f'href="{at}"' in shown and "kept until" in shown
    assert "An hour of work" in Opened(client, at).values["child_views"]
    Draft.objects.update(child=a_child("Ada"))
    assert "Your drafts" not in client.get(reverse("my_work")).content.decode(), "a child no longer theirs is not named"
