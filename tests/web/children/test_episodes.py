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
