"""What follows from the record on a day, in words and with the reason, as a practitioner would check it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hearth.web.children import actions, derived
from hearth.web.children.models import Child, Episode

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
ON = date(2026, 3, 31)


def spell(began: date, ended: date | None = None, why: str | None = None, **facts: object) -> dict[str, object]:
    return {"started_on": began, "ended_on": ended, "reason_ended": why, **facts}


@pytest.mark.parametrize(
    ("episodes", "care", "is_looked_after", "legal", "placement"),
    [
        ([], "Not looked after", False, None, None),
        (
            [spell(date(2024, 1, 1))],
            "Looked after since 1 January 2024",
            True,
            ("Full care order", date(2024, 1, 1)),
            ("U6", date(2024, 1, 1)),
        ),
        (
            [
                spell(date(2024, 1, 1), date(2024, 5, 1), "X1", legal_status="V2"),
                spell(date(2024, 5, 1), date(2025, 2, 1), "X1", reason_started="L"),
                spell(date(2025, 2, 1), reason_started="P", placement_type="K2"),
            ],
            "Looked after since 1 January 2024",
            True,
            ("Full care order", date(2024, 5, 1)),
            ("K2", date(2025, 2, 1)),
        ),
        (
            [spell(date(2024, 1, 1), date(2025, 2, 1), "E4A")],
            "Left care on 1 February 2025",
            False,
            None,
            None,
        ),
        (
            [spell(date(2020, 1, 1), date(2021, 2, 1), "E4A"), spell(date(2026, 3, 31))],
            "Looked after since 31 March 2026",
            True,
            ("Full care order", date(2026, 3, 31)),
            ("U6", date(2026, 3, 31)),
        ),
        (
            [spell(date(2024, 1, 1), date(2026, 3, 31), "E4A")],
            "Left care on 31 March 2026",
            False,
            None,
            None,
        ),
        ([spell(date(2026, 4, 1))], "Not looked after", False, None, None),
        (
            [spell(date(2024, 1, 1), legal_status="V4")],
            "In a series of short breaks since 1 January 2024",
            False,
            ("Short-break series, agreement recorded, not individual breaks", date(2024, 1, 1)),
            ("U6", date(2024, 1, 1)),
        ),
        (
            [spell(date(2024, 1, 1), reason_started="L")],
            "Looked after since before 1 January 2024",
            True,
            ("Full care order", date(2024, 1, 1)),
            ("U6", date(2024, 1, 1)),
        ),
    ],
)
def test_looked_after_since_when_under_what_and_where(
    a_child: Build,
    placed: Build,
    episodes: list[dict[str, Any]],
    care: str,
    is_looked_after: bool,
    legal: tuple[str, date] | None,
    placement: tuple[str, date] | None,
) -> None:
    child = a_child()
    for episode in episodes:
        placed(child, **episode)
    found = derived.status_of(child, ON)
    assert (found.care.words, found.is_looked_after) == (care, is_looked_after)
    assert (found.legal and (found.legal.words, found.legal.since)) == legal
    assert (found.placement and (found.placement.code, found.placement.since)) == placement
    assert found.care.why.endswith(".")


@pytest.mark.parametrize(
    ("born_on", "episodes", "code", "reasons"),
    [
        (date(2012, 5, 1), [spell(date(2020, 1, 1))], None, ""),
        (date(2009, 5, 1), [spell(date(2020, 1, 1))], "eligible", "aged 16 or 17; looked after; 1,065 days in care"),
        (date(2009, 5, 1), [spell(date(2026, 3, 1))], "not_yet_eligible", "only 30 days in care"),
        (
            date(2008, 5, 1),
            [spell(date(2020, 1, 1), date(2025, 1, 1), "E8")],
            "relevant",
            "was looked after on or after the 16th birthday; 976 days",
        ),
        (date(2006, 5, 1), [spell(date(2020, 1, 1), date(2024, 5, 1), "E8")], "former_relevant", "aged 18 to 20"),
        (
            date(2008, 5, 1),
            [spell(date(2024, 4, 1), date(2024, 6, 1), "E4A")],
            "qualifying",
            "only 61 days in care since the 14th birthday, 91 are needed",
        ),
        (date(1999, 5, 1), [spell(date(2010, 1, 1), date(2017, 5, 1), "E8")], None, ""),
        (date(2006, 5, 1), [], None, ""),
    ],
)
def test_what_a_care_leaver_is_and_why(
    a_child: Build, placed: Build, born_on: date, episodes: list[dict[str, Any]], code: str | None, reasons: str
) -> None:
    child = a_child(born_on=born_on)
    for episode in episodes:
        placed(child, **episode)
    found = derived.status_of(child, ON).leaving_care
    assert (found and found.code) == code
    assert reasons in (found.why.lower() if found else "")


def test_a_category_that_cannot_be_known_says_so(a_child: Build, placed: Build) -> None:
    child = a_child(born_on=None)
    placed(child)
    found = derived.status_of(child, ON)
    assert found.leaving_care is not None
    assert (found.leaving_care.code, found.leaving_care.why) == (None, "The date of birth is not known.")
    assert found.badges == ("Looked after", "Leaving-care category not known")


def test_away_for_a_time_shows_the_placement_to_return_to(a_child: Build, placed: Build) -> None:
    child = a_child()
    placed(child, **spell(date(2025, 1, 1), date(2026, 3, 30), "X1", placement_type="U4"))
    placed(child, **spell(date(2026, 3, 30), reason_started="P", placement_type="T1"))
    placement = derived.status_of(child, ON).placement
    assert placement is not None
    assert placement.code == "U4"
    assert "Away since 30 March 2026: temporary period in hospital" in placement.why


def test_the_aims_in_force_on_the_day(a_child: Build, a_user: Build, placed: Build) -> None:
    child, worker = a_child(), a_user()
    placed(child)
    for on, aims in ((date(2025, 1, 1), ["RETURN6M"]), (date(2026, 1, 1), ["RETURNEV"])):
        actions.record_permanence_plan(child=child, by=worker, recorded_on=on, options=aims)
    said = {on: [aim.code for aim in derived.status_of(child, on).permanence] for on in (date(2025, 6, 1), ON)}
    assert said == {date(2025, 6, 1): ["RETURN6M"], ON: ["RETURNEV"]}


def test_what_was_worked_out_holds_until_the_record_changes(a_child: Build, a_user: Build, placed: Build) -> None:
    child, worker = a_child(), a_user()
    episode = placed(child)
    derived.status_of(child, ON)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert derived.status_of(child, ON).is_looked_after
    assert len(queries) == 1
    actions.correct(episode, by=worker, why="Wrong year", started_on=date(2023, 1, 1))
    assert derived.status_of(child, ON).care.words == "Looked after since 1 January 2023"
    actions.end_care(child=child, by=worker, ended_on=date(2026, 3, 1), reason_ended="E4A")
    assert derived.status_of(child, ON).care.words == "Left care on 1 March 2026"
    actions.withdraw(Episode.objects.get(), by=worker, why="Another child")
    assert derived.status_of(child, ON).care.words == "Not looked after"


def test_many_children_are_read_together(a_child: Build, placed: Build) -> None:
    children = [a_child() for _ in range(12)]
    for child in children[:7]:
        placed(child)
    with CaptureQueriesContext(connection) as queries:
        found = derived.statuses(Child.objects.all(), ON)
    assert sum(status.is_looked_after for status in found.values()) == 7
    assert len(queries) < 12
