"""What is owed to no child: each "Record it" leads to a form, and saving the form closes what was owed, at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from hearth.timescales.catalogue import DUTIES
from hearth.web.carers.lines import Line, known, lines
from hearth.web.children.models import (
    BoardReport,
    CarerReview,
    CarerTraining,
    CarerVisit,
    Child,
    Episode,
    HomeReview,
    HomeVisit,
    LocalOffer,
)
from hearth.web.work import owing
from hearth.web.work.elsewhere import AUTHORITY as COUNCIL
from hearth.web.work.elsewhere import TOLD
from tests.web.sheets.opened import Opened

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
TODAY, HELD = date(2026, 3, 31), date(2025, 3, 1)
AUTHORITY = {"authority": "E10000020"}
CARER, HOME = {**AUTHORITY, "carer_id": "F1"}, {**AUTHORITY, "home_id": "SC1"}
ANSWERS: dict[str, dict[str, Any]] = {
    "foster-annual-review": {"reviewed_on": TODAY, "is_at_panel": True, "decided_on": TODAY, "outcome": "continue"},
    "foster-unannounced-visit": {"visited_on": TODAY},
    "foster-training-standards": {"completed_on": TODAY},
    "foster-carer-complaint": {"answered_on": TODAY, "outcome": "Upheld"},
    "children-home-reg44": {"visited_on": TODAY, "is_unannounced": True},
    "children-home-reg44.report": {"reported_on": TODAY},
    "children-home-reg45": {"reviewed_on": TODAY},
    "children-home-reg45.report": {"reported_on": TODAY},
    "corporate-parenting-report": {"reported_on": TODAY},
    "local-offer": {"published_on": TODAY},
}
"""What answers each duty, or its limit where that is another act."""


@pytest.fixture
def owed(household: Build, home: Build, concern: Build, a_user: Build) -> Callable[[], list[Line]]:
    """A record in which every limit of every duty to others than children is open."""
    household(approved_on=date(2023, 1, 10))
    household("F2", names="Di Fox", kind="connected_person", approved_on=date(2024, 6, 1))
    CarerReview.objects.create(**CARER, reviewed_on=HELD, decided_on=HELD, is_at_panel=True)
    CarerVisit.objects.create(**CARER, visited_on=HELD, is_unannounced=True)
    CarerTraining.objects.create(**{**CARER, "carer_id": "F3"}, completed_on=HELD)
    concern()
    concern(kind="allegation")
    home(registered_on=date(2025, 1, 1))
    HomeVisit.objects.create(**HOME, visited_on=date(2026, 2, 3), is_unannounced=True)
    HomeReview.objects.create(**HOME, reviewed_on=HELD)
    for kind in ("performance", "officers_annual"):
        BoardReport.objects.create(**AUTHORITY, kind=kind, reported_on=HELD)
    LocalOffer.objects.create(**AUTHORITY, published_on=HELD)
    child = Child.objects.create(**AUTHORITY, child_id="1", born_on=date(2012, 5, 1))
    Episode.objects.create(child=child, started_on=date(2020, 1, 1), reason_started="S", legal_status="C2")
    owing.rebuild()
    user = a_user(role="service_manager")
    return lambda: [
        line for sort in ("foster_carer", "childrens_home", COUNCIL) for line in lines(user, sort, known(sort))
    ]


def test_every_duty_is_recorded_where_its_line_leads_and_is_then_closed(owed: Any, client_of: Build) -> None:
    client, chosen = client_of("service_manager"), {}
    for line in owed():
        chosen.setdefault(line.owed.limit, line)
    others = {duty for duty, said in DUTIES.items() if said.clock.subject != "child"}
    assert {line.owed.duty for line in chosen.values()} == others
    assert {said for said in TOLD if said not in chosen} == set()
    wrong = [sentence for line in chosen.values() if (sentence := walked(client, line, owed))]
    assert not wrong, "\n".join(wrong)


def walked(client: Client, line: Line, owed: Callable[[], list[Line]]) -> str:
    """Follows the line and saves the form: what is wrong, in a sentence."""
    row = line.owed
    if mark(line) not in map(mark, owed()):
        return ""  # an act before answered this too: a review of the approval answers the early one
    path = line.record_url
    first = client.get(path)
    page = Opened(client, first["Location"]) if first.status_code == 302 else Opened(client, path, first)
    answer = page.fill(**ANSWERS.get(row.limit) or ANSWERS[row.duty]).send()
    if not answer.is_done:
        return f"{row.limit}, {path}: {answer.errors or answer.answer.status_code}"
    return f"{row.limit}: is still owed" if mark(line) in map(mark, owed()) else ""


def mark(line: Line) -> tuple[Any, ...]:
    row = line.owed
    return row.subject_id, row.duty, row.limit, row.opened_on, row.triggered_on


def test_a_review_that_waits_for_its_decision_is_what_its_line_leads_to(
    household: Build, client_of: Build, a_user: Build
) -> None:
    household(approved_on=date(2024, 1, 10))
    old, last = (
        CarerReview.objects.create(**CARER, reviewed_on=day, is_at_panel=True)
        for day in (date(2023, 12, 1), date(2026, 3, 2))
    )
    owing.rebuild()
    (line,) = [one for one in lines(a_user(role="placements"), "foster_carer", known("foster_carer"))
               if one.owed.duty == "foster-annual-review"]  # fmt: skip
    answer = client_of().get(line.record_url)
    assert answer["Location"].endswith(f"/record/carer-review/{last.pk}")
    last.decided_on = date(2026, 3, 20)
    last.save()
    assert client_of().get(line.record_url).status_code == 200
    assert old.decided_on is None


def test_the_banner_says_what_comes_next(household: Build, client_of: Build) -> None:
    row, client = household(), client_of()
    page = Opened(client, f"/carer/{row.pk}/record/carer-visit").fill(visited_on=TODAY, is_unannounced=True)
    shown = client.get(page.send().answer["Location"]).content.decode()
    assert "Next: Unannounced visit to foster home, due by 31 March 2027." in shown
