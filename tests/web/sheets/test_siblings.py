"""Recording once for brothers and sisters: shared facts once, the rest child by child, all or none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from hearth.web.access.models import AuditEvent
from hearth.web.children.models import Visit
from tests.web.sheets.opened import Opened

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 3)


@pytest.fixture
def family(desk: Build, a_child: Build, allocated: Build) -> Any:
    """Robin and Sam, whose worker is signed in, and their sister Ada, who has another worker."""
    robin, worker, client = desk()
    sam = a_child("Sam", "Smith", born_on=date(2015, 6, 1), family_id="F1")
    allocated(sam, worker)
    ada = a_child("Ada", "Smith", born_on=date(2017, 6, 1), family_id="F1")
    return robin, sam, ada, Opened(client, reverse("record_visit", args=[robin.pk]))


def test_only_those_whom_the_worker_may_see_are_offered(family: Any) -> None:
    _, sam, ada, page = family
    assert f'id="with-{sam.pk}"' in page.html and f'id="with-{ada.pk}"' not in page.html and "Ada" not in page.html


def test_shared_facts_are_typed_once_and_each_child_is_asked_apart(family: Any) -> None:
    robin, sam, _, page = family
    page = page.fill(visited_on=DAY, is_seen=True, is_seen_alone=True, _with=[sam.pk]).send("siblings")
    assert page.errors == [] and page.values["visited_on_day"] == ["3"]
    one = f"c{sam.pk}"
    page.fill(**{f"{one}-is_seen": True, f"{one}-is_seen_alone": False, f"{one}-reason_not_alone": "Asked for Robin"})
    assert page.send().is_done
    found = {v.child: (v.visited_on, v.is_seen_alone, v.reason_not_alone) for v in Visit.objects.all()}
    assert found == {robin: (DAY, True, None), sam: (DAY, False, "Asked for Robin")}
    assert AuditEvent.objects.filter(what="visit recorded").count() == 2


def test_all_are_recorded_or_none(family: Any) -> None:
    _, sam, _, page = family
    page = page.fill(visited_on=DAY, is_seen=True, is_seen_alone=True, _with=[sam.pk]).send()
    assert page.errors == ["Sam Smith: Answer the question: Did you see the child?"]
    assert Visit.objects.count() == 0


def test_a_day_before_one_of_them_was_born_names_that_child(family: Any) -> None:
    _, sam, _, page = family
    page = page.fill(visited_on=date(2014, 1, 1), is_seen=True, is_seen_alone=True, _with=[sam.pk]).send("siblings")
    page = page.fill(**{f"c{sam.pk}-is_seen": True, f"c{sam.pk}-is_seen_alone": True}).send()
    assert page.errors == ["Sam Smith: Day of the visit is before Sam Smith was born (1 June 2015)"]


def test_a_child_who_may_not_be_seen_is_not_written_to(family: Any) -> None:
    robin, _, ada, page = family
    page.values["_with"] = [str(ada.pk)]
    page.fill(visited_on=DAY, is_seen=True, is_seen_alone=True).send()
    assert [visit.child for visit in Visit.objects.all()] == [robin]
