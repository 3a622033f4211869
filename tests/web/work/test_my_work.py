"""My work: what is owed to the children one sees, overdue first, with the reason and the way to record it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import fastexcel
import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from hearth.timescales.duty import words
from hearth.web.access.models import AuditEvent
from hearth.web.children import actions
from hearth.web.work import owing, views
from hearth.web.work.grouping import OLD, grouped
from hearth.web.work.lines import lines, seen_by

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)
ENTRY = {"legal_status": "C2", "category_of_need": "N1", "placement_type": "U6"}


@pytest.fixture(autouse=True)
def the_day(settings: Settings) -> Iterator[None]:
    settings.HEARTH_TODAY = TODAY
    owing.limits.cache_clear()
    owing.declarations.cache_clear()
    yield
    owing.limits.cache_clear()
    owing.declarations.cache_clear()


@pytest.fixture
def caseload(a_child: Build, a_user: Build, allocated: Build) -> Any:
    """A social worker with a brother and a sister who came into care on 20 March, and a child of somebody else's."""
    worker, other = a_user(name="Jo Bright"), a_user()
    mine = [a_child("Mia", "Jones", family_id="F1"), a_child("Leo", "Jones", family_id="F1")]
    theirs = a_child("Ada", "Smith")
    for child, who in ((mine[0], worker), (mine[1], worker), (theirs, other)):
        allocated(child, who)
        actions.start_care(child=child, by=who, started_on=date(2026, 3, 20), **ENTRY)
    return worker, mine


def test_overdue_comes_first_and_others_children_not_at_all(caseload: Any) -> None:
    worker, mine = caseload
    found = lines(worker, seen_by(worker, "my_work"))
    assert {line.child.pk for line in found} == {child.pk for child in mine}
    ranks = [line.status for line in found]
    assert ranks == sorted(ranks, key=["overdue", "due", "not_known"].index)
    first = next(line for line in found if line.owed.duty == "visit-placement-start")
    assert (first.when, first.status) == ("4 days late (27 March)", "overdue")
    assert first.why.startswith("Placement started: 20 March 2026") or "20 March 2026" in first.why


@pytest.mark.parametrize(
    ("by", "headings"),
    [
        ("day", {"Overdue", "This week", "Next week", "In the next four weeks", "Later", "No day known"}),
        ("child", {"Mia Jones", "Leo Jones"}),
        ("family", {"Jones family"}),
    ],
)
def test_the_list_is_grouped(caseload: Any, by: str, headings: set[str]) -> None:
    worker, _ = caseload
    found = lines(worker, seen_by(worker, "my_work"))
    groups = grouped(found, by, TODAY)
    assert {group.heading for group in groups} <= headings
    assert sum(len(group.lines) for group in groups) == len(found)


def test_the_page_changes_at_once_when_the_visit_is_recorded(caseload: Any, signed_in: Build) -> None:
    worker, mine = caseload
    client = signed_in(worker)
    title = words()["visit-placement-start"].title
    assert client.get("/my-work").content.decode().count(f">{title}<") == 2
    for child in mine:
        actions.record_visit(child=child, by=worker, visited_on=date(2026, 3, 30), is_seen=True)
    assert f">{title}<" not in client.get("/my-work").content.decode()


def test_what_others_recorded_since_yesterday_is_told(caseload: Any, signed_in: Build, a_user: Build) -> None:
    worker, mine = caseload
    actions.record_visit(child=mine[0], by=a_user(name="Kim Hale"), visited_on=date(2026, 3, 30), is_seen=True)
    assert "visit recorded by Kim Hale" in signed_in(worker).get("/my-work").content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_file_has_the_rows_of_the_page_and_the_log_says_so(caseload: Any, signed_in: Build, form: str) -> None:
    worker, mine = caseload
    answer = signed_in(worker).get(f"/my-work.{form}?whose=all&within=all")
    body = answer.content
    if form == "csv":
        rows = body.decode("utf-8-sig").splitlines()[1:]
    else:
        rows = fastexcel.read_excel(io.BytesIO(body).read()).load_sheet(0).to_polars().rows()
    assert len(rows) == len(lines(worker, seen_by(worker, "my_work")))
    assert all(AuditEvent.objects.about(c.pk).filter(what="exported", user=worker).count() == 1 for c in mine)


