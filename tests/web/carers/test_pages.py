"""The list of carers and homes, and the page of each: who sees what of them, and what the log keeps."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from hearth.synthetic.authority import make
from hearth.timescales.engine import due_list
from hearth.web.access.models import AuditEvent, Restriction
from hearth.web.access.policy import Reach, pages
from hearth.web.children.models import Episode
from hearth.web.intake import frames, loading
from hearth.web.work import owing
from hearth.web.work.elsewhere import owed_elsewhere
from tests.web.sheets.opened import Opened

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)
LIST = "/carers-and-homes"


def test_a_reach_is_of_all_or_of_those_one_supervises_and_of_no_team() -> None:
    given = {(role, reach) for page in pages().values() if page.area == "carers" for role, reach in page.reach.items()}
    assert {reach for _, reach in given} == {Reach.NONE, Reach.OWN, Reach.AUTHORITY}
    assert {role for role, reach in given if reach is Reach.OWN} == {"supervising_social_worker"}


def test_the_list_is_what_the_duties_say(settings: Any) -> None:
    owing.limits.cache_clear()
    record = make(60, 6, 1, as_of=TODAY, authority="E10000020")
    loading.load(record, frames.plan(record, TODAY), loading.Options("made up", None, TODAY), loading.nothing_said)
    listed = due_list(record, TODAY)
    for sort in ("foster_carer", "childrens_home", "authority"):
        said = listed.filter(listed["subject"] == sort)
        expected = sorted(zip(said["subject_id"], said["duty"], said["due_on"], strict=True), key=str)
        found = sorted(((row.subject_id, row.duty, row.due_on) for row in owed_elsewhere(sort)), key=str)
        assert found == expected
        assert found


def test_a_carer_and_a_home_stand_on_the_list_with_what_is_owed_overdue_first(
    household: Build, home: Build, client_of: Build
) -> None:
    household(), home()
    body = client_of().get(LIST).content.decode()
    assert "Ann and Bo Lee" in body and "The Elms" in body
    assert body.index("30 days late") < body.index("due today")
    assert "Fostering Services (England) Regulations 2011 reg 28(2)" in body


@pytest.mark.parametrize(("query", "shown"), [
    ("?sort=childrens_home", {"The Elms"}),
    ("?sort=foster_carer", {"Ann and Bo Lee", "Di Fox"}),
    ("?team=Fostering", {"Ann and Bo Lee"}),
    ("?find=fox", {"Di Fox"}),
    ("?find=sc1", {"The Elms"}),
    ("?by=day", {"Ann and Bo Lee", "Di Fox", "The Elms"}),
    ("?by=kind&within=all", {"Ann and Bo Lee", "Di Fox", "The Elms"}),
    ("?find=nobody", set()),
])  # fmt: skip
def test_the_list_is_narrowed_and_grouped(
    household: Build, home: Build, client_of: Build, query: str, shown: set[str]
) -> None:
    household(), household("F2", names="Di Fox", team="Kinship"), home()
    client = client_of()
    body = client.get(LIST + query).content.decode().split("</form>")[-1]
    assert {name for name in ("Ann and Bo Lee", "Di Fox", "The Elms") if name in body} == shown
    exported = client.get(f"{LIST}.csv{query}").content.decode("utf-8-sig")
    assert {row["Carer or home"] for row in csv.DictReader(io.StringIO(exported))} == shown


def test_who_is_sought_by_name_is_there_though_nothing_is_owed(household: Build, client_of: Build) -> None:
    row = household(approved_on=date(2020, 1, 1), ended_on=date(2021, 1, 1), reason_ended="Retired")
    client = client_of()
    assert "Ann and Bo Lee" not in client.get(LIST).content.decode()
    found = client.get(f"{LIST}?find=lee").content.decode()
    assert reverse("carer", args=[row.pk]) in found
    assert "No longer approved" in found


def test_a_save_shows_on_the_list_at_once(household: Build, client_of: Build) -> None:
    row, client = household(approved_on=date(2025, 3, 30)), client_of()
    assert "Unannounced visit" in client.get(LIST).content.decode()
    page = Opened(client, f"/carer/{row.pk}/record/carer-visit")
    assert page.fill(visited_on=date(2026, 3, 1), is_unannounced=True).send().is_done
    client.get(f"/carer/{row.pk}")
    assert "Unannounced visit" not in client.get(LIST).content.decode()


@pytest.mark.parametrize(("role", "sees"), [
    ("placements", True), ("service_manager", True), ("administrator", False),
])  # fmt: skip
def test_complaints_and_what_follows_from_them_are_for_those_who_may_know(
    household: Build, concern: Build, client_of: Build, role: str, sees: bool
) -> None:
    row = household(approved_on=date(2025, 12, 1))
    concern()
    concern(kind="allegation", received_on=date(2026, 2, 2))
    client = client_of(role)
    for path in (LIST, f"/carer/{row.pk}", f"{LIST}.csv"):
        body = client.get(path).content.decode()
        assert [said in body for said in ("Complaint by a foster carer", "Early review")] == [sees, sees], path
        assert sees or "llegation received" not in body
    assert client.get(f"/carer/{row.pk}/concerns").status_code == (200 if sees else 403)


def test_reading_a_carer_and_the_concerns_is_in_the_log(household: Build, concern: Build, client_of: Build) -> None:
    row, client = household(), client_of()
    client.get(f"/carer/{row.pk}")
    client.get(f"/carer/{row.pk}/concerns")
    noted = AuditEvent.objects.filter(what="read", listing=None).order_by("pk")
    about = [["foster_carer", "E10000020", "F1"]]
    assert [(line.page, line.details.get("about")) for line in noted if line.details.get("about")] == [
        ("carer", about), ("carer_concerns", about),
    ]  # fmt: skip
    log = client_of("administrator").get(reverse("log")).content.decode()
    assert "foster_carer E10000020 F1" in log


def test_a_child_placed_with_a_household_lives_there_until_the_next_move(
    household: Build, client_of: Build, a_child: Build, placed: Build
) -> None:
    row, child = household(), a_child("Mia", "Jones")
    placed(child, placement_provider="PR1")
    client = client_of()
    move = Opened(client, reverse("record_move", args=[child.pk])).fill(
        started_on=date(2026, 3, 3), is_same_carer=False, placement_type="U6", reason_placement_changed="CARPL",
        is_move_planned=True, is_move_positive=True, carer_id="F1",
    )  # fmt: skip
    client.get(move.send().answer["Location"])
    assert Episode.objects.get(ended_on=None).carers == "Ann and Bo Lee"
    assert "Mia Jones" in client.get(f"/carer/{row.pk}").content.decode()
    again = Opened(client, reverse("record_move", args=[child.pk])).fill(
        started_on=date(2026, 3, 20), is_same_carer=False, placement_type="U6", reason_placement_changed="CARPL",
        is_move_planned=True, is_move_positive=True,
    )  # fmt: skip
    client.get(again.send().answer["Location"])
    assert Episode.objects.get(ended_on=None).carer_id is None
    assert "Mia Jones" not in client.get(f"/carer/{row.pk}").content.decode()


@pytest.mark.parametrize(("role", "named", "said"), [
    ("placements", True, "2 children live"), ("administrator", False, "2 children live"),
])  # fmt: skip
def test_children_are_named_to_who_may_know_them_and_counted_for_the_rest(
    home: Build, in_the_home: Build, client_of: Build, role: str, named: bool, said: str
) -> None:
    row = home()
    in_the_home("Mia"), in_the_home("Leo")
    client = client_of(role)
    for path in (LIST, f"/childrens-home/{row.pk}"):
        body = client.get(path).content.decode()
        assert said in body
        assert ("Mia Jones" in body, "Leo Jones" in body) == (named, named)


def test_a_restricted_child_is_counted_not_named_and_names_are_in_the_log(
    home: Build, in_the_home: Build, a_user: Build, client_of: Build
) -> None:
    home()
    shut, known = in_the_home("Shut"), in_the_home("Mia")
    manager = a_user(role="team_manager")
    Restriction.objects.create(child=shut, begun_by=manager, why="x").people.add(manager)
    body = client_of().get(LIST).content.decode()
    assert ("Mia Jones" in body, "Shut" in body, "and 1 other" in body) == (True, False, True)
    assert AuditEvent.objects.about(known.pk).filter(page="carers_and_homes").exists()
    assert not AuditEvent.objects.about(shut.pk).filter(page="carers_and_homes").exists()


@pytest.fixture
def in_the_home(a_child: Build, placed: Build) -> Build:
    """A child who lives in the home SC1."""

    def build(name: str) -> Any:
        child = a_child(name, "Jones")
        placed(child, placement_type="K2", urn="SC1")
        return child

    return build


def test_the_council_owes_its_reports_to_those_whose_business_it_is(
    client_of: Build, a_child: Build, placed: Build
) -> None:
    placed(a_child("Mia", "Jones"))
    owing.rebuild()
    for role, is_theirs in (("service_manager", True), ("administrator", True), ("placements", False)):
        body = client_of(role).get(LIST).content.decode()
        assert ("Local offer for care leavers" in body) is is_theirs, role
        assert client_of(role).get("/corporate-parent").status_code == (200 if is_theirs else 403)


def test_one_of_whom_there_is_no_approval_is_listed_and_has_no_page(concern: Build, client_of: Build) -> None:
    concern(carer_id="F9")
    body = client_of().get(LIST).content.decode()
    assert "Household F9" in body
    assert "No approval or registration of it is on the record" in body
    assert "/carer/" not in body


def test_the_page_of_a_carer_says_why_something_is_owed(household: Build, client_of: Build) -> None:
    row = household()
    body = client_of().get(f"/carer/{row.pk}").content.decode()
    assert "1. Counted from 1 March 2025 (approval date, then previous review)." in body
    assert client_of().get("/carer/999").status_code == 404
