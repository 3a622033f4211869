"""What the record can say at all: not known is never read as not done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.web.children import actions, carrying
from hearth.web.children.carrying import carried, together
from hearth.web.children.frames import record_of
from hearth.web.children.models import CaseAction, Visit
from hearth.web.intake.models import Batch
from hearth.web.work import owing
from hearth.web.work.models import Owed

Build = Callable[..., Any]
CARE = {"legal_status": "C2", "category_of_need": "N1", "placement_type": "U6"}
RETURN = ["episodes", "people", "missing_episodes", "missing_episodes.started_on"]
VISITS = "visit-placement-start"


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([], ""),
        (["episodes"], "episodes"),
        (["episodes", "visits"], "episodes visits"),
        (["visits visits.latest"], "visits visits.latest"),
        (["visits.latest"], "visits.latest"),
        (["visits.latest", "visits"], "visits"),
        (["visits visits.is_seen", "visits visits.is_seen_alone"], "visits visits.is_seen visits.is_seen_alone"),
        (["visits", "visits visits.is_seen"], "visits"),
        (["reviews", "visits visits.is_seen"], "reviews visits visits.is_seen"),
    ],
)
def test_what_several_sources_carry_between_them(sources: list[str], expected: str) -> None:
    assert " ".join(sorted(together(source.split() for source in sources))) == expected


@pytest.fixture
def mia(a_child: Build, a_user: Build, allocated: Build, settings: Any) -> Any:
    settings.HEARTH_TODAY = date(2026, 3, 31)
    child, worker = a_child("Mia", "Jones"), a_user()
    allocated(child, worker)
    actions.start_care(child=child, by=worker, started_on=date(2026, 3, 3), **CARE)
    return child, worker


def is_owed(child: Any, duty: str = VISITS) -> bool:
    owing.rebuild()
    return Owed.objects.filter(child=child, duty=duty).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("loads", "owed"),
    [
        ([], True),
        ([RETURN], False),
        ([[*RETURN, "visits"]], True),
        ([RETURN, ["visits"]], True),
        ([None], True),
    ],
)
def test_visits_are_owed_where_the_record_could_show_them(mia: Any, loads: list[Any], owed: bool) -> None:
    for carries in loads:
        Batch.objects.create(kind="ssda903", said="our return", carries=carries)
    assert is_owed(mia[0]) is owed


@pytest.mark.django_db
def test_a_load_undone_no_longer_counts(mia: Any) -> None:
    Batch.objects.create(kind="ssda903", said="our return", carries=RETURN)
    Batch.objects.create(kind="ssd", said="our extract", carries=["visits"], undone_at=timezone.now())
    assert not is_owed(mia[0])


@pytest.mark.django_db
def test_the_first_visit_recorded_makes_visits_tellable(mia: Any, a_child: Build, a_user: Build) -> None:
    child, worker = mia
    other = a_child("Leo", "Smith")
    actions.start_care(child=other, by=worker, started_on=date(2026, 3, 3), **CARE)
    Batch.objects.create(kind="ssda903", said="our return", carries=RETURN)
    assert not is_owed(other)
    actions.record_visit(child=child, by=worker, visited_on=date(2026, 3, 9), is_seen=True, is_seen_alone=True)
    assert {"visits", "visits.is_seen", "visits.is_seen_alone"} <= carried()
    assert owing.is_stale(), "the others are worked out with the next reckoning"
    assert is_owed(other)
    assert not owing.is_stale()


@pytest.mark.django_db
def test_an_act_of_one_kind_says_nothing_of_another(mia: Any) -> None:
    child, worker = mia
    Batch.objects.create(kind="ssda903", said="our return", carries=RETURN)
    row = CaseAction(child=child, kind="eyes_tested", done_on=date(2026, 3, 9))
    actions.record(row, by=worker, what="step recorded")
    assert "case_actions.eyes_tested" in carried()
    record = record_of([child.pk])
    assert record.lacks(["case_actions.eyes_tested", "case_actions.rights_explained"]) == [
        "case_actions.rights_explained"
    ]


def test_a_column_nobody_answered_is_not_carried() -> None:
    names = carrying.said_by(Visit(visited_on=date(2026, 3, 9), is_seen=False))
    assert names == {"visits", "visits.visited_on", "visits.is_seen"}


@pytest.mark.django_db
def test_the_childs_page_names_what_the_record_cannot_tell(mia: Any, signed_in: Build) -> None:
    child, worker = mia
    page, client = reverse("child", args=[child.pk]), signed_in(worker)
    assert "What the record cannot tell" not in client.get(page).content.decode()
    Batch.objects.create(kind="ssda903", said="our return", carries=RETURN)
    body = client.get(page).content.decode()
    assert "What the record cannot tell" in body
    assert len(client.get(page).context["untold"]) > 50
