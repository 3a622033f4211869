"""A supervising social worker has the households whose approval names them, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from hearth.web.access.models import AuditEvent, User
from hearth.web.access.policy import may_open, pages
from hearth.web.access.standing import standing
from hearth.web.children.models import CarerVisit, FosterCarer
from hearth.web.children.recording import correct
from tests.web.carers.conftest import AUTHORITY, noted
from tests.web.sheets.opened import Opened

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
LIST = "/my-carers"
ROLE = "supervising_social_worker"


@pytest.fixture
def worker(a_user: Build) -> Any:
    return a_user(role=ROLE, worker_id="FW1")


@pytest.fixture
def mine(household: Build) -> FosterCarer:
    return household("F1", names="Ann and Bo Lee", worker_id="FW1")


@pytest.fixture
def theirs(household: Build) -> FosterCarer:
    return household("F2", names="Di Fox", worker_id="FW2")


def test_they_land_on_what_is_owed_to_the_carers_they_supervise(
    mine: Any, theirs: Any, home: Build, household: Build, worker: Any, signed_in: Build
) -> None:
    home()
    household("F3", names="Nobody’s", worker_id=None)
    client = signed_in(worker)
    assert client.get("/").headers["Location"] == LIST
    for path in (LIST, f"{LIST}?within=all&by=day", f"{LIST}?find=e", f"{LIST}.csv?within=all"):
        body = client.get(path).content.decode()
        assert "Ann and Bo Lee" in body, path
        assert not [name for name in ("Di Fox", "The Elms", "Nobody’s") if name in body], path


def test_what_is_owed_by_a_household_that_has_no_approval_is_nobodys_to_see(
    mine: Any, worker: Any, signed_in: Build
) -> None:
    noted(CarerVisit.objects.create(authority=AUTHORITY, carer_id="F9", visited_on=date(2024, 1, 1)))
    assert "Household F9" not in signed_in(worker).get(f"{LIST}?within=all").content.decode()


@pytest.mark.parametrize("page", ["carer", "record_carer_visit", "record_carer_review", "record_carer_training"])
def test_pages_open_for_their_households_and_are_not_there_for_others(
    mine: Any, theirs: Any, worker: Any, signed_in: Build, page: str
) -> None:
    client = signed_in(worker)
    assert client.get(reverse(page, args=[mine.pk])).status_code == 200
    assert client.get(reverse(page, args=[theirs.pk])).status_code == 404
    assert AuditEvent.objects.get(what="refused: out of reach").page == page


@pytest.mark.parametrize("page", ["record_carer_approval", "record_carer_concern", "carer_concerns"])
def test_approvals_and_complaints_are_for_those_who_answer_for_placements(
    mine: Any, worker: Any, signed_in: Build, page: str
) -> None:
    assert signed_in(worker).get(reverse(page, args=[mine.pk])).status_code == 403


def test_no_page_about_a_child_opens(worker: Any) -> None:
    opened = {page.area for page in pages().values() if may_open(standing(worker), page.name)}
    assert opened == {"open", "own", "carers"}


@pytest.mark.parametrize("change", [
    {"worker_id": "FW2"},
    {"worker_id": None},
    {"ended_on": date(2026, 3, 31), "reason_ended": "Retired"},
])  # fmt: skip
def test_access_ends_when_another_supervises_and_with_the_approval(
    mine: Any, worker: Any, a_user: Build, signed_in: Build, change: dict[str, Any]
) -> None:
    client = signed_in(worker)
    assert client.get(reverse("carer", args=[mine.pk])).status_code == 200
    correct(mine, by=a_user(role="placements"), why="Changed", **change)
    assert client.get(reverse("carer", args=[mine.pk])).status_code == 404
    assert "Ann and Bo Lee" not in client.get(f"{LIST}?find=lee").content.decode().split("</form>")[-1]


def test_of_two_approvals_that_hold_the_later_names_who_supervises(
    mine: Any, household: Build, worker: Any, a_user: Build, signed_in: Build
) -> None:
    later = household("F1", approved_on=date(2026, 1, 5), worker_id="FW2")
    page = reverse("carer", args=[mine.pk])
    assert signed_in(worker).get(page).status_code == 404
    assert signed_in(a_user(role=ROLE, worker_id="FW2")).get(page).status_code == 200
    correct(later, by=worker, why="Ended", ended_on=date(2026, 3, 1), reason_ended="Moved")
    assert signed_in(worker).get(page).status_code == 200


def test_who_is_known_to_the_record_by_no_number_supervises_nobody(
    household: Build, a_user: Build, signed_in: Build
) -> None:
    row = household(worker_id="")
    unknown = a_user(role=ROLE)
    User.objects.filter(pk=unknown.pk).update(worker_id=None)
    client = signed_in(User.objects.get(pk=unknown.pk))
    assert client.get(reverse("carer", args=[row.pk])).status_code == 404
    assert "Carers are yours when" in client.get(LIST).content.decode()


def test_a_visit_recorded_closes_the_line_and_leads_back_to_the_list(
    household: Build, worker: Any, signed_in: Build
) -> None:
    row, client = household(approved_on=date(2025, 3, 30), worker_id="FW1"), signed_in(worker)
    form = reverse("record_carer_visit", args=[row.pk])
    assert form in client.get(LIST).content.decode()
    assert Opened(client, form).fill(visited_on=date(2026, 3, 1), is_unannounced=True).send().is_done
    page = client.get(reverse("carer", args=[row.pk])).content.decode()
    assert f'href="{LIST}"' in page
    assert "Unannounced visit" not in client.get(LIST).content.decode()