def test_a_file_of_another_kind_is_not_found(caseload: Any, signed_in: Build) -> None:
    assert signed_in(caseload[0]).get("/my-work.exe").status_code == 404


def test_an_empty_list_says_what_to_do(a_user: Build, signed_in: Build) -> None:
    assert "ask your manager whether they are allocated to you" in signed_in(a_user()).get("/my-work").content.decode()


def test_the_page_asks_the_database_little(
    caseload: Any, signed_in: Build, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(caseload[0])
    client.get("/my-work")
    with django_assert_max_num_queries(14):
        client.get("/my-work?whose=all&within=all")


def test_whoever_sees_one_area_is_not_told_what_others_recorded_in_another(
    caseload: Any, signed_in: Build, a_user: Build
) -> None:
    _, mine = caseload
    actions.record_visit(child=mine[0], by=a_user(), visited_on=date(2026, 3, 30), is_seen=True)
    body = signed_in(a_user(role="health", team=None)).get("/my-work").content.decode()
    assert "Since yesterday" not in body


def test_what_was_missed_more_than_a_year_ago_no_longer_leads_the_day(
    caseload: Any, signed_in: Build, settings: Settings
) -> None:
    worker, _ = caseload
    for day, is_shown in ((date(2027, 3, 27), True), (date(2027, 3, 28), False)):
        settings.HEARTH_TODAY = day
        shown = grouped(lines(worker, seen_by(worker, "my_work")), "day", day)
        overdue = next(group for group in shown if group.heading == "Overdue")
        assert any(line.owed.duty == "visit-placement-start" for line in overdue.lines) == is_shown
    body = signed_in(worker).get("/my-work").content.decode()
    assert "have been overdue for more than a year" in body
    assert f"{OLD} <span" not in body
    everything = signed_in(worker).get("/my-work?within=all").content.decode()
    assert f"{OLD} <span" in everything
    assert everything.count("hearth-worklist__") > body.count("hearth-worklist__")


def test_a_long_list_is_shown_in_pages_and_its_headings_count_all_of_it(
    caseload: Any, signed_in: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker, _ = caseload
    client = signed_in(worker)
    whole = client.get("/my-work?within=all").context["groups"]
    monkeypatch.setattr(views, "LINES_A_PAGE", 3)
    pages = [client.get(f"/my-work?within=all&page={number}").context["groups"] for number in range(1, 40)]
    many = sum(len(group.lines) for group in whole)
    shown = [line.owed.pk for groups in pages[: -(-many // 3)] for group in groups for line in group.shown]
    assert shown == [line.owed.pk for group in whole for line in group.lines]
    assert {(group.heading, len(group.lines)) for groups in pages for group in groups} == {
        (group.heading, len(group.lines)) for group in whole
    }


def test_the_head_of_the_list_leads_to_each_span_of_days_on_whatever_page_it_begins(
    caseload: Any, signed_in: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker, _ = caseload
    client = signed_in(worker)
    monkeypatch.setattr(views, "LINES_A_PAGE", 2)
    spans = client.get("/my-work?within=all").context["contents"]
    assert len(spans) > 1
    for place, heading, many, number in spans:
        answer = client.get(f"/my-work?within=all&page={number}")
        (group,) = [one for one in answer.context["groups"] if one.place == place]
        assert (group.heading, len(group.lines)) == (heading, many)
        assert f'id="group-{place}"' in answer.content.decode()
    first = client.get("/my-work?within=all").content.decode()
    place, _, _, number = spans[-1]
    assert f"within=all&amp;page={number}#group-{place}" in first
    assert not client.get("/my-work?within=all&by=child").context["contents"]


def test_who_sees_one_area_is_told_of_the_children_to_whom_something_is_owed_there(
    caseload: Any, a_user: Build, a_child: Build
) -> None:
    _, mine = caseload
    nobodys = a_child("Zed", "Quiet")
    seen = seen_by(a_user(role="health", team=None), "my_work")
    assert {child.pk for child in mine} <= seen.keys()
    assert nobodys.pk not in seen
