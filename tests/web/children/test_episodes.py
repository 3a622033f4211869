"""The journey in care as it is recorded: always one open episode, each following on the day the last one ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from hearth.web.children import actions
from hearth.web.children.models import Episode

Build = Callable[..., Any]
pytestmark = pytest.mark.django_db
JAN, FEB, MAR, APR = (date(2025, month, 1) for month in (1, 2, 3, 4))
CARE = {"started_on": JAN, "legal_status": "V2", "category_of_need": "N1", "placement_type": "U6"}
MOVED = {"placement_type": "U4", "reason_placement_changed": "CARPL"}


def journey(child: Any) -> list[str]:
    rows = Episode.objects.filter(child=child).order_by("started_on", "ended_on")
    return [
        f"{row.started_on:%d %b} {row.reason_started} {row.legal_status} {row.placement_type} "
        f"{row.ended_on:%d %b} {row.reason_ended} {row.reason_placement_changed or '-'}"
        if row.ended_on
        else f"{row.started_on:%d %b} {row.reason_started} {row.legal_status} {row.placement_type} open"
        for row in rows
    ]


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([], ["01 Jan S V2 U6 open"]),
        (
            [("move", {"moved_on": FEB, **MOVED})],
            ["01 Jan S V2 U6 01 Feb X1 CARPL", "01 Feb P V2 U4 open"],
        ),
        (
            [("move", {"moved_on": FEB, "is_same_carer": True, **MOVED})],
            ["01 Jan S V2 U6 01 Feb X1 CARPL", "01 Feb T V2 U4 open"],
        ),
        (
            [("change_legal_status", {"changed_on": FEB, "legal_status": "C1"})],
            ["01 Jan S V2 U6 01 Feb X1 -", "01 Feb L C1 U6 open"],
        ),
        (
            [("move", {"moved_on": FEB, "legal_status": "C1", **MOVED})],
            ["01 Jan S V2 U6 01 Feb X1 CARPL", "01 Feb B C1 U4 open"],
        ),
        (
            [("move", {"moved_on": FEB, **MOVED}), ("change_legal_status", {"changed_on": FEB, "legal_status": "C1"})],
            ["01 Jan S V2 U6 01 Feb X1 CARPL", "01 Feb B C1 U4 open"],
        ),
        (
            [("change_legal_status", {"changed_on": FEB, "legal_status": "C1"}), ("move", {"moved_on": FEB, **MOVED})],
            ["01 Jan S V2 U6 01 Feb X1 CARPL", "01 Feb B C1 U4 open"],
        ),
        (
            [
                ("change_legal_status", {"changed_on": FEB, "legal_status": "C1"}),
                ("move", {"moved_on": FEB, "is_same_carer": True, **MOVED}),
            ],
            ["01 Jan S V2 U6 01 Feb X1 CARPL", "01 Feb U C1 U4 open"],
        ),
        (
            [("change_legal_status", {"changed_on": JAN, "legal_status": "C1"})],
            ["01 Jan S C1 U6 open"],
        ),
        (
            [("end_care", {"ended_on": FEB, "reason_ended": "E4A", "reason_placement_changed": "OTHER"})],
            ["01 Jan S V2 U6 01 Feb E4A OTHER"],
        ),
        (
            [
                ("end_care", {"ended_on": FEB, "reason_ended": "E4A"}),
                ("start_care", {**CARE, "started_on": MAR}),
                ("move", {"moved_on": APR, **MOVED}),
            ],
            ["01 Jan S V2 U6 01 Feb E4A -", "01 Mar S V2 U6 01 Apr X1 CARPL", "01 Apr P V2 U4 open"],
        ),
    ],
)
def test_a_journey_in_care(
    a_child: Build, a_user: Build, acts: list[tuple[str, dict[str, Any]]], expected: list[str]
) -> None:
    child, worker = a_child(), a_user()
    for verb, facts in [("start_care", CARE), *acts]:
        getattr(actions, verb)(child=child, by=worker, **facts)
    assert journey(child) == expected


@pytest.mark.parametrize(
    ("acts", "sentence"),
    [
        ([("start_care", CARE), ("start_care", {**CARE, "started_on": MAR})], "looked after since 1 January 2025"),
        ([("move", {"moved_on": FEB, **MOVED})], "not looked after"),
        ([("start_care", CARE), ("move", {"moved_on": date(2024, 12, 31), **MOVED})], "began on 1 January 2025"),
        ([("start_care", CARE), ("end_care", {"ended_on": FEB, "reason_ended": "X1"})], "Say why care ended"),
        (
            [
                ("start_care", CARE),
                ("end_care", {"ended_on": MAR, "reason_ended": "E8"}),
                ("start_care", {**CARE, "started_on": FEB}),
            ],
            "looked after until 1 March 2025",
        ),
        ([("start_care", CARE), ("change_legal_status", {"changed_on": FEB, "legal_status": "V2"})], "already has"),
        ([("start_care", {**CARE, "placement_type": "TENT"})], "TENT"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_written(
    a_child: Build, a_user: Build, acts: list[tuple[str, dict[str, Any]]], sentence: str
) -> None:
    child, worker = a_child(), a_user()
    for verb, facts in acts[:-1]:
        getattr(actions, verb)(child=child, by=worker, **facts)
    before = journey(child)
    with pytest.raises(ValidationError, match=sentence):
        getattr(actions, acts[-1][0])(child=child, by=worker, **acts[-1][1])
    assert journey(child) == before


def test_a_move_does_not_keep_what_was_known_of_the_last_placement(a_child: Build, a_user: Build) -> None:
    child, worker = a_child(), a_user()
    home = {"home_postcode": "BN1 1AA", "placement_postcode": "BN2 2BB", "carers": "The Lees", "distance_miles": 2.5}
    actions.start_care(child=child, by=worker, **CARE, **home)
    after = actions.move(child=child, by=worker, moved_on=FEB, is_planned=True, why_moved="Closer to school", **MOVED)
    kept = (after.home_postcode, after.placement_postcode, after.carers, after.distance_miles, after.is_move_planned)
    assert kept == ("BN1 1AA", None, None, None, True)


def three(a_child: Build, worker: Any) -> Any:
    """Care from January, a move in February, another legal status in March, the end in April."""
    child = a_child()
    actions.start_care(child=child, by=worker, **CARE)
    actions.move(child=child, by=worker, moved_on=FEB, **MOVED)
    actions.change_legal_status(child=child, by=worker, changed_on=MAR, legal_status="C1")
    actions.end_care(child=child, by=worker, ended_on=APR, reason_ended="E4A")
    return child


@pytest.mark.parametrize(
    ("which", "facts", "spans"),
    [
        (0, {"started_on": date(2025, 1, 9)}, "9 Jan-1 Feb, 1 Feb-1 Mar, 1 Mar-1 Apr"),
        (1, {"started_on": date(2025, 2, 9)}, "1 Jan-9 Feb, 9 Feb-1 Mar, 1 Mar-1 Apr"),
        (1, {"ended_on": date(2025, 3, 9)}, "1 Jan-1 Feb, 1 Feb-9 Mar, 9 Mar-1 Apr"),
        (2, {"started_on": date(2025, 2, 9)}, "1 Jan-1 Feb, 1 Feb-9 Feb, 9 Feb-1 Apr"),
        (2, {"ended_on": date(2025, 4, 9)}, "1 Jan-1 Feb, 1 Feb-1 Mar, 1 Mar-9 Apr"),
        (2, {"ended_on": None, "reason_ended": None}, "1 Jan-1 Feb, 1 Feb-1 Mar, 1 Mar-now"),
        (1, {"started_on": JAN}, "The episode before began on 1 January 2025: give a later day"),
        (1, {"started_on": MAR}, "The episode ended on 1 March 2025: give an earlier day for its start"),
        (1, {"ended_on": APR}, "The episode after ended on 1 April 2025: give an earlier day"),
        (0, {"ended_on": MAR}, "The episode after ended on 1 March 2025: give an earlier day"),
    ],
)
def test_a_day_corrected_moves_in_both_episodes(
    a_child: Build, a_user: Build, which: int, facts: dict[str, Any], spans: str
) -> None:
    worker = a_user()
    child = three(a_child, worker)
    row = Episode.objects.filter(child=child).order_by("started_on")[which]
    if "give" in spans:
        with pytest.raises(ValidationError, match=spans):
            actions.correct_episode(row, by=worker, why="Typing", **facts)
        return
    actions.correct_episode(row, by=worker, why="Typing", **facts)
    said = [
        f"{e.started_on:%-d %b}-{f'{e.ended_on:%-d %b}' if e.ended_on else 'now'}"
        for e in Episode.objects.filter(child=child).order_by("started_on")
    ]
    assert ", ".join(said) == spans
    assert row.history.count() == 1 + (which < 2) + 1 + (which == 2), "each version is kept"


def test_days_never_overlap_another_time_in_care(a_child: Build, a_user: Build) -> None:
    worker = a_user()
    child = three(a_child, worker)
    later = actions.start_care(child=child, by=worker, **CARE | {"started_on": date(2025, 6, 1)})
    with pytest.raises(ValidationError, match="another episode of care from 1 March 2025 to 1 April 2025"):
        actions.correct_episode(later, by=worker, why="Typing", started_on=date(2025, 3, 20))


def test_a_move_recorded_by_mistake_leaves_no_gap(a_child: Build, a_user: Build) -> None:
    worker = a_user()
    child = three(a_child, worker)
    actions.withdraw_episode(Episode.objects.get(child=child, started_on=FEB), by=worker, why="Another child")
    assert journey(child) == ["01 Jan S V2 U6 01 Mar X1 -", "01 Mar L C1 U4 01 Apr E4A -"]
    actions.withdraw_episode(Episode.objects.get(child=child, started_on=MAR), by=worker, why="Another child")
    assert journey(child) == ["01 Jan S V2 U6 01 Apr E4A -"]
