"""The pages of those who see one area: placements and commissioning, participation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from pytest_django import Settings

from hearth.web.access.models import AuditEvent, Restriction
from hearth.web.children.actions import record_review
from hearth.web.children.models import (
    AdvocacyOffer,
    Arrangement,
    CarerConcern,
    CarerReview,
    Child,
    ChildrensHome,
    Complaint,
    FosterCarer,
    IndependentVisitor,
    Request,
)
from hearth.web.work import owing
from hearth.web.work.areas import carers, participation, placements
from hearth.web.work.areas.told import Told
from tests.web.conftest import AUTHORITY

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 31)


@pytest.fixture(autouse=True)
def the_day(settings: Settings) -> Iterator[None]:
    settings.HEARTH_TODAY = TODAY
    owing.limits.cache_clear()
    yield
    owing.limits.cache_clear()


@pytest.fixture
def in_care(a_child: Build, placed: Build) -> Build:
    """A child in care: ``in_care("Mia", placement_type="K2")``."""

    def build(name: str, born_on: date = date(2012, 5, 1), **facts: Any) -> Child:
        child = a_child(name, "Jones", born_on=born_on)
        placed(child, **facts)
        return child

    return build


def rows(lists: Any, heading: str) -> list[Told]:
    found = next(one for one in lists if one.heading.startswith(heading))
    return found.told(found.found, Child.objects.in_bulk())


def told(lists: Any, heading: str) -> list[tuple[str, str, str]]:
    return [(row.child.first_names, row.said.what, row.said.when) for row in rows(lists, heading)]


@pytest.fixture
def seen(a_user: Build) -> Any:
    """The page of placements as its own role sees it now."""
    user = a_user(role="placements", team=None)
    return lambda: placements.places(user)


@pytest.fixture
def heard(a_user: Build) -> Any:
    """The page of participation as its own role sees it now."""
    user = a_user(role="participation", team=None)
    return lambda: participation.voice(user)


def test_children_are_counted_by_kind_of_placement_provider_and_distance(in_care: Build, seen: Any) -> None:
    in_care("Mia", placement_type="U6", placement_provider="PR1", is_in_area=True, distance_miles=3.0)
    in_care("Leo", placement_type="U6", placement_provider="PR4", is_in_area=False, distance_miles=20.0)
    in_care("Ada", placement_type="K2", placement_provider="PR4", is_in_area=False, distance_miles=20.1)
    in_care("Zoe", placement_type="K2", is_in_area=None)
    in_care("Sam", legal_status="V4", placement_type="U6", placement_provider="PR1")
    in_care("Old", placement_type="K2", ended_on=date(2026, 3, 1), reason_ended="E8")
    found = seen()
    assert [[len(cell) for cell in kind.cells] for kind in found.kinds] == [[2, 0, 1, 1], [2, 1, 1, 0], [4, 1, 2, 1]]
    assert len(found.unsaid) == 1
    assert [kind.words for kind in found.kinds][-1] == "All children placed"


@pytest.mark.parametrize(
    ("kind", "raised_on", "facts", "heading", "when"),
    [
        ("placement_ending", "2026-03-20", {"promised_on": date(2026, 4, 9)}, "ending", "by 9 April 2026"),
        ("placement_at_risk", "2026-03-20", {}, "ending", "since 20 March 2026"),
        ("placement_at_risk", "2026-03-20", {"answered_on": date(2026, 3, 25)}, "ending", None),
        ("placement_ending", "2026-03-20", {"ended_on": date(2026, 3, 25)}, "ending", None),
        ("placement_at_risk", "2023-12-20", {}, "ending", None),
        ("placement_wanted", "2026-03-20", {"promised_on": date(2026, 3, 22)}, "wanted", "by 22 March 2026"),
        ("placement_wanted", "2026-03-20", {"answered_on": date(2026, 3, 22)}, "wanted", None),
    ],
)
def test_placements_asked_for_ending_and_at_risk_are_listed_while_they_are(
    in_care: Build, seen: Any, kind: str, raised_on: str, facts: dict[str, Any], heading: str, when: str | None
) -> None:
    mia = in_care("Mia")
    Request.objects.create(child=mia, kind=kind, raised_on=date.fromisoformat(raised_on), **facts)
    of = {"ending": "Placements that end or are at risk", "wanted": "Placements asked for"}[heading]
    assert [said for _, _, said in told(seen().lists, of)] == ([when] if when else [])


def test_what_was_said_of_an_earlier_placement_is_over_and_a_change_of_order_is_no_move(
    in_care: Build, placed: Build, seen: Any
) -> None:
    mia = in_care("Mia", ended_on=date(2026, 3, 1), reason_ended="X1")
    placed(mia, date(2026, 3, 1), reason_started="L")
    Request.objects.create(child=mia, kind="placement_at_risk", raised_on=date(2026, 2, 1))
    leo = in_care("Leo", ended_on=date(2026, 3, 1), reason_ended="X1")
    placed(leo, date(2026, 3, 1), reason_started="P")
    Request.objects.create(child=leo, kind="placement_at_risk", raised_on=date(2026, 2, 1))
    assert [name for name, *_ in told(seen().lists, "Placements that end or are at risk")] == ["Mia"]


def test_unregulated_and_unregistered_placements_are_named_the_youngest_first(in_care: Build, seen: Any) -> None:
    in_care("Teen", born_on=date(2009, 5, 1), placement_type="H5")
    in_care("Supported", born_on=date(2009, 5, 1), placement_type="K3")
    in_care("Young", born_on=date(2011, 5, 1), placement_type="K3")
    here = in_care("Here", placement_type="K2")
    Arrangement.objects.create(child=here, kind="unregistered_home", started_on=date(2026, 3, 1))
    in_care("Fine")
    found = rows(seen().lists, "Unregulated")
    assert [(row.child.first_names, row.said.colour) for row in found] == [
        ("Here", "red"),
        ("Young", "red"),
        ("Teen", ""),
    ]


def test_what_is_owed_to_carers_and_by_homes_is_what_the_duties_say(a_user: Build) -> None:
    FosterCarer.objects.create(
        authority=AUTHORITY, carer_id="F1", kind="mainstream", approved_on=date(2024, 1, 10), names="Ann and Bo Lee"
    )
    CarerReview.objects.create(
        authority=AUTHORITY, carer_id="F1", reviewed_on=date(2025, 1, 5), decided_on=date(2025, 1, 5)
    )
    CarerConcern.objects.create(authority=AUTHORITY, carer_id="F1", kind="complaint_by", received_on=date(2026, 1, 5))
    ChildrensHome.objects.create(authority=AUTHORITY, home_id="H1", name="The Elms", registered_on=date(2020, 1, 1))
    owing.rebuild()
    table = {one.heading: (one.total, one.overdue) for one in carers.owed(a_user(role="placements", team=None))}
    assert table == {"Foster carers": (4, 4), "Children's homes": (2, 2)}
    unknowing = {one.heading: one.total for one in carers.owed(a_user(role="administrator", team=None))}
    assert unknowing["Foster carers"] == 3, "what follows from a complaint is counted for those who may know of it"
    assert [(kind, many) for kind, many, _ in carers.by_kind()] == [("Foster carer", 1)]


def test_placements_lands_on_its_page_sees_its_area_only_and_is_logged(
    in_care: Build, a_user: Build, signed_in: Build
) -> None:
    mia, shut = in_care("Mia", placement_type="K3"), in_care("Shut", placement_type="K3")
    manager = a_user(role="team_manager")
    Restriction.objects.create(child=shut, begun_by=manager, why="x").people.add(manager)
    user = a_user(role="placements", team=None)
    client = signed_in(user)
    assert client.get("/").url == "/placements"
    body = client.get("/placements").content.decode()
    assert "Mia Jones" in body
    assert "Shut" not in body
    assert AuditEvent.objects.about(mia.pk).filter(user=user, page="placements").exists()
    for page in ("/participation", "/my-team", "/figures", "/health-clock"):
        assert client.get(page).status_code == 403
    owed = client.get(f"/child/{mia.pk}").content.decode()
    assert "health assessment" not in owed.lower(), "what is owed in other areas is not theirs to know"


def reviewed(child: Child, by: Any, held_on: date, code: str | None, **facts: Any) -> None:
    record_review(child=child, by=by, held_on=held_on, participation=code, **facts)


def test_reviews_of_the_year_are_counted_by_how_the_child_took_part(in_care: Build, a_user: Build, heard: Any) -> None:
    worker = a_user()
    for number, code in enumerate(["PN0", "PN1", "PN1", "PN4", "PN5", "PN7", None]):
        reviewed(in_care(f"Child{number}"), worker, date(2026, 3, 1), code, is_chaired_by_child=code == "PN1")
    reviewed(in_care("Before"), worker, date(2025, 3, 1), "PN1")
    found = heard()
    assert [(part.words[:3], len(part.reviews), part.has_part) for part in found.parts] == [
        ("PN0", 1, None),
        ("PN1", 2, True),
        ("PN4", 1, False),
        ("PN5", 1, True),
        ("PN7", 1, False),
        ("How", 1, None),
    ]
    assert (len(found.reviews), len(found.chaired)) == (7, 2)


@pytest.mark.parametrize(
    ("codes", "is_unheard"),
    [
        (["PN7"], True),
        (["PN4"], True),
        ([None], True),
        (["PN1"], False),
        (["PN5"], False),
        (["PN0"], False),
        (["PN7", "PN1"], False),
        (["PN1", "PN7"], True),
        ([], False),
    ],
)
def test_who_was_not_heard_at_the_last_review_is_named(
    in_care: Build, a_user: Build, heard: Any, codes: list[str | None], is_unheard: bool
) -> None:
    mia = in_care("Mia")
    for month, code in enumerate(codes, start=1):
        reviewed(mia, a_user(), date(2026, month, 10), code)
    named = [name for name, *_ in told(heard().lists, "Not heard at the last review")]
    assert named == (["Mia"] if is_unheard else [])


def test_who_waits_for_an_advocate_a_visitor_or_an_answer_is_named_until_they_have_it(
    in_care: Build, heard: Any
) -> None:
    names = ("Waits", "Has", "Declined", "Unasked")
    waits, has, declined, unasked = (in_care(name) for name in names)
    for child, facts in (
        (waits, {"is_accepted": True}),
        (has, {"is_accepted": True, "started_on": TODAY}),
        (declined, {"is_accepted": False}),
        (unasked, {}),
    ):
        AdvocacyOffer.objects.create(child=child, offered_on=date(2026, 3, 1), **facts)
    for child, facts in (
        (waits, {"is_needed": True, "is_wanted": True}),
        (has, {"is_needed": True, "is_wanted": True, "matched_on": TODAY}),
        (declined, {"is_needed": True, "is_wanted": False}),
        (unasked, {"is_needed": True}),
    ):
        IndependentVisitor.objects.create(child=child, considered_on=date(2026, 3, 1), **facts)
    Complaint.objects.create(child=waits, received_on=date(2026, 3, 9), subject="My bike was not brought")
    Complaint.objects.create(child=has, received_on=date(2026, 3, 9), responded_on=date(2026, 3, 20))
    Complaint.objects.create(child=declined, received_on=date(2026, 3, 9), withdrawn_on=date(2026, 3, 20))
    lists = heard().lists
    assert [name for name, *_ in told(lists, "Waiting for an advocate")] == ["Waits"]
    assert [name for name, *_ in told(lists, "Waiting for an independent visitor")] == ["Waits", "Unasked"]
    assert told(lists, "Complaints without an answer") == [
        ("Waits", "My bike was not brought", "received 9 March 2026")
    ]


def test_participation_lands_on_its_page_and_is_told_of_what_is_owed_in_its_area(
    in_care: Build, a_user: Build, signed_in: Build
) -> None:
    mia, worker = in_care("Mia"), a_user()
    reviewed(mia, worker, date(2026, 3, 1), "PN7")
    user = a_user(role="participation", team=None)
    client = signed_in(user)
    assert client.get("/").url == "/participation"
    body = client.get("/participation").content.decode()
    assert "Did not attend and views not conveyed" in body
    assert "Advocacy offered" in body
    assert "Visits during the first year of a placement" not in body
    assert AuditEvent.objects.about(mia.pk).filter(user=user, page="participation").exists()
    assert client.get("/placements").status_code == 403


def test_the_pages_say_so_where_there_is_nothing(a_user: Build, signed_in: Build) -> None:
    places = signed_in(a_user(role="placements", team=None)).get("/placements").content.decode()
    voices = signed_in(a_user(role="participation", team=None)).get("/participation").content.decode()
    assert "No child is placed today" in places
    assert "No review was held in the last 12 months" in voices
