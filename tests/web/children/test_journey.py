"""The journey as a drawing: it ends today, or soon after the last that happened; a series of breaks is called one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
ON = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("began", "ended", "order", "years", "is_to_today", "what"),
    [
        (date(2024, 1, 10), None, "C2", [2025, 2026], True, "Looked after"),
        (date(2024, 1, 10), date(2025, 12, 1), "C2", [2025, 2026], True, "Looked after"),
        (date(2016, 1, 10), date(2018, 3, 1), "E1", [2017, 2018], False, "Looked after"),
        (date(2016, 1, 10), date(2018, 9, 1), "E1", [2017, 2018, 2019], False, "Looked after"),
        (date(2026, 3, 26), date(2026, 3, 28), "V3", [], True, "Short breaks"),
    ],
)
def test_the_drawing_has_no_empty_years_at_its_end(
    a_child: Build, a_user: Build, allocated: Build, placed: Build, signed_in: Build, settings: Any,
    began: date, ended: date | None, order: str, years: list[int], is_to_today: bool, what: str,
) -> None:  # fmt: skip
    settings.HEARTH_TODAY = ON
    child, manager = a_child(), a_user(role="team_manager")
    allocated(child, a_user(), started_on=began, ended_on=ended)
    placed(child, began, ended_on=ended, legal_status=order, reason_ended=ended and "E11")
    answer = signed_in(manager).get(reverse("child_journey", args=[child.pk]))
    journey = answer.context["journey"]
    assert [year for year, _ in journey.years] == years
    assert (journey.now_x is not None) is is_to_today
    assert ("Nothing was recorded since." in answer.content.decode()) is not is_to_today
    assert journey.lanes[0].bands[0].what == what
    assert all(band.x + band.width <= 1000 for lane in journey.lanes for band in lane.bands)
